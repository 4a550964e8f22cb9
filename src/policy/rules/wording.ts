/** @file Limits, intervals and rules in words, for messages and for `saegate policy explain`. */
import type { Interval } from '../../contract/report/report-schema.ts'
import { metricOf } from '../metrics/table.ts'
import { quantity, type Unit, unitOfChange } from '../metrics/units.ts'
import type { Limit, Policy, Rule } from '../policy.ts'

/** The unit in which a limit is told. */
export function unitOf(rule: Rule, limit: Limit): Unit {
  const { unit } = metricOf(rule.metric)
  return limit.operator === 'maxDrop' || limit.operator === 'maxRise' ? unitOfChange(unit) : unit
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

/** The chance that a number whose truth lies exactly on its limit is said to keep it, or to miss it: 2.5 % at 95 %. */
export function oneSided(confidence: number): string {
  return `${Number((50 * (1 - confidence)).toPrecision(6))} %`
}

/** What a rule is about, as the subject of a sentence: which features, which ρ, which weights. */
export function ruleSubject(rule: Rule, policy: Pick<Policy, 'features'>): string {
  const metric = metricOf(rule.metric)
  if (metric.scope === 'candidate') return metric.words
  const who = rule.features === null ? 'active features' : listed(rule.features.ids.length)
  return metric.subject(who, rule, policy.features)
}

function listed(count: number): string {
  return count === 1 ? 'the 1 listed feature' : `the ${count} listed features`
}
