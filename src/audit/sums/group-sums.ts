/**
 * @file All that an audit measured, as sums per token group: what features and losses of a report are made from, and nothing
 * else. Sums of the same groups add, so that parts measured apart can be put together; what they were measured on travels
 * along, and only equal measurements may be put together.
 *
 * Shapes: G token groups. Losses in nats.
 */
import type { TokenKind } from '../../contract/token-kinds.ts'
import { present } from '../../numbers/present.ts'
import { bucketOf, CONFIDENCE_EDGES } from '../../statistics/confidence-buckets.ts'
import { countsAbove } from '../../statistics/divergence-levels.ts'
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import type { DivergenceGroups, LossGroups } from '../../statistics/losses.ts'
import type { CandidateLosses } from '../losses/vocabulary-sums.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import { isOfKind, type ScoredKinds } from '../text/scored-kinds.ts'
import type { ScoredRows } from '../text/sequences.ts'
import type { OpenCalls, OpenReference } from './open-calls.ts'
import type { DistanceGroups, FitGroups, ScalingGroups, VarianceGroups } from './residual-sums.ts'

/** What was measured, by digest, and in which arithmetic. Two files combine only where all of it is equal. */
export interface MeasuredOn {
  readonly toolVersion: string
  readonly engine: string
  readonly device: string
  readonly operands: string
  /** sha256 of the reference's files that were read. */
  readonly reference: string
  /** sha256 of the token ids, and how they were cut and grouped. */
  readonly tokens: string
  readonly blockLength: number
  readonly groups: number
  readonly bos: string
  readonly readouts: readonly { readonly id: string; readonly sha256: string; readonly center: boolean }[]
  /** sha256 of each candidate's files that were read, or the spec it is derived by. */
  readonly candidates: readonly { readonly name: string; readonly made: string }[]
}

/** KL and losses of every scored token besides their sums, as float32: exact quantiles can be had of parts put together. */
export interface DivergenceSums extends DivergenceGroups {
  readonly klAbove: readonly (readonly number[])[]
  readonly klOfTokens: Float32Array
  readonly referenceLossOfTokens: Float32Array
  readonly candidateLossOfTokens: Float32Array
  /** By the reference's confidence, in the order of CONFIDENCE_EDGES. */
  readonly byConfidence: readonly DivergenceGroups[]
  /** By the kind of the predicted token, of every kind that could be told. */
  readonly byKind: readonly KindGroups[]
}

/** Sums over the tokens of one kind; a token may be of several. */
export interface KindGroups extends DivergenceGroups {
  readonly kind: TokenKind
}

/** A candidate at one read-out. */
export interface FeatureSums {
  readonly moments: ByPosition<CandidateMoments>
  readonly distance: DistanceGroups
  /** On a sample of the rows. */
  readonly scaling: ScalingGroups
  /** Not yet in the moments; null: all of them are. */
  readonly calls: OpenCalls | null
  /** What the user should know of how they were made. */
  readonly warnings: readonly string[]
}

/** The reference at one read-out. */
export interface ReferenceGroupSums {
  readonly moments: ByPosition<ReferenceMoments>
  /** On a sample of the rows; null: the dictionary rebuilds nothing that was captured. */
  readonly fit: FitGroups | null
  /** On the same sample. */
  readonly variance: VarianceGroups
  /** Not yet in the moments; null: all of them are. */
  readonly calls: OpenReference | null
  /** What the user should know of how they were made. */
  readonly warnings: readonly string[]
}

export interface CandidateGroupSums {
  /** Null, and so `divergence`: not measured. */
  readonly losses: LossGroups | null
  readonly divergence: DivergenceSums | null
  /** Over sliding windows; null: not measured. */
  readonly sliding: LossGroups | null
  /** In the order of the read-outs. */
  readonly readouts: readonly FeatureSums[]
}

export interface GroupSums {
  readonly measured: MeasuredOn
  /** In the order of `measured.readouts`. */
  readonly readouts: readonly ReferenceGroupSums[]
  /** In the order of `measured.candidates`. */
  readonly candidates: readonly CandidateGroupSums[]
}

/** Losses of both models over the same scored tokens. */
export interface ScoredLosses {
  readonly scored: ScoredRows
  readonly reference: Float64Array
  readonly referenceTop: Float64Array
  readonly candidate: CandidateLosses
}

export function lossSums({ scored, reference, candidate }: ScoredLosses): LossGroups {
  return {
    tokens: sumByGroup(scored, () => 1),
    referenceLoss: sumByGroup(scored, (i) => present(reference[i])),
    candidateLoss: sumByGroup(scored, (i) => present(candidate.loss[i])),
  }
}

/** `kinds`: of the scored rows; without them nothing is told apart by kind. */
export function divergenceSums(
  { scored, reference, referenceTop, candidate }: ScoredLosses,
  kinds: ScoredKinds | null,
): DivergenceSums {
  const sums = (counts: (token: number) => boolean): DivergenceGroups => ({
    tokens: sumByGroup(scored, (i) => (counts(i) ? 1 : 0)),
    kl: sumByGroup(scored, (i) => (counts(i) ? present(candidate.kl[i]) : 0)),
    agreements: sumByGroup(scored, (i) => (counts(i) ? present(candidate.agrees[i]) : 0)),
  })
  const buckets = Uint8Array.from(referenceTop, bucketOf)
  return {
    ...sums(() => true),
    klAbove: countsAbove(candidate.kl, scored.tokenGroups, scored.tokenGroupCount),
    byConfidence: CONFIDENCE_EDGES.slice(1).map((_, bucket) => sums((i) => buckets[i] === bucket)),
    byKind:
      kinds === null ? [] : kinds.told.map((kind) => ({ kind, ...sums((i) => isOfKind(kinds, i, kind)) })),
    klOfTokens: Float32Array.from(candidate.kl),
    referenceLossOfTokens: Float32Array.from(reference),
    candidateLossOfTokens: Float32Array.from(candidate.loss),
  }
}

/** (G) Σ of a value per token group, float64. */
export function sumByGroup(
  { tokenGroups, tokenGroupCount }: ScoredRows,
  value: (token: number) => number,
): number[] {
  const sums = new Array<number>(tokenGroupCount).fill(0)
  for (let i = 0; i < tokenGroups.length; i++) {
    const tokenGroup = present(tokenGroups[i])
    sums[tokenGroup] = present(sums[tokenGroup]) + value(i)
  }
  return sums
}

/** The first thing in which two measurements differ, in words; null: their sums may be put together. */
export function measuredOtherwise(a: MeasuredOn, b: MeasuredOn): string | null {
  const told = (of: MeasuredOn): ReadonlyMap<string, string> =>
    new Map(Object.entries(of).map(([key, value]) => [key, JSON.stringify(value)]))
  const [mine, theirs] = [told(a), told(b)]
  for (const [key, value] of mine) {
    if (theirs.get(key) !== value) return `${key}: ${value} and ${theirs.get(key) ?? 'nothing'}`
  }
  return null
}
