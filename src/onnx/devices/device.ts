/**
 * @file Which device the graphs run on. A device that was named and is not there is an error; `auto` takes CUDA, then
 * the CPU (WebGPU only when named: its kernels round differently from one driver to the next).
 */
import { deviceUnavailable } from '../../errors/onnx.ts'
import { float, GraphBuilder } from '../graph/graph.ts'
import { cudaProviderInstalled, knowsProvider } from '../runtime/runtime.ts'
import { createSession, type Device } from '../sessions/session.ts'
import { arithmeticProblem } from './arithmetic-check.ts'
import { usableCores } from './cores.ts'

/** Where graphs can run, and why a device can't be used. */
export interface DeviceState {
  readonly kind: Device['kind']
  /** Null: it works. */
  readonly problem: string | null
}

/** Choose the device. `bodyType` is the 16-bit type of the checkpoint, used on a GPU. Errors: DEVICE_UNAVAILABLE. */
export async function chooseDevice(
  choice: 'auto' | Device['kind'],
  threads: number | null,
  storedType: 'float32' | 'float16' | 'bfloat16',
): Promise<Device> {
  const cpu: Device = { kind: 'cpu', threads: threads ?? usableCores(), bodyType: 'float32' }
  if (choice === 'cpu') return cpu
  const kind = choice === 'auto' ? 'cuda' : choice
  const { problem } = await probeDevice(kind)
  if (problem === null) return { kind, threads: cpu.threads, bodyType: bodyTypeOn(kind, storedType) }
  if (choice === 'auto') return cpu
  throw deviceUnavailable(choice, problem)
}

/** WebGPU has no bfloat16; a float32 checkpoint is rounded to float16 for CUDA's fused attention. */
function bodyTypeOn(kind: Device['kind'], stored: 'float32' | 'float16' | 'bfloat16'): Device['bodyType'] {
  if (kind === 'webgpu') return 'float32'
  return stored === 'float32' ? 'float16' : stored
}

/**
 * Try to run a one-node graph on a device. On WebGPU, where every driver translates the kernels itself, the operators of a
 * decoder must also compute what they do on the CPU.
 */
export async function probeDevice(kind: Device['kind']): Promise<DeviceState> {
  if (kind !== 'cpu' && !isBundled(kind)) return { kind, problem: missingProvider(kind) }
  const g = new GraphBuilder()
  const x = g.input('x', 'float32', [1])
  g.output('y', g.apply('LeakyRelu', [x], x, { alpha: float(0.5) }))
  try {
    const device = { kind, threads: 1, bodyType: 'float32' } as const
    const session = await createSession(g.build(), device, 'a probe')
    const result = await session.run({ x: { type: 'float32', data: Float32Array.of(-2), dims: [1] } })
    await session.release()
    const value = result.float32('y')[0]
    if (value !== -1) return { kind, problem: `it computed ${value} where −1 is right` }
    return { kind, problem: kind === 'webgpu' ? await arithmeticProblem(device) : null }
  } catch (cause) {
    return { kind, problem: cause instanceof Error ? cause.message : String(cause) }
  }
}

function isBundled(kind: 'cuda' | 'webgpu'): boolean {
  return knowsProvider(kind) && (kind !== 'cuda' || cudaProviderInstalled())
}

function missingProvider(kind: 'cuda' | 'webgpu'): string {
  if (kind === 'webgpu') return 'this build of onnxruntime-node carries no WebGPU provider for this platform'
  return 'the CUDA provider of onnxruntime-node is not installed (`saegate setup --cuda` downloads it; Linux x64 only, with an NVIDIA driver, CUDA 12 and cuDNN 9)'
}
