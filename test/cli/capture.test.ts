/** @file Captures of references handed on by a folder and by a dataset of the Hub, and hostile ones refused. */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run.ts'
import { KeptEntries } from '../../src/sources/kept/entries.ts'
import { entryName, type KeptKey } from '../../src/sources/kept/manifest.ts'
import { COMMIT, type HubServer, type ServedFile, startHub } from '../sources/hub-server.ts'
import { fakeHost } from './fake-host.ts'

let root = ''
const at = (...names: readonly string[]): string => join(root, ...names)
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'saegate-captures-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const [ONE, OTHER] = ['a'.repeat(64), 'b'.repeat(64)]
const keyOf = (kind: string, reference: string): KeptKey => ({
  kind,
  key: JSON.stringify({ reference, tokens: 't' }),
})
const CAPTURE = keyOf('the capture of the reference', ONE)
const SUMS = keyOf('sums of the reference at blocks.1', ONE)
const ROWS = Uint8Array.from({ length: 5000 }, (_, i) => i % 251)

async function keep(
  cache: string,
  keys: readonly KeptKey[] = [CAPTURE, SUMS, keyOf('rtn-6', ONE)],
): Promise<void> {
  const entries = await KeptEntries.open(at(cache, 'captures'), 1e9, () => {})
  for (const key of keys)
    await entries.put({
      ...key,
      bytes: ROWS.length,
      figures: { rounding: 0 },
      write: async (into) => {
        await into.part('rows-0', [ROWS])
        await into.part('hidden', [ROWS.subarray(0, 10)])
      },
    })
}

async function capture(cache: string, args: readonly string[], env: Record<string, string> = {}) {
  const host = fakeHost(['capture', ...args], null, {
    SAEGATE_CACHE: at(cache),
    HF_HUB_CACHE: at('hub'),
    ...env,
  })
  const status = await runCli(host)
  return { status, out: host.out(), err: host.err() }
}

/** Everything of an entry, as the cache gives it. */
async function taken(cache: string, key: KeptKey): Promise<readonly [unknown, Buffer] | null> {
  const notes: string[] = []
  const entries = await KeptEntries.open(at(cache, 'captures'), 1e9, (note) => void notes.push(note))
  const found = await entries.take(key, async (entry) => {
    const pieces: Uint8Array[] = []
    for await (const piece of entry.pieces('rows-0')) pieces.push(piece)
    return [entry.figures, Buffer.concat(pieces)] as const
  })
  expect(notes).toEqual([])
  return found
}

describe('captures by a folder', () => {
  it('are listed, pushed and pulled whole; rounds of candidates stay', async () => {
    await keep('mine')
    expect((await capture('mine', ['list'])).out.split('\n').slice(0, -1)).toHaveLength(2)
    const pushed = await capture('mine', ['push', at('shared')])
    expect(pushed).toMatchObject({ status: 0, out: expect.stringContaining('2 written, 0 there already.') })
    expect(pushed.out).toMatch(/activations of the reference.*No weight of it goes along/)
    expect(readdirSync(at('shared')).sort()).toEqual([CAPTURE, SUMS].map(entryName).sort())
    expect((await capture('mine', ['push', at('shared')])).out).toContain('0 written, 2 there already.')
    expect((await capture('theirs', ['pull', at('shared')])).status).toBe(0)
    expect(await taken('theirs', CAPTURE)).toEqual([{ rounding: 0 }, Buffer.from(ROWS)])
    expect(await taken('theirs', keyOf('rtn-6', ONE))).toBeNull()
  })

  it('are of one reference, and say which there are', async () => {
    await keep('mine', [CAPTURE, keyOf('the capture of the reference', OTHER)])
    const asked = await capture('mine', ['push', at('shared')])
    expect([asked.status, asked.err]).toEqual([2, expect.stringMatching(/several references: a{12}, b{12}/)])
    expect((await capture('mine', ['push', at('shared'), '--of', 'bbbb'])).status).toBe(0)
    expect(readdirSync(at('shared'))).toHaveLength(1)
    expect((await capture('mine', ['push', at('shared'), '--of', 'cc'])).err).toMatch(
      /no capture of the reference cc/,
    )
  })

  it('say the licence that the reference’s card names', async () => {
    await keep('mine')
    mkdirSync(at('base'))
    writeFileSync(at('base', 'README.md'), '---\nlicense: other\nlicense_name: gemma\n---\n# Base\n')
    const { out } = await capture('mine', ['push', at('shared'), '--card', at('base')])
    expect(out).toContain('its card names the licence gemma')
  })

  it('are refused where there are none', async () => {
    expect((await capture('empty', ['list'])).err).toMatch(/holds no captures of a reference/)
    mkdirSync(at('nothing'))
    expect((await capture('theirs', ['pull', at('nothing')])).err).toMatch(/holds no captures of a reference/)
    expect((await capture('theirs', ['pull', 'hf:acme/model'])).err).toMatch(/is no place for captures/)
  })
})

const name = entryName(CAPTURE)
const manifest = () => JSON.parse(readFileSync(at('shared', name, 'manifest.json'), 'utf8'))
const write = (value: unknown, folder = name): void =>
  writeFileSync(at('shared', folder, 'manifest.json'), JSON.stringify(value))
