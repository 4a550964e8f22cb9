import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import type { RuleResult } from '../../src/contract/report/report-schema.ts'
import { first, resultsOf, torn } from './judging.ts'

describe('the interval decides', () => {
  const features = torn.report.candidates[0]!.features[0]!
  const [low, high] = features.survived.ci!
  const rule = (limit: number, key = 'min', metric = 'features.survived') =>
    `  - {id: a, metric: ${metric}, ${key}: ${limit}, layers: [3]}`

  it('has something to decide', () => {
    expect(low).toBeGreaterThan(0.1)
    expect(high).toBeLessThan(0.9)
    expect(high! - low!).toBeGreaterThan(0.02)
  })

  it.each([
    ['below the interval', 'min', -1e-9, 'pass'],
    ['inside, left of the value', 'min', 1e-9, 'inconclusive'],
    ['above the interval', 'min', 2, 'fail'],
    ['above the interval', 'max', 2, 'pass'],
    ['inside', 'max', 0.5, 'inconclusive'],
    ['below the interval', 'max', -1e-9, 'fail'],
  ] as const)('limit %s, %s: %d → %s', async (_where, key, place, status) => {
    const limit = place < 0 ? low! + place : place > 1 ? high! + 1e-9 : low! + place * (high! - low!)
    const [result] = await resultsOf(rule(limit, key), torn)
    expect(result).toMatchObject({
      status,
      observed: features.survived.fraction,
      ci: [low, high],
      scope: first,
    })
  })

  it('passes exactly on the limit: nothing is rounded', async () => {
    expect((await resultsOf(rule(low!), torn))[0]?.status).toBe('pass')
    expect((await resultsOf(rule(high!, 'max'), torn))[0]?.status).toBe('pass')
  })

  it('names a token budget with which the interval would clear the limit', async () => {
    const limit = features.survived.fraction - 0.4 * (features.survived.fraction - low!)
    const [result] = await resultsOf(rule(limit), torn)
    expect(result?.status).toBe('inconclusive')
    // (half-width / distance)^e · 2 = (1/0.4)^e · 2 times 640 tokens: 8,000 for e = 2, with (√2/0.4)^e no more than 110,000 for e = 4.
    const tokens = Number(/--tokens (\d+)/.exec(result?.advice ?? '')?.[1])
    expect(tokens).toBeGreaterThanOrEqual(8000)
    expect(tokens).toBeLessThanOrEqual(110_000)
    const [onIt] = await resultsOf(rule(features.survived.fraction), torn)
    expect(onIt?.advice).toContain('lies on the limit')
  })
})

describe('the interval', () => {
  const features = torn.report.candidates[0]!.features[0]!
  const [low, high] = features.survived.ci!
  const rule = (limit: number, key = 'min', metric = 'features.survived') =>
    `  - {id: a, metric: ${metric}, ${key}: ${limit}, layers: [3]}`

  it('is wider at a higher confidence, made again from the stored replicates', async () => {
    const [at99] = await resultsOf(rule(0.1), torn, 'confidence: 0.99\n')
    const [at95] = await resultsOf(rule(0.1), torn)
    expect(at95?.ci).toEqual([low, high])
    expect(at99!.ci![0]).toBeLessThan(low!)
    expect(at99!.ci![1]).toBeGreaterThan(high!)
    // Both are t quantiles with seven degrees of freedom times one error of the log-odds: 3.4995 and 2.3646 in the tables.
    const odds = (x: number) => Math.log((x * features.active + 0.5) / ((1 - x) * features.active + 0.5))
    const half = (result: RuleResult) => odds(Number(result.observed)) - odds(result.ci![0]!)
    expect(half(at99!) / half(at95!)).toBeCloseTo(3.4995 / 2.3646, 3)
    expect(at99?.message).toContain('99 % interval')
  })

  it('at the report’s own level is what would be computed again', async () => {
    const stripped: Measurement = { ...torn, report: { ...torn.report, confidence: 0.5 } }
    for (const metric of ['features.survived', 'features.meanCorrelation']) {
      const [stored] = await resultsOf(rule(0.1, 'min', metric), torn)
      const [again] = await resultsOf(rule(0.1, 'min', metric), stripped)
      expect(again!.ci![0]).toBeCloseTo(stored!.ci![0]!, 12)
      expect(again!.ci![1]).toBeCloseTo(stored!.ci![1]!, 12)
    }
    for (const metric of [
      'perplexity.chunked.deltaPercent',
      'divergence.klMean',
      'divergence.top1Agreement',
    ]) {
      const plain = `  - {id: a, metric: ${metric}, max: 0.5}`
      const [stored] = await resultsOf(plain, torn)
      const [again] = await resultsOf(plain, stripped)
      expect(again!.ci![0]).toBeCloseTo(stored!.ci![0]!, 9)
      expect(again!.ci![1]).toBeCloseTo(stored!.ci![1]!, 9)
    }
  })
})

