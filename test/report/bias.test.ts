import { expect, it } from 'vitest'
import { biasWords, isBiasNotable } from '../../src/report/words/bias.ts'
import { sample } from './sample.ts'

const features = sample(256).report.candidates[0]!.features[0]!

it('is told with its sign, shares in points', () => {
  const biased = {
    ...features,
    survived: { ...features.survived, bias: -0.0123 },
    damaged: { ...features.damaged, bias: 0.0004 },
    meanCorrelationBias: -0.00211,
  }
  expect(biasWords(biased)).toBe('survived −1.23, damaged +0.04 points, mean ρ −0.0021')
  expect(biasWords(features)).toBeNull()
  expect(biasWords({ ...biased, active: 0 })).toBeNull()
})

it('is notable from a quarter of an interval’s side on', () => {
  const of = (bias: number) => ({
    ...features,
    survived: { count: 9, fraction: 0.9, ci: [0.86, 0.94] as [number, number], bias },
  })
  expect(isBiasNotable(of(-0.0101))).toBe(true)
  expect(isBiasNotable(of(0.0099))).toBe(false)
  expect(isBiasNotable(features)).toBe(false)
})
