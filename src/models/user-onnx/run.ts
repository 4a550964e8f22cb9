/** @file A user's model in the engine: token ids in, logits and the tapped values out, as float32. */
import { modelsDiffer } from '../../errors/graph.ts'
import { engineFailed } from '../../errors/onnx.ts'
import { SaegateError } from '../../errors/problem.ts'
import { onnxLastLogits, onnxRefused, onnxShape } from '../../errors/user-onnx.ts'
import { addedOutputs } from '../../onnx/graph/model-edit.ts'
import { withOwnZeroPoints } from '../../onnx/graph/own-zero-points.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import { createSession, type Device } from '../../onnx/sessions/session.ts'
import type { UserModel } from './open.ts'
import { feeds, type RunShape } from './signature.ts'
import { stage } from './staging.ts'
import type { Tap } from './stream.ts'

/** What one run gives. */
export interface UserModelRun {
  /** (batch · length, n_vocab) */
  readonly logits: Float32Array
  /** Columns of the logits. */
  readonly n_vocab: number
  /** (batch · length, d_model) per tap, in the order asked for. */
  readonly taps: readonly Float32Array[]
}

export interface LoadedUserModel {
  /** The batch the model was exported for; null: any. */
  readonly batch: number | null
  /** The length the model was exported for; null: any. */
  readonly length: number | null
  /** (batch · length, d_model): the residual stream before the first block; null: it was not found, or is another width. Errors: as `run`. */
  embedded(ids: Int32Array, shape: RunShape): Promise<Float32Array | null>
  /** Run `batch` sequences of `length` ids each. Errors: ONNX_FIXED_LENGTH, ONNX_SHAPE, MODELS_DIFFER, ENGINE_FAILED. */
  run(ids: Int32Array, shape: RunShape): Promise<UserModelRun>
  release(): Promise<void>
}

const LOGITS = 'saegate_logits'
const EMBEDDED = 'saegate_embedded'

/**
 * What onnxruntime's optimizations would change in a model besides its speed, switched off. By default, products of int8 are
 * added in saturating 16 bits on x86 processors without integer dot products, so that figures depend on the processor; and a
 * product with a weight that is stored in integers is given activations in int8 (MatMulNBits, accuracy_level 4).
 */
const AS_STORED = { x64quantprecision: '1', qdq_matmulnbits_accuracy_level: '1' }

/** Load a model with its taps as outputs. `d_model`: their width in the reference. Errors: ENGINE_FAILED, WRITE_*. */
export async function loadUserModel(
  user: UserModel,
  taps: readonly Tap[],
  d_model: number,
  device: Device,
): Promise<LoadedUserModel> {
  const { signature, spec } = user
  const tapOutputs = taps.map((tap, i) => ({ name: `saegate_tap_${i}`, addends: tap.addends }))
  const read = [{ name: LOGITS, addends: [signature.logits.name] }, ...tapOutputs]
  const names = read.map(({ name }) => name)
  const [first] = user.stream
  const outputs = first === undefined ? read : [...read, { name: EMBEDDED, addends: first.addends }]
  const staged = await stage(user, [withOwnZeroPoints(spec, user.model), addedOutputs(outputs)], names)
  try {
    const session = await createSession(staged.model, device, spec, true, AS_STORED).catch(
      (error: unknown) => {
        throw loadProblem(spec, error)
      },
    )
    return {
      batch: signature.batch,
      length: signature.length,
      async embedded(ids, shape) {
        if (first === undefined) return null
        const result = await session.run(feeds(spec, signature, ids, shape), [EMBEDDED])
        // Another width is told of the tap that was asked for.
        if (result.dims(EMBEDDED).at(-1) !== d_model) return null
        return tapRows(spec, first, EMBEDDED, result, shape, d_model)
      },
      async run(ids, shape) {
        const result = await session.run(feeds(spec, signature, ids, shape), names)
        return {
          ...logitsOf(spec, signature.logits.name, result, shape),
          taps: taps.map((tap, i) => tapRows(spec, tap, `saegate_tap_${i}`, result, shape, d_model)),
        }
      },
      release: () => session.release(),
    }
  } finally {
    // The engine has the model in memory, and maps the data files, which outlive their names.
    await staged.remove()
  }
}

/** A graph of ours that does not load is a failure of the run; a model of the user's is bad input. */
function loadProblem(spec: string, error: unknown): unknown {
  if (!(error instanceof SaegateError) || error.code !== engineFailed.code) return error
  return onnxRefused(spec, error.message)
}

function logitsOf(
  spec: string,
  name: string,
  result: RunResult,
  { batch, length }: RunShape,
): Pick<UserModelRun, 'logits' | 'n_vocab'> {
  const dims = result.dims(LOGITS)
  const n_vocab = dims.at(-1) ?? 0
  const logits = result.float32(LOGITS)
  const flat = dims.length === 2 && dims[0] === batch * length
  const nested = dims.length === 3 && dims[0] === batch && dims[1] === length
  const last = dims.length === 3 ? dims[1] === 1 : dims.length === 2 && dims[0] === batch
  if (!flat && !nested && last) throw onnxLastLogits(spec, name, `it came out as [${dims.join(', ')}]`)
  if (!flat && !nested) throw onnxShape(spec, name, dims, `[${batch}, ${length}, vocabulary]`)
  return { logits, n_vocab }
}

function tapRows(
  spec: string,
  tap: Tap,
  output: string,
  result: RunResult,
  { batch, length }: RunShape,
  d_model: number,
): Float32Array {
  const dims = result.dims(output)
  const flat = dims.length === 2 && dims[0] === batch * length
  const nested = dims.length === 3 && dims[0] === batch && dims[1] === length
  if (!flat && !nested) throw onnxShape(spec, tap.name, dims, `[${batch}, ${length}, ${d_model}]`)
  const width = dims.at(-1) ?? 0
  if (width !== d_model) throw modelsDiffer(spec, `width at "${tap.name}"`, width, d_model)
  return result.float32(output)
}
