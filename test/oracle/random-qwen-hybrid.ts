/** @file Random checkpoints of Qwen3.5, dense and with experts, and Qwen3-Next: delta nets and gated attention in turn. */
import { drawSizes, type Sizes, sizeKeys } from './random-llama.ts'
import type { TensorMaker } from './random-model.ts'

type Drawn = Readonly<Record<string, unknown>>
type Kind = 'dense' | 'moe' | 'next'

interface Net {
  readonly keyHeads: number
  readonly valueHeads: number
  readonly keySize: number
  readonly valueSize: number
  readonly reach: number
}

function drawNet({ random }: TensorMaker): Net {
  const keyHeads = random.pick(1, 2)
  return {
    keyHeads,
    valueHeads: keyHeads * random.pick(1, 2, 3),
    keySize: random.pick(4, 8),
    valueSize: random.pick(4, 6),
    reach: random.pick(2, 4),
  }
}

function makeNet(maker: TensorMaker, name: string, net: Net, kind: Kind, d: number): void {
  const { keyHeads, valueHeads, keySize, valueSize, reach } = net
  const [keys, values] = [keyHeads * keySize, valueHeads * valueSize]
  if (kind === 'next') {
    maker.linear(`${name}.in_proj_qkvz`, 2 * keys + 2 * values, d, false)
    maker.linear(`${name}.in_proj_ba`, 2 * valueHeads, d, false)
  } else {
    maker.linear(`${name}.in_proj_qkv`, 2 * keys + values, d, false)
    maker.linear(`${name}.in_proj_z`, values, d, false)
    maker.linear(`${name}.in_proj_b`, valueHeads, d, false)
    maker.linear(`${name}.in_proj_a`, valueHeads, d, false)
  }
  maker.parameter(`${name}.conv1d.weight`, [2 * keys + values, 1, reach], 0.7)
  maker.parameter(`${name}.A_log`, [valueHeads], 0.7)
  maker.parameter(`${name}.dt_bias`, [valueHeads], 1)
  maker.rmsNorm(`${name}.norm`, valueSize, 1)
  maker.linear(`${name}.out_proj`, d, values, false)
}

function makeAttention(maker: TensorMaker, name: string, sizes: Sizes, bias: boolean): void {
  const { d, heads, kvHeads, size } = sizes
  maker.linear(`${name}.q_proj`, 2 * heads * size, d, bias)
  maker.linear(`${name}.k_proj`, kvHeads * size, d, bias)
  maker.linear(`${name}.v_proj`, kvHeads * size, d, bias)
  maker.linear(`${name}.o_proj`, d, heads * size, bias)
  maker.rmsNorm(`${name}.q_norm`, size, 0)
  maker.rmsNorm(`${name}.k_norm`, size, 0)
}

function gatedMlp(maker: TensorMaker, name: string, d: number, size: number): void {
  maker.linear(`${name}.gate_proj`, size, d, false)
  maker.linear(`${name}.up_proj`, size, d, false)
  maker.linear(`${name}.down_proj`, d, size, false)
}

/** Experts together, [expert, out, in], beside one that every token is given to. */
function makeExperts(
  maker: TensorMaker,
  mlp: string,
  d: number,
  { count, size, shared }: { readonly count: number; readonly size: number; readonly shared: number },
): void {
  maker.linear(`${mlp}.gate`, count, d, false, 2)
  maker.parameter(`${mlp}.experts.gate_up_proj`, [count, 2 * size, d], 1 / Math.sqrt(d))
  maker.parameter(`${mlp}.experts.down_proj`, [count, d, size], 1 / Math.sqrt(size))
  gatedMlp(maker, `${mlp}.shared_expert`, d, shared)
  maker.linear(`${mlp}.shared_expert_gate`, 1, d, false)
}

export const makeQwenHybrid =
  (kind: Kind) =>
  (maker: TensorMaker): Drawn => {
    const { random } = maker
    const sizes = { ...drawSizes(maker, true), layers: maker.turn(2, 3) }
    const net = drawNet(maker)
    const [bias, tied] = [random.coin(), random.coin()]
    const experts = { count: random.pick(2, 3), size: random.pick(8, 24), shared: random.pick(8, 16) }
    const types = Array.from({ length: sizes.layers }, (_, i) =>
      (i + 1) % 2 === 0 ? 'full_attention' : 'linear_attention',
    )
    for (const [layer, type] of types.entries()) {
      const block = `model.layers.${layer}`
      maker.rmsNorm(`${block}.input_layernorm`, sizes.d, 0)
      maker.rmsNorm(`${block}.post_attention_layernorm`, sizes.d, 0)
      if (type === 'full_attention') makeAttention(maker, `${block}.self_attn`, sizes, bias)
      else makeNet(maker, `${block}.linear_attn`, net, kind, sizes.d)
      if (kind === 'dense') gatedMlp(maker, `${block}.mlp`, sizes.d, sizes.inner)
      else makeExperts(maker, `${block}.mlp`, sizes.d, experts)
    }
    maker.table('model.embed_tokens.weight', sizes.vocabulary, sizes.d)
    maker.rmsNorm('model.norm', sizes.d, 0)
    if (!tied) maker.linear('lm_head', sizes.vocabulary, sizes.d, false)
    const listed = maker.turn(true, false)
    return {
      ...sizeKeys(sizes),
      head_dim: sizes.size,
      attention_bias: bias,
      tie_word_embeddings: tied,
      rms_norm_eps: random.pick(undefined, 1e-5),
      linear_num_key_heads: net.keyHeads,
      linear_num_value_heads: net.valueHeads,
      linear_key_head_dim: net.keySize,
      linear_value_head_dim: net.valueSize,
      linear_conv_kernel_dim: net.reach,
      ...(listed ? { layer_types: types } : { full_attention_interval: 2 }),
      ...(kind === 'dense'
        ? {}
        : {
            num_experts: experts.count,
            num_experts_per_tok: random.integer(1, experts.count),
            moe_intermediate_size: experts.size,
            shared_expert_intermediate_size: experts.shared,
            ...(kind === 'next' ? { norm_topk_prob: maker.turn(true, false, undefined) } : {}),
          }),
      ...drawRotation(maker, kind),
    }
  }

/** A half or a quarter of each head is rotated, in either version's keys. */
function drawRotation({ random }: TensorMaker, kind: Kind): Drawn {
  const fraction = random.pick(undefined, 0.5)
  const base = random.pick(10_000, 500)
  const axes = kind === 'next' ? {} : { mrope_section: [1, 1, 0], mrope_interleaved: true }
  return random.coin() || kind !== 'next'
    ? {
        rope_parameters: { rope_type: 'default', rope_theta: base, partial_rotary_factor: fraction, ...axes },
      }
    : { rope_theta: base, partial_rotary_factor: fraction }
}

/** The same inside an image model: keys under text_config, tensors under a stem. */
export const inImageModel =
  (make: (maker: TensorMaker) => Drawn) =>
  (maker: TensorMaker): Drawn => {
    const { tie_word_embeddings: tied, ...text } = make(maker)
    for (const [name, stored] of [...maker.tensors]) {
      if (!name.startsWith('model.')) continue
      maker.tensors.delete(name)
      maker.tensors.set(`model.language_model.${name.slice('model.'.length)}`, stored)
    }
    return {
      text_config: {
        model_type: 'any_text',
        ...text,
        ...(maker.random.coin() ? { tie_word_embeddings: tied } : {}),
      },
      tie_word_embeddings: tied,
      vision_config: { depth: 2 },
      image_token_id: 7,
      video_token_id: 8,
    }
  }
