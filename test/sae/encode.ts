/** @file What the product's graphs make of rows: activations of every feature, and the rows rebuilt. */
import { referenceGraph } from '../../src/audit/features/feature-graph.ts'
import { rebuildGraph } from '../../src/audit/features/rebuild.ts'
import { rowGraph } from '../../src/audit/features/row-pass.ts'
import type { Encoder } from '../../src/audit/run/readout.ts'
import { createSession, type Device } from '../../src/onnx/sessions/session.ts'
import { type Dictionary, encoderBias } from '../../src/sae/dictionary.ts'

export type Matrix = readonly (readonly number[])[]

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
/** Features at a time: less than a small dictionary has, so that tiles are put together. */
const TILE = 16

export function encoderOf(dictionary: Dictionary): Encoder {
  const { W_enc, threshold, activatesBy } = dictionary.encoder
  const { d_in, input } = dictionary
  return { d_in, input, W_enc, bias: encoderBias(dictionary), threshold, activatesBy }
}

/** (rows, d_sae): a sum over one row is its activation. */
export async function activationsOf(dictionary: Dictionary, rows: Matrix): Promise<Matrix> {
  const encoder = encoderOf(dictionary)
  const byFeature = encoder.activatesBy === 'feature'
  const graph = byFeature
    ? referenceGraph({ encoder, tiling: { rowParts: 1, featureTile: TILE }, bands: null })
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
  const { b_dec, d_in } = dictionary
  const graph = rebuildGraph({
    encoder: encoderOf(dictionary),
    W_dec: await dictionary.W_dec(),
    W_skip: await dictionary.W_skip(),
    b_dec,
  })
  const session = await createSession(graph, CPU, 'decoder')
  try {
    const data = Float32Array.from(rows.flat())
    const result = await session.run({ x_0: { type: 'float32', data, dims: [rows.length, d_in] } })
    const flat = [...result.float32('rebuilt')]
    return rows.map((_, i) => flat.slice(i * b_dec.length, (i + 1) * b_dec.length))
  } finally {
    await session.release()
  }
}
