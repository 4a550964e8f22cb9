/** @file The operators against weights.json: integers, scales, thresholds and ties of every projection of both models. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pruneMagnitude } from '../../src/compression/prune.ts'
import { quantizeIntegers } from '../../src/compression/round-to-nearest.ts'
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

const sum = (values: ArrayLike<number>, of: (value: number) => number) =>
  Array.from(values).reduce((total, value) => total + of(value), 0)

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
      const { integers, scales } = quantizeIntegers(
        weight,
        { out, in: inputs, layout: 'out-in' },
        { bits, group: null },
      )
      expect(sum(integers, (q) => q)).toBe(want.sum_q)
      expect(sum(integers, Math.abs)).toBe(want.sum_abs_q)
      expect(Array.from(integers.subarray(0, 8))).toEqual(want.q_row0_first8)
      expect(relativeDifference(scales[0]!, want.scale_row0)).toBeLessThan(NINE_DIGITS)
    }
  })

  it.each(projections)('%s prunes at the golden threshold', (name, expected) => {
    const weight = storedTensor(file, name)
    for (const sparsity of [0.175, 0.5]) {
      const want = expected[`prune${sparsity}`]!
      const pruned = pruneMagnitude(weight, sparsity)
      const gone = Array.from(weight.keys()).filter((i) => weight[i] !== pruned[i] || weight[i] === 0)
      const threshold = gone.reduce((largest, i) => Math.max(largest, Math.abs(weight[i]!)), 0)
      const atThreshold = Array.from(weight.keys()).filter((i) => Math.abs(weight[i]!) === threshold)
      const kept = atThreshold.filter((i) => pruned[i] !== 0)
      expect(sum(pruned, (w) => (w === 0 ? 1 : 0))).toBe(want.zeroed)
      expect(relativeDifference(threshold, want.threshold)).toBeLessThan(NINE_DIGITS)
      expect(atThreshold.length).toBe(want.ties_at_threshold)
      expect(kept).toEqual(atThreshold.slice(atThreshold.length - want.ties_kept))
    }
  })
})
