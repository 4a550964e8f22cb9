/** @file What llama-perplexity prints, read: samples in the form of its tools/perplexity/perplexity.cpp. */
import { describe, expect, it } from 'vitest'
import { llamaText, readDivergence, readPerplexity } from '../../bench/llama.ts'

const ALONE = `perplexity: tokenizing the input ..
perplexity: tokenization took 312.4 ms
perplexity: calculating perplexity over 4 chunks, n_ctx=512, batch_size=2048, n_seq=4
perplexity: 2.05 seconds per pass - ETA 0.03 minutes
[1]4.2177,[2]4.7310,[3]5.5942,[4]6.2015,
Final estimate: PPL = 6.2015 +/- 0.31702

llama_perf_context_print:        load time =     231.08 ms
`
const BESIDE = `kl_divergence: 1.92 seconds per pass - ETA 0.02 minutes

chunk             PPL               ln(PPL(Q)/PPL(base))          KL Divergence              Δp RMS            Same top p
   1       4.2343 ±    0.5671       0.00394 ±    0.00321       0.00211 ±    0.00027     1.311 ±  0.134 %    96.863 ±  1.094 %
   2       4.7402 ±    0.4700       0.00194 ±    0.00214       0.00236 ±    0.00021     1.402 ±  0.101 %    97.255 ±  0.725 %

====== Perplexity statistics ======
Mean PPL(Q)                   :   6.211873 ±   0.317690
Mean PPL(base)                :   6.201541 ±   0.317022

====== KL divergence statistics ======
Mean    KLD:   0.002511 ±   0.000160
Maximum KLD:   0.071228
99.9%   KLD:   0.058117
Median  KLD:   0.001201
Minimum KLD:  -0.000041

====== Token probability statistics ======
Mean    Δp: -0.021 ± 0.044 %
RMS Δp    :  1.411 ± 0.073 %
Same top p: 96.961 ± 0.537 %
`

describe('what llama-perplexity prints', () => {
  it('of one model', () => {
    expect(readPerplexity(ALONE)).toEqual({ chunks: 4, perplexity: 6.2015 })
  })

  it('of a model beside the base: the last figures, not those of a chunk', () => {
    const { klMean, top1Agreement } = readDivergence(BESIDE)
    expect(klMean).toBe(0.002511)
    expect(top1Agreement).toBeCloseTo(0.96961, 10)
  })

  it('is refused where it ends early, and never taken for 0', () => {
    expect(() => readPerplexity(ALONE.replace(/Final[^\n]*/, ''))).toThrow(/nothing like Final estimate/)
    expect(() => readPerplexity('Final estimate: PPL = 6.2 +/- 0.1')).toThrow(/no chunk/)
    expect(() => readDivergence(BESIDE.replace(/Mean {4}KLD[^\n]*/, ''))).toThrow(/nothing like Mean/)
  })
})

it('says how many times as long the audit took, by the quickest run of each', () => {
  const text = llamaText({
    tokens: 65_536,
    chunks: 128,
    audit: [95, 90],
    perplexityAlone: [100, 110],
    divergence: [181, 180],
    figures: {
      saegate: { klMean: 0.0025, top1Agreement: 0.9696 },
      llama: { chunks: 128, perplexity: 6.2, klMean: 0.002511, top1Agreement: 0.96961 },
    },
  })
  expect(text).toContain('the audit without an SAE 90.0 s')
  expect(text).toContain('alone 100.0 s (the audit takes 0.90 × that)')
  expect(text).toContain('its procedure for KL 180.0 s (0.50 ×)')
})
