/** @file Each packing: encode by the published rule, decode, and find exactly what the rule says. */
import { describe, expect, it } from 'vitest'
import { decodePacked } from '../../../src/checkpoints/packed/decode-packed.ts'
import { randomWeights, seeded, stored } from './encoders/bytes.ts'
import { rawTable } from './encoders/encoder.ts'
import { ENCODERS } from './encoders/index.ts'

const LAYER = 'model.layers.0.mlp.up_proj'

/** A norm, an embedding and the packed layer. */
const surroundings = {
  'model.embed_tokens.weight': stored('F32', [2, 3], [1, 2, 3, 4, 5, 6]),
  'model.norm.weight': stored('F32', [3], [1, 1, 1]),
}

describe.each(ENCODERS)('$name', (encoder) => {
  const random = seeded(7)
  const weight = { N: 96, K: 192, values: randomWeights(96 * 192, random) }
  const { tensors, metadata, expected } = encoder.encode(LAYER, weight, random)
  const { raw, plain } = rawTable({ ...surroundings, ...tensors }, metadata)

  it('decodes to the values of the rule', async () => {
    const packed = await decodePacked(raw, plain, { quantization_config: encoder.config })
    const entry = packed?.table.entries.get(`${LAYER}.weight`)
    expect(entry?.storedAs).toBe(encoder.storedAs)
    expect(entry?.shape).toEqual([96, 192])
    const read = await packed!.table.read(`${LAYER}.weight`)
    expect(read.type).toBe('float32')
    expect(firstDifference(read.data, expected)).toBeNull()
    // The rule's values must be near the weights, or encoder and decoder would agree on nonsense.
    // One bit between the extremes of 64 values is that bad; the next best packing is below 0.5.
    expect(relativeError(expected, weight.values)).toBeLessThan(
      encoder.storedAs.includes('1-bit') ? 1.6 : 0.5,
    )
  })

  it('shows the weight and hides its parts', async () => {
    const packed = await decodePacked(raw, plain, { quantization_config: encoder.config })
    expect([...packed!.table.entries.keys()].sort()).toEqual(
      ['model.embed_tokens.weight', 'model.norm.weight', `${LAYER}.weight`].sort(),
    )
    expect(packed!.unquantized).toEqual(['model.embed_tokens'])
    expect(packed!.rotation).toBeNull()
    const { tensors: count, parameters, bits } = packed!.describe
    expect([count, parameters]).toEqual([1, 96 * 192])
    expect(bits).toBeGreaterThan(1)
    expect(bits).toBeLessThan(10)
  })
})

function firstDifference(found: ArrayLike<number>, expected: Float32Array): string | null {
  if (found.length !== expected.length) return `${found.length} values, not ${expected.length}`
  for (let i = 0; i < expected.length; i++) {
    if (found[i] !== expected[i]) return `at ${i}: ${found[i]}, not ${expected[i]}`
  }
  return null
}

function relativeError(found: Float32Array, wanted: Float32Array): number {
  let error = 0
  let norm = 0
  for (let i = 0; i < wanted.length; i++) {
    error += (found[i]! - wanted[i]!) ** 2
    norm += wanted[i]! ** 2
  }
  return Math.sqrt(error / norm)
}
