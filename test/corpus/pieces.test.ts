/** @file Encoding in pieces gives the ids of the whole, for every kind of tokenizer that is cut; others are not cut. */
import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutRule } from '../../src/corpus/tokenizers/cut-points.ts'
import { encodePieces } from '../../src/corpus/tokenizers/pieces.ts'
import { openTokenizer, type TextTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

const EVAL = readFileSync('fixtures/corpus/eval_head.txt', 'utf8')
const NEOX = JSON.parse(readFileSync('fixtures/models/neox/tokenizer.json', 'utf8'))
const LLAMA3 =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
const split = (pattern: object, behavior: string) => ({ type: 'Split', pattern, behavior, invert: false })
const bytes = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }

/** The NeoX vocabulary with ▁ for a space, and its merges: a text is one word, as in Gemma. */
const underscored = (text: string) => text.replaceAll('Ġ', '▁').replaceAll('Ċ', '\n')
const ONE_WORD = {
  ...NEOX,
  normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
  pre_tokenizer: split({ String: ' ' }, 'MergedWithPrevious'),
  model: {
    ...NEOX.model,
    unk_token: '<|endoftext|>',
    fuse_unk: true,
    vocab: Object.fromEntries(
      Object.entries(NEOX.model.vocab).map(([token, id]) => [underscored(token), id]),
    ),
    merges: NEOX.model.merges.map(underscored),
  },
}

const spaces = ['  ', '   '].map((content, i) => ({
  id: 1020 + i,
  content,
  special: false,
  normalized: false,
}))
const KINDS: Record<string, object> = {
  'GPT-2': NEOX,
  'GPT-NeoX with NFC and spaces as added tokens': {
    ...NEOX,
    normalizer: { type: 'NFC' },
    added_tokens: [
      ...NEOX.added_tokens,
      ...spaces,
      { id: 1022, content: 'stop', lstrip: true, special: true },
    ],
  },
  'Llama 3': {
    ...NEOX,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [split({ Regex: LLAMA3 }, 'Isolated'), bytes] },
  },
  Gemma: ONE_WORD,
  'Gemma where a merge crosses a space': {
    ...ONE_WORD,
    model: {
      ...ONE_WORD.model,
      vocab: { ...ONE_WORD.model.vocab, 'e▁': 5000 },
      merges: ['e ▁', ...ONE_WORD.model.merges],
    },
  },
}

async function tokenizerOf(definition: object): Promise<TextTokenizer> {
  const path = join(await mkdtemp(join(tmpdir(), 'saegate-')), 'tokenizer.json')
  await writeFile(path, JSON.stringify(definition))
  const tokenizer = await openTokenizer(await openLocal(path))
  if (tokenizer === null) throw new Error('no tokenizer')
  return tokenizer
}
/** As the loader does it, or with pieces of another length. */
function inPieces(
  tokenizer: TextTokenizer,
  text: string,
  pieceLength: number | null,
  budget: number | null = null,
) {
  const { cut, encode } = tokenizer
  if (cut === null) throw new Error('not cut')
  const rule = pieceLength === null ? cut : { ...cut, pieceLength }
  return encodePieces(text, encode, { cut: rule, budget, onProgress: () => {} })
}

const awkward = fc
  .array(
    fc.constantFrom(
      'a',
      'the ',
      ' e',
      ' stop',
      'stop ',
      "'s",
      "'r",
      ' ',
      '  ',
      '\n',
      '\r\n',
      '\t',
      '.',
      ' .',
      '12',
      'é',
      'e\u0301',
      ' \u0301',
      '\u00a0',
      '\ufeff',
      '中',
      '😀',
      '<|endoftext|>',
      'b c',
      'E d',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''))

describe.each(Object.entries(KINDS))('%s', (_, definition) => {
  it('is cut, and the pieces are the whole', async () => {
    const tokenizer = await tokenizerOf(definition)
    expect(tokenizer.cut).not.toBeNull()
    const whole = tokenizer.encode(EVAL.slice(0, 12_000))
    for (const pieceLength of [null, 1, 7, 1000]) {
      expect(await inPieces(tokenizer, EVAL.slice(0, 12_000), pieceLength)).toEqual(whole)
    }
    await fc.assert(
      fc.asyncProperty(awkward, fc.integer({ min: 1, max: 20 }), async (text, pieceLength) => {
        expect(await inPieces(tokenizer, text, pieceLength)).toEqual(tokenizer.encode(text))
      }),
      { numRuns: 300 },
    )
  })
})

describe('encodePieces', () => {
  it('stops when the budget is reached', async () => {
    const tokenizer = await tokenizerOf(NEOX)
    const whole = tokenizer.encode(EVAL)
    const ids = await inPieces(tokenizer, EVAL, 100, 500)
    expect(ids.length).toBeGreaterThanOrEqual(500)
    expect(ids.length).toBeLessThan(600)
    expect(ids).toEqual(whole.subarray(0, ids.length))
  })

  it('says how far it is, and lets other work run', async () => {
    const heard: number[] = []
    const tokenizer = await tokenizerOf(NEOX)
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const onProgress = (fraction: number) => heard.push(fraction)
    await encodePieces(EVAL.repeat(3), tokenizer.encode, { cut: tokenizer.cut, budget: null, onProgress })
    clearInterval(timer)
    expect(heard.length).toBe(Math.ceil((EVAL.length * 3) / 16_500))
    expect(heard).toEqual([...heard].sort((a, b) => a - b))
    expect(heard.at(-1)).toBe(1)
    expect(ticks).toBeGreaterThan(2)
  })
})

describe('tokenizers that are left whole', () => {
  const { model } = NEOX
  it.each([
    ['Unigram', { ...NEOX, model: { ...model, type: 'Unigram' } }, {}],
    [
      'another word pattern',
      {
        ...NEOX,
        pre_tokenizer: { type: 'Sequence', pretokenizers: [split({ Regex: '\\w+' }, 'Isolated'), bytes] },
      },
      {},
    ],
    [
      'Llama 2, which puts a space before each text',
      {
        ...ONE_WORD,
        normalizer: {
          type: 'Sequence',
          normalizers: [{ type: 'Prepend', prepend: '▁' }, ONE_WORD.normalizer],
        },
      },
      {},
    ],
    [
      'Metaspace',
      { ...NEOX, pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' } },
      {},
    ],
    [
      'an added token that strips what follows',
      { ...NEOX, added_tokens: [{ id: 0, content: 'x', rstrip: true }] },
      {},
    ],
    ['an added token with a space in it', { ...NEOX, added_tokens: [{ id: 0, content: 'of the' }] }, {}],
    ['spaces that are squeezed', NEOX, { remove_space: true }],
  ])('%s', (_, definition, config) => expect(cutRule(definition, config)).toBeNull())

  it('is how the letter before a space that merges with it is left alone', () => {
    const cut = cutRule(JSON.parse(JSON.stringify(KINDS['Gemma where a merge crosses a space'])), {})
    expect(cut?.pattern.test('the sum')).toBe(false)
    expect(cut?.pattern.test('sum of')).toBe(true)
  })
})
