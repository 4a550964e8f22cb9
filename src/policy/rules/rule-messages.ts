/** @file What a rule's result says: what was seen against what was asked, and what would change it. */
import { type Estimate, isUnpaired } from '../../statistics/intervals/estimate.ts'
import { fewestGroups, RESAMPLING_METHOD } from '../../statistics/intervals/resampling.ts'
import { metricOf } from '../metrics/table.ts'
import { digitsApart, grouped, quantity, unitOfChange } from '../metrics/units.ts'
import type { Limit, Policy, Rule } from '../policy.ts'
import { type Decision, type Outcome, roundedTokens } from './decide.ts'
import type { Ruling } from './step-down.ts'
import { intervalWords, limitWords, oneSided, ruleSubject, unitOf } from './wording.ts'

const FEATURES_NAMED = 5

/** What was seen, the limit, and why it is undecided or has no interval. */
export function message(rule: Rule, limit: Limit, policy: Policy, ruled: Ruling): string {
  const { estimate, interval } = ruled.decisions[0]!
  const told = valueWords(rule, limit, policy, ruled.decisions[0]!)
  const change = { maxDrop: 'the drop of ', maxRise: 'the rise of ', min: '', max: '', equals: '' }[
    limit.operator
  ]
  const subject = `${change}${ruleSubject(rule, policy)}`
  const bare = interval === null ? withoutInterval(rule, ruled.outcome) : ownIntervals(estimate)
  if (estimate.label !== null) return `${subject}${listWords(rule, limit, policy, ruled)}${bare}`
  const straddles =
    ruled.outcome === 'inconclusive' && interval !== null ? '; the interval lies on both sides' : ''
  return `${subject} is ${told.value}; ${told.asked}${straddles}${bare}`
}

/** A value with its interval, and what is asked of it, with digits enough to tell the two apart. */
function valueWords(rule: Rule, limit: Limit, policy: Policy, { estimate, interval }: Decision) {
  const unit = unitOf(rule, limit)
  const extra = digitsApart(estimate.value, Number(limit.value), unit)
  const known = interval === null ? '' : ` (${intervalWords(interval, policy.confidence, unit, extra)})`
  return {
    value: `${quantity(estimate.value, unit, extra)}${known}`,
    asked: `the policy asks for ${limitWords(rule, limit, extra)}`,
  }
}

const isBeyond = ({ interval }: Decision, limit: Limit): boolean =>
  interval !== null &&
  (limit.operator === 'min' ? interval[1] < Number(limit.value) : interval[0] > Number(limit.value))

/** Of a list: which features miss the limit, or are undecided, and how many may miss it. */
function listWords(rule: Rule, limit: Limit, policy: Policy, { outcome, decisions }: Ruling): string {
  const { value, asked } = valueWords(rule, limit, policy, decisions[0]!)
  const { label } = decisions[0]!.estimate
  const allowance = rule.allow === 0 ? '' : ` (${rule.allow} of ${decisions.length} may miss it)`
  if (outcome === 'pass')
    return ` keeps the limit${allowance}, the nearest being ${label} with ${value}; ${asked}`
  const concerned = decisions.filter((decision) => decision.outcome === outcome)
  const unit = unitOf(rule, limit)
  const named = concerned.slice(0, FEATURES_NAMED).map(({ estimate }) => {
    const extra = digitsApart(estimate.value, Number(limit.value), unit)
    return `${estimate.label} ${quantity(estimate.value, unit, extra)}`
  })
  const rest = concerned.length > named.length ? ` and ${concerned.length - named.length} more` : ''
  const verb = outcome === 'fail' ? 'not kept by' : 'undecided for'
  const together =
    outcome === 'fail' && decisions.length > 1
      ? `; the chance that any of the ${decisions.length} is blamed falsely is ${oneSided(policy.confidence)} (Holm)`
      : outcome === 'inconclusive' && concerned.some((one) => isBeyond(one, limit))
        ? `; some would miss it if looked at alone, which among ${decisions.length} happens by chance`
        : ''
  return `: ${asked}${allowance}, ${verb} ${concerned.length} of ${decisions.length}: ${named.join(', ')}${rest}${together}`
}

/** Of a change against a report whose intervals were made differently. */
function ownIntervals(estimate: Estimate): string {
  return isUnpaired(estimate)
    ? '; compared unpaired, each by its own interval, because the baseline is of a version with other ones'
    : ''
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
    return `an interval takes ${fewestGroups(RESAMPLING_METHOD)} groups of sequences: more text (--tokens), shorter sequences (--block-length) or more --groups`
  }
  const needed = times * tokens
  if (!(needed < MOST_TOKENS)) {
    return 'the value lies on the limit: more text will hardly decide it; move the limit, or choose onInconclusive: warn'
  }
  const wanted = roundedTokens(needed)
  return `about ${grouped(wanted)} tokens would probably decide it (measured: ${grouped(tokens)}): --tokens ${wanted}, as one look at a budget fixed in advance`
}

/** How far the number is from the limit. */
export function gapAdvice(rule: Rule, limit: Limit, { estimate }: Decision): string | null {
  if (limit.operator === 'equals' || typeof limit.value === 'boolean') return null
  const gap = Math.abs(estimate.value - limit.value)
  const { unit } = metricOf(rule.metric)
  const shown = quantity(gap, unitOfChange(unit), digitsApart(gap, 0, unit))
  return `it would have to ${limit.operator === 'min' ? 'rise' : 'fall'} by ${shown}`
}
