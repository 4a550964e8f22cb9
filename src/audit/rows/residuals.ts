/** @file Stored rows of the residual stream on their way into an SAE: gathered, centred, filled up to parts of equal size. */
import { present } from '../../numbers/present.ts'
import type { TensorInput } from '../../onnx/sessions/session.ts'
import type { RowStore } from '../capture/row-store.ts'
import { gatherRows } from './gather-rows.ts'
import type { RowBatch } from './row-batches.ts'

/** Residuals of one model at one hook; `center` subtracts each row's mean over d first, then all is multiplied by `scale`. */
export interface Residuals {
  readonly store: RowStore
  readonly center: boolean
  /** Absent: 1. */
  readonly scale?: number
}

/** Inputs of one batch, filled up with its last row (which counts once) to parts of equal size. */
export async function passInputs(
  models: readonly Residuals[],
  batch: RowBatch,
  parts: number,
): Promise<Record<string, TensorInput>> {
  const count = Math.ceil(batch.rows.length / parts) * parts
  const rows = new Int32Array(count).fill(present(batch.rows.at(-1)))
  rows.set(batch.rows)
  const ones = new Float32Array(count).fill(1, 0, batch.rows.length)
  const inputs: Record<string, TensorInput> = {
    ones: { type: 'float32', data: ones, dims: [parts, 1, count / parts] },
  }
  for (const [m, residuals] of models.entries()) {
    const data = await residualRows(residuals, rows)
    inputs[`x_${m}`] = { type: 'float32', data, dims: [count, residuals.store.width] }
  }
  return inputs
}

/** Rows of the store (ascending) one after the other, centred where the read-out is. */
export async function residualRows(
  { store, center, scale = 1 }: Residuals,
  rows: Int32Array,
): Promise<Float32Array> {
  const out = await gatherRows(store, rows, rows.length)
  if (center) centerRows(out, store.width)
  if (scale !== 1) scaleRows(out, scale)
  return out
}

/** Multiply all, in place. */
export function scaleRows(values: Float32Array | Float64Array, scale: number): void {
  for (let i = 0; i < values.length; i++) values[i] = present(values[i]) * scale
}

/** Subtract each row's mean, in place: what TransformerLens' centred writing weights do to the residual. */
export function centerRows(values: Float32Array | Float64Array, width: number): void {
  for (let start = 0; start < values.length; start += width) {
    let sum = 0
    for (let i = start; i < start + width; i++) sum += present(values[i])
    const mean = sum / width
    for (let i = start; i < start + width; i++) values[i] = present(values[i]) - mean
  }
}
