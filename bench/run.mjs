/**
 * @file `npm run bench`: bundles the bench (TypeScript) into bench/data/build/, which git ignores, and runs it.
 * Options and what is measured: bench/README.md.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const here = dirname(fileURLToPath(import.meta.url))
const build = join(here, 'data', 'build')
const entries = ['main', 'gemm', 'stages', 'decode', 'compress']
/** Looked for beside the program that starts it: src/bridge/program-file.ts. */
const lane = join(here, '..', 'src', 'lane', 'index.ts')

const bundle = await rolldown({
  cwd: join(here, '..'),
  input: { lane, ...Object.fromEntries(entries.map((name) => [name, join(here, `${name}.ts`)])) },
  platform: 'node',
  external: ['onnxruntime-node'],
  logLevel: 'silent',
})
await bundle.write({
  dir: build,
  format: 'esm',
  cleanDir: true,
  entryFileNames: '[name].js',
  chunkFileNames: 'shared-[name].js',
})
await bundle.close()

const { main } = await import(join(build, 'main.js'))
try {
  process.exitCode = await main(process.argv.slice(2), join(here, '..'))
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 3
}
