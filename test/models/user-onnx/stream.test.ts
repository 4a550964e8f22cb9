/** @file The residual stream of graphs drawn by hand, and the spine of random ones against brute force. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHookPoint } from '../../../src/contract/hook-point.ts'
import { SaegateError } from '../../../src/errors/problem.ts'
import type { DecoderSpec } from '../../../src/models/decoder-spec.ts'
import { dataFlow } from '../../../src/models/user-onnx/flow.ts'
import { residualStream, tapOf } from '../../../src/models/user-onnx/stream.ts'
import type { GraphBuilder, Value } from '../../../src/onnx/graph/graph.ts'
import { readOnnxModel } from '../../../src/onnx/graph/model-proto.ts'
import type { OnnxModel, OnnxNode } from '../../../src/onnx/graph/onnx-model.ts'
import * as op from '../../../src/onnx/graph/ops.ts'
import { plainStep, type SmallModel, smallModel } from './small-models.ts'

function modelOf(options: SmallModel): OnnxModel {
  return readOnnxModel('model.onnx', smallModel(options))
}

function streamOf(options: SmallModel): readonly string[] {
  const model = modelOf(options)
  return residualStream(dataFlow('model.onnx', model, 'input_ids', 'logits')).map(({ name }) => name)
}

const scale = (g: GraphBuilder): Value => g.scalar('float32', 0.5)

/** Attention and MLP of one norm each, both added at once. */
function parallelStep(g: GraphBuilder, x: Value): Value {
  return op.add(g, op.add(g, op.tanh(g, op.mul(g, x, scale(g))), op.relu(g, x)), x)
}

/** As a static quantizer writes it: the sum goes on as integers. */
function quantizedStep(g: GraphBuilder, x: Value): Value {
  const sum = plainStep(g, x)
  const zero = g.initializer('zero', 'uint8', [], Uint8Array.of(128))
  const q = g.apply('QuantizeLinear', [sum, scale(g), zero], { type: 'uint8', shape: x.shape })
  return g.apply('DequantizeLinear', [q, scale(g), zero], x)
}

/** The branch spells its norm out, with additions of its own, and casts on the way. */
function spelledStep(g: GraphBuilder, x: Value): Value {
  const half = op.cast(g, x, 'float16')
  const wide = op.cast(g, half, 'float32')
  const mean = g.apply('ReduceMean', [op.mul(g, wide, wide), g.integers([-1])], wide)
  const root = g.apply('Sqrt', [op.add(g, mean, scale(g))], mean)
  return op.add(g, op.tanh(g, op.add(g, op.div(g, wide, root), scale(g))), wide)
}

/** Positions come of the shape of the ids, not of the ids. */
function addPositions(g: GraphBuilder, x: Value): Value {
  const shape = g.apply('Shape', [x], { type: 'int64', shape: [3] })
  const positions = g.apply('ConstantOfShape', [shape], { type: 'float32', shape: x.shape })
  return op.add(g, op.mul(g, x, scale(g)), positions)
}

it('an optional input or output that is left out is no value', () => {
  // As packed attention writes it: no past, no present, over and over.
  const model = modelOf({ steps: [plainStep, plainStep, plainStep] })
  const gaps = model.nodes.map((node) =>
    node.op === 'Tanh'
      ? { ...node, inputs: [...node.inputs, '', ''], outputs: [...node.outputs, '', ''] }
      : node,
  )
  const names = ({ nodes }: Pick<OnnxModel, 'nodes'>): readonly string[] =>
    residualStream(dataFlow('model.onnx', { ...model, nodes }, 'input_ids', 'logits')).map(({ name }) => name)
  expect(names(model)).toHaveLength(4)
  expect(names({ nodes: gaps })).toEqual(names(model))
})

describe('the stream is found in', () => {
  it.each([
    ['sequential blocks', { steps: [plainStep, plainStep] }, ['gather_0_0', 'add_3_0', 'add_6_0']],
    ['parallel blocks', { steps: [parallelStep, parallelStep] }, ['gather_0_0', 'add_5_0', 'add_10_0']],
    [
      'blocks whose sums are quantized',
      { steps: [quantizedStep, plainStep] },
      ['gather_0_0', 'dequantizelinear_5_0', 'add_8_0'],
    ],
    ['norms spelled out', { steps: [plainStep, spelledStep] }, ['gather_0_0', 'add_3_0', 'add_13_0']],
    ['models with added positions', { steps: [addPositions, plainStep] }, ['add_4_0', 'add_7_0']],
    ['models without blocks', { steps: [] }, []],
  ] as const)('%s', (_, options, expected) => {
    expect(streamOf(options)).toEqual(expected)
  })
})

const block = (layout: 'sequential' | 'parallel'): DecoderSpec['blocks'][number] => ({
  layout,
  attention: {
    heads: 1,
    kvHeads: 1,
    headSize: 4,
    scale: 1,
    softcap: null,
    window: null,
    rotary: null,
    qkNorm: 'none',
  },
  mlp: { gated: false, activation: 'relu', size: 4 },
})

function specOf(...layouts: readonly ('sequential' | 'parallel')[]): DecoderSpec {
  return {
    family: 'small',
    d_model: 4,
    n_vocab: 10,
    maxPositions: null,
    embeddingScale: 1,
    residualScale: 1,
    norm: { kind: 'layer', epsilon: 1e-5, gainOffset: 0 },
    blocks: layouts.map(block),
    logitScale: 1,
    logitSoftcap: null,
  }
}

