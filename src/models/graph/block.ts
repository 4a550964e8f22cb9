/** @file One block of a body: attention and MLP, their norms and their places, in sequence or side by side. */
import type { Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import { attention } from './attention.ts'
import type { BlockScope } from './block-scope.ts'
import { deltaNet } from './delta/net.ts'
import { mlp } from './mlp.ts'

/** (n_row, d_model) → (n_row, d_model) */
export async function runBlock(scope: BlockScope, before: Value): Promise<Value> {
  const { w, norm, block, weights, layer, named, places } = scope
  const input = places.pass(layer, 'hook_resid_pre', before)
  const normed = weights.preAttention
    ? await w.norm(input, norm, weights.preAttention, named('pre_attention'))
    : input
  let attended = places.pass(layer, 'attn.hook_out', await mixed(scope, normed))
  if (weights.postAttention)
    attended = await w.norm(attended, norm, weights.postAttention, named('post_attention'))
  attended = places.pass(layer, 'hook_attn_out', scaled(scope, attended))
  let middle = op.add(w.g, input, attended)
  if (block.layout === 'sequential') middle = places.pass(layer, 'hook_resid_mid', middle)
  const mlpInput = block.layout === 'parallel' ? input : middle
  const mlpNormed = weights.preMlp ? await w.norm(mlpInput, norm, weights.preMlp, named('pre_mlp')) : mlpInput
  await places.aside(layer, 'ln2.hook_normalized', async () =>
    norm.kind === 'rms' ? w.unitNorm(mlpInput, norm, named('pre_mlp')) : mlpNormed,
  )
  let out = await mlp(scope, places.pass(layer, 'mlp.hook_in', mlpNormed))
  out = places.pass(layer, 'mlp.hook_out', out)
  if (weights.postMlp) out = await w.norm(out, norm, weights.postMlp, named('post_mlp'))
  out = places.pass(layer, 'hook_mlp_out', scaled(scope, out))
  return places.pass(layer, 'hook_resid_post', op.add(w.g, middle, out))
}

/** What a token takes from those before it: by attention, or from the state of a delta net. */
async function mixed(scope: BlockScope, x: Value): Promise<Value> {
  const { attention: spec } = scope.block
  const { delta } = scope.weights
  if (spec.kind !== 'delta') return await attention({ ...scope, attention: spec }, x)
  if (delta === undefined) throw new RangeError('a delta net without its weights')
  return await deltaNet({ ...scope, spec, delta }, x)
}

/** As it is added to the residual stream. */
function scaled({ w, residualScale }: BlockScope, added: Value): Value {
  return residualScale === 1 ? added : op.mul(w.g, added, w.g.scalar(w.wide, residualScale))
}
