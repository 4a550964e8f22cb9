import { createHash } from 'node:crypto'
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listFiles } from '@huggingface/hub'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hubSpecOf } from '../../src/contract/hub-urls.ts'
import { type DownloadProgress, type HubSettings, hubSettings } from '../../src/sources/hub-settings.ts'
import { parseHubSpec } from '../../src/sources/hub-spec.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { boundedAnswers } from '../../src/sources/transfer/bounded-answers.ts'
import { COMMIT, type HubServer, refuse, type ServedFile, startHub } from './hub-server.ts'

const TOKEN = 'hf_averysecretword'
const weights = Uint8Array.from({ length: 30_000 }, (_, i) => (i * 31) & 255)
const text = (content: string): ServedFile => ({ content: new TextEncoder().encode(content), lfs: false })
const FILES: Readonly<Record<string, ServedFile>> = {
  'config.json': text('{"model_type":"x"}'),
  'model.safetensors': { content: weights, lfs: true },
  'sub/layer 1/cfg.json': text('{}'),
  'sub/layer 1/params.npz': { content: weights.slice(0, 1000), lfs: true },
  'empty.txt': text(''),
}

let cache = ''
let hub: HubServer
let waits: number[] = []
let progress: DownloadProgress[] = []
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'saegate-hub-'))
  hub = await startHub(FILES)
  waits = []
  progress = []
})
afterEach(async () => {
  await hub.close()
  await rm(cache, { recursive: true })
})

const settings = (changes: Partial<HubSettings> = {}): HubSettings => ({
  ...hubSettings({ HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: cache, HF_TOKEN: TOKEN }),
  proofFolder: join(cache, 'proofs'),
  wait: async (milliseconds) => waits.push(milliseconds),
  onProgress: (step) => progress.push(step),
  ...changes,
})
const open = (spec: string, changes?: Partial<HubSettings>) => openFiles(spec, settings(changes))
const contents = async (spec: string, name: string, changes?: Partial<HubSettings>) => {
  const files = await open(spec, changes)
  const source = await files.open(name)
  const bytes = await source.read(0, source.byteLength)
  await files.close()
  return bytes
}
const downloads = () => hub.requests.filter((request) => request.includes('/resolve/'))

