/**
 * @file What one saegate.yaml asks for otherwise than another, after inputs and defaults: as values, so that another way to
 * write the same is no change. Candidates that come in addition are none either: more is judged then, not less. Pure.
 */
import { visible } from '../../escape/visible.ts'
import type { CorpusConfig, SaeConfig } from '../options/audit-config.ts'
import type { AuditRequest, JudgingRequest } from './audit-request.ts'

/** One difference: what it is called in the file, and from what to what; or in our own words. */
export type ValueChange =
  | { readonly what: string; readonly from: string; readonly to: string }
  | { readonly what: string; readonly how: string }

/** Characters of a value that are shown. */
const MAX_SHOWN = 60

/** A value from outside, in short. A limit has two decimals at least, as policies write them. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'number')
    return Number.isInteger(value) || /\.\d\d/.test(String(value)) ? String(value) : value.toFixed(2)
  return visible(typeof value === 'string' ? value : JSON.stringify(value), MAX_SHOWN)
}

/** None where both are the same, as JSON. */
export function changed(what: string, from: unknown, to: unknown): readonly ValueChange[] {
  if (JSON.stringify(from ?? null) === JSON.stringify(to ?? null)) return []
  if (typeof from === 'number' && typeof to === 'number' && Math.abs(from) <= 1 && Math.abs(to) <= 1)
    return [{ what: visible(what), from: fraction(from), to: fraction(to) }]
  return [{ what: visible(what), from: shownValue(from), to: shownValue(to) }]
}

/** 0.8 and 0 are 0.80 and 0.00; 0.125 stays. */
const fraction = (value: number): string =>
  Number(value.toFixed(2)) === value ? value.toFixed(2) : String(value)

/** Told by hand below, or of the call and not of the file. */
const APART: readonly (keyof AuditRequest)[] = [
  'candidates',
  'saes',
  'corpus',
  'config',
  'expected',
  'expectPolicy',
  'thresholds',
  'confidence',
]
/** What a file calls otherwise. */
const NAMES: Readonly<Partial<Record<string, string>>> = { memoryBytes: 'memory' }

/** An audit, or no more than the judging of a report that is at hand. */
export type Requested = AuditRequest | JudgingRequest

/** In the order of the request, so that a new key is not overlooked. */
export function requestChanges(base: Requested, head: Requested): readonly ValueChange[] {
  const plain = (one: Requested): readonly (readonly [string, unknown])[] =>
    Object.entries(one).filter(([key]) => !APART.some((name) => name === key))
  const after = new Map(plain(head))
  return [
    ...('reference' in base && 'reference' in head ? subjectChanges(base, head) : []),
    ...plain(base)
      .filter(([key]) => key !== 'reference')
      .flatMap(([key, value]) => changed(NAMES[key] ?? key, value, after.get(key))),
  ]
}

function subjectChanges(base: AuditRequest, head: AuditRequest): readonly ValueChange[] {
  return [
    ...changed('reference', base.reference, head.reference),
    ...base.candidates
      .filter((spec) => !head.candidates.includes(spec))
      .map((spec) => ({ what: `candidate ${shownValue(spec)}`, how: 'removed' })),
    ...saeChanges(base.saes, head.saes),
    ...corpusChanges(base.corpus, head.corpus),
  ]
}

function corpusChanges(base: CorpusConfig, head: CorpusConfig): readonly ValueChange[] {
  const shown = ({ tokens, ...rest }: CorpusConfig) => Object.entries({ ...rest, tokens: tokens ?? 'all' })
  const after = new Map<string, unknown>(shown(head))
  return shown(base).flatMap(([key, value]) => changed(`corpus.${key}`, value, after.get(key)))
}

function saeChanges(base: readonly SaeConfig[], head: readonly SaeConfig[]): readonly ValueChange[] {
  return Array.from({ length: Math.max(base.length, head.length) }, (_, index) => {
    const [from, to, what] = [base[index], head[index], `saes[${index}]`]
    if (from === undefined || to === undefined)
      return [
        {
          what: `${what} ${shownValue((from ?? to)?.source)}`,
          how: from === undefined ? 'added' : 'removed',
        },
      ]
    return [
      ...changed(`${what}.source`, from.source, to.source),
      ...changed(`${what}.hook`, from.hook, to.hook),
      ...changed(`${what}.center`, from.center, to.center),
    ]
  }).flat()
}
