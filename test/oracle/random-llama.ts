/** @file Random Llama, Mistral, Qwen2, Qwen3, Phi-3 and OLMo-2 checkpoints. */
import type { TensorMaker } from './random-model.ts'
import { drawRopeScaling, type RopeKind } from './random-rope.ts'

type Drawn = Readonly<Record<string, unknown>>

export interface Sizes {
  readonly d: number
  readonly heads: number
  readonly kvHeads: number
  readonly size: number
  readonly inner: number
  readonly layers: number
  readonly vocabulary: number
}

const MOST_POSITIONS = 64

/** Grouped heads; the heads' width differs from d where the family lets it. */
export function drawSizes(maker: TensorMaker, ownHeadSize: boolean): Sizes {
  const { random } = maker
  const kvHeads = random.pick(1, 2)
  const heads = kvHeads * random.pick(1, 2, 3)
  const size = random.pick(8, 16)
  const d = ownHeadSize ? heads * random.pick(6, 12) : heads * size
  return { d, heads, kvHeads, size, inner: random.pick(24, 40), layers: random.integer(1, 3), vocabulary: 41 }
}

export function sizeKeys(sizes: Sizes): Drawn {
  return {
    hidden_size: sizes.d,
    num_attention_heads: sizes.heads,
    num_key_value_heads: sizes.kvHeads,
    intermediate_size: sizes.inner,
    num_hidden_layers: sizes.layers,
    vocab_size: sizes.vocabulary,
    max_position_embeddings: MOST_POSITIONS,
  }
}

/** Base and scaling in transformers 4's keys, or 5's. */
export function drawRope(maker: TensorMaker, size: number, kinds: readonly [RopeKind, ...RopeKind[]]): Drawn {
  const { random } = maker
  const base = random.pick(10_000, 500)
  if (random.coin())
    return { rope_theta: base, rope_scaling: drawRopeScaling(maker, size, kinds, random.coin()) }
  return {
    rope_parameters: {
      rope_type: 'default',
      ...drawRopeScaling(maker, size, kinds, false),
      rope_theta: base,
    },
  }
}

interface Biases {
  readonly qkv: boolean
  readonly output: boolean
  readonly mlp: boolean
}

export function attentionAndMlp(maker: TensorMaker, block: string, sizes: Sizes, biases: Biases): void {
  const { d, heads, kvHeads, size, inner } = sizes
  maker.linear(`${block}.self_attn.q_proj`, heads * size, d, biases.qkv)
  maker.linear(`${block}.self_attn.k_proj`, kvHeads * size, d, biases.qkv)
  maker.linear(`${block}.self_attn.v_proj`, kvHeads * size, d, biases.qkv)
  maker.linear(`${block}.self_attn.o_proj`, d, heads * size, biases.output)
  maker.linear(`${block}.mlp.gate_proj`, inner, d, biases.mlp)
  maker.linear(`${block}.mlp.up_proj`, inner, d, biases.mlp)
  maker.linear(`${block}.mlp.down_proj`, d, inner, biases.mlp)
}

export function ends(maker: TensorMaker, sizes: Sizes, tied: boolean): void {
  maker.table('model.embed_tokens.weight', sizes.vocabulary, sizes.d)
  maker.rmsNorm('model.norm', sizes.d, 1)
  if (!tied) maker.linear('lm_head', sizes.vocabulary, sizes.d, false)
}

export function preNormBlocks(maker: TensorMaker, sizes: Sizes, biases: Biases): void {
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    maker.rmsNorm(`${block}.input_layernorm`, sizes.d, 1)
    maker.rmsNorm(`${block}.post_attention_layernorm`, sizes.d, 1)
    attentionAndMlp(maker, block, sizes, biases)
  }
}

export function makeLlama(maker: TensorMaker): Drawn {
  const { random } = maker
  const own = random.coin()
  const sizes = drawSizes(maker, own)
  const [attentionBias, mlpBias, tied] = [random.coin(), random.coin(), random.coin()]
  preNormBlocks(maker, sizes, { qkv: attentionBias, output: attentionBias, mlp: mlpBias })
  ends(maker, sizes, tied)
  return {
    ...sizeKeys(sizes),
    head_dim: own ? sizes.size : null,
    attention_bias: attentionBias,
    mlp_bias: mlpBias,
    tie_word_embeddings: tied,
    hidden_act: random.pick(undefined, 'silu', 'gelu'),
    rms_norm_eps: random.pick(undefined, 1e-5),
    ...drawRope(maker, sizes.size, ['default', 'linear', 'llama3', 'yarn', 'dynamic']),
  }
}

export function makeMistral(maker: TensorMaker): Drawn {
  const { random } = maker
  const own = random.coin()
  const sizes = drawSizes(maker, own)
  preNormBlocks(maker, sizes, { qkv: false, output: false, mlp: false })
  ends(maker, sizes, false)
  return {
    ...sizeKeys(sizes),
    head_dim: own ? sizes.size : null,
    sliding_window: random.pick<number | null | undefined>(undefined, null, 3, 5),
    ...drawRope(maker, sizes.size, ['default']),
  }
}

