/**
 * @file onnxruntime's CUDA provider: where it lies and how it is fetched.
 *
 * It is too large for npm, so onnxruntime-node brings a script that downloads it (script/install.js; its
 * install-metadata.js names Linux x64 as the only platform with a download). The script copies 300 MB into place, and a
 * copy cut short would look installed: it is removed here, and one that an ended process left is told and fetched again.
 *
 * Left out: who runs the script, with which environment, and what a failure is called: the command line and the action
 * say that differently.
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isCutShort } from './needed-libraries.ts'

/** As Node names them: linux, x64. */
export interface EnginePlatform {
  readonly platform: string
  readonly arch: string
}

/** How a program ended; status null: killed, or it took too long. */
export interface ProgramEnd {
  readonly status: number | null
  /** The last of what it wrote. */
  readonly output: string
}

const SCRIPT_FLAG = '--onnxruntime-node-install=cuda12'

export const cudaLibrary = ({ platform }: EnginePlatform): string =>
  platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so'

/** Where the native libraries of the package onnxruntime-node lie. */
export const engineLibraries = (packageFolder: string, { platform, arch }: EnginePlatform): string =>
  join(packageFolder, 'bin', 'napi-v6', platform, arch)

/** The provider and what it is loaded by: both, and neither cut short. */
export function hasCudaProvider(packageFolder: string, at: EnginePlatform): boolean {
  return providerFiles(packageFolder, at).every((path) => existsSync(path) && !isCutShort(path))
}

function providerFiles(packageFolder: string, at: EnginePlatform): readonly string[] {
  return [cudaLibrary(at), cudaLibrary(at).replace('_cuda', '_shared')].map((name) =>
    join(engineLibraries(packageFolder, at), name),
  )
}

/**
 * The environment of the script, which knows proxies by names of its own (https://github.com/gajus/global-agent): those that everybody
 * else goes by are passed on under them.
 */
export function scriptEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries({
    GLOBAL_AGENT_HTTP_PROXY: env.HTTP_PROXY ?? env.http_proxy,
    GLOBAL_AGENT_HTTPS_PROXY: env.HTTPS_PROXY ?? env.https_proxy,
    GLOBAL_AGENT_NO_PROXY: env.NO_PROXY ?? env.no_proxy,
  })
  const proxies = own.filter(
    ([name, value]) => value !== undefined && value !== '' && env[name] === undefined,
  )
  const kept = Object.entries(env).filter(([name]) => !OVERRIDES.test(name))
  return { ...Object.fromEntries(kept), ...Object.fromEntries(proxies) }
}

/** Variables that the script prefers to the flag it is given: a `skip` there would do nothing, quietly. */
const OVERRIDES = /^(?:npm_config_)?onnxruntime_node_install(?:_cuda)?$/i

/** Is there a CUDA provider to download for this platform? */
export function isCudaPlatform({ platform, arch }: EnginePlatform): boolean {
  return platform === 'linux' && arch === 'x64'
}

/**
 * Run the package's own script, where hasCudaProvider is false. `runNode` runs Node with these arguments. Null: the
 * provider is there now. Else how the script ended, which is a failure even when its status is 0.
 */
export async function fetchCudaProvider(
  packageFolder: string,
  at: EnginePlatform,
  runNode: (args: readonly string[]) => Promise<ProgramEnd>,
): Promise<ProgramEnd | null> {
  const { status, output } = await runNode([join(packageFolder, 'script', 'install.js'), SCRIPT_FLAG])
  if (status === 0 && hasCudaProvider(packageFolder, at)) return null
  for (const path of providerFiles(packageFolder, at)) await rm(path, { force: true })
  return { status, output: status === 0 ? `${output.trimEnd()}\n${cudaLibrary(at)} is not there.` : output }
}
