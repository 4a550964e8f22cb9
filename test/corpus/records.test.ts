/** @file Corpora of records: every format and packing gives the ids of its texts, encoded here one by one; what is broken is named. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type CorpusConfig,
  EVERY_RECORD,
  type RecordsConfig,
} from '../../src/contract/options/audit-config.ts'
import { hashIds } from '../../src/corpus/cut-sequences.ts'
import { loadCorpus } from '../../src/corpus/load.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-records-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const limits = { vocabulary: 1024, maxPositions: 256 }
const found = await openTokenizer(await openLocal('fixtures/models/neox'))
if (found === null) throw new Error('no tokenizer')
const tokenizer = found

const TEXTS = Array.from(
  { length: 12 },
  (_, i) => `record ${i} says "${'two and three , '.repeat(i + 1)}" .\nAnd é ${i}.`,
)

const load = (source: string, records: Partial<RecordsConfig> = {}, changes: Partial<CorpusConfig> = {}) =>
  loadCorpus(
    {
      source,
      lines: 'as-is',
      lineEnds: null,
      tokens: null,
      blockLength: 8,
      bos: 'never',
      records: { ...EVERY_RECORD, ...records },
      ...changes,
    },
    tokenizer,
    limits,
  )

/** Each text by itself, a blank line after all but the last. */
function naive(texts: readonly string[]): { ids: number[]; starts: number[] } {
  const ids: number[] = []
  const starts: number[] = []
  for (const [i, text] of texts.entries()) {
    starts.push(ids.length)
    ids.push(...tokenizer.encode(i === texts.length - 1 ? text : `${text}\n\n`))
  }
  return { ids, starts }
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const parquet = (
  texts: readonly (string | null)[],
  rowGroupSize = 5,
  codec: 'SNAPPY' | 'UNCOMPRESSED' = 'SNAPPY',
) =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: texts.map((_, i) => i), type: 'INT32' },
        { name: 'text', data: [...texts], type: 'STRING' },
      ],
      rowGroupSize,
      codec,
    }),
  )
const lines = (texts: readonly string[]) => texts.map((text, id) => JSON.stringify({ id, text })).join('\n')
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
const csv = (texts: readonly string[], sign: string) =>
  `id${sign}text\r\n${texts.map((text, i) => `${i}${sign}${cell(text)}\r\n`).join('')}`

describe('every format', () => {
  const { ids, starts } = naive(TEXTS)
  it.each([
    ['a.jsonl', lines(TEXTS)],
    ['a.ndjson', `\ufeff${lines(TEXTS)}\n\n`],
    ['a.jsonl.gz', gzipSync(lines(TEXTS))],
    [
      'two-members.jsonl.gz',
      Buffer.concat([gzipSync(`${lines(TEXTS.slice(0, 3))}\n`), gzipSync(lines(TEXTS.slice(3)))]),
    ],
    [
      'list.json',
      JSON.stringify(
        TEXTS.map((text) => ({ text })),
        null,
        1,
      ),
    ],
    ['wrapped.json', JSON.stringify({ data: TEXTS.map((text) => ({ text })) })],
    ['really-lines.json.gz', gzipSync(lines(TEXTS))],
    ['a.csv', csv(TEXTS, ',')],
    ['a.csv.gz', gzipSync(`\ufeff${csv(TEXTS, ',')}`)],
    ['a.tsv', csv(TEXTS, '\t')],
    ['a.parquet', parquet(TEXTS)],
    ['plain.parquet', parquet(TEXTS, 100, 'UNCOMPRESSED')],
  ])('%s', async (name, content) => {
    const tokens = await load(file(name, content))
    expect([...tokens.stream]).toEqual(ids)
    expect(tokens.documents).toEqual({ by: 'records', starts: Int32Array.from(starts) })
    expect(tokens.made?.text.records).toEqual({ field: 'text', read: 12, without: 0, subset: null, seed: 0 })
    expect(tokens.made?.tokenizer).toBe(tokenizer.sha256)
  })

  // Made by the zstd program: one frame; two frames, with a checksum and without.
  it.each([
    [
      'KLUv/QRorQEAIgMLELAdA3NoNYXXc2KIzDLJl59geoDp0L9Tyk7/ZVpJGlWwtagix3rTLNzim2UBAI6FKgNRWUxC',
      ['the sum of two and three is five .', 'a'],
    ],
    ['KLUv/QRYeQAAeyJ0ZXh0Ijoib25lIn0KrVQD9Si1L/0AWHkAAHsidGV4dCI6InR3byJ9Cg==', ['one', 'two']],
  ])('a.jsonl.zst', async (packed, texts) => {
    const tokens = await load(file('a.jsonl.zst', Buffer.from(packed, 'base64')), {}, { blockLength: 2 })
    expect([...tokens.stream]).toEqual(naive(texts).ids)
  })

  it('a packed text is the text', async () => {
    const text = TEXTS.join('\n')
    const [plain, packed] = [file('t.txt', text), file('t.txt.gz', gzipSync(text))]
    expect((await load(packed)).sha256).toBe((await load(plain)).sha256)
    expect((await load(packed)).made?.text.sha256).toBe((await load(plain)).made?.text.sha256)
  })
})

