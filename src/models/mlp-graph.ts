/** @file The MLP of one block, plain or gated. */
import * as double from '../onnx/double-ops.ts'
import type { GraphBuilder, Value } from '../onnx/graph.ts'
import * as op from '../onnx/ops.ts'
import type { BlockScope } from './body-graph.ts'
import type { Activation } from './decoder-spec.ts'

/** x (n_row, d_model) wide, already normed → (n_row, d_model) wide. */
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
  const { gelu, silu } = x.type === 'float64' ? double : op
  switch (activation) {
    case 'gelu':
      return gelu(g, x, 'none')
    case 'gelu_tanh':
      return gelu(g, x, 'tanh')
    case 'silu':
      return silu(g, x)
    case 'relu':
      return op.relu(g, x)
  }
}
