/**
 * @file Exports a decoder with logits as other people's tools do, written apart from the graph that is under test:
 * batch first, MatMul and Add, inputs named as Optimum names them; norms fused, spelled out, or fused with the additions
 * (as onnxruntime-genai does), with and without a cache.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { attentionOf } from '../../../src/models/attention-of.ts'
import type {
  AttentionSpec,
  BlockSpec,
  Decoder,
  LinearRef,
  NormRef,
} from '../../../src/models/decoder-spec.ts'
import { asFloat32, type WeightReader } from '../../../src/models/weight-reader.ts'
import { narrowToFloat16 } from '../../../src/numbers/float16.ts'
import { present as known } from '../../../src/numbers/present.ts'
import {
  type ElementType,
  float,
  GraphBuilder,
  type GraphModel,
  int,
  type Shape,
  type Value,
} from '../../../src/onnx/graph/graph.ts'
import * as layers from '../../../src/onnx/graph/layer-ops.ts'
import * as op from '../../../src/onnx/graph/ops.ts'
import type { LinearStyle } from './linear-styles.ts'

export interface ExportStyle {
  readonly linear: LinearStyle
  readonly norms: 'fused' | 'decomposed' | 'skip'
  /** With position_ids and past_key_values inputs. */
  readonly cached: boolean
  readonly type: 'float32' | 'float16'
  readonly ids: 'int64' | 'int32'
  /** Declared shape of the ids. */
  readonly shape: Shape
  /** Initializers up to this size lie in the model itself. */
  readonly inlineBytes: number
  /** Every linear layer's input as an output. */
  readonly probe: boolean
  /** Tokens beyond the vocabulary: columns of zeros behind the logits. */
  readonly padding: number
  /** `logits`; anything else is an export without them. */
  readonly output: string
}

const LENGTH = 256

function own(block: BlockSpec): AttentionSpec {
  const attention = attentionOf(block)
  if (attention === null) throw new Error('a delta net cannot be exported')
  return attention
}

/** Build the export. */
export async function exportDecoder(
  decoder: Decoder,
  reader: WeightReader,
  style: ExportStyle,
): Promise<GraphModel> {
  return await new Exporter(decoder, reader, style).build()
}

/** Write a model and its data files into a folder. Returns the path of the model. */
export function writeModel(model: GraphModel, folder: string, name = 'model.onnx'): string {
  mkdirSync(folder, { recursive: true })
  for (const { path, data } of model.external) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), data)
  }
  writeFileSync(join(folder, name), model.bytes)
  return join(folder, name)
}

/** The residual stream: a value, and what is still to be added to it. */
interface Stream {
  value: Value
  branch: Value | null
}

class Exporter {
  readonly #g: GraphBuilder
  readonly #decoder: Decoder
  readonly #reader: WeightReader
  readonly #style: ExportStyle
  readonly #mask: Value
  readonly #positions: Value
  readonly #tables = new Map<string, { cos: Value; sin: Value }>()

  constructor(decoder: Decoder, reader: WeightReader, style: ExportStyle) {
    this.#decoder = decoder
    this.#reader = reader
    this.#style = style
    this.#g = new GraphBuilder(style.inlineBytes)
    const { ids } = style
    this.#mask = op.cast(this.#g, this.#g.input('attention_mask', ids, ['batch', 'total']), 'int32')
    const positions = style.cached ? this.#g.input('position_ids', ids, ['batch', 'sequence']) : null
    this.#positions = positions === null ? this.#g.integers([0]) : op.cast(this.#g, positions, 'int64')
  }

