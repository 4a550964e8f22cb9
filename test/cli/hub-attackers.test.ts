/**
 * @file Somebody who answers in the Hub's place, or owns a repository there, played against the command line: what is pinned comes
 * as it is listed or not at all, nothing is written outside the cache, and no token goes astray. Beside each stands its honest twin.
 *
 * @module-tag slow
 */
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run.ts'
import { filesSha256 } from '../../src/sources/file-digests.ts'
import { npyInt32 } from '../audit/npy.ts'
import { COMMIT, type HubServer, type ServedFile, startHub } from '../sources/hub-server.ts'
import { fakeHost, saegateHere } from './fake-host.ts'

const stored = (path: string, lfs = false): ServedFile => ({ content: readFileSync(path), lfs })
const text = (content: string): ServedFile => ({ content: new TextEncoder().encode(content), lfs: false })
const WEIGHTS = stored('fixtures/models/neox/model.safetensors', true)
const MODEL = {
  'config.json': stored('fixtures/models/neox/config.json'),
  'model.safetensors': WEIGHTS,
}
const TOKEN = 'hf_averysecretword'
const DAMAGED = expect.stringContaining('did not arrive as the Hub describes it')
const UNUSABLE = expect.stringContaining('The answer of the Hub for own/name cannot be used')

let folder = ''
let hub: HubServer
beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'saegate-attackers-')))
  hub = await startHub(MODEL)
})
afterEach(async () => {
  await hub.close()
  rmSync(folder, { recursive: true })
})

async function serve(files: Readonly<Record<string, ServedFile>>): Promise<void> {
  await hub.close()
  hub = await startHub(files)
}

/** `saegate inspect` of the repository at its commit. */
async function inspect(path = '', env: Readonly<Record<string, string>> = {}) {
  const host = fakeHost(['inspect', `hf:own/name@${COMMIT}${path}`], null, {
    HF_ENDPOINT: hub.endpoint,
    HF_HUB_CACHE: join(folder, 'cache'),
    HF_TOKEN: TOKEN,
    ...env,
  })
  const status = await runCli(host)
  expect(host.out() + host.err()).not.toContain(TOKEN)
  return { status, said: host.out() + host.err() }
}

/** Every file and link below the cache, by its name there. */
const cached = (): readonly string[] =>
  readdirSync(join(folder, 'cache'), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

const json = (response: ServerResponse, body: unknown): true => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  return true
}

/** In place of what the Hub answers for addresses that hold `part`. */
const instead = (part: string, answer: (response: ServerResponse) => true): void => {
  hub.interfere = (request, response) =>
    decodeURIComponent(request.url ?? '').includes(part) && answer(response)
}

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
const listing = (path: unknown, oid: unknown, size: unknown = WEIGHTS.content.byteLength) => ({
  type: 'file',
  path,
  size,
  oid: COMMIT,
  lfs: { oid, size, pointerSize: 130 },
})
const honestly = listing('model.safetensors', sha256(WEIGHTS.content))
const config = {
  ...listing('config.json', '', MODEL['config.json'].content.byteLength),
  lfs: undefined,
  oid: createHash('sha1')
    .update(`blob ${MODEL['config.json'].content.byteLength}\0`)
    .update(MODEL['config.json'].content)
    .digest('hex'),
}

it('the honest twin of all: a model of the Hub is what it is', async () => {
  instead('/tree/', (response) => json(response, [config, honestly]))
  const { status, said } = await inspect()
  expect([status, said]).toEqual([0, expect.stringContaining('gpt_neox')])
  expect(cached()).toHaveLength(4)
})

