/**
 * @file Every metric a rule may name, one row each: a new metric is a row here. What a row says stands in metric.ts;
 * docs/metrics.md is written from the rows (UPDATE_DOCS=1 npx vitest run test/policy/metrics-table.test.ts).
 */

import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import {
  type FeatureValues,
  meanValue,
  quantileValue,
  singleValue,
} from '../../statistics/features/agreement.ts'
import {
  classFraction,
  meanOf,
  quantileOf,
  singleCorrelation,
} from '../../statistics/features/feature-figures.ts'
import { missedAlarms } from '../../statistics/features/monitors.ts'
import { bareEstimate, type ConfidenceInterval, type Estimate } from '../../statistics/intervals/estimate.ts'
import { BY_LOSS, lossRecovered, recoveredChange } from '../../statistics/loss-recovered.ts'
import {
  candidatePerplexity,
  meanDivergence,
  perplexityChange,
  tailDivergence,
  top1Agreement,
} from '../../statistics/losses.ts'
import {
  type CandidateMetric,
  type FeatureMetric,
  type Held,
  type Metric,
  type Population,
  type Question,
  thresholdsAt,
} from './metric.ts'

const INFINITE = Number.POSITIVE_INFINITY

/** What the rows below share. */
const ofCandidate = { scope: 'candidate', ofText: true, interval: 'groups', keys: [] } as const
const ofFeatures = {
  scope: 'readout',
  interval: 'groups',
  thresholds: [],
  measuredBy: 'run the audit with --sae for the read-out',
} as const
/** Of figures that reports of before do not hold. */
const AGAIN = 'run the audit with --sae for the read-out, in this version'
const FEATURES = ['features', 'readouts', 'layers'] as const
const fraction = { ...ofFeatures, unit: 'fraction', range: [0, 1] } as const
const correlation = { ...ofFeatures, unit: 'correlation', range: [-1, 1], better: 'higher' } as const
const ofChunked = { ...ofCandidate, measuredBy: 'run the audit with --perplexity chunked' } as const
const ofSliding = { ...ofCandidate, measuredBy: 'run the audit with --perplexity chunked,sliding' } as const
const change = { unit: 'percent', better: 'lower', range: [-100, INFINITE] } as const
const itself = { unit: 'perplexity', better: 'lower', range: [1, INFINITE] } as const
const divergence = {
  ...ofCandidate,
  measuredBy: 'run the audit with --perplexity chunked, which measures the divergence too',
} as const
const nats = { ...divergence, unit: 'nats', better: 'lower', range: [0, INFINITE] } as const

const counted = ({ weight }: Question): string =>
  weight === 'none' ? '' : `, counted by ${weight === 'firing-rate' ? 'firing rate' : 'decoder norm'}`

/** "the mean gain of 3 features", "the gain of each of 3 features". */
function ofEach(name: string, who: string, question: Question): string {
  const { quantile, mean } = question
  if (quantile !== null)
    return `the ${Number((100 * quantile).toPrecision(6))} % quantile of ${name} over ${who}`
  return mean ? `the mean ${name} of ${who}${counted(question)}` : `the ${name} of each of ${who}`
}

/** What is asked of a figure that every feature has. */
function valuesOf(
  values: FeatureValues,
  { ids, weights }: Pick<Population, 'ids' | 'weights'>,
  { quantile, mean }: Question,
): Estimate | readonly Estimate[] {
  if (quantile !== null) return quantileValue(values, quantile)
  return mean ? meanValue(values, weights) : ids.map((_, k) => singleValue(values, k))
}

/** Null where one of them has no alarms to miss. */
function missedOf(
  ids: readonly number[],
  { of, sampling }: Population['monitors'],
): readonly Estimate[] | null {
  const estimates = ids.flatMap((id) => {
    const monitor = of.find(({ feature }) => feature === id)
    const estimate = monitor && missedAlarms(monitor.groups, sampling)
    return estimate == null ? [] : [estimate]
  })
  return estimates.length === ids.length ? estimates : null
}

