/**
 * @file What the environment says to saegate's developers, or to the engine and its measuring, is not heard in the action: an
 * earlier step that writes what a pull request brings into GITHUB_ENV would have a say in what is run. Inputs say all of it
 * that there is to say.
 *
 * Heard are GITHUB_* and RUNNER_*, which GitHub keeps to itself, how the Hub is reached, proxies, and where CUDA and its devices are.
 */
import type { ActionHost } from '../host.ts'

const UNHEARD = /^(?:SAEGATE_.*|ORT_.*|NVIDIA_TF32_OVERRIDE|NODE_TLS_REJECT_UNAUTHORIZED)$/i

/** Copies of the model in memory: speed alone. */
const HEARD = /^SAEGATE_LANES$/

/** Takes them out of the environment, and says so. */
export function dropDeveloperSettings({ env, core }: Pick<ActionHost, 'env' | 'core'>): void {
  const names = Object.keys(env).filter((name) => UNHEARD.test(name) && !HEARD.test(name))
  if (names.length === 0) return
  for (const name of names) delete env[name]
  core.warning(
    `Not heard in the action: ${names.sort().join(', ')}. A step before this one, or env: in the workflow, has set it. What there is to choose is an input (cache-path, runtime-path).`,
    { title: 'saegate: environment' },
  )
}
