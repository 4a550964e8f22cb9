/** @file A place where candidates appear, whatever it is: four verbs. */
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import type { Item } from '../item.ts'
import type { PublishedVerdict } from '../verdict.ts'

export interface Listing {
  readonly items: readonly Item[]
  /** Where the next listing may begin; null: it lists everything again. */
  readonly cursor: string | null
  /** Everything that the source has is among the items: what is not is gone. */
  readonly isWhole: boolean
  /** What was met and is no candidate, by name. */
  readonly passedOver: readonly string[]
}

/** What somebody was told by HTTP, verbatim. */
export interface RegistryEvent {
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Source {
  readonly name: string
  /** Digest of what registry.yaml says of it: a cursor of another definition is none. */
  readonly definition: string
  /** What there is, or what changed since a cursor. Errors: those of the place. */
  list(cursor: string | null): Promise<Listing>
  /** Files of a candidate, each opened by range. Errors: those of the place. */
  open(item: Item): Promise<PinnedFiles>
  /** What an audit is told to open; null: it has to be downloaded first. */
  specOf(item: Item): string | null
  /**
   * Write a verdict where people look for it. `idempotency`: what has that already is left as it is. Gives the address where it
   * can be seen. Absent: the place has nowhere to write to.
   */
  publish?(item: Item, verdict: PublishedVerdict, idempotency: string): Promise<string | null>
  /**
   * Which candidates an event speaks of, by name; null: it is none of this place's. Errors: REGISTRY_EVENT_REFUSED. Absent: the
   * place tells nobody.
   */
  read?(event: RegistryEvent): readonly string[] | null
}
