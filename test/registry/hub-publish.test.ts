/** @file Verdicts as pull requests on models of the Hub, from a server that speaks its whoami, discussions and commit endpoints. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseRegistry } from '../../src/contract/registry/registry-file.ts'
import { auditReport } from '../../src/registry/publish/audit-report.ts'
import { keyIn, withVerdict } from '../../src/registry/publish/card.ts'
import { cardResults, cardSection } from '../../src/registry/publish/card-verdict.ts'
import { hubTarget } from '../../src/registry/publish/hub.ts'
import { openTargets } from '../../src/registry/publish/open-targets.ts'
import type { PublishTarget } from '../../src/registry/publish/target.ts'
import type { PublishedVerdict } from '../../src/registry/verdict.ts'
import { reportJson } from '../../src/report/formats/json.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { sample } from '../report/sample.ts'
import { bench } from './night-bench.ts'

const MODEL = 'acme/llama-int4'
const CARD = `---
license: mit # ours
model-index:
- name: llama-int4
  results:
  - task: {type: text-generation}
    dataset: {name: ARC, type: ai2_arc}
    metrics: [{type: acc, value: 0.5}]
---
# Llama, 4 bits

Words of its authors.
`

interface Pull {
  readonly num: number
  readonly title: string
  readonly author: { readonly name: string }
  readonly isPullRequest: boolean
  status: 'open' | 'closed' | 'merged'
}

/** Commit → what README.md is there; null: none. */
let commits: Map<string, string | null>
let branches: Map<string, string>
let pulls: Pull[]
let writes: string[]
let faults: ((response: ServerResponse, isAfter: boolean) => boolean)[]
let root = ''
let endpoint = ''

function store(branch: string, text: string | null): string {
  const sha = createHash('sha1').update(`${commits.size}`).digest('hex')
  commits.set(sha, text)
  branches.set(branch, sha)
  return sha
}
const cardOf = (branch: string): string => commits.get(branches.get(branch) ?? '') ?? ''

function answer(url: URL, request: IncomingMessage, body: string): unknown {
  const path = decodeURIComponent(url.pathname).replace(`/api/models/${MODEL}/`, '')
  const after = (prefix: string): string | null =>
    path.startsWith(prefix) ? path.slice(prefix.length) : null
  const [revision, tree, commit] = [after('revision/'), after('tree/'), after('commit/')]
  if (request.headers.authorization !== 'Bearer hf_word') return undefined
  if (path === '/api/whoami-v2') return { name: 'auditor' }
  if (path === 'discussions') return listed(url.searchParams)
  if (path.startsWith('preupload/')) return { files: [{ path: 'README.md', uploadMode: 'regular' }] }
  if (commit !== null) return committed(commit, url.searchParams.has('create_pr'), body)
  if (revision !== null) return { _id: '1', id: MODEL, sha: branches.get(revision) ?? revision }
  const text = tree === null ? undefined : commits.get(tree.slice(0, 40))
  if (text === undefined) return undefined
  if (text === null) return []
  const size = Buffer.byteLength(text)
  const oid = createHash('sha1').update(`blob ${size}\0`).update(text).digest('hex')
  return [{ type: 'file', path: 'README.md', size, oid }]
}

/** Two on a page, whatever is asked for, as a mirror might that knows no filters. */
function listed(asked: URLSearchParams): unknown {
  const start = 2 * Number(asked.get('p'))
  return { discussions: pulls.slice(start, start + 2), count: pulls.length, start }
}

