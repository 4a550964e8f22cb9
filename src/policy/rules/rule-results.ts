/**
 * @file One rule on one candidate: a result for each read-out it looks at and each limit it sets, with a message that says
 * what was seen, and advice that says what would change it.
 */

import { inScope } from '../../contract/readout-scope.ts'
import type { Report, RuleResult } from '../../contract/report/report-schema.ts'
import { difference } from '../../statistics/intervals/estimate.ts'
import { samplingOf } from '../../statistics/intervals/resampling.ts'
import { candidateMeasured, featuresMeasured } from '../metrics/measured.ts'
import { metricOf } from '../metrics/table.ts'
import { type FeatureView, type Measured, type Seen, type Subject, viewOf } from '../metrics/view.ts'
import type { Limit, Policy, Rule } from '../policy.ts'
import { dissociationOf } from './dissociation.ts'
import { type Unread, unreadFeatures } from './evaluable.ts'
import { isEarlyLook } from './looks.ts'
import { gapAdvice, message, tokenAdvice } from './rule-messages.ts'
import { ruling } from './step-down.ts'

/** A rule's results on a candidate; `earlier` is the same candidate in the baseline, or why there is none. */
export function ruleResults(
  rule: Rule,
  policy: Policy,
  now: Subject,
  earlier: Subject | string,
): RuleResult[] {
  if (metricOf(rule.metric).unit === 'flag')
    return rule.limits.map((limit) => dissociationResult(rule, limit, policy, now))
  const scopes = scopesOf(rule, now)
  if (scopes.length === 0) {
    return rule.limits.map((limit) =>
      unseen(rule, limit, policy, null, noReadout(rule, now.measurement.report)),
    )
  }
  return scopes.flatMap((scope) =>
    rule.limits.map((limit) => {
      const unread = unreadAt(now, scope)
      if (unread !== null) return undecided(rule, limit, policy, scope, unread)
      const found = measure(rule, policy, now, scope)
      if (found.kind === 'missing') return unseen(rule, limit, policy, scope, found)
      const isEarly = isEarlyLook(now.measurement.report)
      const seen = { ...found, estimates: found.estimates.map((one) => ({ ...one, isEarly })) }
      if (limit.operator !== 'maxDrop' && limit.operator !== 'maxRise') {
        return judged(rule, limit, policy, scope, seen, now.measurement.report)
      }
      if (typeof earlier === 'string') return withoutBaseline(rule, limit, policy, scope, earlier)
      const unreadBefore = unreadAt(earlier, scope)
      if (unreadBefore !== null)
        return withoutBaseline(rule, limit, policy, scope, `in the baseline, ${unreadBefore.why}`)
      const before = measure(rule, policy, earlier, scope)
      if (before.kind === 'missing')
        return withoutBaseline(rule, limit, policy, scope, `in the baseline, ${before.why}`)
      const changes = seen.estimates.map((estimate, k) => {
        const there = before.estimates[k]!
        const [from, to] = limit.operator === 'maxDrop' ? [there, estimate] : [estimate, there]
        return { ...difference(from, to), label: estimate.label }
      })
      return judged(rule, limit, policy, scope, { ...seen, estimates: changes }, now.measurement.report)
    }),
  )
}

/** Read-out ids, or null for the candidate as a whole. */
function scopesOf(rule: Rule, { measurement, candidate }: Subject): (string | null)[] {
  if (metricOf(rule.metric).scope === 'candidate') return [null]
  return candidate.features
    .filter(({ readout, hook, sae }) => {
      const layer = measurement.report.readouts.find((one) => one.id === readout)?.layer
      return inScope(rule, [readout, hook, sae], layer)
    })
    .map(({ readout }) => readout)
}

/** The read-outs whose features tell something. */
export function readViews(subject: Subject): readonly FeatureView[] {
  return subject.candidate.features
    .filter((features) => unreadFeatures(features) === null)
    .map((features) => viewOf(subject, features))
}

function measure(rule: Rule, policy: Policy, subject: Subject, scope: string | null): Measured {
  const metric = metricOf(rule.metric)
  if (metric.scope === 'candidate')
    return candidateMeasured(metric, subject.candidate, samplingOf(subject.measurement.report.corpus))
  const features = subject.candidate.features.find((one) => one.readout === scope)
  if (features !== undefined) return featuresMeasured(metric, viewOf(subject, features), rule, policy)
  return { kind: 'missing', why: `there is no read-out ${scope}`, advice: metric.measuredBy }
}

/** Why the features at a read-out tell nothing; null: they do, or the rule is on the candidate as a whole. */
function unreadAt({ candidate }: Subject, scope: string | null): Unread | null {
  const features = candidate.features.find((one) => one.readout === scope)
  return features === undefined ? null : unreadFeatures(features)
}

