/** @file Reports kept in a dataset repository of the Hub, on a server that speaks its paths, files and commits. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { datasetTarget, withRow } from '../../src/registry/publish/dataset.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { sample } from '../report/sample.ts'
import { verdictOf } from './verdict-sample.ts'

const REPOSITORY = 'acme/reports'
/** Commits, each with all of its files; the last is main. */
let commits: Map<string, string>[] = []
let faults: ((response: ServerResponse) => 'instead' | 'after')[] = []
let [root, endpoint] = ['', '']
const shaOf = (index: number): string => createHash('sha1').update(String(index)).digest('hex')
const main = (): Map<string, string> => commits.at(-1) ?? new Map()

function answer(path: string, body: string): unknown {
  const at = path.replace(`/api/datasets/${REPOSITORY}/`, '')
  if (at.startsWith('revision/')) return { _id: '1', id: REPOSITORY, sha: shaOf(commits.length - 1) }
  if (at.startsWith('preupload/'))
    return {
      files: JSON.parse(body).files.map(({ path: one }: { path: string }) => ({
        path: one,
        uploadMode: 'regular',
      })),
    }
  if (at.startsWith('paths-info/')) {
    const { paths }: { paths: readonly string[] } = JSON.parse(body)
    return paths.flatMap((one) => {
      const text = main().get(one)
      if (text === undefined) return []
      const size = Buffer.byteLength(text)
      const oid = createHash('sha1').update(`blob ${size}\0`).update(text).digest('hex')
      return [{ type: 'file', path: one, size, oid }]
    })
  }
  if (!at.startsWith('commit/')) return undefined
  const [header, ...files] = body.split('\n').map((line) => JSON.parse(line))
  if (header.value.parentCommit !== undefined && header.value.parentCommit !== shaOf(commits.length - 1))
    return 412
  const next = new Map(main())
  for (const { value } of files) next.set(value.path, Buffer.from(value.content, 'base64').toString())
  commits.push(next)
  return { commitOid: shaOf(commits.length - 1), commitUrl: `${endpoint}/datasets/${REPOSITORY}/commit/x` }
}

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += String(chunk)
  })
  request.on('end', () => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://hub').pathname)
    const file = /\/resolve\/[0-9a-f]{40}\/(.*)$/.exec(path)?.[1]
    if (file !== undefined) return void response.end(main().get(file))
    const fault = path.includes('/commit/') ? faults.shift() : undefined
    if (fault?.(response) === 'instead') return
    const found = answer(path, body)
    if (response.destroyed || response.writableEnded) return
    const status = typeof found === 'number' ? found : found === undefined ? 404 : 200
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(found ?? {}))
  })
})
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  ;[commits, faults] = [[new Map([['README.md', '# Ours\n\nWords of its owners.\n']])], []]
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  rmSync(root, { recursive: true, force: true })
})

const { report } = sample(256, { groups: 8, candidates: ['int6'] })
const item = { source: 'oci', name: 'acme/llama:int4', revision: 'r', when: null, tags: [], base: null }
const [FIRST, SECOND] = ['a'.repeat(32), 'b'.repeat(32)]
const publish = (key = FIRST, one = item) => {
  const settings = {
    ...hubSettings({ HF_ENDPOINT: endpoint, HF_TOKEN: 'hf_word', HF_HUB_CACHE: root }),
    proofFolder: null,
    wait: async () => {},
  }
  return datasetTarget(REPOSITORY, settings).publish(one, verdictOf(one), key, async () => ({
    report,
    text: `report ${key}`,
  }))
}
const PATH = `reports/oci/acme/llama-int4/${FIRST}/report.json`

const cut = (response: ServerResponse): 'instead' => {
  response.destroy()
  return 'instead'
}
/** It is done, and not answered so. */
const disturbed = (response: ServerResponse): 'after' => {
  response.writeHead(503).end()
  return 'after'
}
const beside = (): 'after' => {
  commits.push(new Map(main()).set('other', 'x'))
  return 'after'
}

describe('a report in a dataset', () => {
  it('lies by its key, with a row in the card, in one commit; what its owners wrote stays', async () => {
    const address = await publish()
    expect(address).toBe(`${endpoint}/datasets/${REPOSITORY}/blob/main/${PATH}`)
    expect(commits).toHaveLength(2)
    expect(main().get(PATH)).toBe(`report ${FIRST}`)
    const card = main().get('README.md') ?? ''
    expect(card.startsWith('# Ours\n\nWords of its owners.\n')).toBe(true)
    expect(card).toContain('`oci:acme/llama:int4`')
    expect(await publish()).toBe(address)
    expect(commits).toHaveLength(2)
  })

  it('has one row for a candidate, its newest, and every report', async () => {
    await publish()
    await publish(SECOND)
    await publish(FIRST, { ...item, name: 'acme/other:int4' })
    const card = main().get('README.md') ?? ''
    expect(card.match(/report\.json\]/g)).toHaveLength(2)
    expect(card).toContain(SECOND)
    expect([...main().keys()].filter((path) => path.startsWith('reports/'))).toHaveLength(3)
  })

  it('is made where there is no card yet', async () => {
    commits = [new Map()]
    await publish()
    expect(main().get('README.md')).toMatch(/^# Audits by saegate/)
  })

  it('is told once through breaks, and beside another who writes', async () => {
    faults = [cut, disturbed]
    await publish()
    expect(commits).toHaveLength(2)
    // Somebody commits between the look and the write.
    faults = [beside]
    await publish(SECOND)
    expect(main().get('other')).toBe('x')
    expect(commits).toHaveLength(4)
  })

  it.each(['..', '../../x', 'a/../b', './x'])('named %s stays below its folder', async (name) => {
    await publish(FIRST, { ...item, name })
    for (const path of main().keys()) expect(path.split('/')).not.toContain('..')
  })
})

it('a table that somebody cut is begun anew, and nothing else is lost', () => {
  const row = { id: '0123456789abcdef', text: '| `x` <!-- 0123456789abcdef --> | pass |' }
  const card = withRow('before\n\n<!-- saegate-reports -->\nafter\n', row)
  expect(card).toContain('before')
  expect(card).toContain('after')
  expect(withRow(card, row).match(/0123456789abcdef/g)).toHaveLength(1)
})
