/**
 * @file The metrics of features: a fraction, a mean, a quantile or single correlations of a population of features, from
 * the evidence beside the report, at the policy's thresholds and with the rule's weights.
 *
 * The population is the active features at the policy's threshold, or the rule's own list. Each of its features must have
 * been measured. A report whose tables are not at hand answers only what it holds itself.
 */
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import { type ActiveClass, type ClassThresholds, isActive } from '../../statistics/definitions.ts'
import { bareEstimate, type ConfidenceInterval, type Estimate } from '../../statistics/estimate.ts'
import {
  classFraction,
  type FeatureCorrelations,
  meanOf,
  quantileOf,
  singleCorrelation,
} from '../../statistics/feature-figures.ts'
import { RESAMPLING_METHOD } from '../../statistics/resampling.ts'
import { groupSizes } from '../../statistics/token-groups.ts'
import type { Policy, Rule, Weight } from '../policy.ts'
import { type Measured, measured, type Seen } from './estimates.ts'

/** One candidate through one read-out. */
export interface FeatureView {
  readonly features: FeaturesReport
  /** Null where the tables are not beside the report. */
  readonly evidence: FeatureEvidence | null
  readonly confidence: number
  /** Blocks of the corpus: how groups were dealt. */
  readonly blocks: number
}

const CLASS_OF: Partial<Record<Rule['metric'], ActiveClass>> = {
  'features.survived': 'survived',
  'features.degraded': 'degraded',
  'features.damaged': 'damaged',
}

export function featureEstimates(view: FeatureView, rule: Rule, policy: Policy): Measured {
  if (view.evidence === null) return fromReportAlone(view, rule, policy)
  const population = populationOf(view, view.evidence, rule, policy)
  if (population.kind === 'missing') return population
  if (rule.metric === 'features.correlation' && rule.quantile === null && !rule.mean) {
    return measured(...singleEstimates(population, rule))
  }
  return measured({ ...figureOf(population, rule, policy), label: null })
}

interface Population {
  readonly kind: 'population'
  readonly ids: readonly number[]
  readonly correlations: FeatureCorrelations
  readonly weights: Float64Array | null
}

type Missing = Extract<Measured, { kind: 'missing' }>

const missing = (why: string, advice: string): Missing => ({ kind: 'missing', why, advice })

function populationOf(
  view: FeatureView,
  { table, replicates }: FeatureEvidence,
  rule: Rule,
  policy: Policy,
): Population | Missing {
  const ids = rule.features?.ids ?? activeIds(view, table.firingRate, table.active, policy)
  const beyond = ids.find((id) => id >= table.width)
  if (beyond !== undefined) {
    return missing(
      `feature ${beyond} does not exist: the SAE has ${table.width}`,
      'correct the rule’s features, or its readouts',
    )
  }
  const unmeasured = ids.filter((id) => table.measured[id] !== 1)
  if (unmeasured.length > 0) return missingFeatures(view, unmeasured, rule, policy)
  if (ids.length === 0) return missing('no feature is active', 'use more text, or a lower features.active')
  const weights = weightsOf(rule.weight, ids, table.firingRate, table.decoderNorm)
  if (weights !== null && !(weights.reduce((sum, weight) => sum + weight, 0) > 0)) {
    return missing(
      `the features have no ${rule.weight} to count by`,
      'use weight: none, or an SAE with its decoder',
    )
  }
  const column = new Map(Array.from(replicates.features, (id, k) => [id, k]))
  const columns = ids.map((id) => column.get(id) ?? -1)
  const groups = replicates.correlations
  const complete =
    groups.length > 0 &&
    !columns.includes(-1) &&
    groups.every((row) => row.length === replicates.features.length)
  return {
    kind: 'population',
    ids,
    correlations: {
      rho: Float64Array.from(ids, (id) => table.correlation[id]!),
      replicates: complete ? groups.map((row) => Float64Array.from(columns, (k) => row[k]!)) : null,
      resampling: { method: RESAMPLING_METHOD, sizes: groupSizes(view.blocks, groups.length) },
    },
    weights,
  }
}

