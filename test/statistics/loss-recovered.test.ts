/** @file Loss recovered from sums per token group: by hand, and its intervals over groups that both models share. */
import { describe, expect, it } from 'vitest'
import { intervalOf } from '../../src/statistics/intervals/estimate.ts'
import { VALUE_ALONE } from '../../src/statistics/intervals/resampling.ts'
import {
  BY_LOSS,
  lossRecovered,
  type RecoveredGroups,
  recoveredChange,
  summarizeRecovered,
} from '../../src/statistics/loss-recovered.ts'

const SAMPLING = { ...VALUE_ALONE, documents: 200 }
const GROUPS = 8

/** Groups whose losses go up and down together; `recovers`: what the SAE leaves of what zeros cost. */
function groups(recovers: number, wobble = 0): RecoveredGroups {
  const each = (value: (g: number) => number) => Array.from({ length: GROUPS }, (_, g) => value(g))
  const [clean, zero] = [(g: number) => 300 + 40 * Math.sin(3 * g), (g: number) => 1000 + 90 * Math.cos(g)]
  const sae = (g: number): number => zero(g) - (recovers + wobble * Math.sin(g + 0.5)) * (zero(g) - clean(g))
  return {
    cleanLoss: each(clean),
    saeLoss: each(sae),
    zeroLoss: each(zero),
    meanLoss: each((g) => 0.5 * (zero(g) + clean(g))),
    saeKl: each(() => 20),
    zeroKl: each(() => 400),
    meanKl: each(() => 100),
  }
}

describe('loss recovered', () => {
  it('is the part of what an ablation costs that comes back', () => {
    const one = groups(0.9)
    expect(lossRecovered(one, BY_LOSS, SAMPLING)?.value).toBeCloseTo(0.9, 12)
    expect(lossRecovered(one, { of: 'loss', ablation: 'mean' }, SAMPLING)?.value).toBeCloseTo(0.8, 12)
    expect(lossRecovered(one, { of: 'kl', ablation: 'zero' }, SAMPLING)?.value).toBeCloseTo(0.95, 12)
    expect(lossRecovered(one, { of: 'kl', ablation: 'mean' }, SAMPLING)?.value).toBeCloseTo(0.8, 12)
  })

  it('is of nothing where the ablation costs nothing', () => {
    const free = { ...groups(0.9), zeroLoss: groups(0.9).cleanLoss }
    expect(lossRecovered(free, BY_LOSS, SAMPLING)).toBeNull()
    const [first] = summarizeRecovered({ reference: free, candidate: groups(0.9) }, SAMPLING, 0.95)
    expect(first).toMatchObject({ reference: null, referenceCi: null, delta: null, deltaCi: null })
  })

  it('changes by a difference over the same groups, in which their common noise cancels', () => {
    const pair = { reference: groups(0.9, 0.05), candidate: groups(0.85, 0.05) }
    const change = recoveredChange(pair, BY_LOSS, SAMPLING)
    const [low, high] = (change && intervalOf(change, 0.95)) ?? [Number.NaN, Number.NaN]
    const own = lossRecovered(pair.candidate, BY_LOSS, SAMPLING)
    const [from, to] = (own && intervalOf(own, 0.95)) ?? [Number.NaN, Number.NaN]
    expect(change?.value).toBeCloseTo(-0.05, 12)
    expect(high - low).toBeLessThan(1e-9)
    expect(to - from).toBeGreaterThan(0.01)
  })

  it('has no interval of groups that cannot be halved', () => {
    const few = Object.fromEntries(
      Object.entries(groups(0.9)).map(([key, values]) => [key, values.slice(0, 3)]),
    )
    const { cleanLoss = [], saeLoss = [], zeroLoss = [] } = few
    const estimate = lossRecovered({ ...groups(0.9), cleanLoss, saeLoss, zeroLoss }, BY_LOSS, SAMPLING)
    expect(estimate?.value).toBeCloseTo(0.9, 12)
    expect(estimate && intervalOf(estimate, 0.95)).toBeNull()
  })
})
