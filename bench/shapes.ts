/**
 * @file The models the bench runs: every tensor's name and shape as the published checkpoint has it, with random
 * weights. Scales are chosen so that activations keep their size from block to block: what a norm hands on has variance
 * 1, so a weight of variance 1/fan-in keeps it.
 *
 * Sources: config.json of EleutherAI/pythia-70m-deduped and google/gemma-2-2b; the widths of their SAEs.
 */

export interface TensorPlan {
  readonly name: string
  readonly shape: readonly number[]
  /** Standard deviation of random weights; or one value everywhere. */
  readonly fill: { readonly std: number } | { readonly value: number }
}

export interface ModelShape {
  readonly name: 'pythia-70m' | 'gemma2-2b' | 'small' | 'wide'
  readonly title: string
  readonly config: Readonly<Record<string, unknown>>
  readonly storedAs: 'F16' | 'BF16'
  readonly tensors: readonly TensorPlan[]
  readonly vocabulary: number
  readonly blockLength: number
  readonly sae: {
    readonly hook: string
    readonly layer: number
    readonly d_in: number
    readonly d_sae: number
    readonly architecture: 'standard' | 'jumprelu'
    /** Standard deviation of the residual's entries at the hook: pre-activations then have variance 1. */
    readonly residualStd: number
  }
}

const random = (name: string, shape: readonly number[], fanIn: number): TensorPlan => ({
  name,
  shape,
  fill: { std: 1 / Math.sqrt(fanIn) },
})
const constant = (name: string, size: number, value: number): TensorPlan => ({
  name,
  shape: [size],
  fill: { value },
})

/** A normal x has E[gelu(x)²] = 0.425. */
const GELU_POWER = 0.425

/** What tells one GPT-NeoX model of the bench from another. */
interface NeoxSize extends Pick<ModelShape, 'name' | 'title' | 'vocabulary' | 'blockLength'> {
  readonly d: number
  readonly heads: number
  readonly d_sae: number
}

const PYTHIA: NeoxSize = {
  name: 'pythia-70m',
  title: 'Pythia-70M',
  d: 512,
  heads: 8,
  vocabulary: 50_304,
  blockLength: 512,
  d_sae: 32_768,
}
/** No published model: narrow, so that what lies between the products weighs more. */
const SMALL: NeoxSize = {
  name: 'small',
  title: 'Small (width 256)',
  d: 256,
  heads: 8,
  vocabulary: 8192,
  blockLength: 256,
  d_sae: 4096,
}

/** The same with a dictionary of a million features. */
const WIDE: NeoxSize = { ...SMALL, name: 'wide', title: 'Wide (a million features)', d_sae: 2 ** 20 }

function neox({ name, title, d, heads, vocabulary, blockLength, d_sae }: NeoxSize): ModelShape {
  const [layers, mlp] = [6, 4 * d]
  const tensors: TensorPlan[] = [
    { name: 'gpt_neox.embed_in.weight', shape: [vocabulary, d], fill: { std: 1 } },
    random('embed_out.weight', [vocabulary, d], d),
    constant('gpt_neox.final_layer_norm.weight', d, 1),
    constant('gpt_neox.final_layer_norm.bias', d, 0),
  ]
  for (let layer = 0; layer < layers; layer++) {
    const at = (name: string): string => `gpt_neox.layers.${layer}.${name}`
    for (const norm of ['input_layernorm', 'post_attention_layernorm']) {
      tensors.push(constant(at(`${norm}.weight`), d, 1), constant(at(`${norm}.bias`), d, 0))
    }
    const linear = (name: string, out: number, fanIn: number): void => {
      tensors.push(random(at(`${name}.weight`), [out, fanIn], fanIn), constant(at(`${name}.bias`), out, 0))
    }
    linear('attention.query_key_value', 3 * d, d)
    linear('attention.dense', d, d)
    linear('mlp.dense_h_to_4h', mlp, d)
    linear('mlp.dense_4h_to_h', d, mlp)
  }
  return {
    name,
    title,
    config: {
      architectures: ['GPTNeoXForCausalLM'],
      model_type: 'gpt_neox',
      hidden_size: d,
      num_hidden_layers: layers,
      num_attention_heads: heads,
      intermediate_size: mlp,
      vocab_size: vocabulary,
      max_position_embeddings: 2048,
      rotary_pct: 0.25,
      rotary_emb_base: 10000,
      use_parallel_residual: true,
      hidden_act: 'gelu',
      layer_norm_eps: 1e-5,
      tie_word_embeddings: false,
      torch_dtype: 'float16',
    },
    storedAs: 'F16',
    tensors,
    vocabulary,
    blockLength,
    sae: {
      hook: 'blocks.4.hook_resid_post',
      layer: 4,
      d_in: d,
      d_sae,
      architecture: 'standard',
      residualStd: Math.sqrt(1 + 5 * GELU_POWER),
    },
  }
}

function gemma(): ModelShape {
  const [d, layers, mlp, vocabulary] = [2304, 26, 9216, 256_000]
  const tensors: TensorPlan[] = [random('model.embed_tokens.weight', [vocabulary, d], d)]
  tensors.push(constant('model.norm.weight', d, 0))
  for (let layer = 0; layer < layers; layer++) {
    const at = (name: string): string => `model.layers.${layer}.${name}`
    for (const norm of ['input', 'post_attention', 'pre_feedforward', 'post_feedforward']) {
      tensors.push(constant(at(`${norm}_layernorm.weight`), d, 0))
    }
    const linear = (name: string, out: number, fanIn: number): void => {
      tensors.push(random(at(`${name}.weight`), [out, fanIn], fanIn))
    }
    linear('self_attn.q_proj', 2048, d)
    linear('self_attn.k_proj', 1024, d)
    linear('self_attn.v_proj', 1024, d)
    linear('self_attn.o_proj', d, 2048)
    linear('mlp.gate_proj', mlp, d)
    linear('mlp.up_proj', mlp, d)
    linear('mlp.down_proj', d, mlp)
  }
  return {
    name: 'gemma2-2b',
    title: 'Gemma-2-2B',
    config: {
      architectures: ['Gemma2ForCausalLM'],
      model_type: 'gemma2',
      hidden_size: d,
      num_hidden_layers: layers,
      num_attention_heads: 8,
      num_key_value_heads: 4,
      head_dim: 256,
      intermediate_size: mlp,
      vocab_size: vocabulary,
      max_position_embeddings: 8192,
      query_pre_attn_scalar: 256,
      sliding_window: 4096,
      attn_logit_softcapping: 50,
      final_logit_softcapping: 30,
      hidden_activation: 'gelu_pytorch_tanh',
      rms_norm_eps: 1e-6,
      rope_theta: 10000,
      attention_bias: false,
      tie_word_embeddings: true,
      torch_dtype: 'bfloat16',
    },
    storedAs: 'BF16',
    tensors,
    vocabulary,
    blockLength: 256,
    sae: {
      hook: 'blocks.12.hook_resid_post',
      layer: 12,
      d_in: d,
      d_sae: 16_384,
      architecture: 'jumprelu',
      // Every block adds two normed outputs of variance 1.
      residualStd: Math.sqrt(1 + 2 * 13),
    },
  }
}

export function shapeNamed(name: string): ModelShape {
  if (name === 'pythia-70m') return neox(PYTHIA)
  if (name === 'small') return neox(SMALL)
  if (name === 'wide') return neox(WIDE)
  if (name === 'gemma2-2b') return gemma()
  throw new Error(`--shape ${name}: pythia-70m, gemma2-2b, small, wide, top-k, llama3-8b or llama3-70b`)
}
