/** @file Corpora of token ids: every integer type, both shapes, and the ids and shapes that are refused. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CorpusConfig } from '../../src/contract/options/audit-config.ts'
import { loadCorpus } from '../../src/corpus/load.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

type Values =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array

/** An .npy file, version 1.0. */
async function npyFile(descr: string, shape: string, values: Values): Promise<string> {
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`
  const header = `${dict.padEnd(117)}\n`
  const bytes = Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([header.length & 255, header.length >> 8]),
    Buffer.from(header, 'latin1'),
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  ])
  const path = join(await mkdtemp(join(tmpdir(), 'saegate-')), 'ids.npy')
  await writeFile(path, bytes)
  return path
}

const limits = { vocabulary: 100, maxPositions: null }
const load = (path: string, changes: Partial<CorpusConfig> = {}) =>
  loadCorpus(
    {
      source: `tokens:${path}`,
      lines: 'as-is',
      lineEnds: null,
      tokens: null,
      blockLength: 3,
      bos: 'auto',
      ...changes,
    },
    null,
    limits,
  )
const stream = [1, 2, 3, 4, 5, 6, 7]
const gemma = async () => openTokenizer(await openLocal('fixtures/models/gemma2'))

describe('a stream', () => {
  it.each([
    ['|i1', Int8Array.from(stream)],
    ['|u1', Uint8Array.from(stream)],
    ['<i2', Int16Array.from(stream)],
    ['<u2', Uint16Array.from(stream)],
    ['<i4', Int32Array.from(stream)],
    ['<u4', Uint32Array.from(stream)],
    ['<i8', BigInt64Array.from(stream, BigInt)],
    ['<u8', BigUint64Array.from(stream, BigInt)],
  ])('of %s is cut like text', async (descr, values) => {
    expect(await load(await npyFile(descr, '(7,)', values))).toMatchObject({
      ids: Int32Array.of(1, 2, 3, 4, 5, 6),
      stream: Int32Array.from(stream),
      sequenceCount: 2,
      bos: null,
      droppedTokens: 1,
      specialIds: [],
    })
  })

  it('gets the BOS that a text would get', async () => {
    const source = `tokens:${await npyFile('<i4', '(7,)', Int32Array.from(stream))}`
    const config = { source, lines: 'as-is', lineEnds: null, tokens: 5, blockLength: 3, bos: 'auto' } as const
    expect(await loadCorpus(config, await gemma(), { vocabulary: 1024, maxPositions: null })).toMatchObject({
      ids: Int32Array.of(1023, 1, 2, 1023, 3, 4),
      stream: Int32Array.of(1, 2, 3, 4, 5),
      droppedTokens: 1,
    })
  })
})

describe('sequences', () => {
  const rows = Int32Array.of(9, 1, 2, 9, 3, 4, 9, 5, 6)

  it('stay as they are, within the budget of whole rows', async () => {
    const path = await npyFile('<i4', '(3, 3)', rows)
    expect(await load(path)).toMatchObject({ ids: rows, sequenceCount: 3, bos: null, droppedTokens: 0 })
    expect(await load(path, { tokens: 8 })).toMatchObject({ ids: rows.subarray(0, 6), sequenceCount: 2 })
  })

  it('get a BOS only when told', async () => {
    const source = `tokens:${await npyFile('<i4', '(3, 3)', rows)}`
    const config = {
      source,
      lines: 'as-is',
      lineEnds: null,
      tokens: null,
      blockLength: 4,
      bos: 'always',
    } as const
    expect(await loadCorpus(config, await gemma(), { vocabulary: 1024, maxPositions: null })).toMatchObject({
      ids: Int32Array.of(1023, 9, 1, 2, 1023, 9, 3, 4, 1023, 9, 5, 6),
      stream: rows,
      bos: 1023,
    })
  })
})

describe('refusals', () => {
  const one = Int32Array.of(1, 2, 3, 4, 5, 6)
  it.each([
    [
      'an id beyond the vocabulary',
      '<i4',
      '(3,)',
      Int32Array.of(1, 2, 100),
      'TOKEN_OUT_OF_VOCABULARY',
      /id 100 at index 2/,
    ],
    [
      'a negative id',
      '<i8',
      '(3,)',
      BigInt64Array.of(1n, -1n, 2n),
      'TOKEN_OUT_OF_VOCABULARY',
      /id -1 at index 1/,
    ],
    [
      'an id beyond 2^53',
      '<u8',
      '(3,)',
      BigUint64Array.of(1n, 2n ** 63n, 2n),
      'TOKEN_OUT_OF_VOCABULARY',
      /id 9223372036854775808 at index 1/,
    ],
    ['floats', '<f4', '(3,)', Float32Array.of(1, 2, 3), 'TOKENS_MALFORMED', /f4, not an integer/],
    ['three axes', '<i4', '(1, 2, 3)', one, 'TOKENS_MALFORMED', /3 axes/],
    ['a single number', '<i4', '()', Int32Array.of(1), 'TOKENS_MALFORMED', /0 axes/],
    ['nothing', '<i4', '(0,)', new Int32Array(0), 'CORPUS_EMPTY', /no tokens/],
    ['empty rows', '<i4', '(2, 0)', new Int32Array(0), 'CORPUS_EMPTY', /no tokens/],
    [
      'rows of another length',
      '<i4',
      '(3, 2)',
      one,
      'TOKENS_ROW_LENGTH',
      /rows of 2 tokens, 2 positions; sequences are to have 3/,
    ],
    ['less than one sequence', '<i4', '(2,)', Int32Array.of(1, 2), 'CORPUS_TOO_SHORT', /gives 2 tokens/],
    ['a file cut short', '<i4', '(9,)', one, 'NPY_MALFORMED', /ids\.npy/],
  ])('%s', async (_, descr, shape, values, code, message) => {
    const loading = load(await npyFile(descr, shape, values))
    await expect(loading).rejects.toMatchObject({
      code,
      exitStatus: 2,
      message: expect.stringMatching(message),
      fix: expect.not.stringContaining('blank lines'),
    })
  })

  it('no path', async () => {
    await expect(load('')).rejects.toMatchObject({
      code: 'CORPUS_PATH_MISSING',
      exitStatus: 2,
      message: expect.stringContaining('a path must follow "tokens:"'),
    })
  })

  it('a BOS without a tokenizer to name it', async () => {
    await expect(load(await npyFile('<i4', '(6,)', one), { bos: 'always' })).rejects.toMatchObject({
      code: 'BOS_MISSING',
    })
  })
})
