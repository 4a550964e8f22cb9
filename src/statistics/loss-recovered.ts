/**
 * @file How much of what a model loses without a value it keeps when an SAE's reconstruction stands in its place:
 *
 *     S = (L_ablated − L_sae) / (L_ablated − L_clean)
 *
 * with L the mean loss, or KL from the model as it is (of which the clean one is 0), and the value ablated to zero or to its mean.
 * 1: the reconstruction does as well as the value; 0: as badly as none. Of the candidate and of the reference, each with its own value,
 * and of the difference over the same token groups.
 */
import {
  bareEstimate,
  type ConfidenceInterval,
  difference,
  type Estimate,
  intervalOf,
  plain,
} from './intervals/estimate.ts'
import { canHalve } from './intervals/half-sums.ts'
import { replicateSums, type Sampling } from './intervals/resampling.ts'

/** Sums per token group of one model over the scored tokens, parallel; losses and KL in nats. */
export interface RecoveredGroups {
  readonly cleanLoss: readonly number[]
  readonly saeLoss: readonly number[]
  readonly zeroLoss: readonly number[]
  readonly meanLoss: readonly number[]
  /** KL(clean ‖ with the reconstruction in place). */
  readonly saeKl: readonly number[]
  readonly zeroKl: readonly number[]
  readonly meanKl: readonly number[]
}

/** What a figure is told by. */
export interface RecoveredBy {
  readonly of: 'loss' | 'kl'
  readonly ablation: 'zero' | 'mean'
}

/** What rules read: the loss, of what zeros cost. */
export const BY_LOSS: RecoveredBy = { of: 'loss', ablation: 'zero' }

/** Every figure that is told. */
export const RECOVERED_BY: readonly RecoveredBy[] = [
  BY_LOSS,
  { of: 'kl', ablation: 'zero' },
  { of: 'loss', ablation: 'mean' },
  { of: 'kl', ablation: 'mean' },
]

/** S of one model; null where the ablation costs nothing, so that there is nothing to recover. */
export function lossRecovered(
  groups: RecoveredGroups,
  { of, ablation }: RecoveredBy,
  sampling: Sampling,
): Estimate | null {
  const ablated = of === 'loss' ? groups[`${ablation}Loss`] : groups[`${ablation}Kl`]
  const rebuilt = of === 'loss' ? groups.saeLoss : groups.saeKl
  const clean = of === 'loss' ? groups.cleanLoss : ablated.map(() => 0)
  const kept = ablated.map((sum, g) => sum - rebuilt[g]!)
  const most = ablated.map((sum, g) => sum - clean[g]!)
  const total = (sums: readonly number[]): number => sums.reduce((sum, one) => sum + one, 0)
  if (!(total(most) > 0)) return null
  const value = total(kept) / total(most)
  if (sampling.method === 'half-samples' && !canHalve(ablated.length)) return bareEstimate(value)
  const resampling = { ...sampling, sizes: ablated }
  const [above, below] = [replicateSums(resampling, kept, 1), replicateSums(resampling, most, 1)]
  // A half of which the ablation takes nothing says nothing.
  const values = Array.from(above, (sum, r) => (below[r]! > 0 ? sum / below[r]! : value))
  return {
    ...bareEstimate(value),
    error: { kind: 'replicates', resampling, scale: plain.from, centre: value, values },
  }
}

/** Both models over the same tokens. */
export interface RecoveredPair {
  readonly reference: RecoveredGroups
  readonly candidate: RecoveredGroups
}

/** S of the candidate less S of the reference, replicate by replicate; null where either has none. */
export function recoveredChange(pair: RecoveredPair, by: RecoveredBy, sampling: Sampling): Estimate | null {
  const [from, less] = [
    lossRecovered(pair.candidate, by, sampling),
    lossRecovered(pair.reference, by, sampling),
  ]
  return from && less && difference(from, less)
}

/** As report.json has it. */
export interface RecoveredFigure extends RecoveredBy {
  readonly reference: number | null
  readonly referenceCi: ConfidenceInterval
  readonly candidate: number | null
  readonly candidateCi: ConfidenceInterval
  readonly delta: number | null
  readonly deltaCi: ConfidenceInterval
}

/** In the order of RECOVERED_BY. */
export function summarizeRecovered(
  pair: RecoveredPair,
  sampling: Sampling,
  confidence: number,
): RecoveredFigure[] {
  const ends = (estimate: Estimate | null): ConfidenceInterval =>
    estimate === null ? null : intervalOf(estimate, confidence)
  return RECOVERED_BY.map((by) => {
    const reference = lossRecovered(pair.reference, by, sampling)
    const candidate = lossRecovered(pair.candidate, by, sampling)
    const delta = recoveredChange(pair, by, sampling)
    return {
      ...by,
      reference: reference?.value ?? null,
      referenceCi: ends(reference),
      candidate: candidate?.value ?? null,
      candidateCi: ends(candidate),
      delta: delta?.value ?? null,
      deltaCi: ends(delta),
    }
  })
}
