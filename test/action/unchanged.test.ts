/**
 * @file skip-unchanged: what is kept is judged and delivered like a fresh report, where GitHub confirms the run it is of.
 *
 * @module-tag slow
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { StoredRun } from '../delivery/github-server.ts'
import { gate, heading, MAIN, measured, type Start } from './gate.ts'
import { HEAD, type Inputs, pullRequestEvent, runnerEnv } from './harness.ts'

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
}
const run = (given: Start & { words?: string } = {}) =>
  said.act({
    folder,
    ...given,
    inputs: { ...pinned(folder, given.words ?? 'weights'), 'cache-path': cache, ...given.inputs },
  })
const next = { GITHUB_RUN_ID: '43' }

const refusals = [
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
] as const

describe('skip-unchanged', () => {
  it('delivers a kept verdict like a fresh one: annotations, outputs, report, check run, comment', async () => {
    const first = await run()
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
    await run({ env: { TEST_VERDICT: 'pass' } })
    ended('success')
    await run({ env: { ...next, TEST_VERDICT: 'fail' }, words: 'other weights' })
    expect(heading(said.bodies()[0])).toContain('❌')
    // Back to what passed: the kept report is the other one by now, so it is measured, and the comment follows.
    const back = await run({ env: { GITHUB_RUN_ID: '44', TEST_VERDICT: 'pass' } })
    expect(measured(back)).toBe(true)
    expect(heading(said.bodies()[0])).toContain('✅')
  })

  it('lets no other pull request, branch or check speak for this one', async () => {
    await run()
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

describe('a kept report', () => {
  it.each([0, 1])('is not taken where GitHub says otherwise: %s', async (half) => {
    await run()
    for (const [what, prepare, why] of refusals.filter((_, index) => index % 2 === half)) {
      prepare()
      const last = await run({ env: next })
      expect(measured(last), what).toBe(true)
      expect(last.stdout, what).toContain(why)
      await run()
    }
  })

  it('measures anew where a kept pass comes from a run that failed', async () => {
    await run({ env: { TEST_VERDICT: 'pass' } })
    ended('failure')
    const last = await run({ env: { ...next, TEST_VERDICT: 'fail' } })
    const { stdout } = last
    expect(measured(last)).toBe(true)
    expect(stdout).toContain('run 42 failed and its report would pass')
  })

  it('measures anew where the kept report was edited', async () => {
    await run()
    ended('failure')
    for (const name of readdirSync(cache, { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('report.json')) {
        const path = join(cache, name)
        writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"fail"', '"pass"'))
      }
    const last = await run({ env: next })
    const { stdout } = last
    expect(measured(last)).toBe(true)
    expect(stdout).toContain('it is not the one that was kept')
  })

  it('refuses a cache that a pull request could commit', async () => {
    const inside = await run({ inputs: { 'cache-path': join(folder, '.saegate-cache') } })
    expect(inside.status).toBe(2)
    expect(inside.stdout).toContain('lies inside the workspace')
  })

  it('says nothing is kept without cache-path, and measures', async () => {
    await run()
    ended('failure')
    const last = await run({ env: next, inputs: { 'cache-path': '' } })
    const { stdout } = last
    expect(measured(last)).toBe(true)
    expect(stdout).toContain('cache-path is not set')
  })
})
