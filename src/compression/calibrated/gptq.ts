/** @file GPTQ (arXiv 2210.17323): levels per row or group of inputs, each weight rounded to make up for the errors before it. */
import { type Rows, replaceWithFeedback, STEP } from './feedback.ts'
import type { FeedbackFactor } from './feedback-factor.ts'
import { type Levels, levelsOf, nearestLevel } from './levels.ts'

/** Inputs that are corrected together where no group says it. */
const BLOCK = 128

/**
 * Inputs in their own order (no act-order). A group's levels span its weights as they are corrected when its first input is
 * reached; a whole row's span the weights as they were.
 */
export function gptq(
  rows: Rows,
  factor: FeedbackFactor,
  { bits, group }: { readonly bits: number; readonly group: number | null },
): Float32Array {
  const levels: Levels[] = []
  if (group === null) {
    for (let row = 0; row < rows.out; row++) {
      const own = rows.data.subarray(row * rows.in, (row + 1) * rows.in)
      levels.push(
        levelsOf(
          own.map((weight, k) => (factor.dead[k] === 1 ? 0 : weight)),
          bits,
        ),
      )
    }
  }
  return replaceWithFeedback(rows, factor, {
    blockSize: group ?? BLOCK,
    stepSize: STEP,
    see: (row, end) => {
      if (group !== null) levels[row.row] = levelsOf(row.corrected(row.start, end), bits)
    },
    choose: ({ row }, _, aim) => nearestLevel(aim, levels[row]!),
  })
}
