/** @file Corpora straight from the Hub, against a server of our own: which files are meant, how much of them arrives, what is kept. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ByteSource } from '../../src/bytes/source.ts'
import { EVERY_RECORD, type RecordsConfig } from '../../src/contract/options/audit-config.ts'
import { loadCorpus } from '../../src/corpus/load.ts'
import { corpusFiles } from '../../src/corpus/places/corpus-files.ts'
import { openParquet } from '../../src/corpus/records/parquet.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { hubPathMissing } from '../../src/errors/hub.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { openLocal } from '../../src/sources/local-folder.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { HUB_TRANSFER } from '../../src/sources/transfer/hub-download.ts'
import { rangedSource } from '../../src/sources/transfer/ranged-source.ts'
import { COMMIT, type HubServer, type ServedFile, startHub } from '../sources/hub-server.ts'

const found = await openTokenizer(await openLocal('fixtures/models/neox'))
if (found === null) throw new Error('no tokenizer')
const tokenizer = found

const TEXTS = Array.from(
  { length: 10 },
  (_, i) => `the sum of ${i} and two , and then some more of it ${i} .`,
)
const utf8 = (text: string): ServedFile => ({ content: new TextEncoder().encode(text), lfs: false })
const table = (texts: readonly string[], rowGroupSize = 4): ServedFile => ({
  content: new Uint8Array(
    parquetWriteBuffer({ columnData: [{ name: 'text', data: [...texts], type: 'STRING' }], rowGroupSize }),
  ),
  lfs: true,
})
const LINES = [' = A title = \n', '', ' some words of it \n', ' and more words . \n', '']

const README = `---
configs:
- config_name: plain
  data_files:
  - split: train
    path: "plain/train-*.parquet"
  - split: test
    path: ["plain/test-*.parquet"]
- config_name: lines
  data_files: "rows/*.jsonl"
---
# A dataset
`
const FILES: Readonly<Record<string, ServedFile>> = {
  'README.md': utf8(README),
  'plain/train-00000-of-00002.parquet': table(TEXTS.slice(0, 6)),
  'plain/train-00001-of-00002.parquet': table(TEXTS.slice(6)),
  'plain/test-00000-of-00001.parquet': table(TEXTS.slice(0, 3)),
  'rows/a.jsonl': utf8(TEXTS.map((text) => JSON.stringify({ text })).join('\n')),
  'wikitext-2-raw-v1/test-00000-of-00001.parquet': table(LINES),
  'en/c4-validation.00000-of-00008.json.gz': {
    content: gzipSync(TEXTS.map((text) => JSON.stringify({ text, url: 'u' })).join('\n')),
    lfs: true,
  },
}
const NAMES = ['own/name', 'Salesforce/wikitext', 'allenai/c4']

let cache = ''
let hub: HubServer
const start = async (files: Readonly<Record<string, ServedFile>>) => {
  await hub?.close()
  hub = await startHub(files, NAMES)
}
beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), 'saegate-corpora-'))
  hub = await startHub(FILES, NAMES)
})
afterEach(async () => {
  await hub.close()
  rmSync(cache, { recursive: true })
})
const settings = () => ({
  ...hubSettings({ HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: cache }),
  proofFolder: join(cache, 'proofs'),
  wait: async () => {},
})
const open = (spec: string) => openFiles(spec, settings())
const load = (
  source: string,
  records: Partial<RecordsConfig> = {},
  lines: 'as-is' | 'nonempty' | 'paper' = 'as-is',
) =>
  loadCorpus(
    {
      source,
      lines,
      lineEnds: null,
      tokens: null,
      blockLength: 4,
      bos: 'never',
      records: { ...EVERY_RECORD, ...records },
    },
    tokenizer,
    { vocabulary: 1024, maxPositions: null, open },
  )
const naive = (texts: readonly string[]) =>
  texts.flatMap((text, i) => [...tokenizer.encode(i === texts.length - 1 ? text : `${text}\n\n`)])
const fetched = () => hub.requests.filter((one) => one.includes('/resolve/') && !one.endsWith('README.md'))

describe('a dataset', () => {
  it.each([
    ['hf:datasets/own/name:plain/train', TEXTS],
    ['hf:datasets/own/name:plain', TEXTS.slice(0, 3)],
    [`hf:datasets/own/name@${COMMIT}:lines`, TEXTS],
    ['hf:datasets/own/name/rows/a.jsonl', TEXTS],
    ['hf:datasets/own/name/plain/*.parquet', [...TEXTS.slice(0, 3), ...TEXTS]],
    ['hf:datasets/own/name:plain/test, hf:datasets/own/name:lines', [...TEXTS.slice(0, 3), ...TEXTS]],
  ])('%s', async (source, texts) => {
    const tokens = await load(source)
    expect([...tokens.stream]).toEqual(naive(texts))
    expect(tokens.made?.text.revision).toBe(COMMIT)
  })

  it('comes through the cache that other libraries share', async () => {
    await load('hf:datasets/own/name:plain/test')
    await load('hf:datasets/own/name:plain/test')
    expect(fetched()).toHaveLength(1)
    expect(readdirSync(join(cache, 'datasets--own--name/snapshots', COMMIT, 'plain'))).toEqual([
      'test-00000-of-00001.parquet',
    ])
    const offline = { ...settings(), offline: true }
    const again = await loadCorpus(
      {
        source: 'hf:datasets/own/name:plain/test',
        lines: 'as-is',
        lineEnds: null,
        tokens: null,
        blockLength: 4,
        bos: 'never',
      },
      tokenizer,
      { vocabulary: 1024, maxPositions: null, open: (spec) => openFiles(spec, offline) },
    )
    expect([...again.stream]).toEqual(naive(TEXTS.slice(0, 3)))
  })

  it.each([
    ['hf:datasets/own/name', 'several configs, and none is named: plain, lines'],
    ['hf:datasets/own/name:other', 'no config "other": it has plain, lines'],
    ['hf:datasets/own/name:plain/dev', 'no split "dev": it has train, test'],
  ])('%s is asked for what it means', async (source, message) => {
    await expect(load(source)).rejects.toMatchObject({
      code: 'DATASET_CHOICE',
      exitStatus: 2,
      message: expect.stringContaining(message),
    })
  })
})

describe('a dataset that declares nothing', () => {
  it('is told by the names of its files', async () => {
    await start({
      'README.md': utf8('# Nothing'),
      'data/train-00000-of-00001.parquet': table(TEXTS),
      'data/test-00000-of-00001.parquet': table(TEXTS.slice(0, 2)),
      'dataset_infos.json': utf8('{}'),
    })
    expect([...(await load('hf:datasets/own/name')).stream]).toEqual(naive(TEXTS.slice(0, 2)))
    expect([...(await load('hf:datasets/own/name/train')).stream]).toEqual(naive(TEXTS))
  })

  it('that only a script reads is taken as the Hub has converted it', async () => {
    await start({ 'name.py': utf8('import os') })
    await expect(load('hf:datasets/own/name')).rejects.toMatchObject({ code: 'HUB_NOT_FOUND' })
    await expect(load(`hf:datasets/own/name@${COMMIT}`)).rejects.toMatchObject({ code: 'CORPUS_NO_FILES' })
    const folder = await openLocal('fixtures/models/neox')
    const { files } = await corpusFiles('hf:datasets/own/name:a/train', async (spec) => {
      if (spec.endsWith('README.md')) throw hubPathMissing('own/name', 'README.md', 'main')
      const names = spec.endsWith('@refs/convert/parquet')
        ? ['a/train/0000.parquet', 'a/test/0000.parquet']
        : []
      return { ...folder, revision: COMMIT, names, has: (name) => names.includes(name) }
    })
    expect(files.map(({ name }) => name)).toEqual(['a/train/0000.parquet'])
  })
})

describe('a name', () => {
  it('wikitext-2 is the lines of one text, as the paper joins them', async () => {
    const text = LINES.filter((line) => line.trim() !== '').join('')
    expect([...(await load('wikitext-2', {}, 'nonempty')).stream]).toEqual([...tokenizer.encode(text)])
    // Rows end in a line end themselves; the authors' code puts two more between those that are not blank.
    const rows = LINES.filter((line) => line.trim() !== '').map((line) => line.replace(/\n?$/, '\n'))
    expect([...(await load('wikitext-2', {}, 'paper')).stream]).toEqual([
      ...tokenizer.encode(rows.join('\n\n')),
    ])
    expect([...(await load('wikitext-2:test')).stream]).toEqual([
      ...tokenizer.encode(LINES.map((line) => line || '\n').join('')),
    ])
    await expect(load('wikitext-2:dev')).rejects.toMatchObject({ code: 'DATASET_CHOICE' })
  })

  it('c4 is read from its packed lines', async () => {
    expect([...(await load('c4')).stream]).toEqual(naive(TEXTS))
  })
})

describe('a large file', () => {
  it('is read by ranges: the footer and one column of the row groups that are used', async () => {
    const wide = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'other', data: Array.from({ length: 400 }, (_, i) => `${i}`.repeat(400)), type: 'STRING' },
          { name: 'text', data: Array.from({ length: 400 }, (_, i) => `words ${i}`), type: 'STRING' },
        ],
        rowGroupSize: 100,
        codec: 'UNCOMPRESSED',
      }),
    )
    await start({ 'big.parquet': { content: wide, lfs: true } })
    let arrived = 0
    const counted: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      arrived += Number(response.headers.get('Content-Length'))
      return response
    }
    const url = new URL(`${hub.endpoint}/own/name/resolve/${COMMIT}/big.parquet`)
    const source = ranged(url, wide, counted)
    const parquet = await openParquet(source)
    expect(parquet.rows).toBe(400)
    expect((await parquet.readGroup(1, 'text'))[5]).toBe('words 105')
    expect(arrived).toBeLessThan(wide.length / 20)
  })

  it.each([
    ['a whole file', (body: Uint8Array) => ({ status: 200, range: undefined, body })],
    [
      'another range',
      (body: Uint8Array) => ({ status: 206, range: 'bytes 5-9/1000', body: body.subarray(5, 10) }),
    ],
    [
      'another length',
      (body: Uint8Array) => ({ status: 206, range: 'bytes 0-9/999', body: body.subarray(0, 10) }),
    ],
  ])('for which %s arrives is refused', async (_, answer) => {
    const bytes = new Uint8Array(1000)
    hub.interfere = (_request, response) => {
      const { status, range, body } = answer(bytes)
      response.writeHead(status, range === undefined ? {} : { 'Content-Range': range }).end(body)
      return true
    }
    const source = ranged(new URL(hub.endpoint), bytes)
    await expect(source.read(0, 10)).rejects.toMatchObject({ code: 'HUB_FILE_DAMAGED' })
  })

  it('is asked for again where the connection breaks', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i & 255)
    let left = 2
    hub.interfere = (_request, response) => {
      response.writeHead(206, { 'Content-Range': 'bytes 10-19/1000', 'Content-Length': 10 })
      if (left-- > 0) response.write(bytes.subarray(10, 13), () => setTimeout(() => response.destroy(), 20))
      else response.end(bytes.subarray(10, 20))
      return true
    }
    const source = ranged(new URL(hub.endpoint), bytes)
    expect([...(await source.read(10, 20))]).toEqual([...bytes.subarray(10, 20)])
  })
})

describe('a large file in order', () => {
  it('is held against its hash where it is read whole, and where it is not that is told', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i & 255)
    await start({ big: { content: bytes, lfs: true } })
    const at = new URL(`${hub.endpoint}/own/name/resolve/${COMMIT}/big`)
    const told: boolean[] = []
    const readIn = async (source: ByteSource, ends: readonly number[]) => {
      for (const [i, end] of ends.entries()) await source.read(ends[i - 1] ?? 0, end)
      await source.close()
    }
    const onRanges = (_: string, areVerified: boolean) => void told.push(areVerified)
    await readIn(ranged(at, bytes, fetch, onRanges), [400, 1000])
    await readIn(ranged(at, bytes, fetch, onRanges), [400, 999])
    expect(told).toEqual([true, false])
    const other = ranged(
      at,
      bytes.map((byte) => byte ^ 1),
      fetch,
      onRanges,
    )
    await expect(readIn(other, [400, 1000])).rejects.toMatchObject({ code: 'HUB_FILE_DAMAGED' })
  })
})

/** A file that is read by ranges, listed with the hash of `content`. */
function ranged(
  url: URL,
  content: Uint8Array,
  request: typeof fetch = fetch,
  onRanges: (file: string, areVerified: boolean) => void = () => {},
): ByteSource {
  const hex = createHash('sha256').update(content).digest('hex')
  const listed = { byteLength: content.byteLength, hash: { algorithm: 'sha256', hex } } as const
  return rangedSource({ name: 'big', url, listed, problems: HUB_TRANSFER }, request, {
    wait: async () => {},
    onRanges,
  })
}
