/** @file Tiny ONNX models for refusals: a wrapper that changes one thing of a sound decoder at a time. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ElementType,
  float,
  GraphBuilder,
  int,
  type Shape,
  type Value,
} from '../../../src/onnx/graph/graph.ts'
import * as layers from '../../../src/onnx/graph/layer-ops.ts'
import * as op from '../../../src/onnx/graph/ops.ts'
import { Message } from '../../../src/onnx/graph/protobuf.ts'
import { Wire } from '../../../src/onnx/graph/wire.ts'
import { temporaryFolder } from './fixture-exports.ts'

const WIDTH = 4
const VOCABULARY = 10

/** An extra input, and the shape it declares. */
export interface ExtraInput {
  readonly name: string
  readonly type: ElementType
  readonly shape: Shape
}

export interface SmallModel {
  readonly ids?: ExtraInput
  readonly extra?: readonly ExtraInput[]
  readonly output?: string
  /** Logits of the last position, as some servers export them: in the graph by a Slice, a Gather, or in the declared shape only. */
  readonly lastOnly?: 'slice' | 'gather' | 'declared'
  /** What a step adds to the stream, given the stream. */
  readonly steps?: readonly ((g: GraphBuilder, x: Value) => Value)[]
}

const pattern = (size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => Math.sin(i + 1))

/** x + tanh(norm(x)): a step like any other. */
export function plainStep(g: GraphBuilder, x: Value): Value {
  const gain = g.initializer(`gain_${x.name}`, 'float32', [WIDTH], new Float32Array(WIDTH).fill(1))
  return op.add(g, x, op.tanh(g, layers.layerNormalization(g, x, gain, null, 1e-5)))
}

/** Embedding, steps, unembedding. */
export function smallModel(options: SmallModel = {}): Uint8Array {
  const g = new GraphBuilder(1e9)
  const declared = options.ids ?? { name: 'input_ids', type: 'int64', shape: ['batch', 'sequence'] }
  const ids = g.input(declared.name, declared.type, declared.shape)
  for (const { name, type, shape } of options.extra ?? [])
    g.output(`echo_${name}`, g.input(name, type, shape))
  const table = g.initializer('table', 'float32', [VOCABULARY, WIDTH], pattern(VOCABULARY * WIDTH))
  let x = op.gather(g, table, ids)
  for (const step of options.steps ?? [plainStep, plainStep]) x = step(g, x)
  const head = g.initializer('head', 'float32', [WIDTH, VOCABULARY], pattern(VOCABULARY * WIDTH))
  const logits = op.matMul(g, g.apply('LeakyRelu', [x], x, { alpha: float(0.1) }), head)
  g.output(options.output ?? 'logits', lastPosition(g, logits, options.lastOnly))
  return g.build().bytes
}

function lastPosition(g: GraphBuilder, x: Value, how: SmallModel['lastOnly']): Value {
  if (how === undefined) return x
  if (how === 'gather') {
    const shape = { type: x.type, shape: ['batch', VOCABULARY] } as const
    return g.apply('Gather', [x, g.initializer('last', 'int64', [], BigInt64Array.of(-1n))], shape, {
      axis: int(1),
    })
  }
  const inputs = [x, g.integers([-1]), g.integers([1000]), g.integers([1])]
  const positions = how === 'declared' ? 1 : 'last'
  return g.apply('Slice', inputs, { type: x.type, shape: ['batch', positions, VOCABULARY] })
}

/**
 * The model as Optimum merges it: nodes in the branches of an If on use_cache_branch, everything else outside. The branch
 * with a cache gives other logits, so that taking the wrong one shows.
 */
export function merged(model: Uint8Array, condition = 'use_cache_branch'): Uint8Array {
  const wire = new Wire('model.onnx', model)
  const outside = new Message()
  const elseBranch = new Message()
  const thenBranch = new Message()
  const rest = new Message()
  for (const field of wire.fields()) {
    if (field.number === 1) rest.int(1, field.value)
    if (field.number === 8) rest.bytes(8, model.subarray(field.start, field.end))
    if (field.number !== 7) continue
    for (const part of wire.fields(field.start, field.end)) {
      const bytes = model.subarray(part.start, part.end)
      if (part.number === 1) for (const branch of [elseBranch, thenBranch]) branch.bytes(1, bytes)
      else outside.bytes(part.number, bytes)
    }
  }
  const negative = new Message().string(1, 'logits').string(2, 'negative').string(4, 'Neg')
  const output = (name: string) =>
    new Message().string(1, name).message(2, new Message().message(1, new Message().int(1, 1)))
  elseBranch.string(2, 'without').message(12, output('logits'))
  thenBranch.string(2, 'with').message(1, negative).message(12, output('negative'))
  const graphAttribute = (name: string, graph: Message) =>
    new Message().string(1, name).message(6, graph).int(20, 5)
  const choice = new Message()
    .string(1, condition)
    .string(2, 'logits')
    .string(3, 'optimum::if')
    .string(4, 'If')
  choice
    .message(5, graphAttribute('then_branch', thenBranch))
    .message(5, graphAttribute('else_branch', elseBranch))
  outside.message(1, choice)
  const dim = new Message().message(1, new Message().int(1, 1))
  const flag = new Message().message(1, new Message().int(1, 9).message(2, dim))
  outside.message(11, new Message().string(1, condition).message(2, flag))
  return rest.message(7, outside).finish()
}

/** Add top-level fields behind a model: a parser takes the last opset import and IR version. */
export function withVersions(model: Uint8Array, irVersion: number, opset: number): Uint8Array {
  const more = new Message().int(1, irVersion).message(8, new Message().string(1, '').int(2, opset))
  return Buffer.concat([model, more.finish()])
}

/** Add an initializer that lies in another file. */
export function withExternal(
  model: Uint8Array,
  entries: Readonly<Record<string, string>>,
  dims: readonly number[] = [4],
): Uint8Array {
  const tensor = new Message().string(8, 'far').int(2, 1).int(14, 1)
  for (const dim of dims) tensor.int(1, dim)
  for (const [key, value] of Object.entries(entries)) {
    tensor.message(13, new Message().string(1, key).string(2, value))
  }
  return Buffer.concat([model, new Message().message(7, new Message().message(5, tensor)).finish()])
}

/** Write files into a folder of their own; returns the folder. */
export function folderWith(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = temporaryFolder()
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}
