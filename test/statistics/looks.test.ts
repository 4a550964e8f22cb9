/** @file Several looks at a growing text: which there are, and what each is held to. */
import { describe, expect, it } from 'vitest'
import { lookConfidence, lookGroups, normalLookConfidence } from '../../src/statistics/intervals/looks.ts'
import { studentQuantile } from '../../src/statistics/intervals/student-t.ts'
import { Random } from '../simulation/random.ts'

describe('lookGroups', () => {
  it('are a quarter, a half and all, of eight groups at least', () => {
    expect(lookGroups(32)).toEqual([8, 16, 32])
    expect(lookGroups(16)).toEqual([8, 16])
    expect(lookGroups(8)).toEqual([8])
    expect(lookGroups(3)).toEqual([3])
  })
})

/** Enough degrees of freedom for the normal distribution. */
const boundOf = (confidence: number, looks: number): number =>
  studentQuantile(normalLookConfidence(confidence, looks), 1e7)

describe('the confidence of each look', () => {
  it('has the bound 2.31 for 95 % and three looks where errors are normal', () => {
    expect(boundOf(0.95, 3)).toBeCloseTo(2.31, 2)
    expect(boundOf(0.95, 1)).toBeCloseTo(1.96, 2)
  })

  it('is what was asked for where there is one look, and leaves a quarter of the error where there are several', () => {
    expect(lookConfidence(0.95, 1)).toBe(0.95)
    for (const looks of [2, 3])
      expect(1 - lookConfidence(0.95, looks)).toBeCloseTo((1 - normalLookConfidence(0.95, 3)) / 4, 12)
  })

  it.each([
    [0.9, 3],
    [0.95, 3],
    [0.95, 2],
    [0.99, 3],
  ] as const)('%f over %i looks: walks cross its bound as seldom as it says', (confidence, looks) => {
    const bound = boundOf(confidence, looks)
    const times = [1 / 4, 1 / 2, 1].slice(-looks)
    const random = new Random(7)
    const walks = 100_000
    let crossed = 0
    for (let walk = 0; walk < walks; walk++) {
      let [at, time] = [0, 0]
      let isBeyond = false
      for (const next of times) {
        at += Math.sqrt(next - time) * random.normal()
        time = next
        isBeyond ||= Math.abs(at) > bound * Math.sqrt(time)
      }
      crossed += isBeyond ? 1 : 0
    }
    const error = 4 * Math.sqrt((confidence * (1 - confidence)) / walks)
    expect(Math.abs(crossed / walks - (1 - confidence))).toBeLessThan(error)
  })
})
