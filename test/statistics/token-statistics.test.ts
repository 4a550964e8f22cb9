/** @file Statistics of single tokens against sums written out, from logits of a small vocabulary kept here. */
import { describe, expect, it } from 'vitest'
import { bucketOf, CONFIDENCE_EDGES, summarizeBuckets } from '../../src/statistics/confidence-buckets.ts'
import type { Sampling } from '../../src/statistics/intervals/resampling.ts'
import { TOKEN_QUANTILES, tokenStatistics } from '../../src/statistics/token-statistics.ts'

const [TOKENS, VOCABULARY, GROUPS] = [401, 31, 8]

function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Logits of both models: the reference's of all degrees of sureness, the candidate's near them. */
const next = uniform(7)
const stored = Array.from({ length: TOKENS }, () => {
  const [likely, lead] = [Math.floor(VOCABULARY * next()), 10 * next()]
  const base = Array.from({ length: VOCABULARY }, (_, v) => 2 * next() + (v === likely ? lead : 0))
  return { base, own: base.map((logit) => logit + next() - 0.5), target: Math.floor(VOCABULARY * next()) }
})
const probabilities = (logits: readonly number[]): number[] => {
  const whole = logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
  return logits.map((logit) => Math.exp(logit) / whole)
}
const tokens = stored.map(({ base, own, target }) => {
  const [p, q] = [probabilities(base), probabilities(own)]
  return {
    p: p[target]!,
    q: q[target]!,
    top: Math.max(...p),
    kl: p.reduce((sum, share, v) => sum + share * Math.log(share / q[v]!), 0),
    agrees: p.indexOf(Math.max(...p)) === q.indexOf(Math.max(...q)) ? 1 : 0,
  }
})
const figures = {
  referenceLoss: tokens.map(({ p }) => -Math.log(p)),
  candidateLoss: tokens.map(({ q }) => -Math.log(q)),
  kl: tokens.map(({ kl }) => kl),
}
const agreements = tokens.reduce((sum, { agrees }) => sum + agrees, 0)
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
/** As a mean of products less the product of means: not how the product sums. */
const covariance = (a: readonly number[], b: readonly number[]): number =>
  (mean(a.map((x, i) => x * b[i]!)) - mean(a) * mean(b)) / (TOKENS - 1)
const error = (values: readonly number[]): number => Math.sqrt(covariance(values, values))

