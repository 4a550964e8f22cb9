/**
 * @file Every figure of a tiled graph comes out of one node, so that the engine, which runs what an output needs before it
 * turns to the next, reduces tile after tile (docs/decisions/2026-11-25-tile-order.md). With one node per figure it would hold all
 * tiles at once, and nothing else would show it: the figures are the same.
 */
import { expect, it } from 'vitest'
import { candidateGraph, referenceGraph } from '../../src/audit/encoding/feature-graph.ts'
import { runSize } from '../../src/audit/machine/run-size.ts'
import { buildHead } from '../../src/models/graph/head.ts'
import type { GraphModel } from '../../src/onnx/graph/graph.ts'
import { readOnnxModel } from '../../src/onnx/graph/model-proto.ts'

const WIDTH = 4096
const D = 2
const size = runSize({ kind: 'cpu', threads: 2, bodyType: 'float32' })
const encoder = {
  d_in: D,
  W_enc: new Float32Array(D * WIDTH),
  bias: new Float32Array(WIDTH),
  threshold: null,
  activatesBy: 'feature',
  input: 'plain',
} as const
const unembedding = {
  n_vocab: WIDTH,
  d_model: D,
  type: 'float32',
  matrix: new Float32Array(WIDTH * D),
  bias: null,
  scale: 1,
  softcap: null,
} as const

/** Names of the Split nodes that the outputs come from, by way of reshapes and names. */
function sources({ bytes, outputs }: GraphModel): Set<string> {
  const { nodes } = readOnnxModel('graph', bytes)
  const source = (value: string): string => {
    const node = nodes.find((one) => one.outputs.includes(value))
    if (node?.op === 'Reshape' || node?.op === 'Identity') return source(node.inputs[0] ?? '')
    return `${node?.op} ${node?.outputs[0]}`
  }
  return new Set(outputs.map(source))
}

it.each([
  ['the reference’s features', referenceGraph({ encoder, tiling: size })],
  ['two candidates’ features', candidateGraph({ encoder, tiling: size }, 2)],
  ['the head of two models', buildHead({ unembeddings: [unembedding], models: [0, 0] }, 16, size.headTile)],
])('%s meet in one node', (_, graph) => {
  const found = [...sources(graph)]
  expect(graph.outputs.length).toBeGreaterThan(3)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^Split /)
})
