/** @file How much of a residual stream's variance lies in the first position of its sequences, an attention sink on most models. */
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
    const { sums } = this
    let squares = this.#squares
    for (let i = 0; i < x.length; i++) {
      const value = x[i]!
      sums[i] = sums[i]! + value
      squares += value * value
    }
    this.#squares = squares
  }

  about(center: Float64Array): number {
    let [cross, size] = [0, 0]
    for (let i = 0; i < center.length; i++) {
      const c = center[i]!
      cross += c * this.sums[i]!
      size += c * c
    }
    return this.#squares - 2 * cross + this.rows * size
  }
}
