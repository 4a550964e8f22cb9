/**
 * @file Where a text may be cut so that its pieces, encoded one by one, give exactly the ids of the whole.
 *
 * Pieces keep a long text from blocking the process and let a token budget stop early; wrong ids would be worse than
 * either, so a cut is made only where this argument holds, else the text is encoded whole. A cut lies between an ASCII
 * letter and a space before another letter. Then
 * - Unicode normalisation does not reach across it: ASCII never composes with what stands before it (UAX #15);
 * - the known word patterns (GPT-2, Llama 3, Qwen 2) end a match there and begin one, having no look-behind and nothing
 *   that spans letter and space; words are encoded one by one;
 * - without word patterns (Gemma, where the text is one word), byte-pair merges cannot cross it when no merge makes a
 *   token with that letter before a space; letters for which one does are left out;
 * - added tokens neither contain such a place nor strip the space after them.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../../sources/json.ts'

const WORD_PATTERNS: ReadonlySet<JsonValue> = new Set([
  // GPT-2; what ByteLevel with use_regex does.
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  // Llama 3
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  // Qwen 2
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
])

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** How to cut a text for a tokenizer. */
export interface CutRule {
  /** Global; its matches end at safe cuts. */
  readonly pattern: RegExp
  /** Characters a piece should have at least: what is encoded fastest. */
  readonly pieceLength: number
}

/**
 * @huggingface/tokenizers 0.2.0, in characters a second (2 cores): with a word pattern 0.6 million in pieces of a word,
 * 1.6 million in these. As one word 0.06 million for a 200,000-character text, 0.14 million in these, and 0.7 million
 * word by word, which its cache of short words then knows.
 */
const FASTEST_WITH_WORDS = 16_384
const FASTEST_AS_ONE_WORD = 1

/** Where a text may be cut for the tokenizer of tokenizer.json and tokenizer_config.json; null: nowhere that is known. */
export function cutRule(definition: JsonObject, config: JsonObject): CutRule | null {
  const { model, normalizer = null, pre_tokenizer: words = null } = definition
  if (!isJsonObject(model) || model.type !== 'BPE') return null
  if (config.remove_space === true || config.do_lowercase_and_remove_accent === true) return null
  if (!addedTokensAllow(definition.added_tokens ?? null)) return null
  const space = spaceAfter(normalizer)
  if (space === null) return null
  if (space === ' ' && splitsWords(words) && model.fuse_unk !== true)
    return before(LETTERS, FASTEST_WITH_WORDS)
  const oneWord = words === null || (space !== ' ' && splitsAtSpaces(words))
  return oneWord ? before(unmergedLetters(model, space), FASTEST_AS_ONE_WORD) : null
}

function before(letters: string, pieceLength: number): CutRule | null {
  return letters === '' ? null : { pattern: new RegExp(`[${letters}](?= [A-Za-z])`, 'g'), pieceLength }
}

function addedTokensAllow(added: JsonValue): boolean {
  if (!Array.isArray(added)) return false
  return added.every(
    (token: JsonValue) =>
      isJsonObject(token) &&
      token.rstrip !== true &&
      typeof token.content === 'string' &&
      !/[A-Za-z][ \u2581]/.test(token.content),
  )
}

/** What a space becomes: itself, or what the one Replace makes of it; null: a normalizer that is not understood. */
function spaceAfter(normalizer: JsonValue): string | null {
  const steps =
    isJsonObject(normalizer) && normalizer.type === 'Sequence' ? normalizer.normalizers : [normalizer]
  if (!Array.isArray(steps)) return null
  let space = ' '
  for (const step of steps) {
    if (step === null || (isJsonObject(step) && /^NFK?[CD]$/.test(String(step.type)))) continue
    const replaced = replacedSpace(step)
    if (replaced === null || space !== ' ') return null
    space = replaced
  }
  return space
}

/** The one character that a Replace step puts for a space. */
function replacedSpace(step: JsonValue): string | null {
  if (!isJsonObject(step) || step.type !== 'Replace' || !isJsonObject(step.pattern)) return null
  const { content } = step
  return step.pattern.String === ' ' && typeof content === 'string' && content.length === 1 ? content : null
}

/** ByteLevel with its own pattern, or a Split by a known pattern before ByteLevel without one. */
function splitsWords(words: JsonValue): boolean {
  if (!isJsonObject(words)) return false
  if (words.type === 'ByteLevel') return words.use_regex !== false
  if (words.type !== 'Sequence' || !Array.isArray(words.pretokenizers)) return false
  const [split, bytes, ...more] = words.pretokenizers
  if (!isJsonObject(split) || !isJsonObject(bytes) || more.length > 0) return false
  const known = isJsonObject(split.pattern) && WORD_PATTERNS.has(split.pattern.Regex ?? null)
  const isolates = split.type === 'Split' && split.invert !== true && split.behavior === 'Isolated'
  return (
    known &&
    isolates &&
    bytes.type === 'ByteLevel' &&
    bytes.use_regex === false &&
    bytes.add_prefix_space !== true
  )
}

/** Gemma's Split at spaces, of which there are none left. */
function splitsAtSpaces(words: JsonValue): boolean {
  if (!isJsonObject(words) || words.type !== 'Split' || words.invert === true) return false
  return isJsonObject(words.pattern) && words.pattern.String === ' '
}

/** Letters that are tokens and that no merge puts before a space. */
function unmergedLetters(model: JsonObject, space: string): string {
  const { vocab, merges } = model
  const affixed = [model.end_of_word_suffix, model.continuing_subword_prefix, model.continuing_subword_suffix]
  if (!isJsonObject(vocab) || !Array.isArray(merges) || affixed.some((affix) => Boolean(affix))) return ''
  if (!Object.hasOwn(vocab, space)) return ''
  const crossed = new Set<string>()
  for (const merge of merges) {
    const token: string = Array.isArray(merge) ? merge.join('') : String(merge).replace(' ', '')
    for (let at = token.indexOf(space, 1); at > 0; at = token.indexOf(space, at + 1))
      crossed.add(token.charAt(at - 1))
  }
  return [...LETTERS].filter((letter) => Object.hasOwn(vocab, letter) && !crossed.has(letter)).join('')
}
