/** @file Random Gemma 4 checkpoints: with embeddings of each block and shared keys, with values of keys, with experts; alone and inside an image model. */
import type { TensorMaker } from './random-model.ts'

type Drawn = Readonly<Record<string, unknown>>

const VOCABULARY = 41

interface Sizes {
  readonly d: number
  readonly heads: number
  readonly kvHeads: number
  readonly size: number
  readonly globalSize: number
  readonly globalKvHeads: number | null
  readonly inner: number
  readonly types: readonly ('full_attention' | 'sliding_attention')[]
  readonly shared: number
  readonly ofKeys: boolean
  readonly isDouble: boolean
  /** 0: no embeddings of blocks. */
  readonly vectors: number
  readonly tableRows: number
  readonly experts: { readonly count: number; readonly perToken: number; readonly size: number } | null
  readonly bias: boolean
  readonly tied: boolean
}

function drawSizes(maker: TensorMaker, isUnified: boolean): Sizes {
  const { random } = maker
  const heads = random.pick(2, 4)
  // What is drawn is what one of the released sizes has, and the two mixed.
  const isShared = maker.turn(true, false, true, false)
  const types = isShared
    ? ([
        'sliding_attention',
        'full_attention',
        'sliding_attention',
        'full_attention',
        'sliding_attention',
        'full_attention',
      ] as const)
    : (['sliding_attention', 'sliding_attention', 'full_attention'] as const)
  const hasExperts = !isUnified && maker.turn(false, true, false, false)
  const count = random.integer(3, 5)
  return {
    d: random.pick(24, 40),
    heads,
    kvHeads: random.pick(1, 2),
    size: random.pick(8, 12),
    globalSize: random.pick(16, 20),
    globalKvHeads: random.pick(null, 1),
    inner: random.pick(24, 40),
    types,
    shared: isShared ? random.integer(2, 3) : 0,
    ofKeys: maker.turn(false, true, true, true),
    isDouble: random.coin(),
    vectors: isUnified ? 0 : maker.turn(8, 0, 6, 4),
    // transformers' text model alone knows no token beyond its table, so the first four, which it is compared with, have all.
    tableRows: maker.turn(
      VOCABULARY,
      VOCABULARY,
      VOCABULARY,
      VOCABULARY,
      VOCABULARY - 9,
      VOCABULARY - 9,
      VOCABULARY - 9,
      VOCABULARY - 9,
    ),
    experts: hasExperts ? { count, perToken: random.integer(1, count - 1), size: random.pick(6, 10) } : null,
    bias: random.coin(),
    tied: random.coin(),
  }
}

function makeAttention(maker: TensorMaker, block: string, layer: number, sizes: Sizes): void {
  const { d, heads, types, shared, ofKeys, bias } = sizes
  const isGlobal = types[layer] === 'full_attention'
  const size = isGlobal ? sizes.globalSize : sizes.size
  const kvHeads = isGlobal && ofKeys ? (sizes.globalKvHeads ?? sizes.kvHeads) : sizes.kvHeads
  const module = `${block}.self_attn`
  maker.linear(`${module}.q_proj`, heads * size, d, bias)
  maker.rmsNorm(`${module}.q_norm`, size, 1)
  maker.linear(`${module}.o_proj`, d, heads * size, bias)
  if (layer >= types.length - shared) return
  maker.linear(`${module}.k_proj`, kvHeads * size, d, bias)
  maker.rmsNorm(`${module}.k_norm`, size, 1)
  if (!(isGlobal && ofKeys)) maker.linear(`${module}.v_proj`, kvHeads * size, d, bias)
}

function makeBlock(maker: TensorMaker, block: string, layer: number, sizes: Sizes): void {
  const { d, types, shared, isDouble, vectors, experts } = sizes
  const inner = isDouble && layer >= types.length - shared ? 2 * sizes.inner : sizes.inner
  for (const name of ['input', 'post_attention', 'pre_feedforward', 'post_feedforward'])
    maker.rmsNorm(`${block}.${name}_layernorm`, d, 1)
  makeAttention(maker, block, layer, sizes)
  maker.linear(`${block}.mlp.gate_proj`, inner, d, false)
  maker.linear(`${block}.mlp.up_proj`, inner, d, false)
  maker.linear(`${block}.mlp.down_proj`, d, inner, false)
  maker.parameter(`${block}.layer_scalar`, [1], 1)
  if (vectors > 0) {
    maker.linear(`${block}.per_layer_input_gate`, vectors, d, false)
    maker.linear(`${block}.per_layer_projection`, d, vectors, false)
    maker.rmsNorm(`${block}.post_per_layer_input_norm`, d, 1)
  }
  if (experts === null) return
  maker.linear(`${block}.router.proj`, experts.count, d, false, 4)
  maker.parameter(`${block}.router.scale`, [d], 1)
  maker.parameter(`${block}.router.per_expert_scale`, [experts.count], 1)
  maker.parameter(`${block}.experts.gate_up_proj`, [experts.count, 2 * experts.size, d], 0.3)
  maker.parameter(`${block}.experts.down_proj`, [experts.count, d, experts.size], 0.3)
  for (const name of [
    'post_feedforward_layernorm_1',
    'post_feedforward_layernorm_2',
    'pre_feedforward_layernorm_2',
  ])
    maker.rmsNorm(`${block}.${name}`, d, 1)
}

