/** @file How far two residual streams lie apart, row by row. */
import { present } from '../../numbers/present.ts'
import type { TensorInput } from '../../onnx/sessions/session.ts'

export class ResidualDistance {
  #apart = 0
  #size = 0
  #cosines = 0
  #rows = 0

  /** The first `rows` rows of both; others fill up. */
  add(reference: TensorInput | undefined, candidate: TensorInput | undefined, rows: number): void {
    if (reference?.type !== 'float32' || candidate?.type !== 'float32') return
    const [, width = 0] = reference.dims
    const x = reference.data
    const y = candidate.data
    for (let row = 0; row < rows; row++) {
      let [xx, yy, xy] = [0, 0, 0]
      for (let i = row * width; i < (row + 1) * width; i++) {
        const a = present(x[i])
        const b = present(y[i])
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
