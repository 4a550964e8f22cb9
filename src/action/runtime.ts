/**
 * @file The engine for the action. onnxruntime-node is a native module and not in the bundle: it is found at
 * `runtime-path`, or in the runner's tool cache, where the first run puts it with npm.
 *
 * Layout after @actions/tool-cache: <RUNNER_TOOL_CACHE>/saegate-runtime/<version>/<arch>[-cuda12] and a `.complete` file
 * beside it. Installed into a folder of its own and renamed at the end, so that jobs side by side never see half of it.
 * No install scripts run but onnxruntime's own, and that only for CUDA. Left out: writing around npm's configuration.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join, resolve } from 'node:path'
import type { DeviceChoice } from '../contract/options/audit-config.ts'
import {
  fileUnreadable,
  runtimeCuda,
  runtimeInstall,
  runtimeIntegrity,
  runtimeNpm,
  runtimePlatform,
  runtimeVersion,
} from '../errors/action.ts'
import {
  cudaLibrary,
  engineLibraries,
  fetchCudaProvider,
  hasCudaProvider,
  isCudaPlatform,
  type ProgramEnd,
} from '../onnx/devices/cuda-provider.ts'
import { ENGINE_VERSION } from '../version.ts'

export const RUNTIME_VERSION = ENGINE_VERSION
/** As package-lock.json has them; a test compares. */
export const RUNTIME_INTEGRITY: Readonly<Record<string, string>> = {
  'onnxruntime-node':
    'sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==',
  'onnxruntime-common':
    'sha512-7fdVWjAID1dVhH/G8qK3APARunV4VkBFoCQAP7qp4Wkab0mrorvmc+sqiT+mKXOzDqdjN5j+/Z9nb4gzNPWcyA==',
}

export interface RuntimeHost {
  readonly env: NodeJS.ProcessEnv
  readonly platform: string
  readonly arch: string
  /** The Node that runs this. */
  readonly execPath: string
  readonly info: (line: string) => void
  /** Without a shell. */
  readonly run: (command: string, args: readonly string[]) => Promise<ProgramEnd>
}

/** The folder whose node_modules hold the engine. Errors: ACTION_RUNTIME_*. */
export async function ensureRuntime(
  host: RuntimeHost,
  device: DeviceChoice,
  runtimePath: string | null,
): Promise<string> {
  const cuda = device === 'cuda'
  if (runtimePath !== null) return preinstalled(host, resolve(runtimePath), cuda)
  if (cuda && !isCudaPlatform(host)) {
    throw runtimeCuda(
      `onnxruntime-node ${RUNTIME_VERSION} has a CUDA provider for Linux x64 only, not ${host.platform} ${host.arch}`,
    )
  }
  const root = host.env.RUNNER_TOOL_CACHE || join(host.env.RUNNER_TEMP || '.', 'tool-cache')
  const folder = join(root, 'saegate-runtime', RUNTIME_VERSION, `${host.arch}${cuda ? '-cuda12' : ''}`)
  if (existsSync(`${folder}.complete`) && hasBinding(host, folder)) {
    host.info(`Engine: onnxruntime-node ${RUNTIME_VERSION}, from the tool cache`)
    return folder
  }
  host.info(`Engine: installing onnxruntime-node ${RUNTIME_VERSION} into ${folder}`)
  await install(host, folder, cuda)
  return folder
}

async function preinstalled(host: RuntimeHost, folder: string, cuda: boolean): Promise<string> {
  const manifest = join(packageFolder(folder), 'package.json')
  const version = await readVersion(manifest)
  if (version !== RUNTIME_VERSION) throw runtimeVersion(folder, version, RUNTIME_VERSION)
  if (!hasBinding(host, folder)) throw runtimePlatform(RUNTIME_VERSION, `${host.platform} ${host.arch}`)
  if (cuda && !hasCudaProvider(packageFolder(folder), host)) {
    throw runtimeCuda(`runtime-path ${folder} has no ${cudaLibrary(host)}`)
  }
  host.info(`Engine: onnxruntime-node ${version}, from ${folder}`)
  return folder
}

