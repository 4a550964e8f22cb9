/** @file One comment for all jobs of a check: whose sections stay, what the heading says, and jobs that write side by side. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COMMENT_LIMIT } from '../../src/delivery/body-size.ts'
import { connectGitHub } from '../../src/delivery/github.ts'
import { readState, type SectionState } from '../../src/delivery/marker.ts'
import { patience } from '../../src/delivery/patience.ts'
import { awaited, composed, merged, type Section, sectionsIn } from '../../src/delivery/sections.ts'
import { deliverComment } from '../../src/delivery/sticky-comment.ts'
import { GitHubServer } from './github-server.ts'

const NOW = 'c'.repeat(40)
const BEFORE = 'e'.repeat(40)

function leg(index: number, changes: Partial<SectionState> = {}): Section {
  const state: SectionState = {
    key: index.toString(16).padStart(12, '0'),
    job: 'b'.repeat(12),
    of: 3,
    title: `gate (leg ${index})`,
    commit: NOW,
    run: 42,
    attempt: 1,
    digest: `d${index}`,
    verdict: 'pass',
    ...changes,
  }
  return { state, body: `## body of leg ${index}` }
}
const heading = (comment: string): string => /^## .*$/m.exec(comment)?.[0] ?? ''
const whole = (...sections: Section[]) => composed('saegate', sections)

describe('the heading', () => {
  it('is no tick before every place of the matrix has reported', () => {
    expect(heading(whole(leg(1)))).toBe('## ⏳ `saegate`: 1 passes, 2 still to report')
    expect(heading(whole(leg(1), leg(2)))).toBe('## ⏳ `saegate`: 2 passes, 1 still to report')
    expect(heading(whole(leg(1), leg(2), leg(3)))).toBe('## ✅ `saegate`: 3 passes')
  })

  it.each([
    ['fail', '❌'],
    ['unfinished', '❌'],
    ['inconclusive', '❔'],
    [null, '📏'],
  ] as const)('is never a tick over a leg that says %s', (verdict, sign) => {
    const comment = whole(leg(1), leg(2, { verdict }), leg(3))
    expect(heading(comment)).toContain(`## ${sign}`)
    // The worst comes first, and every leg has a line.
    expect(comment.indexOf('body of leg 2')).toBeLessThan(comment.indexOf('body of leg 1'))
    for (const index of [1, 2, 3]) expect(comment).toContain(`| \`gate (leg ${index})\` |`)
  })

  it('comes after what a section says before any verdict, once', () => {
    const warned = (index: number): Section => ({
      ...leg(index),
      body: `> ⚠️ **Other rules**\n\n## leg ${index}`,
    })
    const comment = whole(leg(1), warned(2), warned(3))
    expect(comment.split('\n').slice(2, 5)).toEqual(['> ⚠️ **Other rules**', '', '## ✅ `saegate`: 3 passes'])
    expect(whole(leg(1), { ...leg(2), body: `> ${'x'.repeat(90_000)}` }).length).toBeLessThan(COMMENT_LIMIT)
  })

  it('is the section’s own where one job is all there is', () => {
    expect(heading(whole(leg(1, { of: 1 })))).toBe('## body of leg 1')
  })
})

describe('what stands there', () => {
  it('is kept for the same commit, replaced for the same job, and dropped for an older commit', () => {
    const old = leg(2, { commit: BEFORE, run: 40, verdict: 'fail' })
    const there = [leg(1), old]
    expect(merged(there, leg(3))?.map(({ state }) => state.title)).toEqual(['gate (leg 1)', 'gate (leg 3)'])
    const again = leg(1, { attempt: 2, verdict: 'fail' })
    expect(merged([leg(1), leg(2)], again)).toEqual([again, leg(2)])
  })

  it('is left alone by a run that is older', () => {
    expect(merged([leg(1, { run: 50, commit: BEFORE })], leg(2))).toBeNull()
    expect(merged([leg(1, { attempt: 3 })], leg(1))).toBeNull()
  })

  it('is read back whole from what was written, whatever the bodies hold', () => {
    const body = fc.string({ maxLength: 200 }).filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 8 }),
        body,
        (legs, text) => {
          const sections = legs.map((index) => ({ ...leg(index), body: `${text}${index}` }))
          const read = sectionsIn([whole(...sections)], 'saegate')
          const byKey = (list: readonly Section[]) =>
            [...list].sort((a, b) => (a.state.key < b.state.key ? -1 : 1))
          expect(byKey(read)).toEqual(byKey(sections))
        },
      ),
    )
  })

  it('fits GitHub’s limit with 256 legs of long bodies, each with its line', () => {
    const sections = Array.from({ length: 256 }, (_, index) => ({
      ...leg(index, { of: 256, digest: 'f'.repeat(16), verdict: index === 77 ? 'fail' : 'pass' }),
      body: `leg ${index}\n${'x'.repeat(5000)}`,
    }))
    const comment = whole(...sections)
    expect(comment.length).toBeLessThanOrEqual(65_536)
    expect(readState(comment, 'saegate')?.sections).toHaveLength(256)
    expect(heading(comment)).toBe('## ❌ `saegate`: 1 fails, 255 passes')
    const few = whole(...sections.slice(0, 4))
    expect(few.length).toBeGreaterThan(20_000)
    expect(few.length).toBeLessThanOrEqual(COMMENT_LIMIT)
    expect(awaited(sections.slice(0, 4))).toBe(252)
  })
})

describe('jobs side by side', () => {
  let server: GitHubServer
  let url: string
  beforeEach(async () => {
    server = new GitHubServer()
    url = await server.start()
  })
  afterEach(() => server.stop())

  /** Real time is not spent: waiting only lets the others go on. */
  const clock = {
    now: () => 0,
    sleep: () => new Promise<void>((done) => setTimeout(done, 120)),
  }
  const deliver = (section: Section) =>
    deliverComment(
      {
        github: connectGitHub('t0ken', url, { owner: 'octo', repo: 'models' }),
        clock,
        patience: patience(clock, () => {}),
      },
      { pullRequest: 7, fork: false, checkRun: false, when: 'on-change', checkName: 'saegate', section },
    )

  it('end in one comment with all of them, though each saw none and made one', async () => {
    server.gather(/GET .*\/comments/, 3)
    await Promise.all([deliver(leg(1)), deliver(leg(2, { verdict: 'fail' })), deliver(leg(3))])
    expect(server.count(/POST .*\/comments/)).toBe(3)
    expect(server.comments).toHaveLength(1)
    expect(heading(server.comments[0]!.body)).toBe('## ❌ `saegate`: 1 fails, 2 passes')
  })

  it('end with all of them, though each took away what another had just written', async () => {
    server.add(7, whole(leg(9, { commit: BEFORE, run: 3 })))
    server.gather(/GET .*\/comments/, 3)
    await Promise.all([deliver(leg(1)), deliver(leg(2)), deliver(leg(3))])
    expect(server.comments).toHaveLength(1)
    expect(heading(server.comments[0]!.body)).toBe('## ✅ `saegate`: 3 passes')
    for (const index of [1, 2, 3]) expect(server.comments[0]!.body).toContain(`body of leg ${index}`)
  })

  it('mend two comments that an earlier run has left', async () => {
    server.add(7, whole(leg(1)))
    server.add(7, whole(leg(2, { verdict: 'fail' })))
    await deliver(leg(3))
    expect(server.comments).toHaveLength(1)
    expect(heading(server.comments[0]!.body)).toBe('## ❌ `saegate`: 1 fails, 2 passes')
  })

  it('mend them even where their own section is as it was, or older than what stands', async () => {
    for (const own of [leg(1), leg(1, { run: 41 })]) {
      server.comments.length = 0
      server.add(7, whole(leg(1)))
      server.add(7, whole(leg(2)))
      await deliver(own)
      expect(server.comments).toHaveLength(1)
      expect(readState(server.comments[0]!.body, 'saegate')?.sections).toHaveLength(2)
    }
  })
})
