/** @file What differs between two rotary embeddings, in words that a config can be compared with. */
import { describe, expect, it } from 'vitest'
import { rotaryDifferences } from '../../src/audit/subjects/same/rotary.ts'
import type { RotarySpec } from '../../src/models/decoder-spec.ts'

const same = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.max(Math.abs(a), Math.abs(b))

function rotary(base: number, factor = 1, size = 16): RotarySpec {
  const inverseFrequency = Array.from({ length: size / 2 }, (_, i) => base ** ((-2 * i) / size) / factor)
  return { size, pairing: 'half', inverseFrequency, amplitude: 1 }
}

const words = (a: RotarySpec | null, b: RotarySpec | null): readonly string[] =>
  rotaryDifferences(a, b, same).map(({ what, found, expected }) => `${what}: ${found}, ${expected}`)

describe('rotary embeddings', () => {
  const plain = rotary(10_000)

  it.each([
    ['the base', rotary(500_000), ['rotary base: 500000, 10000']],
    ['a factor', rotary(10_000, 4), ['rotary scaling factor: 4, 1']],
    ['both', rotary(500, 2), ['rotary base: 500, 10000', 'rotary scaling factor: 2, 1']],
    ['the size', rotary(10_000, 1, 8), ['number of rotated dimensions: 8, 16']],
    [
      'the pairing',
      { ...plain, pairing: 'interleaved' },
      ['pairing of rotated dimensions: interleaved, half'],
    ],
    ['the amplitude', { ...plain, amplitude: 1.2 }, ['rotary amplitude: 1.2, 1']],
    ['that there is none', null, ['rotary embedding: null, present']],
  ] as const)('differ in %s', (_, found, expected) => {
    expect(words(found, plain)).toEqual(expected)
  })

  it('differ in single pairs where scaling treats pairs apart', () => {
    const { inverseFrequency } = plain
    const scaled = { ...plain, inverseFrequency: inverseFrequency.map((f, i) => (i < 5 ? f : f / 8)) }
    expect(words(scaled, plain)).toEqual([
      'rotary angle of pair 5 (of 3 pairs that turn otherwise): 0.000395285, 0.00316228',
    ])
  })

  it('are the same within what float32 keeps of a base', () => {
    expect(words(rotary(Math.fround(10_000.001)), plain)).toEqual([])
    expect(words(null, null)).toEqual([])
  })
})
