/** @file What the journal says happened, one entry a line, and their check when they are read again. */
import type { Item } from '../item.ts'
import type { Outcome } from '../outcome.ts'

/** What decides whether a candidate is to be audited: a digest of each, hex. */
export interface Inputs {
  readonly candidate: string
  readonly reference: string
  readonly sae: string
  /** The text, and how it is cut into tokens. */
  readonly corpus: string
  readonly policy: string
  /** Everything else that was asked for. */
  readonly options: string
  readonly tool: string
}

export type Entry =
  | { readonly type: 'history'; readonly version: 1 }
  /** `shard`: 2/4; null: all candidates. */
  | { readonly type: 'run'; readonly run: string; readonly tool: string; readonly shard: string | null }
  | { readonly type: 'listed'; readonly items: readonly Item[] }
  /** Items that a source does not list any more. */
  | { readonly type: 'gone'; readonly items: readonly string[] }
  /** Where the next listing of a source begins. `definition`: digest of what registry.yaml says of it. */
  | { readonly type: 'cursor'; readonly source: string; readonly definition: string; readonly cursor: string }
  /** What a revision's content digests to, so that it is not read again. */
  | { readonly type: 'content'; readonly of: string; readonly digest: string }
  | { readonly type: 'started'; readonly item: string; readonly key: string; readonly run: string }
  | {
      readonly type: 'finished'
      readonly item: string
      readonly revision: string
      /** Digest of the inputs. */
      readonly key: string
      /** Of the report, below the folder of reports; null: there is none. */
      readonly folder: string | null
      readonly inputs: Inputs
      readonly run: string
      /** How many times in a row these inputs have now been tried. */
      readonly tries: number
      readonly seconds: number
      readonly outcome: Outcome
      /** By another policy, from the report of the audit before; absent: it was measured. */
      readonly isJudgedAgain?: boolean
    }
  /** It was begun and given up without an outcome: no time was left, or somebody pressed Ctrl-C. */
  | { readonly type: 'deferred'; readonly item: string; readonly key: string; readonly run: string }
  /** Somebody wants it audited again. */
  | { readonly type: 'retry'; readonly items: readonly string[] }
  | {
      readonly type: 'published'
      readonly item: string
      readonly target: string
      /** The same for the same verdict on the same content: a target that has it is not told again. */
      readonly idempotency: string
      /** Where it can be seen; null: the target does not say. */
      readonly address: string | null
    }

export type Finished = Extract<Entry, { readonly type: 'finished' }>

/** An entry where it stands. */
export interface Recorded<E extends Entry = Entry> {
  /** Unique over all machines. */
  readonly id: string
  /** ISO 8601, by the clock of the machine that wrote it: shown, never reckoned with. */
  readonly at: string
  readonly what: E
}

const TYPES = {
  history: true,
  run: true,
  listed: true,
  gone: true,
  cursor: true,
  content: true,
  started: true,
  finished: true,
  deferred: true,
  retry: true,
  published: true,
} as const satisfies Readonly<Record<Entry['type'], true>>

/** Whether a line's entry is of a kind that this version knows; its digest says that we wrote the rest. */
export function isRecorded(entry: unknown): entry is Recorded {
  if (typeof entry !== 'object' || entry === null) return false
  const { id, at, what }: { id?: unknown; at?: unknown; what?: unknown } = entry
  if (typeof id !== 'string' || typeof at !== 'string' || typeof what !== 'object' || what === null)
    return false
  return 'type' in what && typeof what.type === 'string' && Object.hasOwn(TYPES, what.type)
}
