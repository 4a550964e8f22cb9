/** @file The MLP of one block, plain or gated. */
import type { GraphBuilder, Value } from '../onnx/graph.ts'
import * as op from '../onnx/ops.ts'
import type { BlockScope } from './body-graph.ts'
import type { Activation } from './decoder-spec.ts'

/** x (n_row, d_model) float32, already normed → (n_row, d_model) float32. */
export async function mlp(scope: BlockScope, x: Value): Promise<Value> {
  const { g, w, block, weights, layer } = scope
  const { activation } = block.mlp
  const up = await w.linear(x, weights.up, `blocks.${layer}.up`)
  if (weights.gate === null)
    return await w.linear(activate(g, up, activation), weights.down, `blocks.${layer}.down`)
  const gate = await w.linear(x, weights.gate, `blocks.${layer}.gate`)
  const inner = op.mul(g, activate(g, gate, activation), up)
  return await w.linear(inner, weights.down, `blocks.${layer}.down`)
}

function activate(g: GraphBuilder, x: Value, activation: Activation): Value {
  switch (activation) {
    case 'gelu':
      return op.gelu(g, x, 'none')
    case 'gelu_tanh':
      return op.gelu(g, x, 'tanh')
    case 'silu':
      return op.silu(g, x)
    case 'relu':
      return op.relu(g, x)
  }
}
