/** @file What the product's graphs make of rows: activations of every feature, and the rows rebuilt. */
import { referenceGraph } from '../../src/audit/encoding/feature-graph.ts'
import {
  addWinners,
  type FeatureRows,
  featureSumGraph,
  rebuildGraph,
} from '../../src/audit/encoding/rebuild.ts'
import { rowGraph } from '../../src/audit/encoding/row-features.ts'
import type { Encoder } from '../../src/audit/run/readout.ts'
import type { GraphModel } from '../../src/onnx/graph/graph.ts'
import type { RunResult } from '../../src/onnx/sessions/run-result.ts'
import { createSession, type Device, type TensorInput } from '../../src/onnx/sessions/session.ts'
import { type Dictionary, encoderColumns, type ReadFeatures } from '../../src/sae/dictionary.ts'

export type Matrix = readonly (readonly number[])[]

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
/** Features at a time: less than a small dictionary has, so that tiles are put together. */
const TILE = 16

export async function encoderOf(dictionary: Dictionary): Promise<Encoder> {
  const { W_enc, threshold, activatesBy } = dictionary.encoder
  const { d_in, input } = dictionary
  const bias = Float32Array.from((await encoderColumns(dictionary)).bias)
  return { d_in, input, W_enc: await readInRanges(dictionary, W_enc, d_in), bias, threshold, activatesBy }
}

/** Columns (rows, d_sae) put together of two ranges that are read apart. */
async function readInRanges({ d_sae }: Dictionary, read: ReadFeatures, rows: number): Promise<Float32Array> {
  const cut = Math.ceil(d_sae / 3)
  const [left, right] = [await read([0, cut]), await read([cut, d_sae])]
  return Float32Array.from({ length: rows * d_sae }, (_, i) => {
    const [row, column] = [Math.floor(i / d_sae), i % d_sae]
    const value = column < cut ? left[row * cut + column] : right[row * (d_sae - cut) + column - cut]
    return value ?? Number.NaN
  })
}

/** Rows (d_sae, d_out), likewise. */
async function rowsInRanges({ d_sae, W_dec }: Dictionary): Promise<Float32Array> {
  const cut = Math.ceil(d_sae / 3)
  return Float32Array.from([...(await W_dec([0, cut])), ...(await W_dec([cut, d_sae]))])
}

/** (rows, d_sae): a sum over one row is its activation. */
export async function activationsOf(dictionary: Dictionary, rows: Matrix): Promise<Matrix> {
  const encoder = await encoderOf(dictionary)
  const byFeature = encoder.activatesBy === 'feature'
  const graph = byFeature
    ? referenceGraph({ encoder, tiling: { rowParts: 1, featureTile: TILE } })
    : rowGraph(encoder, TILE)
  const session = await createSession(graph, CPU, 'encoder')
  try {
    const found: number[][] = []
    for (const row of rows) {
      const x_0 = { type: 'float32', data: Float32Array.from(row), dims: [1, row.length] } as const
      const ones = { type: 'float32', data: Float32Array.of(1), dims: [1, 1, 1] } as const
      const result = await session.run(byFeature ? { x_0, ones } : { x_0 })
      if (byFeature) {
        found.push([...result.float32('sum')])
        continue
      }
      const spread = new Array<number>(dictionary.d_sae).fill(0)
      const values = result.float32('values')
      for (const [i, id] of result.int64('ids').entries()) spread[Number(id)] = values[i] ?? Number.NaN
      found.push(spread)
    }
    return found
  } finally {
    await session.release()
  }
}

/** (rows, d_out) */
export async function rebuiltOf(dictionary: Dictionary, rows: Matrix): Promise<Matrix> {
  const { b_dec, d_in, input } = dictionary
  const x_0 = { type: 'float32', data: Float32Array.from(rows.flat()), dims: [rows.length, d_in] } as const
  const features = { encoder: await encoderOf(dictionary), W_dec: await rowsInRanges(dictionary) }
  const byFeature = features.encoder.activatesBy === 'feature'
  const sums = byFeature
    ? (await runOnce(featureSumGraph(features), { x_0 })).float32('sum')
    : rowSums(features, rows.length, await runOnce(rowGraph(features.encoder, TILE), { x_0 }))
  const sum = { type: 'float32', data: sums, dims: [rows.length, b_dec.length] } as const
  const graph = rebuildGraph({ d_in, input, b_dec, W_skip: await dictionary.W_skip() })
  const flat = [...(await runOnce(graph, { x_0, sum })).float32('rebuilt')]
  return rows.map((_, i) => flat.slice(i * b_dec.length, (i + 1) * b_dec.length))
}

/** Of features that fire by the row, those of two ranges of the decoder. */
function rowSums({ encoder, W_dec }: FeatureRows, rows: number, fired: RunResult): Float32Array {
  const width = encoder.bias.length
  const d_out = W_dec.length / width
  const sums = new Float32Array(rows * d_out)
  const values = fired.float32('values')
  const winners = { k: values.length / rows, values, ids: Int32Array.from(fired.int64('ids'), Number) }
  const cut = Math.ceil(width / 3)
  addWinners(sums, winners, W_dec.subarray(0, cut * d_out), [0, cut])
  addWinners(sums, winners, W_dec.subarray(cut * d_out), [cut, width])
  return sums
}

async function runOnce(graph: GraphModel, inputs: Readonly<Record<string, TensorInput>>): Promise<RunResult> {
  const session = await createSession(graph, CPU, 'decoder')
  try {
    return await session.run(inputs)
  } finally {
    await session.release()
  }
}
