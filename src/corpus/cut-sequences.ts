/**
 * @file A token stream cut into sequences: consecutive, non-overlapping, the incomplete last one dropped (arXiv 2606.03002).
 *
 * The block length is how many positions a sequence has. A prepended BOS is one of its positions, so BOS + N − 1 tokens of text.
 */
import { createHash } from 'node:crypto'
import { corpusTooShort } from '../errors/corpus.ts'
import type { Documents } from './documents.ts'
import type { LineEnds } from './line-ends.ts'
import type { TokenSequences } from './token-sequences.ts'

export interface Cut {
  /** For messages. */
  readonly spec: string
  readonly blockLength: number
  readonly bos: number | null
  /** Text tokens to use at most; null: all. */
  readonly budget: number | null
  readonly specialIds: readonly number[]
  readonly lineEnds: LineEnds | null
  readonly documents: Documents | null
}

/** Cut (n_token) into sequences. Errors: CORPUS_TOO_SHORT when there is not one whole sequence. */
export function cutSequences(tokens: Int32Array, cut: Cut): TokenSequences {
  const stream = cut.budget === null ? tokens : tokens.subarray(0, cut.budget)
  const prefix = cut.bos === null ? 0 : 1
  const textPerSequence = cut.blockLength - prefix
  const sequenceCount = Math.floor(stream.length / textPerSequence)
  if (sequenceCount === 0) throw corpusTooShort(cut.spec, stream.length, textPerSequence, cut.budget)
  const ids = new Int32Array(sequenceCount * cut.blockLength)
  for (let sequence = 0; sequence < sequenceCount; sequence++) {
    const start = sequence * cut.blockLength
    if (cut.bos !== null) ids[start] = cut.bos
    ids.set(stream.subarray(sequence * textPerSequence, (sequence + 1) * textPerSequence), start + prefix)
  }
  return {
    ids,
    sequenceCount,
    blockLength: cut.blockLength,
    bos: cut.bos,
    stream,
    sha256: hashIds(ids),
    droppedTokens: stream.length - sequenceCount * textPerSequence,
    lineEnds: cut.lineEnds,
    documents: cut.documents,
    specialIds: cut.specialIds,
  }
}

/** sha256 of the ids as little-endian int32, hex. */
export function hashIds(ids: Int32Array): string {
  const bytes = new Uint8Array(ids.length * 4)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < ids.length; i++) view.setInt32(i * 4, ids[i]!, true)
  return createHash('sha256').update(bytes).digest('hex')
}
