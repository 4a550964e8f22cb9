/**
 * @file A policy with everything it builds on: the file it extends, and that one's base, down to a shipped policy; and the
 * watchlists its rules name.
 *
 * A derived policy overrides key by key; a rule with an inherited id replaces that rule as a whole; exceptions add up.
 * Files it names lie in its own folder or below: a policy may come with a pull request, and must not read elsewhere.
 * Reading is the caller's.
 */

import {
  policyException,
  policyExtends,
  policyNoRules,
  policyReference,
  policyRuleInvalid,
  policyThresholds,
  policyUnknown,
} from '../../errors/policy.ts'
import type { FeatureList } from '../metrics/metric.ts'
import { type Exception, type Limit, POLICY_DEFAULTS, type Policy, type Rule } from '../policy.ts'
import { type PolicyFile, parsePolicyFile } from './parse.ts'
import type { PolicyDocument, RuleDocument } from './policy-schema.ts'
import { isShippedPolicy, SHIPPED_POLICY_NAMES, shippedPolicies } from './shipped.ts'
import { parseWatchlist } from './watchlist.ts'

/** The text of a file; rejects with the problem to show where it cannot be read. */
export type ReadText = (path: string) => Promise<string>

/** Policies that extend one another, at most: deeper is a mistake. */
const MAX_DEPTH = 8

const isFileName = (spec: string): boolean => /[/\\]|\.ya?ml$/i.test(spec)

/**
 * The policy of a spec: `default`, `strict`, `research`, or the path of a YAML file. Throws POLICY_*, WATCHLIST_*, YAML_*,
 * and what `readText` rejects with.
 */
export async function loadPolicy(spec: string, readText: ReadText): Promise<Policy> {
  const chain = await filesOf(spec, readText)
  const lists = new Map<string, string>()
  const rules = new Map<string, Rule>()
  // From the base to the policy itself, so that what is derived replaces what it inherits.
  for (const file of [...chain].reverse()) {
    for (const [index, rule] of (file.document.rules ?? []).entries()) {
      const features = await featureList(file, index, rule, readText, lists)
      const listed = features?.ids.length ?? 0
      if (rule.allow !== undefined && rule.allow >= listed) {
        throw policyRuleInvalid(
          file.at(['rules', index]),
          rule.id,
          `allow is ${rule.allow} of ${listed} listed features`,
          'Let fewer than all of them miss the limit, or remove the rule.',
        )
      }
      rules.set(rule.id, ruleOf(rule, features, file.path, file.lineOf(['rules', index])))
    }
  }
  return assembled(
    chain,
    [...rules.values()],
    [...lists].map(([path, text]) => ({ path, text })),
  )
}

/** The policy's own file first, its base after it, and so on. */
async function filesOf(spec: string, readText: ReadText): Promise<PolicyFile[]> {
  const chain = [await openPolicy(spec, readText)]
  for (let file = chain[0]; file?.document.extends !== undefined; file = chain.at(-1)) {
    const base = file.document.extends
    const path = isFileName(base) ? siblingPath(file, ['extends'], base) : base
    const names = [...chain.map((known) => known.path), path]
    if (chain.some((known) => known.path === path)) throw policyExtends(names, 'they lead in a circle')
    if (chain.length >= MAX_DEPTH)
      throw policyExtends(names, `at most ${MAX_DEPTH} policies may extend one another`)
    chain.push(await openPolicy(path, readText))
  }
  return chain
}

async function openPolicy(spec: string, readText: ReadText): Promise<PolicyFile> {
  if (isFileName(spec)) return parsePolicyFile(spec, await readText(spec))
  if (!isShippedPolicy(spec)) throw policyUnknown(spec, SHIPPED_POLICY_NAMES)
  return parsePolicyFile(spec, shippedPolicies[spec])
}

/** A file named by a policy, in that policy's folder or below. Throws POLICY_REFERENCE. */
function siblingPath(file: PolicyFile, key: readonly (string | number)[], reference: string): string {
  const refuse = (why: string) => policyReference(file.at(key), reference, why)
  if (reference.includes('\\') || reference.includes('\0')) throw refuse('is no path with forward slashes')
  if (reference.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(reference))
    throw refuse('is not relative')
  const parts = reference.split('/').filter((part) => part !== '.' && part !== '')
  if (parts.includes('..')) throw refuse('leaves the policy’s folder')
  const folder = file.path.slice(0, Math.max(file.path.lastIndexOf('/'), file.path.lastIndexOf('\\')) + 1)
  return folder + parts.join('/')
}