function noReadout(rule: Rule, report: Report): { why: string; advice: string } {
  const wanted = [...(rule.readouts ?? []), ...(rule.layers ?? []).map((layer) => `layer ${layer}`)]
  const has = report.readouts.map(({ id }) => id)
  if (wanted.length === 0 || has.length === 0) {
    return { why: 'no read-out was measured', advice: metricOf(rule.metric).measuredBy }
  }
  return {
    why: `no read-out matches ${wanted.join(', ')}; the report has ${has.join(', ')}`,
    advice: 'run the audit with --sae for that read-out, or correct readouts and layers',
  }
}

function judged(
  rule: Rule,
  limit: Limit,
  policy: Policy,
  scope: string | null,
  { estimates, active }: Extract<Measured, { kind: 'measured' }>,
  report: Report,
): RuleResult {
  if (active !== null && active < FEWEST_ACTIVE && metricOf(rule.metric).unit === 'fraction')
    return tooFew(rule, limit, policy, scope, estimates[0]!, active)
  const { outcome, decisions } = ruling(estimates, limit, policy.confidence, rule.allow)
  const worst = decisions[0]!
  const open = decisions.filter(({ outcome }) => outcome === 'inconclusive')
  const advice =
    outcome === 'inconclusive'
      ? tokenAdvice(Math.max(...open.map(({ timesTokens }) => timesTokens)), report.corpus.tokens)
      : outcome === 'fail'
        ? gapAdvice(rule, limit, worst)
        : null
  return {
    ...heading(rule, limit, policy, scope),
    status: outcome,
    observed: worst.estimate.value,
    ci: worst.interval === null ? null : [...worst.interval],
    message: message(rule, limit, policy, { outcome, decisions }),
    ...(advice === null ? {} : { advice }),
  }
}

/** Of fewer features a fraction says little, and its interval less: one feature is more than 3 %. */
const FEWEST_ACTIVE = 30

function tooFew(
  rule: Rule,
  limit: Limit,
  policy: Policy,
  scope: string | null,
  seen: Seen,
  active: number,
): RuleResult {
  return {
    ...heading(rule, limit, policy, scope),
    status: 'inconclusive',
    observed: seen.value,
    ci: null,
    message: `${active} ${active === 1 ? 'feature is' : 'features are'} active, too few to speak of a fraction of them: ${FEWEST_ACTIVE} at least`,
    advice: 'use more text or a wider SAE, and check that the SAE was trained on this model',
  }
}

function heading(rule: Rule, limit: Limit, policy: Policy, scope: string | null) {
  return {
    id: rule.id,
    metric: rule.metric,
    scope,
    level: rule.level,
    operator: limit.operator,
    limit: limit.value,
    ...(rule.path === policy.path ? { line: rule.line } : {}),
  }
}

function unseen(
  rule: Rule,
  limit: Limit,
  policy: Policy,
  scope: string | null,
  { why, advice }: { readonly why: string; readonly advice: string },
): RuleResult {
  return {
    ...heading(rule, limit, policy, scope),
    status: 'fail',
    observed: null,
    ci: null,
    message: `not measured: ${why}`,
    advice,
  }
}

/** What was measured says nothing, so that nothing is claimed either way. */
function undecided(
  rule: Rule,
  limit: Limit,
  policy: Policy,
  scope: string | null,
  { why, advice }: Unread,
): RuleResult {
  return {
    ...heading(rule, limit, policy, scope),
    status: 'inconclusive',
    observed: null,
    ci: null,
    message: why,
    advice,
  }
}

function withoutBaseline(
  rule: Rule,
  limit: Limit,
  policy: Policy,
  scope: string | null,
  why: string,
): RuleResult {
  return {
    ...heading(rule, limit, policy, scope),
    status: policy.baseline === 'required' ? 'fail' : 'skipped',
    observed: null,
    ci: null,
    message: `not compared: ${why}`,
    advice: 'pass the report of the version before with --baseline',
  }
}

function dissociationResult(rule: Rule, limit: Limit, policy: Policy, subject: Subject): RuleResult {
  const { report } = subject.measurement
  const found = dissociationOf(subject.candidate, readViews(subject), policy, isEarlyLook(report))
  // Features elsewhere that are gone for sure are enough to know.
  const unread = subject.candidate.features.flatMap((features) => unreadFeatures(features) ?? [])[0]
  if (unread !== undefined && found.certain !== true) return undecided(rule, limit, policy, null, unread)
  if (found.flag === null)
    return unseen(rule, limit, policy, null, { why: found.reason, advice: metricOf(rule.metric).measuredBy })
  const { certain, flag, reason } = found
  const outcome = certain === null ? 'inconclusive' : certain === limit.value ? 'pass' : 'fail'
  const sure = certain === null ? ' by the values, which the intervals leave undecided' : ''
  return {
    ...heading(rule, limit, policy, null),
    status: outcome,
    observed: flag,
    ci: null,
    message:
      flag && certain === null ? reason : `${flag ? 'dissociated' : 'not dissociated'}${sure}: ${reason}`,
    ...(certain === null ? { advice: tokenAdvice(found.timesTokens, report.corpus.tokens) } : {}),
  }
}
