/** @file How much of a residual stream's variance lies in the first position of its sequences, an attention sink on most models. */
import { present } from '../../numbers/present.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'

/** Rows that are read at a time. */
const ROWS = 512

/** Σ‖x − mean‖² over rows at position 0, as a part of that over all of `rows` (ascending; the mean is theirs). 0 where nothing varies. */
export async function firstPositionShare(
  residuals: Residuals,
  rows: Int32Array,
  sequenceLength: number,
): Promise<number> {
  const { width } = residuals.store
  const all = new Squares(width)
  const first = new Squares(width)
  for (let start = 0; start < rows.length; start += ROWS) {
    const batch = rows.subarray(start, start + ROWS)
    const values = await residualRows(residuals, batch)
    for (const [i, row] of batch.entries()) {
      const x = values.subarray(i * width, (i + 1) * width)
      all.add(x)
      if (row % sequenceLength === 0) first.add(x)
    }
  }
  const mean = all.sums.map((sum) => sum / all.rows)
  const total = all.about(mean)
  return total > 0 ? first.about(mean) / total : 0
}

/** Sums of rows from which Σ‖x − c‖² follows for any c. */
class Squares {
  readonly sums: Float64Array
  rows = 0
  #squares = 0

  constructor(width: number) {
    this.sums = new Float64Array(width)
  }

  add(x: Float32Array): void {
    this.rows++
    for (const [i, value] of x.entries()) {
      this.sums[i] = present(this.sums[i]) + value
      this.#squares += value * value
    }
  }

  about(center: Float64Array): number {
    let [cross, size] = [0, 0]
    for (const [i, c] of center.entries()) {
      cross += c * present(this.sums[i])
      size += c * c
    }
    return this.#squares - 2 * cross + this.rows * size
  }
}
