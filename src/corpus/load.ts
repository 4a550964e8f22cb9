/** @file From a corpus spec to sequences of token ids: text through the tokenizer, `tokens:FILE.npy` as they are. */
import type { CorpusConfig } from '../contract/options/audit-config.ts'
import {
  blockTooLong,
  blockTooShort,
  bosMissing,
  bosOfRows,
  corpusPathMissing,
  tokenizerBeyondModel,
  tokenizerNeeded,
} from '../errors/corpus.ts'
import { openFiles } from '../sources/open-files.ts'
import { cutSequences } from './cut-sequences.ts'
import type { Documents } from './documents.ts'
import { encodeCorpus } from './encode.ts'
import type { OpenFiles } from './places/chosen.ts'
import { readTokenIds, rowsWithin } from './token-ids.ts'
import type { TokenSequences } from './token-sequences.ts'
import type { TextTokenizer } from './tokenizers/tokenizer.ts'

export interface CorpusLimits {
  /** Rows of the model's embedding. */
  readonly vocabulary: number
  /** Longest sequence the model was made for, or null. */
  readonly maxPositions: number | null
  /** How files and repositories are opened; absent: as the environment says. */
  readonly open?: OpenFiles
}

const TOKENS = 'tokens:'

/**
 * Tokens ready for the model. `tokenizer` null: the reference has none, so only `tokens:` will do. `onProgress` hears
 * the fraction of the text that is tokenized.
 * Errors: those of errors/corpus.ts, and those of reading.
 */
export async function loadCorpus(
  config: CorpusConfig,
  tokenizer: TextTokenizer | null,
  limits: CorpusLimits,
  onProgress: (fraction: number) => void = () => {},
): Promise<TokenSequences> {
  checkBlockLength(config.blockLength, limits.maxPositions)
  if (config.source.startsWith(TOKENS)) return loadTokens(config, tokenizer, limits.vocabulary)
  if (tokenizer === null) throw tokenizerNeeded(config.source)
  return await loadText(config, tokenizer, limits, onProgress)
}

async function loadText(
  config: CorpusConfig,
  tokenizer: TextTokenizer,
  { vocabulary, open }: CorpusLimits,
  onProgress: (fraction: number) => void,
): Promise<TokenSequences> {
  const bos = chooseBos(config, tokenizer, vocabulary)
  const { tokens, lineEnds, documents, text } = await encodeCorpus(config, tokenizer, {
    open: open ?? openFiles,
    onProgress,
  })
  // The text is what it is: an id too large is the tokenizer's.
  const beyond = tokens.find((id) => id >= vocabulary)
  if (beyond !== undefined) throw tokenizerBeyondModel(tokenizer.file, beyond, vocabulary)
  const { specialIds } = tokenizer
  const leading = leadingBos(config, tokenizer, vocabulary)
  const cut = cutSequences(led(leading, tokens), {
    spec: config.source,
    blockLength: config.blockLength,
    bos,
    budget: config.tokens,
    specialIds,
    lineEnds,
    documents: leading === null ? documents : afterBos(documents),
  })
  return { ...cut, made: { text, tokenizer: tokenizer.sha256 } }
}

async function loadTokens(
  config: CorpusConfig,
  tokenizer: TextTokenizer | null,
  vocabulary: number,
): Promise<TokenSequences> {
  const path = config.source.slice(TOKENS.length)
  if (path === '') throw corpusPathMissing(config.source)
  const tokens = await readTokenIds(path, vocabulary)
  const cut = {
    spec: config.source,
    blockLength: config.blockLength,
    specialIds: [],
    lineEnds: null,
    documents: null,
  }
  if (tokens.rowLength === null) {
    const bos = chooseBos(config, tokenizer, vocabulary)
    const ids = led(leadingBos(config, tokenizer, vocabulary), tokens.ids)
    return cutSequences(ids, { ...cut, bos, budget: config.tokens })
  }
  if (config.bos === 'stream') throw bosOfRows(path)
  const bos = config.bos === 'always' ? chooseBos(config, tokenizer, vocabulary) : null
  const ids = rowsWithin(path, tokens, tokens.rowLength, config)
  return cutSequences(ids, { ...cut, bos, budget: null })
}

function checkBlockLength(blockLength: number, maxPositions: number | null): void {
  if (blockLength < 2) throw blockTooShort(blockLength)
  if (maxPositions !== null && blockLength > maxPositions) throw blockTooLong(blockLength, maxPositions)
}

/** The token that stands once before the whole text; null: none does. Errors: BOS_MISSING, TOKENIZER_BEYOND_MODEL. */
const leadingBos = (
  config: CorpusConfig,
  tokenizer: TextTokenizer | null,
  vocabulary: number,
): number | null =>
  config.bos === 'stream' ? chooseBos({ ...config, bos: 'always' }, tokenizer, vocabulary) : null

function led(bos: number | null, tokens: Int32Array): Int32Array {
  if (bos === null) return tokens
  const all = new Int32Array(tokens.length + 1)
  all[0] = bos
  all.set(tokens, 1)
  return all
}

/** Where documents begin, one token later: the first one has the BOS. */
const afterBos = (documents: Documents | null): Documents | null =>
  documents && { ...documents, starts: documents.starts.map((start) => (start === 0 ? 0 : start + 1)) }

/**
 * The token to put before every sequence. `auto`: what the post-processor prepends; `always`: the tokenizer's bos_token.
 * Errors: BOS_MISSING, TOKENIZER_BEYOND_MODEL.
 */
export function chooseBos(
  config: CorpusConfig,
  tokenizer: TextTokenizer | null,
  vocabulary: number,
): number | null {
  if (config.bos === 'never' || config.bos === 'stream') return null
  const automatic = tokenizer?.bosFromPostProcessor ?? null
  const bos = config.bos === 'always' ? (tokenizer?.bosToken ?? automatic) : automatic
  if (bos === null && config.bos === 'always') throw bosMissing(config.source)
  if (bos !== null && tokenizer !== null && (bos < 0 || bos >= vocabulary))
    throw tokenizerBeyondModel(`the BOS of ${tokenizer.file}`, bos, vocabulary)
  return bos
}
