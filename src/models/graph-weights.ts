/** @file Weights as graph values: linear layers, norms and rotary tables under names that say their role. */
import type { ActivationQuantization } from '../contract/activation-quantization.ts'
import type { GraphBuilder, Value } from '../onnx/graph.ts'
import * as op from '../onnx/ops.ts'
import { fakeQuantize } from './activation-graph.ts'
import type { BlockSpec, LinearRef, NormRef, NormSpec, RotarySpec, WeightRef } from './decoder-spec.ts'
import { asFloat32, type WeightReader, type WeightType } from './weight-reader.ts'

export class GraphWeights {
  readonly #g: GraphBuilder
  readonly #reader: WeightReader
  readonly #type: WeightType
  readonly #activations: ReadonlyMap<string, ActivationQuantization>
  /** Inputs that were quantized already: q, k and v read the same one. */
  readonly #quantized = new Map<string, Value>()

  constructor(
    g: GraphBuilder,
    reader: WeightReader,
    type: WeightType,
    activations: ReadonlyMap<string, ActivationQuantization>,
  ) {
    this.#g = g
    this.#reader = reader
    this.#type = type
    this.#activations = activations
  }

  /** Type of the operands of matrix products. */
  get type(): WeightType {
    return this.#type
  }

  /** A matrix of which only rows are taken: stays in the type it is stored in. */
  async table(ref: WeightRef, name: string): Promise<Value> {
    const weight = await this.#reader.read(ref, 'stored')
    return this.#g.initializer(name, weight.type, weight.shape, weight.data)
  }

  /** x (n_row, in) → (n_row, out) float32: rounded to the operand type on the way in. */
  async linear(x: Value, ref: LinearRef, name: string): Promise<Value> {
    return op.cast(this.#g, await this.linearTyped(x, ref, name), 'float32')
  }

  /** Like `linear`, but the result stays in the operand type (for q, k, v on their way into attention). */
  async linearTyped(x: Value, ref: LinearRef, name: string): Promise<Value> {
    const g = this.#g
    const weight = await this.#reader.read(ref.weight, this.#type)
    const matrix = g.initializer(`${name}.weight`, weight.type, weight.shape, weight.data)
    let bias: Value | null = null
    if (ref.bias !== null) {
      const vector = await this.#reader.read(ref.bias, this.#type)
      bias = g.initializer(`${name}.bias`, vector.type, vector.shape, vector.data)
    }
    const input = this.quantizedInput(x, ref.weight.tensor)
    return op.gemm(g, op.cast(g, input, this.#type), matrix, bias)
  }

  /** x (n_row, in) float32, quantized and dequantized as the layer of that weight declares. */
  quantizedInput(x: Value, weightTensor: string): Value {
    const quantization = this.#activations.get(weightTensor)
    if (quantization === undefined) return x
    const key = `${x.name} ${JSON.stringify(quantization)}`
    const known = this.#quantized.get(key) ?? fakeQuantize(this.#g, x, quantization, weightTensor)
    this.#quantized.set(key, known)
    return known
  }

  /** A norm over the last axis, in float32. */
  async norm(x: Value, spec: NormSpec, ref: NormRef, name: string): Promise<Value> {
    const g = this.#g
    const stored = asFloat32(await this.#reader.read(ref.gain, 'float32'))
    const gainData = spec.gainOffset === 0 ? stored : stored.map((gain) => gain + spec.gainOffset)
    const gain = g.initializer(`${name}.gain`, 'float32', [gainData.length], gainData)
    if (spec.kind === 'rms') return op.simplifiedLayerNormalization(g, x, gain, spec.epsilon)
    let bias: Value | null = null
    if (ref.bias !== null) {
      const vector = asFloat32(await this.#reader.read(ref.bias, 'float32'))
      bias = g.initializer(`${name}.bias`, 'float32', [vector.length], vector)
    }
    return op.layerNormalization(g, x, gain, bias, spec.epsilon)
  }

  /**
   * cos and sin tables (length, size/2), one pair per distinct rotary spec. Angles are computed in float64 and rounded
   * once: float32 angles would be off by 1e-4 at position 2,000.
   */
  rotaryTables(
    blocks: readonly BlockSpec[],
    length: number,
  ): (rotary: RotarySpec | null) => { cos: Value; sin: Value } | null {
    const tables = new Map<string, { cos: Value; sin: Value }>()
    for (const { attention } of blocks) {
      const { rotary } = attention
      if (rotary === null || tables.has(JSON.stringify(rotary))) continue
      const name = `rotary_${tables.size}`
      const shape = [length, rotary.size / 2]
      const [cos, sin] = angles(rotary, length)
      tables.set(JSON.stringify(rotary), {
        cos: op.cast(this.#g, this.#g.initializer(`${name}.cos`, 'float32', shape, cos), this.#type),
        sin: op.cast(this.#g, this.#g.initializer(`${name}.sin`, 'float32', shape, sin), this.#type),
      })
    }
    return (rotary) => (rotary === null ? null : (tables.get(JSON.stringify(rotary)) ?? null))
  }
}

function angles(rotary: RotarySpec, length: number): [Float32Array, Float32Array] {
  const pairs = rotary.size / 2
  const cos = new Float32Array(length * pairs)
  const sin = new Float32Array(length * pairs)
  for (let position = 0; position < length; position++) {
    for (let pair = 0; pair < pairs; pair++) {
      const angle = position * (rotary.inverseFrequency[pair] ?? 0)
      cos[position * pairs + pair] = Math.cos(angle) * rotary.amplitude
      sin[position * pairs + pair] = Math.sin(angle) * rotary.amplitude
    }
  }
  return [cos, sin]
}
