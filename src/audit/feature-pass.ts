/**
 * @file The SAE over stored residuals. First the reference alone, which decides what is active; then candidates beside
 * it, on the features that count. Position 0 of every block is summed apart from the rest, so that one pass tells both
 * what every position gives and what it gives without attention sinks.
 */
import { createSession, type Device, type Session, type TensorInput } from '../onnx/session.ts'
import {
  addCandidateTile,
  addReferenceTile,
  type CandidateMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
} from '../statistics/feature-moments.ts'
import { groupStarts } from '../statistics/token-groups.ts'
import {
  candidateGraph,
  type Encoder,
  FIRING,
  ROW_MULTIPLE,
  rebuildGraph,
  referenceGraph,
  selectFeatures,
} from './feature-graph.ts'
import type { RowStore } from './row-store.ts'
import { gatherRows } from './token-losses.ts'

/** Rows of all models together in one run. */
const ROWS_PER_RUN = 512

/** How the rows of a store are laid out in blocks, and the blocks in groups. */
export interface RowLayout {
  readonly blockCount: number
  readonly blockLength: number
  readonly groups: number
}

/** Sums over position 0 of every block, and over all other positions. */
export interface ByPosition<T> {
  readonly first: T
  readonly rest: T
}

/** Residuals of one model at one hook; `center` subtracts each row's mean over d first. */
export interface Residuals {
  readonly store: RowStore
  readonly center: boolean
}

/** One run: rows of one group, all at position 0 or none. */
interface RowBatch {
  readonly rows: Int32Array
  readonly group: number
  readonly place: 'first' | 'rest'
}

function* rowBatches(layout: RowLayout, size: number): Generator<RowBatch> {
  const { blockCount, blockLength, groups } = layout
  const starts = groupStarts(blockCount, groups)
  for (let group = 0; group < groups; group++) {
    const [from, to] = [starts[group] ?? 0, starts[group + 1] ?? blockCount]
    const first: number[] = []
    const rest: number[] = []
    for (let row = from * blockLength; row < to * blockLength; row++) {
      if (row % blockLength === 0) first.push(row)
      else rest.push(row)
    }
    for (const [place, rows] of [
      ['first', first],
      ['rest', rest],
    ] as const) {
      for (let start = 0; start < rows.length; start += size) {
        yield { rows: Int32Array.from(rows.slice(start, start + size)), group, place }
      }
    }
  }
}

/** Sums of the reference over every feature. `onTokens` hears how many rows are done. */
export async function referencePass(
  encoder: Encoder,
  reference: Residuals,
  layout: RowLayout,
  device: Device,
  onTokens: (done: number) => void,
): Promise<ByPosition<ReferenceMoments>> {
  const width = encoder.bias.length
  const moments = {
    first: emptyReferenceMoments(layout.groups, width),
    rest: emptyReferenceMoments(layout.groups, width),
  }
  const session = await createSession(referenceGraph(encoder), device, 'the SAE encoder')
  let done = 0
  try {
    for (const batch of rowBatches(layout, ROWS_PER_RUN)) {
      const result = await session.run(await passInputs([reference], batch, ROW_MULTIPLE))
      const into = moments[batch.place]
      into.positions[batch.group] = (into.positions[batch.group] ?? 0) + batch.rows.length
      addReferenceTile(into, batch.group, 0, {
        sum: result.float32('sum'),
        sumOfSquares: result.float32('squares'),
        firings: result.float32('firings').map((sum) => sum / FIRING),
        peak: result.float32('peak'),
      })
      done += batch.rows.length
      onTokens(done)
    }
  } finally {
    await session.release()
  }
  return moments
}

/** What one candidate's rows gave beside the reference's. */
export interface CandidatePass {
  readonly moments: ByPosition<CandidateMoments>
  /** ‖x_candidate − x_reference‖ / ‖x_reference‖ over all rows. */
  readonly residualError: number
  /** Mean over rows of cos(x_reference, x_candidate): near 0 in a rotated basis. */
  readonly meanCosine: number
}

/** Sums of candidates beside the reference, on `features` only (ascending ids). */
export async function candidatePass(
  encoder: Encoder,
  features: Int32Array,
  reference: Residuals,
  candidates: readonly Residuals[],
  layout: RowLayout,
  device: Device,
  onTokens: (done: number) => void,
): Promise<readonly CandidatePass[]> {
  const passes = candidates.map(() => ({
    moments: {
      first: emptyCandidateMoments(layout.groups, features),
      rest: emptyCandidateMoments(layout.groups, features),
    },
    distance: new ResidualDistance(),
  }))
  const graph = candidateGraph(selectFeatures(encoder, features), candidates.length)
  const session = features.length === 0 ? null : await createSession(graph, device, 'the SAE encoder')
  const size = Math.max(64, Math.floor(ROWS_PER_RUN / (candidates.length + 1)))
  let done = 0
  try {
    for (const batch of rowBatches(layout, size)) {
      const inputs = await passInputs([reference, ...candidates], batch)
      for (const [c, pass] of passes.entries()) pass.distance.add(inputs.x_0, inputs[`x_${c + 1}`])
      if (session !== null) await addBatch(session, inputs, batch, passes)
      done += batch.rows.length
      onTokens(done)
    }
  } finally {
    await session?.release()
  }
  return passes.map(({ moments, distance }) => ({ moments, ...distance.summary() }))
}

