/**
 * @file Jobs of one run that report under one name: one comment, and no tick over a failed leg.
 *
 * @module-tag slow
 */
import { describe, expect, it } from 'vitest'
import { gate, heading, type Start } from './gate.ts'
import { pullRequestEvent } from './harness.ts'

const said = gate()

describe('jobs that share a check-name', () => {
  const leg = (candidate: string, verdict: string, more: Start = {}) =>
    said.act({
      ...more,
      inputs: { matrix: JSON.stringify({ candidate }), 'job-total': '3', ...more.inputs },
      env: { TEST_VERDICT: verdict, ...more.env },
    })

  it('have one comment with a section each, red while any leg is', async () => {
    said.server().gather(/GET .*\/comments/, 3)
    const ended = await Promise.all([leg('int8', 'pass'), leg('int6', 'pass'), leg('int4', 'fail')])
    expect(ended.map(({ status }) => status)).toEqual([0, 0, 1])
    expect(said.bodies()).toHaveLength(1)
    expect(heading(said.bodies()[0])).toBe('## ❌ `saegate`: 1 fails, 2 passes')
    for (const name of ['int8', 'int6', 'int4']) expect(said.bodies()[0]).toContain(`\`gate (${name})\``)
    // The failed leg, run again alone.
    await leg('int4', 'pass', { env: { GITHUB_RUN_ATTEMPT: '2' } })
    expect(heading(said.bodies()[0])).toBe('## ✅ `saegate`: 3 passes')
  })

  it('wait for each other before there is a tick', async () => {
    await leg('int8', 'pass')
    expect(heading(said.bodies()[0])).toContain('⏳')
    expect(said.bodies()[0]).toContain('2 still to report')
  })

  it('start over with the next commit, which an older run does not take back', async () => {
    await leg('int8', 'fail')
    const next = {
      event: pullRequestEvent('octo/models', { sha: 'f'.repeat(40) }),
      env: { GITHUB_RUN_ID: '43' },
    }
    await leg('int6', 'pass', next)
    expect(said.bodies()[0]).not.toContain('`gate (int8)`')
    const late = await leg('int4', 'fail')
    expect(late.stdout).toContain('Comment: left alone, because a newer run has reported')
    expect(heading(said.bodies()[0])).toContain('⏳')
  })

  it('have a check run each, for GitHub shows one of a name', async () => {
    await leg('int8', 'pass', { inputs: { 'check-run': 'true' } })
    await leg('int4', 'fail', { inputs: { 'check-run': 'true' } })
    expect(said.server().checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['saegate: gate (int8)', 'success'],
      ['saegate: gate (int4)', 'failure'],
    ])
  })

  it('wait for nobody where the name says which leg it is', async () => {
    const inputs = { 'check-name': 'gate of int8', 'check-run': 'true' }
    await leg('int8', 'pass', { inputs })
    expect(heading(said.bodies()[0])).toContain('✅')
    expect(said.server().checks).toMatchObject([{ name: 'gate of int8' }])
  })

  it('say that one of them died', async () => {
    await leg('int8', 'pass')
    const { status } = await leg('int4', 'dies')
    expect(status).toBe(3)
    expect(heading(said.bodies()[0])).toBe('## ❌ `saegate`: 1 did not finish, 1 passes, 1 still to report')
    expect(said.bodies()[0]).toContain('the engine broke')
  })
})

it('takes a tick of an earlier commit away when the audit dies', async () => {
  await said.act({ env: { TEST_VERDICT: 'pass' } })
  expect(heading(said.bodies()[0])).toContain('✅')
  const event = pullRequestEvent('octo/models', { sha: 'f'.repeat(40) })
  const { status } = await said.act({ event, inputs: { tokens: 'abc' }, env: { GITHUB_RUN_ID: '43' } })
  expect(status).toBe(2)
  expect(said.bodies()).toHaveLength(1)
  expect(heading(said.bodies()[0])).toBe('## ❌ `saegate`: the audit did not finish')
  expect(said.bodies()[0]).toContain('input tokens is "abc"')
})
