/** @file Random GPT-2, GPT-Neo and GPT-NeoX checkpoints. */
import type { TensorMaker } from './random-model.ts'
import { drawRopeScaling } from './random-rope.ts'

type Drawn = Readonly<Record<string, unknown>>

export function makeGpt2(maker: TensorMaker): Drawn {
  const { random } = maker
  const heads = random.pick(2, 3, 4)
  const d = heads * random.pick(8, 16)
  const inner = random.pick(undefined, 24)
  const [layers, vocabulary, positions] = [random.integer(1, 3), 41, 32]
  const tied = random.pick(undefined, true, false)
  const stem = random.pick('transformer.', '')
  maker.table(`${stem}wte.weight`, vocabulary, d)
  maker.table(`${stem}wpe.weight`, positions, d)
  for (let layer = 0; layer < layers; layer++) {
    const block = `${stem}h.${layer}`
    maker.layerNorm(`${block}.ln_1`, d)
    maker.conv1d(`${block}.attn.c_attn`, 3 * d, d)
    maker.conv1d(`${block}.attn.c_proj`, d, d)
    maker.layerNorm(`${block}.ln_2`, d)
    maker.conv1d(`${block}.mlp.c_fc`, inner ?? 4 * d, d)
    maker.conv1d(`${block}.mlp.c_proj`, d, inner ?? 4 * d)
  }
  maker.layerNorm(`${stem}ln_f`, d)
  if (tied === false) maker.linear('lm_head', vocabulary, d, false)
  return {
    n_embd: d,
    n_head: heads,
    n_inner: inner ?? null,
    n_layer: layers,
    n_positions: positions,
    vocab_size: vocabulary,
    layer_norm_epsilon: random.pick(undefined, 1e-5, 1e-3),
    activation_function: random.pick(undefined, 'gelu_new', 'gelu', 'relu'),
    scale_attn_weights: random.pick(undefined, true, false),
    scale_attn_by_inverse_layer_idx: random.pick(undefined, false, true),
    tie_word_embeddings: tied,
  }
}

export function makeGptNeo(maker: TensorMaker): Drawn {
  const { random } = maker
  const heads = random.pick(2, 4)
  const d = heads * random.pick(4, 8, 16)
  const inner = random.pick(undefined, 24)
  const [repeats, vocabulary, positions] = [random.integer(1, 2), 41, 32]
  const kinds = random.pick(['global', 'local'], ['local', 'global'], ['local'])
  maker.table('transformer.wte.weight', vocabulary, d)
  maker.table('transformer.wpe.weight', positions, d)
  for (let layer = 0; layer < kinds.length * repeats; layer++) {
    const block = `transformer.h.${layer}`
    maker.layerNorm(`${block}.ln_1`, d)
    for (const name of ['q_proj', 'k_proj', 'v_proj'])
      maker.linear(`${block}.attn.attention.${name}`, d, d, false)
    maker.linear(`${block}.attn.attention.out_proj`, d, d, true)
    maker.layerNorm(`${block}.ln_2`, d)
    maker.linear(`${block}.mlp.c_fc`, inner ?? 4 * d, d, true)
    maker.linear(`${block}.mlp.c_proj`, d, inner ?? 4 * d, true)
  }
  maker.layerNorm('transformer.ln_f', d)
  return {
    hidden_size: d,
    num_heads: heads,
    num_layers: kinds.length * repeats,
    attention_types: [[kinds, repeats]],
    attention_layers: random.coin() ? Array.from({ length: repeats }, () => kinds).flat() : undefined,
    intermediate_size: inner ?? null,
    max_position_embeddings: positions,
    vocab_size: vocabulary,
    window_size: random.integer(1, 6),
    activation_function: random.pick(undefined, 'gelu_new', 'gelu'),
    layer_norm_epsilon: random.pick(undefined, 1e-5),
  }
}

export function makeGptNeox(maker: TensorMaker): Drawn {
  const { random } = maker
  const heads = random.pick(2, 3, 4)
  const size = random.pick(8, 16)
  const d = heads * size
  const [layers, vocabulary, inner] = [random.integer(1, 3), 41, random.pick(24, 4 * d)]
  const tied = random.coin()
  const bias = random.pick(undefined, true, false)
  const fraction = random.pick(0.25, 0.5, 1)
  const newKeys = random.coin()
  maker.table('gpt_neox.embed_in.weight', vocabulary, d)
  for (let layer = 0; layer < layers; layer++) {
    const block = `gpt_neox.layers.${layer}`
    maker.layerNorm(`${block}.input_layernorm`, d)
    maker.linear(`${block}.attention.query_key_value`, 3 * d, d, bias !== false)
    maker.linear(`${block}.attention.dense`, d, d, bias !== false)
    maker.layerNorm(`${block}.post_attention_layernorm`, d)
    maker.linear(`${block}.mlp.dense_h_to_4h`, inner, d, true)
    maker.linear(`${block}.mlp.dense_4h_to_h`, d, inner, true)
  }
  maker.layerNorm('gpt_neox.final_layer_norm', d)
  if (!tied) maker.linear('embed_out', vocabulary, d, false)
  const scaling = drawRopeScaling(maker, fraction * size, ['default', 'linear', 'dynamic'], !newKeys)
  const base = random.pick(10_000, 500)
  return {
    hidden_size: d,
    num_attention_heads: heads,
    num_hidden_layers: layers,
    intermediate_size: inner,
    vocab_size: vocabulary,
    max_position_embeddings: 64,
    use_parallel_residual: random.pick(undefined, true, false),
    attention_bias: bias,
    hidden_act: random.pick(undefined, 'gelu', 'gelu_fast', 'gelu_new'),
    layer_norm_eps: random.pick(undefined, 1e-5, 1e-3),
    tie_word_embeddings: tied,
    ...(newKeys
      ? {
          rope_parameters: {
            rope_type: 'default',
            ...scaling,
            rope_theta: base,
            partial_rotary_factor: fraction,
          },
        }
      : { rotary_pct: fraction, rotary_emb_base: base, rope_scaling: scaling }),
  }
}
