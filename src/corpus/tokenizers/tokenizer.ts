/**
 * @file A model's own tokenizer, from tokenizer.json, through @huggingface/tokenizers.
 *
 * Text is encoded as one string, without special tokens, exactly as the library gives it. Which token a model expects
 * in front is found by asking: the post-processor runs on a probe, and what it puts before it is the BOS. What is
 * left out: vocab.json with merges.txt, which needs converting first. Where there is no tokenizer.json, a SentencePiece
 * model is read (../sentencepiece).
 */

import { createHash } from 'node:crypto'
import { Tokenizer } from '@huggingface/tokenizers'
import { refuseStandIn } from '../../bytes/stand-in.ts'
import { tokenizerUnsupported, tokenUnknown } from '../../errors/corpus.ts'
import { SaegateError } from '../../errors/problem.ts'
import {
  describeJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  MAX_JSON_BYTES,
  readJsonObject,
} from '../../sources/json.ts'
import { syntaxReason } from '../../sources/json-syntax.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { openSentencePiece, SENTENCE_PIECE_FILE } from '../sentencepiece/open.ts'
import { type Allowance, Bounds, GENEROUS, type StepHolder } from './bounded-tokenizer.ts'
import { readChatSource } from './chat-source.ts'
import { cutRule } from './cut-points.ts'
import type { TextTokenizer } from './text-tokenizer.ts'
import { type Spelling, tokenText } from './token-text.ts'
import { checkTokenizer } from './tokenizer-shape.ts'
import { vocabularyEntries } from './vocabulary-entries.ts'

export type { TextTokenizer } from './text-tokenizer.ts'

/** What is used of the library, whose own declarations do not resolve under Node's module rules. */
interface LibraryTokenizer extends StepHolder {
  /** An id is undefined where neither the token nor an unknown token has one. */
  encode(
    text: string,
    options: { add_special_tokens: boolean },
  ): { readonly ids: readonly (number | undefined)[]; readonly tokens: readonly string[] }
  token_to_id(token: string): number | undefined
  get_added_tokens_decoder(): ReadonlyMap<number, { readonly special: boolean }>
}

/** Anything that is tokenized to one token or more would do; every vocabulary has this one. */
const PROBE = 'a'

/**
 * The tokenizer of a model folder, or of a tokenizer.json or SentencePiece model named by itself. Null: the folder has none.
 * Errors: TOKENIZER_UNSUPPORTED, TOKENIZER_TOO_SLOW, TOKENIZER_GROWS, those of reading.
 */
export async function openTokenizer(
  files: PinnedFiles,
  allowance: Allowance = GENEROUS,
): Promise<TextTokenizer | null> {
  const name = tokenizerFile(files)
  if (name === null)
    return files.names.some((one) => SENTENCE_PIECE_FILE.test(one)) ? await openSentencePiece(files) : null
  const { definition, sha256 } = await readDefinition(files, name)
  const config = await readBeside(files, 'tokenizer_config.json')
  const model = await readBeside(files, 'config.json')
  const file = `${files.spec}: ${name}`
  checkTokenizer(file, definition)
  const cut = cutRule(definition, config)
  // What may be cut has steps that are known, which are quick and make nothing longer.
  const bounds = cut === null ? new Bounds(file, allowance) : null
  if (bounds !== null) rehearse(file, definition, bounds)
  const tokenizer = construct(file, definition, config)
  bounds?.watch(tokenizer, definition)
  const run: Run = (text, special) => {
    const encode = (): Encoded => encodeText(tokenizer, file, text, special)
    return bounds === null ? encode() : bounds.within(text.length, encode)
  }
  const named = (key: 'bos_token' | 'eos_token') =>
    tokenId(tokenizer, config[key]) ?? wholeNumber(model[`${key}_id`])
  return {
    file,
    encode: (text) => encodeWhole(run, file, text),
    cut,
    bosFromPostProcessor: prependedToken(run, file),
    bosToken: named('bos_token'),
    eosToken: named('eos_token'),
    specialIds: specialIds(tokenizer),
    text: tokenText(piecesOf(definition), spellingOf(definition)),
    sha256,
    chat: await readChatSource(files, config),
  }
}

const piecesOf = (definition: JsonObject): ReadonlyMap<number, string> =>
  new Map(vocabularyEntries(definition).map(([token, id]) => [id, token]))

/** Told by its decoder, or by what it cuts text with; else pieces are spelled as SentencePiece's. */
function spellingOf({ model, decoder, pre_tokenizer: words }: JsonObject): Spelling {
  if (isJsonObject(model) && model.type === 'WordPiece') return 'wordpiece'
  return /"type":"ByteLevel"/.test(JSON.stringify([decoder ?? null, words ?? null]))
    ? 'byte-level'
    : 'metaspace'
}

