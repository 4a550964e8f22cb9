/**
 * @file The action as @github/local-action starts it: a module with `run`, the toolkit's stubs in place of the runner. Run from
 * its sources, so the shipped policies have to come as text here too, as rolldown.config.mjs bundles them.
 */
import { register } from 'node:module'

const yamlAsText = `
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
export async function load(url, context, next) {
  const [path] = url.split('?')
  if (!path.endsWith('.yaml')) return next(url, context)
  const text = await readFile(fileURLToPath(path), 'utf8')
  return { format: 'module', source: 'export default ' + JSON.stringify(text), shortCircuit: true }
}`

export async function run(): Promise<void> {
  register(`data:text/javascript,${encodeURIComponent(yamlAsText)}`)
  const { processHost } = await import('../../src/action/host.ts')
  const { runAction } = await import('../../src/action/main.ts')
  const { toolsWith } = await import('./harness.ts')
  process.exitCode = await runAction(processHost(), toolsWith())
}