describe('several files', () => {
  mkdirSync(join(folder, 'many/deep'), { recursive: true })
  file('many/a.jsonl', lines(TEXTS.slice(0, 4)))
  file('many/b.csv', csv(TEXTS.slice(4, 8), ','))
  file('many/deep/c.parquet', parquet(TEXTS.slice(8)))
  file('many/notes.pdf', 'no text')
  const many = join(folder, 'many')

  it.each([
    ['a folder', many],
    ['a glob', `${many}/**/*.{jsonl,csv,parquet}`],
    ['apart by commas', `${many}/a.jsonl,${many}/b.csv, ${many}/deep/c.parquet`],
    ['braces', `${many}/{a.jsonl,b.csv,deep/c.parquet}`],
  ])('%s', async (_, source) => {
    const tokens = await load(source)
    expect([...tokens.stream]).toEqual(naive(TEXTS).ids)
    expect(tokens.made?.text.files).toHaveLength(3)
  })

  it('a file whose name has a comma or a wildcard is that file', async () => {
    const odd = file('odd, {name}*.jsonl', lines(TEXTS))
    expect([...(await load(odd)).stream]).toEqual(naive(TEXTS).ids)
  })

  it('texts are one text, with a blank line between', async () => {
    file('x.txt', 'one two')
    file('y.txt', 'three four')
    const tokens = await load(`${join(folder, 'x.txt')},${join(folder, 'y.txt')}`, {}, { blockLength: 2 })
    expect([...tokens.stream]).toEqual([...tokenizer.encode('one two\n\nthree four')])
  })
})

describe('which records', () => {
  it('stops reading where the budget is met', async () => {
    const { ids } = naive([...TEXTS, 'more'])
    // What is not read may be broken.
    const path = file('budget.jsonl', `${lines(TEXTS)}\n{"text": broken`)
    const tokens = await load(path, {}, { tokens: 40 })
    expect([...tokens.stream]).toEqual(ids.slice(0, 40))
    expect(tokens.made?.text.records?.read).toBeLessThan(6)
    await expect(load(path)).rejects.toMatchObject({
      code: 'CORPUS_BROKEN',
      message: expect.stringContaining('line 13'),
    })
  })

  it('a subset is drawn alike from every format, by its seed', async () => {
    const [a, b] = [file('s.jsonl', lines(TEXTS)), file('s.parquet', parquet(TEXTS, 3))]
    const drawn = await load(a, { subset: 5, seed: 7 })
    expect((await load(b, { subset: 5, seed: 7 })).sha256).toBe(drawn.sha256)
    expect((await load(a, { subset: 5, seed: 8 })).sha256).not.toBe(drawn.sha256)
    expect(drawn.made?.text.records).toMatchObject({ subset: 5, seed: 7 })
    const all = await load(a)
    const shuffled = await load(a, { subset: 12 })
    expect(shuffled.made?.text.unordered).toBe(all.made?.text.unordered)
    expect(shuffled.made?.text.sha256).not.toBe(all.made?.text.sha256)
  })

  it('every record is as likely as another', async () => {
    const { Draw } = await import('../../src/corpus/records/draw.ts')
    const counts = new Array<number>(10).fill(0)
    for (let seed = 0; seed < 4000; seed++) {
      const draw = new Draw<number>(3, seed)
      for (let record = 0; record < 10; record++) draw.offer(record, record)
      for (const record of draw.drawn()) counts[record] = (counts[record] ?? 0) + 1
    }
    // 1200 of each, standard deviation 29: within five of them.
    for (const count of counts) expect(Math.abs(count - 1200)).toBeLessThan(145)
  })

  it('a field is found, named, inside another, or missing with the count', async () => {
    const only = file('f1.jsonl', TEXTS.map((body, id) => JSON.stringify({ id, body })).join('\n'))
    expect([...(await load(only)).stream]).toEqual(naive(TEXTS).ids)
    const inside = file('f2.jsonl', TEXTS.map((b) => JSON.stringify({ a: { b }, text: 'no' })).join('\n'))
    expect([...(await load(inside, { field: 'a.b' })).stream]).toEqual(naive(TEXTS).ids)
    const some = file('f3.jsonl', `${lines(TEXTS)}\n{"id":1}\n{"text":null}`)
    const tokens = await load(some)
    expect([...tokens.stream]).toEqual(naive(TEXTS).ids)
    expect(tokens.made?.text.records).toMatchObject({ read: 14, without: 2 })
    const nulls = await load(file('f4.parquet', parquet([null, ...TEXTS, null])))
    expect([...nulls.stream]).toEqual(naive(TEXTS).ids)
    expect(nulls.made?.text.records).toMatchObject({ read: 14, without: 2 })
  })
})

