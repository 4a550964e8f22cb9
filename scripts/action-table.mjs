/**
 * Writes action.yml, and the tables of inputs and outputs in docs/action.md (between `<!-- action-inputs:begin -->` and
 * `:end`, `<!-- action-outputs:begin -->` and `:end`), from src/contract/options/options.ts. `npm test` compares them.
 *
 *     node scripts/action-table.mjs
 *
 * Node 20 cannot load TypeScript: the module is bundled to a temporary file and imported from there.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = await mkdtemp(join(root, 'node_modules', '.action-table-'))
try {
  const bundle = await rolldown({
    input: `${root}src/contract/options/action-manifest.ts`,
    platform: 'node',
    external: /^[a-z]/,
    logLevel: 'silent',
  })
  await bundle.write({ file: join(folder, 'manifest.mjs'), format: 'esm' })
  await bundle.close()
  const manifest = await import(pathToFileURL(join(folder, 'manifest.mjs')).href)
  await writeFile(`${root}action.yml`, manifest.actionYaml())
  await writeDocs(manifest)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function writeDocs({ inputsTable, outputsTable, withSection }) {
  let text = await readFile(`${root}docs/action.md`, 'utf8')
  for (const [name, section] of [
    ['action-inputs', inputsTable()],
    ['action-outputs', outputsTable()],
  ]) {
    text = withSection(text, name, section) ?? text
  }
  await writeFile(`${root}docs/action.md`, text)
}
