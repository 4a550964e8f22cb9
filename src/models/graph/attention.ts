/** @file Attention of one block: projections, norms of q and k, rotation, causal attention, output projection. */
import * as double from '../../onnx/graph/double-ops.ts'
import type { Value } from '../../onnx/graph/graph.ts'
import * as layers from '../../onnx/graph/layer-ops.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { AttentionSpec, LinearRef, NormRef } from '../decoder-spec.ts'
import type { BlockScope } from './block-scope.ts'
import { tiledAttention } from './tiled-attention.ts'

/** Of a block that has attention. */
export interface AttentionScope extends BlockScope {
  readonly attention: AttentionSpec
}

/** x (n_row, d_model) wide, already normed → attention output (n_row, d_model) wide. Taps q, k, v and z. */
export async function attention(scope: AttentionScope, x: Value): Promise<Value> {
  const { w, weights, layer, places } = scope
  const { heads, headSize, kvHeads } = scope.attention
  places.read(layer, 'qkv', x)
  const q = await project(scope, x, weights.q, weights.qNorm, heads, 'q')
  const k = await project(scope, x, weights.k, weights.kNorm, kvHeads, 'k')
  const valued = places.pass(layer, 'attn.hook_v', await w.linearTyped(x, weights.v, scope.named('v')))
  const v = toSequence(scope, allRows(scope, op.cast(w.g, valued, w.type)), kvHeads * headSize)
  const attended = await attend(scope, q, k, v)
  const rows = op.reshape(w.g, attended, [-1, heads * headSize], ['n_row', heads * headSize])
  const z = places.pass(layer, 'attn.hook_z', await gated(scope, x, computedRows(scope, rows)))
  places.read(layer, 'o', z)
  return await w.linear(z, weights.o, scope.named('o'))
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

/** q or k: (sequences, n_token, heads · headSize), normed and rotated. */
async function project(
  scope: AttentionScope,
  x: Value,
  linear: LinearRef,
  norm: NormRef | null,
  heads: number,
  role: 'q' | 'k',
): Promise<Value> {
  const { w, layer, inputs } = scope
  const { g } = w
  const { headSize, qkNorm, rotary } = scope.attention
  const width = heads * headSize
  const typed = await w.linearTyped(x, linear, scope.named(role))
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
  const shaped = toSequence(scope, projected, width)
  if (rotary === null || scope.rotary === null) return w.operand(shaped)
  const tables = { ...scope.rotary, size: rotary.size, interleaved: rotary.pairing === 'interleaved' }
  // Norm and rotation are wide: what attention reads was rounded once after them.
  const wide = op.cast(g, shaped, w.wide)
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
