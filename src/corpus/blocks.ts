/**
 * @file A token stream cut into blocks: consecutive, non-overlapping, the incomplete last one dropped (arXiv 2606.03002).
 *
 * Block length is what the model is given. A prepended BOS is one of its positions, so BOS + N − 1 tokens of text.
 */
import { createHash } from 'node:crypto'
import { corpusTooShort, tokenOutOfVocabulary } from '../errors/corpus.ts'
import type { Documents } from './documents.ts'
import type { LineEnds } from './line-ends.ts'
import type { TokenBlocks } from './token-blocks.ts'

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

/** Cut (n_token) into blocks. Errors: CORPUS_TOO_SHORT when there is not one whole block. */
export function cutBlocks(tokens: Int32Array, cut: Cut): TokenBlocks {
  const stream = cut.budget === null ? tokens : tokens.subarray(0, cut.budget)
  const prefix = cut.bos === null ? 0 : 1
  const textPerBlock = cut.blockLength - prefix
  const blockCount = Math.floor(stream.length / textPerBlock)
  if (blockCount === 0) throw corpusTooShort(cut.spec, stream.length, textPerBlock, cut.budget)
  const ids = new Int32Array(blockCount * cut.blockLength)
  for (let block = 0; block < blockCount; block++) {
    const start = block * cut.blockLength
    if (cut.bos !== null) ids[start] = cut.bos
    ids.set(stream.subarray(block * textPerBlock, (block + 1) * textPerBlock), start + prefix)
  }
  return {
    ids,
    blockCount,
    blockLength: cut.blockLength,
    bos: cut.bos,
    stream,
    sha256: hashIds(ids),
    droppedTokens: stream.length - blockCount * textPerBlock,
    lineEnds: cut.lineEnds,
    documents: cut.documents,
    specialIds: cut.specialIds,
  }
}

/** Every id in [0, vocabulary). Errors: TOKEN_OUT_OF_VOCABULARY. */
export function checkVocabulary(where: string, ids: Int32Array, vocabulary: number): void {
  const index = ids.findIndex((id) => id < 0 || id >= vocabulary)
  if (index >= 0) throw tokenOutOfVocabulary(where, ids[index] ?? 0, index, vocabulary)
}

/** sha256 of the ids as little-endian int32, hex. */
export function hashIds(ids: Int32Array): string {
  const bytes = new Uint8Array(ids.length * 4)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < ids.length; i++) view.setInt32(i * 4, ids[i]!, true)
  return createHash('sha256').update(bytes).digest('hex')
}
