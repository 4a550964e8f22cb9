/**
 * @file skip-unchanged: what is kept is judged and delivered like a fresh report, where GitHub confirms the run it is of.
 *
 * @module-tag slow
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { StoredRun } from '../delivery/github-server.ts'
import { gate, heading, MAIN, measured, type Start } from './gate.ts'
import { HEAD, type Inputs, pullRequestEvent, runnerEnv } from './harness.ts'
import { asPullRequest, commit } from './pull-request-repository.ts'

const said = gate()

/** Inputs whose every subject is a file, so that what they stand for can be told. */
function pinned(folder: string, words: string): Inputs {
  for (const name of ['reference', 'sae', 'text.txt']) writeFileSync(join(folder, name), name)
  writeFileSync(join(folder, 'candidate'), words)
  const [reference, candidate, sae, corpus] = ['reference', 'candidate', 'sae', 'text.txt'].map((name) =>
    join(folder, name),
  )
  return {
    reference: reference!,
    candidate: candidate!,
    sae: sae!,
    corpus: corpus!,
    'skip-unchanged': 'true',
  }
}

let folder: string
let cache: string
beforeEach(() => {
  folder = runnerEnv(said.url(), 'push', {}).folder
  cache = mkdtempSync(join(tmpdir(), 'saegate-cache-'))
})
/** GitHub knows how run 42 ended. */
const ended = (conclusion: string | null, changes: Partial<StoredRun> = {}) => {
  said.server().runs.length = 0
  said.knows({ id: 42, head_sha: HEAD, conclusion, ...changes })
  return said.server()
}
/** What is kept under cache-path is made to say something else. */
const forge = (changes: object) => {
  for (const name of readdirSync(cache, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('origin.json')) {
      const path = join(cache, name)
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }))
    }
}

const run = (given: Start & { words?: string } = {}) =>
  said.act({
    folder,
    ...given,
    inputs: { ...pinned(folder, given.words ?? 'weights'), 'cache-path': cache, ...given.inputs },
  })
/** The same, and its workflow uploads the report. */
const uploaded = async (given: Start & { words?: string } = {}) => {
  const first = await run(given)
  said.server().artifacts.length = 0
  said.uploads(first.outputs['report-path'] ?? '')
  return first
}
const next = { GITHUB_RUN_ID: '43' }

type Refusal = readonly [what: string, prepare: () => void, why: string]

const refusals: readonly Refusal[] = [
  ['GitHub does not know the run', () => {}, 'GitHub does not confirm run 42'],
  [
    'the run is of another workflow',
    () => ended('failure', { path: '.github/workflows/x.yml' }),
    'another workflow',
  ],
  ['the run was for another commit', () => ended('failure', { head_sha: MAIN }), 'another commit'],
  ['the run was a fork’s', () => ended('failure', { head_repository: null }), 'another repository'],
  ['the run goes on', () => ended(null, { status: 'in_progress' }), 'has not ended'],
  ['the run was cancelled', () => ended('cancelled'), 'has not ended with a verdict (cancelled)'],
  [
    'the run was for another event',
    () => ended('failure', { event: 'workflow_dispatch' }),
    'or of another event',
  ],
  ['the run uploaded nothing', () => void ended('failure').artifacts.splice(0), 'none of the 0 artifacts'],
]

describe('skip-unchanged', () => {
  it('delivers a kept verdict like a fresh one: annotations, outputs, report, check run, comment', async () => {
    const first = await uploaded()
    ended('failure')
    said.server().comments.length = 0
    rmSync(join(folder, 'out'), { recursive: true })
    const again = await run({ env: next, inputs: { 'check-run': 'true' } })
    expect(measured(first)).toBe(true)
    expect(measured(again)).toBe(false)
    expect(again.status).toBe(1)
    expect(again.outputs).toEqual(first.outputs)
    expect(existsSync(again.outputs['report-json'] ?? '')).toBe(true)
    const annotations = (stdout: string) => stdout.match(/^::(?:error|warning) .*$/gm)
    expect(annotations(again.stdout)).toEqual(annotations(first.stdout))
    // The comment that was deleted is back.
    expect(said.bodies()).toHaveLength(1)
    expect(said.bodies()[0]).toContain(`unchanged, measured by run 42 at commit ${HEAD.slice(0, 12)}`)
    expect(said.server().checks).toMatchObject([{ conclusion: 'failure' }])
  })

  it('makes a comment say what holds now, whatever it last showed', async () => {
    await uploaded({ env: { TEST_VERDICT: 'pass' } })
    ended('success')
    await run({ env: { ...next, TEST_VERDICT: 'fail' }, words: 'other weights' })
    expect(heading(said.bodies()[0])).toContain('❌')
    // Back to what passed: the kept report is the other one by now, so it is measured, and the comment follows.
    const back = await run({ env: { GITHUB_RUN_ID: '44', TEST_VERDICT: 'pass' } })
    expect(measured(back)).toBe(true)
    expect(heading(said.bodies()[0])).toContain('✅')
  })

  it('lets no other pull request, branch or check speak for this one', async () => {
    await uploaded()
    ended('failure')
    const other = { number: 8, sha: HEAD }
    const runs = [
      await run({ env: next, event: pullRequestEvent('octo/models', other) }),
      await run({ env: next, name: 'schedule', event: {} }),
      await run({ env: next, inputs: { 'check-name': 'other' } }),
    ]
    for (const one of runs) expect(measured(one)).toBe(true)
    expect(said.bodies(8)).toHaveLength(1)
  })
})

