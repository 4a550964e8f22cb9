import { expect, it } from 'vitest'
import { terminalReport } from '../../src/report/formats/terminal.ts'
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

it('names on a terminal the read-out where it is largest, and counts the others', () => {
  const { report } = sample(256)
  const biased = (bias: number) => ({
    ...features,
    survived: { count: 9, fraction: 0.9, ci: [0.86, 0.94] as [number, number], bias },
    damaged: { ...features.damaged, bias: 0 },
    meanCorrelationBias: 0,
  })
  const [first] = report.candidates
  const candidates = [-0.02, -0.03, -0.0001].map((bias, i) => ({
    ...first!,
    name: `candidate-${i}`,
    features: [biased(bias)],
  }))
  const text = terminalReport({ ...report, candidates }, { colour: false, unicode: true })
  const told = text.replace(/\s+/g, ' ').match(/Estimated bias[^:]*: ([^:]*): survived (\S+),/)
  expect(told?.slice(1)).toEqual([expect.stringContaining('candidate-1'), '−3.00'])
  expect(text.match(/Estimated bias/g)).toHaveLength(1)
  expect(text).toContain('1 more such')
})
