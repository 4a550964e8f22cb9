/**
 * @file Weights as graph values: linear layers, norms and rotary tables under names that say their role. "Wide" is
 * float32, or float64 in a graph whose operands are float64.
 */
import type { ActivationQuantization } from '../../contract/activation-quantization.ts'
import { forEpsilon } from '../../onnx/graph/double-ops.ts'
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as layers from '../../onnx/graph/layer-ops.ts'
import * as op from '../../onnx/graph/ops.ts'
import { attentionOf } from '../attention-of.ts'
import type { BlockSpec, LinearRef, NormRef, NormSpec, RotarySpec, WeightRef } from '../decoder-spec.ts'
import { asFloat32, type OperandType, type Weight, type WeightReader } from '../weight-reader.ts'
import { fakeQuantize } from './fake-quantize.ts'
import type { BodyShape, RoundedType } from './shape.ts'

interface WideData {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
}

/** In which type operands are, and what they are rounded to where that is another. */
export type Arithmetic = Pick<BodyShape, 'type' | 'rounding'>

/** Half-open range of channels. */
export type Tile = readonly [start: number, end: number]

export class GraphWeights {
  readonly g: GraphBuilder
  readonly #reader: WeightReader
  readonly #type: OperandType
  readonly #rounding: RoundedType | null
  readonly #activations: ReadonlyMap<string, ActivationQuantization>
  readonly #name: string
  /** Inputs that were quantized already: q, k and v read the same one. */
  readonly #quantized = new Map<string, Value>()
  readonly #means = new Map<number, Value>()

  /** `name` is put before the names of all constants, so that two models fit into one graph. */
  constructor(
    g: GraphBuilder,
    reader: WeightReader,
    { type, rounding = null }: Arithmetic,
    activations: ReadonlyMap<string, ActivationQuantization>,
    name = '',
  ) {
    this.g = g
    this.#reader = reader
    this.#type = type
    this.#rounding = rounding
    this.#activations = activations
    this.#name = name
  }

  /** Type of the operands of matrix products. */
  get type(): OperandType {
    return this.#type
  }

  /** Type of the residual stream, of norms and of activation functions. */
  get wide(): 'float32' | 'float64' {
    return this.#type === 'float64' ? 'float64' : 'float32'
  }

