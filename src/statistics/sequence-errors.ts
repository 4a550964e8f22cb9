/** @file Figures of single sequences: their mean and spread, and perplexities of sequences drawn by a seed (arXiv 2606.03002, Appendix C). */
import { seeded, shuffled } from './shuffle.ts'

export interface MeanAndSpread {
  readonly mean: number
  /** Standard deviation of the values, over n − 1; null: of fewer than two. */
  readonly sd: number | null
}

/** RangeError of no values. */
export function meanAndSpread(values: ArrayLike<number>): MeanAndSpread {
  const n = values.length
  if (n === 0) throw new RangeError('a mean of nothing')
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i]!
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2
  return { mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null }
}

const SEEDS = 5
/** Sequences of a subset, the paper's number; of a shorter text, half of it. */
const SUBSET = 300

export interface SubsetPerplexities {
  readonly seeds: number
  readonly sequences: number
  readonly reference: MeanAndSpread
  readonly candidate: MeanAndSpread
  readonly deltaPercent: MeanAndSpread
}

/** Of subsets of the sequences, without replacement; sequences have equally many scored tokens. Mean losses of each, nats. */
export function subsetPerplexities(
  reference: ArrayLike<number>,
  candidate: ArrayLike<number>,
): SubsetPerplexities {
  const size = Math.max(1, Math.min(SUBSET, Math.floor(reference.length / 2)))
  const perplexities = Array.from({ length: SEEDS }, (_, seed) => {
    const order = Array.from({ length: reference.length }, (_, i) => i)
    const chosen = shuffled(order, seeded(seed)).slice(0, size)
    const perplexity = (of: ArrayLike<number>): number =>
      Math.exp(chosen.reduce((sum, i) => sum + of[i]!, 0) / size)
    return { reference: perplexity(reference), candidate: perplexity(candidate) }
  })
  return {
    seeds: SEEDS,
    sequences: size,
    reference: meanAndSpread(perplexities.map((one) => one.reference)),
    candidate: meanAndSpread(perplexities.map((one) => one.candidate)),
    deltaPercent: meanAndSpread(perplexities.map((one) => 100 * (one.candidate / one.reference - 1))),
  }
}
