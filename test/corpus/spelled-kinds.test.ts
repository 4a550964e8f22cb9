/** @file Of which kinds tokens are by their text, each piece of a vocabulary by hand. */
import { expect, it } from 'vitest'
import { spelledKinds } from '../../src/corpus/tokenizers/spelled-kinds.ts'
import { type Spelling, tokenText } from '../../src/corpus/tokenizers/token-text.ts'

const kindsOf = (piece: string, spelling: Spelling) =>
  spelledKinds(7, tokenText(new Map([[7, piece]]), spelling))

it.each<readonly [piece: string, spelling: Spelling, kinds: readonly string[]]>([
  ['Ġhouse', 'byte-level', []],
  ['Ã©', 'byte-level', []],
  ['Ġ1984', 'byte-level', ['digits']],
  ['x86', 'byte-level', ['digits']],
  ['Ġ{', 'byte-level', ['code-punctuation']],
  ['));', 'byte-level', ['code-punctuation']],
  ['=="', 'byte-level', ['code-punctuation']],
  ['_', 'byte-level', ['code-punctuation']],
  ['>ĊĊ', 'byte-level', ['code-punctuation']],
  ['.', 'byte-level', []],
  ['Ġ"', 'byte-level', []],
  ['Ġ-', 'byte-level', []],
  ['f(', 'byte-level', []],
  ['ĊĊ', 'byte-level', ['white-space']],
  ['ĠĠĠĠ', 'byte-level', ['white-space']],
  ['ĠÐ´Ð°', 'byte-level', ['non-latin']],
  ['ä¸Ń', 'byte-level', ['non-latin']],
  ['Î±', 'byte-level', ['non-latin']],
  ['ä¸', 'byte-level', ['non-latin']],
  ['▁中', 'metaspace', ['non-latin']],
  ['<0xE4>', 'metaspace', ['non-latin']],
  ['<0x0A>', 'metaspace', ['white-space']],
  ['▁', 'metaspace', ['white-space']],
  ['٣', 'metaspace', ['digits']],
  ['##ing', 'wordpiece', []],
  ['[', 'wordpiece', ['code-punctuation']],
])('%s of a %s vocabulary', (piece, spelling, kinds) => {
  expect(kindsOf(piece, spelling)).toEqual(kinds)
})

it('is of none where the id has no piece', () => {
  for (const spelling of ['byte-level', 'metaspace', 'wordpiece'] as const)
    expect(spelledKinds(8, tokenText(new Map(), spelling))).toEqual([])
})
