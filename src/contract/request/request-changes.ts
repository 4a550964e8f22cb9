/**
 * @file What one saegate.yaml asks for otherwise than another, after inputs and defaults: as values, so that another way to
 * write the same is no change. Candidates that come in addition are none either: more is judged then, not less. Pure.
 */
import { visible } from '../../escape/visible.ts'
import type { SaeConfig } from '../options/audit-config.ts'
import type { AuditRequest } from './audit-request.ts'

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

export function requestChanges(base: AuditRequest, head: AuditRequest): readonly ValueChange[] {
  const both = <Value>(what: string, read: (request: AuditRequest) => Value): readonly ValueChange[] =>
    changed(what, read(base), read(head))
  return [
    ...both('reference', (one) => one.reference),
    ...base.candidates
      .filter((spec) => !head.candidates.includes(spec))
      .map((spec) => ({ what: `candidate ${shownValue(spec)}`, how: 'removed' })),
    ...saeChanges(base.saes, head.saes),
    ...both('corpus.source', (one) => one.corpus.source),
    ...both('corpus.tokens', (one) => one.corpus.tokens ?? 'all'),
    ...both('corpus.blockLength', (one) => one.corpus.blockLength),
    ...both('corpus.lines', (one) => one.corpus.lines),
    ...both('corpus.lineEnds', (one) => one.corpus.lineEnds),
    ...both('corpus.bos', (one) => one.corpus.bos),
    ...both('tokenizer', (one) => one.tokenizer),
    ...both('perplexity', (one) => one.perplexity),
    ...both('positions', (one) => one.positions),
    ...both('activations', (one) => one.activations),
    ...both('unrotate', (one) => one.unrotate),
    ...both('rescale', (one) => one.rescale),
    ...both('tap', (one) => one.tap),
    ...both('groups', (one) => one.groups),
    ...both('nullCheck', (one) => one.nullCheck),
    ...both('allowBadFit', (one) => one.allowBadFit),
    ...both('policy', (one) => one.policy),
    ...both('baseline', (one) => one.baseline),
    ...both('out', (one) => one.out),
    ...both('device', (one) => one.device),
    ...both('threads', (one) => one.threads),
    ...both('memory', (one) => one.memoryBytes),
  ]
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
