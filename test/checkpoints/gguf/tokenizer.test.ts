import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { readGguf } from '../../../src/checkpoints/gguf/container.ts'
import { ModelMetadata } from '../../../src/checkpoints/gguf/model-metadata.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { ggufTokenizer } from '../../../src/checkpoints/gguf/tokenizer.ts'
import { tokenizerFolder } from '../../../src/checkpoints/gguf/tokenizer-folder.ts'
import { openTokenizer, type TextTokenizer } from '../../../src/corpus/tokenizers/tokenizer.ts'
import { bool, f32s, i32s, type Metadata, text, texts, u32, writeGguf } from './writer.ts'

const FIXTURES = new URL('../../../fixtures/', import.meta.url)
const json = async (path: string) => JSON.parse(await readFile(new URL(path, FIXTURES), 'utf8'))

async function read(metadata: Metadata) {
  const file = await readGguf(
    bytesSource('t.gguf', writeGguf({ 'general.architecture': text('llama'), ...metadata }, [])),
  )
  return ggufTokenizer(new ModelMetadata('t.gguf', file.metadata))
}

async function tokenizer(metadata: Metadata): Promise<TextTokenizer> {
  const files = await read(metadata)
  const opened = files === null ? null : await openTokenizer(tokenizerFolder('t.gguf', files))
  if (opened === null) throw new Error('no tokenizer')
  return opened
}

/** tokenizer.ggml.* as llama.cpp's converter writes them for a byte-level tokenizer.json. */
async function byteLevelMetadata(model: string): Promise<Metadata> {
  const definition = await json(`models/${model}/tokenizer.json`)
  const { vocab, merges }: { vocab: Record<string, number>; merges: (string | string[])[] } = definition.model
  const added: { id: number; content: string; special: boolean }[] = definition.added_tokens
  const tokens = Array.from({ length: 1024 }, (_, id) => `[PAD${id}]`)
  const types = tokens.map(() => 5)
  for (const [token, id] of Object.entries(vocab)) {
    tokens[id] = token
    types[id] = 1
  }
  for (const { id, content, special } of added) {
    tokens[id] = content
    types[id] = special ? 3 : 4
  }
  return {
    'tokenizer.ggml.model': text('gpt2'),
    'tokenizer.ggml.pre': text('olmo'),
    'tokenizer.ggml.tokens': texts(tokens),
    'tokenizer.ggml.token_type': i32s(types),
    'tokenizer.ggml.merges': texts(merges.map((pair) => (Array.isArray(pair) ? pair.join(' ') : pair))),
    'tokenizer.ggml.bos_token_id': u32(model === 'gemma2' ? 1023 : 0),
    'tokenizer.ggml.eos_token_id': u32(0),
    'tokenizer.ggml.add_bos_token': bool(model === 'gemma2'),
  }
}

describe('byte-level BPE', () => {
  it.each(['neox', 'gemma2'])('%s: the ids of the tokenizer.json it was made from', async (model) => {
    const built = await tokenizer(await byteLevelMetadata(model))
    const { cases } = await json('golden/tokenizer_cases.json')
    for (const { text: sample, ids } of cases[model]) expect([...built.encode(sample)], sample).toEqual(ids)
    expect(built.bosFromPostProcessor).toBe(model === 'gemma2' ? 1023 : null)
    expect(built.bosToken).toBe(model === 'gemma2' ? 1023 : 0)
    expect(built.eosToken).toBe(0)
    expect(built.specialIds).toEqual(model === 'gemma2' ? [0, 1023] : [0])
  })

  it('adds BOS where the family does, unless the file says otherwise', async () => {
    const metadata = await byteLevelMetadata('neox')
    const { 'tokenizer.ggml.add_bos_token': _, ...silent } = metadata
    const llama = { ...silent, 'tokenizer.ggml.pre': text('llama-bpe') }
    expect((await tokenizer(silent)).bosFromPostProcessor).toBeNull()
    expect((await tokenizer(llama)).bosFromPostProcessor).toBe(0)
    expect(
      (await tokenizer({ ...llama, 'tokenizer.ggml.add_bos_token': bool(false) })).bosFromPostProcessor,
    ).toBeNull()
  })
})

describe('SentencePiece BPE', () => {
  const sample = 'the cat sat on the mat and the hat that the rat had sat on, there they are'
  const pieces = trained(sample, 40)
  const tokens = ['<unk>', '<s>', '</s>', ...Array.from({ length: 256 }, (_, i) => byteToken(i)), ...pieces]
  const types = tokens.map((_, i) => (i === 0 ? 2 : i < 3 ? 3 : i < 259 ? 6 : 1))
  const metadata: Metadata = {
    'tokenizer.ggml.model': text('llama'),
    'tokenizer.ggml.tokens': texts(tokens),
    'tokenizer.ggml.token_type': i32s(types),
    'tokenizer.ggml.scores': f32s(tokens.map((_, i) => (i < 259 ? 0 : -(i - 259)))),
    'tokenizer.ggml.bos_token_id': u32(1),
    'tokenizer.ggml.eos_token_id': u32(2),
  }
  const letters = fc.string({ unit: fc.constantFrom(...'the catsonmdr, é🙂'), minLength: 1, maxLength: 30 })

  it.each([true, false])('add_space_prefix %s: the ids of the greedy algorithm', async (prefix) => {
    const built = await tokenizer({ ...metadata, 'tokenizer.ggml.add_space_prefix': bool(prefix) })
    await fc.assert(
      fc.asyncProperty(letters, async (sentence) => {
        const spaced = (prefix ? ' ' : '') + sentence
        expect([...built.encode(sentence)]).toEqual(greedy(spaced.replaceAll(' ', '▁'), tokens))
      }),
      { numRuns: 200 },
    )
  })

  it('adds BOS by default', async () => {
    expect((await tokenizer(metadata)).bosFromPostProcessor).toBe(1)
  })

  it('refuses pieces of unbelievable length, and no scores', async () => {
    const { 'tokenizer.ggml.scores': _, ...scoreless } = metadata
    await expect(read(scoreless)).rejects.toMatchObject({ code: 'GGUF_KEY_MISSING' })
    const long = { ...metadata, 'tokenizer.ggml.tokens': texts([...tokens.slice(0, -1), 'x'.repeat(5_000)]) }
    await expect(read(long)).rejects.toMatchObject({ code: 'GGUF_TOKENIZER_UNSUPPORTED' })
  })
})

