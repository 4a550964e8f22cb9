/** @file A verdict as others are told it: small, without a path or a name of this machine. */
import { createHash } from 'node:crypto'
import type { Item } from './item.ts'
import type { Figures, Outcome, Verdict } from './outcome.ts'
import type { Finished } from './state/entries.ts'

export interface PublishedVerdict {
  readonly schema: 'saegate/verdict@1'
  readonly candidate: {
    readonly source: string
    readonly name: string
    readonly revision: string
    /** Of the content that was audited. */
    readonly sha256: string
  }
  readonly verdict: Verdict | null
  /** The policy says stop. */
  readonly blocks: boolean
  readonly figures: Figures
  readonly inputs: Finished['inputs']
  /** sha256 of report.json. */
  readonly report: string
}

/** Null: there is no verdict to tell. */
export function publishedVerdict(item: Item, finished: Finished): PublishedVerdict | null {
  const { outcome, inputs, revision } = finished
  if (outcome.kind !== 'verdict') return null
  const { source, name } = item
  return {
    schema: 'saegate/verdict@1',
    candidate: { source, name, revision, sha256: inputs.candidate },
    verdict: outcome.verdict,
    blocks: outcome.blocks,
    figures: outcome.figures,
    inputs,
    report: outcome.report,
  }
}

/** The same for the same candidate, inputs and verdict, on whichever machine and in whichever night. */
export function idempotencyKey(
  item: Item,
  key: string,
  outcome: Extract<Outcome, { kind: 'verdict' }>,
): string {
  const text = JSON.stringify([item.source, item.name, key, outcome.verdict])
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
