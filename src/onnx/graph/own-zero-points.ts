/**
 * @file Gives every quantized weight a zero point of its own. On processors without integer dot products onnxruntime turns
 * signed weights into unsigned ones to stay exact (session.x64quantprecision), zero point and all, user by user: one that
 * several share is turned several times, one that is left out is made of the wrong shape, and the model does not run.
 */
import type { OnnxModel, OnnxNode, TensorInfo } from './onnx-model.ts'
import { Message } from './protobuf.ts'
import { Wire, type WireField } from './wire.ts'

const INT8 = 3
/** More scales than the largest quantized matrices have: a model that claims more is left as it is. */
const MOST_SCALES = 2 ** 26

/** Which input of a node is the zero point of its weight. */
const ZERO_POINT: ReadonlyMap<string, number> = new Map([
  ['DequantizeLinear', 2],
  ['MatMulInteger', 3],
  ['DynamicQuantizeMatMul', 3],
  ['MatMulIntegerToFloat', 5],
  ['QLinearMatMul', 5],
  ['QGemm', 5],
  ['QAttention', 7],
])

/** The zero point that a node gets. */
interface OwnZeroPoint {
  readonly name: string
  /** The initializer that it is a copy of; null: zeros. */
  readonly copyOf: string | null
  readonly dims: readonly number[]
}

/** The model's bytes, with own zero points where some are shared or left out; the same bytes where none is. */
export function withOwnZeroPoints(file: string, model: OnnxModel): Uint8Array {
  const own = new Map<number, OwnZeroPoint>()
  const used = new Set<string>()
  for (const [at, node] of model.nodes.entries()) {
    const given = zeroPointOf(node)
    const name = `saegate_zero_point_${at}`
    if (given === null) {
      const scale = scaleWithoutZeroPoint(node, model)
      if (scale !== null) own.set(at, { name, copyOf: null, dims: scale.dims })
    } else if (model.initializers.has(given)) {
      if (used.has(given)) own.set(at, { name, copyOf: given, dims: [] })
      used.add(given)
    }
  }
  return own.size === 0 ? model.bytes : new Editor(new Wire(file, model.bytes), model.nodes, own).edited()
}

function zeroPointOf({ op, inputs }: OnnxNode): string | null {
  return inputs[ZERO_POINT.get(op) ?? -1] || null
}

/** The scales of a signed weight that is made float without a zero point; null: another node. */
function scaleWithoutZeroPoint({ op, inputs }: OnnxNode, { initializers }: OnnxModel): TensorInfo | null {
  const [weight = '', scale = ''] = inputs
  if (op !== 'DequantizeLinear' || initializers.get(weight)?.type !== INT8) return null
  const scales = initializers.get(scale)
  const count = scales?.dims.reduce((product, dim) => product * dim, 1) ?? Number.POSITIVE_INFINITY
  return scales !== undefined && count <= MOST_SCALES ? scales : null
}

/** Writes the model again, byte range by byte range. */
class Editor {
  readonly #wire: Wire
  readonly #nodes: readonly OnnxNode[]
  /** By the place of a node. */
  readonly #own: ReadonlyMap<number, OwnZeroPoint>
  readonly #graph: Uint8Array[] = []
  #node = 0

  constructor(wire: Wire, nodes: readonly OnnxNode[], own: ReadonlyMap<number, OwnZeroPoint>) {
    this.#wire = wire
    this.#nodes = nodes
    this.#own = own
  }

  edited(): Uint8Array {
    const model: Uint8Array[] = []
    for (const field of this.#wire.rawFields()) {
      if (field.number === 7 && field.kind === 'bytes') this.#readGraph(field)
      else model.push(field.raw)
    }
    for (const { name, copyOf, dims } of this.#own.values())
      if (copyOf === null) this.#graph.push(zeros(name, dims))
    return Buffer.concat([...model, new Message().bytes(7, Buffer.concat(this.#graph)).finish()])
  }

  #readGraph(graph: WireField): void {
    const copies = new Map<string, string[]>()
    for (const { name, copyOf } of this.#own.values())
      if (copyOf !== null) copies.set(copyOf, [...(copies.get(copyOf) ?? []), name])
    for (const field of this.#wire.rawFields(graph.start, graph.end)) {
      const isNode = field.number === 1 && field.kind === 'bytes'
      const own = isNode ? this.#own.get(this.#node) : undefined
      this.#graph.push(own === undefined ? field.raw : this.#withZeroPoint(field, own.name))
      if (isNode) this.#node++
      if (field.number !== 5 || field.kind !== 'bytes') continue
      for (const name of copies.get(this.#tensorName(field)) ?? [])
        this.#graph.push(this.#copied(field, name))
    }
  }

  /** NodeProto: its inputs are field 1, in order. */
  #withZeroPoint(node: WireField, zeroPoint: string): Uint8Array {
    const { op = '', inputs = [] } = this.#nodes[this.#node] ?? {}
    const place = ZERO_POINT.get(op) ?? inputs.length
    const message = new Message()
    const rest: Uint8Array[] = []
    for (const { number, raw } of this.#wire.rawFields(node.start, node.end)) if (number !== 1) rest.push(raw)
    for (let i = 0; i < Math.max(inputs.length, place + 1); i++)
      message.string(1, i === place ? zeroPoint : (inputs[i] ?? ''))
    return new Message().bytes(1, Buffer.concat([message.finish(), ...rest])).finish()
  }

  /** TensorProto: its name is field 8. */
  #copied(tensor: WireField, name: string): Uint8Array {
    const parts = [...this.#wire.rawFields(tensor.start, tensor.end)].flatMap(({ number, raw }) =>
      number === 8 ? [] : [raw],
    )
    return new Message().bytes(5, Buffer.concat([...parts, new Message().string(8, name).finish()])).finish()
  }

  #tensorName(tensor: WireField): string {
    for (const field of this.#wire.fields(tensor.start, tensor.end))
      if (field.number === 8 && field.kind === 'bytes') return this.#wire.string(field)
    return ''
  }
}

/** An int8 initializer of zeros: dims 1, data_type 2, name 8, raw_data 9. */
function zeros(name: string, dims: readonly number[]): Uint8Array {
  const tensor = new Message()
  for (const dim of dims) tensor.int(1, dim)
  const count = dims.reduce((product, dim) => product * dim, 1)
  tensor.int(2, INT8).string(8, name).bytes(9, new Uint8Array(count))
  return new Message().message(5, tensor).finish()
}
