/**
 * @file Which of the libraries that the CUDA provider needs are likely missing: told before a download of 300 MB.
 *
 * Best effort: the folders of glibc's loader (ld.so(8)) are looked into: LD_LIBRARY_PATH, /etc/ld.so.conf.d, the system's
 * own. The loader's cache is not read, ldconfig is not run, nothing is loaded. `saegate doctor` knows for sure.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What onnxruntime's provider for CUDA 12 is linked with, and where it comes from. */
const NEEDED: Readonly<Record<string, string>> = {
  'libcuda.so.1': 'NVIDIA driver',
  'libcudart.so.12': 'CUDA 12',
  'libcublas.so.12': 'CUDA 12',
  'libcublasLt.so.12': 'CUDA 12',
  'libcufft.so.11': 'CUDA 12',
  'libcudnn.so.9': 'cuDNN 9',
}

const SYSTEM_FOLDERS = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib64',
  '/usr/lib64',
  '/lib',
  '/usr/lib',
]
/** Where NVIDIA's installers put CUDA without telling the loader. */
const CUDA_FOLDERS = ['/usr/local/cuda/lib64', '/usr/local/cuda-12/lib64', '/opt/cuda/lib64']

export interface CudaLibraries {
  /** Found nowhere, as `libcudnn.so.9 (cuDNN 9)`. */
  readonly missing: readonly string[]
  /** Folders with needed libraries where the loader does not look. */
  readonly unsearched: readonly string[]
}

/** `root` stands before the absolute folders of the system: '' for this machine. */
export function findCudaLibraries(libraryPath: string | undefined, root = ''): CudaLibraries {
  const own = (libraryPath ?? '').split(':').filter((folder) => folder !== '')
  const searched = [...own, ...[...configuredFolders(root), ...SYSTEM_FOLDERS].map((folder) => root + folder)]
  const others = CUDA_FOLDERS.map((folder) => root + folder).filter((folder) => !searched.includes(folder))
  const lost = Object.entries(NEEDED).filter(([name]) => !hasFile(searched, name))
  return {
    missing: lost.filter(([name]) => !hasFile(others, name)).map(([name, from]) => `${name} (${from})`),
    unsearched: others.filter((folder) => lost.some(([name]) => hasFile([folder], name))),
  }
}

const hasFile = (folders: readonly string[], name: string): boolean =>
  folders.some((folder) => existsSync(join(folder, name)))

/** /etc/ld.so.conf does nothing but include this folder on every distribution with CUDA packages. */
function configuredFolders(root: string): readonly string[] {
  const folder = `${root}/etc/ld.so.conf.d`
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.conf'))
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
      .map((line) => line.replace(/#.*/, '').trim())
      .filter((line) => line.startsWith('/'))
  } catch {
    return []
  }
}
