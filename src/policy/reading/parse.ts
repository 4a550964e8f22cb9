/**
 * @file One policy file, read and checked, with the line of everything in it. What it extends and the lists it names are
 * followed by load.ts.
 */

import { type Path, readYaml, type YamlText } from '../../contract/yaml/yaml-text.ts'
import { policyException, policyRuleInvalid, policyRuleRepeated } from '../../errors/policy.ts'
import type { PolicyDocument, RuleDocument } from './policy-schema.ts'
import { faultOf } from './rule-checks.ts'
import { checkedDocument } from './schema-errors.ts'

export interface PolicyFile {
  readonly path: string
  readonly text: string
  readonly document: PolicyDocument
  /** `file:line:column`, for messages. */
  at(path: Path): string
  /** 1-based. */
  lineOf(path: Path): number
}

/** Throws YAML_*, POLICY_INVALID, POLICY_KEY_UNKNOWN, POLICY_RULE_INVALID, POLICY_RULE_REPEATED, POLICY_EXCEPTION. */
export function parsePolicyFile(path: string, text: string): PolicyFile {
  const yaml = readYaml(path, text)
  const document = checkedDocument(yaml)
  checkRules(yaml, document.rules ?? [])
  document.exceptions?.forEach(({ expires }, index) => {
    if (!isDay(expires)) {
      const where = yaml.at(['exceptions', index, 'expires'])
      throw policyException(where, `${expires} is no day of the calendar`, 'Correct the date (YYYY-MM-DD).')
    }
  })
  return { path, text, document, at: yaml.at, lineOf: yaml.lineOf }
}

function checkRules(yaml: YamlText, rules: readonly RuleDocument[]): void {
  const lines = new Map<string, number>()
  rules.forEach((rule, index) => {
    const first = lines.get(rule.id)
    if (first !== undefined) throw policyRuleRepeated(yaml.at(['rules', index, 'id']), rule.id, first)
    lines.set(rule.id, yaml.lineOf(['rules', index]))
    const fault = faultOf(rule)
    if (fault !== null) throw policyRuleInvalid(yaml.at(['rules', index]), rule.id, fault.what, fault.fix)
  })
}

/** YYYY-MM-DD that the calendar has. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1]!
}
