/**
 * @file A model from a hook in the residual stream to its final hidden rows, started from stored rows, under several edits at once: each adds
 * to the rows at the hook a vector times a strength for each row. What lies before the first row that an edit changes is computed once for all.
 */
import { type HookPoint, hookName } from '../../contract/hook-point.ts'
import { causalHook, causalTurned } from '../../errors/causal.ts'
import type { BodyProgram, RowsFragment } from '../../models/body-program.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { rowWidth } from '../../models/graph/beside/row-layout.ts'
import { HIDDEN, RESIDUAL_BEFORE } from '../../models/graph/body.ts'
import { COMPUTED_ROW, ROW_PLACES } from '../../models/graph/shape.ts'
import { present } from '../../numbers/present.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { Device, TensorInput } from '../../onnx/sessions/session.ts'
import { type Batch, batchInputs } from '../capture/capture.ts'
import { loadBody } from '../capture/load-body.ts'
import { GPU_ROWS, runSize } from '../machine/run-size.ts'
import type { Model } from '../subjects/model.ts'
import type { SequencePlan } from '../text/sequences.ts'
import { type SharedRowLayout, sharedRows } from './shared-rows.ts'

const STRENGTH = 'edit_strength'
const DIRECTIONS = 'edit_directions'

/** strength (n_row, n_edit) · directions (n_edit, d_model) is added to the rows. */
const addVector =
  (width: number): RowsFragment =>
  (g, rows) => {
    const type = rows.type === 'float64' ? 'float64' : 'float32'
    const strength = g.input(STRENGTH, type, ['n_row', 'n_edit'])
    return op.add(g, rows, op.matMul(g, strength, g.input(DIRECTIONS, type, ['n_edit', width])))
  }

/**
 * The program that edits what passes a hook of the residual stream, from the block behind it on. Errors: CAUSAL_HOOK where nothing of the
 * model lies behind it, or the rows there are not all that the model goes on with.
 */
export function suffixProgram(hook: HookPoint, decoder: Pick<Decoder, 'spec'>): BodyProgram {
  const { blocks, d_model } = decoder.spec
  const from = hook.name === 'hook_resid_post' ? hook.layer + 1 : hook.layer
  if (hook.name !== 'hook_resid_post' && hook.name !== 'hook_resid_pre')
    throw causalHook(hookName(hook), 'it is no place of the residual stream between two blocks')
  if (from >= blocks.length) throw causalHook(hookName(hook), 'no block of the model stands behind it')
  if (rowWidth(decoder) !== d_model)
    throw causalHook(
      hookName(hook),
      'the blocks behind it are given more of a token than that: further streams, vectors of its own, or keys and values of earlier blocks',
    )
  const before = { layer: from, name: 'hook_resid_pre' } as const
  const edits = [{ hook: before, apply: addVector(d_model) }]
  return { from, to: 'hidden', taps: [], sums: [], edits }
}

/** What an edit adds to the rows of a batch. */
export interface AddedVector {
  /** (rows of the batch) */
  readonly strength: Float32Array
  /** (d_model) */
  readonly direction: Float32Array
}

/** Some sequences, and what is done to each of them. */
export interface EditedBatch {
  /** At most `sequences` of a suffix. */
  readonly batch: Batch
  /** (rows of the batch, d_model) before the edits */
  readonly rows: Float32Array
  /** By sequence: no edit adds anything before this position. */
  readonly firsts: readonly number[]
  /** At most `edits` of a suffix. */
  readonly added: readonly AddedVector[]
}

export interface EditedRows {
  /** (·, d_model) */
  readonly values: Float32Array
  /** Where a row of the batch stands in it under an edit. */
  rowOf(edit: number, row: number): number
}

export interface Suffix {
  /** Sequences of a run, each under so many edits. */
  readonly sequences: number
  readonly edits: number
  readonly inFlight: number
  /** Final hidden rows. Errors: ENGINE_FAILED. */
  run(edited: EditedBatch): Promise<EditedRows>
  release(): Promise<void>
}

/** What a suffix is loaded for. */
export interface SuffixWork {
  readonly plan: SequencePlan
  readonly blockLength: number
  /** Sequences at most that are edited one after the other. */
  readonly sequences: number
  readonly edits: number
}

/** Errors: CAUSAL_HOOK, CAUSAL_TURNED, ENGINE_FAILED, the checkpoint's own. */
export async function loadSuffix(
  model: Model,
  hook: HookPoint,
  { plan, blockLength, sequences: most, edits: wanted }: SuffixWork,
  device: Device,
): Promise<Suffix> {
  if (model.basis !== null) throw causalTurned(model.name)
  const edits = spansRows(model) ? 1 : Math.min(wanted, Math.max(1, Math.floor(GPU_ROWS / blockLength)))
  const room = Math.floor(runSize(device).bodyRows / (edits * blockLength))
  const sequences = Math.max(1, Math.min(most, room))
  const body = await loadBody(
    model,
    suffixProgram(hook, model.decoder),
    { blockLength, longest: blockLength, count: most * wanted, sharing: edits * sequences },
    device,
  )
  return {
    sequences,
    edits,
    inFlight: body.session.inFlight,
    run: async ({ batch, rows, firsts, added }) => {
      const run = { sequences: body.sequences, length: blockLength, edits: added.length }
      const layout = sharedRows({ ...run, firsts: firsts.map(roundedDown) })
      const { ids: _, ...given } = batchInputs(body, plan, batch)
      const result = await body.session.run({ ...given, ...editInputs(layout, rows, added) }, [HIDDEN])
      return { values: result.float32(HIDDEN), rowOf: layout.rowOf }
    },
    release: () => body.session.release(),
  }
}

/** Does what one row is rounded to depend on the others of its run? Edits are then run apart. */
const spansRows = ({ activations }: Model): boolean =>
  [...activations.values()].some(
    ({ strategy, dynamic, outlierThreshold }) =>
      (strategy === 'tensor' && dynamic) || outlierThreshold !== null,
  )

/** So that runs are of few sizes, each of which the engine finds its memory for anew. */
const FIRST_STEP = 4
const roundedDown = (first: number): number => first - (first % FIRST_STEP)

function editInputs(
  { computed, places, origins, edits }: SharedRowLayout,
  rows: Float32Array,
  added: readonly AddedVector[],
): Readonly<Record<string, TensorInput>> {
  const width = present(added[0]).direction.length
  const [count, columns] = [origins.length, added.length]
  const before = new Float32Array(count * width)
  const strengths = new Float32Array(count * columns)
  for (const [i, origin] of origins.entries()) {
    before.set(rows.subarray(origin * width, (origin + 1) * width), i * width)
    const edit = present(edits[i])
    strengths[i * columns + edit] = present(present(added[edit]).strength[origin])
  }
  const directions = new Float32Array(columns * width)
  for (const [edit, { direction }] of added.entries()) directions.set(direction, edit * width)
  return {
    [RESIDUAL_BEFORE]: { type: 'float32', data: before, dims: [count, width] },
    [STRENGTH]: { type: 'float32', data: strengths, dims: [count, columns] },
    [DIRECTIONS]: { type: 'float32', data: directions, dims: [columns, width] },
    [COMPUTED_ROW]: { type: 'int64', data: computed, dims: [computed.length] },
    [ROW_PLACES]: { type: 'int64', data: places, dims: [count] },
  }
}
