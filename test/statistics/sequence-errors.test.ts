import { describe, expect, it } from 'vitest'
import { meanAndSpread, subsetPerplexities } from '../../src/statistics/sequence-errors.ts'
import { codeRange, meanWeightErrors, weightErrors } from '../../src/statistics/weight-errors.ts'

describe('errors of weights', () => {
  const w = Float32Array.of(1, -2, 0.5, 0)
  const v = Float32Array.of(1.5, -2, 0, 0)

  it('by hand', () => {
    const found = weightErrors(w, v)
    expect(found.meanSquared).toBe(0.125)
    expect(found.meanAbsolute).toBe(0.25)
    expect(found.relative).toBeCloseTo(0.25 / 0.875, 9)
    expect(found.cosine).toBeCloseTo(5.5 / Math.sqrt(5.25 * 6.25), 12)
    expect(weightErrors(new Float32Array(2), new Float32Array(2))).toEqual({
      meanSquared: 0,
      meanAbsolute: 0,
      relative: 0,
      cosine: 0,
    })
  })

  it('tensors count once each, whatever their size', () => {
    const mean = meanWeightErrors([weightErrors(w, v), weightErrors(Float32Array.of(2), Float32Array.of(1))])
    expect(mean.meanSquared).toBe((0.125 + 1) / 2)
    expect(() => meanWeightErrors([])).toThrow(RangeError)
  })

  it('integers, each row or group over its own scale', () => {
    // Scales 7/7 and 1/7: 7, -3 and 0; then 7, -1 and -8, which a rounded scale lets through. Alone, -0.1 has steps of 0.1/7.
    const before = Float32Array.of(7, -3, 0.2, 1, -0.1, -1)
    const after = Float32Array.of(7, -3, 0, 1, -1 / 7, -8 / 7)
    expect(codeRange(before, after, 3, { bits: 4, group: null })).toEqual([-8, 7])
    expect(codeRange(before, after, 3, { bits: 4, group: 1 })).toEqual([-10, 7])
    expect(codeRange(before.subarray(0, 3), after.subarray(0, 3), 3, { bits: 4, group: null })).toEqual([
      -3, 7,
    ])
  })
})

describe('sequences', () => {
  it('mean and standard deviation', () => {
    expect(meanAndSpread([1, 2, 3, 6])).toEqual({ mean: 3, sd: expect.closeTo(Math.sqrt(14 / 3), 12) })
    expect(meanAndSpread([4])).toEqual({ mean: 4, sd: null })
  })

  it('subsets hold half of a short text, 300 of a long one, and are what their losses say', () => {
    const reference = Array.from({ length: 1000 }, (_, i) => 2 + Math.sin(i))
    const found = subsetPerplexities(
      reference,
      reference.map((loss) => loss + 0.1),
    )
    expect([found.seeds, found.sequences]).toEqual([5, 300])
    // The change is the same in every subset, so it has no spread; perplexities have.
    expect(found.deltaPercent.mean).toBeCloseTo(100 * Math.expm1(0.1), 9)
    expect(found.deltaPercent.sd).toBeCloseTo(0, 9)
    expect(found.reference.sd).toBeGreaterThan(0)
    // A mean of 300 of 1000 with standard deviation √½.
    expect(Math.abs(Math.log(found.reference.mean) - 2)).toBeLessThan(
      4 * Math.sqrt(((0.5 / 300) * 0.7) / 5) + 0.02,
    )
    expect(subsetPerplexities(reference.slice(0, 9), reference.slice(0, 9)).sequences).toBe(4)
    expect(subsetPerplexities(reference, reference)).toEqual(subsetPerplexities(reference, reference))
  })
})
