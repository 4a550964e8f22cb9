/**
 * @file The one door to onnxruntime-node. It is a native module, so it stays outside the bundle and is found at run
 * time: beside the program, or in the folder named by SAEGATE_RUNTIME (the action installs it into the tool cache).
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as Ort from 'onnxruntime-node'
import { limitProblem } from '../../bytes/system-limits.ts'
import { runtimeMissing } from '../../errors/onnx.ts'
import { cudaLibrary, engineLibraries, hasCudaProvider } from './cuda-provider.ts'

export type OrtModule = typeof Ort

let loaded: OrtModule | null = null

/** Load onnxruntime-node once. Errors: RUNTIME_MISSING, SYSTEM_LIMIT. */
export function runtime(): OrtModule {
  loaded ??= load()
  return loaded
}

/** `require` as seen from the folder that holds the engine. */
function engineRequire(): NodeJS.Require {
  const folder = process.env.SAEGATE_RUNTIME
  return createRequire(folder === undefined || folder === '' ? import.meta.url : join(folder, 'runtime.js'))
}

function load(): OrtModule {
  // Official builds of onnxruntime keep usage records and would upload them: an audit tells nobody of itself.
  process.env.ORT_DISABLE_TELEMETRY = '1'
  // onnxruntime lets CUDA round the operands of float32 products to 10 bits (its use_tf32 is on), and its JavaScript package
  // cannot say otherwise. NVIDIA's libraries can: float32 is float32 here, unless the user has said something else.
  process.env.NVIDIA_TF32_OVERRIDE ??= '0'
  // 16-bit products are summed in float32 to the end: cuBLAS may else add up parts of them that were rounded to 16 bit (the bit
  // for reduced-precision reductions; ORT_CUDA_GEMM_OPTIONS of the CUDA provider).
  process.env.ORT_CUDA_GEMM_OPTIONS ??= '2'
  // Devices are counted as nvidia-smi counts them, not by their speed.
  process.env.CUDA_DEVICE_ORDER ??= 'PCI_BUS_ID'
  try {
    const module: OrtModule = engineRequire()('onnxruntime-node')
    module.env.logLevel = 'error'
    return module
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
    throw limitProblem('The native engine onnxruntime-node', reason) ?? runtimeMissing(reason)
  }
}

/** Version of the loaded engine, for the report. */
export function runtimeVersion(): string {
  return runtime().env.versions.node ?? runtime().env.versions.common
}

/** Does this build know a provider of that name? CUDA is known on Linux and Windows x64 even before it is installed. */
export function knowsProvider(kind: string): boolean {
  return runtime()
    .listSupportedBackends()
    .some((backend) => backend.name === kind)
}

/** The folder of the package onnxruntime-node in use. Errors: RUNTIME_MISSING. */
export function runtimeFolder(): string {
  runtime()
  return dirname(dirname(engineRequire().resolve('onnxruntime-node')))
}

/** Where the CUDA provider's library lies, or would lie. */
export function cudaProviderFile(): string {
  return join(engineLibraries(runtimeFolder(), process), cudaLibrary(process))
}

/** Is the CUDA provider's library in place? Asked before loading it, because onnxruntime complains loudly. */
export function cudaProviderInstalled(): boolean {
  return hasCudaProvider(runtimeFolder(), process)
}
