import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { judge } from '../../src/policy/judge.ts'
import { against, context, first, policyOf, resultsOf } from './judging.ts'
import { broken, dissociated, faithful, measurementOf } from './measurements.ts'

const named = { ...dissociated, name: 'int6', spec: './int6' }
const before = measurementOf({ ...faithful, name: 'int6', spec: './int6' })
const after = measurementOf(named)
const rules = [
  '  - {id: drop, metric: features.survived, maxDrop: 0.02, layers: [3]}',
  '  - {id: rise, metric: features.degraded, maxRise: 0.9, layers: [3]}',
  '  - {id: each, metric: features.correlation, features: [0, 1], maxDrop: 0.02, layers: [3]}',
].join('\n')

describe('against a baseline', () => {
  it('drops and rises are measured and decided on paired replicates', async () => {
    const results = await resultsOf(rules, after, '', against(before))
    const [was, is] = [before, after].map(({ report }) => report.candidates[0]!.features[0]!)
    expect(results.map(({ status }) => status)).toEqual(['fail', 'pass', 'fail'])
    expect(results[0]?.observed).toBeCloseTo(was!.survived.fraction - is!.survived.fraction, 12)
    expect(results[1]?.observed).toBeCloseTo(is!.degraded.fraction - was!.degraded.fraction, 12)
    expect(results[2]?.message).toContain('feature 0')
    const [low, high] = results[0]!.ci!
    expect(low! < Number(results[0]?.observed) && Number(results[0]?.observed) < high!).toBe(true)
  })

  it('of itself nothing has changed, surely', async () => {
    for (const result of await resultsOf(rules, after, '', against(after))) {
      expect(result).toMatchObject({ status: 'pass', observed: 0, ci: [0, 0] })
    }
  })

  it('lists every change and the features newly lost', async () => {
    const report = judge(after, await policyOf(rules), against(before))
    const { baseline, newlyLost } = report.candidates[0]!
    const survived = baseline!.find(
      ({ metric, readout }) => metric === 'features.survived' && readout === first,
    )!
    expect(survived.delta).toBeCloseTo(survived.current - survived.baseline, 12)
    expect(baseline!.map(({ metric }) => metric)).toContain('perplexity.chunked.deltaPercent')
    const classes = [before, after].map(({ evidence }) => evidence[0]!.table.class)
    const expected = classes[0]!.flatMap((was, j) =>
      was === 'survived' && classes[1]![j] !== 'survived' ? [j] : [],
    )
    expect(expected.length).toBeGreaterThan(3)
    expect(newlyLost![0]).toEqual({ readout: first, features: expected })
    const back = judge(before, await policyOf(rules), against(after)).candidates[0]!
    expect(back.newlyLost!.map(({ features }) => features)).toEqual([[], []])
    const same = judge(after, await policyOf(rules), against(after)).candidates[0]!
    expect(same.newlyLost!.map(({ features }) => features)).toEqual([[], []])
    expect(report.baseline).toEqual({
      path: 'base/report.json',
      sha256: 'd'.repeat(64),
      createdAt: before.report.createdAt,
    })
  })
})

describe('a baseline', () => {
  it('rules are skipped without one, or fail where the policy requires one', async () => {
    const policy = await policyOf(rules)
    expect(judge(after, policy, context).candidates[0]!.rules.map(({ status }) => status)).toEqual(
      Array(3).fill('skipped'),
    )
    const required = await resultsOf(rules, after, 'baseline: required\n')
    expect(required.map(({ status }) => status)).toEqual(Array(3).fill('fail'))
    expect(required[0]?.advice).toContain('--baseline')
    const stranger = measurementOf(faithful, broken)
    expect(judge(after, policy, against(stranger)).candidates[0]!.rules[0]?.message).toContain(
      'no candidate int6',
    )
  })

  it.each([
    [
      'corpus.sha256',
      (report: Measurement['report']) => ({ ...report, corpus: { ...report.corpus, sha256: 'x' } }),
    ],
    ['.sha256', (report: Measurement['report']) => withReadout(report, { sha256: 'x' })],
    [
      '.positions',
      (report: Measurement['report']) => withReadout(report, { positions: 'skip-first' as const }),
    ],
    [
      '.thresholds.survived',
      (report: Measurement['report']) =>
        withReadout(report, { thresholds: { survived: 0.8, damaged: 0.5, active: 0.05 } }),
    ],
    [
      '.thresholds.active',
      (report: Measurement['report']) =>
        withReadout(report, { thresholds: { survived: 0.9, damaged: 0.5, active: 0.1 } }),
    ],
    [
      'readouts',
      (report: Measurement['report']) => ({
        ...report,
        readouts: [{ ...report.readouts[0]!, id: 'blocks.0.hook_resid_pre' }],
      }),
    ],
  ])('another %s is refused, and named', async (field, change) => {
    const other = { ...before, report: change(before.report) }
    const policy = await policyOf(rules)
    expect(() => judge(after, policy, against(other))).toThrow(field)
    expect(() => judge(after, policy, against(other))).toThrow('base/report.json')
  })

  function withReadout(
    report: Measurement['report'],
    change: Partial<Measurement['report']['readouts'][number]>,
  ) {
    return {
      ...report,
      readouts: report.readouts.map((readout, i) => (i === 0 ? { ...readout, ...change } : readout)),
    }
  }
})
