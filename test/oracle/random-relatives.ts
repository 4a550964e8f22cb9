/** @file Random Mistral 3, Ministral 3, OLMo 1, SmolLM3, Granite, Cohere, Falcon, StableLM, Phi-2 and GLM-4 checkpoints. */
import {
  attentionAndMlp,
  drawRope,
  drawSizes,
  ends,
  makeMistral,
  preNormBlocks,
  sizeKeys,
} from './random-llama.ts'
import type { TensorMaker } from './random-model.ts'

type Drawn = Readonly<Record<string, unknown>>

/** As image models store it: the text model's config nested, its tensors under either of two stems. */
export function makeMistral3(maker: TensorMaker): Drawn {
  const text = maker.turn(false, true)
    ? { ...makeMinistral3(maker), model_type: 'ministral3' }
    : makeMistral(maker)
  const older = maker.random.coin()
  const stem = older ? 'language_model.model.' : 'model.language_model.'
  for (const [name, stored] of [...maker.tensors]) {
    maker.tensors.delete(name)
    const body = name.startsWith('model.') ? stem + name.slice('model.'.length) : name
    maker.tensors.set(older && body === name ? `language_model.${name}` : body, stored)
  }
  return {
    text_config: { ...text, model_type: text.model_type ?? maker.random.pick(undefined, 'mistral') },
    vision_config: { hidden_size: 8 },
    image_token_index: 10,
  }
}

/** The text of Qwen's image models: keys under text_config, tensors under a stem; of version 2 also beside those of the images, without. */
export const makeQwenVl =
  (version: 2 | 3, make: (maker: TensorMaker) => Drawn) =>
  (maker: TensorMaker): Drawn => {
    const { random } = maker
    const { rope_theta: _theta, rope_scaling: _scaling, rope_parameters: _both, ...text } = make(maker)
    const [nested, moved] = [version === 3 || maker.turn(true, false), random.coin() || version === 3]
    const pairs = Number(text.head_dim ?? Number(text.hidden_size) / Number(text.num_attention_heads)) / 2
    for (const [name, stored] of [...maker.tensors]) {
      if (!moved || !name.startsWith('model.')) continue
      maker.tensors.delete(name)
      maker.tensors.set(`model.language_model.${name.slice('model.'.length)}`, stored)
    }
    const rope = random.pick<Drawn>(
      { rope_theta: 500, rope_scaling: { type: 'mrope', mrope_section: [1, 1, pairs - 2] } },
      {
        rope_theta: 500,
        rope_scaling: { rope_type: 'default', mrope_section: [pairs - 2, 1, 1], mrope_interleaved: true },
      },
      {
        rope_parameters: {
          type: 'mrope',
          rope_type: 'default',
          rope_theta: 500,
          mrope_section: [1, 1, pairs - 2],
        },
      },
    )
    const images = { vision_config: { depth: 2 }, image_token_id: 7, video_token_id: 8 }
    const fixed = version === 3 ? { use_sliding_window: false, norm_topk_prob: undefined } : {}
    const { tie_word_embeddings: tied, ...rest }: Drawn = { ...text, ...rope, ...fixed }
    return nested
      ? { text_config: { model_type: 'anything_text', ...rest }, tie_word_embeddings: tied, ...images }
      : { ...rest, tie_word_embeddings: tied, ...images }
  }

export function makeSmolLm3(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = { ...drawSizes(maker, false), layers: random.pick(3, 4, 5) }
  const [bias, mlpBias] = [random.coin(), random.coin()]
  const tied = random.pick(undefined, true, false)
  preNormBlocks(maker, sizes, { qkv: bias, output: bias, mlp: mlpBias })
  ends(maker, sizes, tied !== false)
  const listed = Array.from({ length: sizes.layers }, () => random.pick(0, 1))
  return {
    ...sizeKeys(sizes),
    attention_bias: bias,
    mlp_bias: mlpBias,
    tie_word_embeddings: tied,
    no_rope_layers: random.pick(undefined, listed),
    use_sliding_window: random.pick(undefined, true),
    sliding_window: random.pick(3, 5),
    ...drawRope(maker, sizes.size, ['default', 'linear', 'yarn']),
  }
}

export function makeGranite(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, false)
  const [bias, mlpBias, tied] = [random.coin(), random.coin(), random.coin()]
  preNormBlocks(maker, sizes, { qkv: bias, output: bias, mlp: mlpBias })
  ends(maker, sizes, tied)
  return {
    ...sizeKeys(sizes),
    attention_bias: bias,
    mlp_bias: mlpBias,
    tie_word_embeddings: tied,
    embedding_multiplier: random.pick(undefined, 3, 0.5),
    attention_multiplier: random.pick(undefined, 0.1),
    residual_multiplier: random.pick(undefined, 0.22),
    logits_scaling: random.pick(undefined, 8, 0.5),
    rms_norm_eps: random.pick(undefined, 1e-5),
    ...drawRope(maker, sizes.size, ['default', 'linear', 'yarn']),
  }
}

