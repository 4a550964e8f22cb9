/**
 * @file SparseGPT (arXiv 2301.00774): weights whose loss costs least go, and the others make up for it. Without one of its inputs a
 * row loses w²/[H⁻¹]_kk of those that are left, which is w² D_k here.
 */

import { prunedCount } from '../prune.ts'
import { type Rows, replaceWithFeedback, STEP } from './feedback.ts'
import type { FeedbackFactor } from './feedback-factor.ts'
import { type Sparsity, smallest } from './sparsity.ts'

/** Inputs among which the least are looked for together, over all rows; the published code's own. */
const BLOCK = 128

export function sparseGpt(rows: Rows, factor: FeedbackFactor, how: Sparsity): Float32Array {
  return how.kind === 'pattern' ? inPattern(rows, factor, how) : unstructured(rows, factor, how.fraction)
}

/** Of a block, ⌊fraction · rows · inputs⌋ go. */
function unstructured(rows: Rows, factor: FeedbackFactor, fraction: number): Float32Array {
  const scores = new Float64Array(rows.out * BLOCK)
  let gone: Uint8Array = new Uint8Array(0)
  let width = 0
  return replaceWithFeedback(rows, factor, {
    blockSize: BLOCK,
    stepSize: STEP,
    see: (row, end) => {
      width = end - row.start
      const corrected = row.corrected(row.start, end)
      for (let i = 0; i < width; i++)
        scores[row.row * width + i] = corrected[i]! ** 2 * factor.weights[row.start + i]!
    },
    decide: () => {
      const seen = scores.subarray(0, rows.out * width)
      gone = smallest(seen, prunedCount(seen.length, fraction))
    },
    choose: (row, k, aim) => (gone[row.row * width + k - row.start] === 1 ? 0 : aim),
  })
}

/** Of every `of` neighbouring inputs of a row, `of − keep` go: those that cost least once the inputs before are replaced. */
function inPattern(
  rows: Rows,
  factor: FeedbackFactor,
  { keep, of }: Sparsity & { kind: 'pattern' },
): Float32Array {
  let gone: Uint8Array = new Uint8Array(of)
  return replaceWithFeedback(rows, factor, {
    blockSize: BLOCK - (BLOCK % of),
    stepSize: of * Math.ceil(STEP / of),
    choose: (row, k, aim) => {
      if (k % of === 0) {
        const corrected = row.corrected(k, Math.min(k + of, rows.in))
        const scores = corrected.map((weight, i) => weight ** 2 * factor.weights[k + i]!)
        gone = smallest(scores, Math.max(0, scores.length - keep))
      }
      return gone[k % of] === 1 ? 0 : aim
    },
  })
}