/** use_sliding_window with max_window_layers, or with layer_types. */
function drawQwenWindows(maker: TensorMaker, layers: number): Drawn {
  const { random } = maker
  const types = Array.from({ length: layers }, () => random.pick('full_attention', 'sliding_attention'))
  return random.pick<Drawn>(
    { use_sliding_window: false, sliding_window: 3, max_window_layers: 0 },
    { use_sliding_window: true, sliding_window: 3, max_window_layers: 1 },
    { use_sliding_window: true, sliding_window: 4, layer_types: types, max_window_layers: layers },
  )
}

export function makeQwen2(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, false)
  const tied = random.coin()
  preNormBlocks(maker, sizes, { qkv: true, output: false, mlp: false })
  ends(maker, sizes, tied)
  return {
    ...sizeKeys(sizes),
    tie_word_embeddings: tied,
    ...drawQwenWindows(maker, sizes.layers),
    ...drawRope(maker, sizes.size, ['default', 'yarn']),
  }
}

export function makeQwen3(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, true)
  const [bias, tied] = [random.coin(), random.coin()]
  preNormBlocks(maker, sizes, { qkv: bias, output: bias, mlp: false })
  for (let layer = 0; layer < sizes.layers; layer++) {
    maker.rmsNorm(`model.layers.${layer}.self_attn.q_norm`, sizes.size, 1)
    maker.rmsNorm(`model.layers.${layer}.self_attn.k_norm`, sizes.size, 1)
  }
  ends(maker, sizes, tied)
  return {
    ...sizeKeys(sizes),
    head_dim: sizes.size,
    attention_bias: bias,
    tie_word_embeddings: tied,
    ...drawQwenWindows(maker, sizes.layers),
    ...drawRope(maker, sizes.size, ['default', 'yarn']),
  }
}

/** OLMo 2 with blocks that slide, and others whose rope is scaled by any rule. */
export function makeOlmo3(maker: TensorMaker): Drawn {
  const { random } = maker
  const { rope_theta: _theta, rope_scaling: _scaling, rope_parameters: _both, ...drawn } = makeOlmo2(maker)
  const size = Number(drawn.hidden_size) / Number(drawn.num_attention_heads)
  const rope = drawRope(maker, size, ['yarn', 'default', 'linear'])
  const count = Number(drawn.num_hidden_layers)
  const types = Array.from({ length: count }, () => random.pick('full_attention', 'sliding_attention'))
  const { rope_parameters: section, ...older } = rope
  const kinds = { full_attention: section, sliding_attention: { rope_type: 'default', rope_theta: 900 } }
  return {
    ...drawn,
    ...(section === undefined ? older : { rope_parameters: kinds }),
    sliding_window: random.pick(3, 5),
    layer_types: random.pick(undefined, types),
  }
}

export function makeOlmo2(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, false)
  const bias = random.coin()
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    attentionAndMlp(maker, block, sizes, { qkv: bias, output: bias, mlp: false })
    maker.rmsNorm(`${block}.self_attn.q_norm`, sizes.heads * sizes.size, 1)
    maker.rmsNorm(`${block}.self_attn.k_norm`, sizes.kvHeads * sizes.size, 1)
    maker.rmsNorm(`${block}.post_attention_layernorm`, sizes.d, 1)
    maker.rmsNorm(`${block}.post_feedforward_layernorm`, sizes.d, 1)
  }
  ends(maker, sizes, false)
  return {
    ...sizeKeys(sizes),
    attention_bias: bias,
    rms_norm_eps: random.pick(undefined, 1e-6),
    ...drawRope(maker, sizes.size, ['default', 'linear']),
  }
}

export function makePhi3(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, false)
  const { d, heads, kvHeads, size, inner } = sizes
  const tied = random.coin()
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    maker.rmsNorm(`${block}.input_layernorm`, d, 1)
    maker.rmsNorm(`${block}.post_attention_layernorm`, d, 1)
    maker.linear(`${block}.self_attn.qkv_proj`, (heads + 2 * kvHeads) * size, d, false)
    maker.linear(`${block}.self_attn.o_proj`, d, heads * size, false)
    maker.linear(`${block}.mlp.gate_up_proj`, 2 * inner, d, false)
    maker.linear(`${block}.mlp.down_proj`, d, inner, false)
  }
  ends(maker, sizes, tied)
  const fraction = random.pick(0.5, 0.75, 1)
  const scaling = drawRopeScaling(maker, fraction * size, ['default', 'longrope', 'longrope'], random.coin())
  return {
    ...sizeKeys(sizes),
    tie_word_embeddings: tied,
    sliding_window: random.pick<number | null | undefined>(undefined, null, 4, 5),
    partial_rotary_factor: fraction,
    // Sequences of 12 are beyond 8: long factors; within 16 and 64: short.
    original_max_position_embeddings: random.pick(8, 16, MOST_POSITIONS),
    rope_theta: 10_000,
    rope_scaling: scaling,
  }
}
