/**
 * @file Is a tokenizer.json what @huggingface/tokenizers takes it for? The library checks next to nothing: an id of 1.5
 * is cut to 1 in silence, and a list that is missing ends in a message about JavaScript. What shapes ids is checked
 * here: the vocabulary, the merges and the added tokens. One pass over each: half a second at most for 256,000 tokens.
 */
import { tokenizerUnsupported } from '../../errors/corpus.ts'
import { describeJson, isJsonObject, type JsonObject, type JsonValue } from '../../sources/json.ts'

/** Ids are held as int32. */
const LARGEST_ID = 2 ** 31 - 1

const TYPES: readonly JsonValue[] = ['BPE', 'Unigram', 'WordPiece', 'WordLevel']

/** Characters of a found value that are shown in a message. */
const SHOWN_CHARACTERS = 60

/** Errors: TOKENIZER_UNSUPPORTED, naming the part, the token and what was found. */
export function checkTokenizer(file: string, definition: JsonObject): void {
  const flaw = modelFlaw(definition.model) ?? addedTokensFlaw(definition.added_tokens)
  if (flaw !== null) throw tokenizerUnsupported(file, flaw)
}

function modelFlaw(model: JsonValue | undefined): string | null {
  if (!isJsonObject(model)) return `its model is ${describeJson(model)}, not an object`
  const { vocab, merges } = model
  const type = model.type ?? null
  if (type !== null && !TYPES.includes(type))
    return `its model.type is ${shown(type)}; ${TYPES.join(', ')} are known`
  // Files of before 2020 name no type; the library goes by what is there.
  if (type === 'Unigram' || (type === null && Array.isArray(vocab))) return unigramFlaw(vocab)
  if (!isJsonObject(vocab))
    return `its model.vocab is ${describeJson(vocab)}; an object that gives every token's id is needed`
  return vocabularyFlaw(vocab) ?? (type === 'BPE' || merges !== undefined ? mergesFlaw(model, vocab) : null)
}

/** Every id is one, and no two tokens have the same: whichever came last would count. */
function vocabularyFlaw(vocab: JsonObject): string | null {
  const named = new Map<JsonValue, string>()
  for (const [token, id] of Object.entries(vocab)) {
    if (!isId(id)) return idFlaw(token, id)
    const other = named.get(id)
    if (other !== undefined)
      return `its tokens ${shown(other)} and ${shown(token)} have the same id, ${shown(id)}`
    named.set(id, token)
  }
  return null
}

/** The ids of a Unigram model are the places in its list. */
function unigramFlaw(vocab: JsonValue | undefined): string | null {
  if (!Array.isArray(vocab))
    return `its model.vocab is ${describeJson(vocab)}; a list of [token, score] is needed`
  const at = vocab.findIndex((entry: JsonValue) => !isScored(entry))
  return at < 0 ? null : `its model.vocab[${at}] is ${shown(vocab[at])}; [token, score] is needed`
}

function isScored(entry: JsonValue): boolean {
  return (
    Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string' && typeof entry[1] === 'number'
  )
}

/** "left right" in files of before 2024, ["left", "right"] since; the library goes by the first. */
function mergesFlaw(model: JsonObject, vocab: JsonObject): string | null {
  const { merges, continuing_subword_prefix: prefix } = model
  if (!Array.isArray(merges)) return `its model.merges is ${describeJson(merges)}; a list of merges is needed`
  const pairs = Array.isArray(merges[0])
  const at = merges.findIndex((merge: JsonValue) => (pairs ? !isPair(merge) : !isSpaced(merge)))
  if (at < 0) return missingMerge(merges, vocab, typeof prefix === 'string' ? prefix : '')
  const needed = pairs ? '["left", "right"], like the first,' : '"left right"'
  return `its model.merges[${at}] is ${shown(merges[at])}; ${needed} is needed`
}

/**
 * A merge joins two tokens to a third, the right one without the prefix that marks it as a continuation; the library would
 * take one that is missing for an unknown token.
 */
function missingMerge(merges: readonly JsonValue[], vocab: JsonObject, prefix: string): string | null {
  for (const [at, merge] of merges.entries()) {
    const sides = typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? merge.map(String) : []
    const [left = '', right = ''] = sides
    const joined = left + (right.startsWith(prefix) ? right.slice(prefix.length) : right)
    const missing = [left, right, joined].find((token) => !Object.hasOwn(vocab, token))
    if (missing !== undefined) {
      return `its model.merges[${at}] needs the token ${shown(missing)}, which its vocabulary does not have`
    }
  }
  return null
}

function isPair(merge: JsonValue): boolean {
  return Array.isArray(merge) && merge.length === 2 && merge.every((side) => typeof side === 'string')
}

/** One space exactly: with more, nobody knows where the left one ends. */
function isSpaced(merge: JsonValue): boolean {
  return typeof merge === 'string' && merge.includes(' ') && merge.indexOf(' ') === merge.lastIndexOf(' ')
}

function addedTokensFlaw(added: JsonValue | undefined): string | null {
  if (!Array.isArray(added)) return `its added_tokens is ${describeJson(added)}, not a list`
  for (const [at, token] of added.entries()) {
    if (!isJsonObject(token) || typeof token.content !== 'string')
      return `its added_tokens[${at}] is ${shown(token)}; an object with content and id is needed`
    if (!isId(token.id)) return idFlaw(token.content, token.id)
  }
  return null
}

function isId(value: JsonValue | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LARGEST_ID
}

function idFlaw(token: string, id: JsonValue | undefined): string {
  return `the id of its token ${shown(token)} is ${shown(id)}; a whole number from 0 to ${LARGEST_ID} is needed`
}

function shown(value: JsonValue | undefined): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value)
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
}
