/** @file What the sources have now, beside what is known of them: only changes are written down. */
import { SaegateError } from '../../errors/problem.ts'
import { type Item, itemId } from '../item.ts'
import type { Source } from '../sources/source.ts'
import type { Entry } from '../state/entries.ts'
import type { History } from '../state/history.ts'
import type { NightResult } from './result.ts'

export interface Listed {
  /** What is to be written down. */
  readonly entries: readonly Entry[]
  readonly sourceErrors: NightResult['sourceErrors']
  readonly passedOver: readonly string[]
}

/** Lines of the journal stay readable. */
const ITEMS_OF_A_LINE = 100

/** Ask every source; one that fails stops none of the others. */
export async function listSources(sources: readonly Source[], history: History): Promise<Listed> {
  const entries: Entry[] = []
  const sourceErrors: { source: string; code: string; message: string }[] = []
  const passedOver: string[] = []
  for (const source of sources) {
    const { name, definition } = source
    const before = history.cursors.get(name)
    const cursor = before?.definition === definition ? before.cursor : null
    try {
      const listing = await source.list(cursor)
      const changed = listing.items.filter((item) => isChanged(item, history))
      for (let i = 0; i < changed.length; i += ITEMS_OF_A_LINE)
        entries.push({ type: 'listed', items: changed.slice(i, i + ITEMS_OF_A_LINE) })
      const gone = listing.isWhole ? goneFrom(name, listing.items, history) : []
      if (gone.length > 0) entries.push({ type: 'gone', items: gone })
      if (listing.cursor !== null && listing.cursor !== cursor)
        entries.push({ type: 'cursor', source: name, definition, cursor: listing.cursor })
      passedOver.push(...listing.passedOver.map((one) => itemId({ source: name, name: one })))
    } catch (error) {
      if (!(error instanceof SaegateError)) throw error
      sourceErrors.push({ source: name, code: error.code, message: error.message })
    }
  }
  return { entries, sourceErrors, passedOver }
}

function isChanged(item: Item, history: History): boolean {
  const known = history.items.get(itemId(item))
  return known === undefined || !known.isListed || JSON.stringify(known.item) !== JSON.stringify(item)
}

function goneFrom(source: string, items: readonly Item[], history: History): readonly string[] {
  const here = new Set(items.map(itemId))
  return [...history.items]
    .filter(([id, { item, isListed }]) => isListed && item.source === source && !here.has(id))
    .map(([id]) => id)
}
