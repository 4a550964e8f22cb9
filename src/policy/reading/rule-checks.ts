/**
 * @file What a schema cannot say of a rule: which keys go with which metric, and limits that cannot have been meant.
 */
import { QUESTION_KEYS, type QuestionKey } from '../metrics/metric.ts'
import { METRICS, metricOf } from '../metrics/table.ts'
import type { RuleDocument } from './policy-schema.ts'

/** What is wrong, and what to do about it. */
export interface RuleFault {
  readonly what: string
  readonly fix: string
}

type Check = (rule: RuleDocument) => RuleFault | null

const OPERATORS = ['min', 'max', 'equals', 'maxDrop', 'maxRise'] as const

/** The first fault of a rule, or null. */
export function faultOf(rule: RuleDocument): RuleFault | null {
  for (const check of [operators, equality, limits, foreign, population]) {
    const fault = check(rule)
    if (fault !== null) return fault
  }
  return null
}

const operators: Check = (rule) => {
  const given = OPERATORS.filter((operator) => rule[operator] !== undefined)
  if (given.length === 0) {
    return { what: 'it has no limit', fix: `Give it one of ${OPERATORS.join(', ')} (or min and max).` }
  }
  const range = given.length === 2 && rule.min !== undefined && rule.max !== undefined
  if (given.length > 1 && !range) {
    return {
      what: `it has ${given.join(' and ')}`,
      fix: 'Only min and max go together: make two rules of it.',
    }
  }
  return null
}

const equality: Check = ({ metric, equals, min, max, maxDrop, maxRise }) => {
  const { unit, keys } = metricOf(metric)
  if (unit === 'flag') {
    return typeof equals === 'boolean'
      ? null
      : { what: `${metric} is true or false`, fix: 'Write equals: false.' }
  }
  if (equals === undefined) return null
  if (typeof equals === 'boolean') return { what: `${metric} is a number`, fix: 'Give min or max a number.' }
  if (!keys.includes('equals')) {
    return {
      what: `${metric} is measured with an error, so it never equals a number`,
      fix: 'Use min, max or both.',
    }
  }
  return [min, max, maxDrop, maxRise].every((other) => other === undefined)
    ? null
    : operators({ id: '', metric })
}

const limits: Check = (rule) => {
  const { range, unit } = metricOf(rule.metric)
  const { min, max, maxDrop, maxRise, equals } = rule
  if (min !== undefined && max !== undefined && min > max) {
    return { what: `min is ${min}, above max, ${max}`, fix: 'Exchange them, or correct one.' }
  }
  for (const limit of [min, max, equals]) {
    if (typeof limit === 'number' && (limit < range[0] || limit > range[1])) {
      return {
        what: `its limit is ${limit}; ${rule.metric} lies between ${range[0]} and ${range[1]}`,
        fix: unit === 'fraction' ? `Write a fraction: ${limit / 100} for ${limit} %.` : 'Correct the limit.',
      }
    }
  }
  const widest = range[1] - range[0]
  const change = maxDrop ?? maxRise
  if (change !== undefined && change > widest) {
    return {
      what: `it allows a change of ${change}; ${rule.metric} cannot change by more than ${widest}`,
      fix: 'Correct it.',
    }
  }
  return null
}

/** Keys that the metric knows nothing of; to count all features the same is what every metric of features does. */
const foreign: Check = (rule) => {
  const { name, keys, scope } = metricOf(rule.metric)
  const isIdle = (key: QuestionKey) => key === 'weight' && rule.weight === 'none' && scope === 'readout'
  const key = QUESTION_KEYS.find((one) => rule[one] !== undefined && !keys.includes(one) && !isIdle(one))
  if (key === undefined) return null
  const others = METRICS.filter((metric) => metricOf(metric.name).keys.includes(key)).map((one) => one.name)
  return {
    what: `${key} has no meaning for ${name}`,
    fix: `Remove ${key}, or use it with ${others.join(', ').replace(/, ([^,]*)$/, ' or $1')}.`,
  }
}

/** A metric of which a quantile or the mean can be asked is of single features where neither is. */
const population: Check = ({ metric, features, quantile, mean, weight, allow }) => {
  if (!metricOf(metric).keys.includes('quantile')) return null
  if (quantile !== undefined && mean === true) {
    return { what: 'it asks for a quantile and the mean', fix: 'Choose one, or make two rules of it.' }
  }
  if (quantile === undefined && mean !== true && features === undefined) {
    return {
      what: 'it does not say of which features, or which figure of them all',
      fix: 'Add features: [ids], quantile: 0.05 or mean: true.',
    }
  }
  if (allow !== undefined && (quantile !== undefined || mean === true)) {
    return {
      what: 'allow has no meaning for a quantile or the mean',
      fix: 'Use it with a list of features, each of which has to keep the limit.',
    }
  }
  return weight === undefined || weight === 'none' || mean === true
    ? null
    : {
        what: `weight has no meaning for ${metric} here`,
        fix: 'Use it with fractions and means of features.',
      }
}