  async build(): Promise<GraphModel> {
    const [g, { spec, weights }] = [this.#g, this.#decoder]
    const ids = g.input('input_ids', this.#style.ids, this.#style.shape)
    const table = await this.#matrix({ weight: weights.embedding, bias: null }, 'embed')
    let x = op.gather(g, this.#constant('embed.weight', [table.out, table.in], table.matrix), ids)
    if (spec.embeddingScale !== 1) x = op.mul(g, x, this.#constant('embed.scale', [], [spec.embeddingScale]))
    const stream: Stream = { value: x, branch: null }
    for (const [layer, block] of spec.blocks.entries()) await this.#block(stream, block, layer)
    const last = await this.#norm(stream, weights.finalNorm, 'final_norm', false)
    const head = padded(await this.#matrix(weights.unembedding, 'lm_head'), this.#style.padding)
    let logits = op.matMul(g, last, this.#constant('lm_head.weight', [head.in, head.out], turned(head)))
    if (spec.logitSoftcap !== null) {
      const cap = this.#constant('logit_cap', [], [spec.logitSoftcap])
      logits = op.mul(g, op.tanh(g, op.div(g, logits, cap)), cap)
    }
    if (this.#style.output === 'logits') g.output('logits', logits)
    else g.output(this.#style.output, last)
    return g.build()
  }

  async #block(stream: Stream, block: BlockSpec, layer: number): Promise<void> {
    const weights = this.#decoder.weights.blocks[layer]
    if (weights === undefined) throw new RangeError(`block ${layer}`)
    const named = (role: string): string => `layers.${layer}.${role}`
    let attended = await this.#attention(
      await this.#norm(stream, weights.preAttention, named('norm1')),
      block,
      layer,
    )
    if (weights.postAttention)
      attended = await this.#plainNorm(attended, weights.postAttention, named('norm2'))
    if (block.layout === 'sequential') this.#add(stream, attended)
    let out = await this.#mlp(await this.#norm(stream, weights.preMlp, named('norm3')), block, layer)
    if (weights.postMlp) out = await this.#plainNorm(out, weights.postMlp, named('norm4'))
    this.#add(stream, block.layout === 'parallel' ? op.add(this.#g, out, attended) : out)
  }

  /** Add to the stream now, or leave it to the next fused norm. */
  #add(stream: Stream, branch: Value): void {
    if (this.#style.norms === 'skip') stream.branch = branch
    else stream.value = op.add(this.#g, branch, stream.value)
  }

  async #attention(x: Value, block: BlockSpec, layer: number): Promise<Value> {
    const g = this.#g
    const weights = this.#decoder.weights.blocks[layer]
    if (weights === undefined) throw new RangeError(`block ${layer}`)
    const { heads, kvHeads, headSize, scale, softcap, window } = own(block)
    const q = this.#rotate(await this.#linear(x, weights.q, `layers.${layer}.q`), block, heads)
    const k = this.#rotate(await this.#linear(x, known(weights.k), `layers.${layer}.k`), block, kvHeads)
    const v = await this.#linear(x, known(weights.v), `layers.${layer}.v`)
    const past = (kind: string): Value | null =>
      this.#style.cached
        ? g.input(`past_key_values.${layer}.${kind}`, this.#style.type, ['batch', kvHeads, 'past', headSize])
        : null
    const seen = g.apply(
      'ReduceSum',
      [this.#mask, g.integers([1])],
      { type: 'int32', shape: ['batch'] },
      {
        keepdims: int(0),
      },
    )
    const total = g.apply(
      'Shape',
      [this.#mask],
      { type: 'int64', shape: [1] },
      { start: int(1), end: int(2) },
    )
    const inputs = [
      q,
      k,
      v,
      past('key'),
      past('value'),
      op.sub(g, seen, g.scalar('int32', 1)),
      op.cast(g, total, 'int32'),
    ]
    const present = { type: x.type, shape: ['batch', kvHeads, 'total', headSize] }
    const attributes = {
      num_heads: int(heads),
      kv_num_heads: int(kvHeads),
      scale: float(scale),
      softcap: float(softcap ?? 0),
      local_window_size: int(window ?? -1),
    }
    const results = [{ type: q.type, shape: q.shape }, present, present]
    const [z, key, value] = g.node('GroupQueryAttention', inputs, results, attributes, 'com.microsoft')
    if (z === undefined || key === undefined || value === undefined) throw new Error('GroupQueryAttention')
    if (this.#style.cached) {
      g.output(`present.${layer}.key`, key)
      g.output(`present.${layer}.value`, value)
    }
    return await this.#linear(z, weights.o, `layers.${layer}.o`)
  }

  #rotate(x: Value, block: BlockSpec, heads: number): Value {
    const { rotary } = own(block)
    if (rotary === null) return x
    const key = JSON.stringify(rotary)
    const angles = (of: (angle: number) => number): number[] =>
      Array.from({ length: LENGTH }, (_, position) =>
        rotary.inverseFrequency.map((f) => of(position * f)),
      ).flat()
    const tables = this.#tables.get(key) ?? {
      cos: this.#constant(`cos_${this.#tables.size}`, [LENGTH, rotary.size / 2], angles(Math.cos)),
      sin: this.#constant(`sin_${this.#tables.size}`, [LENGTH, rotary.size / 2], angles(Math.sin)),
    }
    this.#tables.set(key, tables)
    const attributes = { num_heads: int(heads), rotary_embedding_dim: int(rotary.size) }
    return this.#g.apply(
      'RotaryEmbedding',
      [x, this.#positions, tables.cos, tables.sin],
      x,
      attributes,
      'com.microsoft',
    )
  }

  async #mlp(x: Value, block: BlockSpec, layer: number): Promise<Value> {
    const g = this.#g
    const weights = this.#decoder.weights.blocks[layer]
    if (weights === undefined || weights.up === null || weights.down === null)
      throw new RangeError(`no MLP in block ${layer}`)
    const activate = (value: Value): Value =>
      block.mlp.activation === 'silu'
        ? op.mul(g, value, g.apply('Sigmoid', [value], value))
        : layers.gelu(g, value, block.mlp.activation === 'gelu_tanh' ? 'tanh' : 'none')
    const up = await this.#linear(x, weights.up, `layers.${layer}.up`)
    const inner =
      weights.gate === null
        ? activate(up)
        : op.mul(g, activate(await this.#linear(x, weights.gate, `layers.${layer}.gate`)), up)
    return await this.#linear(inner, weights.down, `layers.${layer}.down`)
  }

  async #linear(x: Value, ref: LinearRef, name: string): Promise<Value> {
    const g = this.#g
    if (this.#style.probe) g.output(`probe:${name}`, x)
    const weights = await this.#matrix(ref, name)
    const product =
      this.#style.type === 'float16'
        ? op.matMul(g, x, this.#constant(`${name}.weight`, [weights.in, weights.out], turned(weights)))
        : this.#style.linear(g, x, weights)
    if (ref.bias === null) return product
    const bias = asFloat32(await this.#reader.read(ref.bias, 'float32'))
    return op.add(g, product, this.#constant(`${name}.bias`, [bias.length], bias))
  }

  async #matrix(ref: LinearRef, name: string) {
    const weight = await this.#reader.read(ref.weight, 'float32')
    const [out = 0, columns = 0] = weight.shape
    return { name, matrix: asFloat32(weight), out, in: columns }
  }

  /** The norm of the stream, after what is still to be added to it. `sum`: is the sum read later? */
  async #norm(stream: Stream, ref: NormRef | null, name: string, sum = true): Promise<Value> {
    if (ref === null) return stream.value
    if (stream.branch === null) return await this.#plainNorm(stream.value, ref, name)
    const [g, { norm }] = [this.#g, this.#decoder.spec]
    const { gain, bias } = await this.#normWeights(ref, name)
    const rms = norm.kind === 'rms'
    const inputs = [stream.value, stream.branch, gain, ...(rms || bias === null ? [] : [bias])]
    const x = { type: stream.value.type, shape: stream.value.shape }
    const moment = { type: 'float32', shape: [1] } as const
    const results = sum ? [x, moment, moment, x] : [x]
    const kind = rms ? 'SkipSimplifiedLayerNormalization' : 'SkipLayerNormalization'
    const outputs = g.node(kind, inputs, results, { epsilon: float(norm.epsilon) }, 'com.microsoft')
    const [normed] = outputs
    if (normed === undefined) throw new Error(kind)
    stream.value = outputs[3] ?? stream.value
    stream.branch = null
    return normed
  }

  async #plainNorm(x: Value, ref: NormRef, name: string): Promise<Value> {
    const [g, { norm }] = [this.#g, this.#decoder.spec]
    const { gain, bias } = await this.#normWeights(ref, name)
    if (this.#style.norms !== 'decomposed') {
      return norm.kind === 'rms'
        ? layers.simplifiedLayerNormalization(g, x, gain, norm.epsilon)
        : layers.layerNormalization(g, x, gain, bias, norm.epsilon)
    }
    const mean = (value: Value): Value =>
      g.apply('ReduceMean', [value, g.integers([-1])], value, { keepdims: int(1) })
    const centred = norm.kind === 'rms' ? x : op.sub(g, x, mean(x))
    const square = g.apply('Pow', [centred, g.scalar('float32', 2)], x)
    const root = g.apply('Sqrt', [op.add(g, mean(square), g.scalar('float32', norm.epsilon))], x)
    if (norm.kind === 'rms') return op.mul(g, gain, op.mul(g, x, g.apply('Reciprocal', [root], x)))
    const scaled = op.mul(g, op.div(g, centred, root), gain)
    return bias === null ? scaled : op.add(g, scaled, bias)
  }

  async #normWeights(ref: NormRef, name: string): Promise<{ gain: Value; bias: Value | null }> {
    if (ref.gain === null) throw new Error(`${name} has no gain: not exported`)
    const stored = asFloat32(await this.#reader.read(ref.gain, 'float32'))
    const values = stored.map((gain) => gain + this.#decoder.spec.norm.gainOffset)
    const gain = this.#constant(`${name}.weight`, [values.length], values)
    if (ref.bias === null) return { gain, bias: null }
    const bias = asFloat32(await this.#reader.read(ref.bias, 'float32'))
    return { gain, bias: this.#constant(`${name}.bias`, [bias.length], bias) }
  }

  /** A float constant in the type of the export. */
  #constant(name: string, shape: readonly number[], values: Float32Array | readonly number[]): Value {
    const data = values instanceof Float32Array ? values : Float32Array.from(values)
    const type: ElementType = this.#style.type
    if (type === 'float32') return this.#g.initializer(name, type, shape, data)
    const half = new Uint16Array(data.length)
    narrowToFloat16(data, half)
    return this.#g.initializer(name, type, shape, half)
  }
}

/** Rows of zeros behind a matrix. */
function padded(
  { matrix, out, in: columns }: { matrix: Float32Array; out: number; in: number },
  rows: number,
) {
  const result = new Float32Array((out + rows) * columns)
  result.set(matrix)
  return { matrix: result, out: out + rows, in: columns }
}

function turned({
  matrix,
  out,
  in: columns,
}: {
  matrix: Float32Array
  out: number
  in: number
}): Float32Array {
  const result = new Float32Array(matrix.length)
  for (let n = 0; n < out; n++)
    for (let k = 0; k < columns; k++) result[k * out + n] = matrix[n * columns + k] ?? 0
  return result
}
