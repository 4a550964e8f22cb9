/** @file Tiny ONNX models for refusals: a wrapper that changes one thing of a sound decoder at a time. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ElementType, float, GraphBuilder, type Shape, type Value } from '../../../src/onnx/graph.ts'
import * as op from '../../../src/onnx/ops.ts'
import { Message } from '../../../src/onnx/protobuf.ts'
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
  readonly outputShape?: Shape
  /** What a step adds to the stream, given the stream. */
  readonly steps?: readonly ((g: GraphBuilder, x: Value) => Value)[]
}

const pattern = (size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => Math.sin(i + 1))

/** x + tanh(norm(x)): a step like any other. */
export function plainStep(g: GraphBuilder, x: Value): Value {
  const gain = g.initializer(`gain_${x.name}`, 'float32', [WIDTH], new Float32Array(WIDTH).fill(1))
  return op.add(g, x, op.tanh(g, op.layerNormalization(g, x, gain, null, 1e-5)))
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
  g.output(options.output ?? 'logits', { ...logits, shape: options.outputShape ?? logits.shape })
  return g.build().bytes
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