describe('what is kept of a run', () => {
  it('is not taken where GitHub says otherwise, or the run has not uploaded it', async () => {
    await uploaded()
    const kept = `${cache}-kept`
    cpSync(cache, kept, { recursive: true })
    for (const [what, prepare, why] of refusals) {
      prepare()
      const last = await run({ env: next })
      expect(measured(last), what).toBe(true)
      expect(last.stdout, what).toContain(why)
      rmSync(cache, { recursive: true })
      cpSync(kept, cache, { recursive: true })
    }
  })

  it('measures anew where a kept pass comes from a run that failed', async () => {
    await uploaded({ env: { TEST_VERDICT: 'pass' } })
    ended('failure')
    const last = await run({ env: { ...next, TEST_VERDICT: 'fail' } })
    expect(measured(last)).toBe(true)
    expect(last.stdout).toContain('run 42 failed and its report would pass')
  })
})

describe('whoever writes under cache-path', () => {
  it('names no green run for other weights, nor for a report of its own', async () => {
    // Run 42 was green for what passes. Whoever writes under cache-path says that it was for these weights.
    await uploaded({ env: { TEST_VERDICT: 'pass' } })
    ended('success')
    await run({ env: { ...next, TEST_VERDICT: 'fail' }, words: 'worse weights' })
    const own = join(cache, 'reports', 'pull')
    const [place = ''] = readdirSync(own)
    const { fingerprint } = JSON.parse(readFileSync(join(own, place, 'origin.json'), 'utf8'))
    forge({ run: 42 })
    const passing = await run({ env: { TEST_VERDICT: 'pass' }, words: 'others' })
    cpSync(passing.outputs['report-path'] ?? '', join(own, place), { recursive: true })
    forge({ run: 42, fingerprint })
    const attack = await run({ env: { ...next, TEST_VERDICT: 'fail' }, words: 'worse weights' })
    expect([measured(attack), attack.status]).toEqual([true, 1])
    expect(attack.stdout).toContain('none of the 1 artifacts of run 42 holds the report')
  })

  it('names no run whose workflow an earlier commit had of its own; one of the same .github is taken', async () => {
    const files = { '.github/workflows/gate.yml': 'honest', 'README.md': 'readme' }
    const repository = mkdtempSync(join(tmpdir(), 'saegate-workflows-'))
    const { base: honest } = asPullRequest(repository, files, {})
    const forged = commit(repository, { '.github/workflows/gate.yml': 'uploads what it likes' })
    const back = commit(repository, { '.github/workflows/gate.yml': 'honest' })
    said.server().repositories.set('octo/models', repository)
    const at = (sha: string) => pullRequestEvent('octo/models', { sha })
    for (const [sha, reused] of [
      [forged, false],
      [honest, true],
    ] as const) {
      await uploaded({ event: at(sha) })
      ended('failure', { head_sha: sha })
      const later = await run({ env: next, event: at(back) })
      expect([measured(later), later.status], later.stdout).toEqual([!reused, 1])
      expect(later.stdout.includes('.github is another now')).toBe(!reused)
    }
  })
})

describe('cache-path', () => {
  it('lies outside the workspace, where no pull request could commit it', async () => {
    const inside = await run({ inputs: { 'cache-path': join(folder, '.saegate-cache') } })
    expect(inside.status).toBe(2)
    expect(inside.stdout).toContain('lies inside the workspace')
  })

  it('is what skip-unchanged needs: without it, it is measured', async () => {
    await uploaded()
    ended('failure')
    const last = await run({ env: next, inputs: { 'cache-path': '' } })
    expect(measured(last)).toBe(true)
    expect(last.stdout).toContain('cache-path is not set')
  })
})
