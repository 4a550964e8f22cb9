/** @file Random checkpoints with experts: Mixtral, Qwen2-MoE, Qwen3-MoE, gpt-oss, Granite's and Phi-3.5-MoE. */
import { attentionAndMlp, drawRope, drawSizes, ends, type Sizes, sizeKeys } from './random-llama.ts'
import type { TensorMaker } from './random-model.ts'
import { drawRopeScaling } from './random-rope.ts'

type Drawn = Readonly<Record<string, unknown>>

/** k of `count` experts: from one of two to all of them. */
function drawExperts(maker: TensorMaker): {
  readonly count: number
  readonly k: number
  readonly size: number
} {
  const { random } = maker
  const count = random.pick(2, 3, 5)
  return { count, k: random.integer(1, Math.min(count, 3)), size: random.pick(8, 24) }
}

/** Few blocks: an expert is many nodes. */
function drawMoeSizes(maker: TensorMaker, ownHeadSize: boolean): Sizes {
  return { ...drawSizes(maker, ownHeadSize), layers: maker.turn(2, 1, 2) }
}

interface Biases {
  readonly qkv: boolean
  readonly output: boolean
}

function attentionAndNorms(maker: TensorMaker, block: string, sizes: Sizes, biases: Biases): void {
  maker.rmsNorm(`${block}.input_layernorm`, sizes.d, 1)
  maker.rmsNorm(`${block}.post_attention_layernorm`, sizes.d, 1)
  maker.linear(`${block}.self_attn.q_proj`, sizes.heads * sizes.size, sizes.d, biases.qkv)
  maker.linear(`${block}.self_attn.k_proj`, sizes.kvHeads * sizes.size, sizes.d, biases.qkv)
  maker.linear(`${block}.self_attn.v_proj`, sizes.kvHeads * sizes.size, sizes.d, biases.qkv)
  maker.linear(`${block}.self_attn.o_proj`, sizes.d, sizes.heads * sizes.size, biases.output)
}

/** A router's logits are of a few units, so that shares differ. */
function router(maker: TensorMaker, name: string, count: number, d: number): void {
  maker.linear(name, count, d, false, 2)
}

export function makeMixtral(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawMoeSizes(maker, false)
  const { count, k } = drawExperts(maker)
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    attentionAndNorms(maker, block, sizes, { qkv: false, output: false })
    router(maker, `${block}.block_sparse_moe.gate`, count, sizes.d)
    for (let expert = 0; expert < count; expert++) {
      const module = `${block}.block_sparse_moe.experts.${expert}`
      maker.linear(`${module}.w1`, sizes.inner, sizes.d, false)
      maker.linear(`${module}.w2`, sizes.d, sizes.inner, false)
      maker.linear(`${module}.w3`, sizes.inner, sizes.d, false)
    }
  }
  ends(maker, sizes, false)
  return {
    ...sizeKeys(sizes),
    num_local_experts: count,
    num_experts_per_tok: k,
    sliding_window: random.pick<number | null | undefined>(undefined, null, 4),
    rms_norm_eps: random.pick(undefined, 1e-6),
    output_router_logits: false,
    router_aux_loss_coef: 0.02,
    ...drawRope(maker, sizes.size, ['default']),
  }
}

/** Qwen3-MoE, or Qwen2-MoE with its shared expert. Some blocks may have an MLP instead. */
export const makeQwenMoe =
  (version: 2 | 3) =>
  (maker: TensorMaker): Drawn => {
    const { random } = maker
    const sizes = drawMoeSizes(maker, version === 3)
    const { count, k, size } = drawExperts(maker)
    const shared = random.pick(8, 40)
    const bias = version === 2 ? random.pick(undefined, false) : random.coin()
    const step = maker.turn(1, 1, 2)
    const plain = maker.turn<readonly number[] | undefined>(undefined, [0], [])
    const biases =
      version === 2 ? { qkv: bias !== false, output: false } : { qkv: bias === true, output: bias === true }
    for (let layer = 0; layer < sizes.layers; layer++) {
      const block = `model.layers.${layer}`
      if (version === 3) {
        maker.rmsNorm(`${block}.self_attn.q_norm`, sizes.size, 1)
        maker.rmsNorm(`${block}.self_attn.k_norm`, sizes.size, 1)
      }
      if (plain?.includes(layer) === true || (layer + 1) % step !== 0) {
        maker.rmsNorm(`${block}.input_layernorm`, sizes.d, 1)
        maker.rmsNorm(`${block}.post_attention_layernorm`, sizes.d, 1)
        attentionAndMlp(maker, block, sizes, { ...biases, mlp: false })
        continue
      }
      attentionAndNorms(maker, block, sizes, biases)
      router(maker, `${block}.mlp.gate`, count, sizes.d)
      for (let expert = 0; expert < count; expert++)
        qwenMlp(maker, `${block}.mlp.experts.${expert}`, sizes.d, size)
      if (version === 2) {
        qwenMlp(maker, `${block}.mlp.shared_expert`, sizes.d, shared)
        maker.linear(`${block}.mlp.shared_expert_gate`, 1, sizes.d, false)
      }
    }
    const tied = random.coin()
    ends(maker, sizes, tied)
    return {
      ...sizeKeys(sizes),
      ...(version === 3
        ? { head_dim: sizes.size, attention_bias: bias }
        : { qkv_bias: bias, shared_expert_intermediate_size: shared }),
      tie_word_embeddings: tied,
      num_experts: count,
      num_experts_per_tok: k,
      moe_intermediate_size: size,
      norm_topk_prob: maker.turn(true, false),
      decoder_sparse_step: step,
      mlp_only_layers: plain,
      use_sliding_window: version === 3 && random.coin(),
      sliding_window: random.pick(null, 4),
      ...drawRope(maker, sizes.size, ['default', 'yarn']),
    }
  }

