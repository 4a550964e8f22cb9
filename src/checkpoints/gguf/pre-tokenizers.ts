/**
 * @file How text is cut into words before merges apply, by the names in `tokenizer.ggml.pre`.
 *
 * Source: llama.cpp, src/llama-vocab.cpp (names, and which of them add a BOS token and ignore merges) and the
 * tokenizer.json of the models they come from (patterns). Case-insensitive groups are written out, since not every regex
 * engine has them. Names of models whose families cannot be read here are left out.
 */
import type { JsonObject } from '../../sources/json.ts'

export interface PreTokenizer {
  readonly steps: readonly JsonObject[]
  /** A word that is a token as a whole becomes that token, whatever the merges say. */
  readonly ignoreMerges: boolean
  /** Where the file has no `add_bos_token`. */
  readonly addsBos: boolean
}

const CONTRACTION = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])"
const UPPER = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]'
const LOWER = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]'
const LEAD = '[^\\r\\n\\p{L}\\p{N}]?'
const SPACES = '\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+'

const LLAMA3 = `${CONTRACTION}|${LEAD}\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|${SPACES}`
const QWEN2 = `${CONTRACTION}|${LEAD}\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|${SPACES}`
const TEKKEN = `${LEAD}${UPPER}*${LOWER}+|${LEAD}${UPPER}+${LOWER}*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|${SPACES}`
const GPT4O = `${LEAD}${UPPER}*${LOWER}+${CONTRACTION}?|${LEAD}${UPPER}+${LOWER}*${CONTRACTION}?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|${SPACES}`

/** Matches are words, and so is what lies between them. */
function split(pattern: string): JsonObject {
  return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false }
}

/** Bytes to printable characters; `words`: cut by GPT-2's pattern first. */
function byteLevel(words: boolean): JsonObject {
  return { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: words }
}

const gpt2: PreTokenizer = { steps: [byteLevel(true)], ignoreMerges: false, addsBos: false }
const digitsApart: PreTokenizer = { ...gpt2, steps: [split('\\p{N}'), byteLevel(true)] }
const cut = (pattern: string): PreTokenizer => ({ ...gpt2, steps: [split(pattern), byteLevel(false)] })
const llama3: PreTokenizer = { ...cut(LLAMA3), ignoreMerges: true, addsBos: true }

export const PRE_TOKENIZERS: ReadonlyMap<string, PreTokenizer> = new Map([
  ['default', gpt2],
  ['gpt-2', gpt2],
  ['olmo', gpt2],
  ['mpt', gpt2],
  ['phi-2', gpt2],
  ['smollm', digitsApart],
  ['starcoder', digitsApart],
  ['refact', digitsApart],
  ['llama3', llama3],
  ['llama-v3', llama3],
  ['llama-bpe', llama3],
  ['smaug-bpe', cut(LLAMA3)],
  ['dbrx', cut(LLAMA3)],
  ['qwen2', cut(QWEN2)],
  ['deepseek-r1-qwen', cut(QWEN2)],
  ['tekken', { ...cut(TEKKEN), ignoreMerges: true, addsBos: true }],
  ['gpt-4o', cut(GPT4O)],
])
