import { describe, expect, it } from 'vitest'
import { countsAbove, DIVERGENCE_LEVELS, divergenceQuantile } from '../../src/statistics/divergence-levels.ts'
import { quantile } from '../../src/statistics/quantile.ts'
import { seededNormal } from './activations.ts'
import { hadamardSign } from './hadamard.ts'

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
        expect(counts[g]![l]).toBe(expected)
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
    const counts = countsAbove(kl, groupOf, groups)
    const { centre, halves } = divergenceQuantile(value, 0.99, counts, new Array(groups).fill(each))
    const found = halves.map(Math.exp)
    expect(centre).toBe(Math.log(value))
    expect(found).toHaveLength(30)
    for (let r = 1; r < groups; r++) {
      for (const sign of [1, -1]) {
        const own = kl.filter((_, i) => hadamardSign(r, groupOf[i]!) === sign)
        const half = found[2 * r - (sign === 1 ? 2 : 1)]!
        expect(Math.abs(half / quantile(own, 0.99) - 1)).toBeLessThan(0.02)
      }
    }
  })

  it('do not spread where nothing diverges, and are none where groups have no halves', () => {
    const groupOf = Int32Array.from({ length: 800 }, (_, i) => i % 8)
    const counts = countsAbove(new Float64Array(800), groupOf, 8)
    const { centre, halves } = divergenceQuantile(0, 0.99, counts, new Array(8).fill(100))
    expect([...halves]).toEqual(new Array(14).fill(centre))
    expect(divergenceQuantile(0.1, 0.99, counts.slice(3), [9, 9, 9, 9, 9]).halves).toHaveLength(0)
  })
})
