import { describe, expect, it } from 'vitest'
import { judge } from '../../src/policy/judge.ts'
import { bad, context, good, policyOf, resultsOf, torn } from './judging.ts'

describe('dissociation', () => {
  const rule = '  - {id: d, metric: dissociation, equals: false}'

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
  })

  it('is a failed rule when perplexity was not measured, and no flag', async () => {
    const report = structuredClone(torn.report)
    report.candidates[0]!.perplexity.chunked = null
    const { dissociation, rules } = judge({ ...torn, report }, await policyOf(rule), context).candidates[0]!
    expect(dissociation.flag).toBe(false)
    expect(rules[0]).toMatchObject({ status: 'fail', observed: null })
  })
})