describe('a repository', () => {
  it('is pinned to a commit and listed without downloading anything', async () => {
    const files = await open('hf:own/name')
    expect(files).toMatchObject({ spec: 'hf:own/name', revision: COMMIT, names: Object.keys(FILES).sort() })
    expect([downloads(), files.localPath('config.json')]).toEqual([[], null])
  })

  it('gives a file once, through the cache that other libraries share', async () => {
    expect(await contents('hf:own/name', 'model.safetensors')).toEqual(weights)
    expect(await contents('hf:own/name@v1.0', 'model.safetensors')).toEqual(weights)
    expect(downloads()).toEqual([`GET /own/name/resolve/${COMMIT}/model.safetensors`])
    const home = join(cache, 'models--own--name')
    const pointer = join(home, 'snapshots', COMMIT, 'model.safetensors')
    expect((await lstat(pointer)).isSymbolicLink()).toBe(true)
    expect(await readFile(join(home, 'refs/main'), 'utf8')).toBe(COMMIT)
    expect(await readdir(join(home, 'blobs'))).toHaveLength(1)
    expect(progress.at(-1)).toEqual({
      file: 'own/name/model.safetensors',
      receivedBytes: 30_000,
      totalBytes: 30_000,
    })
  })

  it.each([
    ['hf:own/name/sub', ['layer 1/cfg.json', 'layer 1/params.npz'], 'layer 1/cfg.json'],
    ['hf:own/name@refs/pr/3/sub/layer 1/', ['cfg.json', 'params.npz'], 'params.npz'],
    [`hf:own/name@${COMMIT}/sub/layer 1/params.npz`, ['params.npz'], 'params.npz'],
    ['hf:own/name/empty.txt', ['empty.txt'], 'empty.txt'],
  ])('%s names a part of it', async (spec, names, name) => {
    const files = await open(spec)
    expect(files.names).toEqual(names)
    const source = await files.open(name)
    expect(files.localPath(name)).toContain(`/snapshots/${COMMIT}/`)
    const whole = Object.entries(FILES).find(([path]) => path.endsWith(name))
    expect(await source.read(0, source.byteLength)).toEqual(whole?.[1].content)
    await files.close()
  })

  it('of the kind data set has addresses of its own', async () => {
    expect(await contents('hf:datasets/own/name/config.json', 'config.json')).toHaveLength(18)
    expect(downloads()).toEqual([`GET /datasets/own/name/resolve/${COMMIT}/config.json`])
    expect(hub.requests.every((request) => /^\w+ (\/api)?\/datasets\//.test(request))).toBe(true)
    expect(await readdir(cache)).toEqual(['datasets--own--name'])
  })

  it('opens one file once however often it is asked for at a time', async () => {
    const files = await open('hf:own/name')
    await Promise.all([1, 2, 3].map(() => files.open('model.safetensors')))
    expect(downloads()).toHaveLength(1)
    await expect(files.open('none')).rejects.toMatchObject({ code: 'FILE_NOT_LISTED' })
    await expect(files.open('../x')).rejects.toMatchObject({ code: 'NAME_LEAVES_FOLDER' })
    await files.close()
  })

  it('works from the cache alone when offline, and says what is missing there', async () => {
    await contents('hf:own/name', 'config.json')
    const before = hub.requests.length
    const files = await open('hf:own/name', { offline: true })
    expect(files).toMatchObject({ revision: COMMIT, names: ['config.json'] })
    expect(
      await contents(`hf:own/name@${COMMIT}/config.json`, 'config.json', { offline: true }),
    ).toHaveLength(18)
    for (const spec of ['hf:own/other', 'hf:own/name@v2', 'hf:own/name/sub']) {
      await expect(open(spec, { offline: true })).rejects.toMatchObject({
        code: 'HUB_OFFLINE_MISSING',
        exitStatus: 2,
      })
    }
    expect(hub.requests.length).toBe(before)
  })
})

describe('what the Hub refuses', () => {
  it.each([
    [401, undefined, 'HUB_UNAUTHORIZED', 2, 'does not accept the token'],
    [403, undefined, 'HUB_FORBIDDEN', 2, 'gated'],
    [401, 'GatedRepo', 'HUB_FORBIDDEN', 2, 'gated'],
    [404, 'RepoNotFound', 'HUB_NOT_FOUND', 2, 'repository'],
    [404, 'RevisionNotFound', 'HUB_NOT_FOUND', 2, 'revision: "main"'],
    [418, undefined, 'HUB_REFUSED', 3, '418'],
    [429, undefined, 'HUB_BUSY', 3, 'limits the rate'],
    [503, undefined, 'HUB_BUSY', 3, '503 5 times'],
  ])('%i %s', async (status, code, expected, exitStatus, reason) => {
    hub.interfere = (_, response) => refuse(response, status, code)
    const failure = open('hf:own/name')
    await expect(failure).rejects.toMatchObject({ code: expected, exitStatus })
    await expect(failure).rejects.toThrow(reason)
    expect(waits).toEqual(expected === 'HUB_BUSY' ? [1000, 2000, 4000, 8000] : [])
    expect(await failure.catch((error) => `${error.message} ${error.fix} ${error.stack}`)).not.toContain(
      TOKEN,
    )
  })

  it('without a token, the fix of a 401 is to set one', async () => {
    hub.interfere = (_, response) => refuse(response, 401)
    await expect(open('hf:own/name', { token: null })).rejects.toMatchObject({
      fix: expect.stringContaining('HF_TOKEN'),
    })
    expect(hub.authorizations.size).toBe(0)
  })

  it('a revision, a path or a repository that does not exist', async () => {
    await expect(open('hf:own/name@nope')).rejects.toThrow('no such revision: "nope"')
    await expect(open('hf:own/name/nope')).rejects.toMatchObject({ code: 'HUB_PATH_MISSING' })
    await expect(open('hf:own/other')).rejects.toMatchObject({ code: 'HUB_NOT_FOUND' })
  })

  it('an answer that is not the Hub’s', async () => {
    hub.interfere = (_, response) => {
      response.end('<html>')
      return true
    }
    await expect(open('hf:own/name')).rejects.toMatchObject({ code: 'HUB_ANSWER_UNUSABLE', exitStatus: 3 })
  })

  it('another commit than the one that is pinned', async () => {
    const pinned = 'f'.repeat(40)
    hub.interfere = (request, response) => {
      if (!request.url?.includes(`/revision/${pinned}`)) return false
      response.setHeader('content-type', 'application/json')
      const info = { _id: '1', id: 'own/name', sha: COMMIT, lastModified: '2026-01-01T00:00:00Z' }
      response.end(JSON.stringify(info))
      return true
    }
    await expect(open(`hf:own/name@${pinned}`)).rejects.toMatchObject({
      code: 'HUB_ANSWER_UNUSABLE',
      message: expect.stringContaining(`asked for commit ${pinned}`),
    })
  })

  it('a host that is not there', async () => {
    const gone = await startHub({})
    await gone.close()
    await expect(open('hf:own/name', { endpoint: gone.endpoint })).rejects.toMatchObject({
      code: 'HUB_UNREACHABLE',
      message: expect.stringMatching(/127\.0\.0\.1:\d+ .*ECONNREFUSED/),
    })
    expect(waits).toEqual([1000, 2000, 4000, 8000])
  })
})

const onDownload = (times: number, act: (response: Parameters<HubServer['interfere']>[1]) => void) => {
  let left = times
  hub.interfere = (request, response) => {
    if (!request.url?.includes('/resolve/') || left-- <= 0) return false
    act(response)
    return true
  }
}

describe('a download', () => {
  it('waits as the Hub asks, and goes on', async () => {
    onDownload(2, (response) => response.writeHead(429, { 'Retry-After': '7' }).end())
    expect(await contents('hf:own/name', 'model.safetensors')).toEqual(weights)
    expect(waits).toEqual([7000, 7000])
  })

  it('waits for the window that the Hub names, and says so', async () => {
    onDownload(1, (response) =>
      response
        .writeHead(429, {
          RateLimit: '"resolvers";r=0;t=137',
          'RateLimit-Policy': '"fixed window";"resolvers";q=5000;w=300',
        })
        .end(),
    )
    const said: unknown[] = []
    const onWait = (wait: unknown) => said.push(wait)
    expect(await contents('hf:own/name', 'model.safetensors', { onWait })).toEqual(weights)
    expect(waits).toEqual([137_000])
    expect(said).toEqual([{ seconds: 137, why: 'the Hub limits requests' }])
  })

  it('waits before it asks where nothing is left of the window', async () => {
    hub.interfere = (request, response) => {
      if (request.url?.includes('/revision/')) response.setHeader('RateLimit', '"api";r=0;t=20')
      return false
    }
    await open('hf:own/name')
    expect(waits).toHaveLength(1)
    expect(waits[0]).toBeGreaterThan(19_000)
    expect(waits[0]).toBeLessThanOrEqual(20_000)
  })

  it('goes on where the connection broke', async () => {
    onDownload(1, (response) => {
      response.writeHead(200, { 'Content-Length': weights.length })
      response.write(weights.subarray(0, 10_000), () => setTimeout(() => response.destroy(), 50))
    })
    expect(await contents('hf:own/name', 'model.safetensors')).toEqual(weights)
    expect(downloads()).toHaveLength(2)
    expect(waits).toEqual([1000])
  })

  it.each([
    ['other bytes', weights.map((byte) => byte ^ 1), 'its sha256 is'],
    ['too many bytes', new Uint8Array(30_001), 'more than its 30000 bytes'],
    ['too few bytes', weights.subarray(0, 10), '10 of its 30000 bytes'],
  ])('of %s is not kept', async (_, sent, reason) => {
    onDownload(99, (response) => response.end(sent))
    const failure = contents('hf:own/name', 'model.safetensors')
    await expect(failure).rejects.toMatchObject({ code: 'HUB_FILE_DAMAGED', exitStatus: 3 })
    await expect(failure).rejects.toThrow(reason)
    expect(await readdir(join(cache, 'models--own--name/blobs'))).toEqual([])
  })

  it('follows to another host without the token', async () => {
    const elsewhere = await startHub({})
    elsewhere.interfere = (_, response) => {
      response.end(weights)
      return true
    }
    onDownload(1, (response) => response.writeHead(302, { Location: `${elsewhere.endpoint}/blob` }).end())
    expect(await contents('hf:own/name', 'model.safetensors')).toEqual(weights)
    expect([...hub.authorizations]).toEqual([`Bearer ${TOKEN}`])
    expect(elsewhere.authorizations.size).toBe(0)
    await elsewhere.close()
  })
})

describe('two jobs that fetch the same file at once', () => {
  it('keep the one that arrived first, which may be read from already', async () => {
    const later: (() => void)[] = []
    hub.interfere = (request, response) => {
      if (request.url?.endsWith('/model.safetensors') !== true || later.length > 0) return false
      later.push(() => response.end(weights))
      return true
    }
    const slow = contents('hf:own/name', 'model.safetensors')
    while (later.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const files = await open('hf:own/name')
    const source = await files.open('model.safetensors')
    later[0]?.()
    expect(await slow).toEqual(weights)
    const again = await files.open('model.safetensors')
    expect(again.identity).toEqual(source.identity)
    expect(downloads()).toHaveLength(2)
    expect(await readdir(join(cache, 'models--own--name/blobs'))).toHaveLength(1)
    await files.close()
  })
})

describe('an endpoint over https', () => {
  const led =
    (to: string): typeof fetch =>
    async (input, init) => {
      const asked = new URL(String(input))
      const response = await fetch(`${hub.endpoint}${asked.pathname}${asked.search}`, init)
      return Object.defineProperty(response, 'url', { value: `${to}${asked.pathname}` })
    }

  it('that leads to another without encryption is not followed, not even once more', async () => {
    const failure = open('hf:own/name', {
      endpoint: 'https://hub.example',
      fetch: led('http://elsewhere.example'),
    })
    await expect(failure).rejects.toMatchObject({ code: 'HUB_ANSWER_UNUSABLE' })
    await expect(failure).rejects.toThrow('leads to elsewhere.example without encryption')
    expect(hub.requests).toHaveLength(1)
  })

  it('that leads to another with it is', async () => {
    const files = await open('hf:own/name/sub', {
      endpoint: 'https://hub.example',
      fetch: led('https://elsewhere.example'),
    }).catch((error: unknown) => error)
    // The list goes on at the server itself, which answers over http on this machine alone.
    expect(files).toMatchObject({ names: expect.arrayContaining(['layer 1/cfg.json']) })
  })
})

it('a list without end is cut', async () => {
  let pages = 0
  const endless: typeof fetch = async () =>
    new Response('[]', { headers: { Link: `<https://huggingface.co/${++pages}>; rel="next"` } })
  const bounded = boundedAnswers(endless, 'own/name')
  const all = async () => {
    for await (const entry of listFiles({ repo: 'own/name', fetch: bounded })) expect(entry).toBeDefined()
  }
  await expect(all()).rejects.toMatchObject({ code: 'HUB_ANSWER_UNUSABLE' })
  expect(pages).toBe(2000)
})

describe('a download that ended early', () => {
  it('goes on in a later run where an earlier one ended', async () => {
    onDownload(99, (response) => {
      response.writeHead(200, { 'Content-Length': weights.length })
      response.write(weights.subarray(0, 10_000), () => setTimeout(() => response.destroy(), 30))
    })
    const ranges: (string | undefined)[] = []
    const first = contents('hf:own/name', 'model.safetensors', {
      wait: async () => {
        // After the first break nothing more arrives.
        hub.interfere = (_, response) => refuse(response, 503)
      },
    })
    await expect(first).rejects.toMatchObject({ code: 'HUB_BUSY' })
    const blobs = join(cache, 'models--own--name/blobs')
    expect(await readdir(blobs)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.partial$/)])
    hub.interfere = (request) => {
      if (request.url?.includes('/resolve/')) ranges.push(request.headers.range)
      return false
    }
    expect(await contents('hf:own/name', 'model.safetensors')).toEqual(weights)
    expect(ranges).toEqual(['bytes=10000-'])
    expect(await readdir(blobs)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
  })

  it.each([
    ['other bytes', weights.map((byte) => byte ^ 1).subarray(0, 5000)],
    ['too many bytes', new Uint8Array(40_000)],
  ])('begins again where an earlier run kept %s', async (_, kept) => {
    const blobs = join(cache, 'models--own--name/blobs')
    await mkdir(blobs, { recursive: true })
    const hash = createHash('sha256').update(weights).digest('hex')
    await writeFile(join(blobs, `${hash}.partial`), kept)
    expect(await contents('hf:own/name', 'model.safetensors')).toEqual(weights)
    expect(await readdir(blobs)).toEqual([hash])
  })
})

it('appends to no file that a link under the name of a kept beginning leads to', async () => {
  const blobs = join(cache, 'models--own--name/blobs')
  await mkdir(blobs, { recursive: true })
  const hash = createHash('sha256').update(weights).digest('hex')
  const victim = join(cache, 'somebody’s')
  await writeFile(victim, 'as it was')
  await symlink(victim, join(blobs, `${hash}.partial`))
  expect(await contents('hf:own/name', 'model.safetensors')).toEqual(weights)
  expect(await readFile(victim, 'utf8')).toBe('as it was')
  expect(await readdir(blobs)).toEqual([hash])
})

describe('a page’s address', () => {
  it.each([
    ['https://huggingface.co/own/name', 'hf:own/name'],
    ['https://huggingface.co/own/name/tree/main', 'hf:own/name'],
    ['https://huggingface.co/own/name/tree/v1.0/sub/layer%201', 'hf:own/name@v1.0/sub/layer 1'],
    ['https://huggingface.co/own/name/blob/main/config.json?download=true', 'hf:own/name/config.json'],
    ['http://hf.co/datasets/own/name/resolve/refs%2Fpr%2F3/a.csv', 'hf:datasets/own/name@refs/pr/3/a.csv'],
    ['https://huggingface.co/own', 'https://huggingface.co/own'],
    ['https://elsewhere.example/own/name', 'https://elsewhere.example/own/name'],
  ])('%s', (address, spec) => {
    expect(hubSpecOf(address)).toBe(spec)
  })

  it('is opened, and a bare owner/name is told how to be written', async () => {
    expect((await open('https://huggingface.co/own/name/tree/main/sub')).names).toHaveLength(2)
    await expect(open('own/name')).rejects.toMatchObject({
      code: 'HUB_PREFIX_MISSING',
      exitStatus: 2,
      fix: expect.stringContaining('hf:own/name'),
    })
  })
})

describe('specs and settings', () => {
  it.each([
    ['hf:a/b', { type: 'model', name: 'a/b', revision: 'main', path: '' }],
    ['hf:a/b@v1/c/d', { revision: 'v1', path: 'c/d' }],
    ['hf:a/b/c@d/e', { name: 'a/b', revision: 'main', path: 'c@d/e' }],
    ['hf:a/b@feature%2Fx/c', { revision: 'feature/x', path: 'c' }],
    ['hf:a/b@refs/pr/12/c', { revision: 'refs/pr/12', path: 'c' }],
    ['hf:datasets/a/b@v1/x.parquet', { type: 'dataset', name: 'a/b', path: 'x.parquet' }],
  ])('%s', (spec, expected) => {
    expect(parseHubSpec(spec)).toMatchObject({ text: spec, ...expected })
  })

  it.each([
    'hf:',
    'hf:gpt2',
    'hf:a/b@',
    'hf:a/b@../x',
    'hf:a/b/../c',
    'hf:../b',
    'hf:a b/c',
    'hf:a/b@x y',
    'hf:datasets/a',
  ])('%s is refused', (spec) => {
    expect(() => parseHubSpec(spec)).toThrow(
      expect.objectContaining({ code: 'HUB_SPEC_MALFORMED', exitStatus: 2 }),
    )
  })

  it('come from the environment', () => {
    expect(hubSettings({ HF_HOME: '/h', HF_HUB_OFFLINE: '1' })).toMatchObject({
      endpoint: 'https://huggingface.co',
      token: null,
      cacheFolder: '/h/hub',
      offline: true,
    })
    expect(hubSettings({ HF_ENDPOINT: 'https://mirror/x/', XDG_CACHE_HOME: '/c' })).toMatchObject({
      endpoint: 'https://mirror/x',
      cacheFolder: '/c/huggingface/hub',
      offline: false,
    })
    const bad = [{ HF_ENDPOINT: 'ftp://x' }, { HF_ENDPOINT: 'https://u:p@x' }, { HF_TOKEN: 'two words' }]
    for (const environment of bad) {
      expect(() => hubSettings(environment)).toThrow(expect.objectContaining({ code: 'HUB_SETTING_INVALID' }))
    }
  })
})