/** The same as Qwen3-VL stores it: the experts of a block together, [expert, in, out], gate before up. */
export function makeStackedQwenMoe(maker: TensorMaker): Drawn {
  const drawn = makeQwenMoe(3)(maker)
  const { num_experts: count, moe_intermediate_size: size, hidden_size: d } = drawn
  const sides = { count: Number(count), size: Number(size), d: Number(d) }
  for (const name of [...maker.tensors.keys()]) {
    const [, experts] = /^(.+\.experts)\.0\.gate_proj\.weight$/.exec(name) ?? []
    if (experts !== undefined) stack(maker, experts, sides)
  }
  return drawn
}

function stack(
  { tensors }: TensorMaker,
  experts: string,
  { count, size, d }: { readonly count: number; readonly size: number; readonly d: number },
): void {
  const both = new Float32Array(count * d * 2 * size)
  const down = new Float32Array(count * size * d)
  const taken = (expert: number, matrix: string): ArrayLike<number> => {
    const name = `${experts}.${expert}.${matrix}.weight`
    const data = tensors.get(name)?.data ?? []
    tensors.delete(name)
    return data
  }
  for (let expert = 0; expert < count; expert++) {
    const [gate, up, back] = ['gate_proj', 'up_proj', 'down_proj'].map((matrix) => taken(expert, matrix))
    for (let unit = 0; unit < size; unit++) {
      for (let i = 0; i < d; i++) {
        both[(expert * d + i) * 2 * size + unit] = gate?.[unit * d + i] ?? Number.NaN
        both[(expert * d + i) * 2 * size + size + unit] = up?.[unit * d + i] ?? Number.NaN
        down[(expert * size + unit) * d + i] = back?.[i * size + unit] ?? Number.NaN
      }
    }
  }
  tensors.set(`${experts}.gate_up_proj`, { shape: [count, d, 2 * size], data: both })
  tensors.set(`${experts}.down_proj`, { shape: [count, size, d], data: down })
}

function qwenMlp(maker: TensorMaker, module: string, d: number, size: number): void {
  maker.linear(`${module}.gate_proj`, size, d, false)
  maker.linear(`${module}.up_proj`, size, d, false)
  maker.linear(`${module}.down_proj`, d, size, false)
}

/** Experts together, [expert, in, out], gate and up channel by channel; a yarn whose ramp is not rounded. */
export function makeGptOss(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawMoeSizes(maker, true)
  const { count, k, size } = drawExperts(maker)
  const bias = random.pick(undefined, true, false)
  const biases = { qkv: bias !== false, output: bias !== false }
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    attentionAndNorms(maker, block, sizes, biases)
    maker.parameter(`${block}.self_attn.sinks`, [sizes.heads], 1)
    maker.linear(`${block}.mlp.router`, count, sizes.d, true, 2)
    const experts = `${block}.mlp.experts`
    // Large enough that some units are clamped.
    maker.parameter(`${experts}.gate_up_proj`, [count, sizes.d, 2 * size], 4 / Math.sqrt(sizes.d))
    maker.parameter(`${experts}.gate_up_proj_bias`, [count, 2 * size], 0.3)
    maker.parameter(`${experts}.down_proj`, [count, size, sizes.d], 0.1 / Math.sqrt(size))
    maker.parameter(`${experts}.down_proj_bias`, [count, sizes.d], 0.3)
  }
  ends(maker, sizes, false)
  const types = Array.from({ length: sizes.layers }, () => random.pick('full_attention', 'sliding_attention'))
  const yarn = {
    rope_type: 'yarn',
    factor: 32,
    beta_fast: 8,
    beta_slow: 1,
    original_max_position_embeddings: 16,
    truncate: random.pick(false, undefined),
  }
  const base = random.pick(undefined, 500)
  return {
    ...sizeKeys(sizes),
    head_dim: sizes.size,
    intermediate_size: size,
    attention_bias: bias,
    num_local_experts: count,
    num_experts_per_tok: k,
    experts_per_token: random.pick(undefined, k),
    sliding_window: random.pick(3, 5),
    layer_types: random.pick(undefined, types),
    swiglu_limit: random.pick(undefined, 7),
    ...(random.coin()
      ? { rope_theta: base, rope_scaling: yarn }
      : { rope_parameters: { ...yarn, rope_theta: base } }),
  }
}

