/**
 * @file Every metric a rule may name: what it is, which way is better, what it can be, which keys go with it.
 *
 * How its value and interval are had from a report and its evidence stands in estimates.ts (behaviour) and
 * feature-estimates.ts (features); a new metric is a name in contract/yaml/policy-schema.ts, a row here and an entry there.
 */
import type { MetricName } from '../../contract/yaml/policy-schema.ts'

export interface Metric {
  readonly name: MetricName
  /** As the subject of a sentence. */
  readonly subject: string
  readonly unit: 'fraction' | 'correlation' | 'percent' | 'perplexity' | 'nats' | 'bits' | 'flag'
  readonly better: 'higher' | 'lower' | 'neither'
  /** Values it can have; a limit outside is a mistake. */
  readonly range: readonly [least: number, most: number]
  /** One value per candidate and read-out, or one per candidate. */
  readonly scope: 'readout' | 'candidate'
  /** `jackknife`: has an interval when there are groups enough. `none`: an estimate without one. `exact`: no estimate. */
  readonly interval: 'jackknife' | 'none' | 'exact'
  /** What to run so that it is measured. */
  readonly measuredBy: string
}

type MetricRow = Omit<Metric, 'name'>

const INFINITE = Number.POSITIVE_INFINITY
const WITH_SAE = 'run the audit with --sae for the read-out'

const fraction = (subject: string, better: Metric['better']): MetricRow => ({
  subject,
  unit: 'fraction',
  better,
  range: [0, 1],
  scope: 'readout',
  interval: 'jackknife',
  measuredBy: WITH_SAE,
})

const correlation = (subject: string): MetricRow => ({
  subject,
  unit: 'correlation',
  better: 'higher',
  range: [-1, 1],
  scope: 'readout',
  interval: 'jackknife',
  measuredBy: WITH_SAE,
})

const perplexityChange = (protocol: 'chunked' | 'sliding'): MetricRow => ({
  subject: `the change of ${protocol} perplexity`,
  unit: 'percent',
  better: 'lower',
  range: [-100, INFINITE],
  scope: 'candidate',
  interval: 'jackknife',
  measuredBy: `run the audit with --perplexity ${protocol === 'chunked' ? 'chunked' : 'chunked,sliding'}`,
})

const perplexityItself = (protocol: 'chunked' | 'sliding'): MetricRow => ({
  ...perplexityChange(protocol),
  subject: `the candidate’s ${protocol} perplexity`,
  unit: 'perplexity',
  range: [1, INFINITE],
})

const divergence = (
  subject: string,
  unit: Metric['unit'],
  better: Metric['better'],
  most: number,
  interval: Metric['interval'],
): MetricRow => ({
  subject,
  unit,
  better,
  range: [0, most],
  scope: 'candidate',
  interval,
  measuredBy: 'run the audit with --perplexity chunked, which measures the divergence too',
})

const rows: Readonly<Record<MetricName, MetricRow>> = {
  'features.survived': fraction('the fraction of features that survive', 'higher'),
  'features.degraded': fraction('the fraction of features that are degraded', 'lower'),
  'features.damaged': fraction('the fraction of features that are damaged', 'lower'),
  'features.correlation': correlation('the correlation of features'),
  'features.meanCorrelation': correlation('the mean correlation of features'),
  'features.medianCorrelation': correlation('the median correlation of features'),
  'perplexity.chunked.deltaPercent': perplexityChange('chunked'),
  'perplexity.chunked.candidate': perplexityItself('chunked'),
  'perplexity.sliding.deltaPercent': perplexityChange('sliding'),
  'perplexity.sliding.candidate': perplexityItself('sliding'),
  'divergence.klMean': divergence('the mean KL divergence', 'nats', 'lower', INFINITE, 'jackknife'),
  'divergence.klP99': divergence(
    'the 99th percentile of the KL divergence',
    'nats',
    'lower',
    INFINITE,
    'none',
  ),
  'divergence.top1Agreement': divergence('the top-1 agreement', 'fraction', 'higher', 1, 'jackknife'),
  'compression.bits': {
    subject: 'the mean number of bits per compressed weight',
    unit: 'bits',
    better: 'neither',
    range: [0, INFINITE],
    scope: 'candidate',
    interval: 'exact',
    measuredBy: 'take a candidate whose format says how many bits it stores',
  },
  dissociation: {
    subject: 'dissociation',
    unit: 'flag',
    better: 'neither',
    range: [0, 1],
    scope: 'candidate',
    interval: 'jackknife',
    measuredBy: 'run the audit with --perplexity chunked and at least one --sae',
  },
}

export function metricOf(name: MetricName): Metric {
  return { name, ...rows[name] }
}

/** Metrics of a population of features, which `features` may narrow. */
export const isFeatureMetric = (name: MetricName): boolean => rows[name].scope === 'readout'

/** Metrics that `at` can move. */
export const AT_METRICS: readonly MetricName[] = ['features.survived', 'features.damaged']

/** Metrics in which features can count unequally (features.correlation only as a mean). */
export const WEIGHTED_METRICS: readonly MetricName[] = [
  'features.survived',
  'features.degraded',
  'features.damaged',
  'features.meanCorrelation',
  'features.correlation',
]
