/**
 * @file An ONNX model that somebody else made, read as structure: inputs, outputs, nodes, and where each initializer's
 * bytes lie. Weights are never looked at. Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 *
 * A protobuf parser merges repeated occurrences of the graph, so they are merged here too; model-edit.ts relies on it.
 * Of subgraphs (bodies of If, Loop, Scan) only what they read from outside is kept, and their external data.
 */
import { onnxTooLarge } from '../../errors/user-onnx.ts'
import type {
  AttributeValue,
  ExternalRange,
  OnnxModel,
  OnnxNode,
  TensorInfo,
  ValueInfo,
} from './onnx-model.ts'
import { Wire, type WireField } from './wire.ts'

/** Bodies within bodies; real models have at most two levels. */
const DEEPEST = 16
/** The largest exports (mixtures of experts, unrolled) have some hundred thousand. */
const MOST_NODES = 1_000_000

/** Read the structure of a model. Errors: ONNX_MALFORMED, ONNX_TOO_LARGE. */
export function readOnnxModel(file: string, bytes: Uint8Array): OnnxModel {
  return new ModelReader(new Wire(file, bytes)).model()
}

/** What a graph holds, while it is read. */
interface GraphParts {
  readonly nodes: OnnxNode[]
  readonly initializers: Map<string, TensorInfo>
  readonly inputs: ValueInfo[]
  readonly outputs: ValueInfo[]
}

class ModelReader {
  readonly #wire: Wire
  readonly #external: TensorInfo[] = []
  #nodes = 0

  constructor(wire: Wire) {
    this.#wire = wire
  }