function makeTensors(maker: TensorMaker, stem: string, sizes: Sizes): void {
  const { d, types, vectors, tied } = sizes
  maker.table(`${stem}embed_tokens.weight`, VOCABULARY, d)
  if (vectors > 0) {
    maker.table(`${stem}embed_tokens_per_layer.weight`, sizes.tableRows, types.length * vectors)
    maker.linear(`${stem}per_layer_model_projection`, types.length * vectors, d, false)
    maker.rmsNorm(`${stem}per_layer_projection_norm`, vectors, 1)
  }
  for (const layer of types.keys()) makeBlock(maker, `${stem}layers.${layer}`, layer, sizes)
  maker.rmsNorm(`${stem}norm`, d, 1)
  if (!tied) maker.linear('lm_head', VOCABULARY, d, false)
}

function drawRope({ random }: TensorMaker): Drawn {
  if (random.coin()) return {}
  return {
    rope_parameters: {
      sliding_attention: { rope_type: 'default', rope_theta: random.pick(10_000, 300) },
      full_attention: {
        rope_type: 'proportional',
        rope_theta: random.pick(1e6, 2_000),
        partial_rotary_factor: random.pick(0.25, 0.5, 1),
      },
    },
  }
}

/** Head sizes of global blocks as the published files have them, or as transformers 5.18 writes them. */
function drawHeads({ random }: TensorMaker, sizes: Sizes): Drawn {
  const { types, globalSize, globalKvHeads, kvHeads, ofKeys } = sizes
  if (random.coin()) return { global_head_dim: globalSize, num_global_key_value_heads: globalKvHeads }
  const own = { head_dim: globalSize, num_key_value_heads: ofKeys ? (globalKvHeads ?? kvHeads) : kvHeads }
  const entries = types.flatMap((type, layer) => (type === 'full_attention' ? [[String(layer), own]] : []))
  return { per_layer_config: Object.fromEntries(entries) }
}

function drawConfig(maker: TensorMaker, isUnified: boolean, sizes: Sizes): Drawn {
  const { random } = maker
  const { experts } = sizes
  return {
    hidden_size: sizes.d,
    num_attention_heads: sizes.heads,
    num_key_value_heads: sizes.kvHeads,
    head_dim: sizes.size,
    intermediate_size: sizes.inner,
    num_hidden_layers: sizes.types.length,
    layer_types: sizes.types,
    sliding_window: random.integer(2, 6),
    vocab_size: VOCABULARY,
    max_position_embeddings: 64,
    attention_bias: sizes.bias,
    attention_k_eq_v: sizes.ofKeys,
    num_kv_shared_layers: sizes.shared,
    use_double_wide_mlp: sizes.isDouble,
    use_bidirectional_attention: random.pick(undefined, 'vision'),
    tie_word_embeddings: sizes.tied,
    final_logit_softcapping: random.pick<number | null | undefined>(undefined, null, 3.5),
    ...(isUnified
      ? {}
      : {
          hidden_size_per_layer_input: sizes.vectors,
          vocab_size_per_layer_input: sizes.tableRows,
          enable_moe_block: experts !== null,
          num_experts: experts?.count ?? null,
          top_k_experts: experts?.perToken ?? null,
          moe_intermediate_size: experts?.size ?? null,
        }),
    ...drawRope(maker),
    ...drawHeads(maker, sizes),
  }
}

export function makeGemma4(kind: 'plain' | 'unified'): (maker: TensorMaker) => Drawn {
  return (maker) => {
    const sizes = drawSizes(maker, kind === 'unified')
    makeTensors(maker, 'model.', sizes)
    return drawConfig(maker, kind === 'unified', sizes)
  }
}

/** transformers' stem, and of the last four that of MLX, which transformers does not open. */
const stemOf = (maker: TensorMaker): string => {
  const [ours, mlx] = ['model.language_model.', 'language_model.model.'] as const
  return maker.turn(ours, ours, ours, ours, mlx, mlx, mlx, mlx)
}

/** As image models store it: the text model's config nested, its tensors under either of two stems; never untied. */
export function makeGemma4Inside(kind: 'plain' | 'unified'): (maker: TensorMaker) => Drawn {
  return (maker) => {
    const drawn = drawSizes(maker, kind === 'unified')
    const sizes = { ...drawn, tied: true }
    makeTensors(maker, stemOf(maker), sizes)
    const type = kind === 'unified' ? 'gemma4_unified_text' : 'gemma4_text'
    return {
      text_config: { model_type: type, ...drawConfig(maker, kind === 'unified', sizes) },
      vision_config: null,
    }
  }
}
