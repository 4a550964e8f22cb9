/** @file The figures that are simulated, each by the product's own functions, beside the truth. */

import { countsAbove } from '../../src/statistics/divergence-levels.ts'
import { correlations } from '../../src/statistics/features/correlation.ts'
import {
  classFraction,
  correlationIntervals,
  type FeatureCorrelations,
  meanOf,
  quantileOf,
} from '../../src/statistics/features/feature-figures.ts'
import { meanActivations, meanSquares } from '../../src/statistics/features/feature-moments.ts'
import { correlationAccuracy, halfCorrelations } from '../../src/statistics/features/half-correlations.ts'
import {
  classFractions,
  meanCorrelation,
  weightedClassFractions,
} from '../../src/statistics/features/taxonomy.ts'
import { difference, type Estimate, intervalOf } from '../../src/statistics/intervals/estimate.ts'
import { DEGREES_RULE, RESAMPLING_METHOD, type Sampling } from '../../src/statistics/intervals/resampling.ts'
import { meanDivergence, perplexityChange, tailDivergence } from '../../src/statistics/losses.ts'
import { quantile } from '../../src/statistics/quantile.ts'
import { DESIGNS, type Design } from './designs.ts'
import type { Population, Sums, Truth } from './text.ts'

/** Ends of an interval, of one figure or of one figure of each feature. */
export interface Ends {
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
}

/** Values, interval ends and truths of one figure, or of one figure of each feature. */
export interface Figure extends Ends {
  readonly name: string
  readonly values: ArrayLike<number>
  readonly truth: ArrayLike<number>
  /** Null: of one figure of each feature. */
  readonly estimate: Estimate | null
  /** What other designs make of the same halves; none for single features. */
  readonly tried: Partial<Record<Design, Ends>>
}

const THRESHOLDS = { survived: 0.9, damaged: 0.5 }
/** Features whose own ρ is looked at. */
const SINGLE = 200

/** Figures of all features, and of the text. */
export function figuresOf(sums: Sums, made: Population, confidence: number): Figure[] {
  return [...featureFigures(featuresOf(sums, made), confidence), ...lossFigures(sums, made.truth, confidence)]
}

/** Features as they were measured, and as they are. */
export interface SimulatedFeatures {
  readonly seen: FeatureCorrelations
  /** (K) how often each fires, as it was counted and on endless text: weights. */
  readonly firings: Float64Array
  readonly rate: Float64Array
  /** (K) ρ on endless text. */
  readonly rho: Float64Array
}

export function featuresOf(sums: Sums, { rate, truth }: Population): SimulatedFeatures {
  return { seen: correlationsOf(sums), firings: sums.reference.firings, rate, rho: truth.rho }
}

/** The features so many at a time, each run of them as if there were no others. */
export function parts({ seen, firings, rate, rho }: SimulatedFeatures, size: number): SimulatedFeatures[] {
  return Array.from({ length: Math.floor(rho.length / size) }, (_, i) => {
    const of = (values: Float64Array) => values.subarray(i * size, (i + 1) * size)
    const replicates = (seen.replicates ?? []).map((row) =>
      Float32Array.from({ length: size }, (_, k) => row[i * size + k]!),
    )
    return {
      seen: { ...seen, rho: of(seen.rho), accuracy: of(seen.accuracy), replicates },
      firings: of(firings),
      rate: of(rate),
      rho: of(rho),
    }
  })
}

export function featureFigures(
  { seen: features, firings, rate, rho }: SimulatedFeatures,
  confidence: number,
): Figure[] {
  const expected = classFractions(rho, THRESHOLDS)
  const inUse = weightedClassFractions(rho, rate, THRESHOLDS)
  const one = (name: string, estimate: Estimate, truth: number) =>
    figure({ name, truth, confidence }, estimate)
  return [
    one('survived', classFraction(features, 'survived', THRESHOLDS, null), expected.survived),
    one('survived in use', classFraction(features, 'survived', THRESHOLDS, firings), inUse.survived),
    one('damaged', classFraction(features, 'damaged', THRESHOLDS, null), expected.damaged),
    one('mean rho', meanOf(features, null), meanCorrelation(rho, null)),
    one('median', quantileOf(features, 0.5), quantile(rho, 0.5)),
    one('quantile .05', quantileOf(features, 0.05), quantile(rho, 0.05)),
    singleFigures(features, rho, confidence),
  ]
}

/** How much more survives in a candidate than in the other, measured on the same text. */
export function survivalDrop(
  earlier: SimulatedFeatures,
  later: SimulatedFeatures,
  confidence: number,
): Figure {
  const survived = ({ seen }: SimulatedFeatures) => classFraction(seen, 'survived', THRESHOLDS, null)
  const truth =
    classFractions(later.rho, THRESHOLDS).survived - classFractions(earlier.rho, THRESHOLDS).survived
  return figure({ name: 'drop', truth, confidence }, difference(survived(later), survived(earlier)))
}

function singleFigures(features: FeatureCorrelations, rho: Float64Array, confidence: number): Figure {
  const few = (values: Float64Array) => values.subarray(0, SINGLE)
  const seen = {
    ...features,
    rho: few(features.rho),
    replicates: (features.replicates ?? []).map((row) =>
      Array.from({ length: few(features.rho).length }, (_, k) => row[k]!),
    ),
    accuracy: few(features.accuracy),
  }
  const ends = correlationIntervals(seen, confidence)
  return { name: 'single rho', values: seen.rho, truth: few(rho), estimate: null, tried: {}, ...ends }
}

function samplingOfSums({ documents }: Sums): Sampling {
  return { method: RESAMPLING_METHOD, documents, degrees: DEGREES_RULE }
}

export function correlationsOf(sums: Sums): FeatureCorrelations {
  const { reference, candidate } = sums
  const [mean, square] = [meanActivations(reference), meanSquares(reference)]
  return {
    rho: correlations(reference, candidate),
    replicates: halfCorrelations(reference, candidate),
    resampling: { ...samplingOfSums(sums), sizes: reference.positions },
    accuracy: mean.map((one, k) => correlationAccuracy(one, square[k]!)),
  }
}

export function lossFigures(sums: Sums, truth: Truth, confidence: number): Figure[] {
  const { losses, divergence, kl, groupOf, reference } = sums
  const sampling = samplingOfSums(sums)
  const groups = { ...divergence, klAbove: countsAbove(kl, groupOf, reference.groups) }
  const tail = tailDivergence(quantile(kl, 0.99), groups, sampling)
  const one = (name: string, estimate: Estimate, expected: number) =>
    figure({ name, truth: expected, confidence }, estimate)
  return [
    one('perplexity', perplexityChange(losses, sampling), truth.perplexityChange),
    one('KL mean', meanDivergence(groups, sampling), truth.klMean),
    one('KL p99', tail, truth.klP99),
  ]
}

interface Named {
  readonly name: string
  readonly truth: number
  readonly confidence: number
}

function figure({ name, truth, confidence }: Named, estimate: Estimate): Figure {
  const interval = intervalOf(estimate, confidence)
  if (interval === null || estimate.error?.kind !== 'replicates')
    throw new RangeError(`${name} has no interval`)
  const { scale, values } = estimate.error
  const halves = Float64Array.from(values, scale)
  const tried = Object.entries(DESIGNS).map(([design, { ends }]) => {
    const [low, high] = ends(estimate.value, halves, confidence)
    return [design, { low: [low], high: [high] }]
  })
  return {
    name,
    values: [estimate.value],
    low: [interval[0]],
    high: [interval[1]],
    truth: [truth],
    estimate,
    tried: Object.fromEntries(tried),
  }
}
