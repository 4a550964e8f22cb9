/** @file Versions of an MLflow Model Registry, from a server that speaks its REST API 2.0: listed, downloaded, told verdicts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { download } from '../../src/registry/night/downloads.ts'
import { mlflowTarget } from '../../src/registry/publish/mlflow.ts'
import { type MlflowSourceSettings, mlflowSource } from '../../src/registry/sources/mlflow.ts'
import { mlflowClient } from '../../src/registry/sources/mlflow-client.ts'
import { patientFetch } from '../../src/sources/transfer/patient-fetch.ts'
import { type Bench, bench } from './night-bench.ts'

interface Version {
  readonly name: string
  readonly version: string
  status: string
  tags: { key: string; value: string }[]
  aliases: string[]
}
const weights = Uint8Array.from({ length: 50_000 }, (_, i) => (i * 7) & 255)
const FILES: Readonly<Record<string, Uint8Array>> = {
  'model/config.json': new TextEncoder().encode('{}'),
  'model/data/model.safetensors': weights,
  'notes.txt': new TextEncoder().encode('no part of the model'),
}

let versions: Version[] = []
let posted: { path: string; body: Record<string, string> }[] = []
let faults: ((response: ServerResponse) => boolean)[] = []
let scheme = 'mlflow-artifacts:/0/run/artifacts'
let knowsRanges = false
const aliases = new Map<string, string>()
const authorizations = new Set<string | undefined>()

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  authorizations.add(request.headers.authorization)
  if (faults.shift()?.(response) === true) return
  const url = new URL(request.url ?? '/', 'http://mlflow')
  const path = decodeURIComponent(url.pathname.replace('/api/2.0/', ''))
  const found = request.method === 'POST' ? written(path, JSON.parse(body)) : read(path, url.searchParams)
  if (found !== undefined) response.writeHead(200).end(JSON.stringify(found))
  else sendFile(path, request, response)
}

function written(path: string, sent: Record<string, string>): unknown {
  posted.push({ path, body: sent })
  if (path === 'mlflow/registered-models/alias') aliases.set(`${sent.name} ${sent.alias}`, sent.version ?? '')
  return {}
}

/** Undefined: it is a file, or nothing. */
function read(path: string, query: URLSearchParams): unknown {
  const folder = query.get('path')
  const version = aliases.get(`${query.get('name')} ${query.get('alias')}`)
  if (path === 'mlflow/model-versions/search') return searched(Number(query.get('page_token') ?? 0))
  if (path === 'mlflow/model-versions/get-download-uri') return { artifact_uri: scheme }
  if (path === 'mlflow-artifacts/artifacts' && folder !== null) return { files: listing(folder) }
  if (path === 'mlflow/registered-models/alias' && version !== undefined)
    return { model_version: { version } }
  return undefined
}

function searched(from: number): unknown {
  const origin = { source: scheme, run_id: 'run', creation_timestamp: 1767225600000 }
  const page = versions.slice(from, from + 2).map((one) => ({ ...one, ...origin }))
  return {
    model_versions: page,
    ...(from + 2 < versions.length ? { next_page_token: String(from + 2) } : {}),
  }
}

function sendFile(path: string, request: IncomingMessage, response: ServerResponse): void {
  const content = FILES[path.slice('mlflow-artifacts/artifacts/0/run/artifacts/'.length)]
  if (content === undefined) {
    response.writeHead(404).end('{"error_code":"RESOURCE_DOES_NOT_EXIST"}')
    return
  }
  const start = knowsRanges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0
  response.writeHead(start > 0 ? 206 : 200).end(content.subarray(start))
}