describe('statistics under llama.cpp’s names', () => {
  const found = tokenStatistics(figures, agreements)
  const { referenceLoss: r, candidateLoss: c } = figures
  const deltaP = tokens.map(({ p, q }) => q - p)

  it('has perplexities, their ratio and their correlation', () => {
    const ratio = Math.exp(mean(c) - mean(r))
    const spread = Math.sqrt(covariance(c, c) + covariance(r, r) - 2 * covariance(c, r))
    expect(found.perplexity.value).toBeCloseTo(Math.exp(mean(c)), 9)
    expect(found.perplexity.error).toBeCloseTo(Math.exp(mean(c)) * error(c), 9)
    expect(found.basePerplexity.error).toBeCloseTo(Math.exp(mean(r)) * error(r), 9)
    expect(found.logRatio.value).toBeCloseTo(mean(c.map((x, i) => x - r[i]!)), 12)
    // Of the differences of the same tokens.
    expect(found.logRatio.error).toBeCloseTo(error(c.map((x, i) => x - r[i]!)), 9)
    expect(found.ratio).toEqual({ value: expect.closeTo(ratio, 9), error: expect.closeTo(ratio * spread, 9) })
    expect(found.correlation).toBeCloseTo(covariance(c, r) / (error(c) * error(r)), 9)
    const [ppl, base] = [Math.exp(mean(c)), Math.exp(mean(r))]
    const both = (ppl * error(c)) ** 2 + (base * error(r)) ** 2 - 2 * ppl * base * covariance(c, r)
    expect(found.difference.value).toBeCloseTo(ppl - base, 9)
    expect(found.difference.error).toBeCloseTo(Math.sqrt(both), 9)
  })

  it('has KL and Δp of the correct token with their quantiles', () => {
    expect(found.kl.value).toBeCloseTo(mean(figures.kl), 12)
    expect(found.kl.error).toBeCloseTo(error(figures.kl), 12)
    expect(found.deltaP.value).toBeCloseTo(mean(deltaP), 12)
    expect(found.deltaP.error).toBeCloseTo(error(deltaP), 12)
    const squares = deltaP.map((x) => x * x)
    expect(found.deltaPRms.value).toBeCloseTo(Math.sqrt(mean(squares)), 12)
    expect(found.deltaPRms.error).toBeCloseTo(error(squares) / (2 * Math.sqrt(mean(squares))), 12)
    // 401 tokens: every one of these quantiles but the outermost two falls on a token.
    for (const [values, quantiles] of [
      [figures.kl, found.klQuantiles],
      [deltaP, found.deltaPQuantiles],
    ] as const) {
      const ascending = [...values].sort((a, b) => a - b)
      for (const [i, q] of TOKEN_QUANTILES.entries()) {
        const [below, above] = [Math.floor(q * 400 + 1e-9), Math.ceil(q * 400 - 1e-9)]
        const part = q * 400 - below
        expect(quantiles[i]).toBeCloseTo(ascending[below]! * (1 - part) + ascending[above]! * part, 12)
      }
    }
    expect(found.sameTop.value).toBeCloseTo(agreements / TOKENS, 12)
    const share = agreements / TOKENS
    expect(found.sameTop.error).toBeCloseTo(Math.sqrt((share * (1 - share)) / (TOKENS - 1)), 12)
  })

  it('of identical models says that nothing changed', () => {
    const same = tokenStatistics({ ...figures, candidateLoss: r, kl: r.map(() => 0) }, TOKENS)
    expect(same.ratio).toEqual({ value: 1, error: expect.closeTo(0, 9) })
    expect(same.correlation).toBeCloseTo(1, 12)
    expect(same.deltaPRms).toEqual({ value: 0, error: 0 })
    expect(same.sameTop).toEqual({ value: 1, error: 0 })
  })

  it('of one token knows no error', () => {
    const one = tokenStatistics({ referenceLoss: [1], candidateLoss: [2], kl: [0.5] }, 0)
    expect([one.kl.error, one.ratio.error, one.sameTop.error, one.correlation]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})

describe('by the reference’s confidence', () => {
  const SAMPLING: Sampling = { method: 'half-samples', documents: 400, degrees: 'shared-part' }
  const bucketSums = CONFIDENCE_EDGES.slice(1).map((_, b) => {
    const groups = {
      tokens: [0, 0, 0, 0, 0, 0, 0, 0],
      kl: new Array<number>(GROUPS).fill(0),
      agreements: new Array<number>(GROUPS).fill(0),
    }
    for (const [i, token] of tokens.entries()) {
      if (bucketOf(token.top) !== b) continue
      const g = i % GROUPS
      groups.tokens[g]! += 1
      groups.kl[g]! += token.kl
      groups.agreements[g]! += token.agrees
    }
    return groups
  })
  const found = summarizeBuckets(bucketSums, SAMPLING, 0.95)

  it('every token is in one bucket, whose figures are plain means', () => {
    expect(found.reduce((sum, { scoredTokens }) => sum + scoredTokens, 0)).toBe(TOKENS)
    for (const { from, to, scoredTokens, klMean, top1Agreement } of found) {
      const own = tokens.filter(({ top }) => top >= from && (top < to || to === 1))
      expect(own.length).toBeGreaterThan(0)
      expect(scoredTokens).toBe(own.length)
      expect(klMean).toBeCloseTo(mean(own.map(({ kl }) => kl)), 12)
      expect(top1Agreement).toBeCloseTo(mean(own.map(({ agrees }) => agrees)), 12)
    }
  })

  it('an interval holds its value, and there is none where a token group has no token', () => {
    const full = found[2]!
    expect(full.klMeanCi![0]).toBeLessThan(full.klMean!)
    expect(full.klMeanCi![1]).toBeGreaterThan(full.klMean!)
    const thin = {
      tokens: [0, 3, 3, 3, 3, 3, 3, 3],
      kl: [0, 1, 1, 2, 1, 1, 1, 1],
      agreements: [0, 1, 1, 1, 1, 1, 1, 1],
    }
    const [none] = summarizeBuckets([thin], SAMPLING, 0.95)
    expect(none).toMatchObject({ scoredTokens: 21, klMeanCi: null, top1AgreementCi: null })
    const empty = new Array<number>(GROUPS).fill(0)
    const [nothing] = summarizeBuckets([{ tokens: empty, kl: empty, agreements: empty }], SAMPLING, 0.95)
    expect(nothing).toMatchObject({ scoredTokens: 0, klMean: null, top1Agreement: null })
  })

  it('tokens that all agree leave room for some that do not', () => {
    const tens = new Array<number>(GROUPS).fill(10)
    const [all] = summarizeBuckets([{ tokens: tens, kl: tens, agreements: tens }], SAMPLING, 0.95)
    // 80 tokens: 0.95 is passed by all of them in 1.65 % of texts, 0.9549 in 2.5 %.
    expect(all!.top1AgreementCi).toEqual([expect.closeTo(0.025 ** (1 / 80), 12), 1])
  })

  it.each([
    [0, 0],
    [0.2499999, 0],
    [0.25, 1],
    [0.75, 3],
    [0.95, 4],
    [1, 4],
    [1 + 1e-7, 4],
  ])('%d falls into bucket %i', (probability, bucket) => {
    expect(bucketOf(probability)).toBe(bucket)
  })
})
