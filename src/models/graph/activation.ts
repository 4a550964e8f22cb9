/** @file What happens between the matrices of an MLP, plain or gated, in float32 or float64. */
import * as double from '../../onnx/graph/double-ops.ts'
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as layers from '../../onnx/graph/layer-ops.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { Activation } from '../decoder-spec.ts'

/** gpt-oss: what gate and up are clamped to, and the factor inside its sigmoid (`limit` and `alpha` of transformers' GptOssExperts). */
const CLAMP = 7
const SIGMOID_FACTOR = 1.702

/** act(gate) · up, or act(up) where there is no gate; of one shape. */
export function activated(g: GraphBuilder, gate: Value | null, up: Value, activation: Activation): Value {
  if (gate === null) return activate(g, up, activation)
  if (activation === 'clamped_silu') return clampedSilu(g, gate, up)
  return op.mul(g, activate(g, gate, activation), up)
}

function activate(g: GraphBuilder, x: Value, activation: Activation): Value {
  const { gelu, silu } = x.type === 'float64' ? double : layers
  switch (activation) {
    case 'gelu':
      return gelu(g, x, 'none')
    case 'gelu_tanh':
      return gelu(g, x, 'tanh')
    case 'silu':
      return silu(g, x)
    case 'relu':
      return op.relu(g, x)
    case 'clamped_silu':
      throw new RangeError('clamped_silu is of a gated MLP')
  }
}

/** With a ≤ 7 and |b| ≤ 7: a · sigmoid(1.702 a) · (b + 1). */
function clampedSilu(g: GraphBuilder, gate: Value, up: Value): Value {
  const { silu } = gate.type === 'float64' ? double : layers
  const number = (value: number): Value => g.scalar(gate.type === 'float64' ? 'float64' : 'float32', value)
  const a = op.min(g, gate, number(CLAMP))
  const b = op.clip(g, up, number(-CLAMP), number(CLAMP))
  return op.mul(g, silu(g, a, SIGMOID_FACTOR), op.add(g, b, number(1)))
}
