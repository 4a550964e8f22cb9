/** @file What a tokenizer is to a corpus, whatever file it came from. */
import type { ChatSource } from './chat-source.ts'
import type { CutRule } from './cut-points.ts'
import type { TokenText } from './token-text.ts'

export interface TextTokenizer {
  /** Its file, for messages. */
  readonly file: string
  /** Token ids of the text alone, no special tokens added. Errors: TOKEN_UNKNOWN. */
  encode(text: string): Int32Array
  /** Where a long text may be cut without changing its ids (see cut-points.ts); null: nowhere that is known. */
  readonly cut: CutRule | null
  /** What the post-processor prepends to a single sequence, or null. */
  readonly bosFromPostProcessor: number | null
  /** bos_token of tokenizer_config.json, else bos_token_id of config.json, else null. */
  readonly bosToken: number | null
  readonly eosToken: number | null
  /** Ids of the special tokens, ascending. */
  readonly specialIds: readonly number[]
  /** Tokens as text again, for people. */
  readonly text: TokenText
  /** sha256 of its file (tokenizer.json, tokenizer.model), hex. */
  readonly sha256: string
  /** How it writes conversations. */
  readonly chat?: ChatSource
}
