/**
 * @file Builds an ONNX graph in memory. The shape of the API is WebNN's MLGraphBuilder: operators take values and
 * return values; the graph is whatever the outputs reach. Large tensors are not copied into the model: they are
 * handed to onnxruntime as named external buffers, one per tensor, so that no single buffer limit is met.
 *
 * Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (IR version 10, opset 21).
 */
import { type FedWeight, fedWeight, type WeightKeeper } from './fed-weight.ts'
import { Message } from './protobuf.ts'

const IR_VERSION = 10
const OPSET = 21
const CONTRIB_OPSET = 1
const DATA_LOCATION_EXTERNAL = 1
/** Initializers up to this size are written into the model: shape constants and scalars. */
const INLINE_BYTES = 1024

/** A number is fixed; a name ("n_token") is known only when the graph runs. */
export type Dim = number | string
export type Shape = readonly Dim[]
export type ElementType =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'float8e4m3fn'
  | 'uint8'
  | 'int8'
  | 'int32'
  | 'int64'
  | 'bool'

export const ELEMENT_CODE: Record<ElementType, number> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
  float8e4m3fn: 17,
}

/** A tensor flowing through the graph: a name that carries its type and shape. */
export interface Value {
  readonly name: string
  readonly type: ElementType
  readonly shape: Shape
}

/** Types that constants are written in. */
export type ScalarType = 'float64' | 'float32' | 'float16' | 'int64' | 'int32'

/** Ops of onnxruntime's own set live in this domain. */
export type Domain = '' | 'com.microsoft'

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }

export type Attributes = Readonly<Record<string, Attribute>>

export const int = (value: number): Attribute => ({ kind: 'int', value })
export const float = (value: number): Attribute => ({ kind: 'float', value })
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value })
export const string = (value: string): Attribute => ({ kind: 'string', value })

/** A weight that onnxruntime reads from a buffer beside the model. */
export interface ExternalTensor {
  readonly path: string
  readonly data: Uint8Array
}

/** A finished graph: ONNX bytes, and the buffers they refer to. */
export interface GraphModel {
  readonly bytes: Uint8Array
  readonly external: readonly ExternalTensor[]
  /** Not among `inputs`: sessions give them. */
  readonly fed: readonly FedWeight[]
  /** `caller`: all weights are fed, and two graphs of equal bytes are the same graph. */
  readonly keeper: WeightKeeper
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

export class GraphBuilder {
  readonly #nodes: Message[] = []
  readonly #initializers: Message[] = []
  readonly #names: string[] = []
  readonly #inputs: Value[] = []
  readonly #outputs: Value[] = []
  readonly #external: ExternalTensor[] = []
  readonly #fed: FedWeight[] = []
  readonly #scalars = new Map<string, Value>()
  readonly #inlineBytes: number
  readonly #wanted: WeightKeeper
  #keeper: WeightKeeper
  #count = 0

  /** Initializers of up to `inlineBytes` are written into the model. `keeper`: of what is added as a weight. */
  constructor(inlineBytes = INLINE_BYTES, keeper: WeightKeeper = 'engine') {
    this.#inlineBytes = inlineBytes
    this.#wanted = keeper
    this.#keeper = keeper
  }

  input(name: string, type: ElementType, shape: Shape): Value {
    const value = { name, type, shape }
    this.#inputs.push(value)
    return value
  }

  /**
   * What one model has and another of the same form has otherwise, row-major. `data` must stay as it is: where the caller keeps the
   * weights until the session is released, else until it is created. Types that a run cannot be given are always the engine's.
   */
  weight(name: string, type: ElementType, shape: readonly number[], data: ArrayBufferView): Value {
    const fed = this.#wanted === 'caller' ? fedWeight(name, type, shape, data) : null
    if (fed === null) {
      this.#keeper = 'engine'
      return this.initializer(name, type, shape, data)
    }
    this.#fed.push(fed)
    return { name, type, shape }
  }

  /** A constant. `data` holds the elements in row-major order; it must outlive the session's creation. */
  initializer(name: string, type: ElementType, shape: readonly number[], data: ArrayBufferView): Value {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const tensor = new Message()
    for (const dim of shape) tensor.int(1, dim)
    tensor.int(2, ELEMENT_CODE[type]).string(8, name)
    if (bytes.byteLength <= this.#inlineBytes) {
      tensor.bytes(9, bytes)
    } else {
      const path = `${name}.bin`
      for (const [key, value] of [
        ['location', path],
        ['offset', '0'],
        ['length', String(bytes.byteLength)],
      ] as const) {
        tensor.message(13, new Message().string(1, key).string(2, value))
      }
      tensor.int(14, DATA_LOCATION_EXTERNAL)
      this.#external.push({ path, data: bytes })
    }
    this.#initializers.push(tensor)
    this.#names.push(name)
    return { name, type, shape }
  }

  /** A one-element constant that broadcasts; named after its value, so it is written once. */
  scalar(type: ScalarType, value: number): Value {
    const name = `${type}_${value}`
    const known = this.#scalars.get(name) ?? this.initializer(name, type, [], scalarData(type, value))
    this.#scalars.set(name, known)
    return known
  }

  /** The integers of a shape, an axes list, … as an int64 constant. */
  integers(values: readonly number[]): Value {
    const name = `ints_${values.join('_').replaceAll('-', 'm')}`
    const data = BigInt64Array.from(values, (value) => BigInt(value))
    const known = this.#scalars.get(name) ?? this.initializer(name, 'int64', [values.length], data)
    this.#scalars.set(name, known)
    return known
  }

