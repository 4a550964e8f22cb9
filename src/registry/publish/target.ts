/** @file Somewhere a verdict is told. */
import type { Item } from '../item.ts'
import type { PublishedVerdict } from '../verdict.ts'
import type { KeptReport } from './audit-report.ts'

export interface PublishTarget {
  /** Stays the same over nights: the history goes by it. */
  readonly name: string
  /** Whether it has a place for this candidate. */
  takes(item: Item): boolean
  /**
   * Tell, unless it has been told under this key: after a crash a target is asked again. Gives the address where it can be
   * seen, or null. `report`: the whole of it, for a place that says more. Errors: those of the place, and of `report`.
   */
  publish(
    item: Item,
    verdict: PublishedVerdict,
    idempotency: string,
    report: () => Promise<KeptReport>,
  ): Promise<string | null>
}
