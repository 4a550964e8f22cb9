/** @file Features that fire by the row are the same ones, bit for bit, however many are looked through at a time. */
import { describe, expect, it } from 'vitest'
import { rowGraph, rowTile } from '../../src/audit/encoding/row-features.ts'
import { runSize } from '../../src/audit/machine/run-size.ts'
import { readOnnxModel } from '../../src/onnx/graph/model-proto.ts'
import { createSession, type Device } from '../../src/onnx/sessions/session.ts'
import { RandomSource } from '../oracle/random-source.ts'

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
const [D, F, K, ROWS] = [24, 3000, 40, 9]

const random = new RandomSource(14)
const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal())
const [columns, bias, rows] = [draw(D * F), draw(F), draw(ROWS * D)]
/** Features come in pairs that lie half a dictionary apart, in other tiles, and make the same of every row. */
const twin = (feature: number): number => feature % (F / 2)
const W_enc = columns.map((_, i) => columns[i - (i % F) + twin(i % F)] ?? Number.NaN)
const encoder = {
  d_in: D,
  input: 'plain',
  W_enc,
  bias: bias.map((_, j) => bias[twin(j)] ?? Number.NaN),
  threshold: null,
  activatesBy: { kind: 'topk', k: K },
} as const

async function firedWith(tile: number) {
  const session = await createSession(rowGraph(encoder, tile), CPU, 'encoder')
  try {
    const result = await session.run({ x_0: { type: 'float32', data: rows, dims: [ROWS, D] } })
    return { values: result.float32('values').slice(), ids: [...result.int64('ids')].map(Number) }
  } finally {
    await session.release()
  }
}

describe('the k largest of a row', () => {
  it.each([480, 1000, runSize(CPU).rankedTile])('with %i features at a time', async (tile) => {
    const { values, ids } = await firedWith(tile)
    for (let row = 0; row < ROWS; row++) {
      const z = Array.from({ length: F }, (_, j) => {
        let sum = encoder.bias[j] ?? Number.NaN
        for (let i = 0; i < D; i++)
          sum += (rows[row * D + i] ?? Number.NaN) * (W_enc[i * F + j] ?? Number.NaN)
        return sum
      })
      // Twins are equal, and of equal ones the lower comes first.
      const ranked = z.map((_, j) => j).sort((a, b) => (z[b] ?? 0) - (z[a] ?? 0) || a - b)
      expect(ids.slice(row * K, (row + 1) * K)).toEqual(ranked.slice(0, K))
    }
    expect(values).toEqual((await firedWith(F)).values)
  })

  it('are looked for in few tiles, and the largest of groups in tiles that stay in cache', () => {
    const wide = 4 * runSize(CPU).rankedTile
    const graph = rowGraph(
      { ...encoder, d_in: 1, W_enc: new Float32Array(wide), bias: new Float32Array(wide) },
      rowTile(encoder.activatesBy, runSize(CPU)),
    )
    const { nodes } = readOnnxModel('graph', graph.bytes)
    // One of each tile, and one of their winners.
    expect(nodes.filter(({ op }) => op === 'TopK')).toHaveLength(5)
    expect(rowTile({ kind: 'groupmax', k: K }, runSize(CPU))).toBe(runSize(CPU).featureTile)
  })
})
