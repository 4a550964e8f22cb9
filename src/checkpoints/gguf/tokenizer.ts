/**
 * @file The tokenizer in a GGUF file, as the tokenizer.json and tokenizer_config.json that it was converted from.
 *
 * Two kinds: `gpt2` (byte-level BPE: tokens, merges and the name of a pre-tokenizer) and `llama` (SentencePiece BPE:
 * tokens with scores, from which merges are derived). Others (t5, bert, rwkv) are refused by name.
 */
import { ggufKeyInvalid, ggufKeyMissing, ggufTokenizerUnsupported } from '../../errors/gguf.ts'
import type { JsonObject } from '../../sources/json.ts'
import type { ModelMetadata } from './model-metadata.ts'
import { PRE_TOKENIZERS } from './pre-tokenizers.ts'
import { MOST_PIECE_CHARACTERS, piecesToMerges } from './sentence-pieces.ts'

export interface TokenizerFiles {
  /** tokenizer.json */
  readonly tokenizer: JsonObject
  /** tokenizer_config.json: `add_bos_token`, `bos_token`, `eos_token`. */
  readonly config: JsonObject
}

/** Largest published: 262,208. */
const MOST_TOKENS = 2 ** 20

/** Values of `tokenizer.ggml.token_type` (llama.h, `llama_token_type`). */
const NORMAL = 1
const UNKNOWN = 2
const CONTROL = 3
const USER_DEFINED = 4

/** Rows without a token: converters fill them with these. */
const FILLER = /^\[PAD\d+\]$/

interface Vocabulary {
  readonly tokens: readonly string[]
  /** One per token; all NORMAL where the file has none. */
  readonly types: Float64Array
}

/** Null where the file has no tokenizer. Errors: GGUF_TOKENIZER_UNSUPPORTED, GGUF_KEY_MISSING, GGUF_KEY_INVALID. */
export function ggufTokenizer(metadata: ModelMetadata): TokenizerFiles | null {
  const kind = metadata.tokenizerText('model')
  if (kind === null || kind === 'none' || kind === 'no_vocab') return null
  const vocabulary = readVocabulary(metadata)
  if (kind === 'gpt2') return byteLevelTokenizer(metadata, vocabulary)
  if (kind === 'llama') return sentencePieceTokenizer(metadata, vocabulary)
  throw ggufTokenizerUnsupported(metadata.file, `tokenizer.ggml.model is "${kind}"; known are gpt2 and llama`)
}

function readVocabulary(metadata: ModelMetadata): Vocabulary {
  const tokens = metadata.tokenizerTexts('tokens')
  if (tokens === null) throw ggufKeyMissing(metadata.file, 'tokenizer.ggml.tokens')
  if (tokens.length === 0 || tokens.length > MOST_TOKENS) {
    const allowed = `between 1 and ${MOST_TOKENS} tokens`
    throw ggufKeyInvalid(metadata.file, 'tokenizer.ggml.tokens', `a list of ${tokens.length}`, allowed)
  }
  const types = metadata.tokenizerNumbers('token_type', tokens.length)
  return { tokens, types: types ?? new Float64Array(tokens.length).fill(NORMAL) }
}

function byteLevelTokenizer(metadata: ModelMetadata, vocabulary: Vocabulary): TokenizerFiles {
  const name = metadata.tokenizerText('pre') ?? 'default'
  const words = PRE_TOKENIZERS.get(name)
  if (words === undefined) {
    const known = [...PRE_TOKENIZERS.keys()].join(', ')
    throw ggufTokenizerUnsupported(metadata.file, `tokenizer.ggml.pre is "${name}"; known are ${known}`)
  }
  const merges = metadata.tokenizerTexts('merges')
  if (merges === null) throw ggufKeyMissing(metadata.file, 'tokenizer.ggml.merges')
  const byteLevel = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }
  return tokenizerFiles(metadata, vocabulary, words.addsBos, {
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: words.steps },
    decoder: byteLevel,
    model: { ...bpe(vocabulary, merges), ignore_merges: words.ignoreMerges },
  })
}