  /** A float32 matrix of ones. */
  ones(rows: number, columns: number): Value {
    const name = `ones_${rows}_${columns}`
    const known =
      this.#scalars.get(name) ??
      this.initializer(name, 'float32', [rows, columns], new Float32Array(rows * columns).fill(1))
    this.#scalars.set(name, known)
    return known
  }

  /** The one primitive. Operators in ops.ts call it with the results they inferred. A null input is left out. */
  node(
    op: string,
    inputs: readonly (Value | null)[],
    results: readonly Omit<Value, 'name'>[],
    attributes: Attributes = {},
    domain: Domain = '',
  ): readonly Value[] {
    const id = this.#count++
    const node = new Message()
    for (const input of inputs) node.string(1, input === null ? '' : input.name)
    const outputs = results.map((result, i) => ({ ...result, name: `${op.toLowerCase()}_${id}_${i}` }))
    for (const output of outputs) node.string(2, output.name)
    node.string(3, `${op}_${id}`).string(4, op)
    for (const [key, value] of Object.entries(attributes)) node.message(5, attributeProto(key, value))
    if (domain !== '') node.string(7, domain)
    this.#nodes.push(node)
    return outputs
  }

  /** Like `node`, for operators with one result. */
  apply(
    op: string,
    inputs: readonly (Value | null)[],
    result: Omit<Value, 'name'>,
    attributes: Attributes = {},
    domain: Domain = '',
  ): Value {
    const [value] = this.node(op, inputs, [{ type: result.type, shape: result.shape }], attributes, domain)
    if (value === undefined) throw new Error(`${op} has no result`)
    return value
  }

  /** Make a value an output under a name of its own. */
  output(name: string, value: Value): void {
    const node = new Message()
      .string(1, value.name)
      .string(2, name)
      .string(3, `output_${name}`)
      .string(4, 'Identity')
    this.#nodes.push(node)
    this.#outputs.push({ ...value, name })
  }

  /** The same for the values of a fragment, by name. */
  outputs(values: ReadonlyMap<string, Value>): void {
    for (const [name, value] of values) this.output(name, value)
  }

  build(): GraphModel {
    requireDistinct([
      ...this.#names,
      ...this.#inputs.map(({ name }) => name),
      ...this.#fed.map(({ name }) => name),
      ...this.#outputs.map(({ name }) => name),
    ])
    const graph = new Message()
    for (const node of this.#nodes) graph.message(1, node)
    graph.string(2, 'saegate')
    for (const tensor of this.#initializers) graph.message(5, tensor)
    for (const value of this.#inputs) graph.message(11, valueInfo(value))
    for (const { name, type, dims } of this.#fed) graph.message(11, valueInfo({ name, type, shape: dims }))
    for (const value of this.#outputs) graph.message(12, valueInfo(value))
    const model = new Message()
      .int(1, IR_VERSION)
      .string(2, 'saegate')
      .message(7, graph)
      .message(8, new Message().string(1, '').int(2, OPSET))
      .message(8, new Message().string(1, 'com.microsoft').int(2, CONTRIB_OPSET))
    return {
      bytes: model.finish(),
      external: this.#external,
      fed: this.#fed,
      keeper: this.#keeper,
      inputs: this.#inputs.map((value) => value.name),
      outputs: this.#outputs.map((value) => value.name),
    }
  }
}

/** Two weights of one name would both be taken for the last of them, without a word from the engine. */
function requireDistinct(names: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) throw new RangeError(`two values are called ${name}`)
    seen.add(name)
  }
}

function scalarData(type: ScalarType, value: number): ArrayBufferView {
  switch (type) {
    case 'float64':
      return Float64Array.of(value)
    case 'float32':
      return Float32Array.of(value)
    case 'float16':
      return Uint16Array.of(halfBits(value))
    case 'int64':
      return BigInt64Array.of(BigInt(value))
    case 'int32':
      return Int32Array.of(value)
  }
}

/** Bits of a float16 constant; the constants used are small and exact enough, subnormals flush to zero. */
function halfBits(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0
  const sign = (bits >>> 16) & 0x8000
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15
  if (exponent <= 0) return sign
  if (exponent >= 31) return sign | 0x7c00
  const mantissa = bits & 0x7fffff
  const rounded = (exponent << 10) + (mantissa >>> 13) + ((mantissa & 0x1fff) > 0x1000 ? 1 : 0)
  return sign | rounded
}

function valueInfo({ name, type, shape }: Value): Message {
  const dims = new Message()
  for (const dim of shape) {
    dims.message(1, typeof dim === 'number' ? new Message().int(1, dim) : new Message().string(2, dim))
  }
  const tensorType = new Message().int(1, ELEMENT_CODE[type]).message(2, dims)
  return new Message().string(1, name).message(2, new Message().message(1, tensorType))
}

/** AttributeProto: name 1, f 2, i 3, s 4, ints 8, type 20 (FLOAT 1, INT 2, STRING 3, INTS 7). */
function attributeProto(name: string, attribute: Attribute): Message {
  const proto = new Message().string(1, name)
  switch (attribute.kind) {
    case 'float':
      return proto.float(2, attribute.value).int(20, 1)
    case 'int':
      return proto.int(3, attribute.value).int(20, 2)
    case 'string':
      return proto.string(4, attribute.value).int(20, 3)
    case 'ints': {
      for (const item of attribute.value) proto.int(8, item)
      return proto.int(20, 7)
    }
  }
}