describe('contents', () => {
  const flipped = WEIGHTS.content.map((byte, i) => (i === 5000 ? byte ^ 1 : byte))
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(WEIGHTS.content)}\nsize ${WEIGHTS.content.byteLength}\n`

  it.each([
    ['changed between listing and download', flipped],
    ['are a git-lfs pointer in place of the file', pointer],
    ['go on behind the end', Buffer.concat([WEIGHTS.content, Buffer.from('more')])],
    ['end early', WEIGHTS.content.subarray(0, 1000)],
    ['are nothing', ''],
  ])('that %s are not kept', async (_, sent) => {
    hub.interfere = (request, response) => {
      if (request.url?.includes('/resolve/') !== true || request.url.endsWith('config.json')) return false
      response.writeHead(200, { ETag: `"${sha256(WEIGHTS.content)}"` }).end(sent)
      return true
    }
    const { status, said } = await inspect()
    expect([status, said]).toEqual([3, DAMAGED])
    expect(cached()).not.toContain('model.safetensors')
  })

  it.each([
    ['a greater size', listing('model.safetensors', sha256(WEIGHTS.content), WEIGHTS.content.byteLength + 1)],
    ['a smaller size', listing('model.safetensors', sha256(WEIGHTS.content), 1000)],
    ['another hash', listing('model.safetensors', 'f'.repeat(64))],
  ])('listed with %s are not kept', async (_, entry) => {
    instead('/tree/', (response) => json(response, [config, entry]))
    const { status, said } = await inspect()
    expect([status, said]).toEqual([3, DAMAGED])
  })

  it('from another host come without the token, and are held against the listed hash all the same', async () => {
    const elsewhere = await startHub({})
    try {
      for (const [sent, expected] of [
        [flipped, 3],
        [WEIGHTS.content, 0],
      ] as const) {
        elsewhere.interfere = (_, response) => {
          response.end(sent)
          return true
        }
        instead(`/resolve/${COMMIT}/model.safetensors`, (response) => {
          response.writeHead(302, { Location: `${elsewhere.endpoint}/blob` }).end()
          return true
        })
        expect((await inspect()).status).toBe(expected)
      }
      expect([...hub.authorizations]).toEqual([`Bearer ${TOKEN}`])
      expect(elsewhere.requests.length).toBeGreaterThan(1)
      expect(elsewhere.authorizations.size).toBe(0)
    } finally {
      await elsewhere.close()
    }
  })
})

describe('listings', () => {
  it('with names that no folder can hold, or that are long or alike, are read around them', async () => {
    const odd = [
      '../../../../victim',
      '/etc/victim',
      'a\\..\\victim',
      'C:victim',
      'a\0b',
      'a//b',
      './victim',
      'CON',
      'Config.json',
      'MODEL.SAFETENSORS',
      `${'n'.repeat(4000)}.json`,
      '\u001b[2J.json',
    ]
    instead('/tree/', (response) =>
      json(response, [...odd.map((name) => ({ ...config, path: name })), config, honestly]),
    )
    const { status, said } = await inspect()
    expect([status, said]).toEqual([0, expect.stringContaining('gpt_neox')])
    expect(said).not.toContain('\u001b')
    expect(cached()).toEqual([config.oid, 'config.json', honestly.lfs.oid, 'model.safetensors'].sort())
    expect(readdirSync(folder)).toEqual(['cache'])
  })

  it.each([
    ['no hash', listing('model.safetensors', null)],
    ['a list for a hash', listing('model.safetensors', [sha256(WEIGHTS.content)])],
    ['a hash that is a path', listing('model.safetensors', '../../../../victim')],
    ['a size that is none', listing('model.safetensors', sha256(WEIGHTS.content), '12')],
    ['a size beyond all', listing('model.safetensors', sha256(WEIGHTS.content), 1e300)],
    ['a name that is none', listing(7, sha256(WEIGHTS.content))],
    ['nothing', null],
  ])('with %s are refused', async (_, entry) => {
    instead('/tree/', (response) => json(response, [config, entry]))
    const { status, said } = await inspect()
    expect([status, said]).toEqual([3, UNUSABLE])
  })

  it('that describe another path than was asked for write nothing there', async () => {
    const gguf = stored('fixtures/gguf/tiny-llama.gguf', true)
    await serve({ 'tiny.gguf': gguf })
    expect((await inspect('/tiny.gguf')).status).toBe(0)
    const victim = join(folder, 'victim')
    writeFileSync(victim, 'as it was')
    const path = `../../../../victim`
    expect(join(folder, 'cache', 'models--own--name', 'snapshots', COMMIT, path)).toBe(victim)
    instead('/paths-info/', (response) =>
      json(response, [listing(path, sha256(gguf.content), gguf.content.byteLength)]),
    )
    const { status, said } = await inspect('/tiny.gguf')
    expect([status, said]).toEqual([3, UNUSABLE])
    expect(readFileSync(victim, 'utf8')).toBe('as it was')
  })
})

describe('answers', () => {
  it('that are larger than any repository’s are cut', async () => {
    const page = JSON.stringify([config, honestly, { ...config, path: 'n'.repeat(2 ** 25) }])
    instead('/tree/', (response) => {
      response.writeHead(200, {
        Link: `<${hub.endpoint}/api/models/own/name/tree/${COMMIT}?c=1>; rel="next"`,
      })
      response.end(page)
      return true
    })
    const { status, said } = await inspect()
    expect([status, said]).toEqual([3, UNUSABLE])
    expect(hub.requests.length).toBeLessThan(6)
  })

  it('of another commit than the pinned one are refused', async () => {
    instead('/revision/', (response) =>
      json(response, { _id: '1', id: 'own/name', sha: 'e'.repeat(40), lastModified: '2026-01-01T00:00:00Z' }),
    )
    const { status, said } = await inspect()
    expect([status, said]).toEqual([3, UNUSABLE])
  })
})

describe('an index of a repository’s owner', () => {
  const index = (shard: string) => ({
    'config.json': MODEL['config.json'],
    'model.safetensors.index.json': text(
      JSON.stringify({ metadata: {}, weight_map: { 'gpt_neox.embed_in.weight': shard } }),
    ),
    'part.safetensors': WEIGHTS,
  })

  it.each([
    ['outside, upwards', '../../../../etc/hosts', 'leaves the folder'],
    ['outside, absolute', '/etc/hosts', 'leaves the folder'],
    ['not listed', 'other.safetensors', 'other.safetensors'],
  ])('that names a file %s opens none', async (_, shard, word) => {
    await serve(index(shard))
    const { status, said } = await inspect()
    expect([status, said]).toEqual([2, expect.stringContaining(word)])
  })

  it('the honest twin is read', async () => {
    const header = JSON.parse(
      WEIGHTS.content.subarray(8, 8 + Number(Buffer.from(WEIGHTS.content).readBigUInt64LE(0))).toString(),
    )
    const names = Object.keys(header).filter((name) => name !== '__metadata__')
    const map = Object.fromEntries(names.map((name) => [name, 'part.safetensors']))
    await serve({
      ...index(''),
      'model.safetensors.index.json': text(JSON.stringify({ metadata: {}, weight_map: map })),
    })
    expect((await inspect()).status).toBe(0)
  })
})

describe('a cache that another job writes to', () => {
  const snapshot = () => join(folder, 'cache', 'models--own--name', 'snapshots', COMMIT)

  it('with links that lead to a file of the runner’s reads none, and quotes none', async () => {
    const secret = join(folder, 'secret')
    writeFileSync(secret, '-----BEGIN PRIVATE KEY-----'.padEnd(MODEL['config.json'].content.byteLength))
    mkdirSync(snapshot(), { recursive: true })
    symlinkSync(secret, join(snapshot(), 'config.json'))
    const { status, said } = await inspect()
    expect(status).toBe(0)
    expect(said).not.toContain('PRIVATE KEY')
    expect(readFileSync(secret, 'utf8')).toContain('PRIVATE KEY')
    expect(readFileSync(join(snapshot(), 'config.json'), 'utf8')).toContain('gpt_neox')
    // Without the Hub nobody knows what belongs there: what leads out of the repository’s folder is not opened.
    rmSync(join(snapshot(), 'config.json'))
    symlinkSync(secret, join(snapshot(), 'config.json'))
    const offline = await inspect('', { HF_HUB_OFFLINE: '1' })
    expect([offline.status, offline.said]).toEqual([2, expect.stringContaining('is a symbolic link')])
    expect(offline.said).not.toContain('PRIVATE KEY')
  })
})

it('a token goes to no mirror over plain http, and nothing is asked there', async () => {
  const { status, said } = await inspect('', { HF_ENDPOINT: 'http://mirror.invalid' })
  expect([status, said]).toEqual([2, expect.stringContaining('would travel unencrypted')])
  expect(existsSync(join(folder, 'cache'))).toBe(false)
})

describe('an audit by way of a mirror', () => {
  const hash = (name: keyof typeof MODEL): string => sha256(MODEL[name].content)
  const digest = filesSha256({
    'config.json': hash('config.json'),
    'model.safetensors': hash('model.safetensors'),
  })

  async function audit(...expected: readonly string[]) {
    const ids = join(folder, 'ids.npy')
    writeFileSync(
      ids,
      npyInt32(
        Int32Array.from({ length: 640 }, (_, i) => (i * 37) % 500),
        [640],
      ),
    )
    const out = join(folder, 'out')
    const asked = [
      '--reference',
      `hf:own/name@${COMMIT}`,
      '--candidate',
      'rtn:6',
      '--sae',
      'none',
      '--threads',
      '1',
    ]
    const text = ['--corpus', `tokens:${ids}`, '--block-length', '64', '--bos', 'never', '--out', out]
    const ended = await saegateHere(['audit', ...asked, ...text, ...expected], {
      HF_ENDPOINT: hub.endpoint,
      HF_HUB_CACHE: join(folder, 'cache'),
    })
    const report = join(out, 'report.json')
    const { warnings = [] }: { warnings?: string[] } = existsSync(report)
      ? JSON.parse(readFileSync(report, 'utf8'))
      : {}
    return { ...ended, warnings: warnings.filter((warning) => warning.startsWith('not verified')) }
  }

  it('says what nobody but the mirror vouches for, and with which input it is held', async () => {
    const open = await audit()
    expect([open.status, open.stderr]).toEqual([0, expect.anything()])
    expect(open.warnings).toEqual([
      `not verified: what hf: names came from ${hub.endpoint} (HF_ENDPOINT), which says itself which files a commit has; hold it by expect-reference-sha256`,
    ])
    const held = await audit('--expect-reference-sha256', digest)
    expect([held.status, held.warnings]).toEqual([0, []])
  })

  it('that lists another config under the pinned commit is not run where the digest is expected', async () => {
    const other = text(
      Buffer.from(MODEL['config.json'].content).toString().replace('"rotary_pct": 0.25', '"rotary_pct": 0.5'),
    )
    expect(sha256(other.content)).not.toBe(hash('config.json'))
    await serve({ ...MODEL, 'config.json': other })
    const { status, stderr } = await audit('--expect-reference-sha256', digest)
    expect(status).toBe(2)
    expect(stderr).toContain(`as expect-reference-sha256 (on the command line --expect-reference-sha256)`)
    expect(existsSync(join(folder, 'out'))).toBe(false)
  })
})
