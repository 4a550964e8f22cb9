/**
 * @file Where all paths meet. The nodes through which every path from the token ids to the logits goes (cut vertices of
 * the data flow) are the spine of a decoder: the embedding, the residual stream between its additions, the final norm,
 * the unembedding. What lies inside attention or an MLP is never among them, because the residual goes around it. So
 * the stream is found whatever the exporter called it, and however weights are quantized and norms decomposed.
 *
 * Values that depend on the tokens only through a shape (masks, positions) are no data: paths end at Shape and Size.
 */
import { onnxMalformed } from '../../errors/user-onnx.ts'
import type { OnnxModel, OnnxNode } from '../../onnx/graph/onnx-model.ts'

/** Nodes between the token ids and the logits, by data flow. */
export interface Flow {
  /** The node that makes a value, among all nodes of the model. */
  readonly producer: ReadonlyMap<string, OnnxNode>
  /** The nodes that read a value, Shape and Size left out. */
  readonly consumers: ReadonlyMap<string, readonly OnnxNode[]>
  /** Position of a node in topological order; only nodes on some path from the ids to the logits have one. */
  readonly position: ReadonlyMap<OnnxNode, number>
  /** Nodes on every path, in order. */
  readonly spine: readonly OnnxNode[]
}

/** Errors: ONNX_MALFORMED for a graph with a cycle or a value made twice. */
export function dataFlow(file: string, model: OnnxModel, ids: string, logits: string): Flow {
  const producer = producers(file, model)
  const consumers = consumersOf(model)
  const onPath = pathNodes(producer, consumers, ids, logits)
  const order = topological(file, onPath, producer)
  const position = new Map(order.map((node, i) => [node, i]))
  return { producer, consumers, position, spine: cutNodes(order, position, consumers, ids) }
}

/** Every value a node reads; an optional input that is left out has an empty name and is none. */
function reads({ inputs, captured }: OnnxNode): readonly string[] {
  const given = inputs.includes('') ? inputs.filter((name) => name !== '') : inputs
  return captured.length === 0 ? given : [...given, ...captured]
}

function producers(file: string, model: OnnxModel): ReadonlyMap<string, OnnxNode> {
  const producer = new Map<string, OnnxNode>()
  for (const node of model.nodes) {
    for (const output of node.outputs) {
      if (output === '') continue
      if (producer.has(output)) throw onnxMalformed(file, 0, `two nodes make the value "${output}"`)
      producer.set(output, node)
    }
  }
  return producer
}

function consumersOf(model: OnnxModel): ReadonlyMap<string, readonly OnnxNode[]> {
  const consumers = new Map<string, OnnxNode[]>()
  for (const node of model.nodes) {
    if (node.op === 'Shape' || node.op === 'Size') continue
    for (const name of new Set(reads(node))) {
      const known = consumers.get(name)
      if (known === undefined) consumers.set(name, [node])
      else known.push(node)
    }
  }
  return consumers
}

/** Nodes that the ids reach and that reach the logits. */
function pathNodes(
  producer: ReadonlyMap<string, OnnxNode>,
  consumers: ReadonlyMap<string, readonly OnnxNode[]>,
  ids: string,
  logits: string,
): ReadonlySet<OnnxNode> {
  const reached = new Set<OnnxNode>()
  const ahead = [...(consumers.get(ids) ?? [])]
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (reached.has(node)) continue
    reached.add(node)
    for (const output of node.outputs) for (const next of consumers.get(output) ?? []) ahead.push(next)
  }
  const onPath = new Set<OnnxNode>()
  const back = [logits]
  for (let name = back.pop(); name !== undefined; name = back.pop()) {
    const node = producer.get(name)
    if (node === undefined || !reached.has(node) || onPath.has(node)) continue
    onPath.add(node)
    for (const input of reads(node)) back.push(input)
  }
  return onPath
}

/** Kahn's algorithm. */
function topological(
  file: string,
  nodes: ReadonlySet<OnnxNode>,
  producer: ReadonlyMap<string, OnnxNode>,
): readonly OnnxNode[] {
  const waiting = new Map<OnnxNode, number>()
  const after = new Map<OnnxNode, OnnxNode[]>()
  for (const node of nodes) {
    const before = new Set<OnnxNode>()
    for (const name of reads(node)) {
      const from = producer.get(name)
      if (from !== undefined && nodes.has(from)) before.add(from)
    }
    waiting.set(node, before.size)
    for (const from of before) {
      const known = after.get(from)
      if (known === undefined) after.set(from, [node])
      else known.push(node)
    }
  }
  const order: OnnxNode[] = [...nodes].filter((node) => waiting.get(node) === 0)
  for (const node of order) {
    for (const next of after.get(node) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1
      waiting.set(next, left)
      if (left === 0) order.push(next)
    }
  }
  if (order.length < nodes.size) throw onnxMalformed(file, 0, 'the graph has a cycle')
  return order
}

/**
 * A node is on every path exactly when no edge of the topological order jumps over it: a path around it needs such an
 * edge, and every edge lies on a path.
 */
function cutNodes(
  order: readonly OnnxNode[],
  position: ReadonlyMap<OnnxNode, number>,
  consumers: ReadonlyMap<string, readonly OnnxNode[]>,
  ids: string,
): readonly OnnxNode[] {
  const farthest = (names: readonly string[]): number => {
    let most = -1
    for (const name of names)
      for (const next of consumers.get(name) ?? []) most = Math.max(most, position.get(next) ?? -1)
    return most
  }
  const spine: OnnxNode[] = []
  let far = farthest([ids])
  for (const [i, node] of order.entries()) {
    if (far <= i) spine.push(node)
    far = Math.max(far, farthest(node.outputs))
  }
  return spine
}
