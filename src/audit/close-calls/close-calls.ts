/**
 * @file The one door to close calls: activations that jump (JumpReLU) and whose pre-activation lies nearer to its threshold
 * than float32 can tell. A pass over an SAE's features is watched, so that such pairs of a row and a feature stay out of
 * its sums; once the pass is done they are decided in float64 and added. All else of this room is behind this file.
 */
import type { Decoder } from '../../models/decoder-spec.ts'
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import type { OpenCalls, OpenReference } from '../sums/open-calls.ts'
import type { AuditTokens } from '../text/tokens.ts'
import { hasExactRows } from './exact-rows.ts'
import { canJump, jumpEncoder } from './jumps.ts'
import type { RecordedPart } from './record-calls.ts'
import {
  allowanceOf,
  type DecidedReference,
  measureFloat32,
  type Referee,
  type WatchedPlace,
} from './referee.ts'
import { CandidateWatch, ReferenceWatch } from './watch.ts'

export type { Bands } from './jumps.ts'
export { float32Sequences } from './referee.ts'
export { type SettledReference, settleOpenCandidate, settleOpenReference } from './settle-open.ts'
export type { CandidateWatch, HeldFeatures, ReferenceWatch } from './watch.ts'

/** A model by the name that progress and warnings call it. */
export interface WatchedModel {
  readonly name: string
  /** Null: there is nothing to run in float64, so float32 decides. */
  readonly model: Model | null
  /** What its rows are multiplied by before they are encoded. */
  readonly scale: number
}

/** The reference's sums, close calls not yet in them. */
export interface SumsOfReference {
  readonly moments: ByPosition<ReferenceMoments>
  /** Over the positions that count. */
  readonly counted: ReferenceMoments
}

/** A candidate's place in its pass, and its sums, close calls not yet in them. */
export interface SumsOfCandidate extends WatchedModel {
  /** 0 is the first of the pass. */
  readonly index: number
  readonly moments: ByPosition<CandidateMoments>
}

/** Close calls at one read-out: the reference's are decided first, then candidates' likewise. */
export class CloseCalls {
  readonly reference: ReferenceWatch
  readonly #run: Run
  readonly #watched: WatchedPlace
  readonly #referee: Referee
  #decided: DecidedReference | null = null

  constructor(run: Run, watched: WatchedPlace, referee: Referee) {
    this.#run = run
    this.#watched = watched
    this.#referee = referee
    this.reference = new ReferenceWatch(watched)
  }

  /** Decide the reference's calls and add them to its sums, in place. Returns warnings. */
  async settleReference(sums: SumsOfReference): Promise<readonly string[]> {
    const { active: activeRate } = this.#run.config.thresholds
    this.#decided = await this.reference.decide({ ...sums, activeRate }, this.#referee)
    return this.#decided.warnings
  }

  /** For a pass of candidates. */
  candidates(): CandidateWatch {
    return new CandidateWatch(this.#watched, this.#decided)
  }

  /** Of a part of a text: the reference's calls, written down; they stay out of its sums. Errors: those of running a model. */
  async recordReference(): Promise<OpenReference> {
    return await this.reference.record(this.#referee, this.#part())
  }

  /** One candidate's calls, likewise. */
  async recordCandidate(watch: CandidateWatch, index: number, of: WatchedModel): Promise<OpenCalls> {
    return await watch.record(index, refereeOf(this.#run, of), this.#part())
  }

  #part(): RecordedPart {
    const { part, sequences } = this.#run.tokens
    const { blockLength } = sequences
    return { firstRow: part.firstSequence * blockLength, tokens: part.sequences * blockLength }
  }

  /** Decide one candidate's calls and add them to its sums, in place. Returns warnings. */
  async settleCandidate(watch: CandidateWatch, sums: SumsOfCandidate): Promise<readonly string[]> {
    const referee = refereeOf(this.#run, sums)
    return await watch.decide(sums.index, { moments: sums.moments, referee })
  }
}

/** Null: nothing jumps there, or the reference cannot be had in float64 and float32 decides. */
export async function closeCallsAt(
  run: Run,
  readout: Readout,
  reference: WatchedModel,
  { residuals, tokens }: Float32Text,
): Promise<CloseCalls | null> {
  const referee = refereeOf(run, reference)
  const sampled = refereeOf({ ...run, tokens }, reference)
  const encoder = referee === null ? null : jumpEncoder(readout.encoder)
  if (encoder === null || referee === null || sampled === null) return null
  const jumps = await measureFloat32(encoder, readout, residuals, sampled)
  return new CloseCalls(run, { jumps, place: readout }, referee)
}

/** The text on which it is measured what float32 can tell, and the reference's residuals over it. */
export interface Float32Text {
  readonly residuals: Residuals
  readonly tokens: AuditTokens
}

function refereeOf(
  { tokens, device, memory, work }: Pick<Run, 'tokens' | 'device' | 'memory' | 'work'>,
  { name, model, scale }: WatchedModel,
): Referee | null {
  if (model === null || !hasExactRows(model, device)) return null
  const { ids, blockLength: sequenceLength } = tokens.sequences
  return { name, scale, source: { model, ids, sequenceLength, device, memory }, work }
}

/** Would rows of this model be decided in float64 at that read-out? */
export function hasCloseCalls(
  { encoder }: Pick<Readout, 'encoder'>,
  model: Model,
  device: Run['device'],
): boolean {
  return hasExactRows(model, device) && jumpEncoder(encoder) !== null
}

/** Tokens that are run again in float64 for an SAE whose activations jump, at most what is allowed: 8 % of the Gemma-2 fixture's. */
const EXACT_SHARE = 0.08

/** An estimate, before anything is known of the activations. */
export function closeCallCost(
  { dictionary: { encoder, reads } }: Readout,
  decoder: Decoder,
  tokens: AuditTokens,
): number {
  if (!canJump(encoder)) return 0
  const { ids, blockLength: sequenceLength } = tokens.sequences
  const { mostSequences } = allowanceOf(decoder, reads.layer, { ids, sequenceLength })
  const rows = Math.min(EXACT_SHARE * tokens.chunked.plan.rows, mostSequences * sequenceLength)
  return stageCost.exactBody(decoder, reads.layer, rows, tokens.longest)
}
