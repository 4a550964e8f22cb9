/**
 * @file Engine noise: what an audit in emulated 16 bit says of its own arithmetic, and that it says nothing in float32. The sizes are what
 * the rounding to 8 and 11 bits makes of the fixture; a report's counts are within what they explain.
 *
 * @module-tag slow
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { weightRoundingWarnings } from '../../src/audit/noise/weight-rounding.ts'
import { evenlySpread } from '../../src/audit/text/few-sequences.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { decoderOf } from '../models/run-program.ts'
import { randomModel, tableOf } from '../oracle/random-model.ts'
import { audit, GEMMA2, NEOX } from './golden-audit.ts'

const SHORT = { tokens: 6000, blockLength: 128 } as const

describe.each([
  ['NeoX', 'float16', { ...NEOX, saes: NEOX.saes.slice(1) }],
  ['Gemma 2', 'bfloat16', GEMMA2],
] as const)('%s, stored in %s', (_, stored, whole) => {
  const config = { ...whole, candidates: ['rtn:5'], corpus: { ...whole.corpus, ...SHORT }, groups: 8 }
  const measured = new Map<string, Measurement>()
  beforeAll(async () => {
    for (const precision of ['float32', 'float16', 'bfloat16'] as const)
      measured.set(precision, await audit({ ...config, precision }))
  })
  const of = (precision: string) => {
    const found = measured.get(precision)
    if (found === undefined) throw new RangeError(precision)
    const [candidate] = found.report.candidates
    const [features] = candidate?.features ?? []
    if (candidate === undefined || features === undefined) throw new RangeError('no candidate')
    return { ...found, tool: found.report.tool, candidate, features }
  }

  it('is not told in float32, which is what it is measured against', () => {
    const { tool, report } = of('float32')
    expect([tool.engineNoise, tool.emulated, tool.operands]).toEqual([undefined, undefined, 'float32'])
    expect(report.notes).toBeUndefined()
  })

  it.each([
    ['float16', 1e-7, 1e-3],
    ['bfloat16', 1e-5, 5e-3],
  ] as const)('%s is as far from float32 as its digits', (precision, least, most) => {
    const { tool, report } = of(precision)
    expect(tool).toMatchObject({ operands: precision, emulated: true, accumulation: 'float32' })
    const noise = tool.engineNoise
    const [at] = noise?.readouts ?? []
    expect(noise?.tokens).toBe(2048)
    expect(noise?.klMean).toBeGreaterThan(0)
    expect(noise?.klMean).toBeLessThan(most)
    expect(at?.residualError).toBeGreaterThan(1e-5)
    expect(1 - (at?.meanCorrelation ?? 0)).toBeGreaterThan(least / 1e3)
    expect(1 - (at?.meanCorrelation ?? 0)).toBeLessThan(most)
    expect(at?.changedFirings).toBeLessThan(0.02 * (at?.firings ?? 0))
    expect(report.notes?.join()).toContain('engine noise')
    // The candidate's weights are multiples of its scales: no type of 16 bits has them.
    const rounded = report.warnings.filter((one) => one.includes(`rounded to ${precision}`))
    expect(rounded).toHaveLength(precision === stored ? 1 : 2)
  })

  it.each(['float16', 'bfloat16'] as const)(
    '%s: the figures differ from float32’s by no more than it explains',
    (precision) => {
      const [exact, found] = [of('float32'), of(precision)]
      const [at] = found.tool.engineNoise?.readouts ?? []
      // Two models are turned, each by the angle whose cosine is the ρ that 95 % of the features are above.
      const angle = 2 * Math.acos(at?.fifthPercentile ?? 0)
      const rho = (of: typeof exact) => of.evidence[0]?.table.correlation ?? new Float64Array()
      const outside = (limit: number): number =>
        rho(exact).filter((one) => Math.abs(Math.acos(one) - Math.acos(limit)) <= angle).length
      const moved = Math.abs(found.features.survived.count - exact.features.survived.count)
      expect(moved).toBeLessThanOrEqual(outside(0.9))
      expect(Math.abs(found.features.damaged.count - exact.features.damaged.count)).toBeLessThanOrEqual(
        outside(0.5),
      )
      const loss = (of: typeof exact) => of.candidate.perplexity.chunked?.candidateLoss ?? Number.NaN
      expect(Math.abs(loss(found) / loss(exact) - 1)).toBeLessThan(precision === 'float16' ? 1e-4 : 2e-3)
      const kl = (of: typeof exact) => of.candidate.divergence?.klMean ?? Number.NaN
      expect(Math.abs(kl(found) / kl(exact) - 1)).toBeLessThan(precision === 'float16' ? 1e-3 : 2e-2)
    },
  )
})

/** Of values without a pattern, rounded to so many bits: 2^−bits / √3 at the start of an octave, half of that at its end. */
const ROUNDING = { float16: 2 ** -11, bfloat16: 2 ** -8 } as const

describe('weights that are no numbers of 16 bits', () => {
  it.each(['float16', 'bfloat16'] as const)('%s: are told with the size of the rounding', async (type) => {
    const device = { kind: 'cuda', threads: 1, bodyType: type } as const
    const random = randomModel('llama', 1)
    const decoder = decoderOf(random)
    const tensors = tableOf(random.tensors)
    const model = { name: 'a', decoder, tensors }
    const [warning = '', ...more] = await weightRoundingWarnings(device, [model])
    expect(more).toEqual([])
    const size = Number(/moves them by (\S+) of their size/.exec(warning)?.[1])
    expect(size).toBeGreaterThan(ROUNDING[type] / Math.sqrt(3) / 2)
    expect(size).toBeLessThan(ROUNDING[type] / Math.sqrt(3))
  })

  it('are not where nothing is rounded', async () => {
    const random = randomModel('llama', 1)
    const decoder = decoderOf(random)
    const powers = new Map(
      [...random.tensors].map(
        ([name, { shape, data }]) => [name, { shape, data: data.map(Math.sign) }] as const,
      ),
    )
    const device = { kind: 'cuda', threads: 1, bodyType: 'bfloat16' } as const
    const model = { name: 'a', decoder, tensors: tableOf(powers) }
    expect(await weightRoundingWarnings(device, [model])).toEqual([])
    const own = { ...model, tensors: tableOf(random.tensors) }
    expect(await weightRoundingWarnings({ ...device, bodyType: 'float32' }, [own])).toEqual([])
  })
})

describe('the sequences that are computed twice', () => {
  it.each([
    [100, 128, 2048, [3, 9, 15, 21, 28, 34, 40, 46, 53, 59, 65, 71, 78, 84, 90, 96]],
    [3, 128, 2048, [0, 1, 2]],
    [10, 4096, 2048, [5]],
  ])('%i of %i', (sequences, length, tokens, chosen) => {
    expect(evenlySpread(sequences, length, tokens)).toEqual(chosen)
  })
})