const byteToken = (byte: number) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`

/** Characters of the text and its most frequent joins, in the order they were found. */
function trained(sample: string, joins: number): string[] {
  let symbols: string[] = [...` ${sample}`.replaceAll(' ', '▁')]
  const found = new Set(symbols)
  const order: string[] = []
  for (let i = 0; i < joins; i++) {
    const counts = new Map<string, number>()
    for (let j = 1; j < symbols.length; j++) {
      const pair = symbols[j - 1]! + symbols[j]!
      if (!pair.slice(1).includes('▁')) counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
    const [best] = [...counts].sort((a, b) => b[1] - a[1])
    if (best === undefined) break
    order.push(best[0])
    symbols = joinAll(symbols, best[0])
  }
  return [...order, ...found]
}

function joinAll(symbols: readonly string[], joined: string): string[] {
  const out: string[] = []
  for (const symbol of symbols) {
    if (out.length > 0 && out.at(-1)! + symbol === joined) out[out.length - 1] = joined
    else out.push(symbol)
  }
  return out
}

/** SentencePiece: join the adjacent pair whose piece scores highest, leftmost first; spell the rest in bytes. */
function greedy(sentence: string, tokens: readonly string[]): number[] {
  let symbols = [...sentence]
  for (;;) {
    let best = -1
    let bestRank = Number.POSITIVE_INFINITY
    for (let i = 1; i < symbols.length; i++) {
      const rank = tokens.indexOf(symbols[i - 1]! + symbols[i]!)
      if (rank >= 259 && rank < bestRank) {
        best = i
        bestRank = rank
      }
    }
    if (best === -1) break
    symbols = [...symbols.slice(0, best - 1), tokens[bestRank]!, ...symbols.slice(best + 1)]
  }
  return symbols.flatMap((symbol) => {
    const id = tokens.indexOf(symbol)
    return id >= 0 ? [id] : [...new TextEncoder().encode(symbol)].map((byte) => 3 + byte)
  })
}

describe('what cannot be built', () => {
  const gpt2: Metadata = {
    'tokenizer.ggml.model': text('gpt2'),
    'tokenizer.ggml.tokens': texts(['a', 'b']),
    'tokenizer.ggml.merges': texts([]),
  }

  it('is null where the file has no tokenizer', async () => {
    expect(await read({})).toBeNull()
  })

  it.each<[string, string, Metadata]>([
    // WordPiece, Unigram, RWKV's and PLaMo's: of encoders, or of families that are not run.
    ...['bert', 't5', 'rwkv', 'plamo2'].map((kind): [string, string, Metadata] => [
      `a tokenizer of ${kind}`,
      'GGUF_TOKENIZER_UNSUPPORTED',
      { ...gpt2, 'tokenizer.ggml.model': text(kind) },
    ]),
    [
      'another pre-tokenizer',
      'GGUF_TOKENIZER_UNSUPPORTED',
      { ...gpt2, 'tokenizer.ggml.pre': text('viking') },
    ],
    ['no tokens', 'GGUF_KEY_MISSING', { 'tokenizer.ggml.model': text('gpt2') }],
    ['tokens that are numbers', 'GGUF_KEY_INVALID', { ...gpt2, 'tokenizer.ggml.tokens': i32s([1, 2]) }],
    ['too few types', 'GGUF_KEY_INVALID', { ...gpt2, 'tokenizer.ggml.token_type': i32s([1]) }],
    ['a BOS beyond the vocabulary', 'GGUF_KEY_INVALID', { ...gpt2, 'tokenizer.ggml.bos_token_id': u32(2) }],
  ])('%s', async (_, code, metadata) => {
    await expect(read(metadata)).rejects.toMatchObject({ name: 'SaegateError', code })
  })

  it("the fixture written by ggml's own package has one", async () => {
    const bytes = await readFile(new URL('gguf/tiny-llama.gguf', FIXTURES))
    const files = (await openGguf(bytesSource('tiny', bytes))).tokenizer()
    expect(files?.config).toMatchObject({ add_bos_token: true, bos_token: '<s>', eos_token: '</s>' })
    const opened = files && (await openTokenizer(tokenizerFolder('tiny', files)))
    expect([...(opened?.encode('he a') ?? [])]).toEqual([11, 39, 38])
  })
})
