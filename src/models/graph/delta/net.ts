/**
 * @file A gated delta net in place of attention: projections, a short convolution over positions, norms of q and k, fades and shares, the
 * delta rule, a norm under a gate, the output projection.
 *
 * Source: Qwen3NextGatedDeltaNet and Qwen3_5GatedDeltaNet of transformers 5.18 (arXiv 2412.06464).
 */
import { present } from '../../../numbers/present.ts'
import type { Value } from '../../../onnx/graph/graph.ts'
import * as op from '../../../onnx/graph/ops.ts'
import type { DeltaNetRef, DeltaNetSpec, LinearRef, WeightRef } from '../../decoder-spec.ts'
import { activated } from '../activation.ts'
import { allRows, computedRows, toSequence } from '../attention.ts'
import type { BlockScope } from '../block-scope.ts'
import { gatedDeltaRule } from './rule.ts'

/** Added to Σx² before its root: of the kernels that the models were trained with. */
const UNIT_EPSILON = 1e-6

/** Beyond any sequence. */
const MOST_POSITIONS = 2 ** 31 - 1

/** Of a block that has a delta net. */
export interface DeltaScope extends BlockScope {
  readonly spec: DeltaNetSpec
  readonly delta: DeltaNetRef
}

/** x (n_row, d_model) wide, already normed → (n_row, d_model) wide. Taps z. */
export async function deltaNet(scope: DeltaScope, x: Value): Promise<Value> {
  const { w, spec, weights, layer, places, inputs } = scope
  const { g } = w
  const { keyHeads, keySize, valueHeads, valueSize } = spec
  places.read(layer, 'qkv', x)
  const all = allRows(scope, x)
  const [q, k, v] = [
    await projected(scope, all, weights.q, 'q'),
    await projected(scope, all, present(weights.k), 'k'),
    await projected(scope, all, present(weights.v), 'v'),
  ]
  const keys = keyHeads * keySize
  const rows = {
    q: toSequence(scope, unit(scope, q, 'q', 1 / keySize), keys),
    k: toSequence(scope, unit(scope, k, 'k', keySize ** -0.5), keys),
    v,
    ...(await fadesAndShares(scope, all)),
  }
  const read = gatedDeltaRule(g, rows, { ...spec, sequences: inputs.sequences }, inputs.delta)
  const heads = op.reshape(g, read, [-1, valueSize], ['n_head_row', valueSize])
  const norm = { kind: 'rms', epsilon: scope.norm.epsilon, gainOffset: 0 } as const
  const normed = await w.norm(heads, norm, scope.delta.norm, scope.named('delta_norm'))
  const width = valueHeads * valueSize
  const z = places.pass(
    layer,
    'attn.hook_z',
    await gated(scope, x, computedRows(scope, op.reshape(g, normed, [-1, width], ['n_row', width]))),
  )
  places.read(layer, 'o', z)
  return await w.linear(z, weights.o, scope.named('o'))
}

/** (sequences, n_token, channels): x through a matrix, then the convolution, then SiLU. */
async function projected(
  scope: DeltaScope,
  x: Value,
  linear: LinearRef,
  role: 'q' | 'k' | 'v',
): Promise<Value> {
  const { w, named, delta } = scope
  const rows = await w.linear(x, linear, named(role))
  const width = rows.shape[1]
  if (typeof width !== 'number') throw new RangeError(`${rows.name}: its width is not known`)
  const convolved = await convolution(scope, toSequence(scope, rows, width), delta.convolutions[role], role)
  return activated(w.g, null, convolved, 'silu')
}

/** Each channel's sum over the last `reach` positions, by a weight for each; before the first there are zeros. */
async function convolution(
  { w, spec: { reach }, named, inputs: { sequences } }: DeltaScope,
  x: Value,
  kernel: WeightRef,
  role: string,
): Promise<Value> {
  const { g } = w
  const width = x.shape[2] ?? 'width'
  const stored = await w.wideVector(kernel, named(`convolution_${role}`))
  const taps = op.splitRows(g, op.transpose(g, stored, [1, 0]), new Array<number>(reach).fill(1))
  const before = g.integers([reach - 1])
  const padded = op.padAxis(g, x, 1, before, g.integers([0]), [sequences, 'n_token_and_before', width])
  const terms = taps.map((tap, i) => {
    const end = i === reach - 1 ? MOST_POSITIONS : i - reach + 1
    return op.mul(g, op.range(g, padded, 1, g.integers([i]), g.integers([end])), tap)
  })
  const sum = terms.reduce((all, term) => op.add(g, all, term))
  return { ...sum, shape: x.shape }
}

/** Each head of x (…, heads · key size) by its length, times `size` · √(key size): (n_row · heads, key size). */
function unit({ w, spec: { keySize }, named }: DeltaScope, x: Value, role: string, size: number): Value {
  const heads = op.reshape(w.g, x, [-1, keySize], ['n_head_row', keySize])
  return w.unitNorm(heads, { epsilon: UNIT_EPSILON / keySize }, named(role), size)
}

/** How a state fades at each position, and how much is written to it: (sequences, n_token, value heads). */
async function fadesAndShares(
  scope: DeltaScope,
  x: Value,
): Promise<{ readonly fade: Value; readonly write: Value }> {
  const { w, delta, named, spec } = scope
  const { g } = w
  const share = op.sigmoid(g, await w.linear(x, delta.write, named('write')))
  const bias = await w.wideVector(delta.fadeBias, named('fade_bias'))
  const rate = op.exp(g, await w.wideVector(delta.fadeRate, named('fade_rate')))
  const step = softplus(scope, op.add(g, await w.linear(x, delta.fade, named('fade')), bias))
  const fade = op.mul(g, step, op.sub(g, g.scalar(w.wide, 0), rate))
  return {
    fade: toSequence(scope, fade, spec.valueHeads),
    write: toSequence(scope, share, spec.valueHeads),
  }
}

/** ln(1 + eˣ), which does not overflow. */
function softplus({ w: { g, wide } }: DeltaScope, x: Value): Value {
  const smaller = op.exp(g, op.sub(g, g.scalar(wide, 0), op.abs(g, x)))
  return op.add(g, op.relu(g, x), op.log(g, op.add(g, smaller, g.scalar(wide, 1))))
}

/** By SiLU of the gate. */
async function gated({ w, weights, named }: DeltaScope, x: Value, normed: Value): Promise<Value> {
  if (weights.outputGate === undefined) throw new RangeError('a delta net without its output gate')
  const gate = await w.linear(x, weights.outputGate, named('output_gate'))
  return op.mul(w.g, normed, activated(w.g, null, gate, 'silu'))
}
