/** @file A graph loaded into onnxruntime and run: typed arrays in, typed arrays out. */
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { deviceLost, engineFailed } from '../../errors/onnx.ts'
import type { SaegateError } from '../../errors/problem.ts'
import type { FedWeight } from '../graph/fed-weight.ts'
import type { GraphModel } from '../graph/graph.ts'
import { runtime } from '../runtime/runtime.ts'
import { type RunResult, runResult } from './run-result.ts'

/** Where graphs run. One per process. */
export interface Device {
  readonly kind: 'cpu' | 'cuda' | 'webgpu'
  readonly threads: number
  /**
   * What operands of products and attention inside the body are rounded to; sums are always accumulated in float32 or wider. On the
   * CPU, which has no kernels for 16-bit types, the rounding is emulated.
   */
  readonly bodyType: 'float32' | 'float16' | 'bfloat16'
  /** Which of several CUDA devices, in the order of the bus. Absent: the first. */
  readonly index?: number
  /** Further CUDA devices like it, which take their share of the runs. Absent: none. */
  readonly peers?: readonly number[]
  /** Rows in a run at most, on a GPU whose memory was too small for more. Absent: as many as usual. */
  readonly rows?: number
}

export type TensorInput =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'float64'; readonly data: Float64Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly dims: readonly number[] }
  | { readonly type: 'float16'; readonly data: Uint16Array; readonly dims: readonly number[] }
  | { readonly type: 'bool'; readonly data: Uint8Array; readonly dims: readonly number[] }

/** A model file on disk, its external data beside it. */
export interface StoredModel {
  readonly path: string
  readonly outputs: readonly string[]
}

/**
 * No thread of a session waits by spinning: for graphs of small products that was a fifth of an audit's processor time, and on a
 * machine with other work of its wall time too (docs/decisions/2026-11-29-processor-time.md).
 */
const ASLEEP_WHEN_IDLE = { intra_op: { allow_spinning: '0' } }

export interface Session {
  /**
   * Runs that a caller with more to do keeps begun: one where a run blocks this thread, more where other threads run
   * (lanes.ts).
   */
  readonly inFlight: number
  /** Run the graph and fetch `outputs` (all of them when not said). Errors: ENGINE_FAILED. */
  run(inputs: Readonly<Record<string, TensorInput>>, outputs?: readonly string[]): Promise<RunResult>
  release(): Promise<void>
}

/** A session whose graph leaves weights to the caller. */
export interface FedSession extends Session {
  /** Other weights for the runs to come, of the same names, types and sizes; none: no run comes before the next. No run may be under way. */
  feed(weights: readonly FedWeight[]): Promise<void>
}

/**
 * Load a graph. The external buffers may be dropped by the caller afterwards. `fuses`: let onnxruntime put operators together;
 * not in a float64 graph, because fused operators hold their factors in float32 (a scale of 1/√d is then off by 1e-8).
 * `settings`: onnxruntime's own `session.…` entries (onnxruntime_session_options_config_keys.h).
 * Errors: ENGINE_FAILED, RUNTIME_MISSING.
 */
export async function createSession(
  model: GraphModel | StoredModel,
  device: Device,
  what: string,
  fuses = true,
  settings: Readonly<Record<string, string>> = {},
): Promise<FedSession> {
  const ort = runtime()
  const options: InferenceSession.SessionOptions = {
    executionProviders: providersOf(device),
    graphOptimizationLevel: fuses ? 'all' : 'basic',
    intraOpNumThreads: device.threads,
    logSeverityLevel: 3,
    extra: { session: { ...ASLEEP_WHEN_IDLE, ...settings } },
    externalData: 'path' in model ? [] : model.external.map(({ path, data }) => ({ path, data })),
  }
  let session: InferenceSession
  try {
    session = await ('path' in model
      ? ort.InferenceSession.create(model.path, options)
      : ort.InferenceSession.create(model.bytes, options))
  } catch (cause) {
    throw failure(`loading ${what}`, cause)
  }
  // Only the names: a session that remembered the graph would keep a second copy of every weight.
  const { outputs: all } = model
  return runner(session, all, what, 'path' in model ? [] : model.fed)
}

function runner(
  session: InferenceSession,
  all: readonly string[],
  what: string,
  fed: readonly FedWeight[],
): FedSession {
  let weights = fedTensors(fed)
  return {
    inFlight: 1,
    async feed(others) {
      weights = fedTensors(others)
    },
    async run(inputs, outputs = all) {
      const feeds: Record<string, Tensor> = { ...weights }
      for (const [name, input] of Object.entries(inputs)) feeds[name] = tensorOf(input)
      try {
        return runResult(await session.run(feeds, outputs))
      } catch (cause) {
        throw failure(`running ${what}`, cause)
      }
    },
    release: () => session.release(),
  }
}

function fedTensors(weights: readonly FedWeight[]): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(weights.map((weight) => [weight.name, tensorOf(weight)]))
}

function tensorOf(input: TensorInput): Tensor {
  const { Tensor } = runtime()
  switch (input.type) {
    case 'float32':
      return new Tensor('float32', input.data, [...input.dims])
    case 'float64':
      return new Tensor('float64', input.data, [...input.dims])
    case 'int64':
      return new Tensor('int64', input.data, [...input.dims])
    case 'int32':
      return new Tensor('int32', input.data, [...input.dims])
    case 'float16':
      return new Tensor('float16', input.data, [...input.dims])
    case 'bool':
      return new Tensor('bool', input.data, [...input.dims])
  }
}

function providersOf({ kind, index = 0 }: Device): InferenceSession.ExecutionProviderConfig[] {
  if (kind === 'cpu') return ['cpu']
  return [kind === 'cuda' ? { name: 'cuda', deviceId: index } : kind, 'cpu']
}

/** Codes of CUDA after which the device answers nothing more: taken away, reset, or stopped by a kernel. */
const LOST = /CUDA failure (?:46|214|700|702|709|71[0-9]|720|999)\b/

function failure(what: string, cause: unknown): SaegateError {
  const reason = reasonOf(cause)
  return LOST.test(reason) ? deviceLost(what, reason) : engineFailed(what, reason)
}

/** onnxruntime's messages carry build paths and several lines; the first line says what matters, behind its assertion. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  // NVIDIA's libraries are quoted behind the types of the call that failed.
  const nvidias = /(?:CUDA|CUDNN|CUBLAS|CUFFT|CURAND) failure -?\d+: [^;]{0,200}/.exec(text)
  if (nvidias !== null) return nvidias[0]
  return (text.split('\n')[0] ?? text)
    .replace(/^\[?E:onnxruntime[^\]]*\]?\s*/, '')
    .replace(/^\S+\.(?:cc|h):\d+ .* was false\. (?=\S)/, '')
    .slice(0, 500)
}
