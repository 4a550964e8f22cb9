/**
 * @file baseline: base: the report of the merge base, of this check and of nobody else.
 *
 * @module-tag slow
 */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { beforeEach, describe, expect, it } from 'vitest'
import type { StoredRun } from '../delivery/github-server.ts'
import { gate, MAIN, type Start, zipOf } from './gate.ts'
import { HEAD } from './harness.ts'

const said = gate()

const TIP = 'd'.repeat(40)
const FORKED_AT = '1'.repeat(40)
const run = (given: Start = {}) => said.act({ ...given, inputs: { baseline: 'base', ...given.inputs } })
const onMain = (given: Start = {}) =>
  said.act({
    name: 'push',
    event: {},
    ...given,
    env: { GITHUB_SHA: FORKED_AT, GITHUB_RUN_ID: '30', ...given.env },
  })
const mainRun = (changes: Partial<StoredRun> = {}) =>
  said.knows({ id: 30, event: 'push', head_sha: FORKED_AT, ...changes })
beforeEach(() => {
  said.server().mergeBase = FORKED_AT
})

function edit(folder: string, changes: object): void {
  const path = join(folder, 'origin.json')
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }))
}

const others: readonly [string, (folder: string) => void, Partial<StoredRun>][] = [
  ['another check', (folder) => edit(folder, { check: 'other' }), {}],
  ['another leg', (folder) => edit(folder, { leg: '[["candidate","int4"]]' }), {}],
  ['another commit', (folder) => edit(folder, { commit: MAIN }), {}],
  ['a fork, by its own word', (folder) => edit(folder, { fork: true }), {}],
  ['a fork, by GitHub’s', () => {}, { head_repository: { full_name: 'contributor/models' } }],
  ['a pull request’s run for that commit', () => {}, { event: 'pull_request' }],
  ['another run', (folder) => edit(folder, { run: 29 }), {}],
  [
    'an edited report',
    (folder) => {
      const path = join(folder, 'report.json')
      writeFileSync(path, `${readFileSync(path, 'utf8')} `)
    },
    {},
  ],
]

describe('baseline: base', () => {
  it('is in an artifact of the last run for that commit, wherever the report lies in it', async () => {
    const { outputs } = await onMain()
    mainRun()
    mainRun({ id: 31, conclusion: 'failure' })
    said
      .server()
      .artifacts.push({ id: 1, run: 31, name: 'coverage', zip: zipSync({ 'a.txt': new Uint8Array(3) }) })
    said.server().artifacts.push({
      id: 2,
      run: 30,
      name: 'reports',
      zip: zipOf(outputs['report-path'] ?? '', 'sub/'),
    })
    const { stdout } = await run()
    expect(said.server().count(new RegExp(`GET .*/compare/${TIP}\\.\\.\\.${HEAD}`))).toBe(1)
    expect(stdout).toContain(
      'Baseline: the report of the merge base 111111111111, from artifact reports of run 30',
    )
    expect(said.bodies()[0]).toContain('compared with the merge base 111111111111')
  })

  it('is no report that lies under cache-path, whatever run it names', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'saegate-cache-'))
    const { outputs } = await onMain({ inputs: { 'cache-path': cache } })
    mainRun()
    for (const kind of ['commit', 'ref', 'pull'])
      cpSync(outputs['report-path'] ?? '', join(cache, 'reports', kind, '0'.repeat(24)), { recursive: true })
    const { stdout } = await run({ inputs: { 'cache-path': cache } })
    expect(stdout).toContain('looked into 0 artifacts of 1 runs for that commit')
  })

  it('is never anybody else’s, and says that there is none', async () => {
    const { outputs } = await onMain()
    for (const [whose, change, changes] of others) {
      const folder = mkdtempSync(join(tmpdir(), 'saegate-artifact-'))
      cpSync(outputs['report-path'] ?? '', folder, { recursive: true })
      change(folder)
      for (const list of [said.server().runs, said.server().artifacts, said.server().comments])
        list.length = 0
      mainRun(changes)
      said.server().artifacts.push({ id: 2, run: 30, name: 'saegate-report', zip: zipOf(folder) })
      const { status, stdout } = await run()
      expect(status, whose).toBe(1)
      expect(stdout, whose).toMatch(
        /::warning title=saegate%3A no baseline::No baseline: .*no report for the merge base 1{12}/,
      )
      expect(said.bodies()[0], whose).toContain('no baseline was found')
    }
  })

  it('says so where a run has no merge base, and where the token may not ask', async () => {
    expect((await run({ name: 'push', event: {} })).stdout).toContain('push is no pull request')
    said.server().failing(/compare/, { status: 403, message: 'Resource not accessible by integration' })
    expect((await run()).stdout).toContain('the workflow needs permissions: contents: read and actions: read')
  })
})
