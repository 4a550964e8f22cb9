/**
 * @file What a rule's question comes to in one measurement: the estimates that its metric's row makes, or why there are
 * none. A report whose tables are not at hand answers only what it holds itself.
 */

import type { CandidateReport } from '../../contract/report/report-schema.ts'
import { bareEstimate, type Estimate } from '../../statistics/intervals/estimate.ts'
import type { Sampling } from '../../statistics/intervals/resampling.ts'
import type { CandidateMetric, FeatureMetric, Question } from './metric.ts'
import { featureName, populationOf } from './population.ts'
import type { FeatureView, Measured, Reading, Seen } from './view.ts'

const measured = (active: number | null, ...estimates: Seen[]): Measured => ({
  kind: 'measured',
  estimates,
  active,
})

export function candidateMeasured(
  metric: CandidateMetric,
  candidate: CandidateReport,
  sampling: Sampling,
): Measured {
  const estimate = metric.estimate(candidate, sampling)
  return estimate === null
    ? { kind: 'missing', why: `${metric.words} was not measured`, advice: metric.measuredBy }
    : measured(null, { ...estimate, label: null })
}

export function featuresMeasured(
  metric: FeatureMetric,
  view: FeatureView,
  question: Question,
  reading: Reading,
): Measured {
  if (view.evidence === null) return fromReportAlone(metric, view, question, reading)
  const population = populationOf(view, view.evidence, question, reading.features)
  if (population.kind === 'missing') return population
  const estimates = metric.estimate(population, question, reading.features)
  if (estimates === null)
    return {
      kind: 'missing',
      why: `${metric.words} was not measured`,
      advice: metric.measuredBy,
    }
  const active = question.features === null ? population.ids.length : null
  if (!isList(estimates)) return measured(active, { ...estimates, label: null })
  return measured(
    active,
    ...estimates.map((one, k) => ({ ...one, label: featureName(population.ids[k] ?? -1, question) })),
  )
}

const isList = (estimates: Estimate | readonly Estimate[]): estimates is readonly Estimate[] =>
  Array.isArray(estimates)

/** Only what the report's own intervals answer: without replicates, another verdict might come out than with them. */
function fromReportAlone(
  metric: FeatureMetric,
  { features, confidence }: FeatureView,
  question: Question,
  reading: Reading,
): Measured {
  const held = metric.held(features, question)
  const interval = held?.interval
  const own = features.thresholds
  const asked = question.features === null && question.weight === 'none' && question.quantile === null
  const same =
    asked &&
    reading.confidence === confidence &&
    reading.features.active === own.active &&
    metric.thresholds.every((end) => (question.at ?? reading.features[end]) === own[end])
  if (held === null || interval === undefined || !same) {
    return {
      kind: 'missing',
      why: 'it needs the feature tables, which are not beside this report',
      advice: 'keep report.json and its features folder together',
    }
  }
  const kept = interval === null ? null : ([interval[0]!, interval[1]!] as [number, number])
  return measured(features.active, {
    ...bareEstimate(held.value),
    error: { kind: 'kept', interval: kept },
    label: null,
  })
}