const withPart = (change: object) => {
  const { parts, ...rest } = manifest()
  write({ ...rest, parts: [{ ...parts[0], ...change }, parts[1]] })
}
const cases: readonly [string, () => void, RegExp][] = [
  [
    'other bytes',
    () =>
      writeFileSync(
        at('shared', name, 'rows-0'),
        ROWS.map((byte) => byte ^ 1),
      ),
    /does not match its sha256/,
  ],
  [
    'fewer bytes',
    () => writeFileSync(at('shared', name, 'rows-0'), ROWS.subarray(1)),
    /4999 bytes, not 5000/,
  ],
  ['a length that is none', () => withPart({ bytes: 2 ** 60 }), /takes \d+ bytes|is malformed/],
  ['a negative length', () => withPart({ bytes: -1 }), /malformed/],
  ['another digest', () => withPart({ sha256: '0'.repeat(64) }), /does not match its sha256/],
  ['a name that leads out', () => withPart({ name: '../../rows-0' }), /malformed/],
  ['a part that is missing', () => rmSync(at('shared', name, 'hidden')), /it has no hidden/],
  ['a part twice', () => withPart({ name: 'hidden' }), /twice/],
  ['the manifest as a part', () => withPart({ name: 'manifest.json' }), /twice/],
  [
    'another key',
    () => write({ ...manifest(), key: '{"reference":"x"}' }),
    /of something else than its name says/,
  ],
  ['no JSON', () => writeFileSync(at('shared', name, 'manifest.json'), '{'), /says not what it is of/],
  [
    'another entry’s name',
    () => cpSync(at('shared', name), at('shared', 'f'.repeat(64)), { recursive: true }),
    /of something else than its name says/,
  ],
  [
    'a huge manifest',
    () => writeFileSync(at('shared', name, 'manifest.json'), Buffer.alloc(2 ** 22 + 1)),
    /too large/,
  ],
]

describe('a hostile capture', () => {
  it.each(cases)('with %s is refused, and nothing of it is kept', async (_, change, words) => {
    await keep('mine', [CAPTURE])
    await capture('mine', ['push', at('shared')])
    change()
    const { status, err } = await capture('theirs', ['pull', at('shared')])
    expect([status, err]).toEqual([2, expect.stringMatching(words)])
    expect(await taken('theirs', CAPTURE)).toBeNull()
    expect(readdirSync(at('theirs', 'captures')).filter((one) => one.endsWith('.tmp'))).toEqual([])
  })

  it('larger than the cache may be is refused', async () => {
    await keep('mine', [CAPTURE])
    await capture('mine', ['push', at('shared')])
    // The least that can be asked for.
    withPart({ bytes: 2 ** 21 })
    const { err } = await capture('theirs', ['pull', at('shared'), '--capture-cache-size', '1MiB'])
    expect(err).toMatch(/takes \d+ bytes, and the cache may have 1048576/)
  })
})

describe('captures by a dataset of the Hub', () => {
  const served: Record<string, ServedFile> = {}
  let hub: HubServer
  let commits = 0
  beforeEach(async () => {
    for (const path of Object.keys(served)) delete served[path]
    commits = 0
    hub = await startHub(served, ['acme/captures'])
    hub.interfere = (request, response) => {
      const isOurs = /\/api\/datasets\/acme\/captures\/(preupload|commit)\//.exec(request.url ?? '')
      if (request.method !== 'POST' || isOurs === null) return false
      void bodyOf(request).then((body) => {
        const answer = isOurs[1] === 'preupload' ? preupload(body) : committed(body)
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
      })
      return true
    }
  })
  afterEach(() => hub.close())

  function preupload(body: string): unknown {
    const { files }: { files: { path: string }[] } = JSON.parse(body)
    return { files: files.map(({ path }) => ({ path, uploadMode: 'regular' })) }
  }

  function committed(body: string): unknown {
    commits++
    for (const line of body.trim().split('\n')) {
      const { key, value }: { key: string; value: { path: string; content: string } } = JSON.parse(line)
      if (key === 'file') served[value.path] = { content: Buffer.from(value.content, 'base64'), lfs: false }
    }
    return { commitOid: COMMIT, commitUrl: `${hub.endpoint}/datasets/acme/captures/commit/${COMMIT}` }
  }

  it('are only said without --yes, written with it, once, and pulled', async () => {
    await keep('mine')
    const env = { HF_ENDPOINT: hub.endpoint, HF_TOKEN: 'hf_word' }
    const place = 'hf:datasets/acme/captures'
    const dry = await capture('mine', ['push', place], env)
    expect([dry.status, dry.out]).toEqual([0, expect.stringContaining('say --yes')])
    expect([commits, hub.requests]).toEqual([0, []])
    const pushed = await capture('mine', ['push', place, '--yes'], env)
    expect(pushed.out, pushed.err).toContain(`2 written to ${place}@${COMMIT}`)
    expect(Object.keys(served).sort()).toEqual(
      [
        'README.md',
        ...[CAPTURE, SUMS].flatMap((key) =>
          ['hidden', 'manifest.json', 'rows-0'].map((file) => `${entryName(key)}/${file}`),
        ),
      ].sort(),
    )
    expect((await capture('mine', ['push', place, '--yes'], env)).out).toContain(
      'All of it is there already.',
    )
    expect(commits).toBe(1)
    const pulled = await capture('theirs', ['pull', place], env)
    expect(pulled.status, pulled.err).toBe(0)
    expect(await taken('theirs', CAPTURE)).toEqual([{ rounding: 0 }, Buffer.from(ROWS)])
    const rows = served[`${entryName(CAPTURE)}/rows-0`]
    expect(
      createHash('sha256')
        .update(rows?.content ?? '')
        .digest('hex'),
    ).toBe(createHash('sha256').update(ROWS).digest('hex'))
  })
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}
