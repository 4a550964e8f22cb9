/** @file What is said of two measurements on other token ids: each thing that differs, and nothing that does not. */
import { expect, it } from 'vitest'
import { type Comparable, tokenDifferences } from '../../src/contract/report/comparable.ts'

type Corpus = Comparable['corpus']
const text = {
  sha256: 'a'.repeat(64),
  unordered: 'b'.repeat(64),
  records: null,
  revision: null,
  files: ['a.txt'],
}
const base: Corpus = { sha256: 'x', blockLength: 128, groups: 8, bos: null, text, tokenizer: 'c'.repeat(64) }

it.each<[string, Partial<Corpus>, readonly RegExp[]]>([
  ['nothing that is known', {}, []],
  ['a tokenizer', { tokenizer: 'd'.repeat(64) }, [/the tokenizer \(dddddddddddd there, cccccccccccc here\)/]],
  ['a BOS', { bos: 2 }, [/the BOS \(2 there, null here\)/]],
  ['a block length', { blockLength: 64 }, [/the block length \(64 there, 128 here\)/]],
  ['an order', { text: { ...text, sha256: 'e'.repeat(64) } }, [/the order of the records/]],
  [
    'a text and a BOS',
    { bos: 1, text: { ...text, sha256: 'e'.repeat(64), unordered: 'f'.repeat(64) } },
    [/the BOS/, /the text \(eeeeeeeeeeee there, aaaaaaaaaaaa here\)/],
  ],
])('%s', (_, change, expected) => {
  const found = tokenDifferences(base, { ...base, sha256: 'y', ...change })
  expect(found).toHaveLength(expected.length)
  for (const [i, words] of expected.entries()) expect(found[i]).toMatch(words)
})

it('an older report, which says nothing of the text, is held to nothing', () => {
  const { text: _, tokenizer: __, ...older } = base
  expect(tokenDifferences(base, older)).toEqual([])
})