async function featureList(
  file: PolicyFile,
  index: number,
  rule: RuleDocument,
  readText: ReadText,
  lists: Map<string, string>,
): Promise<FeatureList | null> {
  if (rule.features === undefined) return null
  if (Array.isArray(rule.features)) return { ids: [...new Set(rule.features)], labels: new Map() }
  const path = siblingPath(file, ['rules', index, 'features', 'file'], rule.features.file)
  const text = lists.get(path) ?? (await readText(path))
  lists.set(path, text)
  return parseWatchlist(path, text)
}

function ruleOf(rule: RuleDocument, features: FeatureList | null, path: string, line: number): Rule {
  return {
    id: rule.id,
    metric: rule.metric,
    description: rule.description ?? null,
    limits: limitsOf(rule),
    allow: rule.allow ?? 0,
    at: rule.at ?? null,
    features,
    quantile: rule.quantile ?? null,
    mean: rule.mean ?? false,
    weight: rule.weight ?? 'none',
    candidates: rule.candidates ?? null,
    readouts: rule.readouts ?? null,
    layers: rule.layers ?? null,
    level: rule.level ?? 'error',
    path,
    line,
  }
}

function limitsOf(rule: RuleDocument): Limit[] {
  const limits: Limit[] = []
  for (const operator of ['min', 'max', 'maxDrop', 'maxRise'] as const) {
    const value = rule[operator]
    if (value !== undefined) limits.push({ operator, value })
  }
  if (rule.equals !== undefined) limits.push({ operator: 'equals', value: rule.equals })
  return limits
}

function assembled(chain: readonly PolicyFile[], rules: readonly Rule[], lists: Policy['sources']): Policy {
  const own = chain[0]!
  /** What the policy says, or the nearest base that says it. */
  const said = <Value>(read: (document: PolicyDocument) => Value | undefined): Value | undefined => {
    for (const file of chain) {
      const value = read(file.document)
      if (value !== undefined) return value
    }
    return undefined
  }
  const { features, dissociation } = POLICY_DEFAULTS
  const policy: Policy = {
    name: own.document.name ?? fileName(own.path),
    path: isShippedPolicy(own.path) ? null : own.path,
    description: own.document.description ?? null,
    features: {
      survived: said((document) => document.features?.survived) ?? features.survived,
      damaged: said((document) => document.features?.damaged) ?? features.damaged,
      active: said((document) => document.features?.active) ?? features.active,
    },
    confidence: said((document) => document.confidence) ?? POLICY_DEFAULTS.confidence,
    onInconclusive: said((document) => document.onInconclusive) ?? POLICY_DEFAULTS.onInconclusive,
    informational: said((document) => document.informational) ?? POLICY_DEFAULTS.informational,
    unjudged: said((document) => document.unjudged) ?? POLICY_DEFAULTS.unjudged,
    baseline: said((document) => document.baseline) ?? POLICY_DEFAULTS.baseline,
    dissociation: {
      perplexityDeltaPercent:
        said((document) => document.dissociation?.perplexityDeltaPercent) ??
        dissociation.perplexityDeltaPercent,
      survived: said((document) => document.dissociation?.survived) ?? dissociation.survived,
    },
    rules,
    exceptions: exceptionsOf(chain, rules),
    sources: [...chain.map(({ path, text }) => ({ path, text })), ...lists],
  }
  if (rules.length === 0) throw policyNoRules(own.path)
  const { damaged, survived } = policy.features
  if (damaged > survived) throw policyThresholds(own.at(['features']), damaged, survived)
  return policy
}

function exceptionsOf(chain: readonly PolicyFile[], rules: readonly Rule[]): Exception[] {
  const ids = new Set(rules.map((rule) => rule.id))
  return chain.flatMap((file) =>
    (file.document.exceptions ?? []).map((exception, index) => {
      if (!ids.has(exception.rule)) {
        const where = file.at(['exceptions', index, 'rule'])
        throw policyException(
          where,
          `there is no rule "${exception.rule}" to waive`,
          `Use one of: ${[...ids].join(', ')}.`,
        )
      }
      const { rule, candidate, reason, expires } = exception
      return { rule, candidate, reason, expires, path: file.path, line: file.lineOf(['exceptions', index]) }
    }),
  )
}

function fileName(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? path).replace(/\.ya?ml$/i, '')
}