  model(): OnnxModel {
    const opsets = new Map<string, number>()
    const graph: GraphParts = { nodes: [], initializers: new Map(), inputs: [], outputs: [] }
    let irVersion = 0
    let producer = ''
    let graphs = 0
    for (const field of this.#wire.fields()) {
      if (field.number === 1 && field.kind === 'varint') irVersion = field.value
      if (field.kind !== 'bytes') continue
      if (field.number === 2) producer = this.#wire.string(field)
      if (field.number === 7) {
        this.#readGraph(field, graph, 0)
        graphs++
      }
      if (field.number === 8) this.#readOpset(field, opsets)
      if (field.number === 25) this.#readFunction(field)
    }
    if (graphs === 0 || irVersion === 0) throw this.#wire.malformed(0, 'there is no graph or no IR version')
    const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name))
    return {
      ...graph,
      inputs,
      bytes: this.#wire.bytes,
      irVersion,
      producer,
      opsets,
      external: this.#external,
    }
  }

  #readOpset(message: WireField, opsets: Map<string, number>): void {
    let domain = ''
    let version = 0
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.number === 1 && field.kind === 'bytes') domain = this.#wire.string(field)
      if (field.number === 2 && field.kind === 'varint') version = field.value
    }
    opsets.set(domain === 'ai.onnx' ? '' : domain, version)
  }

  /** Functions are opaque nodes here; only their external data matters. */
  #readFunction(message: WireField): void {
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.number === 7 && field.kind === 'bytes') this.#readNode(field, 1)
    }
  }

  #readGraph(message: WireField, into: GraphParts, depth: number): void {
    if (depth > DEEPEST) throw this.#wire.malformed(message.start, `graphs are nested ${depth} deep`)
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.kind !== 'bytes') continue
      if (field.number === 1) into.nodes.push(this.#readNode(field, depth))
      if (field.number === 11) into.inputs.push(this.#readValueInfo(field))
      if (field.number === 12) into.outputs.push(this.#readValueInfo(field))
      if (field.number === 5) {
        const tensor = this.#readTensor(field)
        into.initializers.set(tensor.name, tensor)
      }
      if (field.number === 15) {
        const tensor = this.#readSparse(field)
        into.initializers.set(tensor.name, tensor)
      }
    }
  }

  #readNode(message: WireField, depth: number): OnnxNode {
    if (++this.#nodes > MOST_NODES) throw onnxTooLarge(this.#wire.file, 'too many nodes', MOST_NODES)
    const inputs: string[] = []
    const outputs: string[] = []
    const captured: string[] = []
    const attributes = new Map<string, AttributeValue>()
    let name = ''
    let op = ''
    let domain = ''
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.kind !== 'bytes') continue
      if (field.number === 1) inputs.push(this.#wire.string(field))
      if (field.number === 2) outputs.push(this.#wire.string(field))
      if (field.number === 3) name = this.#wire.string(field)
      if (field.number === 4) op = this.#wire.string(field)
      if (field.number === 5) this.#readAttribute(field, attributes, captured, depth)
      if (field.number === 7) domain = this.#wire.string(field)
    }
    return { name, op, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs, attributes, captured }
  }

  #readAttribute(
    message: WireField,
    into: Map<string, AttributeValue>,
    captured: string[],
    depth: number,
  ): void {
    let name = ''
    let value: AttributeValue | null = null
    const integers: number[] = []
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.number === 1 && field.kind === 'bytes') name = this.#wire.string(field)
      if (field.number === 2 && field.kind === 'float') value = field.value
      if (field.number === 3 && field.kind === 'varint') value = field.value
      if (field.number === 8) for (const integer of this.#wire.integers(field)) integers.push(integer)
      if (field.kind !== 'bytes') continue
      // Longer texts are blobs of other engines; no operator that matters here has one.
      if (field.number === 4) value = field.end - field.start > 4096 ? '' : this.#wire.string(field)
      if (field.number === 5) value = this.#readTensor(field)
      if (field.number === 10) this.#readTensor(field)
      if (field.number === 22 || field.number === 23) this.#readSparse(field)
      if (field.number === 6 || field.number === 11) {
        for (const name of this.#readBody(field, depth + 1)) captured.push(name)
      }
    }
    if (integers.length > 0) value = integers
    if (value !== null) into.set(name, value)
  }

  /** Names that a body reads and does not make. */
  #readBody(message: WireField, depth: number): readonly string[] {
    const body: GraphParts = { nodes: [], initializers: new Map(), inputs: [], outputs: [] }
    this.#readGraph(message, body, depth)
    const made = new Set([...body.initializers.keys(), ...body.inputs.map(({ name }) => name)])
    for (const { outputs } of body.nodes) for (const output of outputs) made.add(output)
    const read = body.nodes.flatMap(({ inputs, captured }) => [...inputs, ...captured])
    const used = [...read, ...body.outputs.map(({ name }) => name)]
    return [...new Set(used)].filter((name) => name !== '' && !made.has(name))
  }

  #readTensor(message: WireField): TensorInfo {
    const dims: number[] = []
    const entries = new Map<string, string>()
    let name = ''
    let type = 0
    let isExternal = false
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.number === 1) for (const dim of this.#wire.integers(field)) dims.push(dim)
      if (field.number === 2 && field.kind === 'varint') type = field.value
      if (field.number === 8 && field.kind === 'bytes') name = this.#wire.string(field)
      if (field.number === 13 && field.kind === 'bytes') this.#readEntry(field, entries)
      if (field.number === 14 && field.kind === 'varint') isExternal = field.value === 1
    }
    const bad = dims.find((dim) => !(Number.isSafeInteger(dim) && dim >= 0))
    if (bad !== undefined)
      throw this.#wire.malformed(message.start, `tensor "${name}" has a dimension ${bad}`)
    // The data file counts even where the location says otherwise: some readers go by the entries alone.
    const external =
      isExternal || entries.has('location') ? this.#externalRange(message, name, entries) : null
    const tensor = { name, dims, type, external }
    if (external !== null) this.#external.push(tensor)
    return tensor
  }

  #externalRange(message: WireField, name: string, entries: ReadonlyMap<string, string>): ExternalRange {
    const integer = (key: string): number | null => {
      const written = entries.get(key)
      if (written === undefined || written === '') return null
      const value = /^\d{1,16}$/.test(written) ? Number(written) : Number.NaN
      if (Number.isSafeInteger(value)) return value
      throw this.#wire.malformed(message.start, `tensor "${name}" has the ${key} "${written.slice(0, 40)}"`)
    }
    return {
      location: entries.get('location') ?? '',
      offset: integer('offset') ?? 0,
      length: integer('length'),
    }
  }

  #readSparse(message: WireField): TensorInfo {
    let values: TensorInfo = { name: '', dims: [], type: 0, external: null }
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.kind !== 'bytes') continue
      if (field.number === 1) values = this.#readTensor(field)
      if (field.number === 2) this.#readTensor(field)
    }
    return values
  }

  #readEntry(message: WireField, into: Map<string, string>): void {
    let key = ''
    let value = ''
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.number === 1 && field.kind === 'bytes') key = this.#wire.string(field)
      if (field.number === 2 && field.kind === 'bytes') value = this.#wire.string(field)
    }
    into.set(key, value)
  }

  #readValueInfo(message: WireField): ValueInfo {
    let name = ''
    let type: number | null = null
    let shape: (number | null)[] | null = null
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.number === 1 && field.kind === 'bytes') name = this.#wire.string(field)
      if (field.number !== 2 || field.kind !== 'bytes') continue
      for (const kind of this.#wire.fields(field.start, field.end)) {
        if (kind.number !== 1 || kind.kind !== 'bytes') continue
        for (const part of this.#wire.fields(kind.start, kind.end)) {
          if (part.number === 1 && part.kind === 'varint') type = part.value
          if (part.number === 2 && part.kind === 'bytes') shape = this.#readShape(part)
        }
      }
    }
    return { name, type, shape }
  }

  #readShape(message: WireField): (number | null)[] {
    const shape: (number | null)[] = []
    for (const field of this.#wire.fields(message.start, message.end)) {
      if (field.number !== 1 || field.kind !== 'bytes') continue
      let size: number | null = null
      for (const part of this.#wire.fields(field.start, field.end)) {
        // Some exporters write −1 or 0 for an open dimension.
        if (part.number === 1 && part.kind === 'varint' && part.value > 0) size = part.value
      }
      shape.push(size)
    }
    return shape
  }
}
