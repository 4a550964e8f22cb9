/** @file Every GGUF block type: a naive formula, and the bytes and values of golden blocks that gguf 0.19.0 (Python) computed. */
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DECODABLE_TYPES, ggmlType } from '../../../src/checkpoints/gguf/quant-blocks/types.ts'
import { FORMULAS, f16, naiveDecode } from './naive-blocks.ts'

function decode(id: number, bytes: Uint8Array): Float32Array {
  const type = ggmlType(id)
  if (type === undefined || typeof type.decoding !== 'function') throw new Error(`type ${id} has no decoder`)
  const out = new Float32Array((bytes.length / type.blockBytes) * type.blockSize)
  type.decoding(bytes, out)
  return out
}

/** Bit patterns, all NaNs alike: their payload is nobody's business. */
const bits = (values: Float32Array) =>
  Uint32Array.from(new Uint32Array(values.buffer), (pattern, i) =>
    Number.isNaN(values[i]) ? 0x7fc00000 : pattern,
  )

const NAMES = Object.keys(FORMULAS)

describe.each(NAMES)('%s', (name) => {
  const { id, weights, bytes: blockBytes, halves } = FORMULAS[name]!

  it('has the published block size', () => {
    expect(ggmlType(id)).toMatchObject({ name, blockSize: weights, blockBytes })
  })

  it('decodes random blocks to the bits of the formula, infinite and NaN scales included', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3 * blockBytes, maxLength: 3 * blockBytes }), (bytes) => {
        expect(bits(decode(id, bytes))).toEqual(bits(naiveDecode(name, bytes)))
      }),
      { numRuns: 60 },
    )
  })

  it('depends on every byte of a block', () => {
    const block = Uint8Array.from({ length: blockBytes }, (_, i) => (37 * i + 11) % 251)
    for (const at of halves) block.set([0x00, 0x3c], at)
    if (name === 'MXFP4') block[0] = 127
    for (let i = 0; i < blockBytes; i++) {
      const changed = block.slice()
      changed[i] = changed[i]! ^ 0x55
      expect(decode(id, changed), `byte ${i}`).not.toEqual(decode(id, block))
    }
  })

  it("agrees with ggml's own Python package", async () => {
    const golden = JSON.parse(
      await readFile(new URL('../../../fixtures/gguf/blocks.json', import.meta.url), 'utf8'),
    )
    const bytes = Buffer.from(golden.types[name].bytes, 'base64')
    const values = Buffer.from(golden.types[name].float32, 'base64')
    const expected = new Float32Array(new Uint8Array(values).buffer)
    expect(expected.length).toBe(6 * weights)
    expect(bits(decode(id, bytes))).toEqual(bits(expected))
  })
})

describe('the table of types', () => {
  it('can decode these', () => {
    // rare-types.test.ts
    const rare = [
      'IQ1_S',
      'IQ1_M',
      'IQ2_XXS',
      'IQ2_XS',
      'IQ2_S',
      'IQ3_XXS',
      'IQ3_S',
      'TQ1_0',
      'TQ2_0',
      'NVFP4',
    ]
    expect([...DECODABLE_TYPES].sort()).toEqual(['F32', 'F16', 'BF16', ...NAMES, ...rare].sort())
  })

  it('reads halves as the oracle does', () => {
    for (const pattern of [0, 1, 0x3ff, 0x400, 0x3c00, 0x7bff, 0x8001, 0xfbff]) {
      const block = new Uint8Array(34)
      block.set([pattern & 255, pattern >> 8, 1])
      expect(decode(8, block)[0]).toBe(f16(block, 0))
    }
  })
})
