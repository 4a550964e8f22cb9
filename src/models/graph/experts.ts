/**
 * @file The experts of one block: a router gives each token to a few of them, and each of them sees the rows that are given to it and
 * no others. How many those are is known only when the graph runs; an expert that no token chose multiplies nothing.
 */
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { ExpertRef, ExpertsRef, ExpertsSpec } from '../decoder-spec.ts'
import { activated } from './activation.ts'
import type { BlockScope } from './block-scope.ts'
import { route } from './routing.ts'

/** What a block with experts has beside its scope. */
export interface BlockExperts {
  readonly spec: ExpertsSpec
  readonly weights: ExpertsRef
}

/** What router and experts read: (n_row, d_model) wide, already normed. Of most families the same. */
export interface ExpertInputs {
  readonly router: Value
  readonly experts: Value
}

/** (n_row, d_model); added to `sum` of the same shape, where the block has an MLP for every token. */
export async function experts(
  scope: BlockScope,
  { spec, weights }: BlockExperts,
  { router, experts: x }: ExpertInputs,
  sum: Value | null,
): Promise<Value> {
  const { w } = scope
  const { g } = w
  const logits = await w.linear(router, weights.router, scope.named('router'))
  const { chosen, shares: routed } = route(g, logits, spec)
  const scales = weights.beside && (await w.wideVector(weights.beside.shares, scope.named('router_shares')))
  const shares = scales === undefined ? routed : op.mul(g, routed, op.gather(g, scales, chosen))
  // A choice is a row and one of its k places, row by row.
  const choices = op.reshape(g, chosen, [-1], ['n_choice'])
  const outputs: Value[] = []
  const places: Value[] = []
  for (const [index, expert] of weights.experts.entries()) {
    const own = whereTrue(g, op.equal(g, choices, g.scalar('int64', index)), 'n_given')
    const rows = spec.perToken === 1 ? own : op.div(g, own, g.scalar('int64', spec.perToken))
    outputs.push(await runExpert(scope, expert, { index, rows, input: op.gather(g, x, rows) }))
    places.push(own)
  }
  const width = x.shape[1] ?? 'width'
  const all = op.concat(g, outputs, 0, ['n_choice', width])
  const inOrder = op.gather(g, all, inverse(g, op.concat(g, places, 0, ['n_choice']), choices))
  const added = weighted(g, inOrder, shares, spec.perToken)
  return sum === null ? added : op.add(g, sum, added)
}

/** Indices (count) of what is true in a vector. */
function whereTrue(g: GraphBuilder, x: Value, count: string): Value {
  return op.reshape(g, op.nonZero(g, x, count), [-1], [count])
}

/** Where each choice stands in `order`, a permutation of all `choices`. */
function inverse(g: GraphBuilder, order: Value, choices: Value): Value {
  const all = whereTrue(g, op.equal(g, choices, choices), 'n_choice')
  return op.scatterElements(g, order, order, all)
}

/** Outputs (n_row · k, width) by their shares (n_row, k), added up for each row: (n_row, width). */
function weighted(g: GraphBuilder, outputs: Value, shares: Value, k: number): Value {
  const width = outputs.shape[1]
  if (typeof width !== 'number') throw new RangeError(`${outputs.name}: its width is not known`)
  const ofRow = op.reshape(g, outputs, [-1, k, width], ['n_row', k, width])
  const factors = op.reshape(g, shares, [-1, 1, k], ['n_row', 1, k])
  return op.reshape(g, op.matMul(g, factors, ofRow), [-1, width], ['n_row', width])
}

interface Given {
  readonly index: number
  readonly rows: Value
  /** (n_given, d_model) */
  readonly input: Value
}

async function runExpert(scope: BlockScope, ref: ExpertRef, { index, rows, input }: Given): Promise<Value> {
  const { w, block, layer, places } = scope
  const named = (role: string): string => scope.named(`experts.${index}.${role}`)
  places.read(layer, 'up', input, { expert: index, rows })
  const gate = await w.linear(input, ref.gate, named('gate'))
  const up = await w.linear(input, ref.up, named('up'))
  const inner = activated(w.g, gate, up, block.mlp.activation)
  places.read(layer, 'down', inner, { expert: index, rows })
  return await w.linear(inner, ref.down, named('down'))
}
