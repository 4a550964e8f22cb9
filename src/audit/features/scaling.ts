/**
 * @file Is a candidate's residual stream the reference's but for one factor? Norms undo such a factor, so the model computes the
 * same, while a dictionary of the reference would see every activation moved. Rows count the same, however long they
 * are: a first position a hundred times as long as the rest would else decide alone.
 */
import { type Residuals, residualRows } from '../rows/residuals.ts'
import type { Scaling } from '../sums/group-sums.ts'

/** Rows that are read at a time. */
const ROWS = 512

/** `rows`: ascending. */
export async function scalingBetween(
  reference: Residuals,
  candidate: Residuals,
  rows: Int32Array,
): Promise<Scaling> {
  // Per row x·y / x·x and y·y / x·x.
  let [products, sizes, count] = [0, 0, 0]
  const { width } = reference.store
  for (let start = 0; start < rows.length; start += ROWS) {
    const batch = rows.subarray(start, start + ROWS)
    const x = await residualRows(reference, batch)
    const y = await residualRows(candidate, batch)
    for (let row = 0; row < batch.length; row++) {
      const { xx, yy, xy } = rowProducts(x, y, row * width, (row + 1) * width)
      if (xx === 0) continue
      products += xy / xx
      sizes += yy / xx
      count++
    }
  }
  if (count === 0) return { factor: 1, error: 0 }
  const factor = products / count
  // Σ(yy − 2·c·xy + c²·xx) / xx, over c² rows.
  const left = sizes - 2 * factor * products + count * factor ** 2
  return { factor, error: Math.sqrt(Math.max(0, left) / count) / Math.abs(factor) }
}

/** x·x, y·y and x·y over [start, end). */
function rowProducts(x: Float32Array, y: Float32Array, start: number, end: number) {
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = start; i < end; i++) {
    const a = x[i]!
    const b = y[i]!
    xx += a * a
    yy += b * b
    xy += a * b
  }
  return { xx, yy, xy }
}

/** A factor nearer to 1 is what rounding does to lengths. */
const LEAST_CHANGE = 0.02
/** What the factor leaves is at most this part of what it explains. */
const MOST_LEFT = 1 / 4

/** One global factor, and little else. */
export function isRescaled({ factor, error }: Scaling): boolean {
  const change = Math.abs(factor - 1)
  return factor > 0 && change > LEAST_CHANGE && error < MOST_LEFT * change
}
