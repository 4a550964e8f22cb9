/** @file SentencePiece models: the library's own ids (sentencepiece/golden.py) for twelve scripts, emoji, control characters and CRLF. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { SentencePieceEncoder } from '../../src/corpus/sentencepiece/encoder.ts'
import { readModelFile } from '../../src/corpus/sentencepiece/model-file.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

interface Golden {
  readonly texts: readonly string[]
  readonly models: Readonly<
    Record<string, { readonly model: string; readonly ids: readonly (readonly number[])[] }>
  >
}
const golden: Golden = JSON.parse(
  gunzipSync(readFileSync('test/corpus/sentencepiece/golden.json.gz')).toString(),
)
const bytesOf = (model: string): Uint8Array => Uint8Array.from(Buffer.from(model, 'base64'))

describe.each(Object.entries(golden.models))('%s', (_, { model, ids }) => {
  const encoder = new SentencePieceEncoder(readModelFile('tokenizer.model', bytesOf(model)))
  it.each(golden.texts.map((text, i) => [text, ids[i]] as const))('%j', (text, expected) => {
    expect([...encoder.encode(text)]).toEqual(expected)
  })
})

describe('a folder without tokenizer.json', () => {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-pieces-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const { model = '', ids = [] } = golden.models['bpe-llama'] ?? {}

  it('is opened by its model: BOS, added tokens and special ids as its config says', async () => {
    writeFileSync(join(folder, 'tokenizer.model'), bytesOf(model))
    writeFileSync(
      join(folder, 'tokenizer_config.json'),
      JSON.stringify({ tokenizer_class: 'LlamaTokenizer', bos_token: '<s>' }),
    )
    writeFileSync(join(folder, 'added_tokens.json'), JSON.stringify({ '<|end|>': 600 }))
    const tokenizer = await openTokenizer(await openLocal(folder))
    expect(tokenizer).toMatchObject({
      bosFromPostProcessor: 1,
      bosToken: 1,
      eosToken: 2,
      specialIds: [0, 1, 2],
      cut: null,
    })
    const [first = '', , third = ''] = golden.texts
    expect([...(tokenizer?.encode(first) ?? [])]).toEqual(ids[0])
    expect([...(tokenizer?.encode(`${first}<|end|></s>${third}`) ?? [])]).toEqual([
      ...(ids[0] ?? []),
      600,
      2,
      ...(ids[2] ?? []),
    ])
  })

  it.each([
    ['no model', new TextEncoder().encode('no model, but words that fill a line or two of a file\n')],
    ['half of one', bytesOf(model).subarray(0, 5000)],
    ['nothing', new Uint8Array(0)],
  ])('with %s in its place is refused', async (_, bytes) => {
    const path = join(folder, 'spiece.model')
    writeFileSync(path, bytes)
    await expect(openTokenizer(await openLocal(path))).rejects.toMatchObject({
      code: 'TOKENIZER_UNSUPPORTED',
      exitStatus: 2,
    })
  })
})
