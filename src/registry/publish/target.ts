/** @file Somewhere a verdict is told. */
import type { Item } from '../item.ts'
import type { PublishedVerdict } from '../verdict.ts'

export interface PublishTarget {
  /** Stays the same over nights: the history goes by it. */
  readonly name: string
  /** Whether it has a place for this candidate. */
  takes(item: Item): boolean
  /**
   * Tell, unless it has been told under this key: after a crash a target is asked again. Gives the address where it can be
   * seen, or null. Errors: those of the place.
   */
  publish(item: Item, verdict: PublishedVerdict, idempotency: string): Promise<string | null>
}
