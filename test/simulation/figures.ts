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
import { classFractions, meanCorrelation } from '../../src/statistics/features/taxonomy.ts'
import { type Estimate, intervalOf } from '../../src/statistics/intervals/estimate.ts'
import { RESAMPLING_METHOD } from '../../src/statistics/intervals/resampling.ts'
import { meanDivergence, perplexityChange, tailDivergence } from '../../src/statistics/losses.ts'
import { quantile } from '../../src/statistics/quantile.ts'
import type { Sums, Truth } from './text.ts'

/** Values, interval ends and truths of one figure, or of one figure of each feature. */
export interface Figure {
  readonly name: string
  readonly values: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  readonly truth: ArrayLike<number>
}

const THRESHOLDS = { survived: 0.9, damaged: 0.5 }
const CONFIDENCE = 0.95

export function figuresOf(sums: Sums, truth: Truth): Figure[] {
  const features = correlationsOf(sums)
  const single = correlationIntervals(features, CONFIDENCE)
  const expected = classFractions(truth.rho, THRESHOLDS)
  return [
    figure('survived', classFraction(features, 'survived', THRESHOLDS, null), expected.survived),
    figure('damaged', classFraction(features, 'damaged', THRESHOLDS, null), expected.damaged),
    figure('mean rho', meanOf(features, null), meanCorrelation(truth.rho, null)),
    figure('median', quantileOf(features, 0.5), quantile(truth.rho, 0.5)),
    figure('quantile .05', quantileOf(features, 0.05), quantile(truth.rho, 0.05)),
    { name: 'single rho', values: features.rho, low: single.low, high: single.high, truth: truth.rho },
    ...lossFigures(sums, truth),
  ]
}

function correlationsOf({ reference, candidate }: Sums): FeatureCorrelations {
  const [mean, square] = [meanActivations(reference), meanSquares(reference)]
  return {
    rho: correlations(reference, candidate),
    replicates: halfCorrelations(reference, candidate),
    resampling: { method: RESAMPLING_METHOD, sizes: reference.positions },
    accuracy: mean.map((one, k) => correlationAccuracy(one, square[k]!)),
  }
}

function lossFigures({ losses, divergence, kl, groupOf, reference }: Sums, truth: Truth): Figure[] {
  const groups = { ...divergence, klAbove: countsAbove(kl, groupOf, reference.groups) }
  const tail = tailDivergence(quantile(kl, 0.99), groups, RESAMPLING_METHOD)
  return [
    figure('perplexity', perplexityChange(losses, RESAMPLING_METHOD), truth.perplexityChange),
    figure('KL mean', meanDivergence(groups, RESAMPLING_METHOD), truth.klMean),
    figure('KL p99', tail, truth.klP99),
  ]
}

function figure(name: string, estimate: Estimate, truth: number): Figure {
  const interval = intervalOf(estimate, CONFIDENCE)
  if (interval === null) throw new RangeError(`${name} has no interval`)
  return { name, values: [estimate.value], low: [interval[0]], high: [interval[1]], truth: [truth] }
}