describe('conversations', () => {
  const CHATS = Array.from({ length: 9 }, (_, i) => [
    { role: 'user', content: `what is ${i} and two` },
    { role: 'assistant', content: `that is ${i} .` },
  ])
  const TEMPLATE =
    "{{ bos_token }}{% for message in messages %}{{ '[' + message['role'] + '] ' + message['content'] + '\\n' }}{% endfor %}"
  const asked = (template: string | null) => ({
    ...tokenizer,
    chat: { name: 'the test', template, tokens: { bos_token: '<s>' } },
  })
  const config: CorpusConfig = {
    source: file('chats.jsonl', CHATS.map((messages) => JSON.stringify({ messages })).join('\n')),
    lines: 'as-is',
    lineEnds: null,
    tokens: null,
    blockLength: 8,
    bos: 'never',
    records: { ...EVERY_RECORD, template: true },
  }
  const texts = CHATS.map(
    (chat) => `<s>${chat.map(({ role, content }) => `[${role}] ${content}\n`).join('')}`,
  )

  it('are written by the tokenizer’s template', async () => {
    const tokens = await loadCorpus(config, asked(TEMPLATE), limits)
    expect([...tokens.stream]).toEqual(naive(texts).ids)
    const shared = CHATS.map((chat) => ({
      conversations: chat.map(({ role, content }) => ({
        from: role === 'user' ? 'human' : 'gpt',
        value: content,
      })),
    }))
    const source = file('shared.json', JSON.stringify(shared))
    expect((await loadCorpus({ ...config, source }, asked(TEMPLATE), limits)).sha256).toBe(tokens.sha256)
  })

  it.each([
    ['CHAT_TEMPLATE_MISSING', null, 'no chat template'],
    ['CHAT_TEMPLATE_UNUSABLE', '{% for %}', 'the test cannot be used'],
    ['CHAT_TEMPLATE_UNUSABLE', "{{ raise_exception('roles must alternate') }}", 'roles must alternate'],
    ['CHAT_TEMPLATE_UNUSABLE', '{% for i in range(1000000000) %}{% endfor %}', 'range of 1000000000'],
  ] as const)('%s', (code, template, message) => expectRefused(code, template, message))

  // It has five seconds.
  it('that never end are ended by the clock', { tags: ['slow'] }, () =>
    expectRefused(
      'CHAT_TEMPLATE_UNUSABLE',
      '{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}',
      'timed out',
    ),
  )

  async function expectRefused(code: string, template: string | null, message: string): Promise<void> {
    await expect(loadCorpus(config, asked(template), limits)).rejects.toMatchObject({
      code,
      exitStatus: 2,
      message: expect.stringContaining(message),
    })
  }

  it('that are none are named', async () => {
    const source = file('no-chat.jsonl', '{"messages":[{"role":"user"}]}')
    await expect(loadCorpus({ ...config, source }, asked(TEMPLATE), limits)).rejects.toMatchObject({
      code: 'CHAT_MALFORMED',
      message: expect.stringContaining('record 1'),
    })
  })
})

const many = (count: number, text: string) => Array.from({ length: count }, () => text).join('')
const whole = parquet(TEXTS)
const at = (offset: number, value: number) => {
  const bytes = whole.slice()
  new DataView(bytes.buffer).setUint32(bytes.length + offset, value, true)
  return bytes
}

