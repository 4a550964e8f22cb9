/**
 * @file What `saegate policy check` says of a policy that is valid: that it is, and what may not be meant. Faults proper are
 * errors and never get here.
 */
import { metricOf } from './metrics/table.ts'
import type { Policy, Rule } from './policy.ts'

export interface PolicyCheck {
  /** One line. */
  readonly summary: string
  /** One line each, with file and line where there is one. */
  readonly hints: readonly string[]
}

/** `today` is YYYY-MM-DD. */
export function checkPolicy(policy: Policy, today: string): PolicyCheck {
  const { rules, exceptions } = policy
  const errors = rules.filter((rule) => rule.level === 'error')
  const waived = exceptions.length === 0 ? '' : `, ${counted(exceptions.length, 'exception')}`
  return {
    summary: `${policy.path ?? policy.name}: valid; ${counted(rules.length, 'rule')}, ${errors.length} of level error${waived}`,
    hints: [
      ...(policy.informational ? ['informational is on: this policy never fails.'] : []),
      ...(errors.length === 0 && !policy.informational
        ? [
            'every rule is a warning: nothing is required, so that nothing can pass; informational: true is a policy that reports.',
          ]
        : []),
      ...(policy.onInconclusive === 'pass'
        ? ['onInconclusive is pass: with too little text one rule that passes is enough.']
        : []),
      ...rules.flatMap((rule) => hints(rule)),
      ...exceptions
        .filter(({ expires }) => today > expires)
        .map(
          ({ path, line, rule, expires }) =>
            `${path}:${line}: the waiver of ${rule} expired on ${expires}: remove it.`,
        ),
    ],
  }
}

function hints(rule: Rule): string[] {
  const where = `${rule.path}:${rule.line}: rule ${rule.id}`
  const found: string[] = []
  if (rule.features !== null && rule.readouts === null && rule.layers === null) {
    found.push(
      `${where} lists features without readouts: ids belong to one SAE, and it looks at all of them.`,
    )
  }
  const { words, better, unit } = metricOf(rule.metric)
  const [limit, second] = rule.limits
  if (limit === undefined || second !== undefined) return found
  if (limit.operator === 'min' && better === 'lower') {
    found.push(
      `${where} asks ${words} to be at least something (min); lower is better, so max was probably meant.`,
    )
  }
  if (limit.operator === 'max' && better === 'higher') {
    found.push(
      `${where} asks ${words} to be at most something (max); higher is better, so min was probably meant.`,
    )
  }
  if (limit.operator === 'min' && better === 'higher' && unit === 'fraction' && limit.value === 1) {
    found.push(`${where} asks for all of it: one in thousands that is hard to measure fails it.`)
  }
  return found
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
