import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstNonFinite, firstUnusable, firstUnusable16 } from '../../src/numbers/finite.ts'
import { narrowToBfloat16, narrowToFloat16, widenBfloat16, widenFloat16 } from '../../src/numbers/float16.ts'

const ALL = Uint16Array.from({ length: 65536 }, (_, i) => i)

/** The definitions, in float64. */
function float16Value(pattern: number): number {
  const sign = pattern >> 15 ? -1 : 1
  const exponent = (pattern >> 10) & 31
  const fraction = pattern & 1023
  if (exponent === 31) return fraction ? Number.NaN : sign / 0
  return exponent === 0 ? (sign * fraction) / 2 ** 24 : sign * 2 ** (exponent - 15) * (1 + fraction / 1024)
}

function bfloat16Value(pattern: number): number {
  const sign = pattern >> 15 ? -1 : 1
  const exponent = (pattern >> 7) & 255
  const fraction = pattern & 127
  if (exponent === 255) return fraction ? Number.NaN : sign / 0
  return exponent === 0
    ? sign * 2 ** -126 * (fraction / 128)
    : sign * 2 ** (exponent - 127) * (1 + fraction / 128)
}

const formats = [
  { type: 'float16', value: float16Value, widen: widenFloat16, narrow: narrowToFloat16, infinity: 0x7c00 },
  {
    type: 'bfloat16',
    value: bfloat16Value,
    widen: widenBfloat16,
    narrow: narrowToBfloat16,
    infinity: 0x7f80,
  },
] as const

describe.each(formats)('$type', ({ type, value, widen, narrow, infinity }) => {
  const wide = new Float32Array(65536)
  widen(ALL, wide)
  const narrowOne = (x: number) => {
    const target = new Uint16Array(1)
    narrow(Float32Array.of(x), target)
    return target[0] ?? Number.NaN
  }

  it('widens all 65,536 patterns by the definition', () => {
    expect([...ALL].filter((i) => !Object.is(wide[i], value(i)))).toEqual([])
  })

  it('narrows every value back to its pattern; NaN stays NaN with its sign', () => {
    const back = new Uint16Array(65536)
    narrow(wide, back)
    const kept = (i: number) => (Number.isNaN(value(i)) ? Number.isNaN(value(back[i] ?? 0)) : back[i] === i)
    expect([...ALL].filter((i) => !kept(i) || ((back[i] ?? 0) ^ i) & 0x8000)).toEqual([])
  })

  it('rounds midpoints between neighbours to the even pattern, and what is beside them to the nearer', () => {
    const wrong: number[] = []
    for (let i = 0; i < infinity - 1; i++) {
      const middle = (value(i) + value(i + 1)) / 2
      const even = i % 2 === 0 ? i : i + 1
      const right =
        Math.fround(middle) === middle &&
        narrowOne(middle) === even &&
        narrowOne(-middle) === (even | 0x8000) &&
        narrowOne(beside(middle, -1)) === i &&
        narrowOne(beside(middle, 1)) === i + 1
      if (!right) wrong.push(i)
    }
    expect(wrong).toEqual([])
  })

  it('becomes infinity from half a step above the largest value', () => {
    const largest = value(infinity - 1)
    const step = largest - value(infinity - 2)
    expect(narrowOne(beside(largest + step / 2, -1))).toBe(infinity - 1)
    expect(narrowOne(largest + step / 2)).toBe(infinity)
    expect(narrowOne(-1 / 0)).toBe(infinity | 0x8000)
  })

  it('finds the first pattern that no weight may have, and only such', () => {
    const found = (i: number) => firstUnusable16(Uint16Array.of(0, i, infinity), type)
    const isUsable = (i: number) => Math.abs(value(i)) < 2 ** 60
    expect([...ALL].filter((i) => found(i) !== (isUsable(i) ? 2 : 1))).toEqual([])
  })
})

it('finds the first float32 that is not finite', () => {
  fc.assert(
    fc.property(
      fc.nat(9000),
      fc.array(fc.oneof(fc.float(), fc.constantFrom(Number.NaN, 1 / 0))),
      (pad, some) => {
        const values = [...new Array<number>(pad).fill(-1), ...some]
        expect(firstNonFinite(Float32Array.from(values))).toBe(values.findIndex((x) => !Number.isFinite(x)))
      },
    ),
  )
})

it('finds the first float32 that no weight may have', () => {
  const edge = beside(2 ** 60, -1)
  const value = fc.oneof(
    fc.float(),
    fc.constantFrom(Number.NaN, -1 / 0, 2 ** 60, -(2 ** 60), edge, -edge, 1e38),
  )
  fc.assert(
    fc.property(fc.nat(9000), fc.array(value), (pad, some) => {
      const values = Float32Array.from([...new Array<number>(pad).fill(-1), ...some])
      expect(firstUnusable(values)).toBe(values.findIndex((x) => !(Math.abs(x) < 2 ** 60)))
    }),
  )
})

it('finds the first 16-bit pattern that is not finite wherever it stands, from any offset', () => {
  const place = fc.record({
    length: fc.integer({ min: 0, max: 20_000 }),
    offset: fc.nat(3),
    at: fc.array(fc.nat(20_000), { maxLength: 3 }),
    type: fc.constantFrom('float16' as const, 'bfloat16' as const),
  })
  fc.assert(
    fc.property(place, ({ length, offset, at, type }) => {
      const bad = type === 'float16' ? 0xfc00 : 0x5d80
      const patterns = new Uint16Array(new ArrayBuffer(2 * (length + offset)), 2 * offset, length).fill(
        bad - 0x81,
      )
      for (const i of at) if (i < length) patterns[i] = bad
      expect(firstUnusable16(patterns, type)).toBe(patterns.indexOf(bad))
    }),
  )
})

/** The next float32 above or below. */
function beside(x: number, direction: 1 | -1): number {
  const bits = new Int32Array(Float32Array.of(x).buffer)
  bits[0] = (bits[0] ?? 0) + (x < 0 ? -direction : direction)
  return new Float32Array(bits.buffer)[0] ?? Number.NaN
}
