/**
 * @file Operators made for the layers of a decoder: norms, activations, rotary embedding, attention. Definitions:
 * https://onnx.ai/onnx/operators/ and, for those marked (ort),
 * https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
 */
import { type Attributes, float, type GraphBuilder, int, type Value } from './graph.ts'

export function layerNormalization(
  g: GraphBuilder,
  x: Value,
  gain: Value,
  bias: Value | null,
  epsilon: number,
): Value {
  const inputs = bias === null ? [x, gain] : [x, gain, bias]
  return g.apply('LayerNormalization', inputs, x, { axis: int(-1), epsilon: float(epsilon) })
}

/** RMS norm (ort; registered in the default domain). */
export function simplifiedLayerNormalization(g: GraphBuilder, x: Value, gain: Value, epsilon: number): Value {
  return g.apply('SimplifiedLayerNormalization', [x, gain], x, { axis: int(-1), epsilon: float(epsilon) })
}

export function gelu(g: GraphBuilder, x: Value, approximate: 'none' | 'tanh'): Value {
  const attributes: Attributes = { approximate: { kind: 'string', value: approximate } }
  return g.apply('Gelu', [x], x, attributes)
}

/** x · sigmoid(factor · x) (ort). */
export function silu(g: GraphBuilder, x: Value, factor = 1): Value {
  return g.apply('QuickGelu', [x], x, { alpha: float(factor) }, 'com.microsoft')
}

/**
 * Rotary embedding of (n_block, n_token, heads · headSize) with positions 0, 1, … (ort).
 * `cos` and `sin` are (max positions, rotated/2).
 */
export function rotaryEmbedding(
  g: GraphBuilder,
  x: Value,
  rotary: { cos: Value; sin: Value; size: number; interleaved: boolean },
  heads: number,
): Value {
  const attributes = {
    interleaved: int(rotary.interleaved ? 1 : 0),
    num_heads: int(heads),
    rotary_embedding_dim: int(rotary.size),
  }
  const offset = g.integers([0])
  return g.apply('RotaryEmbedding', [x, offset, rotary.cos, rotary.sin], x, attributes, 'com.microsoft')
}

export interface AttentionAttributes {
  readonly heads: number
  readonly kvHeads: number
  readonly scale: number
  readonly softcap: number | null
  /** Keys visible to a query, itself included. */
  readonly window: number | null
  /** (heads) of the queries' type: a score beside those of the keys that no value has; absent: none. */
  readonly sinks?: Value | null
}

/**
 * Causal attention of (n_block, n_token, ·) without a past (ort). `lastPosition` is n_token − 1 per block (int32),
 * `length` n_token (int32 scalar). A query sees keys j with i − window < j ≤ i: onnxruntime's CPU kernel and flash
 * attention both take local_window_size as the number of visible keys. Not for WebGPU: models/graph/fused-attention.ts.
 */
export function groupQueryAttention(
  g: GraphBuilder,
  q: Value,
  k: Value,
  v: Value,
  sequence: { lastPosition: Value; length: Value },
  attention: AttentionAttributes,
): Value {
  const attributes = {
    num_heads: int(attention.heads),
    kv_num_heads: int(attention.kvHeads),
    scale: float(attention.scale),
    softcap: float(attention.softcap ?? 0),
    local_window_size: int(attention.window ?? -1),
  }
  const present = { type: q.type, shape: ['n_block', attention.kvHeads, 'n_token', 'head'] }
  const usual = [q, k, v, null, null, sequence.lastPosition, sequence.length]
  // cos_cache, sin_cache, position_ids and attention_bias stand before head_sink.
  const sinks = attention.sinks ?? null
  const inputs = sinks === null ? usual : [...usual, null, null, null, null, sinks]
  const results = [{ type: q.type, shape: q.shape }, present, present]
  const [out] = g.node('GroupQueryAttention', inputs, results, attributes, 'com.microsoft')
  if (out === undefined) throw new Error('GroupQueryAttention has no result')
  return out
}
