/** @file Perplexity as the paper's code has it: batches of sequences weigh alike, whatever is in them. */
import { present } from '../../numbers/present.ts'
import type { ScoredLosses } from './group-sums.ts'

/** exp of the mean over batches of the batch's mean loss, of both models. */
export interface BatchedPerplexity {
  readonly sequences: number
  readonly reference: number
  readonly candidate: number
  readonly deltaPercent: number
}

/** `blockLength`: rows of a sequence. The last batch may be shorter; it weighs as much as the others. */
export function batchedPerplexity(
  { scored, reference, candidate }: Pick<ScoredLosses, 'scored' | 'reference' | 'candidate'>,
  blockLength: number,
  sequences: number,
): BatchedPerplexity {
  const batchOf = (scoredAt: number): number =>
    Math.floor(present(scored.rows[scoredAt]) / (blockLength * sequences))
  const of = (losses: ArrayLike<number>): number => {
    const batches = new Map<number, { sum: number; count: number }>()
    for (let i = 0; i < scored.rows.length; i++) {
      const batch = batches.get(batchOf(i)) ?? { sum: 0, count: 0 }
      batches.set(batchOf(i), { sum: batch.sum + present(losses[i]), count: batch.count + 1 })
    }
    const means = [...batches.values()].map(({ sum, count }) => sum / count)
    return Math.exp(means.reduce((total, mean) => total + mean, 0) / means.length)
  }
  const [before, after] = [of(reference), of(candidate.loss)]
  return { sequences, reference: before, candidate: after, deltaPercent: 100 * (after / before - 1) }
}
