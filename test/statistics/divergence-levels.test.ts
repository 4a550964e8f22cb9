import { describe, expect, it } from 'vitest'
import { countsAbove, DIVERGENCE_LEVELS, halfQuantiles } from '../../src/statistics/divergence-levels.ts'
import { hadamardSign } from '../../src/statistics/half-sums.ts'
import { quantile } from '../../src/statistics/quantile.ts'
import { seededNormal } from './activations.ts'

/** KL values as models give them: log-normal, tokens of a group alike. */
function divergences(seed: number, groups: number, each: number) {
  const normal = seededNormal(seed)
  const kl: number[] = []
  const groupOf: number[] = []
  for (let g = 0; g < groups; g++) {
    const own = 0.3 * normal()
    for (let i = 0; i < each; i++) {
      kl.push(Math.exp(-5 + own + 1.5 * normal()))
      groupOf.push(g)
    }
  }
  return { kl, groupOf }
}

describe('counts above levels', () => {
  it('count what lies above each level, per group', () => {
    const { kl, groupOf } = divergences(1, 8, 50)
    kl.push(0, 1e-6, 1e3)
    groupOf.push(0, 0, 7)
    const counts = countsAbove(kl, groupOf, 8)
    for (let g = 0; g < 8; g++) {
      for (const [l, level] of DIVERGENCE_LEVELS.entries()) {
        const expected = kl.filter((value, i) => groupOf[i] === g && value > level).length
        expect(counts[g * 64 + l]).toBe(expected)
      }
    }
    expect(DIVERGENCE_LEVELS[0]).toBe(1e-6)
    expect(DIVERGENCE_LEVELS[63]).toBeCloseTo(100, 9)
  })
})

describe('quantiles on halves from counts', () => {
  it('move as the exact quantiles of the halves do', () => {
    const [groups, each] = [16, 4000]
    const { kl, groupOf } = divergences(2, groups, each)
    const value = quantile(kl, 0.99)
    const found = halfQuantiles(value, 0.99, countsAbove(kl, groupOf, groups), new Array(groups).fill(each))
    expect(found).toHaveLength(30)
    for (let r = 1; r < groups; r++) {
      for (const sign of [1, -1]) {
        const own = kl.filter((_, i) => hadamardSign(r, groupOf[i]!) === sign)
        const half = found[2 * r - (sign === 1 ? 2 : 1)]!
        expect(Math.abs(half / quantile(own, 0.99) - 1)).toBeLessThan(0.02)
      }
    }
  })

  it('are the value itself where nothing diverges', () => {
    const counts = countsAbove(new Float64Array(800), new Int32Array(800), 8)
    expect(
      halfQuantiles(0, 0.99, counts, [800, 0, 0, 0, 0, 0, 0, 0]).every(
        (half) => half === 0 || Number.isNaN(half),
      ),
    ).toBe(true)
  })
})
