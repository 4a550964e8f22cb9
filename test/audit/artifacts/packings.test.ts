/**
 * @file Every packing of the reference's own weights, through a whole audit: beside it goes a plain folder with the values that
 * the packing's published rule decodes to, and the two must be measured alike.
 *
 * @module-tag slow
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CandidateReport } from '../../../src/contract/report/report-schema.ts'
import { present } from '../../../src/numbers/present.ts'
import type { Encoder } from '../../checkpoints/packed/encoders/encoder.ts'
import { ENCODERS } from '../../checkpoints/packed/encoders/index.ts'
import { compressedConfig, encodePackQuantized } from '../../checkpoints/packed/encoders/integers.ts'
import { decodedBy, isLinear, neox, Workshop } from './make.ts'
import { candidatesOf, klOf, SHORT, survivalOf } from './short.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

/** One block of six: encoding in plain loops is what takes time here. */
const oneBlock = (module: string): boolean => /layers\.2\./.test(module) && isLinear(module)

/** Those that are measured beside a plain folder with their values. */
const decoded = ENCODERS.map(({ name }, i) => ({ name, i }))
  .filter(({ name }) =>
    /^(gptq 4-bit g32 asymmetric v2|awq|bitsandbytes nf4 .*double|hqq 4-bit axis 1|pack-quantized int4 g32 dense asym|nvfp4|float-quantized.*block|fp8)/.test(
      name,
    ),
  )
  .slice(0, 8)
/** Every packing, then the plain folders. */
let found: readonly CandidateReport[] = []
beforeAll(async () => {
  const packed = ENCODERS.map((encoder, i) => workshop.packed(encoder, neox, `packed-${i}`, oneBlock))
  const plain = decoded.map(({ i }) =>
    workshop.plain(decodedBy(present(ENCODERS[i]), neox, oneBlock), `plain-${i}`),
  )
  found = await candidatesOf({
    ...SHORT,
    corpus: { ...SHORT.corpus, tokens: 512 },
    candidates: [...packed, ...plain],
    activations: 'ignore',
    groups: 4,
  })
})

describe('every packing, audited', () => {
  it.each(ENCODERS.map(({ name }, i) => [name, i] as const))('%s', (name, i) => {
    const candidate = found[i]
    const compression = candidate?.compression
    expect(
      candidate?.warnings.filter((w) => !/^config key|zero point of all ones|stored unquantized/.test(w)),
    ).toEqual([])
    expect(compression?.tensors).toBe(4)
    expect(compression?.parameters).toBe(12 * 128 * 128)
    expect(compression?.bits).toBeGreaterThan(0.9)
    expect(compression?.bits).toBeLessThan(10)
    expect(klOf(candidate)).toBeGreaterThan(0)
    expect(klOf(candidate)).toBeLessThan(/int8|8-bit|fp8|FP8|Float8/.test(name) ? 0.1 : 20)
    expect(survivalOf(candidate)).toBeGreaterThanOrEqual(0)
  })
})

describe('a packed checkpoint is measured as the plain one with the decoded values', () => {
  it.each(decoded.map(({ name, i }, k) => [name, i, k] as const))('%s', (_, i, k) => {
    const [packed, plain] = [found[i], found[ENCODERS.length + k]]
    expect(klOf(packed)).toBeGreaterThan(1e-5)
    expect(Math.abs(klOf(packed) - klOf(plain))).toBeLessThan(1e-6)
    expect(packed?.features[0]?.meanCorrelation).toBeCloseTo(plain?.features[0]?.meanCorrelation ?? 0, 5)
    expect(plain?.compression).toBeNull()
  })
})

it('fewer bits leave fewer features: 8 ≥ 6 ≥ 4 ≥ 3 bits', async () => {
  const candidates = [8, 6, 4, 3].map((bits) => {
    const options = { bits, strategy: 'channel', groupSize: null, symmetric: true } as const
    const encoder: Encoder = {
      name: `int${bits}`,
      config: compressedConfig('pack-quantized', {
        num_bits: bits,
        type: 'int',
        symmetric: true,
        strategy: 'channel',
      }),
      storedAs: '',
      encode: (module, weight, random) =>
        encodePackQuantized(module, weight, { ...options, layout: 'dense', actOrder: false }, random),
    }
    return workshop.packed(encoder, neox, `int${bits}`)
  })
  const found = await candidatesOf({ ...SHORT, candidates })
  const survival = found.map(survivalOf)
  expect(survival).toEqual(survival.toSorted((a, b) => b - a))
  expect(survival[0]).toBeGreaterThan(0.9)
  expect(survival[3]).toBeLessThan((survival[0] ?? 0) - 0.2)
  expect(found.map(({ compression }) => Math.round(compression?.bits ?? 0))).toEqual([8, 6, 4, 3])
})
