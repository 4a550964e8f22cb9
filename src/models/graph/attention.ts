/** @file Attention of one block: projections, norms of q and k, rotation, causal attention, output projection. */
import { present } from '../../numbers/present.ts'
import * as double from '../../onnx/graph/double-ops.ts'
import type { Value } from '../../onnx/graph/graph.ts'
import * as layers from '../../onnx/graph/layer-ops.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { AttentionSpec, NormRef } from '../decoder-spec.ts'
import type { KeysAndValues } from './beside/carried.ts'
import type { BlockScope } from './block-scope.ts'
import { tiledAttention } from './tiled-attention.ts'

/** Of a block that has attention. */
export interface AttentionScope extends BlockScope {
  readonly attention: AttentionSpec
}

/** x (n_row, d_model) wide, already normed → attention output (n_row, d_model) wide. Taps q, k, v and z. */
export async function attention(scope: AttentionScope, x: Value): Promise<Value> {
  const { w, weights, layer, places } = scope
  const { heads, headSize } = scope.attention
  places.read(layer, 'qkv', x)
  const projected = await w.linearTyped(x, weights.q, scope.named('q'))
  const q = await shaped(scope, projected, weights.qNorm, heads, 'q')
  const { keys, values } = await keysAndValues(scope, x)
  const attended = await attend(scope, q, keys, values)
  const rows = op.reshape(w.g, attended, [-1, heads * headSize], ['n_row', heads * headSize])
  const z = places.pass(layer, 'attn.hook_z', await gated(scope, x, computedRows(scope, rows)))
  places.read(layer, 'o', z)
  return await w.linear(z, weights.o, scope.named('o'))
}

/** Its own, which later blocks may read; or those of an earlier one. Taps k and v. */
async function keysAndValues(scope: AttentionScope, x: Value): Promise<KeysAndValues> {
  const { w, weights, layer, places, carried } = scope
  const { keysOf, kvHeads, headSize } = scope.attention
  if (keysOf !== undefined) return present(carried.keys.get(keysOf), `keys of block ${keysOf}`)
  const ofKeys = await w.linearTyped(x, present(weights.k), scope.named('k'))
  const ofValues = weights.v === null ? ofKeys : await w.linearTyped(x, weights.v, scope.named('v'))
  const keys = await shaped(scope, ofKeys, weights.kNorm, kvHeads, 'k')
  const valued = allRows(scope, places.pass(layer, 'attn.hook_v', ofValues))
  const values = toSequence(scope, normedValues(scope, valued), kvHeads * headSize)
  const own = { keys, values }
  carried.keys.set(layer, own)
  return own
}

/** Each head by its root mean square, where the family does so. */
function normedValues({ w, attention: spec, norm, named }: AttentionScope, v: Value): Value {
  if (spec.valueNorm !== true) return op.cast(w.g, v, w.type)
  const rows = op.reshape(w.g, op.cast(w.g, v, w.wide), [-1, spec.headSize], ['n_group', spec.headSize])
  return w.operand(w.unitNorm(rows, norm, named('v_norm')))
}

/** What the heads give, by its gate where it has one. */
async function gated({ w, weights, named }: AttentionScope, x: Value, rows: Value): Promise<Value> {
  if (weights.outputGate === undefined) return rows
  const gate = await w.linear(x, weights.outputGate, named('output_gate'))
  return op.mul(w.g, op.cast(w.g, rows, w.wide), op.sigmoid(w.g, gate))
}

/** q, k, v (sequences, n_token, ·) → (sequences, n_token, heads · headSize) */
async function attend(scope: AttentionScope, q: Value, k: Value, v: Value): Promise<Value> {
  const { w, inputs, weights } = scope
  const { g } = w
  const { masks } = inputs
  const { heads, kvHeads, headSize, scale, softcap, window } = scope.attention
  const sinks = weights.sinks === undefined ? null : await w.wideVector(weights.sinks, scope.named('sinks'))
  if (masks !== null) {
    const shape = { sequences: inputs.sequences, heads, kvHeads, headSize, scale, softcap, window, sinks }
    const rounded = (x: Value): Value => w.operand(x)
    return rounded(tiledAttention(g, q, k, v, masks, { ...shape, rounded }))
  }
  const padded = [widened(scope, q, heads), widened(scope, k, kvHeads), widened(scope, v, kvHeads)] as const
  const attended = layers.groupQueryAttention(g, ...padded, inputs, {
    heads,
    kvHeads,
    scale,
    softcap,
    window,
    sinks: sinks && op.cast(g, sinks, q.type),
  })
  return narrowed(scope, attended)
}

