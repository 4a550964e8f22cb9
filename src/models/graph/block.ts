/** @file One block of a body: attention and MLP, their norms and their places, in sequence or side by side. */
import { present } from '../../numbers/present.ts'
import type { Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { AltUpRef, LaurelRef } from '../beside-stream.ts'
import { attention } from './attention.ts'
import { addedToOthers, corrected, firstStream, predicted, withFirst } from './beside/streams.ts'
import { fromTokenVector } from './beside/token-vectors.ts'
import type { BlockScope } from './block-scope.ts'
import { deltaNet } from './delta/net.ts'
import { mlp } from './mlp.ts'

/** (n_row, streams · d_model) → the same */
export async function runBlock(scope: BlockScope, before: Value): Promise<Value> {
  const { altUp } = scope.weights
  return altUp === undefined ? await runPlain(scope, before) : await runStreams(scope, altUp, before)
}

/** Of one residual stream. */
async function runPlain(scope: BlockScope, before: Value): Promise<Value> {
  const { w, block, weights, layer, named, places } = scope
  const input = places.pass(layer, 'hook_resid_pre', before)
  const { added } = await fromAttention(scope, input)
  let middle = op.add(w.g, input, added)
  if (block.layout === 'sequential') middle = places.pass(layer, 'hook_resid_mid', middle)
  const mlpInput = block.layout === 'parallel' ? input : middle
  let after = op.add(w.g, middle, await fromMlp(scope, mlpInput))
  const ofToken = await fromTokenVector(scope, after)
  if (ofToken !== null) after = op.add(w.g, after, ofToken)
  if (weights.outputScale !== undefined)
    after = op.mul(w.g, after, await w.wideVector(weights.outputScale, named('output_scale')))
  return places.pass(layer, 'hook_resid_post', after)
}

/** Of several (Gemma 3n): hooks see the first as it enters, what attention, MLP and LAuReL make of its prediction, and the first as it leaves. */
async function runStreams(scope: BlockScope, altUp: AltUpRef, before: Value): Promise<Value> {
  const { w, weights, layer, named, places, norm } = scope
  const { g } = w
  const d_model = altUp.router.weight.storedShape[1] ?? 0
  const first = firstStream(w, before, d_model)
  const passed = places.pass(layer, 'hook_resid_pre', first)
  const prediction = await predicted(scope, altUp, passed === first ? before : withFirst(w, before, passed))
  const input = firstStream(w, prediction, d_model)
  const { added, normed } = await fromAttention(scope, input)
  const laurel = present(weights.laurel)
  const lowRank = op.add(
    g,
    normed,
    await w.norm(await low(scope, laurel, normed), norm, laurel.norm, named('laurel_norm')),
  )
  const both = op.add(g, op.add(g, input, added), lowRank)
  const middle = places.pass(layer, 'hook_resid_mid', op.mul(g, both, g.scalar(w.wide, Math.SQRT1_2)))
  const made = op.add(g, middle, await fromMlp(scope, middle))
  const after = await corrected(scope, altUp, prediction, made)
  const own = firstStream(w, after, d_model)
  const scale = altUp.scale === null ? null : await w.wideVector(altUp.scale, named('altup_scale'))
  const ofToken = await fromTokenVector(scope, scale === null ? own : op.mul(g, own, scale))
  const rows = ofToken === null ? after : addedToOthers(w, after, ofToken)
  const left = places.pass(layer, 'hook_resid_post', own)
  return left === own ? rows : withFirst(w, rows, left)
}

async function low({ w, named }: BlockScope, { left, right }: LaurelRef, x: Value): Promise<Value> {
  return await w.linear(await w.linear(x, left, named('laurel_left')), right, named('laurel_right'))
}

/** What attention adds to the stream, and what it read. */
async function fromAttention(
  scope: BlockScope,
  input: Value,
): Promise<{ readonly added: Value; readonly normed: Value }> {
  const { w, norm, weights, layer, named, places } = scope
  const normed = weights.preAttention
    ? await w.norm(input, norm, weights.preAttention, named('pre_attention'))
    : input
  let attended = places.pass(layer, 'attn.hook_out', await mixed(scope, normed))
  if (weights.postAttention)
    attended = await w.norm(attended, norm, weights.postAttention, named('post_attention'))
  return { added: places.pass(layer, 'hook_attn_out', scaled(scope, attended)), normed }
}

/** What the MLP adds to the stream. */
async function fromMlp(scope: BlockScope, input: Value): Promise<Value> {
  const { w, norm, weights, layer, named, places } = scope
  const normed = weights.preMlp ? await w.norm(input, norm, weights.preMlp, named('pre_mlp')) : input
  await places.aside(layer, 'ln2.hook_normalized', async () =>
    norm.kind === 'rms' ? w.unitNorm(input, norm, named('pre_mlp')) : normed,
  )
  let out = await mlp(scope, places.pass(layer, 'mlp.hook_in', normed), input)
  out = places.pass(layer, 'mlp.hook_out', out)
  if (weights.postMlp) out = await w.norm(out, norm, weights.postMlp, named('post_mlp'))
  return places.pass(layer, 'hook_mlp_out', scaled(scope, out))
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
