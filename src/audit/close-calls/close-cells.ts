/**
 * @file Sums of one feature over one batch, where the graph found a pre-activation near the threshold: made in float64 from
 * the float32 rows, in place of the graph's, with the close calls left out and put on a list.
 */

import { present } from '../../numbers/present.ts'
import type { RowBatch, SumCell } from '../rows/row-batches.ts'
import { distance, type Jumps, jumpRelu, preActivation, rowNorms } from './jumps.ts'

/** Rows of one model in a batch, as the encoder sees them. */
export interface BatchRows {
  /** (n_row, d_in) */
  readonly x: Float32Array
  /** ‖x‖ (n_row) */
  readonly norms: Float64Array
}

export function batchRows(x: Float32Array, width: number): BatchRows {
  return { x, norms: rowNorms(x, width) }
}

/** A pre-activation of a float32 residual, and whether it is a close call. */
export interface Reading {
  readonly z: number
  /** |z − θ| in units of the typical error of float32; null: float32 can tell. */
  readonly doubt: number | null
}

/** A row and a feature that are in no sum yet. */
export interface CloseCall extends SumCell {
  /** Row of the store. */
  readonly row: number
  readonly feature: number
  readonly reference: Reading
}

/** Close in the reference, in the candidate or in both. */
export interface CandidateCall extends CloseCall {
  /** Of the feature among those measured. */
  readonly column: number
  readonly candidate: Reading
}

/** What a pass could not decide. */
export interface Undecided<Call> {
  /** In no sum yet. */
  readonly calls: Call[]
  /** Features of a batch with a pre-activation in the bands, or more, whose sums stayed the graph's own: see closeColumns. */
  skipped: number
}

export const nothingUndecided = <Call>(): Undecided<Call> => ({ calls: [], skipped: 0 })

/** Reads one feature off rows. */
function reader({ jumps, feature, weights: column }: Cell): (rows: BatchRows, i: number) => Reading {
  const bias = present(jumps.bias[feature])
  const { typical, band } = jumps.error
  return ({ x, norms }, i) => {
    const z = preActivation(column, bias, x, i)
    const apart = distance(jumps, feature, z, present(norms[i]))
    return { z, doubt: apart < band ? apart / typical : null }
  }
}

/** One feature of an encoder. */
interface Cell {
  readonly jumps: Jumps
  readonly feature: number
  /** w_j (d_in) */
  readonly weights: Float64Array
}

/** Sums of the reference over the sure rows of a batch; close calls are added to `calls`. */
export function referenceCell(
  cell: Cell,
  rows: BatchRows,
  batch: RowBatch,
  calls: CloseCall[],
): { readonly sum: number; readonly squares: number; readonly firings: number; readonly peak: number } {
  const { jumps, feature } = cell
  const read = reader(cell)
  const theta = present(jumps.threshold[feature])
  let [sum, squares, firings, peak] = [0, 0, 0, 0]
  for (const [i, row] of batch.rows.entries()) {
    const reference = read(rows, i)
    if (reference.doubt !== null) {
      calls.push({ row, feature, tokenGroup: batch.tokenGroup, place: batch.place, reference })
      continue
    }
    const a = jumpRelu(reference.z, theta)
    sum += a
    squares += a * a
    firings += a > 0 ? 1 : 0
    peak = Math.max(peak, a)
  }
  return { sum, squares, firings, peak }
}

/** Sums of a candidate beside the reference, likewise. `column`: of the feature among those measured. */
export function candidateCell(
  cell: Cell & { readonly column: number },
  [reference, candidate]: readonly [BatchRows, BatchRows],
  batch: RowBatch,
  calls: CandidateCall[],
): Readonly<Record<'sum' | 'squares' | 'product' | 'together' | 'either', number>> {
  const { jumps, feature, column } = cell
  const read = reader(cell)
  const theta = present(jumps.threshold[feature])
  let [sum, squares, product, together, either] = [0, 0, 0, 0, 0]
  for (const [i, row] of batch.rows.entries()) {
    const call = { reference: read(reference, i), candidate: read(candidate, i) }
    if (call.reference.doubt !== null || call.candidate.doubt !== null) {
      calls.push({ row, feature, column, tokenGroup: batch.tokenGroup, place: batch.place, ...call })
      continue
    }
    const b = jumpRelu(call.candidate.z, theta)
    sum += b
    squares += b * b
    const a = jumpRelu(call.reference.z, theta)
    product += a * b
    together += a > 0 && b > 0 ? 1 : 0
    either += a > 0 || b > 0 ? 1 : 0
  }
  return { sum, squares, product, together, either }
}

/** One run is allowed this share of its features as cells, and a few: one takes as long as 100 features in the graph. */
const MOST_CELLS_SHARE = 1 / 64
const FEW_CELLS = 16

/**
 * Columns with a row that is near in one of the models, whose sums are then made here: at most so many that they take about twice as long as the
 * graph. Beyond that (thresholds that lie everywhere near) the graph's own sums stay, and they are `skipped`, once for each model.
 */
export function closeColumns(near: readonly Uint8Array[], undecided: { skipped: number }): readonly number[] {
  const width = present(near[0]).length
  const most = FEW_CELLS + width * MOST_CELLS_SHARE
  const columns: number[] = []
  for (let k = 0; k < width; k++) {
    const count = near.reduce((sum, of) => sum + of[k]!, 0)
    if (count === 0) continue
    if (columns.length < most) columns.push(k)
    else undecided.skipped += count
  }
  return columns
}
