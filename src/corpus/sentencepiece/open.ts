/**
 * @file A SentencePiece model as a model's tokenizer, where a folder has no tokenizer.json. Tokens that were added to it
 * (added_tokens.json, tokenizer_config.json) are found in the text first, and what lies between is encoded by itself, as
 * transformers' own slow tokenizers do.
 */

import { createHash } from 'node:crypto'
import { refuseStandIn } from '../../bytes/stand-in.ts'
import { tokenizerUnsupported } from '../../errors/corpus.ts'
import { isJsonObject, type JsonObject, MAX_JSON_BYTES, readJsonObject } from '../../sources/json.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { readChatSource } from '../tokenizers/chat-source.ts'
import type { TextTokenizer } from '../tokenizers/text-tokenizer.ts'
import { tokenText } from '../tokenizers/token-text.ts'
import { SentencePieceEncoder } from './encoder.ts'
import { readModelFile, type SentencePieceModel } from './model-file.ts'

/** As transformers, and the authors of the models, call it. */
export const SENTENCE_PIECE_FILE = /^(?:tokenizer|spiece|sentencepiece(?:\.bpe)?)\.model$/

/** Tokenizers that put the BOS before a text where their config says nothing. */
const ADDS_BOS = /^(Llama|CodeLlama|Gemma|Mistral|Baichuan|InternLM2?|Yi)Tokenizer/

/** Errors: TOKENIZER_UNSUPPORTED, those of reading. */
export async function openSentencePiece(files: PinnedFiles): Promise<TextTokenizer | null> {
  const name = files.names.find((one) => SENTENCE_PIECE_FILE.test(one))
  if (name === undefined) return null
  const file = `${files.spec}: ${name}`
  const bytes = await bytesOf(files, name, file)
  const model = readModelFile(file, bytes)
  const config = await readBeside(files, 'tokenizer_config.json')
  const added = addedTokens(model, config, await readBeside(files, 'added_tokens.json'))
  const encoder = new SentencePieceEncoder(model)
  const named = (key: string): number | null => {
    const token = config[key]
    const content = isJsonObject(token) ? token.content : token
    return typeof content === 'string' ? (added.get(content) ?? idOf(model, content)) : null
  }
  const bosToken = named('bos_token') ?? model.bosId
  const adds = config.add_bos_token ?? ADDS_BOS.test(String(config.tokenizer_class ?? ''))
  return {
    file,
    encode: (text) => encodeBetween(text, added, encoder),
    cut: null,
    bosFromPostProcessor: adds === true ? bosToken : null,
    bosToken,
    eosToken: named('eos_token') ?? model.eosId,
    specialIds: model.pieces.flatMap(({ kind }, id) =>
      kind === 'control' || kind === 'unknown' ? [id] : [],
    ),
    text: tokenText(piecesOf(model, added), 'metaspace'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    chat: await readChatSource(files, config),
  }
}

async function bytesOf(files: PinnedFiles, name: string, file: string): Promise<Uint8Array> {
  const source = await files.open(name)
  try {
    if (source.byteLength > MAX_JSON_BYTES)
      throw tokenizerUnsupported(file, `it has ${source.byteLength} bytes, more than ${MAX_JSON_BYTES}`)
    await refuseStandIn(source)
    return await source.read(0, source.byteLength)
  } finally {
    await source.close()
  }
}

async function readBeside(files: PinnedFiles, name: string): Promise<JsonObject> {
  return files.has(name) ? await readJsonObject(files, name) : {}
}

function idOf({ pieces }: SentencePieceModel, text: string): number | null {
  const id = pieces.findIndex((piece) => piece.text === text)
  return id < 0 ? null : id
}

const piecesOf = (
  { pieces }: SentencePieceModel,
  added: ReadonlyMap<string, number>,
): ReadonlyMap<number, string> =>
  new Map([
    ...pieces.map(({ text }, id) => [id, text] as const),
    ...[...added].map(([text, id]) => [id, text] as const),
  ])

/** Content → id: the model's own control pieces are among them, since transformers finds them in the text too. */
function addedTokens(
  model: SentencePieceModel,
  config: JsonObject,
  beside: JsonObject,
): ReadonlyMap<string, number> {
  const tokens = new Map<string, number>()
  for (const [id, { text, kind }] of model.pieces.entries()) if (kind === 'control') tokens.set(text, id)
  for (const [content, id] of Object.entries(beside)) if (typeof id === 'number') tokens.set(content, id)
  const decoder = isJsonObject(config.added_tokens_decoder) ? config.added_tokens_decoder : {}
  for (const [id, token] of Object.entries(decoder))
    if (isJsonObject(token) && typeof token.content === 'string' && /^\d{1,9}$/.test(id))
      tokens.set(token.content, Number(id))
  tokens.delete('')
  return tokens
}

function encodeBetween(
  text: string,
  added: ReadonlyMap<string, number>,
  encoder: SentencePieceEncoder,
): Int32Array {
  if (added.size === 0) return encoder.encode(text)
  const contents = [...added.keys()].sort((a, b) => b.length - a.length)
  const pattern = new RegExp(
    `(${contents.map((one) => one.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')})`,
  )
  const ids = text.split(pattern).map((part) => {
    const id = added.get(part)
    return id === undefined ? encoder.encode(part) : Int32Array.of(id)
  })
  return Int32Array.from(ids.flatMap((part) => [...part]))
}