async function readVersion(manifest: string): Promise<string> {
  try {
    const { version }: { version?: unknown } = JSON.parse(await readFile(manifest, 'utf8'))
    return String(version)
  } catch (error) {
    throw fileUnreadable('runtime-path:', manifest, error instanceof Error ? error.message : String(error))
  }
}

const packageFolder = (folder: string): string => join(folder, 'node_modules', 'onnxruntime-node')
const hasBinding = (host: RuntimeHost, folder: string): boolean =>
  existsSync(join(engineLibraries(packageFolder(folder), host), 'onnxruntime_binding.node'))

async function install(host: RuntimeHost, folder: string, cuda: boolean): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const staging = await mkdtemp(`${folder}.partial-`)
  try {
    await npmInstall(host, staging)
    await checkIntegrity(staging)
    if (!hasBinding(host, staging)) throw runtimePlatform(RUNTIME_VERSION, `${host.platform} ${host.arch}`)
    await dropOtherPlatforms(host, staging)
    if (cuda) await fetchCuda(host, staging)
    await moveInto(staging, folder)
    await writeFile(`${folder}.complete`, '')
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function npmInstall(host: RuntimeHost, staging: string): Promise<void> {
  // A package.json of its own: else npm climbs to the nearest one above.
  await writeFile(join(staging, 'package.json'), '{ "private": true }\n')
  const npm = npmOf(host)
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--omit=dev',
    '--save-exact',
    '--loglevel=error',
  ]
  const what = `onnxruntime-node@${RUNTIME_VERSION}`
  const { status, output } = await host.run(npm.command, [
    ...npm.args,
    'install',
    ...flags,
    '--prefix',
    staging,
    what,
  ])
  if (status !== 0) throw runtimeInstall(`npm install ${what}`, status, output)
}

/**
 * npm as a script for our own Node: beside it (Linux and macOS runners carry it), else on PATH. Never npm.cmd, which
 * Node starts only through a shell.
 */
function npmOf({ env, execPath }: RuntimeHost): { command: string; args: readonly string[] } {
  const folders = [
    dirname(execPath),
    ...(env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== ''),
  ]
  for (const folder of folders) {
    for (const modules of [join(folder, '..', 'lib', 'node_modules'), join(folder, 'node_modules')]) {
      const script = join(modules, 'npm', 'bin', 'npm-cli.js')
      if (existsSync(script)) return { command: execPath, args: [script] }
    }
    if (existsSync(join(folder, 'npm')) && process.platform !== 'win32')
      return { command: join(folder, 'npm'), args: [] }
  }
  throw runtimeNpm()
}

/** npm has checked the tarballs against what the registry says; here against what was locked. */
async function checkIntegrity(staging: string): Promise<void> {
  const lock: { packages?: Record<string, { integrity?: unknown }> } = JSON.parse(
    await readFile(join(staging, 'node_modules', '.package-lock.json'), 'utf8'),
  )
  for (const [name, locked] of Object.entries(RUNTIME_INTEGRITY)) {
    const found = String(lock.packages?.[`node_modules/${name}`]?.integrity)
    if (found !== locked) throw runtimeIntegrity(name, found, locked)
  }
}

/** The package carries every platform's library; a tool cache needs its own only. */
async function dropOtherPlatforms(host: RuntimeHost, staging: string): Promise<void> {
  const bin = join(packageFolder(staging), 'bin', 'napi-v6')
  for (const platform of await readdir(bin)) {
    for (const arch of await readdir(join(bin, platform))) {
      if (platform !== host.platform || arch !== host.arch)
        await rm(join(bin, platform, arch), { recursive: true })
    }
  }
}

async function fetchCuda(host: RuntimeHost, staging: string): Promise<void> {
  const failure = await fetchCudaProvider(packageFolder(staging), host, (args) =>
    host.run(host.execPath, args),
  )
  if (failure !== null) throw runtimeInstall('onnxruntime’s CUDA provider', failure.status, failure.output)
}

/** A job beside this one may have been first: then its folder is as good. */
async function moveInto(staging: string, folder: string): Promise<void> {
  if (existsSync(`${folder}.complete`)) return
  await rm(folder, { recursive: true, force: true })
  try {
    await rename(staging, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
}