function activeIds(view: FeatureView, rate: Float64Array, active: Uint8Array, policy: Policy): number[] {
  const ids: number[] = []
  const same = policy.features.active === view.features.thresholds.active
  for (let j = 0; j < rate.length; j++) {
    if (same ? active[j] === 1 : isActive(rate[j]!, policy.features.active)) ids.push(j)
  }
  return ids
}

function missingFeatures(view: FeatureView, ids: readonly number[], rule: Rule, policy: Policy): Missing {
  const { active } = view.features.thresholds
  if (rule.features === null) {
    return missing(
      `the policy counts features firing in more than ${policy.features.active} of positions; this report measured those above ${active}, and ${ids.length} more would be needed`,
      'run the audit again with this policy, or raise features.active',
    )
  }
  const named = ids.slice(0, 5).map((id) => featureName(id, rule))
  const rest = ids.length > named.length ? ` and ${ids.length - named.length} more` : ''
  return missing(
    `${named.join(', ')}${rest} ${ids.length === 1 ? 'was' : 'were'} not measured: firing in ${active} of positions or fewer`,
    'use more or other text, a lower features.active, or take them off the list',
  )
}

function weightsOf(
  weight: Weight,
  ids: readonly number[],
  firingRate: Float64Array,
  decoderNorm: Float64Array,
): Float64Array | null {
  if (weight === 'none') return null
  const source = weight === 'firing-rate' ? firingRate : decoderNorm
  return Float64Array.from(ids, (id) => source[id]!)
}

function figureOf({ correlations, weights }: Population, rule: Rule, policy: Policy): Estimate {
  const name = CLASS_OF[rule.metric]
  if (name !== undefined) return classFraction(correlations, name, thresholdsOf(rule, policy), weights)
  if (rule.quantile !== null) return quantileOf(correlations, rule.quantile)
  if (rule.metric === 'features.medianCorrelation') return quantileOf(correlations, 0.5)
  return meanOf(correlations, weights)
}

/** The policy's classes, with the rule's `at` in place of the end it is about. */
export function thresholdsOf(rule: Rule, policy: Policy): ClassThresholds {
  const { survived, damaged } = policy.features
  if (rule.at === null) return { survived, damaged }
  // The other end only divides the rest, which the rule does not look at.
  return rule.metric === 'features.damaged'
    ? { survived: Math.max(survived, rule.at), damaged: rule.at }
    : { survived: rule.at, damaged: Math.min(damaged, rule.at) }
}

function singleEstimates({ ids, correlations }: Population, rule: Rule): Seen[] {
  return ids.map((id, k) => ({ ...singleCorrelation(correlations, k), label: featureName(id, rule) }))
}

function featureName(id: number, rule: Rule): string {
  const label = rule.features?.labels.get(id)
  return label === undefined ? `feature ${id}` : `feature ${id} (${label})`
}

/** The report's own numbers answer the rule: same thresholds, all active features, equal weights. */
function sameQuestion({ features }: FeatureView, rule: Rule, policy: Policy): boolean {
  const { survived, damaged } = thresholdsOf(rule, policy)
  const own = features.thresholds
  const name = CLASS_OF[rule.metric]
  return (
    rule.features === null &&
    rule.weight === 'none' &&
    rule.quantile === null &&
    policy.features.active === own.active &&
    (name === undefined || name === 'damaged' || survived === own.survived) &&
    (name === undefined || name === 'survived' || damaged === own.damaged)
  )
}

/** Only what the report's own intervals answer: without replicates, another verdict might come out than with them. */
function fromReportAlone(view: FeatureView, rule: Rule, policy: Policy): Measured {
  const { features, confidence } = view
  const name = CLASS_OF[rule.metric]
  const held = name !== undefined || rule.metric === 'features.meanCorrelation' || rule.mean
  if (!held || !sameQuestion(view, rule, policy) || policy.confidence !== confidence) {
    return missing(
      'it needs the feature tables, which are not beside this report',
      'keep report.json and its features folder together',
    )
  }
  const [value, ci] =
    name === undefined
      ? [features.meanCorrelation, features.meanCorrelationCi]
      : [features[name].fraction, features[name].ci]
  const interval: ConfidenceInterval = ci === null ? null : [ci[0]!, ci[1]!]
  return measured({ ...bareEstimate(value), error: { kind: 'kept', interval }, label: null })
}