  /** A value as operands are: in their type, and rounded where the rounding is emulated. */
  operand(x: Value): Value {
    const { g } = this
    if (this.#rounding === null) return op.cast(g, x, this.#type)
    return op.cast(g, op.cast(g, x, this.#rounding), 'float32')
  }

  /** A stored value as a constant of the graph, in the operand type. */
  async #operandOf(ref: WeightRef, name: string): Promise<Value> {
    if (this.#type === 'float64') return this.#vector(name, await this.#wideData(ref))
    const stored = await this.#reader.read(ref, this.#rounding ?? this.#type)
    if (this.#rounding === null) return this.#stored(name, stored)
    return this.#vector(name, { shape: stored.shape, data: asFloat32(stored) })
  }

  async #wideData(ref: WeightRef): Promise<WideData> {
    if (this.wide === 'float64') return await this.#reader.readExact(ref)
    const stored = await this.#reader.read(ref, 'float32')
    return { shape: stored.shape, data: asFloat32(stored) }
  }

  #vector(name: string, { shape, data }: WideData): Value {
    return this.g.weight(this.#name + name, this.wide, shape, data)
  }

  #stored(name: string, { type, shape, data }: Weight): Value {
    return this.g.weight(this.#name + name, type, shape, data)
  }

  /** Numbers that are no weight of the checkpoint, wide. */
  constant(name: string, shape: readonly number[], data: Float32Array | Float64Array): Value {
    const wide = this.wide === 'float64' ? new Float64Array(data) : new Float32Array(data)
    return this.#vector(name, { shape, data: wide })
  }

  /** A vector that no layer multiplies by, wide. */
  async wideVector(ref: WeightRef, name: string): Promise<Value> {
    return this.#vector(name, await this.#wideData(ref))
  }

  /** A matrix of which only rows are taken: stays in the type it is stored in. */
  async table(ref: WeightRef, name: string): Promise<Value> {
    return this.#stored(name, await this.#reader.read(ref, 'stored'))
  }

  /** x (n_row, in) → (n_row, out), wide: rounded to the operand type on the way in. */
  async linear(x: Value, ref: LinearRef, name: string): Promise<Value> {
    return op.cast(this.g, await this.linearTyped(x, ref, name), this.wide)
  }

  /** Like `linear`, but the result stays in the operand type (for q, k, v on their way into attention). */
  async linearTyped(x: Value, ref: LinearRef, name: string): Promise<Value> {
    const g = this.g
    const matrix = await this.#operandOf(ref.weight, `${name}.weight`)
    const bias = ref.bias === null ? null : await this.#operandOf(ref.bias, `${name}.bias`)
    const input = this.quantizedInput(x, ref.weight.tensor)
    const product = op.gemm(g, this.operand(input), matrix, bias)
    return this.#rounding === null ? product : this.operand(product)
  }

  /** Does this layer quantize its input? */
  quantizes(ref: LinearRef): boolean {
    return this.#activations.has(ref.weight.tensor)
  }

  /** A float32 layer whose outputs [start, end) can be had apart: x (n_row, in) → (n_row, end − start). */
  async outputTiles(ref: LinearRef, name: string): Promise<(x: Value, tile: Tile) => Value> {
    const g = this.g
    const { shape, data } = await this.#wideData(ref.weight)
    const bias = ref.bias === null ? null : (await this.#wideData(ref.bias)).data
    const [, inputs = 0] = shape
    return (x, [start, end]) => {
      const named = (part: string): string => `${name}.${part}.${start}`
      const rows = data.subarray(start * inputs, end * inputs)
      const matrix = this.#vector(named('weight'), { shape: [end - start, inputs], data: rows })
      const offset =
        bias === null
          ? null
          : this.#vector(named('bias'), { shape: [end - start], data: bias.subarray(start, end) })
      return op.gemm(g, this.quantizedInput(x, ref.weight.tensor), matrix, offset)
    }
  }

  /**
   * A float32 layer that is summed over its inputs a tile at a time: x (n_row, end − start) and the sum so far (null at
   * first: the bias) → (n_row, out). Not for layers that quantize their input.
   */
  async inputTiles(
    ref: LinearRef,
    name: string,
  ): Promise<(x: Value, tile: Tile, sum: Value | null) => Value> {
    const g = this.g
    const { shape, data } = await this.#wideData(ref.weight)
    const bias = ref.bias === null ? null : this.#vector(`${name}.bias`, await this.#wideData(ref.bias))
    const [outputs = 0, inputs = 0] = shape
    return (x, [start, end], sum) => {
      const columns = this.#reader.allocate(outputs * (end - start))
      for (let row = 0; row < outputs; row++) {
        columns.set(data.subarray(row * inputs + start, row * inputs + end), row * (end - start))
      }
      const tile = { shape: [outputs, end - start], data: columns }
      return op.gemm(g, x, this.#vector(`${name}.weight.${start}`, tile), sum ?? bias)
    }
  }

  /** x (n_row, in) wide, quantized and dequantized (float32 only) as the layer of that weight declares. */
  quantizedInput(x: Value, weightTensor: string): Value {
    const quantization = this.#activations.get(weightTensor)
    if (quantization === undefined) return x
    const key = `${x.name} ${JSON.stringify(quantization)}`
    const known = this.#quantized.get(key) ?? fakeQuantize(this.g, x, quantization, weightTensor)
    this.#quantized.set(key, known)
    return known
  }

  /** A norm over the last axis, wide. */
  async norm(x: Value, spec: NormSpec, ref: NormRef, name: string): Promise<Value> {
    const g = this.g
    const gain =
      ref.gain === null ? this.#ones(x, `${name}.gain`) : await this.#gain(ref.gain, spec, `${name}.gain`)
    const { epsilon } = spec
    const input = this.wide === 'float64' ? forEpsilon(g, x, epsilon) : { x, epsilon }
    if (spec.kind === 'rms') return layers.simplifiedLayerNormalization(g, input.x, gain, input.epsilon)
    const bias = ref.bias === null ? null : this.#vector(`${name}.bias`, await this.#wideData(ref.bias))
    return layers.layerNormalization(g, input.x, gain, bias, input.epsilon)
  }

  async #gain(ref: WeightRef, { gainOffset }: NormSpec, name: string): Promise<Value> {
    const { shape, data } = await this.#wideData(ref)
    const centred = gainOffset === 0 ? data : data.map((gain) => gain + gainOffset)
    return this.#vector(name, { shape, data: centred })
  }

  /** As many as x is wide. */
  #ones(x: Value, name: string, value = 1): Value {
    const width = x.shape.at(-1)
    if (typeof width !== 'number') throw new RangeError(`${x.name}: its width is not known`)
    return this.constant(name, [width], new Float64Array(width).fill(value))
  }

  /** The mean of each row: (n_row, n) → (n_row, 1) */
  rowMeans(x: Value): Value {
    const width = x.shape.at(-1)
    if (typeof width !== 'number') throw new RangeError(`${x.name}: its width is not known`)
    const shares =
      this.#means.get(width) ??
      this.constant(`mean_of_${width}`, [width, 1], new Float64Array(width).fill(1 / width))
    this.#means.set(width, shares)
    return op.matMul(this.g, x, shares)
  }

  /** An RMS norm over the last axis without its gain, times `size`. */
  unitNorm(x: Value, { epsilon }: Pick<NormSpec, 'epsilon'>, name: string, size = 1): Value {
    const g = this.g
    const gain = this.#ones(x, `${name}.unit_gain`, size)
    const input = this.wide === 'float64' ? forEpsilon(g, x, epsilon) : { x, epsilon }
    return layers.simplifiedLayerNormalization(g, input.x, gain, input.epsilon)
  }

  /**
   * cos and sin tables (length, size/2), one pair per distinct rotary spec. Angles are computed in float64 and rounded
   * once at most: float32 angles would be off by 1e-4 at position 2,000.
   */
  rotaryTables(
    blocks: readonly BlockSpec[],
    length: number,
  ): (rotary: RotarySpec | null) => { cos: Value; sin: Value } | null {
    const tables = new Map<string, { cos: Value; sin: Value }>()
    for (const block of blocks) {
      const rotary = attentionOf(block)?.rotary ?? null
      if (rotary === null || tables.has(JSON.stringify(rotary))) continue
      const name = `rotary_${tables.size}`
      const shape = [length, rotary.size / 2]
      const [cos, sin] = angles(rotary, length)
      const table = (part: string, exact: Float64Array): Value => {
        const data = this.wide === 'float64' ? exact : new Float32Array(exact)
        return this.#vector(`${name}.${part}`, { shape, data })
      }
      tables.set(JSON.stringify(rotary), { cos: table('cos', cos), sin: table('sin', sin) })
    }
    return (rotary) => (rotary === null ? null : (tables.get(JSON.stringify(rotary)) ?? null))
  }
}

function angles(rotary: RotarySpec, length: number): [Float64Array, Float64Array] {
  const pairs = rotary.size / 2
  const cos = new Float64Array(length * pairs)
  const sin = new Float64Array(length * pairs)
  for (let position = 0; position < length; position++) {
    for (let pair = 0; pair < pairs; pair++) {
      const angle = position * (rotary.inverseFrequency[pair] ?? 0)
      cos[position * pairs + pair] = Math.cos(angle) * rotary.amplitude
      sin[position * pairs + pair] = Math.sin(angle) * rotary.amplitude
    }
  }
  return [cos, sin]
}
