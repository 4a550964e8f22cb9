/**
 * @file Tokens as text again, for people: their pieces as bytes, and these as UTF-8. Done here and not by the decoder of a
 * tokenizer.json, whose replacements are a stranger's and unbounded.
 */

/** How pieces spell text: GPT-2's letters for bytes; ▁ for a space; ## for what goes on a word. */
export type Spelling = 'byte-level' | 'metaspace' | 'wordpiece'

/** Ids to text; an id without a piece is shown as #ID. */
export type TokenText = (ids: Iterable<number>) => string

export function tokenText(pieces: ReadonlyMap<number, string>, spelling: Spelling): TokenText {
  return (ids) => {
    const bytes: number[] = []
    for (const id of ids) for (const byte of bytesOf(pieces.get(id) ?? `#${id}`, spelling)) bytes.push(byte)
    return new TextDecoder().decode(Uint8Array.from(bytes))
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function bytesOf(piece: string, spelling: Spelling): Iterable<number> {
  if (spelling === 'byte-level') {
    const bytes = [...piece].map((letter) => LETTERS.get(letter))
    // Tokens that were added are spelled as they are.
    return bytes.every((byte) => byte !== undefined) ? bytes : utf8(piece)
  }
  if (spelling === 'wordpiece') return utf8(piece.startsWith('##') ? piece.slice(2) : ` ${piece}`)
  const byte = /^<0x([0-9A-F]{2})>$/.exec(piece)?.[1]
  return byte === undefined ? utf8(piece.replaceAll('▁', ' ')) : [Number.parseInt(byte, 16)]
}

/** The letter of each byte: itself where it can be printed, else the next from U+0100 on (GPT-2's `bytes_to_unicode`). */
const LETTERS: ReadonlyMap<string, number> = (() => {
  const isShown = (byte: number): boolean =>
    (byte > 32 && byte < 127) || (byte > 160 && byte < 256 && byte !== 173)
  let next = 256
  return new Map(
    Array.from({ length: 256 }, (_, byte) => [String.fromCharCode(isShown(byte) ? byte : next++), byte]),
  )
})()