describe('what cannot be read', () => {
  it.each<[string, string | Uint8Array, string, RegExp]>([
    ['empty.jsonl', '', 'CORPUS_EMPTY', /no tokens/],
    ['empty.csv', '', 'CORPUS_EMPTY', /no tokens/],
    ['names.csv', 'id,text\n', 'CORPUS_EMPTY', /no tokens/],
    ['empty.parquet', '', 'CORPUS_BROKEN', /0 bytes/],
    ['none.parquet', parquet([]), 'CORPUS_EMPTY', /no tokens/],
    ['blank.jsonl', '{"text":" "}\n{"text":""}', 'CORPUS_EMPTY', /no tokens/],
    ['empty.gz', '', 'CORPUS_BROKEN', /gzip/],
    ['kind.jsonl', '{"text":["a"]}', 'CORPUS_FIELD_KIND', /record 1 has a list/],
    ['late.jsonl', '{"text":"a"}\n{"text":7}', 'CORPUS_FIELD_KIND', /record 2 has a number/],
    ['two.jsonl', '{"a":"x","b":"y"}', 'CORPUS_FIELD_MISSING', /they have a, b/],
    ['number.jsonl', '17', 'CORPUS_BROKEN', /record 1 is no object/],
    ['deep.jsonl', `{"text":${many(1000, '[')}`, 'CORPUS_BROKEN', /deeper than 64/],
    ['latin.jsonl', Buffer.from('{"text":"caf\xe9"}', 'latin1'), 'CORPUS_BROKEN', /not UTF-8/],
    ['twice.csv', 'text,text\na,b\n', 'CORPUS_BROKEN', /two of its columns/],
    ['ragged.csv', 'a,text\n1,b,c\n', 'CORPUS_BROKEN', /Invalid Record Length/],
    ['latin.csv', Buffer.from('text\ncaf\xe9\n', 'latin1'), 'CORPUS_BROKEN', /not UTF-8/],
    ['open.csv', `text\n"${many(2 ** 21, 'never ends')}`, 'RECORD_TOO_LARGE', /record 1/],
    ['short.csv', 'text\n"never ends', 'CORPUS_BROKEN', /quote/i],
    ['giant.jsonl', `{"text":"${many(2 ** 21, 'x y z , a ')}"}`, 'RECORD_TOO_LARGE', /record 1/],
    [
      'bomb.jsonl.gz',
      gzipSync(`{"text":"${many(2 ** 21, '0000000000000000')}"}`),
      'RECORD_TOO_LARGE',
      /record 1/,
    ],
    ['cut.jsonl.gz', gzipSync(lines(TEXTS)).subarray(0, 100), 'CORPUS_BROKEN', /no whole gzip/],
    ['no.jsonl.gz', lines(TEXTS), 'CORPUS_BROKEN', /no whole gzip/],
    ['no.jsonl.zst', lines(TEXTS), 'CORPUS_BROKEN', /no whole zstd/],
    [
      'window.jsonl.zst',
      Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xa0, 1, 0, 0]),
      'CORPUS_BROKEN',
      /window of/,
    ],
    ['magic.parquet', whole.subarray(0, -3), 'CORPUS_BROKEN', /cannot be|can be trusted/],
    ['footer.parquet', at(-8, 0x7fffffff), 'CORPUS_BROKEN', /its footer claims 2147483647/],
    ['packed.parquet.gz', gzipSync(whole), 'CORPUS_BROKEN', /read from its end/],
    [
      'pointer.parquet',
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
      'CORPUS_LFS_POINTER',
      /LFS/,
    ],
  ])('%s', async (name, content, code, message) => {
    const failure = load(file(name, content), {}, { blockLength: 2 })
    await expect(failure).rejects.toMatchObject({
      code,
      exitStatus: 2,
      message: expect.stringMatching(message),
    })
  })
})

describe('what cannot be found or trusted', () => {
  it('a field that is not there, a pattern that matches nothing, records asked of a text', async () => {
    const path = file('a.jsonl', lines(TEXTS))
    await expect(load(path, { field: 'content' })).rejects.toMatchObject({ code: 'CORPUS_FIELD_MISSING' })
    await expect(load(`${folder}/nothing-*.jsonl`)).rejects.toMatchObject({ code: 'CORPUS_NO_FILES' })
    const text = file('t.txt', 'one two three four')
    for (const records of [{ subset: 2 }, { field: 'text' }, { template: true }])
      await expect(load(text, records)).rejects.toMatchObject({ code: 'CORPUS_NO_RECORDS' })
  })

  it('Parquet with any byte of its footer or pages changed is read or refused, within bounds', {
    tags: ['slow'],
  }, async () => {
    for (let i = 0; i < whole.length; i += 3) {
      const bytes = whole.slice()
      bytes[i] = (bytes[i] ?? 0) ^ (1 << (i % 8))
      const outcome = await load(file('fuzz.parquet', bytes), {}, { blockLength: 2 }).then(
        ({ stream }) => hashIds(stream),
        (error: { code?: string; stack?: string }) => error.code ?? error.stack,
      )
      expect(outcome).toMatch(/^([0-9a-f]{64}|CORPUS_\w+)$/)
    }
  })
})
