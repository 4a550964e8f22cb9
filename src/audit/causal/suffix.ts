/**
 * @file A model from a hook in the residual stream to its final hidden rows, started from stored rows: what every run adds to the rows
 * at the hook is a vector times a strength for each row.
 */
import { type HookPoint, hookName } from '../../contract/hook-point.ts'
import { causalHook, causalTurned } from '../../errors/causal.ts'
import type { BodyProgram, RowsFragment } from '../../models/body-program.ts'
import { HIDDEN, RESIDUAL_BEFORE } from '../../models/graph/body.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { Device, TensorInput } from '../../onnx/sessions/session.ts'
import { type Batch, batchInputs } from '../capture/capture.ts'
import { loadBody, type Sequences } from '../capture/load-body.ts'
import type { Model } from '../subjects/model.ts'
import type { SequencePlan } from '../text/sequences.ts'

const STRENGTH = 'edit_strength'
const DIRECTION = 'edit_direction'

/** strength (n_row, 1) · direction (1, d_model) is added to the rows. */
const addVector =
  (width: number): RowsFragment =>
  (g, rows) => {
    const type = rows.type === 'float64' ? 'float64' : 'float32'
    const strength = g.input(STRENGTH, type, ['n_row', 1])
    return op.add(g, rows, op.matMul(g, strength, g.input(DIRECTION, type, [1, width])))
  }

/**
 * The program that edits what passes a hook of the residual stream, from the block behind it on. Errors: CAUSAL_HOOK where nothing of the
 * model lies behind it, or the rows there are not all that the model goes on with.
 */
export function suffixProgram(hook: HookPoint, blocks: number, width: number): BodyProgram {
  const from = hook.name === 'hook_resid_post' ? hook.layer + 1 : hook.layer
  if (hook.name !== 'hook_resid_post' && hook.name !== 'hook_resid_pre')
    throw causalHook(hookName(hook), 'it is no place of the residual stream between two blocks')
  if (from >= blocks) throw causalHook(hookName(hook), 'no block of the model stands behind it')
  const before = { layer: from, name: 'hook_resid_pre' } as const
  const edits = [{ hook: before, apply: addVector(width) }]
  return { from, to: 'hidden', taps: [], sums: [], edits }
}

/** What is added to each row of a batch. */
export interface AddedVector {
  /** (rows of the batch) */
  readonly strength: Float32Array
  /** (d_model) */
  readonly direction: Float32Array
}

export interface Suffix {
  /** Sequences of a run. */
  readonly sequences: number
  readonly inFlight: number
  /** Rows of the batch before the edit → its final hidden rows, (rows, d_model). Errors: ENGINE_FAILED. */
  run(batch: Batch, rows: Float32Array, added: AddedVector): Promise<Float32Array>
  release(): Promise<void>
}

/** Errors: CAUSAL_HOOK, CAUSAL_TURNED, ENGINE_FAILED, the checkpoint's own. */
export async function loadSuffix(
  model: Model,
  hook: HookPoint,
  { plan, sequences }: { readonly plan: SequencePlan; readonly sequences: Sequences },
  device: Device,
): Promise<Suffix> {
  const { blocks, d_model } = model.decoder.spec
  if (model.basis !== null) throw causalTurned(model.name)
  const body = await loadBody(model, suffixProgram(hook, blocks.length, d_model), sequences, device)
  return {
    sequences: body.sequences,
    inFlight: body.session.inFlight,
    run: async (batch, rows, added) => {
      const { ids: _, ...given } = batchInputs(body, plan, batch)
      const count = (body.sequences * rows.length) / (batch.length * d_model)
      const result = await body.session.run({ ...given, ...editInputs(rows, added, count) }, [HIDDEN])
      return result.float32(HIDDEN).subarray(0, rows.length)
    },
    release: () => body.session.release(),
  }
}

/** Filled up to `count` rows with zeros, which nothing of the batch sees. */
function editInputs(
  rows: Float32Array,
  { strength, direction }: AddedVector,
  count: number,
): Readonly<Record<string, TensorInput>> {
  const width = direction.length
  const before = new Float32Array(count * width)
  before.set(rows)
  const strengths = new Float32Array(count)
  strengths.set(strength)
  return {
    [RESIDUAL_BEFORE]: { type: 'float32', data: before, dims: [count, width] },
    [STRENGTH]: { type: 'float32', data: strengths, dims: [count, 1] },
    [DIRECTION]: { type: 'float32', data: direction, dims: [1, width] },
  }
}
