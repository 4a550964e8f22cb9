/**
 * @file SentencePiece's normalization: the longest prefix that its table knows is replaced, spaces are gathered and become ▁, and
 * one may be put in front. Source: sentencepiece, normalizer.cc; the table is a double array of Darts-clone.
 */
import type { NormalizerRules } from './model-file.ts'

export const SPACE = '▁'
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** What user-defined pieces begin at a place of the text, the longest; null: none. They are not normalized. */
export type Protected = (text: string, at: number) => string | null

export class Normalizer {
  readonly #rules: NormalizerRules
  readonly #trie: Uint32Array
  readonly #strings: Uint8Array
  readonly #isProtected: Protected

  constructor(rules: NormalizerRules, isProtected: Protected) {
    this.#rules = rules
    this.#isProtected = isProtected
    const { charsMap } = rules
    const view = new DataView(charsMap.buffer, charsMap.byteOffset, charsMap.byteLength)
    const bytes = charsMap.byteLength < 4 ? 0 : Math.min(view.getUint32(0, true), charsMap.byteLength - 4)
    this.#trie = Uint32Array.from({ length: bytes >> 2 }, (_, i) => view.getUint32(4 + 4 * i, true))
    this.#strings = charsMap.subarray(4 + bytes)
  }

  normalize(text: string): string {
    const {
      removeExtraWhitespaces: gathers,
      escapeWhitespaces,
      addDummyPrefix,
      whitespaceAsSuffix,
    } = this.#rules
    const space = escapeWhitespaces ? SPACE : ' '
    const parts: string[] = []
    let [at, afterSpace] = [0, gathers]
    while (gathers && at < text.length) {
      const { made, length } = this.#prefix(text, at)
      if (made !== ' ') break
      at += length
    }
    if (at >= text.length) return ''
    if (addDummyPrefix && !whitespaceAsSuffix) parts.push(space)
    while (at < text.length) {
      const { made, length } = this.#prefix(text, at)
      const kept = afterSpace ? made.replace(/^ +/, '') : made
      if (kept !== '') {
        parts.push(escapeWhitespaces ? kept.replaceAll(' ', SPACE) : kept)
        afterSpace = kept.endsWith(' ')
      }
      at += length
      if (!gathers) afterSpace = false
    }
    const joined = parts.join('')
    const trimmed = gathers ? withoutEnd(joined, space) : joined
    return addDummyPrefix && whitespaceAsSuffix ? trimmed + space : trimmed
  }

  /** What the beginning of the rest becomes, and how many units of the text that is. */
  #prefix(text: string, at: number): { made: string; length: number } {
    const kept = this.#isProtected(text, at)
    if (kept !== null) return { made: kept, length: kept.length }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
    return (
      this.#known(text, at) ?? {
        made: /\p{Surrogate}/u.test(character) ? '\ufffd' : character,
        length: character.length,
      }
    )
  }

  /** The longest prefix that the table knows. */
  #known(text: string, start: number): { made: string; length: number } | null {
    const trie = this.#trie
    if (trie.length === 0) return null
    let node = offset(trie[0] ?? 0)
    let found: { value: number; length: number } | null = null
    for (let at = start; at < text.length; ) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
      at += character.length
      for (const byte of encoder.encode(character)) {
        node ^= byte
        const unit = trie[node] ?? 0
        if ((unit & 0x800000ff) >>> 0 !== byte) return this.#made(found)
        node ^= offset(unit)
        if (((unit >>> 8) & 1) === 1) found = { value: (trie[node] ?? 0) & 0x7fffffff, length: at - start }
      }
    }
    return this.#made(found)
  }

  #made(found: { value: number; length: number } | null): { made: string; length: number } | null {
    if (found === null) return null
    const end = this.#strings.indexOf(0, found.value)
    const bytes = this.#strings.subarray(found.value, end < 0 ? found.value : end)
    return { made: decoder.decode(bytes), length: found.length }
  }
}

/** Of a unit of the double array. */
function offset(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6)
}

function withoutEnd(text: string, space: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === space) end--
  return text.slice(0, end)
}
