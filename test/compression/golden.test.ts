/** @file The operators against weights.json: integers, scales, thresholds and ties of every projection of both models. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pruneMagnitude, pruneWithTies } from '../../src/compression/prune.ts'
import { roundToNearest } from '../../src/compression/round-to-nearest.ts'
import { narrowToBfloat16 } from '../../src/numbers/float16.ts'
import { toFloat32 } from '../../src/numbers/half.ts'

interface RoundedGolden {
  sum_q: number
  sum_abs_q: number
  scale_row0: number
  q_row0_first8: number[]
}
interface PrunedGolden {
  zeroed: number
  threshold: number
  ties_at_threshold: number
  ties_kept: number
}
type Golden = { shape: [number, number] } & { [bits: `int${number}`]: RoundedGolden } & {
  [sparsity: `prune${number}`]: PrunedGolden
}

/** A safetensors reader of six lines, so that this test leans on none of ours. */
function storedTensor(file: Buffer, name: string): Float32Array {
  const headerBytes = Number(file.readBigUInt64LE(0))
  const { dtype, data_offsets } = JSON.parse(file.toString('utf8', 8, 8 + headerBytes))[name]
  const bytes = Uint8Array.from(
    file.subarray(8 + headerBytes + data_offsets[0], 8 + headerBytes + data_offsets[1]),
  )
  return toFloat32({ type: dtype === 'F16' ? 'float16' : 'bfloat16', data: new Uint16Array(bytes.buffer) })
}

function sum(values: Iterable<number>, of: (value: number) => number): number {
  let total = 0
  for (const value of values) total += of(value)
  return total
}

/** What pruning did, found by looking: how many are zero, the largest that went, and who shares its magnitude. */
function inspect(weight: Float32Array, pruned: Float32Array) {
  let threshold = 0
  for (let i = 0; i < weight.length; i++) {
    if (pruned[i] === 0) threshold = Math.max(threshold, Math.abs(weight[i]!))
  }
  const ties: number[] = []
  for (let i = 0; i < weight.length; i++) if (Math.abs(weight[i]!) === threshold) ties.push(i)
  return {
    threshold,
    ties,
    zeroed: sum(pruned, (w) => (w === 0 ? 1 : 0)),
    kept: ties.filter((i) => pruned[i] !== 0),
  }
}

/** The files hold nine significant digits. */
const NINE_DIGITS = 5.001e-9
const relativeDifference = (a: number, b: number) => Math.abs(a / b - 1)

describe.each(['neox', 'gemma2'])('%s', (model) => {
  const golden: Record<string, Golden> = JSON.parse(
    readFileSync(`fixtures/golden/${model}.weights.json`, 'utf8'),
  ).projections
  const file = readFileSync(`fixtures/models/${model}/model.safetensors`)
  const projections = Object.entries(golden)

  it('has projections to check', () => expect(projections.length).toBe(model === 'neox' ? 24 : 28))

  it.each(projections)('%s rounds to the golden integers', (name, expected) => {
    const weight = storedTensor(file, name)
    const [out, inputs] = expected.shape
    for (const bits of [8, 7, 6, 5, 4]) {
      const want = expected[`int${bits}`]!
      const rounded = roundToNearest(weight, { out, in: inputs, layout: 'out-in' }, { bits, group: null })
      // The scale by its formula; what was rounded, in units of it.
      const scales = Array.from({ length: out }, (_, row) => {
        const channel = weight.subarray(row * inputs, (row + 1) * inputs)
        return channel.reduce((most, w) => Math.max(most, Math.abs(w)), 0) / (2 ** (bits - 1) - 1)
      })
      const units = Array.from(rounded, (w, i) => w / (scales[Math.floor(i / inputs)] || 1))
      const integers = units.map((unit) => Math.round(unit) + 0)
      expect(units.every((unit, i) => Math.abs(unit - (integers[i] ?? 0)) < 1e-5)).toBe(true)
      expect(sum(integers, (q) => q)).toBe(want.sum_q)
      expect(sum(integers, Math.abs)).toBe(want.sum_abs_q)
      expect(integers.slice(0, 8)).toEqual(want.q_row0_first8)
      expect(relativeDifference(scales[0]!, want.scale_row0)).toBeLessThan(NINE_DIGITS)
    }
  })

  it.each(projections)('%s prunes at the golden threshold', (name, expected) => {
    const weight = storedTensor(file, name)
    for (const sparsity of [0.175, 0.5]) {
      const want = expected[`prune${sparsity}`]!
      const { threshold, ties, zeroed, kept } = inspect(weight, pruneMagnitude(weight, { sparsity }))
      expect(zeroed).toBe(want.zeroed)
      expect(relativeDifference(threshold, want.threshold)).toBeLessThan(NINE_DIGITS)
      expect(ties.length).toBe(want.ties_at_threshold)
      expect(kept).toEqual(ties.slice(ties.length - want.ties_kept))
    }
  })
})

const inBfloat16: {
  tensor: string
  pruned: { sparsity: number; zeroed: number; largest_zeroed: number; sha256: string }[]
} = JSON.parse(readFileSync('fixtures/golden/pruned-bfloat16.json', 'utf8'))

it.each(inBfloat16.pruned)(
  'prunes in bfloat16 as PyTorch does: $sparsity',
  ({ sparsity, zeroed, largest_zeroed, sha256 }) => {
    const weight = storedTensor(readFileSync('fixtures/models/neox/model.safetensors'), inBfloat16.tensor)
    const pruned = pruneWithTies(weight, { sparsity, arithmetic: 'bfloat16' })
    const narrow = new Uint16Array(pruned.length)
    narrowToBfloat16(pruned, narrow)
    expect(createHash('sha256').update(narrow).digest('hex')).toBe(sha256)
    // What stays is a bfloat16, and ties make more go than are asked for.
    const read = toFloat32({ type: 'bfloat16', data: narrow })
    expect(pruned.every((w, i) => w === read[i])).toBe(true)
    expect(sum(pruned, (w) => (w === 0 ? 1 : 0))).toBe(zeroed)
    expect(zeroed).toBeGreaterThan(Math.floor(sparsity * weight.length))
    const kept = pruned.map(Math.abs).filter((w) => w > 0)
    expect(kept.reduce((a, b) => Math.min(a, b))).toBeGreaterThan(largest_zeroed)
    // Of the rule that takes the first of what is tied, exactly so many go.
    const first = pruneMagnitude(weight, { sparsity, arithmetic: 'bfloat16' })
    expect(sum(first, (w) => (w === 0 ? 1 : 0))).toBe(Math.floor(sparsity * weight.length))
  },
)
