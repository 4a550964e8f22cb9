/**
 * @file What a schema cannot say of a rule: which keys go with which metric, and limits that cannot have been meant.
 */
import type { RuleDocument } from '../../contract/yaml/policy-schema.ts'
import { AT_METRICS, isFeatureMetric, metricOf, WEIGHTED_METRICS } from '../metrics/metrics.ts'

/** What is wrong, and what to do about it. */
export interface RuleFault {
  readonly what: string
  readonly fix: string
}

type Check = (rule: RuleDocument) => RuleFault | null

const OPERATORS = ['min', 'max', 'equals', 'maxDrop', 'maxRise'] as const

/** The first fault of a rule, or null. */
export function faultOf(rule: RuleDocument): RuleFault | null {
  for (const check of [operators, equality, limits, scope, population, thresholds]) {
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
  if (metric === 'dissociation') {
    return typeof equals === 'boolean'
      ? null
      : { what: 'dissociation is true or false', fix: 'Write equals: false.' }
  }
  if (equals === undefined) return null
  if (typeof equals === 'boolean') return { what: `${metric} is a number`, fix: 'Give min or max a number.' }
  if (metric !== 'compression.bits') {
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

const scope: Check = (rule) => {
  if (isFeatureMetric(rule.metric)) return null
  const foreign = (['features', 'quantile', 'mean', 'weight', 'at', 'readouts', 'layers'] as const).find(
    (key) => rule[key] !== undefined,
  )
  return foreign === undefined
    ? null
    : {
        what: `${foreign} has no meaning for ${rule.metric}`,
        fix: `Remove ${foreign}, or choose a features.* metric.`,
      }
}

const population: Check = ({ metric, features, quantile, mean, weight }) => {
  if (metric !== 'features.correlation') {
    const foreign = quantile !== undefined ? 'quantile' : mean !== undefined ? 'mean' : null
    if (foreign !== null) {
      return {
        what: `${foreign} has no meaning for ${metric}`,
        fix: 'Use metric: features.correlation with it.',
      }
    }
  } else if (quantile !== undefined && mean === true) {
    return { what: 'it asks for a quantile and the mean', fix: 'Choose one, or make two rules of it.' }
  } else if (quantile === undefined && mean !== true && features === undefined) {
    return {
      what: 'it does not say which correlation',
      fix: 'Add features: [ids], quantile: 0.05 or mean: true.',
    }
  }
  const weightable = WEIGHTED_METRICS.includes(metric) && (metric !== 'features.correlation' || mean === true)
  if (weight !== undefined && weight !== 'none' && !weightable) {
    return {
      what: `weight has no meaning for ${metric} here`,
      fix: 'Use it with fractions and means of features.',
    }
  }
  return null
}

const thresholds: Check = ({ metric, at }) =>
  at === undefined || AT_METRICS.includes(metric)
    ? null
    : { what: `at has no meaning for ${metric}`, fix: `Use it with ${AT_METRICS.join(' or ')}.` }
