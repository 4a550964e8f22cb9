/** @file Tokens as the audit sees them: sequences for the features and the chunked loss, the stream for sliding windows. */

import type { Documents } from './documents.ts'
import type { LineEnds } from './line-ends.ts'

export interface TokenSequences {
  /** (n_block, blockLength), row-major: what the model is given, a prepended BOS included. */
  readonly ids: Int32Array
  readonly sequenceCount: number
  readonly blockLength: number
  /** The prepended token, or null. It is position 0 of every sequence. */
  readonly bos: number | null
  /** The text's tokens in order, without BOS, cut to the token budget: what sliding windows run over. */
  readonly stream: Int32Array
  /** sha256 of `ids` as little-endian int32, hex. */
  readonly sha256: string
  /** Tokens of the text that fell into no sequence (the incomplete last one). */
  readonly droppedTokens: number
  /** Of the text; null for `tokens:` corpora. */
  readonly lineEnds: LineEnds | null
  /** Where the documents of the stream begin, in its tokens; null: not known. */
  readonly documents: Documents | null
  /** Special-token ids of the tokenizer (for SAEs with exclude_special_tokens); empty for `tokens:` corpora. */
  readonly specialIds: readonly number[]
  /** What the ids were made of; absent for `tokens:` corpora. */
  readonly made?: MadeFrom
}

/** Why two corpora have other ids: another text, another order of it, another tokenizer. */
export interface MadeFrom {
  readonly text: TextIdentity
  /** sha256 of the tokenizer's file. */
  readonly tokenizer: string
}

export interface TextIdentity {
  /** Of the text as the tokenizer was given it, in order: a file whole, of records those that were read. */
  readonly sha256: string
  /** The same whatever the order of the records. */
  readonly unordered: string
  /** null: a text file. */
  readonly records: RecordsRead | null
  readonly revision: string | null
  readonly files: readonly string[]
}

export interface RecordsRead {
  readonly field: string
  readonly read: number
  /** Of these, without the field. */
  readonly without: number
  readonly subset: number | null
  readonly seed: number
}
