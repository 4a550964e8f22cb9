/** @file Properties of the operators, and both against formulas written out naively. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prunedCount, pruneMagnitude } from '../../src/compression/prune.ts'
import { type Channels, roundingRemainder, roundToNearest } from '../../src/compression/round-to-nearest.ts'

const matrix = fc
  .record({
    out: fc.integer({ min: 1, max: 6 }),
    in: fc.integer({ min: 1, max: 9 }),
    layout: fc.constantFrom<Channels['layout']>('out-in', 'in-out'),
  })
  .chain((channels) =>
    fc.record({
      channels: fc.constant(channels),
      weight: fc
        .array(
          fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 0.5, -0.5)),
          {
            minLength: channels.out * channels.in,
            maxLength: channels.out * channels.in,
          },
        )
        .map((values) => Float32Array.from(values)),
    }),
  )
const rounding = fc.record({
  bits: fc.integer({ min: 2, max: 8 }),
  group: fc.option(fc.integer({ min: 1, max: 10 })),
})

/** Half to even by looking at the fraction, not by the processor's rounding. */
function halfEven(x: number): number {
  const floor = Math.floor(x)
  if (x - floor !== 0.5) return Math.round(x)
  return floor % 2 === 0 ? floor : floor + 1
}

/** Before the product is rounded to float32. */
function naive(weight: Float32Array, channels: Channels, bits: number, group: number | null): number[] {
  const at = (o: number, i: number) =>
    channels.layout === 'out-in' ? o * channels.in + i : i * channels.out + o
  const result = Array.from(weight, () => 0)
  const qmax = 2 ** (bits - 1) - 1
  const size = group ?? channels.in
  for (let o = 0; o < channels.out; o++) {
    for (let i = 0; i < channels.in; i++) {
      const begin = Math.floor(i / size) * size
      const peers = Array.from(
        { length: Math.min(size, channels.in - begin) },
        (_, n) => weight[at(o, begin + n)]!,
      )
      const scale = Math.max(...peers.map(Math.abs)) / qmax
      if (scale === 0) continue
      const q = Math.min(Math.max(halfEven(weight[at(o, i)]! / scale), -qmax - 1), qmax)
      result[at(o, i)] = q * scale
    }
  }
  return result
}
const plain = (values: ArrayLike<number>) => Array.from(values, (value) => value + 0)

describe('roundToNearest', () => {
  it('is the formula, in both layouts, with and without groups', () => {
    fc.assert(
      fc.property(matrix, rounding, ({ weight, channels }, { bits, group }) => {
        const got = roundToNearest(weight, channels, { bits, group })
        expect(plain(got)).toEqual(plain(naive(weight, channels, bits, group).map(Math.fround)))
      }),
      { numRuns: 300 },
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(matrix, rounding, ({ weight, channels }, how) => {
        const once = roundToNearest(weight, channels, how)
        expect(plain(roundToNearest(once, channels, how))).toEqual(plain(once))
      }),
      { numRuns: 300 },
    )
  })

  it('gives a whole matrix one scale where that is asked for, in both layouts', () => {
    fc.assert(
      fc.property(matrix, fc.integer({ min: 2, max: 8 }), ({ weight, channels }, bits) => {
        const got = roundToNearest(weight, channels, { bits, group: null, scale: 'tensor' })
        // As one channel, in the order in which it is stored.
        const one: Channels = { out: 1, in: weight.length, layout: 'out-in' }
        expect(plain(got)).toEqual(plain(naive(weight, one, bits, null).map(Math.fround)))
      }),
      { numRuns: 300 },
    )
  })

  it('rounds halves to even', () => {
    const channels: Channels = { out: 1, in: 5, layout: 'out-in' }
    const weight = Float32Array.of(7, 0.5, 1.5, 2.5, -2.5) // scale 1 at four bits
    expect(plain(roundToNearest(weight, channels, { bits: 4, group: null }))).toEqual([7, 0, 2, 2, -2])
  })

  it('gives the shorter last group its own scale', () => {
    const channels: Channels = { out: 1, in: 3, layout: 'out-in' }
    // Scales of 1 and of 0.5 / 127; with one scale of 1 the last, a half, rounds to even.
    const rounded = roundToNearest(Float32Array.of(127, 0.3, 0.5), channels, { bits: 8, group: 2 })
    expect(plain(rounded)).toEqual([127, 0, 0.5])
    const together = roundToNearest(Float32Array.of(127, 0.3, 0.5), channels, { bits: 8, group: null })
    expect(plain(together)).toEqual([127, 0, 0])
  })

  it('leaves its input alone and turns what is not finite into NaN', () => {
    const weight = Float32Array.of(1, Number.POSITIVE_INFINITY)
    const rounded = roundToNearest(weight, { out: 1, in: 2, layout: 'out-in' }, { bits: 4, group: null })
    expect(Array.from(weight)).toEqual([1, Number.POSITIVE_INFINITY])
    expect(rounded.some(Number.isNaN)).toBe(true)
  })
})