function committed(branch: string, isNew: boolean, body: string): unknown {
  const [header, file] = body.split('\n').map((line) => JSON.parse(line))
  expect(file.value.path).toBe('README.md')
  expect(header.value.parentCommit).toBe(branches.get(branch))
  const num = pulls.length + 1
  const target = isNew ? `refs/pr/${num}` : branch
  const oid = store(target, Buffer.from(file.value.content, 'base64').toString())
  writes.push(target)
  if (isNew)
    pulls.push({
      num,
      title: header.value.summary,
      author: { name: 'auditor' },
      isPullRequest: true,
      status: 'open',
    })
  const pullRequestUrl = isNew ? { pullRequestUrl: `${endpoint}/${MODEL}/discussions/${num}` } : {}
  return { commitOid: oid, commitUrl: `${endpoint}/${MODEL}/commit/${oid}`, ...pullRequestUrl }
}

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += String(chunk)
  })
  request.on('end', () => {
    const url = new URL(request.url ?? '/', 'http://hub')
    const file = /\/resolve\/([0-9a-f]{40})\/README\.md$/.exec(url.pathname)?.[1]
    if (file !== undefined) return void response.end(commits.get(file) ?? '')
    const isWrite = url.pathname.includes('/commit/')
    if (isWrite && faults[0]?.(response, false) === true) return void faults.shift()
    const found = answer(url, request, body)
    if (isWrite && faults.shift()?.(response, true) === true) return
    response.writeHead(found === undefined ? 404 : 200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(found ?? {}))
  })
})

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  ;[commits, branches, pulls, writes, faults] = [new Map(), new Map(), [], [], []]
  store('main', CARD)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterEach(async () => {
  rmSync(root, { recursive: true, force: true })
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

const { report } = sample(256, { groups: 8, candidates: ['int6'] })
const KEY = '0123456789abcdef0123456789abcdef'
const OTHER = 'f'.repeat(32)
const item = { source: 'hub', name: MODEL, revision: 'a'.repeat(40), when: null, tags: [], base: null }
const verdict: PublishedVerdict = {
  schema: 'saegate/verdict@1',
  candidate: { source: 'hub', name: MODEL, revision: item.revision, sha256: 'c'.repeat(64) },
  verdict: 'fail',
  blocks: true,
  figures: { survived: 0.9, damaged: 0, perplexityDelta: 0, klMean: 0, bytes: 1 },
  inputs: { candidate: 'c', reference: 'r', sae: 's', corpus: 't', policy: 'p', options: 'o', tool: '1' },
  report: 'd'.repeat(64),
}
function publish(key = KEY): Promise<string | null> {
  const environment = { HF_ENDPOINT: endpoint, HF_TOKEN: 'hf_word', HF_HUB_CACHE: root }
  const settings = { ...hubSettings(environment), proofFolder: null, wait: async () => {} }
  return hubTarget('hub', settings).publish(item, verdict, key, async () => ({ report, text: '' }))
}

interface Front {
  readonly license: string
  readonly 'model-index': readonly { readonly name: string; readonly results: readonly Result[] }[]
}
interface Result {
  readonly dataset: Readonly<Record<string, string>>
  readonly metrics: readonly { readonly type: string; readonly value: number }[]
  readonly source?: { readonly name: string }
}
const frontOf = (card: string): Front => parse(card.split('---\n')[1] ?? '')

describe('a verdict on the Hub', () => {
  it('is a pull request for the card, with what its authors wrote left as it was', async () => {
    expect(await publish()).toBe(`${endpoint}/${MODEL}/discussions/1`)
    const card = cardOf('refs/pr/1')
    expect(cardOf('main')).toBe(CARD)
    expect(card).toContain('license: mit # ours\n')
    expect(card).toContain('# Llama, 4 bits\n\nWords of its authors.\n')
    const [index] = frontOf(card)['model-index']
    const [first, ...own] = index?.results ?? []
    expect(first).toMatchObject({ dataset: { name: 'ARC' }, metrics: [{ type: 'acc', value: 0.5 }] })
    const [candidate] = report.candidates
    expect(own.map(({ dataset }) => dataset.config?.split(' at ')[1])).toEqual([
      ...(candidate?.features ?? []).map(({ hook }) => hook),
      undefined,
    ])
    const survived = own.flatMap(({ metrics }) => metrics.filter(({ type }) => type === 'saegate_survived'))
    expect(survived.map(({ value }) => value)).toEqual(
      candidate?.features.map(({ survived: { fraction } }) => Number(fraction.toPrecision(6))),
    )
    expect(own[0]?.dataset.split).toMatch(/^73984 tokens in sequences of 128, positions /)
    // A path of this machine is none of theirs.
    expect(card).not.toMatch(/\.\/(models|corpus|saes)/)
  })

  it('is told once: while the pull request is open, and when it is merged', async () => {
    const address = await publish()
    expect(await publish()).toBe(address)
    expect(writes).toEqual(['refs/pr/1'])
    store('main', cardOf('refs/pr/1'))
    for (const pull of pulls) pull.status = 'merged'
    expect(await publish()).toBe(null)
    expect(writes).toEqual(['refs/pr/1'])
  })
})

describe('a verdict on the Hub that has one of ours', () => {
  it('renews the pull request that is open, with what others wrote to it; a closed one is left alone', async () => {
    const other = { isPullRequest: true, status: 'open', author: { name: 'somebody' } } as const
    pulls.push({ ...other, num: 1, title: 'A typo' }, { ...other, num: 2, title: 'Another' })
    await publish()
    store('refs/pr/3', `${cardOf('refs/pr/3')}\nA remark.\n`)
    expect(await publish(OTHER)).toBe(`${endpoint}/${MODEL}/discussions/3`)
    const card = cardOf('refs/pr/3')
    expect([keyIn(card), card.match(/saegate-verdict /g)?.length]).toEqual([OTHER, 1])
    expect(card).toContain('\nA remark.\n')
    expect(frontOf(card)['model-index'][0]?.results).toHaveLength(
      2 + (report.candidates[0]?.features.length ?? 0),
    )
    for (const pull of pulls) pull.status = 'closed'
    expect(await publish()).toBe(`${endpoint}/${MODEL}/discussions/4`)
    expect(writes).toEqual(['refs/pr/3', 'refs/pr/3', 'refs/pr/4'])
  })

  it('is not doubled where the Hub hears a request and breaks off', async () => {
    const broken = (when: boolean) => (response: ServerResponse, isAfter: boolean) => {
      if (isAfter !== when) return false
      response.destroy()
      return true
    }
    faults = [broken(true)]
    expect(await publish()).toBe(`${endpoint}/${MODEL}/discussions/1`)
    expect(writes).toEqual(['refs/pr/1'])
    faults = [
      (response, isAfter) => {
        if (!isAfter) response.writeHead(503).end()
        return !isAfter
      },
    ]
    expect(await publish(OTHER)).toBe(`${endpoint}/${MODEL}/discussions/1`)
    expect(writes).toEqual(['refs/pr/1', 'refs/pr/1'])
  })

  it('makes a card where there is none', async () => {
    store('main', null)
    await publish()
    const card = cardOf('refs/pr/1')
    expect(frontOf(card)['model-index'][0]?.name).toBe('llama-int4')
    expect(card).toMatch(/---\n<!-- saegate-verdict [0-9a-f]{32} -->\n## Features under quantization\n/)
  })
})

describe('a card', () => {
  const given = {
    model: MODEL,
    idempotency: KEY,
    results: cardResults(report),
    section: cardSection(report, verdict),
  }

  it.each([
    ['---\nlicense: mit\n', /no end/],
    ['---\n- a\n- b\n---\n', /no list of keys/],
    ['---\na: [\n---\n', /README\.md:\d/],
    ['---\na: &x [1]\nmodel-index: &y [1]\nb: *y\n---\n', /alias/i],
  ])('%j is refused, with the reason', (card, reason) => {
    expect(() => withVerdict(card, given)).toThrow(reason)
    expect(() => withVerdict(card, given)).toThrow(
      expect.objectContaining({ code: 'REGISTRY_CARD_UNREADABLE' }),
    )
  })

  it('whose text has lines of dashes and no front matter keeps them', () => {
    const text = 'Title\n---\nwords\n---\nmore\n'
    const card = withVerdict(text, given)
    expect(card.startsWith('---\nmodel-index:\n')).toBe(true)
    expect(card).toContain(`---\n${text}\n<!-- saegate-verdict`)
    expect(withVerdict(card, given)).toBe(card)
  })

  it.each([
    ['wikitext-2', 'Salesforce/wikitext'],
    ['hf:datasets/acme/texts@main/a.txt', 'acme/texts'],
    ['./corpus/eval.txt', 'text'],
    ['wikitext-2,./corpus/eval.txt', 'text'],
    ['tokens:ids.npy', 'text'],
  ])('says of the text %s that it is of %s', (spec, type) => {
    const [result] = cardResults({ ...report, corpus: { ...report.corpus, spec } })
    expect(result?.dataset.type).toBe(type)
    expect(result?.dataset.name === spec).toBe(type !== 'text')
  })

  it('keeps a name from outside from being a mark or markup', () => {
    const features = (report.candidates[0]?.features ?? []).map((one) => ({
      ...one,
      sae: 'hf:a/b|<!-- saegate-verdict-end -->',
    }))
    const [candidate] = report.candidates
    if (candidate === undefined) throw new Error('no candidate')
    const section = cardSection({ ...report, candidates: [{ ...candidate, features }] }, verdict)
    const card = withVerdict('', { ...given, section })
    expect(card.match(/<!-- saegate-verdict-end -->/g)).toHaveLength(1)
    expect(withVerdict(card, { ...given, section })).toBe(card)
  })
})

it('is told to every source of the Hub that registry.yaml has', () => {
  const yaml = `version: 1
sources: [{name: lab, folder: {path: x}}, {name: ours, hub: {author: acme}}, {name: theirs, hub: {}}]
rules: [{match: '*', skip: none}]
publish: [{hub: {}}]`
  const environment = { HF_ENDPOINT: endpoint }
  const doors = { environment, hub: hubSettings(environment) }
  const targets = openTargets(parseRegistry('registry.yaml', yaml), doors, true)
  expect(targets.map(({ name }) => name)).toEqual(['hub ours', 'hub theirs'])
  const taken = targets.map((target) => target.takes({ ...item, source: 'ours' }))
  expect(taken).toEqual([true, false])
})

it('is told of the report that the history speaks of, and of no other', async () => {
  const text = reportJson(report)
  mkdirSync(join(root, 'reports/k'), { recursive: true })
  writeFileSync(join(root, 'reports/k/report.json'), text)
  const finished = (digest: string) =>
    ({
      type: 'finished',
      item: 'hub:x',
      revision: 'r',
      key: 'k',
      folder: 'k',
      inputs: verdict.inputs,
      run: 'r',
      tries: 1,
      seconds: 1,
      outcome: { kind: 'verdict', verdict: 'fail', blocks: true, figures: verdict.figures, report: digest },
    }) as const
  const read = await auditReport(root, finished(createHash('sha256').update(text).digest('hex')))
  expect(read.text).toBe(text)
  expect(read.report.candidates).toEqual(JSON.parse(text).candidates)
  await expect(auditReport(root, finished('0'.repeat(64)))).rejects.toMatchObject({
    code: 'REGISTRY_DAMAGED',
  })
})

it('is told of the report in the state, and a report that is another stops no other target', async () => {
  const lab = bench()
  lab.candidate('one', 'weights')
  // Audits of the bench say that their report has the digest "digest".
  const reading: PublishTarget = {
    name: 'reading',
    takes: () => true,
    publish: async (_item, _verdict, _key, read) => (await read()).report.schema,
  }
  const deaf: PublishTarget = { ...reading, name: 'deaf', publish: async () => null }
  const { published } = await lab.night({
    settings: { publishes: true },
    doors: { targets: [reading, deaf] },
  })
  lab.close()
  expect(published).toEqual([
    {
      item: 'lab:one',
      target: 'reading',
      what: expect.stringMatching(/^failed: .*state\/reports\/.*report\.json arrived with the digest/),
    },
    { item: 'lab:one', target: 'deaf', what: 'told' },
  ])
})
