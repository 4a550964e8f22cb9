import { describe, expect, it } from 'vitest'
import { judge } from '../../src/policy/judge.ts'
import { context, HEAD, load, resultsOf, torn } from './judging.ts'

describe('metrics of features', () => {
  const table = torn.evidence[0]!.table
  const active = [...table.correlation.keys()].filter((j) => table.active[j] === 1)
  const rho = active.map((j) => table.correlation[j]!)
  const rate = active.map((j) => table.firingRate[j]!)
  const norm = active.map((j) => table.decoderNorm[j]!)
  const share = (weights: readonly number[], keep: (r: number) => boolean) =>
    weights.reduce((s, w, k) => s + (keep(rho[k]!) ? w : 0), 0) / weights.reduce((s, w) => s + w, 0)
  const ones = rho.map(() => 1)
  const gains = active.map((j) => table.firing!.gain[j]!)
  const jaccards = active.map((j) => table.firing!.firingJaccard[j]!)
  const weighted = (weights: readonly number[], values: readonly number[]) =>
    weights.reduce((s, w, k) => s + w * values[k]!, 0) / weights.reduce((s, w) => s + w, 0)
  const sorted = [...rho].sort((a, b) => a - b)
  const place = 0.05 * (rho.length - 1)
  const low = sorted[Math.floor(place)]!
  const quantile = low + (place % 1) * (sorted[Math.floor(place) + 1]! - low)

  it.each([
    ['features.survived, at: 0.7', share(ones, (r) => r >= 0.7)],
    ['features.damaged, at: 0.6', share(ones, (r) => r < 0.6)],
    ['features.degraded', share(ones, (r) => r >= 0.5 && r < 0.9)],
    ['features.survived, weight: firing-rate', share(rate, (r) => r >= 0.9)],
    ['features.survived, weight: decoder-norm', share(norm, (r) => r >= 0.9)],
    ['features.meanCorrelation', rho.reduce((s, r) => s + r, 0) / rho.length],
    ['features.correlation, mean: true, features: [0, 1, 2]', (rho[0]! + rho[1]! + rho[2]!) / 3],
    ['features.correlation, quantile: 0.05', quantile],
    ['features.correlation, features: [0, 1, 2]', Math.min(rho[0]!, rho[1]!, rho[2]!)],
    ['features.gain, mean: true', gains.reduce((s, g) => s + g, 0) / gains.length],
    ['features.gain, mean: true, weight: firing-rate', weighted(rate, gains)],
    ['features.gain, features: [0, 1, 2]', Math.min(gains[0]!, gains[1]!, gains[2]!)],
    ['features.firingJaccard, mean: true', jaccards.reduce((s, g) => s + g, 0) / jaccards.length],
    ['features.firingJaccard, features: [0, 1, 2]', Math.min(jaccards[0]!, jaccards[1]!, jaccards[2]!)],
    ['features.survived, features: [0, 1, 2, 4]', [0, 1, 2, 4].filter((j) => rho[j]! >= 0.9).length / 4],
  ] as const)('%s', async (metric, expected) => {
    const [result] = await resultsOf(`  - {id: a, metric: ${metric}, min: 0.1}`, torn)
    expect(result?.observed).toBeCloseTo(expected, 12)
    const [low, high] = result!.ci!
    expect(low! <= expected + 1e-12 && expected <= high! + 1e-12).toBe(true)
  })
})

describe('metrics', () => {
  const table = torn.evidence[0]!.table

  it('of behaviour and size are the report’s', async () => {
    const { perplexity, divergence } = torn.report.candidates[0]!
    const rules = [
      ['perplexity.chunked.deltaPercent', perplexity.chunked!.deltaPercent],
      ['perplexity.chunked.candidate', perplexity.chunked!.candidate],
      ['divergence.klMean', divergence!.klMean],
      ['divergence.klP99', divergence!.klP99],
      ['divergence.top1Agreement', divergence!.top1Agreement],
      ['compression.bits', 6],
    ] as const
    const text = rules.map(([metric], i) => `  - {id: r${i}, metric: ${metric}, max: 1}`).join('\n')
    const results = await resultsOf(text, torn)
    expect(results.map(({ observed }) => observed)).toEqual(rules.map(([, value]) => value))
    expect(results.map(({ ci }) => ci !== null)).toEqual([true, true, true, false, true, false])
    expect(results[3]?.message).toContain('no interval')
    expect(results[5]?.message).not.toContain('interval')
  })

  it('of a watchlist say which features, by label, and how many', async () => {
    const policy = await load(
      `${HEAD}rules:\n  - {id: safety, metric: features.correlation, features: {file: w.csv}, min: 0.95, layers: [3]}\n`,
      { 'w.csv': '0,refusal\n3,names\n7,\n' },
    )
    const [result] = judge(torn, policy, context).candidates[0]!.rules
    expect(result?.status).toBe('fail')
    expect(result?.message).toContain('2 of 3')
    expect(result?.message).toContain('feature 0 (refusal)')
    expect(result?.message).toContain('feature 7 ')
    expect(result?.message).not.toContain('names')
    // Noise hits features 0 and 7; their intervals are Fisher's, as in the table.
    const worst = table.correlation[0]! < table.correlation[7]! ? 0 : 7
    expect(result?.ci?.[0]).toBeCloseTo(table.correlationLow[worst]!, 9)
  })

  it('min and max of one rule are two results', async () => {
    const results = await resultsOf('  - {id: a, metric: compression.bits, min: 4, max: 5}', torn)
    expect(results.map(({ operator, status }) => [operator, status])).toEqual([
      ['min', 'pass'],
      ['max', 'fail'],
    ])
  })
})

describe('the metric', () => {
  it.each([
    [0.8, [0.7, 0.95], 0.6, 'pass'],
    [0.8, [0.7, 0.95], 0.9, 'inconclusive'],
    [0.4, [0.3, 0.5], 0.9, 'fail'],
    // No feature with an effect: nothing to pass by.
    [null, null, 0.9, 'fail'],
  ] as const)('of what features cause: %f %o, at least %f: %s', async (fraction, ci, min, status) => {
    const counts = { survived: 0, changed: 0, undecided: 0 }
    const causal = {
      ...{ features: [], prediction: null, noEffect: 0, sequences: 16 },
      table: { survived: counts, notSurvived: counts },
      survived: { fraction, ci: ci && [...ci] },
      controls: { vectors: 20, selfAgreement: 1 },
    }
    const looked = {
      ...torn,
      report: {
        ...torn.report,
        candidates: torn.report.candidates.map((one) => ({
          ...one,
          features: one.features.map((of) => ({ ...of, causal })),
        })),
      },
    }
    const [result] = await resultsOf(`  - {id: acts, metric: features.causal, min: ${min}}`, looked)
    expect(result?.status).toBe(status)
    if (ci === null) expect(result?.message).toContain('was not measured')
    else expect(result?.ci).toEqual(ci)
  })
})