function sentencePieceTokenizer(metadata: ModelMetadata, vocabulary: Vocabulary): TokenizerFiles {
  const { tokens, types } = vocabulary
  const scores = metadata.tokenizerNumbers('scores', tokens.length)
  if (scores === null) throw ggufKeyMissing(metadata.file, 'tokenizer.ggml.scores')
  const pieces = tokens.flatMap((text, id) =>
    types[id] === NORMAL ? [{ text, id, score: scores[id] ?? 0 }] : [],
  )
  const tooLong = pieces.find(({ text }) => text.length > MOST_PIECE_CHARACTERS)
  if (tooLong !== undefined) {
    const reason = `token ${tooLong.id} has ${tooLong.text.length} characters; SentencePiece models stay below ${MOST_PIECE_CHARACTERS}`
    throw ggufTokenizerUnsupported(metadata.file, reason)
  }
  const spaces = { type: 'Replace', pattern: { String: ' ' }, content: '▁' }
  const prefix = metadata.tokenizerFlag('add_space_prefix', true)
  const strip = prefix ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : []
  const unknown = types.indexOf(UNKNOWN)
  return tokenizerFiles(metadata, vocabulary, true, {
    normalizer: {
      type: 'Sequence',
      normalizers: prefix ? [{ type: 'Prepend', prepend: '▁' }, spaces] : [spaces],
    },
    pre_tokenizer: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        ...strip,
      ],
    },
    model: {
      ...bpe(vocabulary, piecesToMerges(pieces)),
      unk_token: tokens[unknown] ?? null,
      fuse_unk: true,
      byte_fallback: true,
    },
  })
}

function bpe({ tokens }: Vocabulary, merges: readonly (string | readonly string[])[]): JsonObject {
  const ids = new Map<string, number>()
  for (const [id, token] of tokens.entries()) {
    if (!ids.has(token) && !FILLER.test(token)) ids.set(token, id)
  }
  return {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    vocab: Object.fromEntries(ids),
    merges,
  }
}

function tokenizerFiles(
  metadata: ModelMetadata,
  vocabulary: Vocabulary,
  addsBos: boolean,
  parts: JsonObject,
): TokenizerFiles {
  const bos = specialToken(metadata, vocabulary, 'bos')
  const eos = specialToken(metadata, vocabulary, 'eos')
  const addBos = metadata.tokenizerFlag('add_bos_token', addsBos) && bos !== null
  const addEos = metadata.tokenizerFlag('add_eos_token', false) && eos !== null
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: addedTokens(vocabulary),
    ...parts,
    post_processor: template(addBos ? bos : null, addEos ? eos : null),
  }
  const config = {
    add_bos_token: addBos,
    add_eos_token: addEos,
    bos_token: bos?.text ?? null,
    eos_token: eos?.text ?? null,
    clean_up_tokenization_spaces: false,
  }
  return { tokenizer, config }
}

interface Token {
  readonly id: number
  readonly text: string
}

function specialToken(metadata: ModelMetadata, { tokens }: Vocabulary, name: 'bos' | 'eos'): Token | null {
  const id = metadata.tokenId(`${name}_token_id`)
  if (id === null) return null
  const text = tokens[id]
  if (text === undefined) {
    const key = `tokenizer.ggml.${name}_token_id`
    throw ggufKeyInvalid(metadata.file, key, String(id), `one of the ${tokens.length} tokens`)
  }
  return { id, text }
}

/** Tokens that are found in the text before anything else; control tokens are special. */
function addedTokens({ tokens, types }: Vocabulary): readonly JsonObject[] {
  return tokens.flatMap((content, id) => {
    const type = types[id]
    const special = type === CONTROL || type === UNKNOWN
    if ((!special && type !== USER_DEFINED) || FILLER.test(content) || content === '') return []
    return [{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special }]
  })
}

/** Put BOS before and EOS after a text. */
function template(bos: Token | null, eos: Token | null): JsonObject | null {
  if (bos === null && eos === null) return null
  const piece = (token: Token, type: number) => [{ SpecialToken: { id: token.text, type_id: type } }]
  const sequence = (id: string, type: number): readonly JsonObject[] => [
    ...(bos ? piece(bos, type) : []),
    { Sequence: { id, type_id: type } },
    ...(eos ? piece(eos, type) : []),
  ]
  const named = [bos, eos].flatMap((token) => (token === null ? [] : [token]))
  return {
    type: 'TemplateProcessing',
    single: sequence('A', 0),
    pair: [...sequence('A', 0), ...sequence('B', 1)],
    special_tokens: Object.fromEntries(
      named.map(({ id, text }) => [text, { id: text, ids: [id], tokens: [text] }]),
    ),
  }
}