function tapName(
  steps: SmallModel['steps'],
  spec: DecoderSpec,
  hook: string,
  override: string | null = null,
) {
  const model = modelOf(steps === undefined ? {} : { steps })
  const stream = residualStream(dataFlow('model.onnx', model, 'input_ids', 'logits'))
  const point = parseHookPoint(hook)
  if (point === null) throw new Error(hook)
  return tapOf('model.onnx', model, stream, spec, point, override).name
}

describe('a hook lies at', () => {
  const four = [plainStep, plainStep, plainStep, plainStep]
  it.each([
    ['blocks.0.hook_resid_pre', 'gather_0_0'],
    ['blocks.0.hook_resid_mid', 'add_3_0'],
    ['blocks.0.hook_resid_post', 'add_6_0'],
    ['blocks.1.hook_resid_pre', 'add_6_0'],
    ['blocks.1.hook_resid_mid', 'add_9_0'],
    ['blocks.1.hook_resid_post', 'add_12_0'],
  ])('%s of two sequential blocks', (hook, expected) => {
    expect(tapName(four, specOf('sequential', 'sequential'), hook)).toBe(expected)
  })

  it('the same places of parallel blocks, one step each', () => {
    const steps = [parallelStep, parallelStep]
    const spec = specOf('parallel', 'parallel')
    expect(tapName(steps, spec, 'blocks.1.hook_resid_pre')).toBe('add_5_0')
    expect(tapName(steps, spec, 'blocks.1.hook_resid_post')).toBe('add_10_0')
    expect(() => tapName(steps, spec, 'blocks.1.hook_resid_mid')).toThrow('no resid_mid')
  })

  it('nowhere, when the model adds more often than the reference: then all values are listed', () => {
    const spec = specOf('sequential')
    const unclear = () => tapName([plainStep, plainStep, plainStep], spec, 'blocks.0.hook_resid_post')
    expect(unclear).toThrow('2 times, this one 3 times')
    expect(unclear).toThrow('gather_0_0, add_3_0, add_6_0, add_9_0')
  })

  it('any value that --tap names', () => {
    const spec = specOf('sequential')
    expect(tapName(four, spec, 'blocks.0.hook_attn_out', 'tanh_2_0')).toBe('tanh_2_0')
    expect(() => tapName(four, spec, 'blocks.0.hook_attn_out', 'table')).toThrow('--tap table')
    expect(() => tapName([plainStep, plainStep], spec, 'blocks.0.hook_attn_out')).toThrow('only the residual')
  })
})

/** Nodes 0 … n−1; node i reads the values of some before it, or the ids. */
function randomModel(reads: readonly (readonly number[])[]): OnnxModel {
  const nodes = reads.map(
    (from, i): OnnxNode => ({
      name: `n${i}`,
      op: 'Sum',
      domain: '',
      inputs: from.map((f) => (f % (i + 1) === i ? 'ids' : `v${f % (i + 1)}`)),
      outputs: [`v${i}`],
      attributes: new Map(),
      captured: [],
    }),
  )
  const none = { bytes: new Uint8Array(0), irVersion: 10, producer: '', opsets: new Map(), external: [] }
  return { ...none, inputs: [], outputs: [], nodes, initializers: new Map() }
}

/** Can the logits be reached from the ids without passing `without`? */
function connected({ nodes }: OnnxModel, without: OnnxNode | null): boolean {
  const reached = new Set(['ids'])
  for (const node of nodes) {
    if (node !== without && node.inputs.some((input) => reached.has(input)))
      reached.add(node.outputs[0] ?? '')
  }
  return reached.has(`v${nodes.length - 1}`)
}

it('the spine is the nodes without which no path is left', () => {
  const reads = fc.array(fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 14,
  })
  fc.assert(
    fc.property(reads, (list) => {
      const model = randomModel(list)
      if (!connected(model, null)) return
      const { spine } = dataFlow('model.onnx', model, 'ids', `v${list.length - 1}`)
      const expected = model.nodes.filter((node) => !connected(model, node))
      expect(spine.map(({ name }) => name)).toEqual(expected.map(({ name }) => name))
    }),
    { numRuns: 1000 },
  )
})

it('a cycle, and a value made twice, are refused', () => {
  const model = randomModel([[0], [0], [1]])
  const [first, second, third] = model.nodes
  if (first === undefined || second === undefined || third === undefined) throw new Error('three nodes')
  const looped = { ...model, nodes: [{ ...first, inputs: ['ids', 'v2'] }, second, third] }
  expect(() => dataFlow('model.onnx', looped, 'ids', 'v2')).toThrow('cycle')
  const twice = { ...model, nodes: [...model.nodes, { ...first }] }
  expect(() => dataFlow('model.onnx', twice, 'ids', 'v2')).toThrow(SaegateError)
})

it('sixty thousand nodes in a row, all reading the first, take seconds', () => {
  const reads = Array.from({ length: 60_000 }, (_, i) => [0, Math.max(0, i - 1)])
  const before = performance.now()
  const { spine } = dataFlow('model.onnx', randomModel(reads), 'ids', 'v59999')
  expect(spine.length).toBeGreaterThan(0)
  expect(performance.now() - before).toBeLessThan(10_000)
})
