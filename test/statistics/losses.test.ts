import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { intervalOf } from '../../src/statistics/intervals/estimate.ts'
import { studentQuantile } from '../../src/statistics/intervals/student-t.ts'
import { candidatePerplexity, summarizeDivergence, summarizePerplexity } from '../../src/statistics/losses.ts'

const LEFT_OUT = { method: 'delete-one', documents: 200 } as const

const groups = {
  tokens: [100, 120, 80, 100, 100, 110],
  referenceLoss: [201, 245, 158, 197, 204, 222],
  candidateLoss: [203, 246, 161, 203, 204, 229],
}

describe('perplexity', () => {
  it('and its change follow from the sums', () => {
    const summary = summarizePerplexity(groups, LEFT_OUT, 0.95)
    const [reference, candidate] = [Math.exp(1227 / 610), Math.exp(1246 / 610)]
    expect(summary.reference).toBeCloseTo(reference, 12)
    expect(summary.candidate).toBeCloseTo(candidate, 12)
    expect(summary.deltaPercent).toBeCloseTo(100 * (candidate / reference - 1), 10)
    expect(summary.scoredTokens).toBe(610)
  })

  it('has an interval made on the log ratio, each group really left out', () => {
    const n = 610
    const difference = groups.candidateLoss.map((loss, g) => loss - groups.referenceLoss[g]!)
    const value = 19 / n
    const h = groups.tokens.map((m) => n / m)
    const left = difference.map((d, g) => (19 - d) / (n - groups.tokens[g]!))
    const centre = 6 * value - left.reduce((s, r, g) => s + (1 - 1 / h[g]!) * r, 0)
    const variance =
      left.reduce((s, r, g) => s + (h[g]! * value - (h[g]! - 1) * r - centre) ** 2 / (h[g]! - 1), 0) / 6
    const half = studentQuantile(0.95, 5) * Math.sqrt(variance)
    const { ci } = summarizePerplexity(groups, LEFT_OUT, 0.95)
    expect(ci![0]).toBeCloseTo(100 * (Math.exp(value - half) - 1), 9)
    expect(ci![1]).toBeCloseTo(100 * (Math.exp(value + half) - 1), 9)
  })

  it('of the reference against itself changes by nothing, surely', () => {
    const same = { ...groups, candidateLoss: groups.referenceLoss }
    expect(summarizePerplexity(same, LEFT_OUT, 0.95)).toMatchObject({ deltaPercent: 0, ci: [0, 0] })
  })

  it('of the candidate lies in its interval, which narrows with the confidence', () => {
    const { candidate } = summarizePerplexity(groups, LEFT_OUT, 0.95)
    const wide = intervalOf(candidatePerplexity(groups, LEFT_OUT), 0.99)!
    const narrow = intervalOf(candidatePerplexity(groups, LEFT_OUT), 0.8)!
    expect(wide[0] < narrow[0] && narrow[0] < candidate && candidate < narrow[1] && narrow[1] < wide[1]).toBe(
      true,
    )
  })

  it('has the golden perplexity of the golden loss', () => {
    const { variants } = JSON.parse(
      readFileSync(new URL('../../fixtures/golden/neox.plain.json', import.meta.url), 'utf8'),
    )
    for (const { mean_nll, perplexity } of [variants.int6, variants.int4]) {
      const one = { tokens: [1], referenceLoss: [variants.fp.mean_nll], candidateLoss: [mean_nll] }
      const summary = summarizePerplexity(one, LEFT_OUT, 0.95)
      expect(Math.abs(summary.candidate / perplexity - 1)).toBeLessThan(1e-8)
      expect(Math.abs(summary.deltaPercent - 100 * (perplexity / variants.fp.perplexity - 1))).toBeLessThan(
        1e-5,
      )
      expect(summary.ci).toBeNull()
    }
  })
})

describe('divergence', () => {
  it('is a mean with an interval inside its range', () => {
    const summary = summarizeDivergence(
      { tokens: [10, 10, 10, 10, 10], kl: [0, 0, 0, 0, 5], agreements: [10, 10, 10, 10, 9] },
      0.4,
      LEFT_OUT,
      0.95,
    )
    expect(summary).toMatchObject({ klMean: 0.1, top1Agreement: 0.98, scoredTokens: 50 })
    expect(summary.klMeanCi![0]).toBe(0)
    expect(summary.top1AgreementCi![1]).toBe(1)
    // Mean of five group means, t with four degrees of freedom.
    const half = (studentQuantile(0.95, 4) * Math.sqrt((4 * 0.1 ** 2 + 0.4 ** 2) / 4)) / Math.sqrt(5)
    expect(summary.klMeanCi![1]).toBeCloseTo(0.1 + half, 12)
  })

  it('is not below 0 by rounding, and stays below 0 where rounding is not enough', () => {
    const mean = (kl: number) =>
      summarizeDivergence(
        { tokens: [10, 10], kl: [10 * kl, 10 * kl], agreements: [10, 10] },
        0,
        LEFT_OUT,
        0.95,
      ).klMean
    expect(mean(-9.3e-10)).toBe(0)
    expect(mean(-1e-4)).toBeCloseTo(-1e-4, 12)
    expect(mean(3e-10)).toBeCloseTo(3e-10, 16)
  })
})
