/** @file What every stage of one audit needs, as one value. */
import type { ReadFigure } from '../../compression/calibrated/statistics.ts'
import type { AuditConfig, StreamRows } from '../../contract/options/audit-config.ts'
import type { NvidiaDevice } from '../../onnx/devices/nvidia.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import type { MemoryBudget } from '../machine/memory.ts'
import type { Work } from '../machine/progress.ts'
import type { StreamTally } from '../machine/stream-tally.ts'
import type { AuditTokens } from '../text/tokens.ts'
import type { Keeping } from './keeping.ts'
import type { Readout } from './readout.ts'

/** Where a model's weights are while it runs. */
export type WeightsHeld =
  | { readonly kind: 'resident' }
  | {
      readonly kind: 'stream'
      /** Weights of a range in float32, unless one block has more. */
      readonly rangeBytes: number
      /** What a residual stream that waits for the next range is stored in. */
      readonly rows: StreamRows
      /** Read the weights of a range while the one before it runs. */
      readonly readsAhead: boolean
    }

/** Candidates that are measured at once beside the reference. */
export const MOST_PER_ROUND = 4

/** Are losses and KL wanted? Else nothing behind the last hook is run. */
export function wantsLosses({ perplexity }: Pick<AuditConfig, 'perplexity'>): boolean {
  return perplexity.chunked || perplexity.sliding !== null
}

/** How candidates are measured beside the reference. */
export interface RoundsHeld {
  /** All models of a round in one graph, from ids to sums; else stage by stage, over rows that are stored. */
  readonly inOneGraph: boolean
  /** Candidates of a round at most. */
  readonly candidates: number
}

/** What an audit that may stop early runs: the first token groups, of as many as each look goes over. */
export interface Looks {
  /** Token groups of each look, ascending. */
  readonly planned: readonly number[]
  /** Which of them this is, from 0. */
  readonly look: number
  /** Of all looks together. */
  readonly confidence: number
}

/** A text of which more and more is run: rows of models so far are kept beside it (capture/growing-captures.ts). */
export interface Growing {
  readonly whole: AuditTokens
}

/** Made once everything is opened and checked; nothing in it is replaced while the audit runs. */
export interface Run {
  readonly config: AuditConfig
  readonly device: Device
  /** What the driver tells of the device; null: it is none of NVIDIA's, or not known. */
  readonly nvidia: NvidiaDevice | null
  /** What captures may still take; stores take of it and give back. */
  readonly memory: MemoryBudget
  /** What streaming came to so far, over all models. */
  readonly streamed: StreamTally
  /** Where progress is told. */
  readonly work: Work
  readonly weights: WeightsHeld
  readonly rounds: RoundsHeld
  /** Weights of the unembedding that are in the engine at once. */
  readonly headBytes: number
  readonly tokens: AuditTokens
  readonly readouts: readonly Readout[]
  /** The text that this one is the beginning of, and which look at it this is; null: it is run at once. */
  readonly growing: Growing | null
  readonly looks: Looks | null
  /** Where results wait for a later audit; null: nothing is kept. */
  readonly kept: Keeping | null
  /** What target matrices read over the audited sequences; null: nobody asks. */
  readonly inputs: ReadFigure | null
}
