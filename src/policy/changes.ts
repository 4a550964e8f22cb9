/**
 * @file What one policy says otherwise than another, as values: how they are written, in which order and with which
 * comments, makes no difference. Descriptions decide nothing and are left out. Pure.
 */
import type { ValueChange } from '../contract/request/request-changes.ts'
import { changed, shownValue } from '../contract/request/request-changes.ts'
import type { FeatureList } from './metrics/metric.ts'
import type { Exception, Policy, Rule } from './policy.ts'

export function policyChanges(base: Policy, head: Policy): readonly ValueChange[] {
  return [
    ...settings(base, head),
    ...byKey(base.rules, head.rules, ({ id }) => id).flatMap(({ key, from, to }) =>
      ruleChanges(key, from, to),
    ),
    ...waivers(base.exceptions, head.exceptions),
  ]
}

function settings(base: Policy, head: Policy): readonly ValueChange[] {
  const both = <Value>(what: string, read: (policy: Policy) => Value): readonly ValueChange[] =>
    changed(what, read(base), read(head))
  return [
    ...both('informational', (one) => one.informational),
    ...both('onInconclusive', (one) => one.onInconclusive),
    ...both('unjudged', (one) => one.unjudged),
    ...both('confidence', (one) => one.confidence),
    ...both('policy’s baseline', (one) => one.baseline),
    ...both('features.survived', (one) => one.features.survived),
    ...both('features.damaged', (one) => one.features.damaged),
    ...both('features.active', (one) => one.features.active),
    ...both('dissociation.perplexityDeltaPercent', (one) => one.dissociation.perplexityDeltaPercent),
    ...both('dissociation.survived', (one) => one.dissociation.survived),
  ]
}

function ruleChanges(id: string, from: Rule | null, to: Rule | null): readonly ValueChange[] {
  if (from === null) return [{ what: id, how: 'added' }]
  if (to === null) return [{ what: id, how: 'removed' }]
  const both = <Value>(what: string, read: (rule: Rule) => Value): readonly ValueChange[] =>
    changed(`${id} ${what}`, read(from), read(to))
  const operators = new Set([...from.limits, ...to.limits].map(({ operator }) => operator))
  return [
    ...both('metric', (rule) => rule.metric),
    ...both('level', (rule) => rule.level),
    ...[...operators].flatMap((operator) =>
      both(operator, (rule) => rule.limits.find((limit) => limit.operator === operator)?.value ?? null),
    ),
    ...both('at', (rule) => rule.at),
    ...both('quantile', (rule) => rule.quantile),
    ...both('mean', (rule) => rule.mean),
    ...both('weight', (rule) => rule.weight),
    ...both('allow', (rule) => String(rule.allow)),
    ...both('candidates', (rule) => rule.candidates),
    ...both('readouts', (rule) => rule.readouts),
    ...both('layers', (rule) => rule.layers),
    ...lists(id, from.features, to.features),
  ]
}

/** A watch-list by its features: their order and labels decide nothing. */
function lists(id: string, from: FeatureList | null, to: FeatureList | null): readonly ValueChange[] {
  const what = `${id} watch-list`
  if (from === null && to === null) return []
  if (from === null || to === null) return [{ what, how: from === null ? 'added' : 'removed' }]
  const [before, after] = [new Set(from.ids), new Set(to.ids)]
  const gone = from.ids.filter((feature) => !after.has(feature)).length
  const come = to.ids.filter((feature) => !before.has(feature)).length
  if (gone === 0 && come === 0) return []
  const word = gone === 0 ? 'lengthened' : come === 0 ? 'shortened' : 'changed'
  return [{ what, how: `${word}: ${gone} features left out, ${come} added` }]
}

function waivers(base: readonly Exception[], head: readonly Exception[]): readonly ValueChange[] {
  const keyOf = ({ rule, candidate }: Exception): string => JSON.stringify([rule, candidate])
  return byKey(base, head, keyOf).flatMap(({ from, to }): readonly ValueChange[] => {
    const one = to ?? from
    if (one === null) return []
    const what = `waiver of ${shownValue(one.rule)} for ${shownValue(one.candidate)}`
    if (from === null) return [{ what, how: `added, until ${one.expires}` }]
    if (to === null) return [{ what, how: 'removed' }]
    return changed(`${what} until`, from.expires, to.expires)
  })
}

interface Pair<Value> {
  readonly key: string
  readonly from: Value | null
  readonly to: Value | null
}

function byKey<Value>(
  base: readonly Value[],
  head: readonly Value[],
  keyOf: (value: Value) => string,
): readonly Pair<Value>[] {
  const [before, after] = [base, head].map((all) => new Map(all.map((one) => [keyOf(one), one] as const)))
  const keys = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])
  return [...keys].map((key) => ({ key, from: before?.get(key) ?? null, to: after?.get(key) ?? null }))
}
