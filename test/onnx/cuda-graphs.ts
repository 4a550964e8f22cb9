/** @file The graphs that an audit runs on CUDA, of random small models of every family and in every type; and what nodes they consist of. */
import { candidateSums, referenceSums } from '../../src/audit/encoding/feature-graph.ts'
import { addRound } from '../../src/audit/fused/round-graph.ts'
import { hookName } from '../../src/contract/hook-point.ts'
import { wholeBody } from '../../src/models/body-program.ts'
import { bodyFragment, HIDDEN } from '../../src/models/graph/body.ts'
import { headFragment } from '../../src/models/graph/head.ts'
import { sequenceInputs } from '../../src/models/graph/shape.ts'
import { SAFE_TILING } from '../../src/models/graph/tiled-attention.ts'
import { programRefs, type WeightType, weightReader } from '../../src/models/weight-reader.ts'
import { type Attributes, type Domain, GraphBuilder, type Value } from '../../src/onnx/graph/graph.ts'
import { decoderOf, LENGTH, ROWS, SEQUENCES } from '../models/run-program.ts'
import { type RandomModel, tableOfModel } from '../oracle/random-model.ts'

export interface SeenNode {
  readonly op: string
  readonly inputs: readonly (Value | null)[]
}

/** Remembers its nodes. */
export class WatchedGraph extends GraphBuilder {
  readonly nodes: SeenNode[] = []

  override node(
    op: string,
    inputs: readonly (Value | null)[],
    results: readonly Omit<Value, 'name'>[],
    attributes: Attributes = {},
    domain: Domain = '',
  ): readonly Value[] {
    this.nodes.push({ op, inputs })
    return super.node(op, inputs, results, attributes, domain)
  }
}

const HOOK = { layer: 0, name: 'hook_resid_post' } as const

/** A body as CUDA runs it: fused attention, or products where operands are float32. Outputs: the tap and the hidden state. */
export async function cudaBody(model: RandomModel, type: WeightType): Promise<WatchedGraph> {
  const g = new WatchedGraph()
  const decoder = decoderOf(model)
  const program = wholeBody([HOOK])
  const tiling = type === 'float32' ? { ...SAFE_TILING, rows: 5 } : null
  const shape = { sequences: SEQUENCES, length: LENGTH, type, tiling, hiddenTile: null }
  const reader = weightReader(tableOfModel(model), programRefs(program, decoder))
  const part = { model: { decoder, activations: new Map(), basis: null }, program, shape, reader }
  const { end, values } = await bodyFragment(g, part, sequenceInputs(g, shape, [program]), null)
  g.output(hookName(HOOK), values.get(hookName(HOOK)) ?? end)
  g.output(HIDDEN, end)
  return g
}

const ROUND_FEATURES = 64
/** Rows that come out of a run as they are. */
export const KEPT_ROWS = 3

/** A reference and two candidates with a head and an SAE in one graph, as CUDA runs a round. */
export async function cudaRound(model: RandomModel, type: WeightType): Promise<WatchedGraph> {
  const g = new WatchedGraph()
  const decoder = decoderOf(model)
  const { d_model, n_vocab } = decoder.spec
  const program = wholeBody([HOOK])
  const tiling = type === 'float32' ? { ...SAFE_TILING, rows: 5 } : null
  const table = tableOfModel(model)
  const body = (m: number) => ({
    sharesEmbedding: m === 1,
    model: { decoder, activations: new Map(), basis: null },
    reader: weightReader(table, programRefs(program, decoder)),
  })
  const size = n_vocab * d_model
  const matrix = type === 'float32' ? new Float32Array(size) : new Uint16Array(size)
  const vector = (): Float32Array => new Float32Array(ROUND_FEATURES).fill(0.1)
  const W_enc = new Float32Array(d_model * ROUND_FEATURES)
  const encoder = {
    d_in: d_model,
    input: 'plain',
    W_enc,
    bias: vector(),
    threshold: vector(),
    activatesBy: 'feature',
  } as const
  const unembedding = { n_vocab, d_model, type, matrix, bias: null, scale: 1, softcap: null }
  const hook = hookName(HOOK)
  await addRound(g, {
    program,
    bodies: [0, 1, 2].map(body),
    shape: { sequences: SEQUENCES, length: LENGTH, type, tiling, hiddenTile: null },
    head: { layout: { unembeddings: [unembedding], models: [0, 0, 0] }, tile: 40 },
    readouts: [
      {
        ...{ hook, center: true, encoder, tiling: { rowParts: 2, featureTile: 32 } },
        highestAt: { start: 1, end: null, step: 1 },
      },
    ],
    wanted: { reference: true, candidates: true },
    kept: [[hook, HIDDEN], [hook], [hook]],
  })
  return g
}

const VOCABULARY = 96

/** The head over a reference and a candidate, with a bias and a cap, in tiles of which the last is narrower. */
export function cudaHead(type: WeightType, d_model: number): WatchedGraph {
  const g = new WatchedGraph()
  const size = VOCABULARY * d_model
  const matrix = type === 'float32' ? new Float32Array(size) : new Uint16Array(size)
  const bias = new Float32Array(VOCABULARY)
  const unembeddings = [{ n_vocab: VOCABULARY, d_model, type, matrix, bias, scale: 1, softcap: 30 }]
  const hidden = [0, 1].map((m) => g.input(`hidden_${m}`, 'float32', [ROWS, d_model]))
  const targets = g.input('targets', 'int64', [ROWS, 1])
  g.outputs(headFragment(g, { unembeddings, models: [0, 0] }, { hidden, targets }, 40))
  return g
}

/** Sums of an SAE over a reference and a candidate, whose activations jump, and how near they come to that. */
export function cudaSums(d_in: number): WatchedGraph {
  const g = new WatchedGraph()
  const [features, rowParts] = [64, 2]
  const vector = (): Float32Array => new Float32Array(features).fill(0.1)
  const encoder = {
    d_in,
    input: 'plain',
    W_enc: new Float32Array(d_in * features),
    bias: vector(),
    threshold: vector(),
    activatesBy: 'feature',
  } as const
  const rows = [0, 1].map((m) => g.input(`x_${m}`, 'float32', ['n_row', d_in]))
  const ones = g.input('ones', 'float32', [rowParts, 1, 'n_part'])
  const plan = {
    encoder,
    tiling: { rowParts, featureTile: 32 },
    near: true,
  }
  g.outputs(candidateSums(g, { ...plan, name: 'beside.' }, { rows, ones }))
  for (const [name, value] of referenceSums(g, plan, { rows: rows.slice(0, 1), ones })) {
    g.output(`reference_${name}`, value)
  }
  return g
}
