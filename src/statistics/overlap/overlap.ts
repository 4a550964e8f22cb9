/**
 * @file Do two candidates damage the same features? Overlap of what did not survive, agreement of damage scores 1 − ρ, and
 * non-survival by firing rate (arXiv 2606.03002, Table 4 and Appendix E), with intervals where there are token groups.
 *
 * Damage scores of two candidates that were run on the same tokens share those tokens' noise. So the correlations are also
 * told across disjoint halves of the text, one candidate from one half and the other from the other: what then remains is
 * not shared noise (though each score is noisier for being made of half the text).
 */
import { type ClassThresholds, classOf } from '../definitions.ts'
import { equalCountBins } from '../equal-count.ts'
import { type ActiveFeatures, halvesOf } from '../features/active-features.ts'
import { definedOrZero } from '../features/correlation.ts'
import {
  bareEstimate,
  type ConfidenceInterval,
  type Estimate,
  intervalOf,
  logOdds,
  ofCorrelations,
  type TwoWayScale,
} from '../intervals/estimate.ts'
import { pearson, spearman } from './ranks.ts'

/** A number that may be undefined (null), with its interval (null: none can be told). */
export interface Figure {
  readonly value: number | null
  readonly ci: ConfidenceInterval
}

/** Of two sets of the same features. */
export interface SetOverlap {
  readonly a: number
  readonly b: number
  readonly both: number
  readonly either: number
  /** |A ∩ B| / |A ∪ B|; undefined of two empty sets. */
  readonly jaccard: Figure
  /** Jaccard of two sets of these sizes that know nothing of each other: p_a p_b / (p_a + p_b − p_a p_b). */
  readonly jaccardExpected: number | null
}

export interface RateDecile {
  /** Firing rates of its features: above `low` (from it, in the first) up to `high`. */
  readonly low: number
  readonly high: number
  readonly meanRate: number
  readonly features: number
  /** Fractions of them. */
  readonly nonSurvivedA: number
  readonly nonSurvivedB: number
}

export interface Overlap {
  readonly features: number
  readonly nonSurvived: SetOverlap
  readonly damaged: SetOverlap
  /** Of damage scores. */
  readonly pearson: Figure
  readonly spearman: Figure
  /** The same across disjoint halves of the text; null without token groups. */
  readonly acrossHalves: { readonly pearson: number | null; readonly spearman: number | null } | null
  /** Features that survived in both, in one alone, in neither. */
  readonly quadrants: {
    readonly both: number
    readonly onlyA: number
    readonly onlyB: number
    readonly neither: number
  }
  readonly deciles: readonly RateDecile[]
}

/** Two candidates on the same features: `a.ids` and `b.ids` are equal. */
export interface Pair {
  readonly a: ActiveFeatures
  readonly b: ActiveFeatures
}

const DECILES = 10

/** RangeError where the features are not the same. */
export function overlapOf(pair: Pair, thresholds: ClassThresholds, confidence: number): Overlap {
  const { a, b } = pair
  if (a.ids.length !== b.ids.length || a.ids.some((id, k) => id !== b.ids[k]))
    throw new RangeError('two candidates with other features')
  const isLost = (rho: number): boolean => classOf(rho, thresholds) !== 'survived'
  const isDamaged = (rho: number): boolean => classOf(rho, thresholds) === 'damaged'
  const known = (estimate: Estimate): Figure =>
    Number.isFinite(estimate.value)
      ? { value: estimate.value, ci: intervalOf(estimate, confidence) }
      : { value: null, ci: null }
  const sets = (isIn: (rho: number) => boolean): SetOverlap => {
    const counts = countsOf(pair.a.rho, pair.b.rho, isIn)
    const functional: PairFunctional = (x, y) => jaccard(countsOf(x, y, isIn))
    const estimate = estimateOf(pair, functional, logOdds(Math.max(1, counts.either)))
    return {
      ...counts,
      jaccard: known({ ...estimate, range: [0, 1] }),
      jaccardExpected: expectedJaccard(counts, a.ids.length),
    }
  }
  const nonSurvived = sets(isLost)
  return {
    features: a.ids.length,
    nonSurvived,
    damaged: sets(isDamaged),
    pearson: known({ ...estimateOf(pair, pearson, ofCorrelations), range: [-1, 1] }),
    spearman: known({ ...estimateOf(pair, spearman, ofCorrelations), range: [-1, 1] }),
    acrossHalves: acrossHalves(pair),
    quadrants: {
      both: a.ids.length - nonSurvived.either,
      onlyA: nonSurvived.b - nonSurvived.both,
      onlyB: nonSurvived.a - nonSurvived.both,
      neither: nonSurvived.both,
    },
    deciles: rateDeciles(pair, isLost),
  }
}

