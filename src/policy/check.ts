/**
 * @file What `saegate policy check` says of a policy that is valid: that it is, and what may not be meant. Faults proper are
 * errors and never get here.
 */
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
        ? ['every rule is a warning: this policy never fails.']
        : []),
      ...(policy.onInconclusive === 'pass'
        ? ['onInconclusive is pass: too little text would pass every rule.']
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
  if (rule.metric.startsWith('perplexity.') && rule.limits.some(({ operator }) => operator === 'min')) {
    found.push(`${where} asks perplexity to be at least something; lower is better.`)
  }
  for (const { operator, value } of rule.limits) {
    if (rule.limits.length === 1 && rule.metric === 'features.survived' && operator === 'max') {
      found.push(`${where} asks for few surviving features (max); min was probably meant.`)
    }
    if (rule.limits.length === 1 && rule.metric === 'features.damaged' && operator === 'min') {
      found.push(`${where} asks for many damaged features (min); max was probably meant.`)
    }
    if (operator === 'min' && value === 1 && rule.metric === 'features.survived') {
      found.push(`${where} asks for every feature: one in thousands that is hard to measure fails it.`)
    }
  }
  return found
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
