/**
 * Every interval that judging a stored report gives, against numpy's from the same tables (fixtures/statistics/intervals.py):
 * the value is the same to rounding, so 1e-9 is generous.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { loadReport } from '../../src/gate/load-report.ts'
import { judge } from '../../src/policy/judge.ts'
import { PLAIN } from '../../src/policy/metrics/metric.ts'
import { populationOf } from '../../src/policy/metrics/population.ts'
import { viewOf } from '../../src/policy/metrics/view.ts'
import { singleCorrelation } from '../../src/statistics/features/feature-figures.ts'
import { intervalOf } from '../../src/statistics/intervals/estimate.ts'
import { against, context, load } from './judging.ts'

type Interval = readonly [low: number, high: number]

interface Expected {
  readonly confidence: number
  readonly documents: number
  readonly candidates: readonly Readonly<Record<string, Interval>>[]
  readonly single: readonly { readonly feature: number; readonly interval: Interval }[]
  readonly drop: Interval
}

const FOLDER = 'fixtures/statistics'
const expected: readonly Expected[] = JSON.parse(readFileSync(`${FOLDER}/intervals.json`, 'utf8'))
const measured = await loadReport(`${FOLDER}/report/report.json`)

/** The same text, as if it were of so many documents of typical length. */
function ofDocuments(count: number): Measurement {
  const { report } = measured
  const { documents, tokens } = report.corpus
  if (documents === undefined) throw new TypeError('the fixture was dealt by documents')
  const corpus = { ...report.corpus, documents: { ...documents, tokens: tokens / count } }
  return { ...measured, report: { ...report, corpus } }
}

const LIMITS = {
  'features.survived': 'metric: features.survived, min: 0.5',
  'features.survived by firing rate': 'metric: features.survived, weight: firing-rate, min: 0.5',
  'features.damaged': 'metric: features.damaged, max: 0.5',
  'features.meanCorrelation': 'metric: features.meanCorrelation, min: 0.5',
  'features.medianCorrelation': 'metric: features.medianCorrelation, min: 0.5',
  'features.correlation at 0.05': 'metric: features.correlation, quantile: 0.05, min: 0.5',
  'perplexity.chunked.deltaPercent': 'metric: perplexity.chunked.deltaPercent, max: 9',
  'divergence.klMean': 'metric: divergence.klMean, max: 9',
  'divergence.klP99': 'metric: divergence.klP99, max: 9',
  'divergence.top1Agreement': 'metric: divergence.top1Agreement, min: 0.1',
} as const

/** Rules of those limits, by their names. */
function policyOf(confidence: number, limits: Readonly<Record<string, string>>) {
  const rules = Object.values(limits).map((limit, i) => `  - {id: r${i}, ${limit}}`)
  return load(`version: 1\nconfidence: ${confidence}\nrules:\n${rules.join('\n')}\n`)
}

function expectInterval(
  found: readonly number[] | null | undefined,
  [low, high]: Interval,
  name: string,
): void {
  expect(Math.abs((found?.[0] ?? Number.NaN) - low), `low end of ${name}`).toBeLessThan(1e-9)
  expect(Math.abs((found?.[1] ?? Number.NaN) - high), `high end of ${name}`).toBeLessThan(1e-9)
}

/** The second candidate under the first one's name: what the first is compared with. */
function otherAsBaseline(measurement: Measurement): Measurement {
  const [first, second] = measurement.report.candidates
  const { table, replicates } = measurement.evidence[1]!
  return {
    report: { ...measurement.report, candidates: [{ ...second!, name: first!.name }] },
    evidence: [{ table: { ...table, candidate: first!.name }, replicates }],
  }
}

describe.each(expected)('at $confidence, of $documents documents, intervals are numpy’s', (one) => {
  const measurement = ofDocuments(one.documents)

  it('of every figure that a rule asks for', async () => {
    const { candidates } = judge(measurement, await policyOf(one.confidence, LIMITS), context)
    for (const [c, figures] of one.candidates.entries())
      for (const [i, name] of Object.keys(LIMITS).entries())
        expectInterval(candidates[c]?.rules.find(({ id }) => id === `r${i}`)?.ci, figures[name]!, name)
  })

  it('of a change of survival', async () => {
    const { candidates } = judge(
      measurement,
      await policyOf(one.confidence, { drop: 'metric: features.survived, maxDrop: 0.5' }),
      against(otherAsBaseline(measurement)),
    )
    expectInterval(candidates[0]?.rules.find(({ id }) => id === 'r0')?.ci, one.drop, 'drop')
  })

  it('of single features', () => {
    const [candidate] = measurement.report.candidates
    const [features] = candidate!.features
    const view = viewOf({ measurement, candidate: candidate! }, features!)
    const population = populationOf(view, view.evidence!, PLAIN, features!.thresholds)
    if (population.kind === 'missing') throw new TypeError(population.why)
    for (const { feature, interval } of one.single) {
      const k = population.ids.indexOf(feature)
      const found = intervalOf(singleCorrelation(population.correlations, k), one.confidence)
      expectInterval(found, interval, `feature ${feature}`)
    }
    expect(one.single.length).toBeGreaterThan(40)
  })
})

describe('a report from before degrees of freedom went by what features share', () => {
  it('is judged by its documents alone, as it was measured', async () => {
    const { degrees: _, ...corpus } = ofDocuments(64).report.corpus
    const older = { ...measured, report: { ...measured.report, corpus } }
    const policy = await policyOf(0.95, { perplexity: LIMITS['perplexity.chunked.deltaPercent'] })
    const perplexity = (measurement: Measurement) =>
      judge(measurement, policy, context)
        .candidates[0]!.rules.find(({ id }) => id === 'r0')!
        .ci!.map((end) => Math.log1p(end / 100))
    const [now, then] = [perplexity(ofDocuments(64)), perplexity(older)]
    // Student's t with 64/20 = 3.2 degrees of freedom now and with 64/7 then, from the fixture's generator.
    expect((now[1]! - now[0]!) / (then[1]! - then[0]!)).toBeCloseTo(3.0728289297131544 / 2.256780592833278, 9)
  })
})