/** q or k, as its matrix gives it: (sequences, n_token, heads · headSize), normed and rotated. Taps it. */
async function shaped(
  scope: AttentionScope,
  typed: Value,
  norm: NormRef | null,
  heads: number,
  role: 'q' | 'k',
): Promise<Value> {
  const { w, layer, inputs } = scope
  const { g } = w
  const { headSize, qkNorm, rotary } = scope.attention
  const width = heads * headSize
  let projected = allRows(scope, op.cast(g, scope.places.pass(layer, `attn.hook_${role}`, typed), w.type))
  if (norm !== null && qkNorm !== 'none') {
    const groups = qkNorm === 'full' ? width : headSize
    const rows = op.reshape(g, op.cast(g, projected, w.wide), [-1, groups], ['n_group', groups])
    const named = scope.named(`${role}_norm`)
    projected =
      qkNorm === 'layer'
        ? await layerNormOfHeads(scope, rows, { norm, heads, named })
        : await w.norm(rows, { ...scope.norm, kind: 'rms' }, norm, named)
  }
  const sequence = toSequence(scope, projected, width)
  if (rotary === null || scope.rotary === null) return w.operand(sequence)
  const tables = { ...scope.rotary, size: rotary.size, interleaved: rotary.pairing === 'interleaved' }
  // Norm and rotation are wide: what attention reads was rounded once after them.
  const wide = op.cast(g, sequence, w.wide)
  const turned =
    w.type === 'float64'
      ? double.rotaryEmbedding(g, wide, tables, heads, inputs.length)
      : layers.rotaryEmbedding(g, wide, tables, heads)
  return w.operand(role === 'q' ? grown(scope, turned) : turned)
}

/** Queries (sequences, n_token, ·), wide, by the factor of their position. */
function grown({ w, attention: spec, named, inputs, rotary }: AttentionScope, q: Value): Value {
  const growth = spec.queryGrowth
  if (growth === undefined) return q
  const { beta, every } = growth
  const length = rotary?.cos.shape[0]
  if (typeof length !== 'number') throw new RangeError('queries that grow are rotated')
  const factors = Float64Array.from({ length }, (_, p) => 1 + beta * Math.log(1 + Math.floor(p / every)))
  const table = w.constant(named('query_growth'), [length, 1], factors)
  return op.mul(w.g, q, op.firstRows(w.g, table, inputs.length))
}

interface HeadNorm {
  readonly norm: NormRef
  readonly heads: number
  readonly named: string
}

/** rows (n_row · heads, headSize): each less its mean and by its deviation, then by a gain for each dimension of each head. */
async function layerNormOfHeads(
  scope: AttentionScope,
  rows: Value,
  { norm, heads, named }: HeadNorm,
): Promise<Value> {
  const { w } = scope
  const width = heads * scope.attention.headSize
  const centred = await w.norm(rows, { ...scope.norm, kind: 'layer' }, { gain: null, bias: null }, named)
  const whole = op.reshape(w.g, centred, [-1, width], ['n_row', width])
  if (norm.gain === null) return whole
  const gain = op.reshape(w.g, await w.wideVector(norm.gain, `${named}.gains`), [width], [width])
  return op.mul(w.g, whole, gain)
}

/** onnxruntime's attention takes head sizes that are multiples of this. */
const HEAD_SIZE_STEP = 8

/** Zeros behind every head up to a size that the kernel takes (TinyStories-1M has heads of 4): q·k stays the same. */
function widened(
  { w, attention: spec, inputs: { sequences } }: AttentionScope,
  x: Value,
  heads: number,
): Value {
  const { g } = w
  const { headSize } = spec
  const size = Math.ceil(headSize / HEAD_SIZE_STEP) * HEAD_SIZE_STEP
  if (size === headSize) return x
  const split = op.reshape(g, x, [sequences, -1, heads, headSize], [sequences, 'n_token', heads, headSize])
  // In float32: Pad has no kernel for bfloat16 on CUDA.
  const shape = [sequences, 'n_token', heads, size]
  const padded = op.cast(g, op.padLast(g, op.cast(g, split, w.wide), size - headSize, shape), x.type)
  return op.reshape(g, padded, [sequences, -1, heads * size], [sequences, 'n_token', heads * size])
}

/** The inverse for the attention output, whose padded entries are zero. */
function narrowed({ w: { g }, attention: spec, inputs: { sequences } }: AttentionScope, z: Value): Value {
  const { heads, headSize } = spec
  const size = Math.ceil(headSize / HEAD_SIZE_STEP) * HEAD_SIZE_STEP
  if (size === headSize) return z
  const split = op.reshape(g, z, [sequences, -1, heads, size], [sequences, 'n_token', heads, size])
  return op.firstOfLast(g, split, headSize, [sequences, 'n_token', heads, headSize])
}

/** Rows (n_row, ·) as all sequences have them, each as often as it stands there. */
export function allRows({ w: { g }, inputs: { shared } }: BlockScope, x: Value): Value {
  return shared === null ? x : op.gather(g, x, shared.computed)
}

/** The inverse: each row once. */
export function computedRows({ w: { g }, inputs: { shared } }: BlockScope, x: Value): Value {
  return shared === null ? x : op.gather(g, x, shared.places)
}

export function toSequence({ w: { g }, inputs: { sequences } }: BlockScope, x: Value, width: number): Value {
  return op.reshape(g, x, [sequences, -1, width], [sequences, 'n_token', width])
}