/** Command R, or with norms on heads Command R+. */
export function makeCohere(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, true)
  const [bias, tied, norms] = [random.coin(), random.pick(undefined, true, false), maker.turn(true, false)]
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    maker.rmsNorm(`${block}.input_layernorm`, sizes.d, 1)
    attentionAndMlp(maker, block, sizes, { qkv: bias, output: bias, mlp: false })
    if (!norms) continue
    maker.parameter(`${block}.self_attn.q_norm.weight`, [sizes.heads, sizes.size], 1)
    maker.parameter(`${block}.self_attn.k_norm.weight`, [sizes.kvHeads, sizes.size], 1)
  }
  ends(maker, sizes, tied !== false)
  return {
    ...sizeKeys(sizes),
    head_dim: sizes.size,
    attention_bias: bias,
    tie_word_embeddings: tied,
    use_qk_norm: norms,
    logit_scale: random.pick(undefined, 0.25, 0.8333333),
    layer_norm_eps: random.pick(undefined, 1e-3),
    ...drawRope(maker, sizes.size, ['default', 'linear']),
  }
}

/** Queries grow within the 12 positions that are run, or beyond them. */
export function makeMinistral3(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, true)
  const tied = random.coin()
  preNormBlocks(maker, sizes, { qkv: false, output: false, mlp: false })
  ends(maker, sizes, tied)
  const original = maker.turn(4, 5, 16)
  return {
    ...sizeKeys(sizes),
    head_dim: sizes.size,
    tie_word_embeddings: tied,
    sliding_window: random.pick<number | null | undefined>(undefined, null, 6),
    rope_parameters: {
      type: 'yarn',
      rope_type: 'yarn',
      rope_theta: random.pick(undefined, 500),
      factor: 16,
      original_max_position_embeddings: original,
      max_position_embeddings: 64,
      mscale: 1,
      mscale_all_dim: 1,
      llama_4_scaling_beta: random.pick(0.1, 0.7),
    },
  }
}

/** The four forms of its blocks: 7B's, 40B's, Falcon 2's, and one after the other. */
export function makeFalcon(maker: TensorMaker): Drawn {
  const { random } = maker
  const form = maker.turn('7b', '40b', '11b', 'sequential')
  const drawn = drawSizes(maker, false)
  const kvHeads = form === '7b' ? 1 : form === 'sequential' ? drawn.heads : drawn.kvHeads
  const { d, heads, size, layers, vocabulary } = drawn
  const [bias, tied, inner] = [random.coin(), random.coin(), random.pick(undefined, 24)]
  for (let layer = 0; layer < layers; layer++) {
    const block = `transformer.h.${layer}`
    const norms = form === '40b' ? ['ln_attn', 'ln_mlp'] : ['input_layernorm']
    if (form === 'sequential') norms.push('post_attention_layernorm')
    for (const norm of norms) maker.layerNorm(`${block}.${norm}`, d)
    maker.linear(`${block}.self_attention.query_key_value`, (heads + 2 * kvHeads) * size, d, bias)
    maker.linear(`${block}.self_attention.dense`, d, d, bias)
    maker.linear(`${block}.mlp.dense_h_to_4h`, inner ?? 4 * d, d, bias)
    maker.linear(`${block}.mlp.dense_4h_to_h`, d, inner ?? 4 * d, bias)
  }
  maker.table('transformer.word_embeddings.weight', vocabulary, d)
  maker.layerNorm('transformer.ln_f', d)
  if (!tied) maker.linear('lm_head', vocabulary, d, false)
  const isNew = form === '40b' || form === '11b'
  return {
    hidden_size: d,
    ...(random.coin()
      ? { num_attention_heads: heads, num_hidden_layers: layers, num_kv_heads: kvHeads }
      : { n_head: heads, n_layer: layers, n_head_kv: kvHeads }),
    vocab_size: vocabulary,
    ffn_hidden_size: inner,
    alibi: false,
    bias,
    new_decoder_architecture: isNew,
    multi_query: form !== 'sequential',
    parallel_attn: form !== 'sequential',
    ...(form === '11b' ? { num_ln_in_parallel_attn: 1 } : {}),
    layer_norm_epsilon: random.pick(undefined, 1e-3),
    max_position_embeddings: 64,
    tie_word_embeddings: tied,
    rope_theta: random.pick(undefined, 500),
  }
}

export function makeCohere2(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = { ...drawSizes(maker, true), layers: random.pick(2, 4, 5) }
  const [bias, tied] = [random.coin(), random.pick(undefined, true, false)]
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    // A gain alone, though the norm takes the mean off.
    maker.rmsNorm(`${block}.input_layernorm`, sizes.d, 1)
    attentionAndMlp(maker, block, sizes, { qkv: bias, output: bias, mlp: false })
  }
  ends(maker, sizes, tied !== false)
  const types = Array.from({ length: sizes.layers }, () => random.pick('full_attention', 'sliding_attention'))
  return {
    ...sizeKeys(sizes),
    head_dim: sizes.size,
    attention_bias: bias,
    tie_word_embeddings: tied,
    logit_scale: random.pick(undefined, 0.25, 1),
    layer_norm_eps: random.pick(undefined, 1e-3),
    sliding_window: random.pick(undefined, 3, 5),
    ...random.pick<Drawn>(
      {},
      { layer_types: types },
      { sliding_window_pattern: 2, layer_switch: 2 },
      { _sliding_window_pattern: 3 },
    ),
    ...drawRope(maker, sizes.size, ['default', 'linear', 'yarn']),
  }
}

