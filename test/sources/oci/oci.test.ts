/** @file Artifacts of an OCI registry as files: which layers are files, what is fetched, who is told a password, what is not believed. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hubSettings } from '../../../src/sources/hub-settings.ts'
import { challengeIn } from '../../../src/sources/oci/challenge.ts'
import { openOci } from '../../../src/sources/oci/oci.ts'
import { isOciSpec, ociFolderName, parseOciSpec } from '../../../src/sources/oci/oci-spec.ts'
import { ociRegistry } from '../../../src/sources/oci/registry.ts'
import type { PinnedFiles } from '../../../src/sources/pinned-files.ts'
import { type LayerGiven, type OciServer, PASSWORD, push, sha256, startRegistry } from './oci-server.ts'

let server: OciServer
let root = ''
let waits: number[] = []
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  server = await startRegistry()
  waits = []
})
afterEach(async () => {
  await server.close()
  rmSync(root, { recursive: true, force: true })
})

const settings = (env: Readonly<Record<string, string>> = {}) => ({
  ...hubSettings({ HOME: root, SAEGATE_CACHE: join(root, 'cache'), ...env }),
  proofFolder: null,
  wait: async (milliseconds: number) => void waits.push(milliseconds),
})
const open = (what = 'acme/llama:int4', env: Readonly<Record<string, string>> = {}): Promise<PinnedFiles> =>
  openOci(`oci:${server.host}/${what}`, settings(env))

async function textOf(files: PinnedFiles, name: string): Promise<string> {
  const file = await files.open(name)
  try {
    return Buffer.from(await file.read(0, file.byteLength)).toString()
  } finally {
    await file.close()
  }
}

const raw = (name: string, text: string, kind = 'weight'): LayerGiven => ({
  mediaType: `application/vnd.cncf.model.${kind}.v1.raw`,
  content: Buffer.from(text),
  annotations: { 'org.cncf.model.filepath': name },
})
const WEIGHTS = Array.from({ length: 5000 }, (_, i) => `weight ${i}`).join('\n')
const at = { name: 'acme/llama', tag: 'int4' }

/** As tar itself writes it. */
function tarOf(files: Readonly<Record<string, string>>, format: string): Buffer {
  const folder = mkdtempSync(join(root, 'tar-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return execFileSync('tar', ['-C', folder, `--format=${format}`, '-cf', '-', '.'], { maxBuffer: 2 ** 26 })
}
const tarLayer = (content: Uint8Array, packing: string, kind = 'weight'): LayerGiven => ({
  mediaType: `application/vnd.cncf.model.${kind}.v1.${packing}`,
  content,
})

describe('a spec of an OCI registry', () => {
  it('has host, repository, tag and digest', () => {
    const digest = sha256('x')
    const { text: _, ...parsed } = parseOciSpec(`oci:ghcr.io/acme/models/llama:int4@${digest}`)
    expect(parsed).toEqual({ host: 'ghcr.io', repository: 'acme/models/llama', tag: 'int4', digest })
    expect(parseOciSpec('oci:localhost:5000/llama')).toMatchObject({
      host: 'localhost:5000',
      repository: 'llama',
      tag: 'latest',
    })
    expect(parseOciSpec(`oci://[::1]:5000/a/b@${digest}`)).toMatchObject({
      host: '[::1]:5000',
      tag: null,
      digest,
    })
    expect(isOciSpec('./oci')).toBe(false)
  })

  it.each([
    'oci:',
    'oci:llama',
    'oci:acme/llama:x',
    'oci:ghcr.io/Acme/x',
    'oci:ghcr.io/a:b:c',
    'oci:ghcr.io/a@sha256:1',
    'oci:ghcr.io/../a',
    'oci:ghcr.io/a:..',
    'oci:user:pass@ghcr.io/a',
  ])('%s is none', (spec) => {
    expect(() => parseOciSpec(spec)).toThrow(expect.objectContaining({ code: 'OCI_SPEC_MALFORMED' }))
  })

  it('names a folder of the cache that says which it is', () => {
    expect(ociFolderName(parseOciSpec('oci:ghcr.io/acme/llama:int4'))).toBe('oci--ghcr.io--acme--llama--int4')
    expect(ociFolderName(parseOciSpec('oci:h:1/a:b'))).not.toContain(':')
  })
})

describe('layers', () => {
  it('are files by the names that ModelPack and ORAS give them, and nothing is fetched before it is opened', async () => {
    const digest = push(server, at, [
      raw('config.json', '{"a": 1}', 'weight.config'),
      raw('data/model.safetensors', WEIGHTS),
      {
        mediaType: 'application/vnd.oci.image.layer.v1.tar',
        content: Buffer.from('{}'),
        annotations: { 'org.opencontainers.image.title': './tokenizer.json' },
      },
    ])
    const files = await open()
    expect(files.names).toEqual(['config.json', 'data/model.safetensors', 'tokenizer.json'])
    expect(files.revision).toBe(digest)
    expect(server.requests.filter(({ line }) => line.includes('/blobs/'))).toEqual([])
    expect(files.listedHash?.('config.json')).toEqual({
      algorithm: 'sha256',
      hex: sha256('{"a": 1}').slice(7),
    })
    expect(files.listedBytes?.('data/model.safetensors')).toBe(WEIGHTS.length)
    expect(await textOf(files, 'data/model.safetensors')).toBe(WEIGHTS)
    expect(readFileSync(files.localPath('data/model.safetensors') ?? '', 'utf8')).toBe(WEIGHTS)
    await expect(files.open('absent')).rejects.toMatchObject({ code: 'FILE_NOT_LISTED' })
    // What is there is not fetched again.
    const before = server.requests.length
    await textOf(await open(), 'data/model.safetensors')
    expect(server.requests.slice(before).map(({ line }) => line)).toEqual([
      'GET /v2/acme/llama/manifests/int4',
    ])
  })

  it.each(['ustar', 'gnu', 'pax'])('that are tar (%s) are opened in place', async (format) => {
    const long = `${'deep/'.repeat(format === 'ustar' ? 20 : 60)}${'x'.repeat(90)}.json`
    push(server, at, [
      tarLayer(tarOf({ 'model.safetensors': WEIGHTS, 'a/config.json': '{}', [long]: 'long' }, format), 'tar'),
    ])
    const files = await open()
    expect(files.names).toEqual(['a/config.json', long, 'model.safetensors'].sort())
    expect(await textOf(files, 'model.safetensors')).toBe(WEIGHTS)
    expect(await textOf(files, long)).toBe('long')
    expect(files.localPath('model.safetensors')).toBe(null)
  })

  it('that are small and packed with gzip are unpacked, in ModelPack and where ORAS packed a folder', async () => {
    const packed = gzipSync(tarOf({ 'config.json': '{}' }, 'gnu'))
    const folder = gzipSync(tarOf({ 'tokenizer/vocab.json': '{"v": 0}' }, 'gnu'))
    push(server, at, [
      tarLayer(packed, 'tar+gzip', 'weight.config'),
      raw('model.safetensors', WEIGHTS),
      {
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        content: folder,
        annotations: { 'org.opencontainers.image.title': 'tokenizer', 'io.deis.oras.content.unpack': 'true' },
      },
    ])
    const files = await open()
    expect(files.names).toEqual(['config.json', 'model.safetensors', 'tokenizer/vocab.json'])
    expect(await textOf(files, 'tokenizer/vocab.json')).toBe('{"v": 0}')
  })
})

describe('layers that no model is read from', () => {
  it.each([
    ['Zstandard', [tarLayer(Buffer.from('x'), 'tar+zstd')], /packed with Zstandard/],
    ['no gzip', [tarLayer(Buffer.from('x'), 'tar+gzip')], /not packed with gzip/],
    ['a bomb', [tarLayer(gzipSync(Buffer.alloc(2 ** 25)), 'tar+gzip')], /unpacks to more/],
    ['no tar', [tarLayer(Buffer.alloc(1024, 'x'), 'tar')], /no tar archive/],
    ['a cut tar', [tarLayer(Buffer.alloc(0), 'tar'), raw('../x', '')], /no name of a file/],
    [
      'a container image',
      [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', content: Buffer.from('x') }],
      /container image/,
    ],
    ['a name twice', [raw('a', '1'), raw('a', '2')], /"a" twice/],
    ['nothing', [], /no layer of a model/],
  ] as const)('of %s are refused by name', async (_, layers, message) => {
    push(server, at, layers)
    await expect(open()).rejects.toMatchObject({
      code: 'OCI_UNSUPPORTED',
      message: expect.stringMatching(message),
    })
  })

  it('of documents and code that are packed are left aside', async () => {
    push(server, at, [
      raw('model.gguf', WEIGHTS),
      tarLayer(Buffer.from('x'), 'tar+zstd', 'doc'),
      tarLayer(Buffer.from('y'), 'tar+gzip', 'code'),
    ])
    expect((await open()).names).toEqual(['model.gguf'])
  })

  it('of Docker’s models have no name, and are GGUF', async () => {
    push(server, at, [{ mediaType: 'application/vnd.docker.ai.gguf.v3', content: Buffer.from('GGUF') }])
    expect((await open()).names).toEqual(['model.gguf'])
  })
})

describe('what a registry answers', () => {
  beforeEach(() => void push(server, at, [raw('config.json', '{}'), raw('model.safetensors', WEIGHTS)]))

  it('is held against its digest: another manifest, another blob', async () => {
    const repository = server.repositories.get('acme/llama')
    const blob = sha256(WEIGHTS)
    repository?.blobs.set(blob, Buffer.from(WEIGHTS.replace('weight 7', 'weight 8')))
    const files = await open()
    await expect(files.open('model.safetensors')).rejects.toMatchObject({ code: 'OCI_DAMAGED' })
    const folder = join(root, 'cache', readdirSync(join(root, 'cache'))[0] ?? '')
    expect(existsSync(join(folder, blob.replace(':', '-')))).toBe(false)
    for (const [digest, { type }] of repository?.manifests ?? [])
      repository?.manifests.set(digest, { type, content: Buffer.from('{"layers": []}') })
    await expect(open()).rejects.toMatchObject({ code: 'OCI_DAMAGED' })
  })

  it('may break off, be busy, be disturbed: it is asked again, and goes on where it was', async () => {
    const faults = [429, 500, 'cut', 'cut'] as const
    let next = 0
    server.interfere = (request, response) => {
      const fault = request.url?.includes('/blobs/') === true ? faults[next++] : undefined
      if (fault === undefined) return false
      if (fault === 'cut') {
        const from = Number(/bytes=(\d+)/.exec(request.headers.range ?? '')?.[1] ?? 0)
        response.writeHead(from === 0 ? 200 : 206, {
          'Content-Range': `bytes ${from}-${WEIGHTS.length - 1}/${WEIGHTS.length}`,
        })
        response.write(WEIGHTS.slice(from, from + 1000))
        setTimeout(() => response.destroy(), 30)
      } else response.writeHead(fault, { 'Retry-After': '3' }).end()
      return true
    }
    expect(await textOf(await open(), 'model.safetensors')).toBe(WEIGHTS)
    expect(waits.slice(0, 2)).toEqual([3000, 3000])
    const ranges = server.requests.map(({ range }) => range).filter((range) => range !== undefined)
    expect(ranges).toEqual(['bytes=1000-', 'bytes=2000-'])
  })
})

describe('what a registry answers to other questions', () => {
  beforeEach(() => void push(server, at, [raw('config.json', '{}'), raw('model.safetensors', WEIGHTS)]))

  it('that is read by parts is read by parts, or whole where the registry knows none', async () => {
    // Smaller files are fetched whole: this one only says that it is large.
    const registry = ociRegistry(server.host, settings())
    const range = { headers: { Range: 'bytes=7-9' } }
    const answer = await registry.request(registry.blobUrl('acme/llama', sha256(WEIGHTS)), range)
    expect([answer.status, await answer.text()]).toEqual([206, WEIGHTS.slice(7, 10)])
    server.settings.knowsRanges = false
    const files = await open()
    const parts = await files.openParts?.('model.safetensors')
    expect(Buffer.from((await parts?.read(7, 10)) ?? []).toString()).toBe(WEIGHTS.slice(7, 10))
    await parts?.close()
  })

  it.each([
    [404, 'OCI_ABSENT'],
    [403, 'OCI_REFUSED'],
    [418, 'OCI_ANSWER'],
    [503, 'OCI_UNREACHABLE'],
  ])('%i is %s', async (status, code) => {
    server.interfere = (_, response) => {
      response.writeHead(status).end()
      return true
    }
    await expect(open()).rejects.toMatchObject({ code })
  })

  it.each([
    '[]',
    'no JSON',
    '{"layers": [{"digest": "sha256:../x", "size": 1}]}',
    '{"layers": [{"digest": "md5:0"}]}',
  ])('%s is no manifest', async (text) => {
    server.interfere = (_, response) => {
      response.end(text)
      return true
    }
    await expect(open()).rejects.toThrow(/OCI|layer|manifest|digest/)
  })

  it('is not asked where the Hub’s offline mode is on', async () => {
    await expect(open('acme/llama:int4', { HF_HUB_OFFLINE: '1' })).rejects.toMatchObject({
      code: 'OCI_UNREACHABLE',
    })
    expect(server.requests).toEqual([])
  })
})

const env = () => ({
  SAEGATE_OCI_HOST: server.host,
  SAEGATE_OCI_USERNAME: 'somebody',
  SAEGATE_OCI_PASSWORD: PASSWORD,
})
const docker = (config: unknown): Readonly<Record<string, string>> => {
  writeFileSync(join(root, 'config.json'), JSON.stringify(config))
  return { DOCKER_CONFIG: root }
}
const auth = Buffer.from(`somebody:${PASSWORD}`).toString('base64')

describe('logging in', () => {
  beforeEach(() => void push(server, at, [raw('config.json', '{}'), raw('model.safetensors', WEIGHTS)]))
  it.each(['bearer', 'basic'] as const)(
    '%s: by the environment, by docker’s file, by its helper',
    async (login) => {
      server.settings.login = login
      for (const given of [env(), docker({ auths: { [`https://${server.host}/v2/`]: { auth } } })]) {
        const files = await open('acme/llama:int4', given)
        expect(await textOf(files, 'config.json')).toBe('{}')
      }
      writeFileSync(
        join(root, 'docker-credential-test'),
        `#!/bin/sh\nread host\n[ "$1 $host" = "get ${server.host}" ] || exit 1\necho '{"Username": "somebody", "Secret": "${PASSWORD}"}'\n`,
        { mode: 0o755 },
      )
      const helped = {
        ...docker({ credHelpers: { [server.host]: 'test' } }),
        PATH: `${root}:${process.env.PATH}`,
      }
      expect((await open('acme/llama:int4', helped)).names).toHaveLength(2)
    },
  )

  it('a token that is over in the midst of it is renewed', async () => {
    Object.assign(server.settings, { login: 'bearer', uses: 2 })
    const files = await open('acme/llama:int4', env())
    expect(await textOf(files, 'model.safetensors')).toBe(WEIGHTS)
    expect(await textOf(files, 'config.json')).toBe('{}')
    expect(server.tokens).toBe(2)
  })

  it('the storage that blobs lie in gets neither token nor password', async () => {
    Object.assign(server.settings, { login: 'bearer', redirects: true })
    expect(await textOf(await open('acme/llama:int4', env()), 'model.safetensors')).toBe(WEIGHTS)
    expect(server.stored).toEqual([{ authorization: undefined }])
  })
})

describe('who is told what', () => {
  beforeEach(() => void push(server, at, [raw('config.json', '{}'), raw('model.safetensors', WEIGHTS)]))
  it.each(['bearer', 'basic'] as const)(
    '%s: by the environment, by docker’s file, by its helper',
    async (login) => {
      server.settings.login = login
      for (const given of [env(), docker({ auths: { [`https://${server.host}/v2/`]: { auth } } })]) {
        const files = await open('acme/llama:int4', given)
        expect(await textOf(files, 'config.json')).toBe('{}')
      }
      writeFileSync(
        join(root, 'docker-credential-test'),
        `#!/bin/sh\nread host\n[ "$1 $host" = "get ${server.host}" ] || exit 1\necho '{"Username": "somebody", "Secret": "${PASSWORD}"}'\n`,
        { mode: 0o755 },
      )
      const helped = {
        ...docker({ credHelpers: { [server.host]: 'test' } }),
        PATH: `${root}:${process.env.PATH}`,
      }
      expect((await open('acme/llama:int4', helped)).names).toHaveLength(2)
    },
  )

  it('another host’s credentials are shown to nobody', async () => {
    server.settings.login = 'bearer'
    const others = [
      { ...env(), SAEGATE_OCI_HOST: 'ghcr.io' },
      docker({ auths: { 'ghcr.io': { auth }, [`${server.host}0`]: { auth } } }),
      {},
    ]
    for (const given of others)
      await expect(open('acme/llama:int4', given)).rejects.toMatchObject({ code: 'OCI_REFUSED' })
    expect(server.requests.flatMap(({ authorization }) => authorization ?? [])).toEqual([])
  })

  it('a server of tokens of another house gets no password', async () => {
    server.settings.login = 'bearer'
    let shown: string | undefined = 'nothing was asked'
    server.interfere = (request, response) => {
      if (request.url?.startsWith('/token') === true) shown = request.headers.authorization
      else if (request.headers.authorization === undefined) {
        response.setHeader(
          'WWW-Authenticate',
          `Bearer realm="http://${server.host.replace('127.0.0.1', 'localhost')}/token"`,
        )
        response.writeHead(401).end()
        return true
      }
      return false
    }
    await expect(open('acme/llama:int4', env())).rejects.toMatchObject({ code: 'OCI_REFUSED' })
    expect(shown).toBe(undefined)
  })
})

describe('credentials that cannot be read', () => {
  beforeEach(() => void push(server, at, [raw('config.json', '{}'), raw('model.safetensors', WEIGHTS)]))
  it.each(['bearer', 'basic'] as const)(
    '%s: by the environment, by docker’s file, by its helper',
    async (login) => {
      server.settings.login = login
      for (const given of [env(), docker({ auths: { [`https://${server.host}/v2/`]: { auth } } })]) {
        const files = await open('acme/llama:int4', given)
        expect(await textOf(files, 'config.json')).toBe('{}')
      }
      writeFileSync(
        join(root, 'docker-credential-test'),
        `#!/bin/sh\nread host\n[ "$1 $host" = "get ${server.host}" ] || exit 1\necho '{"Username": "somebody", "Secret": "${PASSWORD}"}'\n`,
        { mode: 0o755 },
      )
      const helped = {
        ...docker({ credHelpers: { [server.host]: 'test' } }),
        PATH: `${root}:${process.env.PATH}`,
      }
      expect((await open('acme/llama:int4', helped)).names).toHaveLength(2)
    },
  )

  it('what is not to be read is said, without what it holds', async () => {
    server.settings.login = 'basic'
    writeFileSync(join(root, 'config.json'), `{"auths": "${PASSWORD}`)
    const failed = open('acme/llama:int4', { DOCKER_CONFIG: root })
    await expect(failed).rejects.toMatchObject({
      code: 'OCI_CREDENTIALS',
      message: expect.not.stringContaining(PASSWORD),
    })
    await expect(open('acme/llama:int4', docker({ credsStore: '../x' }))).rejects.toMatchObject({
      code: 'OCI_CREDENTIALS',
    })
    await expect(open('acme/llama:int4', docker({ credsStore: 'absent' }))).rejects.toMatchObject({
      code: 'OCI_CREDENTIALS',
    })
  })

  it('reads the challenge however it is written', () => {
    expect(
      challengeIn('Basic realm="x", Bearer realm="https://a/t",service="s",scope="repository:a:pull,push"'),
    ).toEqual({
      scheme: 'bearer',
      realm: 'https://a/t',
      service: 's',
      scope: 'repository:a:pull,push',
    })
    expect(challengeIn('bearer realm=https://a/t')).toMatchObject({ realm: 'https://a/t', service: '' })
    expect(challengeIn('Negotiate')).toBe(null)
    expect(challengeIn(null)).toBe(null)
  })
})

describe('lists', () => {
  it('go over all pages; a page that is older than the one before names nothing twice', async () => {
    for (const tag of ['a', 'b', 'c', 'd', 'e']) push(server, { name: 'acme/llama', tag }, [raw('m', tag)])
    const registry = ociRegistry(server.host, settings())
    expect(await registry.tags('acme/llama')).toEqual(['a', 'b', 'c', 'd', 'e'])
    push(server, { name: 'acme/other', tag: 'a' }, [raw('m', 'x')])
    push(server, { name: 'other', tag: 'a' }, [raw('m', 'x')])
    expect(await registry.repositories()).toEqual(['acme/llama', 'acme/other', 'other'])
    let page = 0
    server.interfere = (request, response) => {
      if (++page > 3) return false
      const link = page === 3 ? {} : { Link: `<${request.url}&p=${page}>; rel="next"` }
      response
        .writeHead(200, link)
        .end(JSON.stringify({ tags: page === 1 ? ['b', 'a'] : page === 2 ? ['a', 'c'] : null }))
      return true
    }
    expect(await registry.tags('acme/llama')).toEqual(['a', 'b', 'c'])
  })

  it('without end are refused', async () => {
    server.interfere = (request, response) => {
      response.writeHead(200, { Link: `<${request.url}>; rel="next"` }).end('{"tags": ["a"]}')
      return true
    }
    await expect(ociRegistry(server.host, settings()).tags('a')).rejects.toMatchObject({ code: 'OCI_ANSWER' })
  })

  it('a tag’s digest is asked for without its manifest; one that is gone has none', async () => {
    const digest = push(server, at, [raw('m', 'x')])
    const registry = ociRegistry(server.host, settings())
    expect(await registry.digestOf('acme/llama', 'int4')).toBe(digest)
    expect(await registry.digestOf('acme/llama', 'gone')).toBe(null)
    expect(server.requests.map(({ line }) => line.split(' ')[0])).toEqual(['HEAD', 'HEAD'])
  })
})
