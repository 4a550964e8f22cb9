/**
 * @file Which device the graphs run on, and in which number type. A device that was named and is not there is an error; `auto` takes
 * CUDA, then the CPU (WebGPU only when named: its kernels round differently from one driver to the next).
 */
import { type CudaDevice, type CudaDevices, cudaIndices } from '../../contract/options/cuda-device.ts'
import { deviceUnavailable, precisionUnavailable } from '../../errors/onnx.ts'
import { findCudaLibraries } from '../runtime/cuda-libraries.ts'
import { cudaProviderFile, cudaProviderInstalled, knowsProvider } from '../runtime/runtime.ts'
import type { Device } from '../sessions/session.ts'
import { arithmeticProblem } from './arithmetic-check.ts'
import { usableCores } from './cores.ts'
import { missingPackage } from './missing-package.ts'
import { leastFree, type NvidiaDevice, nvidiaDevices, unlikeProblem, visibleDevice } from './nvidia.ts'

/** Where graphs can run, and why a device can't be used. */
export interface DeviceState {
  readonly kind: Device['kind']
  /** Null: it works. */
  readonly problem: string | null
}

/** What was asked for. `auto`: as device and checkpoint have it. */
export interface DeviceWish {
  readonly device: 'auto' | Device['kind'] | CudaDevice | CudaDevices
  readonly precision: 'auto' | Device['bodyType']
  /** Null: one per core. */
  readonly threads: number | null
}

/** The device of an audit, with what is known of it. */
export interface ChosenDevice {
  readonly device: Device
  /** Null: no NVIDIA device, or nvidia-smi does not tell. */
  readonly nvidia: NvidiaDevice | null
}

/** From this compute capability on there are products of bfloat16. https://docs.nvidia.com/cuda/cuda-c-programming-guide/ */
const BFLOAT16_FROM = 8

/** Choose the device. `storedType`: of the reference's weights. Errors: DEVICE_UNAVAILABLE, PRECISION_UNAVAILABLE. */
export async function chooseDevice(
  { device: choice, precision, threads }: DeviceWish,
  storedType: Device['bodyType'],
): Promise<ChosenDevice> {
  const cores = threads ?? usableCores()
  const cpu: Device = {
    kind: 'cpu',
    threads: cores,
    bodyType: precision === 'auto' ? 'float32' : precision,
  }
  if (choice === 'cpu') return { device: cpu, nvidia: null }
  if (choice === 'webgpu') return { device: await webgpu(cores, precision), nvidia: null }
  // Nobody asks nvidia-smi for a device that nothing here could use.
  if (choice === 'auto' && !isBundled('cuda')) return { device: cpu, nvidia: null }
  const [index, ...peers] = choice === 'auto' ? ([0] as const) : cudaIndices(choice)
  const all = [index, ...peers].map(nvidiaDevice)
  const nvidia = leastFree(all)
  const bodyType = precision === 'auto' ? typeOnCuda(storedType, nvidia) : precision
  const device: Device = {
    ...{ kind: 'cuda', threads: cores, bodyType, index },
    ...(peers.length === 0 ? {} : { peers }),
  }
  const problem = typeProblem(bodyType, nvidia) ?? unlikeProblem(all) ?? (await problemOfAll(device))
  if (problem === null) return { device, nvidia }
  if (choice === 'auto') return { device: cpu, nvidia: null }
  throw deviceUnavailable(choice, problem)
}

/** Of the first of several that has one. */
async function problemOfAll(device: Device): Promise<string | null> {
  const { index = 0, peers = [] } = device
  for (const one of [index, ...peers]) {
    const problem = await problemOf({ ...device, index: one })
    if (problem !== null) return peers.length === 0 ? problem : `cuda:${one}: ${problem}`
  }
  return null
}

async function webgpu(threads: number, precision: DeviceWish['precision']): Promise<Device> {
  // It has no bfloat16, and its float16 sums are the driver's affair.
  if (precision !== 'auto' && precision !== 'float32') throw precisionUnavailable('webgpu', precision)
  const device: Device = { kind: 'webgpu', threads, bodyType: 'float32' }
  const problem = await problemOf(device)
  if (problem !== null) throw deviceUnavailable('webgpu', problem)
  return device
}

/** The checkpoint's own 16-bit type where the device has products of it; a float32 checkpoint is rounded to float16. */
export function typeOnCuda(stored: Device['bodyType'], nvidia: NvidiaDevice | null): Device['bodyType'] {
  return stored === 'bfloat16' && typeProblem('bfloat16', nvidia) === null ? 'bfloat16' : 'float16'
}

/** Why the device cannot compute in that type; null: it can, or nobody knows, and the probe tells. */
function typeProblem(type: Device['bodyType'], nvidia: NvidiaDevice | null): string | null {
  if (type !== 'bfloat16' || nvidia === null || nvidia.capability === 0) return null
  if (nvidia.capability >= BFLOAT16_FROM) return null
  return `${nvidia.name} has compute capability ${nvidia.capability}, and bfloat16 takes ${BFLOAT16_FROM}.0: use --precision float16`
}

/** What nvidia-smi tells of the device that CUDA counts as `index`. */
export function nvidiaDevice(index: number): NvidiaDevice | null {
  return visibleDevice(nvidiaDevices() ?? [], index, process.env.CUDA_VISIBLE_DEVICES)
}

/**
 * Does a device compute what the CPU does, in the type that an audit would take there? The operators of a decoder are run on both.
 * `choice`: a kind, or one of several CUDA devices.
 */
export async function probeDevice(choice: Device['kind'] | CudaDevice | CudaDevices): Promise<DeviceState> {
  if (choice === 'cpu' || choice === 'webgpu') {
    const problem = await problemOf({ kind: choice, threads: 1, bodyType: 'float32' })
    return { kind: choice, problem }
  }
  const [index, ...peers] = cudaIndices(choice)
  const bodyType = typeOnCuda('bfloat16', nvidiaDevice(index))
  return { kind: 'cuda', problem: await problemOfAll({ kind: 'cuda', threads: 1, bodyType, index, peers }) }
}

/** In words; null: it works. */
async function problemOf(device: Device): Promise<string | null> {
  const { kind } = device
  if (kind !== 'cpu' && !isBundled(kind)) return missingProvider(kind)
  try {
    return await arithmeticProblem(device)
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    return kind === 'cuda' ? cudaProblem(said) : said
  }
}

/** What is behind a failure on CUDA. Of a provider that does not load the engine does not say what is missing: its header does. */
function cudaProblem(said: string): string {
  if (!/load shared library/i.test(said)) return missingPackage(said) ?? said
  const { missing, unsearched } = findCudaLibraries(
    { libraryPath: process.env.LD_LIBRARY_PATH },
    cudaProviderFile(),
  )
  const [first] = missing
  if (first !== undefined) return missingPackage(missing.join(', ')) ?? `missing: ${missing.join(', ')}`
  const [folder] = unsearched
  if (folder !== undefined) return `the loader does not look into ${folder}: export LD_LIBRARY_PATH=${folder}`
  return said
}

function isBundled(kind: 'cuda' | 'webgpu'): boolean {
  return knowsProvider(kind) && (kind !== 'cuda' || cudaProviderInstalled())
}

function missingProvider(kind: 'cuda' | 'webgpu'): string {
  if (kind === 'webgpu') return 'this build of onnxruntime-node carries no WebGPU provider for this platform'
  return 'the CUDA provider of onnxruntime-node is not installed (`saegate setup --cuda` downloads it; Linux x64 only, with an NVIDIA driver, CUDA 12 and cuDNN 9)'
}
