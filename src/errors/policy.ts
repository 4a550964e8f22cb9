/** @file Problems with a policy, its watchlists, or the baseline it compares with. Source: policy/. */
import { nearest, sentenceEnd } from './did-you-mean.ts'
import { problem } from './problem.ts'

/** JSON has no word for NaN and infinity: it would say null. */
const shown = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : String(JSON.stringify(value) ?? value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

/** `where` is file:line:column throughout. */
export const policyKeyUnknown = problem(
  'POLICY_KEY_UNKNOWN',
  2,
  (where: string, key: string, suggestion: string | null, known: readonly string[]) => ({
    message: `${where}: the key "${key}" is not known${sentenceEnd(suggestion === null ? null : `"${suggestion}"`)}`,
    fix: `Use one of: ${known.join(', ')}.`,
  }),
)

export const policyInvalid = problem(
  'POLICY_INVALID',
  2,
  (where: string, key: string, found: unknown, expected: string) => ({
    message: `${where}: ${key === '' ? 'the policy' : key} is ${shown(found)}; expected ${expected}.`,
    fix: `Correct ${key === '' ? 'the file' : key}; schemas/policy.schema.json lets an editor help.`,
  }),
)

export const policyRuleInvalid = problem(
  'POLICY_RULE_INVALID',
  2,
  (where: string, rule: string, what: string, fix: string) => ({
    message: `${where}: rule "${rule}": ${what}.`,
    fix,
  }),
)

export const policyRuleRepeated = problem(
  'POLICY_RULE_REPEATED',
  2,
  (where: string, rule: string, firstLine: number) => ({
    message: `${where}: the rule id "${rule}" is used already on line ${firstLine}.`,
    fix: 'Give each rule an id of its own: results, exceptions and annotations refer to it.',
  }),
)

export const policyThresholds = problem(
  'POLICY_THRESHOLDS',
  2,
  (where: string, damaged: number, survived: number) => ({
    message: `${where}: features.damaged is ${damaged}, above features.survived, ${survived}: a feature would be both.`,
    fix: 'Set damaged at or below survived (0.5 and 0.9 are the method’s).',
  }),
)

export const policyNoRules = problem('POLICY_NO_RULES', 2, (path: string) => ({
  message: `${path}: the policy has no rules, so it could not fail.`,
  fix: 'Write rules:, or extends: default.',
}))

export const policyException = problem('POLICY_EXCEPTION', 2, (where: string, what: string, fix: string) => ({
  message: `${where}: ${what}.`,
  fix,
}))

export const policyUnknown = problem('POLICY_UNKNOWN', 2, (name: string, shipped: readonly string[]) => ({
  message: `There is no shipped policy "${name}"${sentenceEnd(nearest(name, shipped))}`,
  fix: `Use ${shipped.join(', ')}, or a path that ends in .yaml or .yml.`,
}))

export const policyReference = problem(
  'POLICY_REFERENCE',
  2,
  (where: string, reference: string, why: string) => ({
    message: `${where}: "${reference}" ${why}.`,
    fix: 'Name a file in the policy’s own folder or below, such as ./base.yaml.',
  }),
)

export const policyExtends = problem('POLICY_EXTENDS', 2, (chain: readonly string[], why: string) => ({
  message: `${chain.join(' extends ')}: ${why}.`,
  fix: 'Let each policy extend one that does not lead back to it.',
}))

export const watchlistInvalid = problem('WATCHLIST_INVALID', 2, (where: string, what: string) => ({
  message: `${where}: ${what}.`,
  fix: 'Write one feature per line: its id (0, 1, …), then a comma and a label if it has one.',
}))

export const baselineMismatch = problem(
  'BASELINE_MISMATCH',
  2,
  (path: string, field: string, baseline: unknown, current: unknown) => ({
    message: `${path} cannot be the baseline: ${field} is ${shown(baseline)} there and ${shown(current)} here.`,
    fix: 'Measure the baseline again with the same corpus, SAE, thresholds and positions, or leave --baseline out.',
  }),
)

export const todayInvalid = problem('TODAY_INVALID', 2, (found: string) => ({
  message: `Today is given as "${found}"; expected YYYY-MM-DD.`,
  fix: 'Give the date as YYYY-MM-DD.',
}))
