/** @file Wanda (arXiv 2306.11695): in each row, weights go whose |w| · ‖x‖₂ is least, x their input over the calibration tokens; the others stay as they are. */
import { prunedCount } from '../prune.ts'
import type { Rows } from './feedback.ts'
import { type Sparsity, smallest } from './sparsity.ts'

/** `squares`: (in) Σ x². */
export function wanda(
  { data, out, in: inputs }: Rows,
  squares: ArrayLike<number>,
  how: Sparsity,
): Float32Array {
  const pruned = data.slice()
  const norms = Float64Array.from(squares, Math.sqrt)
  const size = how.kind === 'pattern' ? how.of : inputs
  for (let row = 0; row < out; row++) {
    for (let first = 0; first < inputs; first += size) {
      const last = Math.min(first + size, inputs)
      const scores = new Float64Array(last - first)
      for (let k = first; k < last; k++) scores[k - first] = Math.abs(data[row * inputs + k]!) * norms[k]!
      const count =
        how.kind === 'pattern' ? Math.max(0, scores.length - how.keep) : prunedCount(inputs, how.fraction)
      const gone = smallest(scores, count)
      for (let k = first; k < last; k++) if (gone[k - first] === 1) pruned[row * inputs + k] = 0
    }
  }
  return pruned
}
