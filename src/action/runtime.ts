/**
 * @file The engine for the action. onnxruntime-node is a native module and not in the bundle: it is found at
 * `runtime-path`, or in the runner's tool cache, where the first run puts it with npm.
 *
 * Layout after @actions/tool-cache: <RUNNER_TOOL_CACHE>/saegate-runtime/<version>/<arch>[-cuda12] and a `.complete` file
 * beside it. Installed into a folder of its own and renamed at the end, so that jobs side by side never see half of it.
 * Every file is held against the hashes that ship with the action, after installing and at every reuse. The CUDA provider
 * is no part of the package and its hashes are not known beforehand: those of the first download are written to
 * `.complete`, shown, and held against at every reuse. No install scripts run but onnxruntime's own, and that only for CUDA.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { makeFolder } from '../bytes/make-folder.ts'
import type { DeviceChoice } from '../contract/options/audit-config.ts'
import {
  fileUnreadable,
  runtimeCuda,
  runtimeInstall,
  runtimeIntegrity,
  runtimePlatform,
  runtimeVersion,
} from '../errors/action.ts'
import { SaegateError } from '../errors/problem.ts'
import { findCudaLibraries } from '../onnx/runtime/cuda-libraries.ts'
import {
  cudaLibrary,
  engineLibraries,
  fetchCudaProvider,
  hasCudaProvider,
  isCudaPlatform,
  scriptEnvironment,
} from '../onnx/runtime/cuda-provider.ts'
import { ENGINE_VERSION } from '../version.ts'
import { cudaHashes, type EngineFiles, engineFlaw } from './engine/check.ts'
import { ENGINE_FILES } from './engine/files.ts'
import type { RuntimeHost } from './engine/host.ts'
import { installEngine } from './engine/install.ts'

export const RUNTIME_VERSION = ENGINE_VERSION

/** The folder whose node_modules hold the engine, its files as in `files`. Errors: ACTION_RUNTIME_*. */
export async function ensureRuntime(
  host: RuntimeHost,
  device: DeviceChoice,
  runtimePath: string | null,
  files: EngineFiles = ENGINE_FILES,
): Promise<string> {
  const cuda = device === 'cuda' || device.startsWith('cuda:')
  if (runtimePath !== null) return preinstalled(host, resolve(runtimePath), cuda, files)
  if (cuda && !isCudaPlatform(host)) throw runtimeCuda(noProviderHere(host))
  if (device !== 'auto' || !wantsCuda(host)) return await cached(host, { cuda, files })
  try {
    return await cached(host, { cuda: true, files })
  } catch (error) {
    // Nobody asked for CUDA by name: the audit can do without, and says so.
    if (!(error instanceof SaegateError)) throw error
    host.info(`Engine: this runner has an NVIDIA driver, but CUDA is not installed: ${error.message}`)
    return await cached(host, { cuda: false, files })
  }
}

const noProviderHere = ({ platform, arch }: RuntimeHost): string =>
  `onnxruntime-node ${RUNTIME_VERSION} has a CUDA provider for Linux x64 only, not ${platform} ${arch}`

/** Where `auto` was asked for: is there a device to be had, and what it takes besides the provider? Says why not. */
function wantsCuda(host: RuntimeHost): boolean {
  if (!host.hasNvidiaDriver()) return false
  const refuse = (why: string): false => {
    host.info(`Engine: this runner has an NVIDIA driver, but the audit will run on the CPU: ${why}`)
    return false
  }
  if (!isCudaPlatform(host)) return refuse(noProviderHere(host))
  const { missing } = findCudaLibraries({ libraryPath: host.env.LD_LIBRARY_PATH, root: host.root ?? '' })
  return missing.length === 0 || refuse(`${missing.join(', ')} not found; device cuda would say more`)
}

/** What is installed, and what it must be file by file. */
interface Wanted {
  readonly cuda: boolean
  readonly files: EngineFiles
}

