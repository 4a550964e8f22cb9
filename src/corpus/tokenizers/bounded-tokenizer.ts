/**
 * @file Bounds for a tokenizer.json of unknown origin: its regular expressions may run without end, and a chain of its
 * replacements may turn kilobytes of text into gigabytes. Every step of its normalizer and pre_tokenizer is counted, what runs is
 * ended by the clock (V8 looks at it inside a regular expression too), and the message names the step.
 */
import { tokenizerGrows, tokenizerTooSlow } from '../../errors/corpus.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../sources/json.ts'
import { endedByClock, ranOut } from './clock.ts'

/** Time that a text may take. */
export interface Allowance {
  readonly seconds: number
  readonly secondsPerMillion: number
}

/**
 * A hundred times what the slowest tokenizer in use takes: 200,000 characters as one word in 3 s. Tokenizers of which more is
 * known (cut-points.ts) need no clock.
 */
export const GENEROUS: Allowance = { seconds: 30, secondsPerMillion: 300 }

/** Normalization makes eighteen characters of one in the worst case (NFKC), but not of every one. */
const MOST_GROWTH = 8
const GROWTH_FREE = 2 ** 16

/** Characters that one step may be about to make, were it to replace every character. */
const MOST_AT_ONCE = 2 ** 28

const SHOWN_CHARACTERS = 80

/** A step as the library holds it; a sequence holds others. */
export interface LibraryStep {
  normalize?: (text: string) => string
  pre_tokenize_text?: (text: string, options?: unknown) => readonly string[]
  readonly normalizers?: readonly (LibraryStep | null)[]
  readonly tokenizers?: readonly (LibraryStep | null)[]
}

export interface StepHolder {
  readonly normalizer?: LibraryStep | null
  readonly pre_tokenizer?: LibraryStep | null
}

export class Bounds {
  readonly #file: string
  readonly #allowance: Allowance
  readonly #made = new Map<string, number>()
  #running = 'its model'
  #characters = 0

  constructor(file: string, allowance: Allowance) {
    this.#file = file
    this.#allowance = allowance
  }

  /** Count what the steps of a tokenizer of this definition do. */
  watch({ normalizer, pre_tokenizer }: StepHolder, definition: JsonObject): void {
    this.#watchStep(normalizer, definition.normalizer, 'normalizer')
    this.#watchStep(pre_tokenizer, definition.pre_tokenizer, 'pre_tokenizer')
  }

  /** Run what works on a text of so many characters. Errors: TOKENIZER_TOO_SLOW, TOKENIZER_GROWS. */
  within<Result>(characters: number, run: () => Result): Result {
    const { seconds, secondsPerMillion } = this.#allowance
    const allowed = seconds + (secondsPerMillion * characters) / 1e6
    this.#made.clear()
    this.#characters = characters
    this.#running = 'its model'
    try {
      return endedByClock(allowed, run)
    } catch (error) {
      if (ranOut(error)) throw tokenizerTooSlow(this.#file, this.#running, characters, allowed)
      throw error
    }
  }

  #watchStep(step: LibraryStep | null | undefined, definition: JsonValue | undefined, at: string): void {
    if (step === null || step === undefined || !isJsonObject(definition)) return
    const words = inWords(at, definition)
    const longest = longestInsert(definition)
    const { normalize, pre_tokenize_text: split } = step
    if (step.normalizers === undefined && normalize !== undefined) {
      step.normalize = (text) =>
        this.#counted(words, text.length, longest, () => [normalize.call(step, text)])[0] ?? ''
    }
    if (step.tokenizers === undefined && split !== undefined) {
      step.pre_tokenize_text = (text, options) =>
        this.#counted(words, text.length, longest, () => split.call(step, text, options))
    }
    const parts = definition.normalizers ?? definition.pretokenizers
    for (const [i, part] of (step.normalizers ?? step.tokenizers ?? []).entries())
      this.#watchStep(part, Array.isArray(parts) ? parts[i] : undefined, `${at}[${i}]`)
  }

  /** What a step makes of so many characters. */
  #counted(
    step: string,
    characters: number,
    longest: number,
    make: () => readonly string[],
  ): readonly string[] {
    const before = this.#running
    this.#running = step
    if (characters * longest > MOST_AT_ONCE) throw tokenizerGrows(this.#file, step, this.#characters)
    const parts = make()
    const made = parts.reduce((sum, part) => sum + part.length, this.#made.get(step) ?? 0)
    this.#made.set(step, made)
    if (made > MOST_GROWTH * this.#characters + GROWTH_FREE)
      throw tokenizerGrows(this.#file, step, this.#characters)
    this.#running = before
    return parts
  }
}

/** What a step may put in the place of a character, or before a text. */
function longestInsert({ content, prepend, replacement, str_rep }: JsonObject): number {
  const inserts = [content, prepend, replacement, str_rep]
  return Math.max(...inserts.map((text) => (typeof text === 'string' ? text.length : 1)), 1)
}

/** `normalizer[2] (Replace, pattern "(a+)+$")` */
function inWords(at: string, { type, pattern }: JsonObject): string {
  const expression = isJsonObject(pattern) ? (pattern.Regex ?? pattern.String) : undefined
  const text = JSON.stringify(expression) ?? ''
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
  const kind = String(type).slice(0, SHOWN_CHARACTERS)
  return `its ${at} (${kind}${shown === '' ? '' : `, pattern ${shown}`})`
}
