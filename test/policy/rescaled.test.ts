/** @file A candidate whose residual stream is only rescaled: nothing is claimed of its features, by rules or in any report. */
import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { judge } from '../../src/policy/judge.ts'
import { terminalReport } from '../../src/report/formats/terminal.ts'
import { pullRequestComment } from '../../src/report/markdown/comment.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import { against, context, first, good, policyOf, torn } from './judging.ts'
import { READOUTS } from './measurements.ts'

const RULES = `
  - {id: survival, metric: features.survived, min: 0.9}
  - {id: damage, metric: features.damaged, max: 0.01}
  - {id: each, metric: features.correlation, features: [0, 1], min: 0.5}
  - {id: dissociation, metric: dissociation, equals: false}
  - {id: kl, metric: divergence.klMean, max: 1000}
`

/** The measurement with these read-outs marked. */
function rescaled(measurement: Measurement, readouts: readonly string[]): Measurement {
  const { report } = measurement
  return {
    ...measurement,
    report: {
      ...report,
      candidates: report.candidates.map((candidate) => ({
        ...candidate,
        features: candidate.features.map((one) =>
          readouts.includes(one.readout) ? { ...one, rescaled: 0.6 } : one,
        ),
      })),
    },
  }
}

const everywhere = READOUTS.map(({ id }) => id)

describe('features that are only moved by one factor', () => {
  it('leave every rule on them undecided, and what they say is to audit with --rescale', async () => {
    const judged = judge(rescaled(torn, everywhere), await policyOf(RULES), context)
    const [candidate] = judged.candidates
    const of = (id: string) => candidate?.rules.filter((rule) => rule.id === id) ?? []
    for (const rule of ['survival', 'damage', 'each', 'dissociation'].flatMap(of)) {
      expect(rule, rule.id).toMatchObject({ status: 'inconclusive', observed: null, ci: null })
      expect(rule.message).toMatch(/^not evaluable: the residual stream is 0\.6000 times/)
      expect(rule.advice).toContain('--rescale')
    }
    expect(of('survival')).toHaveLength(READOUTS.length)
    expect(of('kl')[0]?.status).toBe('pass')
    expect(candidate?.dissociation).toEqual({
      flag: false,
      reason: expect.stringMatching(/^not evaluable: the residual stream/),
    })
    expect(judged.verdict).toBe('inconclusive')
  })

  it('are not shown as damage anywhere', async () => {
    const measured = rescaled(torn, everywhere)
    const policy = await policyOf(RULES)
    const told = (measurement: Measurement) => {
      const report = judge(measurement, policy, context)
      return [
        terminalReport(report, { colour: false, unicode: true }),
        reportMarkdown(report, measurement.evidence),
        pullRequestComment(report, measurement.evidence, { checkName: 'x', reportUrl: null }),
        reportHtml(report, measurement.evidence),
      ]
    }
    const claims = /DISSOCIATION|of active features (degraded|damaged)|Estimated bias/
    for (const text of told(torn)) expect(text).toMatch(claims)
    for (const text of told(measured)) {
      expect(text).not.toMatch(claims)
      expect(text).toContain('--rescale')
    }
    const [terminal = ''] = told(measured)
    const row = terminal.split('\n').find((line) => line.includes(torn.report.candidates[0]?.name ?? '–'))
    expect(row).toMatch(/–\s+–\s+–\s+–$/)
  })

  it('at one read-out leave what is gone at another', async () => {
    const judged = judge(rescaled(torn, [first]), await policyOf(RULES), context)
    const [candidate] = judged.candidates
    const survival = candidate?.rules.filter(({ id }) => id === 'survival')
    expect(survival?.map(({ status }) => status)).toEqual(['inconclusive', 'fail'])
    expect(candidate?.dissociation.flag).toBe(true)
    expect(candidate?.rules.find(({ id }) => id === 'dissociation')?.status).toBe('fail')
  })

  it('are compared with no baseline, neither as the later ones nor as the earlier', async () => {
    const policy = await policyOf('  - {id: drop, metric: features.survived, maxDrop: 0.01}')
    const later = judge(rescaled(torn, everywhere), policy, against(good)).candidates[0]
    expect(later?.rules.map(({ status }) => status)).toEqual(READOUTS.map(() => 'inconclusive'))
    expect(later?.newlyLost).toEqual([])
    const earlier = judge(torn, policy, against(rescaled(good, everywhere))).candidates[0]
    expect(earlier?.rules.map(({ status }) => status)).toEqual(READOUTS.map(() => 'skipped'))
    expect(earlier?.newlyLost).toEqual([])
    expect(earlier?.baseline?.filter(({ readout }) => readout !== null)).toEqual([])
  })
})
