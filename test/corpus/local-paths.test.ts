/** @file Paths that a corpus may be read from, whichever way it is written. */
import { expect, it } from 'vitest'
import { corpusPaths } from '../../src/corpus/places/local-paths.ts'

it.each([
  ['./text.txt', ['./text.txt']],
  ['tokens:./ids.npy', ['./ids.npy']],
  ['a.txt, b.jsonl', ['a.txt, b.jsonl', 'a.txt', 'b.jsonl']],
  ['data/train-*.parquet', ['data/train-*.parquet', 'data']],
  ['*.txt', ['*.txt', '.']],
  ['texts/{a,b}.txt', ['texts/{a,b}.txt', 'texts']],
  ['wikitext-2:train', []],
  ['c4', []],
  ['hf:datasets/owner/name/train', []],
  ['c4,./own.txt', ['c4,./own.txt', './own.txt']],
])('%s', (source, expected) => {
  expect(corpusPaths(source)).toEqual(expected)
})
