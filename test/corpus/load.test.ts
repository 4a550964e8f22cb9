/** @file Corpora from text, whole: golden sequences, sequences by a naive cut, and every way that a text can be refused. */
import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CorpusConfig } from '../../src/contract/options/audit-config.ts'
import { loadCorpus } from '../../src/corpus/load.ts'
import { dropBlankLines, preparedText } from '../../src/corpus/text.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

const EVAL = 'fixtures/corpus/eval.txt'
const limits = { vocabulary: 1024, maxPositions: 256 }
const config = (changes: Partial<CorpusConfig>): CorpusConfig => ({
  source: EVAL,
  lines: 'as-is',
  lineEnds: null,
  tokens: null,
  blockLength: 128,
  bos: 'auto',
  ...changes,
})
const tokenizer = async (model: string) => openTokenizer(await openLocal(`fixtures/models/${model}`))
async function textFile(content: string | Uint8Array, name = 'text.txt'): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'saegate-')), name)
  await writeFile(path, content)
  return path
}

describe('golden sequences', () => {
  it.each([
    ['neox', 'neox.plain', 128, 'auto', 578],
    ['gemma2', 'gemma2.nobos', 128, 'never', 578],
    ['gemma2', 'gemma2.bos127', 128, 'auto', 582],
    ['gemma2', 'gemma2.bos128', 129, 'always', 578],
  ] as const)('%s as %s', async (model, mode, blockLength, bos, sequenceCount) => {
    const golden = JSON.parse(readFileSync(`fixtures/golden/${mode}.tokens.json`, 'utf8'))
    const sequences = await loadCorpus(config({ blockLength, bos }), await tokenizer(model), limits)
    expect(sequences).toMatchObject({ sequenceCount, blockLength, bos: mode.includes('.bos') ? 1023 : null })
    expect(sequences.ids.length).toBe(sequenceCount * blockLength)
    golden.input_ids.forEach((ids: number[], sequence: number) => {
      expect(
        Array.from(sequences.ids.subarray(sequence * blockLength, (sequence + 1) * blockLength)),
      ).toEqual(ids)
    })
    const text = blockLength - (sequences.bos === null ? 0 : 1)
    expect(sequences.stream.length).toBe(74029)
    expect(sequences.droppedTokens).toBe(74029 - sequenceCount * text)
    expect(sequences.ids.at(-1)).toBe(sequences.stream[sequenceCount * text - 1])
  })
})

describe('loadCorpus', () => {
  it('stops at the token budget, which counts text tokens only', async () => {
    const sequences = await loadCorpus(config({ tokens: 300 }), await tokenizer('gemma2'), limits)
    expect(sequences).toMatchObject({ sequenceCount: 2, droppedTokens: 300 - 2 * 127 })
    expect(sequences.stream.length).toBe(300)
  })

  it('says always with the token of the configuration', async () => {
    const sequences = await loadCorpus(config({ bos: 'always' }), await tokenizer('neox'), limits)
    expect(sequences.bos).toBe(0)
  })

  it('puts a single token before the whole text where bos is stream', async () => {
    const found = await tokenizer('gemma2')
    const plain = await loadCorpus(config({ bos: 'never' }), found, limits)
    const led = await loadCorpus(config({ bos: 'stream' }), found, limits)
    expect(led.bos).toBeNull()
    expect(Array.from(led.stream)).toEqual([1023, ...plain.stream])
    expect(Array.from(led.ids.subarray(0, 256))).toEqual([1023, ...plain.stream.subarray(0, 255)])
    expect(led.documents?.starts.slice(1)).toEqual(plain.documents?.starts.slice(1).map((start) => start + 1))
    const few = await loadCorpus(config({ bos: 'stream', tokens: 300 }), found, limits)
    expect(few.stream.length).toBe(300)
  })

  it('takes off a byte order mark and leaves everything else', async () => {
    const source = await textFile('\ufeffthe sum of two and three is five .\r\n\r\n\ufeff')
    const plain = await loadCorpus(config({ source, blockLength: 2 }), await tokenizer('neox'), limits)
    const bare = (await tokenizer('neox'))?.encode('the sum of two and three is five .\r\n\r\n\ufeff')
    expect(plain.stream).toEqual(bare)
  })

  it('joins the lines that are not blank', () => {
    expect(dropBlankLines('\n a\n\n  \n\tb\r\n\r\nc\n   ')).toBe(' a\n\tb\r\nc\n')
    expect(dropBlankLines('one\n\ntwo')).toBe('one\ntwo')
    expect(dropBlankLines(' \n\n')).toBe('')
  })

  it('joins them as the paper’s code does, and still knows where documents begin', () => {
    const article = (n: number) => ` = Title ${n} = \n\n some words \n more words \n\n`
    const read = Array.from({ length: 9 }, (_, n) => article(n)).join('')
    const { text, documents } = preparedText(read, { lines: 'paper', lineEnds: null })
    const rows = read.split('\n').filter((line) => line.trim() !== '')
    expect(text).toBe(rows.map((row) => `${row}\n`).join('\n\n'))
    expect(documents?.by).toBe('titles')
    expect(Array.from(documents?.starts ?? [], (start) => text.slice(start, start + 10))).toEqual(
      Array.from({ length: 9 }, (_, n) => ` = Title ${n}`),
    )
  })
})