/** As MLflow lists one folder: paths relative to it. */
function listing(folder: string): readonly unknown[] {
  const below = folder.replace('0/run/artifacts', '').replace(/^\//, '')
  const prefix = below === '' ? '' : `${below}/`
  const names = new Set(
    Object.keys(FILES)
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length).split('/')[0] ?? ''),
  )
  return [...names].map((name) => {
    const content = FILES[prefix + name]
    return content === undefined
      ? { path: name, is_dir: true }
      : { path: name, is_dir: false, file_size: content.byteLength }
  })
}

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += String(chunk)
  })
  request.on('end', () => answer(request, response, body))
})
let url = ''
let root = ''
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const version = (name: string, number: string): Version => ({
    name,
    version: number,
    status: 'READY',
    tags: [],
    aliases: [],
  })
  versions = [version('llama', '1'), version('llama', '2'), version('team/gpt', '1')]
  ;[posted, faults, scheme, knowsRanges] = [[], [], 'mlflow-artifacts:/0/run/artifacts', false]
  authorizations.clear()
  aliases.clear()
})
afterEach(async () => {
  rmSync(root, { recursive: true, force: true })
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

const client = () =>
  mlflowClient(url, 'word', patientFetch({ who: 'mlflow', environment: {}, wait: async () => {} }))
const open = (changes: Partial<MlflowSourceSettings> = {}) =>
  mlflowSource(
    { name: 'mlflow', url, match: ['*'], alias: null, tags: {}, path: 'model', secret: null, ...changes },
    client(),
  )

describe('versions of models', () => {
  it('are listed over pages, with the token, through faults; those that are not ready are named', async () => {
    const [, second] = versions
    if (second !== undefined) second.status = 'PENDING_REGISTRATION'
    const refused = (status: number) => (response: ServerResponse) => {
      response.writeHead(status).end()
      return true
    }
    const cut = (response: ServerResponse) => {
      response.destroy()
      return true
    }
    faults = [refused(429), refused(500), cut]
    const { items, passedOver } = await open().list(null)
    expect([items.map(({ name }) => name), passedOver]).toEqual([['llama/1', 'team/gpt/1'], ['llama/2']])
    expect(items[0]?.when).toBe('2026-01-01T00:00:00.000Z')
    expect([...authorizations]).toEqual(['Bearer word'])
  })

  it('are chosen by alias, tag and name; a tag of ours changes nothing', async () => {
    const before = await open().list(null)
    const [first] = versions
    first?.aliases.push('candidate')
    first?.tags.push({ key: 'stage', value: 'rc' }, { key: 'saegate.verdict', value: 'fail' })
    const names = async (changes: Partial<MlflowSourceSettings>) =>
      (await open(changes).list(null)).items.map(({ name }) => name)
    expect(await names({ alias: 'candidate' })).toEqual(['llama/1'])
    expect(await names({ tags: { stage: 'rc' } })).toEqual(['llama/1'])
    expect(await names({ match: ['team/*'] })).toEqual(['team/gpt/1'])
    expect((await open().list(null)).items[0]?.revision).toBe(before.items[0]?.revision)
  })

  it.each([false, true])('are downloaded whole, with ranges known: %s', async (known) => {
    knowsRanges = known
    const source = open()
    const [item] = (await source.list(null)).items
    if (item === undefined) throw new Error('not listed')
    const files = await source.open(item)
    expect(files.names).toEqual(['config.json', 'data/model.safetensors'])
    const file = await files.open('data/model.safetensors')
    expect(await file.read(40_000, 40_010)).toEqual(weights.slice(40_000, 40_010))
    expect(await file.read(40_010, 50_000)).toEqual(weights.slice(40_010))
    expect(await file.read(3, 5)).toEqual(weights.slice(3, 5))
    await file.close()
    await download(files, join(root, 'got'), new AbortController().signal)
    expect(new Uint8Array(readFileSync(join(root, 'got/data/model.safetensors')))).toEqual(weights)
  })

  it('whose artifacts the server does not serve are refused, with the reason', async () => {
    scheme = 's3://bucket/model'
    const source = open()
    const [item] = (await source.list(null)).items
    if (item === undefined) throw new Error('not listed')
    await expect(source.open(item)).rejects.toThrow(/not served through the tracking server \(s3:\)/)
  })
})

describe('a verdict', () => {
  let lab: Bench
  beforeEach(() => {
    lab = bench()
  })
  afterEach(() => lab.close())

  it('is written as tags, once, and moves the alias to what passes', async () => {
    const night = () =>
      lab.night({
        settings: { publishes: true },
        doors: {
          sources: [open()],
          targets: [mlflowTarget({ source: 'mlflow', alias: 'approved' }, client())],
        },
      })
    const first = await night()
    expect(first.done.map(({ outcome }) => outcome.kind)).toEqual(['verdict', 'verdict', 'verdict'])
    const verdicts = posted.filter(({ body }) => body.key === 'saegate.verdict')
    expect(verdicts.map(({ body }) => body.value)).toEqual(['pass', 'pass', 'pass'])
    // To the newest, whichever was told last.
    expect(Object.fromEntries(aliases)).toEqual({ 'llama approved': '2', 'team/gpt approved': '1' })
    const count = posted.length
    await night()
    expect(posted).toHaveLength(count)
  })
})
