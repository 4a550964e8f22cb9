import { expect, it } from 'vitest'
import { rankTest, spreadOfValues } from '../../src/statistics/rank-test.ts'

it('a figure below all 19 others is as far out as one in twenty', () => {
  const others = Array.from({ length: 19 }, (_, i) => i)
  expect(rankTest(-1, others)).toEqual({ fewer: 0, pLower: 1 / 20, pUpper: 1 })
  expect(rankTest(50, others)).toEqual({ fewer: 19, pLower: 1, pUpper: 1 / 20 })
  // Equal values count on both sides.
  expect(rankTest(9, others)).toEqual({ fewer: 9, pLower: 11 / 20, pUpper: 11 / 20 })
})

it('of figures drawn alike, at most one in twenty is called that low', () => {
  let state = 5
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  let low = 0
  for (let i = 0; i < 4000; i++) if (rankTest(next(), Array.from({ length: 19 }, next)).pLower <= 0.05) low++
  expect(low / 4000).toBeGreaterThan(0.035)
  expect(low / 4000).toBeLessThan(0.065)
})

it('spreads', () => {
  expect(spreadOfValues([3, 1, 2])).toEqual({ mean: 2, least: 1, most: 3 })
  expect(() => spreadOfValues([])).toThrow(RangeError)
})
