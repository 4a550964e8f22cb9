/**
 * @file Every event that may start the action: on which pull request it speaks, which commit its check run is on, and why.
 *
 * @module-tag slow
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gate, MAIN } from './gate.ts'
import { forkRunEvent, HEAD, pullRequestEvent, runnerEnv } from './harness.ts'

const said = gate()

describe('every event says what it does, and why', () => {
  const quiet = [
    ['push', {}, 'started by push and is about the commit bbbbbbbbbbbb'],
    ['schedule', {}, 'started by schedule, not by a pull request'],
    ['workflow_dispatch', {}, 'started by workflow_dispatch, not by a pull request'],
    ['merge_group', { merge_group: { head_sha: MAIN } }, 'measures what the queue is about to merge'],
    ['pull_request_target', pullRequestEvent(), 'checks out the base branch (bbbbbbbbbbbb)'],
    ['workflow_run', forkRunEvent, 'measures the default branch (bbbbbbbbbbbb)'],
  ] as const
  it.each(quiet)('%s: no comment, the check run on what was measured', async (name, event, why) => {
    const { status, stdout, summary, outputs } = await said.act({
      name,
      event,
      inputs: { 'check-run': 'true' },
    })
    expect(stdout).toContain('No comment: ')
    expect(stdout).toContain(why)
    expect(said.server().comments).toEqual([])
    expect(said.server().checks).toMatchObject([{ head_sha: MAIN, conclusion: 'failure' }])
    expect([status, outputs.verdict, summary === '']).toEqual([1, 'fail', false])
  })

  it('pull_request: comment and check run are of the head commit', async () => {
    await said.act({ inputs: { 'check-run': 'true' } })
    expect(said.bodies()[0]).toContain(`commit ${HEAD.slice(0, 12)}`)
    expect(said.server().checks).toMatchObject([{ head_sha: HEAD }])
  })

  it('push with an open pull request: names it', async () => {
    said.server().pulls.push({ number: 12, state: 'open', head: { sha: MAIN, label: 'octo:int6' } })
    said.server().pulls.push({ number: 13, state: 'closed', head: { sha: MAIN, label: 'octo:int6' } })
    const { stdout } = await said.act({ name: 'push', event: {} })
    expect(stdout).toContain('; #12 is open with that commit, and a run on pull_request comments there')
    expect(said.server().comments).toEqual([])
  })

  it('pull_request_target with the head checked out: comments on it', async () => {
    const { folder } = runnerEnv(said.url(), 'push', {})
    mkdirSync(join(folder, '.git'))
    writeFileSync(join(folder, '.git', 'HEAD'), `${HEAD}\n`)
    await said.act({ name: 'pull_request_target', folder, inputs: { 'check-run': 'true' } })
    expect(said.bodies()).toHaveLength(1)
    expect(said.server().checks).toMatchObject([{ head_sha: HEAD }])
  })

  it('workflow_run with a report: speaks on the fork’s pull request, and its check run is there', async () => {
    const first = await said.act({ name: 'push', event: {} })
    said.server().pulls.push({ number: 12, state: 'open', head: { sha: HEAD, label: 'contributor:int6' } })
    const report = first.outputs['report-json'] ?? ''
    const inputs = { report, 'check-run': 'true' }
    await said.act({ name: 'workflow_run', event: forkRunEvent, inputs })
    expect(said.bodies(12)).toHaveLength(1)
    expect(said.server().checks).toMatchObject([{ head_sha: HEAD }])
    const other = { workflow_run: { ...forkRunEvent.workflow_run, event: 'push' } }
    const { stdout } = await said.act({ name: 'workflow_run', event: other, inputs })
    expect(stdout).toContain('the run that this one follows was started by push, not by pull_request')
    expect(said.server().comments).toHaveLength(1)
  })
})