describe('roundToNearest of rows and of columns', () => {
  // Rows of equal runs go through the processor's vectors, several at a time; columns, and runs of other lengths, do not.
  it.each([
    [45, 70, 32],
    [45, 72, 24],
    [5, 9000, null],
    [2, 70_000, 8],
    [2, 70_000, null],
  ])('is the same in both layouts, %i × %i in groups of %s, to the sign of a zero', (out, inputs, group) => {
    const odd = [0, -0, 2 ** -149, Number.POSITIVE_INFINITY, Number.NaN, -1e-30]
    const rows = Float32Array.from({ length: out * inputs }, (_, i) => {
      if (i < inputs) return i % 2 === 0 ? 0 : -0
      return i % 4099 === 7 ? odd[i % odd.length]! : Math.sin(i * 1.7) * (1 + (i % 13))
    })
    const columns = rows.map((_, i) => rows[(i % out) * inputs + Math.floor(i / out)]!)
    const how = { bits: 5, group }
    const a = roundToNearest(rows, { out, in: inputs, layout: 'out-in' }, how)
    const b = roundToNearest(columns, { out, in: inputs, layout: 'in-out' }, how)
    const isWrong = (value: number, i: number) =>
      !Object.is(value, a[(i % out) * inputs + Math.floor(i / out)])
    expect(b.findIndex(isWrong)).toBe(-1)
    expect(a.slice(0, inputs).every((value) => Object.is(value, 0))).toBe(true)
  })
})

describe('roundingRemainder', () => {
  it('is q · scale to 48 bits together with its remainder', () => {
    fc.assert(
      fc.property(matrix, rounding, ({ channels, weight }, { bits, group }) => {
        const how = { bits, group }
        const products = naive(weight, channels, bits, group)
        const rounded = roundToNearest(weight, channels, how)
        const remainder = roundingRemainder(weight, channels, how)
        for (let i = 0; i < weight.length; i++) {
          const exact = products[i]!
          const apart = Math.abs(rounded[i]! + remainder[i]! - exact)
          // Below the smallest float32 there is nothing to keep.
          expect(apart).toBeLessThanOrEqual(2 ** -48 * Math.abs(exact) + 2 ** -149)
        }
      }),
    )
  })
})

describe('pruneMagnitude', () => {
  const weights = fc
    .array(fc.oneof(fc.float({ noNaN: true }), fc.integer({ min: -3, max: 3 })), {
      minLength: 1,
      maxLength: 200,
    })
    .map((values) => Float32Array.from(values, (value) => (value === 0 ? 1 : value)))

  it('zeroes what a stable sort by magnitude puts first, exactly ⌊s·n⌋ of them', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 0.999, noNaN: true }), (weight, sparsity) => {
        const order = Array.from(weight.keys()).sort(
          (a, b) => Math.abs(weight[a]!) - Math.abs(weight[b]!) || a - b,
        )
        const gone = new Set(order.slice(0, Math.floor(sparsity * weight.length)))
        const pruned = pruneMagnitude(weight, { sparsity })
        expect(plain(pruned)).toEqual(Array.from(weight, (w, i) => (gone.has(i) ? 0 : w)))
        expect(pruned.filter((w) => w === 0).length).toBe(prunedCount(weight.length, sparsity))
      }),
      { numRuns: 300 },
    )
  })

  it('counts zeros that are already there, of either sign', () => {
    expect(plain(pruneMagnitude(Float32Array.of(3, -0, 0, 1), { sparsity: 0.5 }))).toEqual([3, 0, 0, 1])
  })
})
