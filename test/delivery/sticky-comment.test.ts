/** @file The sticky comment through the real client, against a GitHub on loopback: every way it may go. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectGitHub } from '../../src/delivery/github.ts'
import type { SectionState } from '../../src/delivery/marker.ts'
import { MAX_ATTEMPTS, MAX_WAIT_MS, patience } from '../../src/delivery/patience.ts'
import { composed, type Section } from '../../src/delivery/sections.ts'
import { type CommentRequest, deliverComment, planFor } from '../../src/delivery/sticky-comment.ts'
import { commentMarker } from '../../src/report/markdown/comment.ts'
import { GitHubServer } from './github-server.ts'

const PULL = 7
let server: GitHubServer
let url: string
let slept: number[]

beforeEach(async () => {
  server = new GitHubServer()
  url = await server.start()
  slept = []
})
afterEach(() => server.stop())

type Verdict = SectionState['verdict']

function section(changes: Partial<SectionState> = {}, body = '## ❌ fails'): Section {
  const state: SectionState = {
    key: 'a'.repeat(12),
    job: 'b'.repeat(12),
    of: 1,
    title: 'gate',
    commit: 'c'.repeat(40),
    run: 42,
    attempt: 1,
    digest: 'd1',
    verdict: 'fail',
    ...changes,
  }
  return { state, body }
}

const text = (check: string, words: string) => composed(check, [section({}, `## ❌ ${words}`)])

function deliver(changes: Partial<CommentRequest> = {}) {
  let now = 1_700_000_000_000
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds)
      now += milliseconds
    },
  }
  const github = connectGitHub('t0ken', url, { owner: 'octo', repo: 'models' })
  const request = {
    pullRequest: PULL,
    fork: false,
    checkRun: false,
    when: 'on-change',
    checkName: 'saegate',
    section: section(),
    ...changes,
  } as const
  return deliverComment({ github, clock, patience: patience(clock, () => {}) }, request)
}

it('makes the first comment, and then updates it', async () => {
  server.add(PULL, 'looks good', { login: 'ada', type: 'User' })
  expect(await deliver()).toMatchObject({ kind: 'created' })
  expect(await deliver({ section: section({ digest: 'd2' }, '## still fails') })).toMatchObject({
    kind: 'updated',
  })
  expect(server.comments).toHaveLength(2)
  expect(server.comments[1]!.body).toContain('still fails')
  expect(server.comments[1]!.body.split('\n')[0]).toBe(commentMarker('saegate'))
  expect([...server.tokens]).toEqual(['token t0ken'])
})

it('leaves an unchanged comment alone, unless always is asked for', async () => {
  await deliver()
  expect(await deliver()).toEqual({ kind: 'unchanged' })
  expect(server.count(/PATCH/)).toBe(0)
  expect(await deliver({ when: 'always' })).toMatchObject({ kind: 'updated' })
})

it('keeps two checks on one pull request apart', async () => {
  await deliver({ checkName: 'int6 --> gate' })
  await deliver({ checkName: 'int6' })
  await deliver({ checkName: 'int6 --> gate', section: section({ digest: 'd2' }, 'new') })
  expect(server.comments).toHaveLength(2)
  expect(server.comments[0]!.body).toContain('new')
  expect(server.comments[1]!.body).not.toContain('new')
})

it('finds its comment on the last of 30 pages', async () => {
  for (let i = 0; i < 2_950; i++) server.add(PULL, `comment ${i}`, { login: 'ada', type: 'User' })
  const own = server.add(PULL, composed('saegate', [section({ digest: 'old' }, 'old')]))
  expect(await deliver()).toMatchObject({ kind: 'updated' })
  expect(own.body).toContain('fails')
  expect(server.count(/GET .*comments/)).toBe(30)
  expect(server.count(/POST .*comments/)).toBe(0)
})

it('never touches a comment of somebody else that carries the marker', async () => {
  const forged = server.add(PULL, composed('saegate', [section({ verdict: 'pass' }, 'all is well')]), {
    login: 'mallory',
    type: 'User',
  })
  const quoted = server.add(PULL, `> ${text('saegate', 'quoted')}`)
  expect(await deliver()).toMatchObject({ kind: 'created' })
  expect(forged.body).toContain('all is well')
  expect(quoted.body).toContain('quoted')
})

it('takes a bot’s comment for its own only where the token may not ask who it is', async () => {
  server.failing(
    /graphql/,
    { status: 403, message: 'Resource not accessible by integration' },
    { status: 403 },
  )
  server.add(PULL, text('saegate', 'x'), { login: 'mallory', type: 'User' })
  expect(await deliver()).toMatchObject({ kind: 'created' })
  expect(await deliver()).toEqual({ kind: 'unchanged' })
})

it('says once what permission is missing, and nothing more', async () => {
  server.failing(/POST .*comments/, { status: 403, message: 'Resource not accessible by integration' })
  const outcome = await deliver()
  expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'DELIVERY_WRITE_DENIED' } })
  expect(outcome.kind === 'failed' && outcome.problem.fix).toContain(
    'permissions:\n  contents: read\n  pull-requests: write',
  )
  expect(slept).toEqual([])
})

it('tells a fork’s read-only token from a missing permission', async () => {
  server.failing(/POST .*comments/, { status: 404 })
  const outcome = await deliver({ fork: true })
  expect(outcome.kind === 'failed' && outcome.problem.message).toContain('from a fork')
  expect(outcome.kind === 'failed' && outcome.problem.fix).toContain('fork-comment.yml')
})

it('tries again after two 502, with back-off', async () => {
  server.failing(/POST .*comments/, { status: 502 }, { status: 502 })
  expect(await deliver()).toMatchObject({ kind: 'created' })
  expect(slept).toEqual([1000, 2000])
  expect(server.comments).toHaveLength(1)
})

it('does not make a second comment when the first was made and only its answer was lost', async () => {
  server.failing(/POST .*comments/, { status: 502, afterwards: true })
  expect(await deliver()).toEqual({ kind: 'unchanged' })
  expect(server.comments).toHaveLength(1)
})

it('waits as long as a rate limit says', async () => {
  const reset = String(1_700_000_000 + 20)
  server.failing(
    /GET .*comments/,
    { status: 403, headers: { 'retry-after': '7' }, message: 'You have exceeded a secondary rate limit' },
    { status: 429, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } },
  )
  expect(await deliver()).toMatchObject({ kind: 'created' })
  expect(slept).toEqual([7000, 13000])
})

it('waits a minute where a secondary limit does not say how long', async () => {
  server.failing(/POST .*comments/, { status: 403, message: 'You have exceeded a secondary rate limit.' })
  expect(await deliver()).toMatchObject({ kind: 'created' })
  expect(slept).toEqual([60_000])
})

it('gives up within its bounds, and lets the verdict stand', async () => {
  server.failing(/GET .*comments/, ...Array(100).fill({ status: 500 }))
  const outcome = await deliver()
  expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'DELIVERY_FAILED' } })
  expect(server.count(/GET .*comments/)).toBe(MAX_ATTEMPTS)
  server.failures.length = 0
  slept.length = 0
  server.failing(/GET .*comments/, { status: 429, headers: { 'retry-after': '3600' } })
  expect(await deliver()).toMatchObject({ kind: 'failed' })
  expect(slept).toEqual([])
  expect(MAX_WAIT_MS).toBeLessThan(600_000)
})

it('survives a GitHub that is not there', async () => {
  await server.stop()
  expect(await deliver()).toMatchObject({ kind: 'failed', problem: { code: 'DELIVERY_FAILED' } })
  await server.start()
})

it('fits a huge comment by dropping folded details, never the verdict', async () => {
  const fold = (name: string) =>
    `<details><summary>${name}</summary>\n\n${'█ ρ '.repeat(6_000)}\n\n</details>\n`
  const body = `perplexity −5.6 %, but 18.7 % of features degraded\n${fold('worst')}${fold('setup')}${fold('more')}<sub>end</sub>`
  expect(await deliver({ section: section({}, body) })).toMatchObject({ kind: 'created' })
  const posted = server.comments[0]!.body
  expect(posted).toContain('18.7 % of features degraded')
  expect(posted).toContain('worst')
  expect(posted).toContain('<sub>end</sub>')
  expect(posted.length).toBeLessThanOrEqual(65_536)
  expect(posted.split('<details').length).toBe(posted.split('</details>').length)
})

it('decides as the table says', () => {
  const plan = (
    when: CommentRequest['when'],
    there: Partial<SectionState> | string | null,
    verdict: Verdict,
  ) => {
    const comment =
      there === null
        ? []
        : [{ id: 1, body: typeof there === 'string' ? there : composed('saegate', [section(there)]) }]
    return planFor({ when, checkName: 'saegate', section: section({ verdict }) }, comment).kind
  }
  expect(plan('never', { digest: 'old' }, 'fail')).toBe('not-wanted')
  expect(plan('on-failure', null, 'pass')).toBe('not-wanted')
  expect(plan('on-failure', null, 'fail')).toBe('create')
  expect(plan('on-failure', null, 'unfinished')).toBe('create')
  // A red comment is not left standing when the next run passes.
  expect(plan('on-failure', { digest: 'old' }, 'pass')).toBe('update')
  expect(
    plan('on-change', `${commentMarker('saegate')}\n<!-- saegate-state {} -->\nof another version`, 'fail'),
  ).toBe('update')
  expect(plan('on-change', {}, 'fail')).toBe('unchanged')
  expect(plan('on-change', { commit: 'd'.repeat(40), run: 41 }, 'fail')).toBe('update')
  expect(plan('on-change', { commit: 'd'.repeat(40), run: 43 }, 'fail')).toBe('newer-stands')
  expect(plan('always', {}, 'fail')).toBe('update')
})
