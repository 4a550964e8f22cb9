/** @file Which rule of registry.yaml speaks for a candidate: the first that matches. Pure. */
import { matchesAny } from '../../contract/glob.ts'
import { needsBase, patternsOf, type RegistryFile } from '../../contract/registry/registry-file.ts'
import type { RuleConfig } from '../../contract/registry/registry-schema.ts'
import { registryDurationInvalid } from '../../errors/registry.ts'
import type { Item } from '../item.ts'

export interface Ruled {
  readonly item: Item
  /** Position in registry.yaml. */
  readonly rule: number
  readonly priority: number
  readonly timeoutMs: number
}

/** What becomes of candidates before anything is opened. */
export interface Sorted {
  readonly ruled: readonly Ruled[]
  readonly skipped: readonly { readonly item: Item; readonly why: string }[]
  /** No rule speaks for them: listed, and not audited. */
  readonly unmatched: readonly { readonly item: Item; readonly why: string }[]
}

/** Errors: REGISTRY_DURATION_INVALID. */
export function sortByRules(file: RegistryFile, items: readonly Item[]): Sorted {
  const [ruled, skipped, unmatched]: [Ruled[], { item: Item; why: string }[], { item: Item; why: string }[]] =
    [[], [], []]
  const { rules } = file.config
  const timeouts = rules.map((one, i) => timeoutOf(one, file.where(['rules', i, 'timeout'])))
  for (const item of items) {
    const index = rules.findIndex((rule) => isMatch(rule, item))
    const rule = rules[index]
    if (rule === undefined) unmatched.push({ item, why: 'no rule matches it' })
    else if (rule.skip !== undefined) skipped.push({ item, why: rule.skip })
    else if (needsBase(file, rule) && item.base === null)
      unmatched.push({
        item,
        why: 'its rule takes the reference from {base}, and nothing says what it was made of',
      })
    else ruled.push({ item, rule: index, priority: rule.priority ?? 0, timeoutMs: timeouts[index] ?? 0 })
  }
  return { ruled, skipped, unmatched }
}

function isMatch(rule: RuleConfig, item: Item): boolean {
  if (rule.source !== undefined && rule.source !== item.source) return false
  if (rule.tags?.some((tag) => !item.tags.includes(tag)) === true) return false
  return matchesAny(patternsOf(rule.match), [item.name])
}

const DEFAULT_TIMEOUT = '24h'

const timeoutOf = ({ timeout }: RuleConfig, where: string): number =>
  durationOf(where, timeout ?? DEFAULT_TIMEOUT)

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** 90m, 6h, 1.5h as milliseconds. Errors: REGISTRY_DURATION_INVALID. */
export function durationOf(where: string, given: string): number {
  const [, count, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)\s*([smh])$/.exec(given.trim()) ?? []
  const milliseconds = Number(count) * (UNITS[unit] ?? Number.NaN)
  if (!(milliseconds > 0)) throw registryDurationInvalid(where, given)
  return milliseconds
}

/** For people: 90 min, 6 h. */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 120_000) return `${Math.round(milliseconds / 1000)} s`
  if (milliseconds < 7_200_000) return `${Math.round(milliseconds / 60_000)} min`
  return `${(milliseconds / 3_600_000).toFixed(1).replace(/\.0$/, '')} h`
}

/** Higher priority first, then the newest, then by name: the same order on every machine. */
export function inOrder(ruled: readonly Ruled[]): readonly Ruled[] {
  const key = ({ item }: Ruled): string => `${item.source}:${item.name}`
  return [...ruled].sort(
    (a, b) =>
      b.priority - a.priority || compare(b.item.when ?? '', a.item.when ?? '') || compare(key(a), key(b)),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
