/**
 * @file Which experts a token is given to, and how much of each it takes: from a router's logits (n_row, count) to the chosen experts
 * and their shares (n_row, k). Of equal logits the first is taken; PyTorch leaves that open.
 *
 * Sources: modeling files of Mixtral, Qwen2-MoE, gpt-oss, Granite MoE and Phi-MoE in transformers. A softmax over all experts of which the
 * chosen shares are divided by their sum is a softmax over the chosen logits. `sparsemixer`: arXiv 2409.12136, as it is in evaluation.
 */
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { ExpertsSpec } from '../decoder-spec.ts'

export interface Routed {
  /** (n_row, k) int64 */
  readonly chosen: Value
  /** (n_row, k) of the logits' type */
  readonly shares: Value
}

/** Subtracted from a logit that takes no part: e to what is left is 0 beside any other. */
const AWAY = 1e30

/** `logits` are wide. */
export function route(g: GraphBuilder, logits: Value, spec: ExpertsSpec): Routed {
  const { perToken, routing } = spec
  if (routing === 'sparsemixer') return sparseMixer(g, logits, spec)
  const { values, indices } = op.topK(g, logits, perToken)
  if (routing === 'chosen') return { chosen: indices, shares: op.softmax(g, values) }
  return { chosen: indices, shares: op.gatherElements(g, op.softmax(g, logits), indices, 1) }
}

/**
 * The largest logit and its share among those near it; then the same of the others. Near: (largest − l) / max(|l|, largest) is not
 * above `nearness`.
 */
function sparseMixer(g: GraphBuilder, logits: Value, { nearness = 0, count, perToken }: ExpertsSpec): Routed {
  const chosen: Value[] = []
  const shares: Value[] = []
  let left = logits
  for (let nth = 0; nth < perToken; nth++) {
    const { value: largest, index } = op.top1(g, left)
    const size = op.max(g, op.abs(g, logits), largest)
    const distance = op.div(g, negative(g, op.sub(g, logits, largest)), size)
    const isFar = op.greater(g, distance, scalarOf(g, logits, nearness))
    const near = op.where(g, isFar, op.sub(g, left, scalarOf(g, logits, AWAY)), left)
    chosen.push(index)
    shares.push(op.gatherElements(g, op.softmax(g, near), index, 1))
    const taken = op.equal(g, g.integers(Array.from({ length: count }, (_, expert) => expert)), index)
    left = op.where(g, taken, op.sub(g, left, scalarOf(g, logits, AWAY)), left)
  }
  const shape = [logits.shape[0] ?? 'n_row', perToken]
  return { chosen: op.concat(g, chosen, 1, shape), shares: op.concat(g, shares, 1, shape) }
}

function negative(g: GraphBuilder, x: Value): Value {
  return op.sub(g, scalarOf(g, x, 0), x)
}

function scalarOf(g: GraphBuilder, like: Value, value: number): Value {
  return g.scalar(like.type === 'float64' ? 'float64' : 'float32', value)
}
