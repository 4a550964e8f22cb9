import { describe, expect, it } from 'vitest'
import { classOf, countedRho, firingRate, isActive } from '../../src/statistics/definitions.ts'
import {
  activeFeatures,
  deadFeatures,
  emptyReferenceMoments,
  firingRates,
  meanActivations,
  meanFiring,
} from '../../src/statistics/features/feature-moments.ts'

/** Two groups of 500 positions; features fire 0, 1, 2 and 1,000 times. */
const moments = {
  ...emptyReferenceMoments(2, 4),
  positions: Float64Array.of(500, 500),
  firings: Float64Array.of(0, 1, 2, 1000),
  sum: Float64Array.of(0, 3, 1, 700, 0, 0, 4, 800),
}

describe('the words', () => {
  it('firing rate: the part of the positions at which it fires', () => {
    expect(firingRate(1, 1000)).toBe(0.001)
    expect([...firingRates(moments)]).toEqual([0, 0.001, 0.002, 1])
  })

  it('active: fires more often than the threshold, not as often', () => {
    expect(isActive(firingRate(1, 1000), 0.001)).toBe(false)
    expect(isActive(firingRate(2, 1000), 0.001)).toBe(true)
    expect([...activeFeatures(moments, 0.001)]).toEqual([2, 3])
    expect([...activeFeatures(moments, 0)]).toEqual([1, 2, 3])
  })

  it('mean: over all positions, firing or not', () => {
    const expected = [0, 0.003, 0.005, 1.5]
    meanActivations(moments).forEach((mean, j) => {
      expect(mean).toBeCloseTo(expected[j]!, 15)
    })
  })

  it('mean number of features that fire, and those that never do', () => {
    expect(meanFiring(moments)).toBe(1.003)
    expect(deadFeatures(moments)).toBe(1)
  })

  it('survived: as high as the threshold; damaged: below it, not at it', () => {
    const thresholds = { survived: 0.9, damaged: 0.5 }
    expect(classOf(0.9, thresholds)).toBe('survived')
    expect(classOf(0.8999999999999999, thresholds)).toBe('degraded')
    expect(classOf(0.5, thresholds)).toBe('degraded')
    expect(classOf(0.49999999999999994, thresholds)).toBe('damaged')
  })

  it('an undefined ρ counts as 0', () => {
    expect(countedRho(Number.NaN)).toBe(0)
    expect(countedRho(-0.25)).toBe(-0.25)
    expect(classOf(Number.NaN, { survived: 0.9, damaged: 0.5 })).toBe('damaged')
    expect(classOf(Number.NaN, { survived: 0, damaged: -1 })).toBe('survived')
  })
})
