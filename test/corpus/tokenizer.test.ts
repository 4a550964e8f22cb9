/** @file The shipped tokenizers against tokenizer_cases.json and the ids of the whole evaluation text. */

import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashIds } from '../../src/corpus/cut-sequences.ts'
import { openTokenizer, type TextTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

async function tokenizerOf(path: string): Promise<TextTokenizer> {
  const tokenizer = await openTokenizer(await openLocal(path))
  if (tokenizer === null) throw new Error(`no tokenizer in ${path}`)
  return tokenizer
}

const cases: { cases: Record<string, { text: string; ids: number[] }[]> } = JSON.parse(
  readFileSync('fixtures/golden/tokenizer_cases.json', 'utf8'),
)

describe.each(['neox', 'gemma2'])('%s', (model) => {
  it('encodes the awkward strings exactly', async () => {
    const tokenizer = await tokenizerOf(`fixtures/models/${model}`)
    for (const { text, ids } of cases.cases[model]!) expect(Array.from(tokenizer.encode(text))).toEqual(ids)
  })

  it('encodes the evaluation text to the golden ids', async () => {
    const { ids } = JSON.parse(readFileSync(`fixtures/golden/${model}.weights.json`, 'utf8'))
    const tokenizer = await tokenizerOf(`fixtures/models/${model}`)
    const found = tokenizer.encode(readFileSync('fixtures/corpus/eval.txt', 'utf8'))
    expect(found.length).toBe(ids.count)
    expect(Array.from(found.subarray(0, 32))).toEqual(ids.first32)
    expect(Array.from(found.subarray(-8))).toEqual(ids.last8)
    expect(hashIds(found)).toBe(ids.sha256_int32_le)
  })
})

type Definition = Record<string, unknown> & { model: Record<string, unknown> }
type Change = (definition: Definition) => void

const set =
  (key: string, value: unknown): Change =>
  ({ model }) => {
    model[key] = value
  }
const vocab = (token: string, id: unknown): Change => set('vocab', { a: 1, [token]: id })
const merges = (value: unknown): Change => set('merges', value)
const unigram =
  (value: unknown): Change =>
  (definition) => {
    definition.model = { type: 'Unigram', unk_id: 0, vocab: value }
  }
const addedTokens =
  (value: unknown): Change =>
  (definition) => {
    definition.added_tokens = value
  }
const preTokenizer =
  (value: unknown): Change =>
  (definition) => {
    definition.pre_tokenizer = value
  }

describe('openTokenizer', () => {
  it('finds what stands before a text, and which ids are special', async () => {
    expect(await tokenizerOf('fixtures/models/neox')).toMatchObject({
      bosFromPostProcessor: null,
      bosToken: 0,
      eosToken: 0,
      specialIds: [0],
    })
    expect(await tokenizerOf('fixtures/models/gemma2')).toMatchObject({
      bosFromPostProcessor: 1023,
      bosToken: 1023,
      eosToken: 0,
      specialIds: [0, 1023],
    })
  })

  it('reads a tokenizer.json by itself, which knows no bos_token', async () => {
    const tokenizer = await tokenizerOf('fixtures/models/gemma2/tokenizer.json')
    expect(tokenizer).toMatchObject({ bosFromPostProcessor: 1023, bosToken: null })
    expect(tokenizer.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('falls back on the ids of config.json', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'saegate-'))
    await writeFile(join(folder, 'tokenizer.json'), readFileSync('fixtures/models/neox/tokenizer.json'))
    await writeFile(join(folder, 'config.json'), '{"bos_token_id": 7}')
    expect(await tokenizerOf(folder)).toMatchObject({ bosToken: 7, eosToken: null })
  })

  it('has none where there is none', async () => {
    expect(await openTokenizer(await openLocal('fixtures/golden'))).toBeNull()
  })

  it.each([
    ['not JSON', '{'],
    ['a list', '[]'],
    [
      'without a model',
      '{"model": null, "decoder": null, "post_processor": null, "pre_tokenizer": null, "normalizer": null}',
    ],
    [
      'of an unknown model',
      '{"model": {"type": "Oracle"}, "added_tokens": [], "decoder": null, "post_processor": null, "pre_tokenizer": null, "normalizer": null}',
    ],
  ])('refuses a file that is %s', async (_, content) => {
    const path = join(await mkdtemp(join(tmpdir(), 'saegate-')), 'tokenizer.json')
    await writeFile(path, content)
    await expect(tokenizerOf(path)).rejects.toMatchObject({ code: 'TOKENIZER_UNSUPPORTED', exitStatus: 2 })
  })
})

describe('a malformed tokenizer.json', () => {
  it.each([
    ['a fraction as an id', vocab('a', 1.5), 'the id of its token "a" is 1.5; a whole number from 0 to'],
    ['a negative id', vocab('b', -1), 'the id of its token "b" is -1'],
    ['an id beyond int32', vocab('b', 2 ** 31), 'the id of its token "b" is 2147483648'],
    ['two tokens of one id', vocab('b', 1), 'its tokens "a" and "b" have the same id, 1'],
    ['a text as an id', vocab('__proto__', '3'), '"3"'],
    ['an added token without an id', addedTokens([{ content: '<x>' }]), 'token "<x>" is missing'],
    ['an added token that is a text', addedTokens(['<x>']), 'its added_tokens[0] is "<x>"'],
    ['no added tokens', addedTokens(undefined), 'its added_tokens is nothing, not a list'],
    ['a vocabulary that is a text', set('vocab', 'x'), 'its model.vocab is a string; an object'],
    ['no vocabulary', set('vocab', undefined), 'its model.vocab is nothing; an object'],
    ['no merges', merges(undefined), 'its model.merges is nothing; a list of merges is needed'],
    ['a number for a merge', merges(['a b', 7]), 'its model.merges[1] is 7; "left right" is needed'],
    ['a merge of one side', merges(['ab']), 'its model.merges[0] is "ab"; "left right" is needed'],
    [
      'a merge of a token that is missing',
      merges(['zzz qqq']),
      'its model.merges[0] needs the token "zzz", which its vocabulary does not have',
    ],
    ['merges of both kinds', merges([['a', 'b'], 'a c']), 'its model.merges[1] is "a c"; ["left", "right"]'],
    ['an unknown model', set('type', 'Oracle'), 'its model.type is "Oracle"; BPE, Unigram'],
    ['a Unigram model without scores', unigram([['a', -1], ['b']]), 'its model.vocab[1] is ["b"]'],
    [
      'a pre-tokenizer of a wrong kind',
      preTokenizer({ type: 'Sequence', pretokenizers: 3 }),
      'missing or of the wrong kind',
    ],
  ] as const)('refuses %s, and says so', async (_, change, message) => {
    const definition: Definition = JSON.parse(readFileSync('fixtures/models/neox/tokenizer.json', 'utf8'))
    change(definition)
    const path = join(await mkdtemp(join(tmpdir(), 'saegate-')), 'tokenizer.json')
    await writeFile(path, JSON.stringify(definition))
    await expect(tokenizerOf(path)).rejects.toMatchObject({
      code: 'TOKENIZER_UNSUPPORTED',
      message: expect.stringContaining(message),
    })
  })

  it('says where a file stops being JSON', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'saegate-')), 'tokenizer.json')
    await writeFile(path, '{\n  "model": {\n    "type": "BPE",\n    "vocab": {"a" 1}}}')
    await expect(tokenizerOf(path)).rejects.toThrow(/it is not JSON: .*\(line 4, column 19\)/)
    await writeFile(path, '{\n  "model": {')
    await expect(tokenizerOf(path)).rejects.toThrow(/it is not JSON: .*\(line 2, column 13\)/)
  })
})

describe('encode', () => {
  it('refuses text that falls on an unknown token without an id', async () => {
    const definition = JSON.parse(readFileSync('fixtures/models/neox/tokenizer.json', 'utf8'))
    delete definition.model.vocab.b
    definition.model.merges = []
    definition.model.unk_token = '<unknown>'
    const path = join(await mkdtemp(join(tmpdir(), 'saegate-')), 'tokenizer.json')
    await writeFile(path, JSON.stringify(definition))
    const tokenizer = await tokenizerOf(path)
    expect(() => tokenizer.encode('b')).toThrow(expect.objectContaining({ code: 'TOKEN_UNKNOWN' }))
  })
})
