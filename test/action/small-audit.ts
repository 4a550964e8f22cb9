/** @file The built action with a small audit of the fixtures, on a push: what is measured is real. */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Ended, startAction } from './action-process.ts'
import { type Inputs, runnerEnv } from './harness.ts'

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
