/**
 * @file Is what lies in a folder the engine, file by file? The hashes ship with the action (files.ts), so that neither a
 * registry nor another job on the machine can put something else in its place: looked at after installing and before every
 * reuse.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemErrorCode } from '../../bytes/file.ts'
import type { EnginePlatform } from '../../onnx/runtime/cuda-provider.ts'

/** Package → path inside it → sha256. */
export type EngineFiles = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What Node or the dynamic linker may load. */
const LOADABLE = /(\.(c|m)?js|\.json|\.node|\.dll|\.dylib|\.so(\.\d+)*)$/
/** Downloaded on demand, and of no package: cudaHashes() tells them. */
const CUDA_LIBRARY = /^bin\/napi-v6\/linux\/x64\/libonnxruntime_providers_\w+\.so$/
const PLATFORM = /^bin\/napi-v6\/([^/]+)\/([^/]+)\//

/** What is wrong in node_modules, in words; null: nothing. Other platforms' libraries need not be there. */
export async function engineFlaw(
  modules: string,
  at: EnginePlatform,
  files: EngineFiles,
): Promise<string | null> {
  for (const [name, listed] of Object.entries(files)) {
    const folder = join(modules, name)
    for (const [path, sha256] of Object.entries(listed)) {
      if (!isOf(path, at)) continue
      const found = await hashOf(join(folder, path))
      if (found === null) return `${name}/${path} is not there`
      if (found !== sha256) return `${name}/${path} has another sha256, ${found}`
    }
    for (const path of await loadableFiles(folder)) {
      const isKnown = listed[path] !== undefined || CUDA_LIBRARY.test(path) || !isOf(path, at)
      if (!isKnown) return `${name}/${path} is not of the package`
    }
  }
  return null
}

/** sha256 of each downloaded CUDA library, by name. */
export async function cudaHashes(modules: string): Promise<Readonly<Record<string, string>>> {
  const folder = join(modules, 'onnxruntime-node')
  const paths = (await loadableFiles(folder)).filter((path) => CUDA_LIBRARY.test(path))
  const hashes = await Promise.all(
    paths.map(async (path) => [path, (await hashOf(join(folder, path))) ?? ''] as const),
  )
  return Object.fromEntries(hashes)
}

function isOf(path: string, { platform, arch }: EnginePlatform): boolean {
  const match = PLATFORM.exec(path)
  return match === null || (match[1] === platform && match[2] === arch)
}

/** A link counts as a file that is not of the package: it leads where nobody looked. */
async function loadableFiles(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => ({
        entry,
        path: join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      }))
      .filter(({ entry, path }) => entry.isSymbolicLink() || LOADABLE.test(path))
      .map(({ path }) => path)
      .sort()
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return []
    throw error
  }
}

/** Null: no plain file. */
async function hashOf(path: string): Promise<string | null> {
  try {
    if (!(await lstat(path)).isFile()) return null
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk)
    return hash.digest('hex')
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null
    throw error
  }
}
