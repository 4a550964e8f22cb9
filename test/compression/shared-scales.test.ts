/** @file Rounding in bfloat16 and pruning with ties, against what is worked out by hand. */
import { expect, it } from 'vitest'
import { pruneWithTies } from '../../src/compression/prune.ts'
import { roundShared } from '../../src/compression/shared-scales.ts'
import { parseCompression } from '../../src/compression/spec.ts'

it('rounds scale, quotient and product to bfloat16, and −128 can come out of 8 bits', () => {
  const one = (...weights: number[]) => [
    ...roundShared(
      Float64Array.from(weights),
      { out: 1, in: weights.length, period: 1 },
      { bits: 8, arithmetic: 'bfloat16' },
    ),
  ]
  // As PyTorch 1.13 computes it in bfloat16: q is −127 and 96; then −128, clamped on the other side to 127.
  expect(one(-1, 0.75)).toEqual([-1, 0.7578125])
  expect(one(-1.328125, 0.75)).toEqual([-1.3359375, 0.75])
  expect(one(1.328125)).toEqual([1.328125])
})

it('shares a scale between channels that are equal modulo the period', () => {
  const weight = Float64Array.of(31, 1, 15, 3)
  const shape = { out: 4, in: 1, period: 2 }
  // Scales 1 (of 31 and 15) and 3/31 (of 1 and 3).
  const rounded = roundShared(weight, shape, { bits: 6 })
  const scale = 3 / 31
  expect([...rounded]).toEqual([31, Math.fround(10 * scale), 15, Math.fround(31 * scale)])
  expect([...roundShared(new Float64Array(4), shape, { bits: 6 })]).toEqual([0, 0, 0, 0])
})

it('prunes all that is tied with the k-th smallest', () => {
  const weight = Float32Array.of(0.5, -1, 1, 2, 1, -3)
  expect([...pruneWithTies(weight, { sparsity: 0.34 })]).toEqual([0, 0, 0, 2, 0, -3])
  expect([...pruneWithTies(weight, { sparsity: 0.1 })]).toEqual([...weight])
})

it.each([
  ['rtn:6,layout=transformerlens', { method: 'rtn', bits: 6, group: null, layout: 'transformerlens' }],
  ['rtn:8,arithmetic=bfloat16', { method: 'rtn', bits: 8, group: null, arithmetic: 'bfloat16' }],
  ['rtn:4,layout=rows,group=32', { method: 'rtn', bits: 4, group: 32 }],
  ['prune:0.2,arithmetic=bfloat16', { method: 'prune', sparsity: 0.2, arithmetic: 'bfloat16' }],
  ['prune:0.175,layout=transformerlens', { method: 'prune', sparsity: 0.175, layout: 'transformerlens' }],
])('reads %s', (spec, how) => {
  expect(parseCompression(spec)).toEqual(how)
})

it.each([
  ['rtn:6,layout=huggingface', 'rows or transformerlens'],
  ['rtn:6,layout=rows,layout=rows', 'given twice'],
  ['rtn:6,arithmetic=float16', 'float64 or bfloat16'],
  ['rtn:4,group=32,layout=transformerlens', 'rows layout'],
  ['prune:0.2,arithmetic=float16', 'float64 or bfloat16'],
])('refuses %s', (spec, words) => {
  expect(() => parseCompression(spec)).toThrow(words)
})
