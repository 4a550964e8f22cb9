/** @file What runs of shards found on other machines, brought together; and verdicts told once. */
import { createHash, createHmac } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shardOf } from '../../src/registry/night/shard.ts'
import { webhookTarget } from '../../src/registry/publish/webhook.ts'
import { collect } from '../../src/registry/state/collect.ts'
import type { Entry } from '../../src/registry/state/entries.ts'
import { readState, withState } from '../../src/registry/state/open-state.ts'
import { patientFetch } from '../../src/sources/transfer/patient-fetch.ts'
import { type Bench, bench } from './night-bench.ts'

let root = ''
const at = (name: string): string => join(root, name)
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A shard that found a verdict of one candidate. */
async function shard(folder: string, name: string, of: string): Promise<void> {
  const report = `{"of":"${name}"}`
  mkdirSync(at(`${folder}/reports/${name}`), { recursive: true })
  writeFileSync(at(`${folder}/reports/${name}/report.json`), report)
  const inputs = { candidate: name, reference: '', sae: '', corpus: '', policy: '', options: '', tool: '' }
  const figures = { survived: 1, damaged: 0, perplexityDelta: 0, klMean: 0, bytes: 1 }
  const digest = createHash('sha256').update(report).digest('hex')
  const entries: readonly Entry[] = [
    { type: 'run', run: 'r', tool: '1', shard: of },
    { type: 'listed', items: [{ source: 'lab', name, revision: '1', when: null, tags: [], base: null }] },
    {
      type: 'finished',
      item: `lab:${name}`,
      revision: '1',
      key: name,
      folder: name,
      inputs,
      run: 'r',
      tries: 1,
      seconds: 1,
      outcome: { kind: 'verdict', verdict: 'pass', blocks: false, figures, report: digest },
    },
  ]
  await withState(at(folder), ({ note }) => note(...entries))
}
const collected = (...folders: readonly string[]) =>
  withState(at('main'), (state) => collect(at('main'), state, { folders: folders.map(at), shards: null }))

describe('collect', () => {
  it('takes audits and reports over, once', async () => {
    await shard('one', 'a', '1/3')
    await shard('two', 'b', '2/3')
    expect(await collected('one', 'two')).toMatchObject({ audits: 2, reports: 2, missing: ['3/3'] })
    expect(await collected('one', 'two')).toMatchObject({ audits: 0, reports: 0 })
    const history = await readState(at('main'))
    expect([...history.items.keys()]).toEqual(['lab:a', 'lab:b'])
    expect(readFileSync(at('main/reports/a/report.json'), 'utf8')).toBe('{"of":"a"}')
  })

  it('of shards that began with a copy of the history takes what is new', async () => {
    await shard('main', 'old', '1/1')
    cpSync(at('main'), at('one'), { recursive: true })
    await shard('one', 'new', '1/1')
    expect(await collected('one')).toMatchObject({ audits: 1, reports: 1, missing: [] })
    expect((await readState(at('main'))).audits).toHaveLength(2)
  })

  it('refuses a report that is not the one its journal speaks of, and a folder without a history', async () => {
    await shard('one', 'a', '1/1')
    writeFileSync(at('one/reports/a/report.json'), '{"of":"b"}')
    await expect(collected('one')).rejects.toMatchObject({ code: 'REGISTRY_DAMAGED' })
    expect((await readState(at('main'))).audits).toHaveLength(0)
    expect(existsSync(at('main/reports/a'))).toBe(false)
    await expect(collected('nothing')).rejects.toMatchObject({ code: 'REGISTRY_NOT_THERE' })
  })
})

describe('shards of a night', () => {
  let lab: Bench
  beforeEach(() => {
    lab = bench()
  })
  afterEach(() => lab.close())

  it('audit every candidate between them, and none twice', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `m${i}`)
    for (const name of names) lab.candidate(name, name)
    for (const index of [1, 2, 3]) {
      const night = await lab.night({ settings: { shard: { index, count: 3 } } })
      expect(night.done.every(({ item }) => shardOf(item, 3) === index)).toBe(true)
      expect(night.done.length + night.unchanged + night.elsewhere).toBe(12)
    }
    expect(lab.audited).toHaveLength(12)
  })
})

interface Heard {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}
const heard: Heard[] = []
let answers: number[] = []
const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  let body = ''
  request.on('data', (chunk) => {
    body += String(chunk)
  })
  request.on('end', () => {
    heard.push({ headers: request.headers, body })
    response.writeHead(answers.shift() ?? 204).end()
  })
})

describe('a webhook', () => {
  let url = ''
  let lab: Bench
  beforeEach(async () => {
    lab = bench()
    heard.length = 0
    answers = []
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook?token=hidden`
    lab.candidate('a', '1')
    lab.candidate('bad', '2')
  })
  afterEach(async () => {
    lab.close()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  const told = (publishes = true) => {
    const request = patientFetch({ who: 'hooks', environment: {}, wait: async () => {} })
    return lab.night({
      settings: { publishes },
      doors: { targets: [webhookTarget({ url, secret: 'key' }, request)] },
    })
  }

  it('is told each verdict once, signed; never unless that is asked for', async () => {
    const dry = await told(false)
    expect([heard.length, dry.published.map(({ what }) => what).sort()]).toEqual([
      0,
      ['would tell fail', 'would tell pass'],
    ])
    await told()
    expect(heard).toHaveLength(2)
    for (const { headers, body } of heard) {
      const signature = createHmac('sha256', 'key').update(body).digest('hex')
      expect(headers['x-saegate-signature']).toBe(`sha256=${signature}`)
      expect(headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/)
      expect(JSON.parse(body)).toMatchObject({ schema: 'saegate/verdict@1', candidate: { source: 'lab' } })
      expect(body).not.toContain(lab.root)
    }
    expect((await told()).published).toEqual([])
    expect(heard).toHaveLength(2)
    lab.candidate('a', 'changed')
    await told()
    expect(heard).toHaveLength(3)
  })

  it('that limits or fails is asked again under the same key, and a refusal stops nothing', async () => {
    answers = [429, 500, 204, 403]
    const night = await told()
    expect(new Set(heard.slice(0, 3).map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(night.published.map(({ what }) => what)).toEqual([
      'told',
      expect.stringMatching(/^failed: hooks refuses \/hook \(403\)/),
    ])
    expect(JSON.stringify(night)).not.toContain('hidden')
    expect((await told()).published).toHaveLength(1)
  })
})
