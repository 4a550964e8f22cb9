/**
 * @file Is a candidate's residual stream the reference's but for one factor? Norms undo such a factor, so the model computes the
 * same, while a dictionary of the reference would see every activation moved. Rows count the same, however long they
 * are: a first position a hundred times as long as the rest would else decide alone.
 */
import { present } from '../../numbers/present.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'
import { emptyScalings, type Scaling, type ScalingGroups } from '../sums/residual-sums.ts'
import type { SampledRows } from './fit-sample.ts'

/** Rows that are read at a time. */
const ROWS = 512

/** Errors: those of reading rows. */
export async function scalingBetween(
  reference: Residuals,
  candidate: Residuals,
  { rows, tokenGroups, groups }: SampledRows,
): Promise<ScalingGroups> {
  const into = emptyScalings(groups)
  const { width } = reference.store
  for (let start = 0; start < rows.length; start += ROWS) {
    const batch = rows.subarray(start, start + ROWS)
    const x = await residualRows(reference, batch)
    const y = await residualRows(candidate, batch)
    for (let row = 0; row < batch.length; row++) {
      const { xx, yy, xy } = rowProducts(x, y, row * width, (row + 1) * width)
      if (xx === 0) continue
      const group = present(tokenGroups[start + row])
      into.products[group]! += xy / xx
      into.sizes[group]! += yy / xx
      into.rows[group]! += 1
    }
  }
  return into
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
