/** @file What this machine is: versions, cores, memory, disk, and the devices that models can run on. */
import { mkdtemp, rmdir, statfs } from 'node:fs/promises'
import { arch, availableParallelism, cpus, freemem, platform, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { availableMemory } from '../../audit/machine/memory.ts'
import { usableCores } from '../../onnx/devices/cores.ts'
import { runtimeFolder, runtimeVersion } from '../../onnx/runtime/runtime.ts'
import { hubCacheFolder } from '../../sources/hub-settings.ts'
import { ENGINE_VERSION, VERSION } from '../../version.ts'
import type { CliHost } from '../host.ts'
import { type Check, checked, note, ok, trouble } from './check.ts'

/** Below this a download or a spilled capture soon ends for want of room. */
const SHORT_OF_DISK = 5e9

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

export async function machineChecks(env: CliHost['env']): Promise<readonly Check[]> {
  return [
    ok('saegate', VERSION),
    ok('node', `${process.version} on ${platform()} ${arch()}`),
    await checked('engine', async () => engine()),
    ok('cores', `${cores()} (${cpus()[0]?.model.trim() ?? 'unknown'})`),
    ok('memory', memory()),
    await temporary(),
    await hubCache(env),
  ]
}

/** Every kind of device, after running a decoder's operators on it where it is there. */
export async function deviceChecks(): Promise<readonly Check[]> {
  const { probeDevice } = await import('../../onnx/devices/device.ts')
  const checks: Check[] = []
  for (const kind of ['cpu', 'cuda', 'webgpu'] as const) {
    const { problem } = await probeDevice(kind)
    checks.push(
      problem === null
        ? ok(kind, 'works')
        : kind === 'cpu'
          ? trouble(kind, problem, 'Without it nothing can be measured: run npm ci again.')
          : note(kind, `not available: ${problem}`),
    )
  }
  return checks
}

/** Errors: RUNTIME_MISSING. */
function engine(): string {
  const version = runtimeVersion()
  const words = version === ENGINE_VERSION ? version : `${version} (built and tested with ${ENGINE_VERSION})`
  return `onnxruntime-node ${words} in ${runtimeFolder()}`
}

/** What the engine may use, and what the machine has where that is more. */
function cores(): string {
  const [usable, all] = [usableCores(), availableParallelism()]
  return usable === all ? `${all}` : `${usable} of ${all}, a quota allows no more`
}

function memory(): string {
  const [usable, all] = [availableMemory(), totalmem()]
  const most =
    usable === all ? gigabytes(all) : `${gigabytes(usable)} of ${gigabytes(all)}, a limit allows no more`
  return `${most}, ${gigabytes(freemem())} free`
}

/** Where captured rows go that do not fit into --memory. */
async function temporary(): Promise<Check> {
  const folder = tmpdir()
  try {
    await rmdir(await mkdtemp(join(folder, 'saegate-doctor-')))
  } catch {
    return trouble('temporary', `${folder}: no file can be made there`, 'Name another folder in TMPDIR.')
  }
  return room('temporary', folder, 'Name another folder in TMPDIR, or raise --memory.')
}

async function hubCache(env: CliHost['env']): Promise<Check> {
  return await room(
    'Hub cache',
    hubCacheFolder(env),
    'Name another folder in HF_HOME, or remove from it what is not needed.',
  )
}

/** Free bytes of the disk that the folder is on, or will be. */
async function room(what: string, folder: string, fix: string): Promise<Check> {
  let place = folder
  for (;;) {
    try {
      const { bavail, bsize } = await statfs(place)
      const found = `${folder}, ${gigabytes(bavail * bsize)} free`
      return bavail * bsize < SHORT_OF_DISK ? note(what, found, fix) : ok(what, found)
    } catch {
      const parent = dirname(place)
      if (parent === place) return note(what, `${folder}: its disk cannot be asked`)
      place = parent
    }
  }
}
