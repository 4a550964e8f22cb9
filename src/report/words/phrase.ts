/**
 * @file A sentence that knows which of its words came from outside (names of models, rules, read-outs), so that every
 * format can write the sentence once and escape those words its own way.
 */
import { visible } from '../../escape/visible.ts'

/** A word or name from a user's files. Never printed unescaped. */
export interface Outside {
  readonly outside: string
}

/** A whole sentence from outside, or one that names things from outside. */
export interface Sentence {
  readonly sentence: string
}

export type Phrase = readonly (string | Outside | Sentence)[]

/** How a format shows words from outside. */
export interface Show {
  name(text: string): string
  sentence(text: string): string
}

/** Without markup: control characters made visible, nothing else. */
export const PLAIN: Show = { name: (text) => visible(text), sentence: (text) => visible(text, 600) }

/** Tagged template: what is written is ours, what is inserted as an object is from outside. */
export function phrase(
  words: TemplateStringsArray,
  ...inserted: readonly (string | number | Outside | Sentence | Phrase)[]
): Phrase {
  return words.flatMap((word, i): Phrase => {
    const next = inserted[i]
    if (next === undefined) return [word]
    if (typeof next === 'string' || typeof next === 'number') return [word, String(next)]
    return isPhrase(next) ? [word, ...next] : [word, next]
  })
}

function isPhrase(value: Outside | Sentence | Phrase): value is Phrase {
  return Array.isArray(value)
}

/** A name from outside, as the report gives it. */
export function name(text: string): Outside {
  return { outside: text }
}

/** The phrase as text, with `show` applied to every word from outside. */
export function render(parts: Phrase, show: Show): string {
  return parts.map((part) => (typeof part === 'string' ? part : shown(part, show))).join('')
}

function shown(part: Outside | Sentence, show: Show): string {
  return 'outside' in part ? show.name(part.outside) : show.sentence(part.sentence)
}

/** Messages of a policy begin in lower case; in a cell of their own they begin a sentence. */
export function capital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

/** `a`, `b` and 3 more */
export function list(names: readonly string[], most: number): Phrase {
  const shown = names.slice(0, most)
  const rest = names.length - shown.length
  const parts: (string | Outside)[] = []
  shown.forEach((one, i) => {
    const isLast = i === shown.length - 1 && rest === 0
    if (i > 0) parts.push(isLast ? ' and ' : ', ')
    parts.push(name(one))
  })
  return rest > 0 ? [...parts, ` and ${rest} more`] : parts
}
