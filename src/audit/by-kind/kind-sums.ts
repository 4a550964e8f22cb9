/**
 * @file Sums of a few features' activations, by kind of token and by how sure the reference was, in the reference and in a candidate: a second look at the stored
 * rows. Activations are few beside positions, so they are added one by one, in float64.
 */
import { countedMask } from '../../contract/options/positions.ts'
import { TOKEN_KINDS, type TokenKind } from '../../contract/token-kinds.ts'
import { present } from '../../numbers/present.ts'
import { bucketOf, CONFIDENCE_EDGES } from '../../statistics/confidence-buckets.ts'
import {
  type CandidateMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import { groupOfEach } from '../../statistics/intervals/token-groups.ts'
import { withProbe } from '../explain/probe.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import type { AuditTokens } from '../text/tokens.ts'

/** Rows that are encoded at a time. */
const ROWS = 2048

/** Which predictions: all, those of a kind, or those of a bucket of CONFIDENCE_EDGES. */
export type PredictedPart =
  | { readonly by: 'all' }
  | { readonly by: 'kind'; readonly kind: TokenKind }
  | { readonly by: 'confidence'; readonly bucket: number }

/** What the features do at the predictions of a part: columns are their places among those that were asked for. */
export interface KindSums {
  readonly part: PredictedPart
  readonly reference: ReferenceMoments
  readonly candidate: CandidateMoments
}

/** A text, and what encodes its rows. */
export interface KindText extends Pick<Run, 'device'> {
  readonly tokens: Pick<AuditTokens, 'groupStarts' | 'kinds'> & {
    readonly sequences: Pick<AuditTokens['sequences'], 'blockLength' | 'sequenceCount'>
    readonly chunked: { readonly scored: Pick<AuditTokens['chunked']['scored'], 'rows'> }
  }
}

/** Which features, of whose rows. */
export interface KindAsked {
  readonly features: Int32Array
  /** (scored rows) probability of the reference's likeliest token; null: no losses were measured. */
  readonly confidence: ArrayLike<number> | null
  readonly reference: Residuals
  readonly candidate: Residuals
}

/** Of positions that count and predict a token: all, then kinds in the order of TOKEN_KINDS, then buckets. Errors: ENGINE_FAILED. */
export async function kindSums(
  run: KindText,
  readout: Pick<Readout, 'encoder' | 'positions'>,
  { features, confidence, ...sides }: KindAsked,
  onRows: (done: number) => void,
): Promise<readonly KindSums[]> {
  const { blockLength, sequenceCount } = run.tokens.sequences
  const { groupStarts } = run.tokens
  const groups = groupStarts.length - 1
  const groupOf = groupOfEach(groupStarts)
  const bits = bitsOfRows(run.tokens, readout.positions, confidence)
  const places = Int32Array.from(features.keys())
  const open = (part: PredictedPart): KindSums => ({
    part,
    reference: emptyReferenceMoments(groups, places.length),
    candidate: emptyCandidateMoments(groups, places),
  })
  const sums = partsOf(run.tokens.kinds.told, confidence !== null).map(open)
  const masks = sums.map(({ part }) => bitOf(part))
  const rows = sequenceCount * blockLength
  await withProbe(readout.encoder, features, run.device, async (probe) => {
    for (let start = 0; start < rows; start += ROWS) {
      const batch = Int32Array.from({ length: Math.min(ROWS, rows - start) }, (_, i) => start + i)
      const [a, b] = [await probe(sides.reference, batch), await probe(sides.candidate, batch)]
      for (const [i, row] of batch.entries()) {
        const own = present(bits[row])
        if (own === 0) continue
        const group = present(groupOf[Math.floor(row / blockLength)])
        const at = i * features.length
        const into = sums.filter((_, k) => (own & present(masks[k])) !== 0)
        addRow(into, group, a.subarray(at, at + features.length), b.subarray(at, at + features.length))
      }
      onRows(start + batch.length)
    }
  })
  return sums
}

function partsOf(told: readonly TokenKind[], hasConfidence: boolean): readonly PredictedPart[] {
  const buckets = hasConfidence ? CONFIDENCE_EDGES.length - 1 : 0
  return [
    { by: 'all' },
    ...told.map((kind) => ({ by: 'kind' as const, kind })),
    ...Array.from({ length: buckets }, (_, bucket) => ({ by: 'confidence' as const, bucket })),
  ]
}

/** Kinds have their places among TOKEN_KINDS, buckets those behind them, and all the last of 32. */
function bitOf(part: PredictedPart): number {
  switch (part.by) {
    case 'all':
      return 1 << 31
    case 'kind':
      return 1 << TOKEN_KINDS.indexOf(part.kind)
    case 'confidence':
      return 1 << (TOKEN_KINDS.length + part.bucket)
  }
}

/** (rows) the parts that each is of; 0: it predicts nothing, or does not count. */
function bitsOfRows(
  { sequences, chunked, kinds }: KindText['tokens'],
  positions: string,
  confidence: KindAsked['confidence'],
): Int32Array {
  const { blockLength, sequenceCount } = sequences
  const counted = countedMask(positions, blockLength)
  const bits = new Int32Array(sequenceCount * blockLength)
  for (const [i, row] of chunked.scored.rows.entries()) {
    if (counted[row % blockLength] !== 1) continue
    const bucket = confidence === null ? null : bucketOf(present(confidence[i]))
    const sure = bucket === null ? 0 : bitOf({ by: 'confidence', bucket })
    bits[row] = bitOf({ by: 'all' }) | present(kinds.bits[i]) | sure
  }
  return bits
}

function addRow(into: readonly KindSums[], group: number, a: Float32Array, b: Float32Array): void {
  for (const { reference } of into) reference.positions[group] = present(reference.positions[group]) + 1
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k]!, b[k]!]
    if (x <= 0 && y <= 0) continue
    const at = group * a.length + k
    for (const { reference, candidate } of into) {
      reference.sum[at]! += x
      reference.sumOfSquares[at]! += x * x
      if (x > 0) reference.firings[k]! += 1
      candidate.sum[at]! += y
      candidate.sumOfSquares[at]! += y * y
      candidate.product[at]! += x * y
    }
  }
}