describe('line ends', () => {
  const WORDS = Array.from({ length: 60 }, (_, i) => `line ${i} of a text`)
  const load = async (end: string, lineEnds: CorpusConfig['lineEnds']) =>
    await loadCorpus(
      config({ source: await textFile(WORDS.join(end)), blockLength: 32, lineEnds }),
      await tokenizer('neox'),
      limits,
    )

  it('are counted as the tokenizer gets them, and made LF where that is asked for', async () => {
    const crlf = await load('\r\n', null)
    expect(crlf.lineEnds).toEqual({ crlf: 59, lf: 0, cr: 0 })
    const lf = await load('\n', null)
    expect(lf.lineEnds).toEqual({ crlf: 0, lf: 59, cr: 0 })
    expect(crlf.sha256).not.toBe(lf.sha256)
    const { made: _, ...turned } = await load('\r\n', 'lf')
    const { made: __, ...same } = lf
    expect(turned).toEqual(same)
    expect((await load('\r\n', 'keep')).sha256).toBe(crlf.sha256)
    expect((await load('\r', 'lf')).lineEnds).toEqual({ crlf: 0, lf: 0, cr: 59 })
  })
})

const refused = async (
  changes: Partial<CorpusConfig>,
  code: string,
  message: RegExp,
  model: string | null = 'neox',
) => {
  const loading = loadCorpus(config(changes), model === null ? null : await tokenizer(model), limits)
  await expect(loading).rejects.toMatchObject({
    code,
    exitStatus: 2,
    message: expect.stringMatching(message),
  })
}

describe('files that are no text', () => {
  it.each([
    ['a stray byte', [0x61, 0xff, 0x62], 1],
    ['an overlong form', [0x61, 0x61, 0xc0, 0x80], 2],
    ['a surrogate', [0xed, 0xa0, 0x80], 0],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 0],
    ['a character cut short', [0xe2, 0x82, 0xac, 0xe2, 0x82], 3],
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9, 0x20], 3],
  ])('not UTF-8: %s', async (_, bytes, offset) => {
    await refused(
      { source: await textFile(Uint8Array.from(bytes)) },
      'CORPUS_NOT_UTF8',
      new RegExp(`byte ${offset} `),
    )
  })
  it.each([
    [
      'little-endian with a mark',
      Buffer.from('\ufeffA text of ten words.', 'utf16le'),
      /byte order mark FF FE/,
    ],
    ['big-endian with a mark', Buffer.from('\ufeffA text.', 'utf16le').swap16(), /byte order mark FE FF/],
    // Passes for UTF-8: every other character is U+0000.
    [
      'little-endian without one',
      Buffer.from('A text of some words.', 'utf16le'),
      /every other byte of it is 0/,
    ],
  ])('UTF-16: %s', async (_, bytes, message) => {
    await refused({ source: await textFile(bytes) }, 'CORPUS_UTF16', message)
  })
  it('a Git LFS pointer in place of the text', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 1290000\n`
    await refused({ source: await textFile(pointer) }, 'CORPUS_LFS_POINTER', /text\.txt is a Git LFS pointer/)
  })
})

describe('refusals', () => {
  it('nothing in it', async () => {
    await refused({ source: await textFile('') }, 'CORPUS_EMPTY', /no tokens/)
    await refused({ source: await textFile(' \n\n'), lines: 'nonempty' }, 'CORPUS_EMPTY', /no tokens/)
  })
  it('shorter than one sequence', async () => {
    await refused(
      { source: await textFile('a b c') },
      'CORPUS_TOO_SHORT',
      /gives 3 tokens; one sequence needs 128/,
    )
    await refused({ tokens: 100 }, 'CORPUS_TOO_SHORT', /100 tokens \(the token budget\)/)
  })
  it('a missing file', async () => {
    await refused({ source: './nowhere.txt' }, 'FILE_MISSING', /nowhere\.txt/)
  })
  it('no tokenizer', async () => {
    await refused({}, 'TOKENIZER_NEEDED', /eval\.txt/, null)
  })
  it('token ids that the model does not have', async () => {
    const few = { vocabulary: 500, maxPositions: null }
    await expect(loadCorpus(config({}), await tokenizer('neox'), few)).rejects.toMatchObject({
      code: 'TOKENIZER_BEYOND_MODEL',
      message: expect.stringMatching(/neox: tokenizer\.json gives token id \d+, .*0 to 499.*another model/),
      fix: expect.stringContaining('--tokenizer'),
    })
    await expect(loadCorpus(config({ bos: 'always' }), await tokenizer('gemma2'), few)).rejects.toMatchObject(
      {
        code: 'TOKENIZER_BEYOND_MODEL',
        message: expect.stringMatching(/^the BOS of .*gemma2: tokenizer\.json gives token id/),
      },
    )
  })
  it('sequences that the model has no positions for, or nothing to predict in', async () => {
    await refused({ blockLength: 257 }, 'BLOCK_TOO_LONG', /257 positions .* 256/)
    await refused({ blockLength: 1 }, 'BLOCK_TOO_SHORT', /least is 2/)
  })
  it.each(['./data.tar.xz', './data.zip'])('what cannot be read: %s', async (name) => {
    await refused({ source: await textFile('x', name) }, 'CORPUS_UNSUPPORTED', /cannot be read/)
  })
  it('a BOS that nobody names', async () => {
    const nameless = { ...(await tokenizer('neox')), bosToken: null, bosFromPostProcessor: null }
    const { encode } = nameless
    if (encode === undefined) throw new Error('no tokenizer')
    const asked = {
      ...nameless,
      ...{ file: '', encode, cut: null, eosToken: null, specialIds: [], sha256: '', text: () => '' },
    }
    await expect(loadCorpus(config({ bos: 'always' }), asked, limits)).rejects.toMatchObject({
      code: 'BOS_MISSING',
    })
  })
})