describe('an interval', () => {
  const rule = (limit: number, key = 'min', metric = 'features.survived') =>
    `  - {id: a, metric: ${metric}, ${key}: ${limit}, layers: [3]}`

  it('is missing with too few groups: then nothing is decided, and the message says what would change that', async () => {
    const report = structuredClone(torn.report)
    report.candidates[0]!.perplexity.chunked!.ci = null
    report.candidates[0]!.perplexity.chunked!.groups = { tokens: [9], referenceLoss: [1], candidateLoss: [1] }
    for (const limit of [2, 1000, -99]) {
      const rule = `  - {id: a, metric: perplexity.chunked.deltaPercent, max: ${limit}}`
      const [result] = await resultsOf(rule, { ...torn, report })
      expect(result).toMatchObject({ status: 'inconclusive', ci: null })
      expect(result?.message).toContain('too few token groups')
      expect(result?.advice).toMatch(/8 groups of sequences.*--tokens/)
    }
  })

  it('of the tail of the KL comes from counts; a report without them goes by the value alone', async () => {
    const rule = '  - {id: a, metric: divergence.klP99, max: 1000}'
    const [bare] = await resultsOf(rule, torn)
    expect(bare).toMatchObject({ status: 'pass', ci: null })
    expect(bare?.message).toContain('the value alone decides')
    const report = structuredClone(torn.report)
    const { groups, klP99 } = report.candidates[0]!.divergence!
    // Few tokens of any group lie above level 45 or so.
    groups.klAbove = groups.tokens.map((n, g) =>
      Array.from({ length: 64 }, (_, l) => Math.round(n * Math.exp(-((l / (20 + (g % 3))) ** 2)))),
    )
    const [counted] = await resultsOf(rule, { ...torn, report })
    expect(counted?.ci?.[0]).toBeLessThan(klP99)
    expect(counted?.ci?.[1]).toBeGreaterThan(klP99)
  })

  it('of an older report is the jackknife’s, from correlations without each group', async () => {
    const report = structuredClone(torn.report)
    delete report.corpus.resampling
    const replicates = torn.evidence.map(({ table, replicates: { features } }) => ({
      table,
      replicates: {
        method: 'delete-one' as const,
        features,
        correlations: Array.from({ length: 8 }, (_, g) =>
          Float64Array.from(features, (j, k) => (table.correlation[j] ?? 0) + 1e-3 * Math.sin(g + k)),
        ),
      },
    }))
    const [result] = await resultsOf(rule(0.1, 'min', 'features.meanCorrelation'), {
      report,
      evidence: replicates,
    })
    const { features, correlations } = replicates[0]!.replicates
    const means = correlations.map((row) => row.reduce((sum, rho) => sum + rho, 0) / features.length)
    const { table } = torn.evidence[0]!
    const value = features.reduce((sum, j) => sum + (table.correlation[j] || 0), 0) / features.length
    // Equal groups: the textbook jackknife, t with seven degrees of freedom.
    const centre = means.reduce((sum, one) => sum + one, 0) / 8
    const error = Math.sqrt((7 / 8) * means.reduce((sum, one) => sum + (one - centre) ** 2, 0))
    expect(result!.ci![0]).toBeCloseTo(value - 2.3646 * error, 5)
  })
})
