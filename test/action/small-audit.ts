/** @file The action with a small audit of the fixtures, on a push: what is measured is real. As it is built, or in this process. */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { actionHere } from './action-here.ts'
import { type Ended, startAction } from './action-process.ts'
import { type Inputs, RUNTIME, runnerEnv } from './harness.ts'

export const BUILT = resolve('dist/action.js')

export const SMALL: Inputs = {
  config: '',
  reference: resolve('fixtures/models/neox'),
  candidate: resolve('fixtures/candidates/neox-int6-repaired'),
  sae: resolve('fixtures/saes/neox/blocks.4.hook_resid_post'),
  corpus: resolve('fixtures/corpus/eval_head.txt'),
  tokens: '1k',
  'block-length': '128',
  policy: 'default',
  'fail-on': 'never',
}

/** `url`: of GitHub's API. On one thread: two test files run at once, and threads that wait would take each other's cores. */
export function smallAudit(
  url: string,
  inputs: Inputs,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { folder } = runnerEnv(url, 'push', {})
  writeFileSync(join(folder, 'saegate.yaml'), 'threads: 1\n')
  const all = { ...SMALL, config: 'saegate.yaml', ...inputs }
  return startAction({ script: BUILT, url, name: 'push', folder, inputs: all, env })
}

/** The same in this process; `stdout`: what the log and the annotations hold. */
export async function smallAuditHere(
  url: string,
  inputs: Inputs,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const runner = runnerEnv(url, 'push', {})
  const { folder } = runner
  writeFileSync(join(folder, 'saegate.yaml'), 'threads: 1\n')
  const own = { 'github-token': 't0ken', 'runtime-path': RUNTIME, 'check-name': 'saegate' }
  const all = { ...own, 'working-directory': folder, ...SMALL, config: 'saegate.yaml', ...inputs }
  const { status, said, seen } = await actionHere(all, {
    ...runner.env,
    ...env,
    GITHUB_WORKSPACE: folder,
  })
  return { status, stdout: said, outputs: seen.outputs, summary: seen.summary, folder }
}
