/** @file Random Gemma 1, 2 and 3 checkpoints; 3 also as the text part of an image model. */
import type { TensorMaker } from './random-model.ts'
import { drawRopeScaling } from './random-rope.ts'

type Drawn = Readonly<Record<string, unknown>>
type Generation = 1 | 2 | 3

interface Sizes {
  readonly d: number
  readonly heads: number
  readonly kvHeads: number
  readonly size: number
  readonly inner: number
  readonly layers: number
  readonly bias: boolean
}

const VOCABULARY = 41

function drawSizes({ random }: TensorMaker, generation: Generation): Sizes {
  const kvHeads = random.pick(1, 2)
  return {
    d: random.pick(24, 40),
    kvHeads,
    heads: kvHeads * random.pick(1, 2),
    size: random.pick(8, 16),
    inner: random.pick(24, 40),
    layers: generation === 3 ? random.integer(3, 4) : random.integer(1, 3),
    bias: random.coin(),
  }
}

function makeTensors(maker: TensorMaker, generation: Generation, stem: string, sizes: Sizes): void {
  const { d, heads, kvHeads, size, inner, bias } = sizes
  maker.table(`${stem}embed_tokens.weight`, VOCABULARY, d)
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `${stem}layers.${layer}`
    maker.rmsNorm(`${block}.input_layernorm`, d, 0)
    maker.rmsNorm(`${block}.post_attention_layernorm`, d, 0)
    if (generation > 1) maker.rmsNorm(`${block}.pre_feedforward_layernorm`, d, 0)
    if (generation > 1) maker.rmsNorm(`${block}.post_feedforward_layernorm`, d, 0)
    maker.linear(`${block}.self_attn.q_proj`, heads * size, d, bias)
    maker.linear(`${block}.self_attn.k_proj`, kvHeads * size, d, bias)
    maker.linear(`${block}.self_attn.v_proj`, kvHeads * size, d, bias)
    maker.linear(`${block}.self_attn.o_proj`, d, heads * size, bias)
    if (generation === 3) maker.rmsNorm(`${block}.self_attn.q_norm`, size, 0)
    if (generation === 3) maker.rmsNorm(`${block}.self_attn.k_norm`, size, 0)
    maker.linear(`${block}.mlp.gate_proj`, inner, d, false)
    maker.linear(`${block}.mlp.up_proj`, inner, d, false)
    maker.linear(`${block}.mlp.down_proj`, d, inner, false)
  }
  maker.rmsNorm(`${stem}norm`, d, 0)
}

/** Which blocks slide: by rule, by a pattern (Gemma 3), or named one by one. */
function drawLayers(maker: TensorMaker, generation: Generation, layers: number): Drawn {
  const { random } = maker
  const types = Array.from({ length: layers }, () => random.pick('full_attention', 'sliding_attention'))
  const pattern =
    generation === 3 ? random.pick<Drawn>({}, { sliding_window_pattern: random.integer(2, 3) }) : {}
  return { sliding_window: random.integer(2, 6), ...(random.coin() ? { layer_types: types } : pattern) }
}

function drawCaps(maker: TensorMaker, generation: Generation): Drawn {
  const { random } = maker
  const scalar = { query_pre_attn_scalar: random.pick(8, 24) }
  const logits = { final_logit_softcapping: random.pick<number | null | undefined>(undefined, null, 3.5) }
  if (generation === 3) return { ...scalar, ...logits }
  return {
    ...scalar,
    ...logits,
    attn_logit_softcapping: random.pick<number | null | undefined>(undefined, null, 2.5),
  }
}

function drawRope3(maker: TensorMaker, size: number): Drawn {
  const { random } = maker
  const scaling = drawRopeScaling(maker, size, ['default', 'linear'], false)
  const [globalBase, localBase] = [random.pick(1e6, 2_000), random.pick(10_000, 300)]
  if (random.coin()) return { rope_theta: globalBase, rope_local_base_freq: localBase, rope_scaling: scaling }
  return {
    rope_parameters: {
      full_attention: { rope_type: 'default', ...scaling, rope_theta: globalBase },
      sliding_attention: { rope_type: 'default', rope_theta: localBase },
    },
  }
}

function drawConfig(maker: TensorMaker, generation: Generation, sizes: Sizes): Drawn {
  const { random } = maker
  return {
    hidden_size: sizes.d,
    num_attention_heads: sizes.heads,
    num_key_value_heads: sizes.kvHeads,
    head_dim: sizes.size,
    intermediate_size: sizes.inner,
    num_hidden_layers: sizes.layers,
    vocab_size: VOCABULARY,
    max_position_embeddings: 64,
    attention_bias: sizes.bias,
    rms_norm_eps: random.pick(undefined, 1e-6, 1e-4),
    ...(generation === 1
      ? { hidden_act: random.pick(undefined, 'gelu', 'gelu_pytorch_tanh') }
      : { hidden_activation: random.pick(undefined, 'gelu_pytorch_tanh') }),
    ...(generation > 1 ? drawLayers(maker, generation, sizes.layers) : {}),
    ...(generation > 1 ? drawCaps(maker, generation) : {}),
    ...(generation === 3 ? drawRope3(maker, sizes.size) : { rope_theta: random.pick(undefined, 500) }),
  }
}

export function makeGemma(generation: Generation): (maker: TensorMaker) => Drawn {
  return (maker) => {
    const sizes = drawSizes(maker, generation)
    makeTensors(maker, generation, 'model.', sizes)
    return drawConfig(maker, generation, sizes)
  }
}

/** As image models store it: the text model's config nested, its tensors under either of two stems. */
export function makeGemma3(maker: TensorMaker): Drawn {
  const sizes = drawSizes(maker, 3)
  makeTensors(maker, 3, maker.random.pick('language_model.model.', 'model.language_model.'), sizes)
  return {
    text_config: { model_type: 'gemma3_text', ...drawConfig(maker, 3, sizes) },
    vision_config: { hidden_size: 8 },
  }
}
