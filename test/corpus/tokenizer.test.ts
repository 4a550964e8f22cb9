/** @file The shipped tokenizers against tokenizer_cases.json and the ids of the whole evaluation text. */

import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashIds } from '../../src/corpus/blocks.ts'
import { openTokenizer, type TextTokenizer } from '../../src/corpus/tokenizer.ts'
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

  it('refuses text that falls on an unknown token without an id', async () => {
    const definition = JSON.parse(readFileSync('fixtures/models/neox/tokenizer.json', 'utf8'))
    delete definition.model.vocab.b
    definition.model.unk_token = '<unknown>'
    const path = join(await mkdtemp(join(tmpdir(), 'saegate-')), 'tokenizer.json')
    await writeFile(path, JSON.stringify(definition))
    const tokenizer = await tokenizerOf(path)
    expect(() => tokenizer.encode('b')).toThrow(expect.objectContaining({ code: 'TOKEN_UNKNOWN' }))
  })
})
