import { describe, expect, it } from 'vitest'
import { judge } from '../../src/policy/judge.ts'
import { bad, context, good, policyOf, resultsOf, torn } from './judging.ts'

const rule = '  - {id: d, metric: dissociation, equals: false}'

describe('dissociation', () => {
  it('is flagged with both numbers when behaviour is kept and features are not', async () => {
    const { dissociation, rules } = judge(torn, await policyOf(rule), context).candidates[0]!
    expect(dissociation.flag).toBe(true)
    expect(dissociation.reason).toMatch(
      /^perplexity −[01]\.\d %, but \d+\.\d % of active features degraded( and \d+\.\d % damaged)? at blocks/,
    )
    expect(rules[0]).toMatchObject({ status: 'fail', observed: true, limit: false, ci: null, scope: null })
  })

  it('is not when features survive, nor when perplexity shows it', async () => {
    const kept = judge(good, await policyOf(rule), context).candidates[0]!
    expect(kept.dissociation).toMatchObject({ flag: false })
    expect(kept.dissociation.reason).toContain('100.0 % of active features survive')
    expect(kept.rules[0]?.status).toBe('pass')
    const shown = judge(bad, await policyOf(rule), context).candidates[0]!
    expect(shown.dissociation.flag).toBe(false)
    expect(shown.dissociation.reason).toContain('shows the change')
    expect(shown.rules[0]?.status).toBe('pass')
  })

  it('is undecided where an interval straddles its limits', async () => {
    const survived = torn.report.candidates[0]!.features.map(({ survived }) => survived)
    const limit = Math.min(...survived.map(({ fraction }) => fraction)) + 1e-6
    const [result] = await resultsOf(rule, torn, `dissociation: {survived: ${limit}}\n`)
    expect(result).toMatchObject({ status: 'inconclusive', observed: true })
    expect(result?.advice).toBeDefined()
    expect(result?.message).toMatch(
      /^possibly dissociated: perplexity −\d\.\d % \(95 % interval .* to .*\), but .*, so that .* survive \(95 % interval .* to .*\)$/,
    )
  })

  it('is a failed rule when perplexity was not measured, and no flag', async () => {
    const report = structuredClone(torn.report)
    report.candidates[0]!.perplexity.chunked = null
    const { dissociation, rules } = judge({ ...torn, report }, await policyOf(rule), context).candidates[0]!
    expect(dissociation.flag).toBe(false)
    expect(rules[0]).toMatchObject({ status: 'fail', observed: null })
  })
})

describe('the flag', () => {
  it('is as sure in the report as its rule, also where no policy asks', () => {
    const survived = torn.report.candidates[0]!.features.map(({ survived }) => survived)
    const lowest = Math.min(...survived.map(({ fraction }) => fraction))
    const policy = (limit: number) => policyOf(rule, `dissociation: {survived: ${limit}}\n`)
    return Promise.all(
      [
        [lowest + 1e-6, true],
        [0.9, undefined],
      ].map(async ([limit, undecided]) => {
        const { dissociation } = judge(torn, await policy(Number(limit)), context).candidates[0]!
        expect(dissociation.flag).toBe(true)
        expect(dissociation.undecided).toBe(undecided)
        expect(dissociation.reason.startsWith('possibly')).toBe(undecided === true)
      }),
    )
  })

  it('without a policy goes by the default limits, and may be possible too', () => {
    const report = structuredClone(torn.report)
    const { groups } = report.candidates[0]!.perplexity.chunked!
    // 1.9 % in the mean, and a third of it from group to group: within 2 %, not surely.
    groups.candidateLoss = groups.referenceLoss.map(
      (loss, g) => loss + 60 * (Math.log(1.019) + (g % 2 === 0 ? 0.006 : -0.006)),
    )
    const [candidate] = judge({ ...torn, report }, null, context).candidates
    expect(candidate?.dissociation).toMatchObject({ flag: true, undecided: true })
    expect(candidate?.dissociation.reason).toMatch(/^possibly dissociated: perplexity \+1\.9 %/)
  })
})
