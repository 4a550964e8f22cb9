/** @file Two numberings of tokens: what they agree on, asked about the ids of a corpus alone. */
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../src/bytes/source.ts'
import { disagreement, listedVocabulary, readVocabulary } from '../../src/corpus/tokenizers/vocabulary.ts'
import type { PinnedFiles } from '../../src/sources/pinned-files.ts'

function folderOf(definition: unknown): PinnedFiles {
  const bytes = new TextEncoder().encode(JSON.stringify(definition))
  return {
    spec: 'memory',
    revision: null,
    names: ['config.json', 'tokenizer.json'],
    has: (name) => name === 'tokenizer.json',
    open: async (name) => bytesSource(name, bytes),
    localPath: () => null,
    close: async () => {},
  }
}

const added_tokens = [{ id: 3, content: '<eos>' }]
const BPE = { model: { type: 'BPE', vocab: { a: 0, b: 1, c: 2 }, merges: [] }, added_tokens }
const UNIGRAM = {
  model: {
    type: 'Unigram',
    vocab: [
      ['a', 0],
      ['c', -1],
      ['b', -2],
    ],
  },
  added_tokens,
}

describe('a vocabulary', () => {
  it('is read of every kind of model, added tokens with it', async () => {
    const bpe = await readVocabulary(folderOf(BPE))
    const unigram = await readVocabulary(folderOf(UNIGRAM))
    expect([...(bpe?.tokens ?? [])]).toEqual([...listedVocabulary(['a', 'b', 'c', '<eos>']).tokens])
    expect([...(unigram?.ids ?? [])].sort()).toEqual(
      [...listedVocabulary(['a', 'c', 'b', '<eos>']).ids].sort(),
    )
  })

  it('is none where there is no tokenizer.json', async () => {
    expect(await readVocabulary({ ...folderOf({}), has: () => false })).toBeNull()
  })
})

describe('a disagreement', () => {
  const ours = listedVocabulary(['a', 'b', 'c', '<eos>'])

  it('is an id of the corpus that means another token', () => {
    const theirs = listedVocabulary(['a', 'c', 'b', '<eos>'])
    expect(disagreement(ours, theirs, [0, 2, 1, 1])).toEqual({ count: 2, id: 2, ours: 'c', theirs: 'b' })
  })

  it('is none where the corpus has no such id, and none for another spelling or more tokens', () => {
    expect(disagreement(ours, listedVocabulary(['a', 'c', 'b', '<eos>']), [0, 3])).toBeNull()
    expect(disagreement(ours, listedVocabulary(['a', 'b', 'c', '</s>', 'pad']), [0, 1, 2, 3])).toBeNull()
  })

  it('is one where a token of ours moved and its place got a new one', () => {
    const theirs = listedVocabulary(['a', 'new', 'c', '<eos>', 'b'])
    expect(disagreement(ours, theirs, [1])).toEqual({ count: 1, id: 1, ours: 'b', theirs: 'new' })
  })
})
