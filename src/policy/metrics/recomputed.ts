/**
 * @file A stored candidate's figures, made again: of behaviour from its sums per token group, of features from their tables. A
 * report may have been edited where it is read (a perplexity, an interval); what is judged and what is shown are then both
 * what sums and tables say.
 */
import type { Measurement } from '../../contract/report/measurement.ts'
import type { CandidateReport, FeaturesReport } from '../../contract/report/report-schema.ts'
import { summarizeBuckets } from '../../statistics/confidence-buckets.ts'
import { summarizePart } from '../../statistics/divergence-parts.ts'
import { summarizeFeatures, summarizeFiring } from '../../statistics/features/feature-summary.ts'
import { type Sampling, samplingOf } from '../../statistics/intervals/resampling.ts'
import { summarizeRecovered } from '../../statistics/loss-recovered.ts'
import { summarizeDivergence, summarizePerplexity } from '../../statistics/losses.ts'
import { PLAIN, type Population } from './metric.ts'
import { populationOf } from './population.ts'
import { type FeatureView, type Subject, viewOf } from './view.ts'

export function recomputed(candidate: CandidateReport, measurement: Measurement): CandidateReport {
  const { confidence, corpus } = measurement.report
  const sampling = samplingOf(corpus)
  const { perplexity, divergence, features } = candidate
  const again = <Kept extends NonNullable<CandidateReport['perplexity']['chunked']>>(kept: Kept | null) =>
    kept && { ...kept, ...summarizePerplexity(kept.groups, sampling, confidence) }
  return {
    ...candidate,
    perplexity: { chunked: again(perplexity.chunked), sliding: again(perplexity.sliding) },
    divergence: divergence && {
      ...divergence,
      ...summarizeDivergence(divergence.groups, divergence.klP99, sampling, confidence),
      ...bucketsAgain(divergence.byConfidence, sampling, confidence),
      ...kindsAgain(divergence.byKind, sampling, confidence),
    },
    features: features.map((one) => ({
      ...featuresAgain(one, { measurement, candidate }),
      ...recoveredAgain(one.lossRecovered, sampling, confidence),
    })),
  }
}

type Divergence = NonNullable<CandidateReport['divergence']>

function bucketsAgain(kept: Divergence['byConfidence'], sampling: Sampling, confidence: number) {
  if (kept === undefined) return {}
  const again = summarizeBuckets(
    kept.map(({ groups }) => groups),
    sampling,
    confidence,
  )
  return { byConfidence: kept.map((bucket, b) => ({ ...bucket, ...again[b] })) }
}

function kindsAgain(kept: Divergence['byKind'], sampling: Sampling, confidence: number) {
  if (kept === undefined) return {}
  return { byKind: kept.map((one) => ({ ...one, ...summarizePart(one.groups, sampling, confidence) })) }
}

function recoveredAgain(kept: FeaturesReport['lossRecovered'], sampling: Sampling, confidence: number) {
  if (kept === undefined) return {}
  return { lossRecovered: { ...kept, figures: summarizeRecovered(kept.groups, sampling, confidence) } }
}

/** As they are where the tables are not at hand, or no feature is active. */
function featuresAgain(features: FeaturesReport, subject: Subject): FeaturesReport {
  const view = viewOf(subject, features)
  if (view.evidence === null) return features
  const population = populationOf(view, view.evidence, PLAIN, features.thresholds)
  if (population.kind === 'missing') return features
  const { meanCorrelationBias: _, ...kept } = features
  return {
    ...kept,
    ...summarizeFeatures(population.correlations, features.thresholds, view.confidence),
    ...firingAgain(features, view, population),
  }
}

function firingAgain(
  { thresholds, firing }: FeaturesReport,
  { evidence, confidence }: FeatureView,
  population: Population,
): Partial<FeaturesReport> {
  const columns = evidence?.table.firing
  if (columns === undefined || population.firing === null) return {}
  const of = (column: Float64Array): Float64Array => Float64Array.from(population.ids, (id) => column[id]!)
  const again = summarizeFiring(
    {
      ...population.firing,
      precision: of(columns.firingPrecision),
      recall: of(columns.firingRecall),
      candidateRates: of(columns.candidateFiringRate),
    },
    thresholds.active,
    confidence,
  )
  return { ...again, firing: { ...firing, ...again.firing } }
}