/** Experts together, [expert, out, in]; `shared`: with an MLP for every token, or a config that says there is none. */
export const makeGraniteMoe =
  (shared: boolean) =>
  (maker: TensorMaker): Drawn => {
    const { random } = maker
    const sizes = drawMoeSizes(maker, false)
    const { count, k, size } = drawExperts(maker)
    const [bias, tied] = [random.coin(), random.coin()]
    const width = shared ? maker.turn(16, 0, 24) : 0
    for (let layer = 0; layer < sizes.layers; layer++) {
      const block = `model.layers.${layer}`
      attentionAndNorms(maker, block, sizes, { qkv: bias, output: bias })
      router(maker, `${block}.block_sparse_moe.router.layer`, count, sizes.d)
      const experts = `${block}.block_sparse_moe`
      maker.parameter(`${experts}.input_linear.weight`, [count, 2 * size, sizes.d], 1 / Math.sqrt(sizes.d))
      maker.parameter(`${experts}.output_linear.weight`, [count, sizes.d, size], 1 / Math.sqrt(size))
      if (width === 0) continue
      maker.linear(`${block}.shared_mlp.input_linear`, 2 * width, sizes.d, false)
      maker.linear(`${block}.shared_mlp.output_linear`, sizes.d, width, false)
    }
    ends(maker, sizes, tied)
    return {
      ...sizeKeys(sizes),
      intermediate_size: size,
      attention_bias: bias,
      tie_word_embeddings: tied,
      num_local_experts: count,
      num_experts_per_tok: k,
      ...(shared ? { shared_intermediate_size: width } : {}),
      embedding_multiplier: random.pick(undefined, 3, 0.5),
      attention_multiplier: random.pick(undefined, 0.1),
      residual_multiplier: random.pick(undefined, 0.22),
      logits_scaling: random.pick(undefined, 8),
      ...drawRope(maker, sizes.size, ['default', 'linear']),
    }
  }

/** Layer norms; noise so large that some experts are far from the largest, and some near. */
export function makePhiMoe(maker: TensorMaker): Drawn {
  const { random } = maker
  const sizes = drawMoeSizes(maker, false)
  const { d, inner } = sizes
  const count = random.pick(2, 3, 5)
  const [bias, headBias] = [random.coin(), random.coin()]
  for (let layer = 0; layer < sizes.layers; layer++) {
    const block = `model.layers.${layer}`
    attentionAndNorms(maker, block, sizes, { qkv: bias, output: bias })
    maker.layerNorm(`${block}.input_layernorm`, d)
    maker.layerNorm(`${block}.post_attention_layernorm`, d)
    router(maker, `${block}.block_sparse_moe.gate`, count, d)
    for (let expert = 0; expert < count; expert++) {
      const module = `${block}.block_sparse_moe.experts.${expert}`
      maker.linear(`${module}.w1`, inner, d, false)
      maker.linear(`${module}.w2`, d, inner, false)
      maker.linear(`${module}.w3`, inner, d, false)
    }
  }
  maker.table('model.embed_tokens.weight', sizes.vocabulary, d)
  maker.layerNorm('model.norm', d)
  maker.linear('lm_head', sizes.vocabulary, d, headBias)
  const scaling = {
    ...drawRopeScaling(maker, sizes.size, ['longrope'], random.coin()),
    // Sequences of 12 are beyond 8: long factors.
    original_max_position_embeddings: random.pick(8, 16),
    short_mscale: 1.2,
    long_mscale: 0.8,
  }
  return {
    ...sizeKeys(sizes),
    attention_bias: bias,
    lm_head_bias: headBias,
    num_local_experts: count,
    num_experts_per_tok: 2,
    router_jitter_noise: random.pick(undefined, 0.2, 0.4),
    input_jitter_noise: random.pick(undefined, 0),
    sliding_window: random.pick<number | null | undefined>(undefined, null, 5),
    rms_norm_eps: random.pick(undefined, 1e-3),
    rope_theta: random.pick(undefined, 500),
    rope_scaling: maker.turn(scaling, null),
  }
}
