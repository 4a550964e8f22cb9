/** @file Random Gemma 3n checkpoints, alone and inside a model of images and sound. */
import type { TensorMaker } from './random-model.ts'

type Drawn = Readonly<Record<string, unknown>>

const VOCABULARY = 41

interface Sizes {
  readonly d: number
  readonly heads: number
  readonly kvHeads: number
  readonly size: number
  readonly inner: readonly number[]
  readonly types: readonly string[]
  readonly shared: number
  readonly vectors: number
  readonly streams: number
  readonly rank: number
  readonly tableRows: number
  readonly isScaled: boolean
  readonly tied: boolean
}

function drawSizes(maker: TensorMaker): Sizes {
  const { random } = maker
  const types = ['sliding_attention', 'full_attention', 'sliding_attention', 'full_attention']
  const kvHeads = random.pick(1, 2)
  return {
    d: 8 * random.integer(3, 5),
    heads: kvHeads * random.pick(1, 2),
    kvHeads,
    size: random.pick(8, 16),
    inner: types.map(() => random.pick(24, 40)),
    types,
    shared: random.integer(1, 2),
    vectors: random.pick(4, 6),
    streams: random.integer(2, 4),
    rank: random.pick(4, 6),
    // As for Gemma 4: the first four know every token.
    tableRows: maker.turn(VOCABULARY, VOCABULARY, VOCABULARY, VOCABULARY, 30, 30, 30, 30),
    isScaled: random.coin(),
    tied: random.coin(),
  }
}

function makeBlock(maker: TensorMaker, block: string, layer: number, sizes: Sizes): void {
  const { d, heads, kvHeads, size, types, shared, vectors, streams, rank } = sizes
  const inner = sizes.inner[layer] ?? 0
  for (const name of ['input', 'post_attention', 'pre_feedforward', 'post_feedforward'])
    maker.rmsNorm(`${block}.${name}_layernorm`, d, 1)
  maker.linear(`${block}.self_attn.q_proj`, heads * size, d, false)
  maker.rmsNorm(`${block}.self_attn.q_norm`, size, 1)
  maker.linear(`${block}.self_attn.o_proj`, d, heads * size, false)
  if (layer < types.length - shared) {
    maker.linear(`${block}.self_attn.k_proj`, kvHeads * size, d, false)
    maker.linear(`${block}.self_attn.v_proj`, kvHeads * size, d, false)
    maker.rmsNorm(`${block}.self_attn.k_norm`, size, 1)
  }
  maker.linear(`${block}.mlp.gate_proj`, inner, d, false)
  maker.linear(`${block}.mlp.up_proj`, inner, d, false)
  maker.linear(`${block}.mlp.down_proj`, d, inner, false)
  maker.linear(`${block}.per_layer_input_gate`, vectors, d, false)
  maker.linear(`${block}.per_layer_projection`, d, vectors, false)
  maker.rmsNorm(`${block}.post_per_layer_input_norm`, d, 1)
  // Its input is divided by the width: as large as to move a hyperbolic tangent.
  maker.linear(`${block}.altup.modality_router`, streams, d, false, d)
  maker.rmsNorm(`${block}.altup.router_norm`, d, 1)
  maker.linear(`${block}.altup.prediction_coefs`, streams * streams, streams, false, 0.5)
  maker.linear(`${block}.altup.correction_coefs`, streams, streams, false, 0.5)
  maker.parameter(`${block}.altup.correct_output_scale`, [d], 1)
  if (!sizes.isScaled) maker.tensors.delete(`${block}.altup.correct_output_scale`)
  maker.linear(`${block}.laurel.linear_left`, rank, d, false)
  maker.linear(`${block}.laurel.linear_right`, d, rank, false)
  maker.rmsNorm(`${block}.laurel.post_laurel_norm`, d, 1)
}

function makeTensors(maker: TensorMaker, stem: string, sizes: Sizes): void {
  const { d, types, vectors, streams, tied } = sizes
  maker.table(`${stem}embed_tokens.weight`, VOCABULARY, d)
  maker.table(`${stem}embed_tokens_per_layer.weight`, sizes.tableRows, types.length * vectors)
  maker.linear(`${stem}per_layer_model_projection`, types.length * vectors, d, false)
  maker.rmsNorm(`${stem}per_layer_projection_norm`, vectors, 1)
  for (let i = 0; i < streams - 1; i++) {
    maker.linear(`${stem}altup_projections.${i}`, d, d, false)
    maker.linear(`${stem}altup_unembed_projections.${i}`, d, d, false)
  }
  for (const layer of types.keys()) makeBlock(maker, `${stem}layers.${layer}`, layer, sizes)
  maker.rmsNorm(`${stem}norm`, d, 1)
  if (!tied) maker.linear('lm_head', VOCABULARY, d, false)
}

function drawRope({ random }: TensorMaker): Drawn {
  const [global, local] = [random.pick(1e6, 2_000), random.pick(10_000, 300)]
  if (random.coin()) return { rope_theta: global, rope_local_base_freq: local }
  return {
    rope_parameters: {
      full_attention: { rope_type: 'default', rope_theta: global },
      sliding_attention: { rope_type: 'default', rope_theta: local },
    },
  }
}

function drawConfig(maker: TensorMaker, sizes: Sizes): Drawn {
  const { random } = maker
  const isSparse = random.coin()
  return {
    hidden_size: sizes.d,
    num_attention_heads: sizes.heads,
    num_key_value_heads: sizes.kvHeads,
    head_dim: sizes.size,
    intermediate_size: sizes.inner,
    num_hidden_layers: sizes.types.length,
    layer_types: sizes.types,
    activation_sparsity_pattern: sizes.types.map((_, layer) => (isSparse && layer < 2 ? 0.6 : 0)),
    sliding_window: random.integer(2, 6),
    vocab_size: VOCABULARY,
    vocab_size_per_layer_input: sizes.tableRows,
    hidden_size_per_layer_input: sizes.vectors,
    max_position_embeddings: 64,
    num_kv_shared_layers: sizes.shared,
    laurel_rank: sizes.rank,
    altup_num_inputs: sizes.streams,
    altup_active_idx: 0,
    altup_coef_clip: 119.5,
    altup_correct_scale: sizes.isScaled,
    tie_word_embeddings: sizes.tied,
    final_logit_softcapping: random.pick(undefined, 3.5),
    ...drawRope(maker),
  }
}

export function makeGemma3nText(maker: TensorMaker): Drawn {
  const sizes = drawSizes(maker)
  makeTensors(maker, 'model.', sizes)
  return drawConfig(maker, sizes)
}

/** Never untied. */
export function makeGemma3n(maker: TensorMaker): Drawn {
  const sizes = { ...drawSizes(maker), tied: true }
  makeTensors(maker, 'model.language_model.', sizes)
  return { text_config: { model_type: 'gemma3n_text', ...drawConfig(maker, sizes) } }
}
