import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { judge } from '../../src/policy/judge.ts'
import { context, good, load, policyOf, resultsOf, torn } from './judging.ts'

describe('what was not measured does not pass', () => {
  it.each([
    [
      'perplexity.sliding.deltaPercent, max: 2',
      'sliding perplexity was not measured',
      '--perplexity chunked,sliding',
    ],
    ['features.correlation, features: [60], min: 0.5', 'feature 60 does not exist', 'readouts'],
    ['features.correlation, features: [59], min: 0.5', 'feature 59 was not measured', 'features.active'],
    ['features.survived, min: 0.5, readouts: [blocks.9.*]', 'no read-out matches blocks.9.*', '--sae'],
  ])('%s', async (rule, why, advice) => {
    const [result] = await resultsOf(`  - {id: a, metric: ${rule}}`, torn)
    expect(result).toMatchObject({ status: 'fail', observed: null, ci: null })
    expect(result?.message).toContain(why)
    expect(result?.advice).toContain(advice)
  })

  it('a lower active threshold than the report’s; a higher one is evaluated again', async () => {
    const rules = '  - {id: a, metric: features.survived, min: 0.1, layers: [3]}\n'
    const [lower] = judge(torn, await load(`version: 1\nfeatures: {active: 0.01}\nrules:\n${rules}`), context)
      .candidates[0]!.rules
    expect(lower?.status).toBe('fail')
    expect(lower?.message).toContain('0.01')
    const [higher] = judge(torn, await load(`version: 1\nfeatures: {active: 0.1}\nrules:\n${rules}`), context)
      .candidates[0]!.rules
    const { firingRate, correlation } = torn.evidence[0]!.table
    const ids = [...firingRate.keys()].filter((j) => firingRate[j]! > 0.1)
    expect(ids.length).toBeLessThan(torn.report.candidates[0]!.features[0]!.active)
    expect(higher?.observed).toBeCloseTo(ids.filter((j) => correlation[j]! >= 0.9).length / ids.length, 12)
    expect(higher?.ci).not.toBeNull()
  })

  it('a fraction of fewer than 30 active features: it decides nothing, whichever way it points', async () => {
    for (const limit of ['min: 0.01', 'max: 0.01']) {
      const policy = await load(
        `version: 1\nfeatures: {active: 0.2}\nrules:\n  - {id: a, metric: features.survived, ${limit}, layers: [3]}\n`,
      )
      const [result] = judge(torn, policy, context).candidates[0]!.rules
      expect(result).toMatchObject({ status: 'inconclusive', ci: null })
      expect(result?.message).toMatch(/^\d+ features are active, too few/)
    }
  })
})

describe('what the report cannot answer does not pass', () => {
  it('without the tables only the report’s own numbers answer', async () => {
    const bare: Measurement = { report: torn.report, evidence: [] }
    const own = '  - {id: a, metric: features.survived, min: 0.1}'
    expect(await resultsOf(own, bare)).toEqual(await resultsOf(own, torn))
    for (const rule of [
      'features.survived, at: 0.8, min: 0.1',
      'features.correlation, quantile: 0.1, min: 0',
      'features.survived, weight: firing-rate, min: 0.1',
    ]) {
      const [result] = await resultsOf(`  - {id: a, metric: ${rule}}`, bare)
      expect(result?.status).toBe('fail')
      expect(result?.message).toContain('feature tables')
    }
    expect((await resultsOf(own, bare, 'confidence: 0.9\n'))[0]?.status).toBe('fail')
  })

  it('a decoder weight without a decoder', async () => {
    const evidence = torn.evidence.map(({ table, replicates }) => ({
      replicates,
      table: { ...table, decoderNorm: table.decoderNorm.map(() => Number.NaN) },
    }))
    const [result] = await resultsOf(
      '  - {id: a, metric: features.survived, weight: decoder-norm, min: 0.1}',
      { ...torn, evidence },
    )
    expect(result?.message).toContain('decoder-norm')
    expect(result?.status).toBe('fail')
  })

  it('no rule at all is no pass', async () => {
    const report = judge(
      good,
      await policyOf('  - {id: a, metric: compression.bits, min: 1, candidates: [other]}'),
      context,
    )
    expect(report.verdict).toBe('inconclusive')
    expect(report.warnings.join()).toContain('looks at no candidate')
  })
})