async function addBatch(
  session: Session,
  inputs: Readonly<Record<string, TensorInput>>,
  batch: RowBatch,
  passes: readonly { readonly moments: ByPosition<CandidateMoments> }[],
): Promise<void> {
  const result = await session.run(inputs)
  for (const [c, { moments }] of passes.entries()) {
    addCandidateTile(moments[batch.place], batch.group, 0, {
      sum: result.float32(`sum_${c + 1}`),
      sumOfSquares: result.float32(`squares_${c + 1}`),
      product: result.float32(`product_${c + 1}`),
    })
  }
}

/** How far two residual streams lie apart, row by row. */
class ResidualDistance {
  #apart = 0
  #size = 0
  #cosines = 0
  #rows = 0

  add(reference: TensorInput | undefined, candidate: TensorInput | undefined): void {
    if (reference?.type !== 'float32' || candidate?.type !== 'float32') return
    const [rows = 0, width = 0] = reference.dims
    const x = reference.data
    const y = candidate.data
    for (let row = 0; row < rows; row++) {
      let [xx, yy, xy] = [0, 0, 0]
      for (let i = row * width; i < (row + 1) * width; i++) {
        const a = x[i] ?? 0
        const b = y[i] ?? 0
        xx += a * a
        yy += b * b
        xy += a * b
      }
      this.#apart += xx + yy - 2 * xy
      this.#size += xx
      this.#cosines += xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0
    }
    this.#rows += rows
  }

  summary(): { residualError: number; meanCosine: number } {
    return {
      residualError: this.#size === 0 ? 0 : Math.sqrt(Math.max(0, this.#apart) / this.#size),
      meanCosine: this.#rows === 0 ? 1 : this.#cosines / this.#rows,
    }
  }
}

/** Fraction of the residual's variance that the SAE does not rebuild, over at most `sampleRows` rows spread evenly. */
export async function varianceUnexplained(
  encoder: Encoder,
  decoder: { readonly W_dec: Float32Array; readonly b_dec: Float32Array },
  reference: Residuals,
  sampleRows: number,
  device: Device,
): Promise<number> {
  const session = await createSession(
    rebuildGraph(encoder, decoder.W_dec, decoder.b_dec),
    device,
    'the SAE decoder',
  )
  const { rows, width } = reference.store
  const sampled = Math.min(rows, sampleRows)
  const sums = new Float64Array(width)
  let [squares, errors] = [0, 0]
  try {
    for (let start = 0; start < sampled; start += ROWS_PER_RUN) {
      const count = Math.min(ROWS_PER_RUN, sampled - start)
      const batch = Int32Array.from({ length: count }, (_, i) => Math.floor(((start + i) * rows) / sampled))
      const x = await residualRows(reference, batch)
      const result = await session.run({ x_0: { type: 'float32', data: x, dims: [count, width] } })
      const rebuilt = result.float32('rebuilt')
      for (let i = 0; i < x.length; i++) {
        const value = x[i] ?? 0
        sums[i % width] = (sums[i % width] ?? 0) + value
        squares += value * value
        errors += (value - (rebuilt[i] ?? 0)) ** 2
      }
    }
  } finally {
    await session.release()
  }
  const variance = squares - sums.reduce((total, sum) => total + sum * sum, 0) / sampled
  return errors / variance
}

/** Inputs of one batch, filled up with its last row (which counts once) to a multiple of `multiple` rows. */
async function passInputs(
  models: readonly Residuals[],
  batch: RowBatch,
  multiple = 1,
): Promise<Record<string, TensorInput>> {
  const count = Math.ceil(batch.rows.length / multiple) * multiple
  const rows = new Int32Array(count).fill(batch.rows.at(-1) ?? 0)
  rows.set(batch.rows)
  const inputs: Record<string, TensorInput> = {
    ones: { type: 'float32', data: new Float32Array(count).fill(1, 0, batch.rows.length), dims: [1, count] },
  }
  for (const [m, residuals] of models.entries()) {
    const data = await residualRows(residuals, rows)
    inputs[`x_${m}`] = { type: 'float32', data, dims: [count, residuals.store.width] }
  }
  return inputs
}

async function residualRows({ store, center }: Residuals, rows: Int32Array): Promise<Float32Array> {
  const out = await gatherRows(store, rows, rows.length)
  if (center) centerRows(out, store.width)
  return out
}

/** Subtract each row's mean, in place: what TransformerLens' centred writing weights do to the residual. */
export function centerRows(values: Float32Array, width: number): void {
  for (let start = 0; start < values.length; start += width) {
    let sum = 0
    for (let i = start; i < start + width; i++) sum += values[i] ?? 0
    const mean = sum / width
    for (let i = start; i < start + width; i++) values[i] = (values[i] ?? 0) - mean
  }
}