/** Of two lists of ρ. The correlation of damage scores 1 − ρ is that of ρ. */
type PairFunctional = (a: Float64Array, b: Float64Array) => number

function estimateOf({ a, b }: Pair, functional: PairFunctional, scale: TwoWayScale): Estimate {
  const value = functional(definedOrZero(a.rho), definedOrZero(b.rho))
  const [ofA, ofB] = [halvesOf(a), halvesOf(b)]
  if (ofA === null || ofB === null || a.halves === null || ofA.length !== ofB.length || Number.isNaN(value))
    return bareEstimate(value)
  const documents = Math.min(a.halves.resampling.documents, b.halves?.resampling.documents ?? 0)
  const values = ofA.map((half, r) => {
    const own = functional(half, ofB[r]!)
    return Number.isNaN(own) ? own : scale.to(own)
  })
  const resampling = { ...a.halves.resampling, documents }
  return {
    ...bareEstimate(value),
    error: { kind: 'replicates', resampling, scale: scale.from, centre: scale.to(value), values },
  }
}

/** Halves stand in pairs that share nothing. */
function acrossHalves({ a, b }: Pair): Overlap['acrossHalves'] {
  const [ofA, ofB] = [halvesOf(a), halvesOf(b)]
  if (ofA === null || ofB === null || ofA.length === 0 || ofA.length !== ofB.length) return null
  const mean = (functional: PairFunctional): number | null => {
    const sum = ofA.reduce((total, half, r) => total + functional(half, ofB[r ^ 1]!), 0)
    return Number.isFinite(sum) ? sum / ofA.length : null
  }
  return { pearson: mean(pearson), spearman: mean(spearman) }
}

interface SetCounts {
  readonly a: number
  readonly b: number
  readonly both: number
  readonly either: number
}

function countsOf(rhoA: Float64Array, rhoB: Float64Array, isIn: (rho: number) => boolean): SetCounts {
  let [a, b, both] = [0, 0, 0]
  for (let k = 0; k < rhoA.length; k++) {
    const [inA, inB] = [isIn(rhoA[k]!), isIn(rhoB[k]!)]
    a += Number(inA)
    b += Number(inB)
    both += Number(inA && inB)
  }
  return { a, b, both, either: a + b - both }
}

const jaccard = ({ both, either }: SetCounts): number => (either === 0 ? Number.NaN : both / either)

function expectedJaccard({ a, b }: SetCounts, features: number): number | null {
  if (a + b === 0) return null
  const [p, q] = [a / features, b / features]
  return (p * q) / (p + q - p * q)
}

function rateDeciles({ a, b }: Pair, isLost: (rho: number) => boolean): readonly RateDecile[] {
  return equalCountBins(a.firingRate, DECILES).map(({ low, high, members }) => {
    const lost = (rho: Float64Array): number => members.filter((k) => isLost(rho[k]!)).length / members.length
    const total = members.reduce((sum, k) => sum + a.firingRate[k]!, 0)
    return {
      low,
      high,
      meanRate: total / members.length,
      features: members.length,
      nonSurvivedA: lost(a.rho),
      nonSurvivedB: lost(b.rho),
    }
  })
}
