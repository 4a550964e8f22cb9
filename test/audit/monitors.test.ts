/**
 * @file Alarms of watched features against activations made position by position in float64.
 *
 * @module-tag slow
 */
import { expect, it } from 'vitest'
import { judge } from '../../src/policy/judge.ts'
import { watchedFeatures } from '../../src/policy/watched.ts'
import { missedAlarms } from '../../src/statistics/features/monitors.ts'
import { intervalOf } from '../../src/statistics/intervals/estimate.ts'
import { VALUE_ALONE } from '../../src/statistics/intervals/resampling.ts'
import { context, load } from '../policy/judging.ts'
import { audit, NEOX } from './golden-audit.ts'

const HOOK = 'blocks.4.hook_resid_post'

it('count what the tables say where the threshold is 0, and fewer above it', async () => {
  const policy = await load(
    `version: 1\nrules:\n  - {id: m, metric: monitor.missed, features: {file: w.csv}, max: 0.5}\n`,
    { 'w.csv': 'feature,threshold,label\n5,0,a\n9,0.5,b\n' },
  )
  const measured = await audit({
    ...NEOX,
    candidates: ['rtn:4'],
    saes: [{ source: `fixtures/saes/neox/${HOOK}`, hook: null, center: null }],
    corpus: { ...NEOX.corpus, tokens: 2_560, blockLength: 64 },
    thresholds: { ...NEOX.thresholds, active: 0 },
    watched: watchedFeatures(policy),
  })
  const features = measured.report.candidates[0]!.features[0]!
  const { firingRate, firing, peak } = measured.evidence[0]!.table
  const [all, some] = features.monitors ?? []
  expect([all?.feature, some?.feature]).toEqual([5, 9])
  // At threshold 0 alarms are firings, which the pass over the SAE has counted by itself.
  expect(all!.before).toBe(Math.round(firingRate[5]! * all!.positions))
  expect(all!.after).toBe(Math.round(firing!.candidateFiringRate[5]! * all!.positions))
  expect(1 - all!.missed / all!.before).toBeCloseTo(firing!.firingRecall[5]!, 12)
  expect(1 - all!.falseAlarms / all!.after).toBeCloseTo(firing!.firingPrecision[5]!, 12)
  expect(some!.before).toBeLessThanOrEqual(Math.round(firingRate[9]! * some!.positions))
  if (peak[9]! <= 0.5) expect(some!.before).toBe(0)
  const result = judge(measured, policy, context).candidates[0]!.rules[0]!
  const rates = [all!, some!].map(({ missedRate }) => missedRate)
  if (rates.includes(null)) expect(result.status).toBe('fail')
  else expect(result.observed).toBe(Math.max(...rates.map((rate) => rate!)))
}, 120_000)

it('of nothing are no rate', () => {
  expect(missedAlarms({ before: [0, 0], missed: [0, 0] }, VALUE_ALONE)).toBeNull()
  expect(missedAlarms({ before: [3, 1], missed: [1, 0] }, VALUE_ALONE)?.value).toBe(0.25)
})

it.each([8, 24, 400])(
  'of %i alarms none of which was missed, so many may be as chance hides in 1 of 40 texts',
  (alarms) => {
    const before = Array.from({ length: 8 }, () => alarms / 8)
    const estimate = missedAlarms({ before, missed: before.map(() => 0) }, { ...VALUE_ALONE, documents: 100 })
    const [low, high] = (estimate && intervalOf(estimate, 0.95)) ?? [Number.NaN, Number.NaN]
    expect(low).toBe(0)
    expect((1 - high) ** alarms).toBeCloseTo(0.025, 9)
  },
)
