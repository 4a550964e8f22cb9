/**
 * @file Takes one branch of an If to the top of its graph, byte range by byte range; nothing is decoded and encoded
 * again. Optimum merges a decoder with and without its cache into the branches of one If; the values in a branch can be
 * read only once the branch is the graph.
 */
import { Message } from './protobuf.ts'
import { Wire, type WireField } from './wire.ts'

/**
 * The model with the body `branch` of the node that makes `value` in that node's place. Null when there is no such node
 * or body. Errors: ONNX_MALFORMED.
 */
export function inlineBranch(
  file: string,
  bytes: Uint8Array,
  value: string,
  branch: string,
): Uint8Array | null {
  const wire = new Wire(file, bytes)
  const model: Uint8Array[] = []
  const graph: Uint8Array[] = []
  let found = false
  for (const field of wire.rawFields()) {
    if (field.number !== 7 || field.kind !== 'bytes') {
      model.push(field.raw)
      continue
    }
    for (const part of wire.rawFields(field.start, field.end)) {
      const body = part.number === 1 && part.kind === 'bytes' ? bodyOf(wire, part, value, branch) : null
      for (const raw of body ?? [part.raw]) graph.push(raw)
      found ||= body !== null
    }
  }
  if (!found) return null
  return Buffer.concat([...model, new Message().bytes(7, Buffer.concat(graph)).finish()])
}

/** Nodes and weights of the body, and its outputs under the node's names; null for any other node. */
function bodyOf(wire: Wire, node: WireField, value: string, branch: string): readonly Uint8Array[] | null {
  const outputs: string[] = []
  let body: WireField | null = null
  for (const field of wire.fields(node.start, node.end)) {
    if (field.kind !== 'bytes') continue
    if (field.number === 2) outputs.push(wire.string(field))
    if (field.number === 5) body = attributeGraph(wire, field, branch) ?? body
  }
  if (body === null || !outputs.includes(value)) return null
  const parts: Uint8Array[] = []
  const own: string[] = []
  for (const field of wire.rawFields(body.start, body.end)) {
    // GraphProto: node 1, initializer 5, output 12, sparse_initializer 15.
    if (field.number === 1 || field.number === 5 || field.number === 15) parts.push(field.raw)
    if (field.number === 12 && field.kind === 'bytes') own.push(nameOf(wire, field))
  }
  for (const [i, output] of outputs.entries()) {
    const inner = own[i]
    if (inner === undefined || inner === output || output === '') continue
    const rename = new Message().string(1, inner).string(2, output).string(4, 'Identity')
    parts.push(new Message().message(1, rename).finish())
  }
  return parts
}

function attributeGraph(wire: Wire, attribute: WireField, branch: string): WireField | null {
  let name = ''
  let graph: WireField | null = null
  for (const field of wire.fields(attribute.start, attribute.end)) {
    if (field.number === 1 && field.kind === 'bytes') name = wire.string(field)
    if (field.number === 6 && field.kind === 'bytes') graph = field
  }
  return name === branch ? graph : null
}

function nameOf(wire: Wire, valueInfo: WireField): string {
  for (const field of wire.fields(valueInfo.start, valueInfo.end)) {
    if (field.number === 1 && field.kind === 'bytes') return wire.string(field)
  }
  return ''
}
