/** @file What the journal adds up to: what is known of every candidate, and every audit ever made. Pure. */
import { type Item, itemId } from '../item.ts'
import type { Entry, Finished, Recorded } from './entries.ts'

/** One candidate over all nights. */
export interface Known {
  readonly item: Item
  /** Its source still lists it. */
  readonly isListed: boolean
  /** The last audit that has an outcome; null: none yet. */
  readonly last: Recorded<Finished> | null
  /** Begun by a run that ended before it had an outcome. */
  readonly open: Extract<Entry, { readonly type: 'started' }> | null
  /** Somebody asked for another audit since the last. */
  readonly isWanted: boolean
}

export interface History {
  readonly items: ReadonlyMap<string, Known>
  readonly cursors: ReadonlyMap<string, { readonly definition: string; readonly cursor: string }>
  /** Place and revision → digest of the content. */
  readonly contents: ReadonlyMap<string, string>
  /** Every audit that has an outcome, in the order of their ends. */
  readonly audits: readonly Recorded<Finished>[]
  /** Target, space, idempotency key → where it can be seen. */
  readonly published: ReadonlyMap<string, string | null>
  /** Marks of all entries. */
  readonly ids: ReadonlySet<string>
  /** Position of the entry that last spoke of a candidate, for what was used least recently. */
  readonly used: ReadonlyMap<string, number>
}

export const publishedKey = (target: string, idempotency: string): string => `${target} ${idempotency}`

interface Growing {
  readonly items: Map<string, Known>
  readonly cursors: Map<string, { readonly definition: string; readonly cursor: string }>
  readonly contents: Map<string, string>
  readonly audits: Recorded<Finished>[]
  readonly published: Map<string, string | null>
  readonly ids: Set<string>
  readonly used: Map<string, number>
}

/** The history that can be added to: `add` takes entries as they are written. */
export interface LivingHistory extends History {
  add(records: readonly Recorded[]): void
}

export function historyOf(records: readonly Recorded[]): LivingHistory {
  const grown: Growing = {
    items: new Map(),
    cursors: new Map(),
    contents: new Map(),
    audits: [],
    published: new Map(),
    ids: new Set(),
    used: new Map(),
  }
  let position = 0
  const add = (more: readonly Recorded[]): void => {
    for (const record of more) {
      grown.ids.add(record.id)
      apply(grown, record, position++)
    }
  }
  add(records)
  return { ...grown, add }
}

function apply(grown: Growing, record: Recorded, position: number): void {
  const { what } = record
  const change = (id: string, changes: Partial<Known>): void => {
    const known = grown.items.get(id)
    if (known !== undefined) grown.items.set(id, { ...known, ...changes })
  }
  switch (what.type) {
    case 'history':
    case 'run':
      return
    case 'listed':
      for (const item of what.items) list(grown, item)
      return
    case 'gone':
      for (const id of what.items) change(id, { isListed: false })
      return
    case 'cursor':
      grown.cursors.set(what.source, { definition: what.definition, cursor: what.cursor })
      return
    case 'content':
      grown.contents.set(what.of, what.digest)
      return
    case 'started':
      grown.used.set(what.item, position)
      change(what.item, { open: what })
      return
    case 'deferred':
      change(what.item, { open: null })
      return
    case 'finished': {
      const last = { id: record.id, at: record.at, what }
      grown.used.set(what.item, position)
      grown.audits.push(last)
      change(what.item, { last, open: null, isWanted: false })
      return
    }
    case 'retry':
      for (const id of what.items) change(id, { isWanted: true })
      return
    case 'published':
      grown.published.set(publishedKey(what.target, what.idempotency), what.address)
  }
}

function list(grown: Growing, item: Item): void {
  const id = itemId(item)
  const known = grown.items.get(id)
  grown.items.set(
    id,
    known === undefined
      ? { item, isListed: true, last: null, open: null, isWanted: false }
      : { ...known, item, isListed: true },
  )
}

/** How many times in a row these inputs have failed with an error, up to now. */
export function triesOf(known: Known, key: string): number {
  const last = known.last?.what
  return last !== undefined && last.key === key && last.outcome.kind === 'error' ? last.tries : 0
}
