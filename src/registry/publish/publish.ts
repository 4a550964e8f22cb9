/** @file The verdicts that nobody was told yet, told: each once, whatever ends the run between. */
import { SaegateError } from '../../errors/problem.ts'
import { type Item, itemId } from '../item.ts'
import type { Entry, Recorded } from '../state/entries.ts'
import { type LivingHistory, publishedKey } from '../state/history.ts'
import { idempotencyKey, publishedVerdict } from '../verdict.ts'
import { auditReport } from './audit-report.ts'
import type { PublishTarget } from './target.ts'

export interface PublishDoors {
  /** Folder of the state. */
  readonly state: string
  readonly history: LivingHistory
  readonly targets: readonly PublishTarget[]
  /** Write down; null: say what would be told, and tell nobody. */
  readonly note: ((...entries: readonly Entry[]) => Promise<readonly Recorded[]>) | null
}

/** What was told of one candidate to one target, or would be. */
export interface Told {
  readonly item: string
  readonly target: string
  readonly what: string
}

/** The last verdict of each candidate to each target that has a place for it. A target that fails stops nothing. */
export async function publishVerdicts(
  items: readonly Item[],
  { state, history, targets, note }: PublishDoors,
): Promise<readonly Told[]> {
  const published: Told[] = []
  for (const item of items) {
    const id = itemId(item)
    const last = history.items.get(id)?.last?.what
    if (last?.outcome.kind !== 'verdict') continue
    const verdict = publishedVerdict(item, last)
    // Where the content is another by now, and not yet audited, nothing is said of the old one.
    const isCurrent = history.contents.get(`${id}@${item.revision}`) === last.inputs.candidate
    if (verdict === null || !isCurrent) continue
    const report = () => auditReport(state, last)
    const idempotency = idempotencyKey(item, last.key, last.outcome)
    for (const target of targets) {
      if (!target.takes(item) || history.published.has(publishedKey(target.name, idempotency))) continue
      const tell = (what: string): void => void published.push({ item: id, target: target.name, what })
      if (note === null) {
        tell(`would tell ${last.outcome.verdict ?? 'what was measured'}`)
        continue
      }
      try {
        const address = await target.publish(item, verdict, idempotency, report)
        history.add(await note({ type: 'published', item: id, target: target.name, idempotency, address }))
        tell(address ?? 'told')
      } catch (error) {
        if (!(error instanceof SaegateError)) throw error
        tell(`failed: ${error.message}`)
      }
    }
  }
  return published
}