/** tokenizer.json of a folder, or the one JSON file that was named by itself; null: neither. */
export function tokenizerFile(files: PinnedFiles): string | null {
  if (files.has('tokenizer.json')) return 'tokenizer.json'
  const [only, ...others] = files.names
  return only?.endsWith('.json') && others.length === 0 ? only : null
}

/**
 * Not through `readJson`: a vocabulary is the one JSON object whose keys are arbitrary (`__proto__` is a fair token of
 * a code model), and it is read by entries only.
 */
async function readDefinition(
  files: PinnedFiles,
  name: string,
): Promise<{ definition: JsonObject; sha256: string }> {
  const source = await files.open(name)
  try {
    if (source.byteLength > MAX_JSON_BYTES) {
      throw tokenizerUnsupported(
        source.name,
        `it has ${source.byteLength} bytes, more than ${MAX_JSON_BYTES}`,
      )
    }
    await refuseStandIn(source)
    const bytes = await source.read(0, source.byteLength)
    const definition = parse(source.name, bytes)
    return { definition, sha256: createHash('sha256').update(bytes).digest('hex') }
  } finally {
    await source.close()
  }
}

function parse(name: string, bytes: Uint8Array): JsonObject {
  const value = parseValue(name, bytes)
  if (isJsonObject(value)) return value
  throw tokenizerUnsupported(name, `it holds ${describeJson(value)}; a JSON object was expected`)
}

function parseValue(name: string, bytes: Uint8Array): JsonValue {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw tokenizerUnsupported(name, 'it is not UTF-8 text')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw tokenizerUnsupported(
      name,
      `it is not JSON: ${syntaxReason(text) ?? 'for no reason that was found'}`,
    )
  }
}

async function readBeside(files: PinnedFiles, name: string): Promise<JsonObject> {
  return files.has(name) ? readJsonObject(files, name) : {}
}

function construct(file: string, definition: JsonObject, config: JsonObject): LibraryTokenizer {
  try {
    return new Tokenizer(definition, config)
  } catch (error) {
    throw tokenizerUnsupported(file, reasonOf(error))
  }
}

/**
 * The library runs the normalizer over every added token as it is made, out of our sight: so a tokenizer of the same steps and no
 * tokens runs over them first.
 */
function rehearse(file: string, definition: JsonObject, bounds: Bounds): void {
  const { added_tokens: added } = definition
  const model = { type: 'BPE', vocab: { a: 0 }, merges: [] }
  const tokenizer = construct(file, { ...definition, model, post_processor: null, added_tokens: [] }, {})
  bounds.watch(tokenizer, definition)
  const contents = (Array.isArray(added) ? added : []).flatMap((token: JsonValue) =>
    isJsonObject(token) && typeof token.content === 'string' ? [token.content] : [],
  )
  const characters = contents.reduce((sum, { length }) => sum + length, 0)
  bounds.within(characters, () => {
    for (const content of contents) encodeText(tokenizer, file, content, false)
  })
}

type Encoded = ReturnType<LibraryTokenizer['encode']>
type Run = (text: string, special: boolean) => Encoded

function encodeWhole(run: Run, file: string, text: string): Int32Array {
  const { ids, tokens } = run(text, false)
  return Int32Array.from(ids, (id, at) => {
    if (id === undefined) throw tokenUnknown(file, tokens[at] ?? '')
    return id
  })
}

function encodeText(tokenizer: LibraryTokenizer, file: string, text: string, special: boolean): Encoded {
  try {
    return tokenizer.encode(text, { add_special_tokens: special })
  } catch (error) {
    if (error instanceof SaegateError) throw error
    throw tokenizerUnsupported(file, reasonOf(error))
  }
}

/** The library's own words; where it stumbled instead, JavaScript's would help nobody. */
function reasonOf(error: unknown): string {
  if (error instanceof TypeError || error instanceof RangeError)
    return 'its normalizer, pre_tokenizer, post_processor or decoder has parts that are missing or of the wrong kind'
  return (error instanceof Error ? error.message : String(error)).slice(0, 200)
}

function prependedToken(run: Run, file: string): number | null {
  const bare = run(PROBE, false).ids
  const dressed = run(PROBE, true).ids
  const before = dressed.findIndex((_, at) => bare.every((id, i) => dressed[at + i] === id))
  if (before === 0) return null
  if (before === 1) return dressed[0] ?? null
  throw tokenizerUnsupported(file, 'its post-processor puts more than one token before the text')
}

function tokenId(tokenizer: LibraryTokenizer, token: JsonValue | undefined): number | null {
  const content = isJsonObject(token) ? token.content : token
  return typeof content === 'string' ? (tokenizer.token_to_id(content) ?? null) : null
}

function wholeNumber(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isInteger(value) ? value : null
}

function specialIds(tokenizer: LibraryTokenizer): number[] {
  const added = [...tokenizer.get_added_tokens_decoder()]
  return added.flatMap(([id, token]) => (token.special ? [id] : [])).sort((a, b) => a - b)
}
