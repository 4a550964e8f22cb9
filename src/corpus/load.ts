/** @file From a corpus spec to sequences of token ids: `./file.txt` through the tokenizer, `tokens:FILE.npy` as they are. */
import type { CorpusConfig } from '../contract/options/audit-config.ts'
import {
  blockTooLong,
  blockTooShort,
  bosMissing,
  corpusEmpty,
  corpusPathMissing,
  corpusUnsupported,
  tokenizerNeeded,
  tokenOutOfVocabulary,
} from '../errors/corpus.ts'
import { checkVocabulary, cutSequences } from './cut-sequences.ts'
import { documentsOfStream, type EncodedPieces, inTokens } from './documents.ts'
import { encodePieces } from './pieces.ts'
import { readText } from './text.ts'
import { readTokenIds, rowsWithin } from './token-ids.ts'
import type { TokenSequences } from './token-sequences.ts'
import type { TextTokenizer } from './tokenizer.ts'

export interface CorpusLimits {
  /** Rows of the model's embedding. */
  readonly vocabulary: number
  /** Longest sequence the model was made for, or null. */
  readonly maxPositions: number | null
}

const TOKENS = 'tokens:'

/** What is known of but not read yet, and what to call it. */
const UNSUPPORTED: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/^hf:/, 'a dataset of the Hugging Face Hub'],
  [/^wikitext-/, 'the WikiText shorthand'],
  [/\.jsonl(\.gz)?$/i, 'JSON lines'],
  [/\.parquet$/i, 'Parquet'],
  [/\.(gz|zst|xz|bz2|zip)$/i, 'compressed text'],
]

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
  for (const [pattern, kind] of UNSUPPORTED) {
    if (pattern.test(config.source)) throw corpusUnsupported(config.source, kind)
  }
  if (tokenizer === null) throw tokenizerNeeded(config.source)
  return loadText(config, tokenizer, limits.vocabulary, onProgress)
}

async function loadText(
  config: CorpusConfig,
  tokenizer: TextTokenizer,
  vocabulary: number,
  onProgress: (fraction: number) => void,
): Promise<TokenSequences> {
  const bos = chooseBos(config, tokenizer, vocabulary)
  const { text, lineEnds, documents } = await readText(config.source, config)
  const { cut, encode, specialIds } = tokenizer
  const pieces: EncodedPieces = { characters: [], tokens: [] }
  const onPiece = (characters: number, count: number) => {
    pieces.characters.push(characters)
    pieces.tokens.push(count)
  }
  const tokens = await encodePieces(text, encode, { cut, budget: config.tokens, onProgress, onPiece })
  if (tokens.length === 0) throw corpusEmpty(config.source, 'text')
  checkVocabulary(config.source, tokens, vocabulary)
  return cutSequences(tokens, {
    spec: config.source,
    blockLength: config.blockLength,
    bos,
    budget: config.tokens,
    specialIds,
    lineEnds,
    documents: documentsOfStream(tokens, specialIds) ?? (documents && inTokens(documents, pieces)),
  })
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
    return cutSequences(tokens.ids, { ...cut, bos, budget: config.tokens })
  }
  const bos = config.bos === 'always' ? chooseBos(config, tokenizer, vocabulary) : null
  const ids = rowsWithin(path, tokens, tokens.rowLength, config)
  return cutSequences(ids, { ...cut, bos, budget: null })
}

function checkBlockLength(blockLength: number, maxPositions: number | null): void {
  if (blockLength < 2) throw blockTooShort(blockLength)
  if (maxPositions !== null && blockLength > maxPositions) throw blockTooLong(blockLength, maxPositions)
}

/**
 * The token to put before every sequence. `auto`: what the post-processor prepends; `always`: the tokenizer's bos_token.
 * Errors: BOS_MISSING, TOKEN_OUT_OF_VOCABULARY.
 */
export function chooseBos(
  config: CorpusConfig,
  tokenizer: TextTokenizer | null,
  vocabulary: number,
): number | null {
  if (config.bos === 'never') return null
  const automatic = tokenizer?.bosFromPostProcessor ?? null
  const bos = config.bos === 'always' ? (tokenizer?.bosToken ?? automatic) : automatic
  if (bos === null && config.bos === 'always') throw bosMissing(config.source)
  if (bos !== null && (bos < 0 || bos >= vocabulary)) throw tokenOutOfVocabulary('BOS', bos, 0, vocabulary)
  return bos
}
