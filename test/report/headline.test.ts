/** @file The reason for a verdict where nothing failed: what was not required is said by name. */
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { headline } from '../../src/report/words/headline.ts'
import { PLAIN, render } from '../../src/report/words/phrase.ts'
import { sample } from './sample.ts'

/** The first candidate alone, with some rules changed. */
function reasonOf(change: (report: Report) => void): string {
  const { report } = sample(64)
  report.candidates = report.candidates.slice(0, 1)
  report.verdict = 'inconclusive'
  change(report)
  return render(headline(report).reason, PLAIN)
}

describe('an inconclusive verdict in which nothing is undecided', () => {
  it.each([
    ['warning', 'every rule is a warning'],
    ['waived', 'every rule that could fail is waived'],
    ['skipped', 'every rule that could fail was skipped'],
  ] as const)('says that nothing was required: %s', (kind, words) => {
    const reason = reasonOf(({ candidates: [candidate] }) => {
      if (candidate === undefined) return
      candidate.verdict = 'inconclusive'
      for (const rule of candidate.rules) {
        Object.assign(rule, kind === 'warning' ? { level: 'warning' } : { level: 'error', status: kind })
      }
    })
    expect(reason).toBe(`int8 cannot be decided: nothing was required, for ${words}.`)
  })

  it('names the candidate that no rule looks at', () => {
    const reason = reasonOf((report) => {
      const [judged] = report.candidates
      if (judged === undefined) return
      report.candidates = [
        { ...judged, verdict: 'pass' },
        { ...judged, name: 'other', verdict: null, rules: [] },
      ]
    })
    expect(reason).toBe('No rule looks at other, so that nothing was required there.')
  })
})