/** From the tool cache, or installed into it. */
async function cached(host: RuntimeHost, wanted: Wanted): Promise<string> {
  const { cuda, files } = wanted
  const root = host.env.RUNNER_TOOL_CACHE || join(host.env.RUNNER_TEMP || '.', 'tool-cache')
  const folder = join(root, 'saegate-runtime', RUNTIME_VERSION, `${host.arch}${cuda ? '-cuda12' : ''}`)
  const flaw = existsSync(`${folder}.complete`) ? await cachedFlaw(host, folder, files) : 'none there yet'
  if (flaw === null) {
    host.info(`Engine: onnxruntime-node ${RUNTIME_VERSION}, from the tool cache, every file verified`)
    return folder
  }
  if (existsSync(`${folder}.complete`)) {
    host.info(`Engine: what lies in ${folder} is not used: ${flaw}`)
    await rm(`${folder}.complete`, { force: true })
  }
  host.info(`Engine: installing onnxruntime-node ${RUNTIME_VERSION} into ${folder}`)
  await install(host, folder, wanted)
  return folder
}

/** Why a folder of the tool cache is not to be used; null: it is as it was installed. */
async function cachedFlaw(host: RuntimeHost, folder: string, files: EngineFiles): Promise<string | null> {
  const flaw = await engineFlaw(join(folder, 'node_modules'), host, files)
  if (flaw !== null) return flaw
  const written = await readFile(`${folder}.complete`, 'utf8').catch(() => null)
  const found = cudaText(await cudaHashes(join(folder, 'node_modules')))
  return written === found ? null : 'its CUDA libraries are not those that were downloaded'
}

const cudaText = (hashes: Readonly<Record<string, string>>): string => `${JSON.stringify(hashes, null, 2)}\n`

/** One that the checkout brings is the pull request's: it must be the package file by file. Elsewhere a build of one's own may lie. */
async function preinstalled(
  host: RuntimeHost,
  folder: string,
  cuda: boolean,
  files: EngineFiles,
): Promise<string> {
  const manifest = join(packageFolder(folder), 'package.json')
  const version = await readVersion(manifest)
  if (version !== RUNTIME_VERSION) throw runtimeVersion(folder, version, RUNTIME_VERSION)
  if (!hasBinding(host, folder)) throw runtimePlatform(RUNTIME_VERSION, `${host.platform} ${host.arch}`)
  if (cuda && !hasCudaProvider(packageFolder(folder), host)) {
    throw runtimeCuda(`runtime-path ${folder} has no ${cudaLibrary(host)}`)
  }
  if (isInWorkspace(host, folder)) {
    const modules = join(folder, 'node_modules')
    const flaw = (await engineFlaw(modules, host, files)) ?? (await unknownCuda(modules))
    if (flaw !== null) throw runtimeIntegrity(flaw)
  }
  host.info(`Engine: onnxruntime-node ${version}, from ${folder}`)
  return folder
}

/** Of CUDA libraries in the checkout nobody knows the hashes, so that anything could be one. */
async function unknownCuda(modules: string): Promise<string | null> {
  const [first] = Object.keys(await cudaHashes(modules))
  return first === undefined ? null : `${first} lies in the workspace, and its hash is not known`
}

function isInWorkspace({ env }: RuntimeHost, folder: string): boolean {
  if (!env.GITHUB_WORKSPACE) return false
  const below = relative(resolve(env.GITHUB_WORKSPACE), folder)
  return !below.startsWith('..') && !below.startsWith('/') && !/^[A-Za-z]:/.test(below)
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

async function install(host: RuntimeHost, folder: string, { cuda, files }: Wanted): Promise<void> {
  await makeFolder(dirname(folder))
  const staging = await mkdtemp(`${folder}.partial-`)
  const modules = join(staging, 'node_modules')
  try {
    await installEngine(host, staging)
    if (!hasBinding(host, staging)) throw runtimePlatform(RUNTIME_VERSION, `${host.platform} ${host.arch}`)
    await dropOtherPlatforms(host, staging)
    if (cuda) await fetchCuda(host, staging)
    const flaw = await engineFlaw(modules, host, files)
    if (flaw !== null) throw runtimeIntegrity(flaw)
    const hashes = await cudaHashes(modules)
    for (const [path, sha256] of Object.entries(hashes))
      host.info(`Engine: downloaded ${path}, sha256 ${sha256}`)
    await moveInto(staging, folder)
    await writeFile(`${folder}.complete`, cudaText(hashes))
  } finally {
    await rm(staging, { recursive: true, force: true })
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
    host.run(host.execPath, args, scriptEnvironment(host.env)),
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
