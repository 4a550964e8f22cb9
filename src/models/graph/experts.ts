/**
 * @file The experts of one block: a router gives each token to a few of them, and each of them sees the rows that are given to it and
 * no others. How many those are is known only when the graph runs; an expert that no token chose multiplies nothing.
 */
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { ExpertRef, ExpertsRef, ExpertsSpec } from '../decoder-spec.ts'
import { activated } from './activation.ts'
import type { BlockScope } from './block-scope.ts'
import { type Routed, route } from './routing.ts'

/** What a block with experts has beside its scope. */
export interface BlockExperts {
  readonly spec: ExpertsSpec
  readonly weights: ExpertsRef
}

/** x (n_row, d_model) wide, already normed; added to `sum` of the same shape, where the block has an MLP for every token. */
export async function experts(
  scope: BlockScope,
  { spec, weights }: BlockExperts,
  x: Value,
  sum: Value | null,
): Promise<Value> {
  const { w, layer } = scope
  const { g } = w
  const logits = await w.linear(x, weights.router, `blocks.${layer}.router`)
  const routed = route(g, logits, spec)
  let added = sum ?? op.sub(g, x, x)
  for (const [index, expert] of weights.experts.entries()) {
    const given = givenRows(g, routed, index)
    const output = await runExpert(scope, expert, {
      index,
      rows: given.rows,
      input: op.gather(g, x, given.rows),
    })
    added = op.scatterAddRows(g, added, given.rows, op.mul(g, output, given.shares))
  }
  return added
}

/** The rows (n_given) that chose an expert, and what share (n_given, 1) they take. */
function givenRows(
  g: GraphBuilder,
  { chosen, shares }: Routed,
  expert: number,
): { rows: Value; shares: Value } {
  const places = op.nonZero(g, op.equal(g, chosen, g.scalar('int64', expert)), 'n_given')
  const rows = op.reshape(g, op.range(g, places, 0, g.integers([0]), g.integers([1])), [-1], ['n_given'])
  const share = op.gatherNd(g, shares, op.transpose(g, places, [1, 0]))
  return { rows, shares: op.reshape(g, share, [-1, 1], ['n_given', 1]) }
}

interface Given {
  readonly index: number
  readonly rows: Value
  /** (n_given, d_model) */
  readonly input: Value
}

async function runExpert(scope: BlockScope, ref: ExpertRef, { index, rows, input }: Given): Promise<Value> {
  const { w, block, layer, places } = scope
  const named = (role: string): string => `blocks.${layer}.experts.${index}.${role}`
  places.read(layer, 'up', input, { expert: index, rows })
  const gate = await w.linear(input, ref.gate, named('gate'))
  const up = await w.linear(input, ref.up, named('up'))
  const inner = activated(w.g, gate, up, block.mlp.activation)
  places.read(layer, 'down', inner, { expert: index, rows })
  return await w.linear(inner, ref.down, named('down'))
}
