/** @file Sums over rows in parts, for several numbers of threads and with rows that fill up, against naive float64 sums. */
import { describe, expect, it } from 'vitest'
import { featureTiles } from '../../src/audit/encoding/encoder-graph.ts'
import {
  candidateGraph,
  FIRING,
  FIRING_TOGETHER,
  referenceGraph,
} from '../../src/audit/encoding/feature-graph.ts'
import { runSize } from '../../src/audit/machine/run-size.ts'
import type { Encoder } from '../../src/audit/run/readout.ts'
import type { GraphModel } from '../../src/onnx/graph/graph.ts'
import type { RunResult } from '../../src/onnx/sessions/run-result.ts'
import { createSession, type Device, type TensorInput } from '../../src/onnx/sessions/session.ts'

const D = 8
/** Three tiles, the last narrower. */
const WIDTH = 1040
const ROWS = 37

const wave = (length: number, step: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(step * i * i + i))

const encoder: Encoder = {
  d_in: D,
  W_enc: wave(D * WIDTH, 0.37),
  bias: wave(WIDTH, 0.11),
  threshold: null,
  activatesBy: 'feature',
  input: 'plain',
}
const x = wave(ROWS * D, 0.73)
const y = wave(ROWS * D, 0.74)

/** Activations of one feature over `rows`, in float64; computed once. */
function activations(rows: Float32Array, feature: number): readonly number[] {
  const ofRows = known.get(rows) ?? Array.from({ length: WIDTH }, (_, j) => columnOf(rows, j))
  known.set(rows, ofRows)
  return ofRows[feature] ?? []
}
const known = new Map<Float32Array, readonly (readonly number[])[]>()

function columnOf(rows: Float32Array, feature: number): number[] {
  return Array.from({ length: ROWS }, (_, row) => {
    let z = encoder.bias[feature] ?? 0
    for (let i = 0; i < D; i++) {
      z += (rows[row * D + i] ?? 0) * (encoder.W_enc[i * WIDTH + feature] ?? 0)
    }
    return Math.max(0, z)
  })
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0)
const total = (a: readonly number[]): number => a.reduce((sum, value) => sum + value, 0)

const cpu = (threads: number): Device => ({ kind: 'cpu', threads, bodyType: 'float32' })

async function run(graph: GraphModel, threads: number, models: readonly Float32Array[]): Promise<RunResult> {
  const parts = runSize(cpu(threads)).rowParts
  const count = Math.ceil(ROWS / parts) * parts
  const ones = new Float32Array(count).fill(1, 0, ROWS)
  const inputs: Record<string, TensorInput> = {
    ones: { type: 'float32', data: ones, dims: [parts, 1, count / parts] },
  }
  for (const [m, rows] of models.entries()) {
    const data = new Float32Array(count * D)
    data.set(rows)
    // What fills up repeats a row.
    for (let row = ROWS; row < count; row++) data.set(rows.subarray((ROWS - 1) * D), row * D)
    inputs[`x_${m}`] = { type: 'float32', data, dims: [count, D] }
  }
  const session = await createSession(graph, cpu(threads), 'sums')
  try {
    return await session.run(inputs)
  } finally {
    await session.release()
  }
}

function expectEach(found: Float32Array, expected: (feature: number) => number): void {
  expect(found).toHaveLength(WIDTH)
  const wrong = [...found].flatMap((value, feature) => {
    const right = expected(feature)
    return Math.abs(value - right) < 1e-5 * Math.max(1, right) ? [] : [{ feature, value, right }]
  })
  expect(wrong).toEqual([])
}

it.each([1, 16, 479, 480, 481, 1040, 6300, 32_768])('no tile of %i features is wider than asked', (width) => {
  const { featureTile, featureRows } = runSize(cpu(2))
  const tiles = featureTiles(width, featureTile)
  expect(featureTile).toBeLessThan(featureRows)
  expect(tiles[0]?.[0]).toBe(0)
  expect(tiles.at(-1)?.[1]).toBe(width)
  for (const [i, [start, end]] of tiles.entries()) {
    expect(start).toBe(i === 0 ? 0 : tiles[i - 1]?.[1])
    expect(end - start).toBeGreaterThan(0)
    expect(end - start).toBeLessThanOrEqual(featureTile)
  }
})

it('sums in two parts at least and sixteen at most', () => {
  expect([1, 2, 3, 16, 64].map((threads) => runSize(cpu(threads)).rowParts)).toEqual([2, 2, 3, 16, 16])
})

it('cuts the same for a GPU, in tiles of its own', async () => {
  const gpu = runSize({ kind: 'cuda', threads: 2, bodyType: 'float16' })
  expect(gpu.featureTile).toBeGreaterThan(WIDTH)
  const result = await run(referenceGraph({ encoder, tiling: gpu }), gpu.rowParts, [x])
  expectEach(result.float32('sum'), (feature) => total(activations(x, feature)))
})

describe.each([1, 2, 3, 5, 16])('%i threads', (threads) => {
  it('sums what the reference fires', async () => {
    const result = await run(referenceGraph({ encoder, tiling: runSize(cpu(threads)) }), threads, [x])
    const a = Array.from({ length: WIDTH }, (_, feature) => activations(x, feature))
    const of = (feature: number): readonly number[] => a[feature] ?? []
    expectEach(result.float32('sum'), (feature) => total(of(feature)))
    expectEach(result.float32('squares'), (feature) => dot(of(feature), of(feature)))
    expectEach(result.float32('peak'), (feature) => Math.max(...of(feature)))
    const firings = result.float32('firings').map((sum) => sum / FIRING)
    expect([...firings]).toEqual(a.map((values) => values.filter((value) => value > 1e-6).length))
  })

  it('sums candidates beside it', async () => {
    const result = await run(candidateGraph({ encoder, tiling: runSize(cpu(threads)) }, 2), threads, [
      x,
      y,
      x,
    ])
    for (const [c, rows] of [y, x].entries()) {
      const pairs = (feature: number) => [activations(x, feature), activations(rows, feature)] as const
      expectEach(result.float32(`sum_${c + 1}`), (feature) => total(pairs(feature)[1]))
      expectEach(result.float32(`squares_${c + 1}`), (feature) => {
        const [, b] = pairs(feature)
        return dot(b, b)
      })
      expectEach(result.float32(`product_${c + 1}`), (feature) => dot(...pairs(feature)))
      const count = (is: (fires: readonly boolean[]) => boolean) =>
        Array.from({ length: WIDTH }, (_, feature) => {
          const [a, b] = pairs(feature)
          return a.filter((value, row) => is([value > 1e-6, (b[row] ?? 0) > 1e-6])).length
        })
      const counted = (name: string, unit: number) => [...result.float32(name).map((sum) => sum / unit)]
      expect(counted(`together_${c + 1}`, FIRING_TOGETHER)).toEqual(count((fires) => fires.every(Boolean)))
      expect(counted(`either_${c + 1}`, FIRING)).toEqual(count((fires) => fires.some(Boolean)))
    }
  })
})