/** No norm stores anything. */
export function makeOlmo(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, false)
  const [bias, tied] = [random.coin(), random.coin()]
  for (let layer = 0; layer < sizes.layers; layer++)
    attentionAndMlp(maker, `model.layers.${layer}`, sizes, { qkv: bias, output: bias, mlp: false })
  maker.table('model.embed_tokens.weight', sizes.vocabulary, sizes.d)
  if (!tied) maker.linear('lm_head', sizes.vocabulary, sizes.d, false)
  return {
    ...sizeKeys(sizes),
    attention_bias: bias,
    tie_word_embeddings: tied,
    clip_qkv: random.pick(undefined, null),
    ...drawRope(maker, sizes.size, ['default', 'linear', 'dynamic']),
  }
}

export function makeStableLm(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, false)
  const [bias, parallel, tied] = [random.coin(), random.coin(), random.coin()]
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    maker.layerNorm(`${block}.input_layernorm`, sizes.d)
    if (!parallel) maker.layerNorm(`${block}.post_attention_layernorm`, sizes.d)
    attentionAndMlp(maker, block, sizes, { qkv: bias, output: false, mlp: false })
  }
  maker.table('model.embed_tokens.weight', sizes.vocabulary, sizes.d)
  maker.layerNorm('model.norm', sizes.d)
  if (!tied) maker.linear('lm_head', sizes.vocabulary, sizes.d, false)
  return {
    ...sizeKeys(sizes),
    use_qkv_bias: bias,
    use_parallel_residual: parallel,
    tie_word_embeddings: tied,
    partial_rotary_factor: random.pick(undefined, 0.5),
    layer_norm_eps: random.pick(undefined, 1e-3),
    rope_theta: random.pick(undefined, 500),
  }
}

export function makePhi(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawSizes(maker, false)
  const { d, heads, kvHeads, size, inner } = sizes
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    maker.layerNorm(`${block}.input_layernorm`, d)
    maker.linear(`${block}.self_attn.q_proj`, heads * size, d, true)
    maker.linear(`${block}.self_attn.k_proj`, kvHeads * size, d, true)
    maker.linear(`${block}.self_attn.v_proj`, kvHeads * size, d, true)
    maker.linear(`${block}.self_attn.dense`, d, heads * size, true)
    maker.linear(`${block}.mlp.fc1`, inner, d, true)
    maker.linear(`${block}.mlp.fc2`, d, inner, true)
  }
  maker.table('model.embed_tokens.weight', sizes.vocabulary, d)
  maker.layerNorm('model.final_layernorm', d)
  maker.linear('lm_head', sizes.vocabulary, d, true)
  return {
    ...sizeKeys(sizes),
    partial_rotary_factor: random.pick(undefined, 0.25, 1),
    hidden_act: random.pick(undefined, 'gelu_new', 'gelu'),
    rope_theta: random.pick(undefined, 500),
  }
}

/** `post`: with norms behind attention and MLP (glm4). */
export const makeGlm =
  (post: boolean) =>
  (maker: TensorMaker): Drawn => {
    const { random } = maker
    const sizes = drawSizes(maker, true)
    const { d, heads, kvHeads, size, inner } = sizes
    const [bias, tied] = [random.coin(), random.coin()]
    for (let layer = 0; layer < sizes.layers; layer++) {
      const block = `model.layers.${layer}`
      const behind = post ? ['post_self_attn_layernorm', 'post_mlp_layernorm'] : []
      for (const name of ['input_layernorm', 'post_attention_layernorm', ...behind])
        maker.rmsNorm(`${block}.${name}`, d, 1)
      maker.linear(`${block}.self_attn.q_proj`, heads * size, d, bias)
      maker.linear(`${block}.self_attn.k_proj`, kvHeads * size, d, bias)
      maker.linear(`${block}.self_attn.v_proj`, kvHeads * size, d, bias)
      maker.linear(`${block}.self_attn.o_proj`, d, heads * size, false)
      maker.linear(`${block}.mlp.gate_up_proj`, 2 * inner, d, false)
      maker.linear(`${block}.mlp.down_proj`, d, inner, false)
    }
    ends(maker, sizes, tied)
    return {
      ...sizeKeys(sizes),
      head_dim: size,
      attention_bias: bias,
      tie_word_embeddings: tied,
      partial_rotary_factor: random.pick(undefined, 0.25, 1),
      rms_norm_eps: random.pick(undefined, 1e-5),
      rope_theta: random.pick(undefined, 500),
    }
  }
