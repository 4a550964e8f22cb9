/** @file An issue for each candidate that is blocked, on a server that keeps issues as GitHub does. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseRegistry } from '../../src/contract/registry/registry-file.ts'
import { issueTarget } from '../../src/registry/publish/github-issue.ts'
import { openTargets } from '../../src/registry/publish/open-targets.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { sample } from '../report/sample.ts'
import { verdictOf } from './verdict-sample.ts'

interface Issue {
  readonly number: number
  title: string
  body: string
  state: string
  readonly html_url: string
  readonly user: { readonly login: string; readonly type: string }
  readonly pull_request?: object
}

let issues: Issue[] = []
let writes: string[] = []
let apiUrl = ''
/** Of the next writes: answered in place of them, or after them. */
let faults: ('refuse' | 'forget' | 'deny' | null)[] = []
const BOT = { login: 'github-actions[bot]', type: 'Bot' }
const issue = (body: string, changes: Partial<Issue> = {}): Issue => {
  const number = issues.length + 1
  const made = {
    number,
    title: 't',
    body,
    state: 'open',
    html_url: `https://github.test/${number}`,
    user: BOT,
    ...changes,
  }
  issues.push(made)
  return made
}

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  const url = new URL(request.url ?? '/', 'http://github')
  const send = (status: number, data: unknown, headers = {}): void =>
    void response
      .writeHead(status, { 'Content-Type': 'application/json', ...headers })
      .end(JSON.stringify(data))
  if (url.pathname === '/graphql') return void send(200, { data: { viewer: { login: BOT.login } } })
  if (request.method === 'GET') {
    const page = Number(url.searchParams.get('page'))
    const all = [...issues].reverse()
    // Two on a page, whatever is asked for.
    const link = all.length > 2 * page ? { Link: `<http://x/?page=${page + 1}>; rel="next"` } : {}
    return void send(200, all.slice(2 * (page - 1), 2 * page), link)
  }
  const fault = faults.shift() ?? null
  if (fault === 'refuse') return void send(502, { message: 'disturbed' })
  if (fault === 'deny') return void send(403, { message: 'Resource not accessible by integration' })
  const sent: Partial<Issue> = JSON.parse(body)
  writes.push(`${request.method} ${url.pathname}`)
  const number = Number(/\/issues\/(\d+)$/.exec(url.pathname)?.[1])
  const changed =
    request.method === 'POST'
      ? issue(sent.body ?? '', { title: sent.title ?? '' })
      : Object.assign(issues[number - 1] ?? {}, sent)
  if (fault === 'forget') return void send(502, { message: 'disturbed' })
  send(request.method === 'POST' ? 201 : 200, changed)
}

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += String(chunk)
  })
  request.on('end', () => answer(request, response, body))
})
beforeEach(async () => {
  ;[issues, writes, faults] = [[], [], []]
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  apiUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

const { report } = sample(256, { groups: 8, candidates: ['int6'] })
const item = { source: 'hub', name: 'acme/llama', revision: 'r1', when: null, tags: [], base: null }
const [FIRST, SECOND, THIRD] = ['a', 'b', 'c'].map((sign) => sign.repeat(32)) as [string, string, string]
const target = () =>
  issueTarget(
    { repository: { owner: 'acme', repo: 'audits' }, labels: ['saegate'], token: 'word', apiUrl },
    { now: () => 0, sleep: async () => {} },
  )
const tell = (verdict: 'pass' | 'fail', key: string, door = target(), one = item) =>
  door.publish(one, verdictOf(one, verdict), key, async () => ({ report, text: '' }))

describe('an issue', () => {
  it('is opened for what is blocked, renewed, closed when it passes, opened again; a candidate that passes has none', async () => {
    expect(await tell('pass', FIRST)).toBe(null)
    expect(await tell('fail', FIRST)).toBe('https://github.test/1')
    expect(issues[0]).toMatchObject({ state: 'open', title: 'hub:acme/llama does not pass saegate' })
    expect(issues[0]?.body).toContain('| verdict | fail |')
    await tell('fail', SECOND)
    expect(issues[0]?.body).toContain(SECOND)
    await tell('pass', THIRD)
    expect(issues).toMatchObject([{ state: 'closed', number: 1 }])
    expect(issues[0]?.body).toContain('is no longer blocked')
    await tell('fail', FIRST)
    expect(issues).toMatchObject([{ state: 'open', number: 1 }])
    expect(writes.filter((line) => line.startsWith('POST'))).toHaveLength(1)
  })

  it('is told once under one key, and one for each candidate', async () => {
    const door = target()
    const other = { ...item, name: 'acme/other' }
    expect(await tell('fail', FIRST, door)).toBe(await tell('fail', FIRST, door))
    await tell('fail', FIRST, door, other)
    await tell('fail', FIRST)
    await tell('fail', FIRST, target(), other)
    expect(writes).toEqual(['POST /repos/acme/audits/issues', 'POST /repos/acme/audits/issues'])
  })

  it('of somebody else is left alone, whatever it says; so are pull requests', async () => {
    await tell('fail', FIRST)
    const mine = issues[0]?.body ?? ''
    issues = []
    issue(mine, { user: { login: 'somebody', type: 'User' } })
    issue(mine, { pull_request: {} })
    issue(`> ${mine}`)
    for (let i = 0; i < 5; i++) issue('another')
    expect(await tell('fail', FIRST)).toBe('https://github.test/9')
  })

  it('that was heard and not answered is found again, not made twice', async () => {
    faults = ['forget', 'refuse']
    expect(await tell('fail', FIRST)).toBe('https://github.test/1')
    expect(issues).toHaveLength(1)
    faults = ['refuse', 'forget']
    await tell('pass', SECOND)
    expect(issues).toMatchObject([{ state: 'closed' }])
  })

  it('says what its token lacks', async () => {
    faults = ['deny']
    await expect(tell('fail', FIRST)).rejects.toMatchObject({ code: 'REGISTRY_ISSUE_DENIED' })
    faults = ['refuse', 'refuse', 'refuse', 'refuse']
    await expect(tell('fail', FIRST)).rejects.toMatchObject({ code: 'REGISTRY_ISSUE_FAILED' })
  })

  it('needs GITHUB_TOKEN where verdicts are told, and not where it is said where they would go', () => {
    const yaml =
      "version: 1\nsources: [{name: a, folder: {path: .}}]\nrules: [{match: '*'}]\npublish: [{github: {repository: acme/audits}}, {dataset: {repository: acme/reports}}]\n"
    const file = parseRegistry('registry.yaml', yaml)
    const doors = { environment: {}, hub: hubSettings({}) }
    expect(openTargets(file, doors, false).map(({ name }) => name)).toEqual([
      'github acme/audits',
      'dataset acme/reports',
    ])
    expect(() => openTargets(file, doors, true)).toThrow(
      expect.objectContaining({ code: 'REGISTRY_VARIABLE_MISSING' }),
    )
  })
})
