/** @file What one run did, as plain data: what the summary is made of. */
import type { Outcome } from '../outcome.ts'
import type { Told } from '../publish/publish.ts'

export interface Done {
  readonly item: string
  readonly why: string
  readonly outcome: Outcome
  /** Of the report, below the folder of reports; null: there is none. */
  readonly folder: string | null
  readonly seconds: number
  /**
   * Measured earlier: by a run that was killed before it could say so, or as another candidate of the same content. Judged again: only
   * the policy changed, and the report holds all that it asks for.
   */
  readonly how: 'measured' | 'measured earlier' | 'judged again'
  /** When it is tried again; null: it has a verdict. */
  readonly retry: string | null
}

export interface Named {
  readonly item: string
  readonly why: string
}

export interface NightResult {
  readonly schema: 'saegate/registry-run@1'
  readonly run: string
  readonly tool: string
  readonly isDryRun: boolean
  /** `2/4`; null: all of it. */
  readonly shard: string | null
  /** Candidates that the sources have. */
  readonly listed: number
  readonly sourceErrors: readonly {
    readonly source: string
    readonly code: string
    readonly message: string
  }[]
  /** Met by a source and no candidates. */
  readonly passedOver: readonly string[]
  readonly skipped: readonly Named[]
  readonly unmatched: readonly Named[]
  /** Nothing of them changed since their last verdict. */
  readonly unchanged: number
  /** They failed, and nothing of them changed. */
  readonly givenUp: readonly Named[]
  /** Another shard's, or none that the event speaks of. */
  readonly elsewhere: number
  readonly done: readonly Done[]
  /** Due, and not audited: no time was left, or it was a dry run. */
  readonly due: readonly Named[]
  readonly deletedDownloads: number
  readonly published: readonly Told[]
}

/** 1: a candidate that was audited now does not pass; 3: none of these, but something could not be looked at; 0: else. */
export function nightStatus({ done, sourceErrors }: Pick<NightResult, 'done' | 'sourceErrors'>): 0 | 1 | 3 {
  if (done.some(({ outcome }) => outcome.kind === 'verdict' && outcome.blocks)) return 1
  return sourceErrors.length > 0 || done.some(({ outcome }) => outcome.kind === 'error') ? 3 : 0
}