/** The interval is the report's: from those that surely act the same to all but those that surely do not. */
function causalPart(causal: Population['causal']): Estimate | null {
  if (causal === null || causal.survived.fraction === null) return null
  const { fraction, ci } = causal.survived
  const [low, high] = ci ?? []
  const interval: ConfidenceInterval = low === undefined || high === undefined ? null : [low, high]
  return { value: fraction, range: [0, 1], error: { kind: 'kept', interval } }
}

function heldRecovered(recovered: FeaturesReport['lossRecovered'], of: 'candidate' | 'delta'): Held | null {
  const figure = recovered?.figures.find(
    ({ of: by, ablation }) => by === BY_LOSS.of && ablation === BY_LOSS.ablation,
  )
  const value = figure?.[of] ?? null
  return figure === undefined || value === null ? null : { value, interval: figure[`${of}Ci`] }
}

/** Keeps a row's name as a type. */
const features = <const Name extends string>(row: FeatureMetric<Name>): FeatureMetric<Name> => row
const candidate = <const Name extends string>(row: CandidateMetric<Name>): CandidateMetric<Name> => row

export const METRICS = [
  features({
    ...fraction,
    name: 'features.survived',
    words: 'survival of active features',
    better: 'higher',
    keys: [...FEATURES, 'at', 'weight'],
    thresholds: ['survived'],
    subject: (who, question, { survived }) =>
      `the fraction of ${who} that survive (ρ ≥ ${question.at ?? survived}${counted(question)})`,
    held: ({ survived }) => ({ value: survived.fraction, interval: survived.ci }),
    estimate: ({ correlations, weights }, { at }, thresholds) =>
      classFraction(correlations, 'survived', thresholdsAt('survived', at, thresholds), weights),
  }),
  features({
    ...fraction,
    name: 'features.degraded',
    words: 'the share of degraded features',
    better: 'lower',
    keys: [...FEATURES, 'weight'],
    thresholds: ['survived', 'damaged'],
    subject: (who, question, { survived, damaged }) =>
      `the fraction of ${who} that are degraded (${damaged} ≤ ρ < ${survived}${counted(question)})`,
    held: ({ degraded }) => ({ value: degraded.fraction, interval: degraded.ci }),
    estimate: ({ correlations, weights }, _question, thresholds) =>
      classFraction(correlations, 'degraded', thresholds, weights),
  }),
  features({
    ...fraction,
    name: 'features.damaged',
    words: 'the share of damaged features',
    better: 'lower',
    keys: [...FEATURES, 'at', 'weight'],
    thresholds: ['damaged'],
    subject: (who, question, { damaged }) =>
      `the fraction of ${who} that are damaged (ρ < ${question.at ?? damaged}${counted(question)})`,
    held: ({ damaged }) => ({ value: damaged.fraction, interval: damaged.ci }),
    estimate: ({ correlations, weights }, { at }, thresholds) =>
      classFraction(correlations, 'damaged', thresholdsAt('damaged', at, thresholds), weights),
  }),
  features({
    ...correlation,
    name: 'features.correlation',
    words: 'the correlation of features',
    keys: [...FEATURES, 'quantile', 'mean', 'weight', 'allow'],
    subject: (who, question) => ofEach('ρ', who, question),
    held: ({ meanCorrelation, meanCorrelationCi }, { mean }) =>
      mean ? { value: meanCorrelation, interval: meanCorrelationCi } : null,
    estimate: ({ ids, correlations, weights }, { quantile, mean }) => {
      if (quantile !== null) return quantileOf(correlations, quantile)
      return mean ? meanOf(correlations, weights) : ids.map((_, k) => singleCorrelation(correlations, k))
    },
  }),
  features({
    ...correlation,
    name: 'features.meanCorrelation',
    words: 'mean feature correlation',
    keys: [...FEATURES, 'weight'],
    subject: (who, question) => `the mean ρ of ${who}${counted(question)}`,
    held: ({ meanCorrelation, meanCorrelationCi }) => ({
      value: meanCorrelation,
      interval: meanCorrelationCi,
    }),
    estimate: ({ correlations, weights }) => meanOf(correlations, weights),
  }),
  features({
    ...correlation,
    name: 'features.medianCorrelation',
    words: 'median feature correlation',
    keys: FEATURES,
    subject: (who) => `the median ρ of ${who}`,
    held: ({ medianCorrelation }) => ({ value: medianCorrelation }),
    estimate: ({ correlations }) => quantileOf(correlations, 0.5),
  }),
  features({
    ...ofFeatures,
    measuredBy: AGAIN,
    name: 'features.gain',
    words: 'the gain of features',
    unit: 'ratio',
    better: 'neither',
    range: [0, INFINITE],
    keys: [...FEATURES, 'quantile', 'mean', 'weight', 'allow'],
    subject: (who, question) => ofEach('gain', who, question),
    held: ({ gain }, { mean }) =>
      mean && gain !== undefined ? { value: gain.mean, interval: gain.ci } : null,
    estimate: ({ ids, firing, weights }, question) =>
      firing && valuesOf(firing.gain, { ids, weights }, question),
  }),
  features({
    ...ofFeatures,
    measuredBy: AGAIN,
    name: 'features.firingJaccard',
    words: 'the firing agreement of features',
    unit: 'ratio',
    better: 'higher',
    range: [0, 1],
    keys: [...FEATURES, 'quantile', 'mean', 'weight', 'allow'],
    subject: (who, question) => ofEach('firing agreement (Jaccard)', who, question),
    held: ({ firing }, { mean }) =>
      mean && firing !== undefined ? { value: firing.jaccard, interval: firing.ci } : null,
    estimate: ({ ids, firing, weights }, question) =>
      firing && valuesOf(firing.jaccard, { ids, weights }, question),
  }),
  features({
    ...ofFeatures,
    name: 'features.causal',
    words: 'the share of features that act the same',
    unit: 'ratio',
    better: 'higher',
    range: [0, 1],
    keys: ['readouts', 'layers'],
    measuredBy: 'run saegate causal',
    subject: () => 'the part that acts the same of the features that were ablated and have an effect',
    held: ({ causal }) =>
      causal === undefined || causal.survived.fraction === null
        ? null
        : { value: causal.survived.fraction, interval: causal.survived.ci },
    estimate: ({ causal }) => causalPart(causal),
  }),
  features({
    ...ofFeatures,
    name: 'features.lossRecovered',
    words: 'the loss that a model recovers with what the SAE rebuilds',
    unit: 'fraction',
    better: 'higher',
    range: [-INFINITE, INFINITE],
    keys: ['readouts', 'layers'],
    measuredBy: 'run the audit with --loss-recovered',
    subject: () => 'the part of what zeros cost that the candidate recovers with what the SAE rebuilds',
    held: ({ lossRecovered }) => heldRecovered(lossRecovered, 'candidate'),
    estimate: ({ recovered }) =>
      recovered && lossRecovered(recovered.of.candidate, BY_LOSS, recovered.sampling),
  }),
  features({
    ...ofFeatures,
    name: 'features.lossRecovered.delta',
    words: 'the change of the loss that is recovered with what the SAE rebuilds',
    unit: 'points',
    better: 'higher',
    range: [-INFINITE, INFINITE],
    keys: ['readouts', 'layers'],
    measuredBy: 'run the audit with --loss-recovered',
    subject: () => 'the part of the loss that the SAE recovers, candidate less reference',
    held: ({ lossRecovered }) => heldRecovered(lossRecovered, 'delta'),
    estimate: ({ recovered }) => recovered && recoveredChange(recovered.of, BY_LOSS, recovered.sampling),
  }),
  features({
    ...ofFeatures,
    name: 'monitor.missed',
    words: 'the part of alarms that are missed',
    unit: 'ratio',
    better: 'lower',
    range: [0, 1],
    keys: [...FEATURES, 'allow'],
    measuredBy:
      'give every feature of the list a threshold (a column of its CSV file) that the reference passes somewhere, and run the audit with this policy',
    subject: (who) => `the part of the reference’s alarms that is missed by each of ${who}`,
    held: () => null,
    estimate: ({ ids, monitors }, { features: list }) => (list === null ? null : missedOf(ids, monitors)),
  }),
  candidate({
    ...ofChunked,
    ...change,
    name: 'perplexity.chunked.deltaPercent',
    words: 'the change of chunked perplexity',
    estimate: ({ perplexity: { chunked } }, sampling) =>
      chunked && perplexityChange(chunked.groups, sampling),
  }),
  candidate({
    ...ofChunked,
    ...itself,
    name: 'perplexity.chunked.candidate',
    words: 'the candidate’s chunked perplexity',
    estimate: ({ perplexity: { chunked } }, sampling) =>
      chunked && candidatePerplexity(chunked.groups, sampling),
  }),
  candidate({
    ...ofSliding,
    ...change,
    name: 'perplexity.sliding.deltaPercent',
    words: 'the change of sliding perplexity',
    estimate: ({ perplexity: { sliding } }, sampling) =>
      sliding && perplexityChange(sliding.groups, sampling),
  }),
  candidate({
    ...ofSliding,
    ...itself,
    name: 'perplexity.sliding.candidate',
    words: 'the candidate’s sliding perplexity',
    estimate: ({ perplexity: { sliding } }, sampling) =>
      sliding && candidatePerplexity(sliding.groups, sampling),
  }),
  candidate({
    ...nats,
    name: 'divergence.klMean',
    words: 'the mean KL divergence',
    estimate: ({ divergence }, sampling) => divergence && meanDivergence(divergence.groups, sampling),
  }),
  candidate({
    ...nats,
    name: 'divergence.klP99',
    words: 'the 99th percentile of the KL divergence',
    estimate: ({ divergence }, sampling) =>
      divergence && tailDivergence(divergence.klP99, divergence.groups, sampling),
  }),
  candidate({
    ...divergence,
    name: 'divergence.top1Agreement',
    words: 'the top-1 agreement',
    unit: 'fraction',
    better: 'higher',
    range: [0, 1],
    estimate: ({ divergence }, sampling) => divergence && top1Agreement(divergence.groups, sampling),
  }),
  candidate({
    ...ofCandidate,
    ofText: false,
    name: 'compression.bits',
    words: 'the mean number of bits per compressed weight',
    unit: 'bits',
    better: 'neither',
    range: [0, INFINITE],
    interval: 'exact',
    keys: ['equals'],
    measuredBy: 'take a candidate whose format says how many bits it stores',
    estimate: ({ compression }) => {
      const bits = compression?.bits ?? null
      return bits === null ? null : bareEstimate(bits)
    },
  }),
  candidate({
    ...ofCandidate,
    name: 'dissociation',
    words: 'dissociation',
    unit: 'flag',
    better: 'neither',
    range: [0, 1],
    keys: ['equals'],
    measuredBy: 'run the audit with --perplexity chunked and at least one --sae',
    // No number: rules/dissociation.ts decides it from perplexity and survival.
    estimate: () => null,
  }),
] as const

export type MetricName = (typeof METRICS)[number]['name']

export const METRIC_NAMES: readonly MetricName[] = METRICS.map(({ name }) => name)

const byName = new Map<string, Metric>(METRICS.map((metric) => [metric.name, metric]))

/** Null for a name that no row has: a report may be of another version. */
export function metricNamed(name: string): Metric | null {
  return byName.get(name) ?? null
}

/** RangeError for a name that no row has, which the types exclude. */
export function metricOf(name: MetricName): Metric {
  const metric = metricNamed(name)
  if (metric === null) throw new RangeError(`there is no metric ${name}`)
  return metric
}
