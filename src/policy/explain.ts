/** @file A policy in plain words: what `saegate policy explain` prints. */
import { plainLines } from '../escape/plain-lines.ts'
import { oneLine, visible } from '../escape/visible.ts'
import { metricOf } from './metrics/table.ts'
import { quantity } from './metrics/units.ts'
import type { Exception, Policy, Rule } from './policy.ts'
import { limitWords, oneSided, ruleSubject } from './rules/wording.ts'

/** Characters of a description or a reason. */
const MOST = 1000

const percent = (fraction: number): string => `${Number((100 * fraction).toPrecision(6))} %`

/** Lines of text without markup, ending in a line break. */
export function explainPolicy(policy: Policy): string {
  const { rules, exceptions } = policy
  const parts = [
    [
      `Policy "${visible(policy.name)}"${policy.description === null ? '' : `: ${visible(policy.description, MOST)}`}`,
    ],
    general(policy),
    [`Rules (${rules.length}):`, ...rules.flatMap((rule) => explainRule(rule, policy))],
    exceptions.length === 0
      ? []
      : [`Exceptions (${exceptions.length}):`, ...exceptions.map(explainException)],
  ]
  const text = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
  return `${plainLines(text)}\n`
}

const UNDECIDED = {
  fail: 'fails the gate',
  warn: 'is reported as inconclusive and does not fail the gate',
  pass: 'is let through where another rule passes',
} as const

function general(policy: Policy): string[] {
  const { features, confidence, dissociation } = policy
  return [
    ...(policy.informational ? ['Informational: everything is reported, nothing fails the gate.'] : []),
    `Features count when they fire in more than ${percent(features.active)} of the reference's positions. They survive at ρ ≥ ${features.survived}, are damaged below ρ = ${features.damaged} and degraded between.`,
    `A rule passes when its whole ${percent(confidence)} interval keeps the limit and fails when the whole interval breaks it. Anything between ${UNDECIDED[policy.onInconclusive]}. A number exactly on its limit passes falsely in ${oneSided(confidence)} of audits, and fails falsely in ${oneSided(confidence)}.`,
    `A candidate is dissociated when its perplexity changes by ${quantity(dissociation.perplexityDeltaPercent, 'percent')} or less while fewer than ${percent(dissociation.survived)} of the features survive.`,
    ...(policy.rules.some(isRelative)
      ? [
          policy.baseline === 'required'
            ? 'Rules about changes need a baseline report: without one they fail.'
            : 'Rules about changes are skipped where no baseline report is given.',
        ]
      : []),
  ]
}

const isRelative = (rule: Rule): boolean =>
  rule.limits.some(({ operator }) => operator === 'maxDrop' || operator === 'maxRise')

function explainRule(rule: Rule, policy: Policy): string[] {
  return [
    `  ${visible(rule.id)}: ${oneLine(sentence(rule, policy))}.${rule.level === 'warning' ? ' A warning: it never fails the gate.' : ''}`,
    ...(rule.description === null ? [] : [`    ${visible(rule.description, MOST)}`]),
    ...(rule.features === null ? [] : [`    Features: ${oneLine(featureNames(rule))}.`]),
  ]
}

function sentence(rule: Rule, policy: Policy): string {
  const where = `For ${scope(rule)}`
  if (metricOf(rule.metric).unit === 'flag') {
    return `${where}, behaviour and features must ${rule.limits[0]?.value === true ? '' : 'not '}be dissociated`
  }
  const subject = ruleSubject(rule, policy)
  const allowance =
    rule.allow === 0 ? '' : `; ${rule.allow} of the ${rule.features?.ids.length ?? 0} may miss it`
  return `${where}, ${subject} ${demand(rule)}${allowance}`
}

function demand(rule: Rule): string {
  const change = rule.limits.find(({ operator }) => operator === 'maxDrop' || operator === 'maxRise')
  if (change !== undefined) {
    return `may not show more than ${limitWords(rule, change).replace(' of at most', ' of')}`
  }
  return `must be ${rule.limits.map((limit) => limitWords(rule, limit)).join(' and ')}`
}

function scope(rule: Rule): string {
  const candidates =
    rule.candidates === null ? 'every candidate' : `candidates matching ${rule.candidates.join(' or ')}`
  if (metricOf(rule.metric).scope === 'candidate') return candidates
  const readouts = rule.readouts === null ? '' : ` matching ${rule.readouts.join(' or ')}`
  const layers = rule.layers === null ? '' : ` of layer ${rule.layers.join(' or ')}`
  const which = readouts === '' && layers === '' ? 'every read-out' : `read-outs${readouts}${layers}`
  return `${candidates} and ${which}`
}

const FEATURES_NAMED = 10

function featureNames(rule: Rule): string {
  const { ids, labels } = rule.features ?? { ids: [], labels: new Map<number, string>() }
  const named = ids.slice(0, FEATURES_NAMED).map((id) => {
    const label = labels.get(id)
    return label === undefined ? String(id) : `${id} (${label})`
  })
  return `${named.join(', ')}${ids.length > named.length ? ` and ${ids.length - named.length} more` : ''}`
}

function explainException({ rule, candidate, reason, expires }: Exception): string {
  return `  ${visible(rule)} is waived for ${visible(candidate)} through ${expires}: ${visible(reason, MOST)}`
}
