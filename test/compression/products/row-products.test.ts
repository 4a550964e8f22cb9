/** @file Products of rows against sums written out, to the bit. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addRowProducts } from '../../../src/compression/products/row-products.ts'

const size = fc.record({
  rows: fc.integer({ min: 1, max: 11 }),
  columns: fc.oneof(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 126, max: 263 })),
  depth: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 254, max: 520 })),
  sign: fc.constantFrom<1 | -1>(1, -1),
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
})

/** Of many sizes: where the order of a sum is another, its last bits are. */
function values(count: number, seed: number): Float64Array {
  let state = seed
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state / 2 ** 32 - 0.5) * 10 ** (state % 5)
  })
}

describe('products of rows', () => {
  it('are sums in the order of their terms, 256 terms at a time', () => {
    fc.assert(
      fc.property(size, ({ rows, columns, depth, sign, seed }) => {
        const [left, right] = [
          values(3 + rows * (depth + 2), seed),
          values(1 + columns * (depth + 1), seed + 1),
        ]
        const found = values(5 + rows * (columns + 3), seed + 2)
        const expected = found.slice()
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            for (let from = 0; from < depth; from += 256) {
              let sum = 0
              for (let p = from; p < Math.min(depth, from + 256); p++)
                sum += left[3 + i * (depth + 2) + p]! * right[1 + j * (depth + 1) + p]!
              expected[5 + i * (columns + 3) + j]! += sign * sum
            }
          }
        }
        addRowProducts(
          { data: found, start: 5, stride: columns + 3 },
          { data: left, start: 3, stride: depth + 2 },
          { data: right, start: 1, stride: depth + 1 },
          { rows, columns, depth, sign },
        )
        expect(found.findIndex((value, i) => value !== expected[i])).toBe(-1)
      }),
      { numRuns: 60 },
    )
  })
})
