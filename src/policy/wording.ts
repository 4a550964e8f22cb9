/**
 * @file Numbers, limits and metrics in words, for messages and for `saegate policy explain`. Rounds for the eye only:
 * with digits enough that a value and its limit never look equal when they are not.
 */
import type { Interval } from '../contract/report/report-schema.ts'
import { type Metric, metricOf } from './metrics/metrics.ts'
import type { Limit, Policy, Rule } from './policy.ts'

type Unit = Metric['unit'] | 'points' | 'percentPoints'

const DIGITS: Readonly<Record<Unit, number>> = {
  fraction: 1,
  points: 1,
  percentPoints: 1,
  correlation: 3,
  percent: 1,
  perplexity: 2,
  nats: 4,
  bits: 2,
  flag: 0,
}

const MAX_DIGITS = 12

function fixed(value: number, digits: number): string {
  return value
    .toFixed(digits)
    .replace(/^-(?=0(\.0*)?$)/, '')
    .replace('-', '−')
}

/** A value in its unit: 78.0 %, −5.6 %, 0.912, 0.0034 nats. */
export function quantity(value: number, unit: Unit, extraDigits = 0): string {
  const digits = DIGITS[unit] + extraDigits
  switch (unit) {
    case 'fraction':
      return `${fixed(100 * value, digits)} %`
    case 'points':
      return `${fixed(100 * value, digits)} points`
    case 'percentPoints':
      return `${fixed(value, digits)} points`
    case 'percent':
      return `${value > 0 ? '+' : ''}${fixed(value, digits)} %`
    case 'nats':
      return `${fixed(value, digits)} nats`
    case 'bits':
      return `${fixed(value, digits)} bits`
    case 'correlation':
    case 'perplexity':
    case 'flag':
      return fixed(value, digits)
  }
}

/** How many digits more are needed to tell two values apart. */
export function digitsApart(a: number, b: number, unit: Unit): number {
  let extra = 0
  while (a !== b && extra < MAX_DIGITS && quantity(a, unit, extra) === quantity(b, unit, extra)) extra++
  return extra
}

/** The unit in which a limit is told: changes of percentages are points. */
export function unitOf(rule: Rule, limit: Limit): Unit {
  const { unit } = metricOf(rule.metric)
  if (limit.operator !== 'maxDrop' && limit.operator !== 'maxRise') return unit
  return unit === 'fraction' ? 'points' : unit === 'percent' ? 'percentPoints' : unit
}

/** `at least 80.0 %`, `a drop of at most 2.0 points`. */
export function limitWords(rule: Rule, limit: Limit, extraDigits = 0): string {
  if (typeof limit.value === 'boolean') return String(limit.value)
  const value = quantity(limit.value, unitOf(rule, limit), extraDigits)
  switch (limit.operator) {
    case 'min':
      return `at least ${value}`
    case 'max':
      return `at most ${value}`
    case 'equals':
      return `exactly ${value}`
    case 'maxDrop':
      return `a drop of at most ${value} against the baseline`
    case 'maxRise':
      return `a rise of at most ${value} against the baseline`
  }
}

/** `95 % interval 76.9 % to 79.1 %` */
export function intervalWords(
  interval: NonNullable<Interval>,
  confidence: number,
  unit: Unit,
  extra = 0,
): string {
  const level = Number((100 * confidence).toPrecision(6))
  return `${level} % interval ${quantity(interval[0], unit, extra)} to ${quantity(interval[1], unit, extra)}`
}

/** What a rule is about, as the subject of a sentence: which features, which ρ, which weights. */
export function ruleSubject(rule: Rule, policy: Pick<Policy, 'features'>): string {
  const { survived, damaged } = policy.features
  const who = rule.features === null ? 'active features' : listed(rule.features.ids.length)
  const weighted =
    rule.weight === 'none'
      ? ''
      : `, counted by ${rule.weight === 'firing-rate' ? 'firing rate' : 'decoder norm'}`
  switch (rule.metric) {
    case 'features.survived':
      return `the fraction of ${who} that survive (ρ ≥ ${rule.at ?? survived}${weighted})`
    case 'features.damaged':
      return `the fraction of ${who} that are damaged (ρ < ${rule.at ?? damaged}${weighted})`
    case 'features.degraded':
      return `the fraction of ${who} that are degraded (${damaged} ≤ ρ < ${survived}${weighted})`
    case 'features.meanCorrelation':
      return `the mean ρ of ${who}${weighted}`
    case 'features.medianCorrelation':
      return `the median ρ of ${who}`
    case 'features.correlation':
      if (rule.quantile !== null)
        return `the ${Number((100 * rule.quantile).toPrecision(6))} % quantile of ρ over ${who}`
      return rule.mean ? `the mean ρ of ${who}${weighted}` : `the ρ of each of ${who}`
    default:
      return metricOf(rule.metric).subject
  }
}

function listed(count: number): string {
  return count === 1 ? 'the 1 listed feature' : `the ${count} listed features`
}

/** 1234567 → 1,234,567 */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')
}
