/** @file What a rule's result says: what was seen against what was asked, and what would change it. */
import { FEWEST_GROUPS } from '../../statistics/jackknife.ts'
import { metricOf } from '../metrics/table.ts'
import { digitsApart, grouped, quantity, unitOfChange } from '../metrics/units.ts'
import type { Limit, Policy, Rule } from '../policy.ts'
import { type Decision, type Outcome, roundedTokens } from './decide.ts'
import { intervalWords, limitWords, ruleSubject, unitOf } from './wording.ts'

const FEATURES_NAMED = 5

/** What was seen, the limit, and why it is undecided or has no interval. */
export function message(rule: Rule, limit: Limit, policy: Policy, decisions: readonly Decision[]): string {
  const { outcome, estimate, interval } = decisions[0]!
  const unit = unitOf(rule, limit)
  const extra = digitsApart(estimate.value, Number(limit.value), unit)
  const change = { maxDrop: 'the drop of ', maxRise: 'the rise of ', min: '', max: '', equals: '' }[
    limit.operator
  ]
  const asked = `the policy asks for ${limitWords(rule, limit, extra)}`
  const value = `${quantity(estimate.value, unit, extra)}${
    interval === null ? '' : ` (${intervalWords(interval, policy.confidence, unit, extra)})`
  }`
  const bare = interval === null ? withoutInterval(rule, outcome) : ''
  if (estimate.label === null) {
    const straddles =
      outcome === 'inconclusive' && interval !== null ? '; the interval lies on both sides' : ''
    return `${change}${ruleSubject(rule, policy)} is ${value}; ${asked}${straddles}${bare}`
  }
  const concerned = decisions.filter((decision) => decision.outcome === outcome)
  if (outcome === 'pass')
    return `${change}${ruleSubject(rule, policy)} keeps the limit, the nearest being ${estimate.label} with ${value}; ${asked}${bare}`
  const named = concerned
    .slice(0, FEATURES_NAMED)
    .map((one) => `${one.estimate.label} ${quantity(one.estimate.value, unit, extra)}`)
  const rest = concerned.length > named.length ? ` and ${concerned.length - named.length} more` : ''
  const verb = outcome === 'fail' ? 'not kept by' : 'undecided for'
  return `${change}${ruleSubject(rule, policy)}: ${asked}, ${verb} ${concerned.length} of ${decisions.length}: ${named.join(', ')}${rest}${bare}`
}

function withoutInterval(rule: Rule, outcome: Outcome): string {
  if (outcome === 'inconclusive') return '; there is no interval: too few token groups'
  switch (metricOf(rule.metric).interval) {
    case 'exact':
      return ''
    case 'none':
      return '; this metric has no interval, so its value alone decides'
    case 'groups':
      return '; there is no interval (the groups were not kept, or are others than the baseline’s), so the value alone decides'
  }
}

/** Above this nobody measures. */
const MOST_TOKENS = 1e10

/** The token budget that would probably decide it. `times` NaN: there is no interval to tell it by. */
export function tokenAdvice(times: number, tokens: number): string {
  if (Number.isNaN(times)) {
    return `an interval takes ${FEWEST_GROUPS} groups of blocks: more text (--tokens), shorter blocks (--block-length) or more --groups`
  }
  const needed = times * tokens
  if (!(needed < MOST_TOKENS)) {
    return 'the value lies on the limit: more text will hardly decide it; move the limit, or choose onInconclusive: warn'
  }
  const wanted = roundedTokens(needed)
  return `about ${grouped(wanted)} tokens would probably decide it (measured: ${grouped(tokens)}): --tokens ${wanted}`
}

/** How far the number is from the limit. */
export function gapAdvice(rule: Rule, limit: Limit, { estimate }: Decision): string | null {
  if (limit.operator === 'equals' || typeof limit.value === 'boolean') return null
  const gap = Math.abs(estimate.value - limit.value)
  const { unit } = metricOf(rule.metric)
  const shown = quantity(gap, unitOfChange(unit), digitsApart(gap, 0, unit))
  return `it would have to ${limit.operator === 'min' ? 'rise' : 'fall'} by ${shown}`
}
