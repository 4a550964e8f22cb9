/**
 * @file What llama.cpp's convert_hf_to_gguf.py does to a Hugging Face model, for tests: names, layouts, metadata.
 *
 * Written from conversion/*.py in llama.cpp: permutations as the reshapes and swaps they are there, so that the
 * reader's index formulas are checked against something else.
 */
import { bools, ENCODERS, f32, type Metadata, text, u32, type WrittenTensor } from './writer.ts'

export type HfConfig = Readonly<Record<string, unknown>>

export interface HfTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** HF module to GGUF module, `#` for the block number. First match wins. */
const LLAMA_NAMES: readonly (readonly [string, string])[] = [
  ['model.embed_tokens', 'token_embd'],
  ['lm_head', 'output'],
  ['model.norm', 'output_norm'],
  ['model.layers.#.input_layernorm', 'blk.#.attn_norm'],
  ['model.layers.#.self_attn.q_proj', 'blk.#.attn_q'],
  ['model.layers.#.self_attn.k_proj', 'blk.#.attn_k'],
  ['model.layers.#.self_attn.v_proj', 'blk.#.attn_v'],
  ['model.layers.#.self_attn.o_proj', 'blk.#.attn_output'],
  ['model.layers.#.self_attn.qkv_proj', 'blk.#.attn_qkv'],
  ['model.layers.#.self_attn.q_norm', 'blk.#.attn_q_norm'],
  ['model.layers.#.self_attn.k_norm', 'blk.#.attn_k_norm'],
  ['model.layers.#.mlp.gate_proj', 'blk.#.ffn_gate'],
  ['model.layers.#.mlp.gate_up_proj', 'blk.#.ffn_up'],
  ['model.layers.#.mlp.up_proj', 'blk.#.ffn_up'],
  ['model.layers.#.mlp.down_proj', 'blk.#.ffn_down'],
]
const TWO_NORMS: readonly (readonly [string, string])[] = [
  ...LLAMA_NAMES,
  ['model.layers.#.post_attention_layernorm', 'blk.#.ffn_norm'],
]
const POST_NORMS: readonly (readonly [string, string])[] = [
  ...LLAMA_NAMES,
  ['model.layers.#.post_attention_layernorm', 'blk.#.post_attention_norm'],
  ['model.layers.#.pre_feedforward_layernorm', 'blk.#.ffn_norm'],
  ['model.layers.#.post_feedforward_layernorm', 'blk.#.post_ffw_norm'],
]
const NEOX_NAMES: readonly (readonly [string, string])[] = [
  ['gpt_neox.embed_in', 'token_embd'],
  ['embed_out', 'output'],
  ['gpt_neox.final_layer_norm', 'output_norm'],
  ['gpt_neox.layers.#.input_layernorm', 'blk.#.attn_norm'],
  ['gpt_neox.layers.#.post_attention_layernorm', 'blk.#.ffn_norm'],
  ['gpt_neox.layers.#.attention.query_key_value', 'blk.#.attn_qkv'],
  ['gpt_neox.layers.#.attention.dense', 'blk.#.attn_output'],
  ['gpt_neox.layers.#.mlp.dense_h_to_4h', 'blk.#.ffn_up'],
  ['gpt_neox.layers.#.mlp.dense_4h_to_h', 'blk.#.ffn_down'],
]
const GPT2_NAMES: readonly (readonly [string, string])[] = [
  ['transformer.wte', 'token_embd'],
  ['transformer.wpe', 'position_embd'],
  ['lm_head', 'output'],
  ['transformer.ln_f', 'output_norm'],
  ['transformer.h.#.ln_1', 'blk.#.attn_norm'],
  ['transformer.h.#.ln_2', 'blk.#.ffn_norm'],
  ['transformer.h.#.attn.c_attn', 'blk.#.attn_qkv'],
  ['transformer.h.#.attn.c_proj', 'blk.#.attn_output'],
  ['transformer.h.#.mlp.c_fc', 'blk.#.ffn_up'],
  ['transformer.h.#.mlp.c_proj', 'blk.#.ffn_down'],
]

const ARCHITECTURES: Record<string, { name: string; names: readonly (readonly [string, string])[] }> = {
  llama: { name: 'llama', names: TWO_NORMS },
  mistral: { name: 'llama', names: TWO_NORMS },
  qwen2: { name: 'qwen2', names: TWO_NORMS },
  qwen3: { name: 'qwen3', names: TWO_NORMS },
  gemma: { name: 'gemma', names: TWO_NORMS },
  gemma2: { name: 'gemma2', names: POST_NORMS },
  gemma3_text: { name: 'gemma3', names: POST_NORMS },
  phi3: { name: 'phi3', names: TWO_NORMS },
  olmo2: { name: 'olmo2', names: POST_NORMS },
  gpt2: { name: 'gpt2', names: GPT2_NAMES },
  gpt_neox: { name: 'gptneox', names: NEOX_NAMES },
}

const num = (config: HfConfig, key: string): number => {
  const value = config[key]
  if (typeof value !== 'number') throw new Error(`test config lacks ${key}`)
  return value
}

export function ggufName(modelType: string, hfName: string): string {
  const dot = hfName.lastIndexOf('.')
  const module = hfName.slice(0, dot)
  const block = /\.(\d+)\./.exec(module)?.[1] ?? ''
  const found = ARCHITECTURES[modelType]?.names.find(([hf]) => hf.replace('#', block) === module)
  if (found === undefined) throw new Error(`no GGUF name for ${hfName}`)
  return found[1].replace('#', block) + hfName.slice(dot)
}

/** rows as (heads, 2, half) → (heads, half, 2): `LlamaModel.permute`. */
function permute(tensor: HfTensor, heads: number): HfTensor {
  const rows = tensor.shape[0]!
  const half = rows / heads / 2
  const order: number[] = []
  for (let h = 0; h < heads; h++) {
    for (let i = 0; i < half; i++) for (let j = 0; j < 2; j++) order.push((h * 2 + j) * half + i)
  }
  return takeRows(tensor, order)
}

/** rows as (heads, 3, size) → (3, heads, size): gpt_neox.py. */
function splitQkv(tensor: HfTensor, heads: number): HfTensor {
  const size = tensor.shape[0]! / heads / 3
  const order: number[] = []
  for (let part = 0; part < 3; part++) {
    for (let h = 0; h < heads; h++) for (let i = 0; i < size; i++) order.push((h * 3 + part) * size + i)
  }
  return takeRows(tensor, order)
}

function takeRows({ shape, values }: HfTensor, order: readonly number[]): HfTensor {
  const width = shape[1] ?? 1
  const taken = new Float32Array(values.length)
  for (const [to, from] of order.entries()) {
    taken.set(values.subarray(from * width, (from + 1) * width), to * width)
  }
  return { shape, values: taken }
}

function transposed({ shape, values }: HfTensor): HfTensor {
  const [m, n] = [shape[0]!, shape[1]!]
  return { shape: [n, m], values: values.map((_, i) => values[(i % m) * n + Math.floor(i / m)]!) }
}

function modified(config: HfConfig, name: string, tensor: HfTensor): HfTensor {
  const type = config.model_type
  if (type === 'llama' || type === 'mistral') {
    if (/q_proj\.(weight|bias)$/.test(name)) return permute(tensor, num(config, 'num_attention_heads'))
    if (/k_proj\.(weight|bias)$/.test(name)) return permute(tensor, num(config, 'num_key_value_heads'))
  }
  if (String(type).startsWith('gemma') && name.endsWith('norm.weight')) {
    return { shape: tensor.shape, values: tensor.values.map((value) => value + 1) }
  }
  if (type === 'gpt_neox' && name.includes('query_key_value'))
    return splitQkv(tensor, num(config, 'num_attention_heads'))
  if (type === 'gpt2' && /c_attn\.weight|c_proj\.weight|c_fc\.weight/.test(name)) return transposed(tensor)
  return tensor
}

/** Vectors become F32 whatever the type asked for, as in the converter. */
export function convertTensor(config: HfConfig, name: string, tensor: HfTensor, type: string): WrittenTensor {
  const { shape, values } = modified(config, name, tensor)
  const { typeId, encode } = ENCODERS[shape.length === 1 ? 'F32' : type]!
  return { name: ggufName(String(config.model_type), name), shape, typeId, bytes: encode(values) }
}

export function convertConfig(config: HfConfig): Metadata {
  const architecture = ARCHITECTURES[String(config.model_type)]!.name
  const keys: Metadata = { 'general.architecture': text(architecture), 'general.name': text('test') }
  const add = (key: string, value: Metadata[string]) => {
    keys[`${architecture}.${key}`] = value
  }
  const first = (...names: string[]) =>
    num(config, names.find((name) => config[name] !== undefined) ?? names[0]!)
  add('context_length', u32(first('max_position_embeddings', 'n_positions')))
  add('embedding_length', u32(first('hidden_size', 'n_embd')))
  add('block_count', u32(first('num_hidden_layers', 'n_layer')))
  add('attention.head_count', u32(first('num_attention_heads', 'n_head')))
  add('feed_forward_length', u32(first('intermediate_size', 'n_inner')))
  if (config.rms_norm_eps !== undefined)
    add('attention.layer_norm_rms_epsilon', f32(num(config, 'rms_norm_eps')))
  else add('attention.layer_norm_epsilon', f32(first('layer_norm_eps', 'layer_norm_epsilon')))
  if (config.num_key_value_heads !== undefined) {
    add('attention.head_count_kv', u32(num(config, 'num_key_value_heads')))
  }
  if (config.head_dim !== undefined) {
    add('attention.key_length', u32(num(config, 'head_dim')))
    add('attention.value_length', u32(num(config, 'head_dim')))
  }
  if (config.rope_theta !== undefined) add('rope.freq_base', f32(num(config, 'rope_theta')))
  familyKeys(config, add)
  return keys
}

function familyKeys(config: HfConfig, add: (key: string, value: Metadata[string]) => void): void {
  const headSize =
    num(config, config.model_type === 'gpt2' ? 'n_embd' : 'hidden_size') /
    num(config, config.model_type === 'gpt2' ? 'n_head' : 'num_attention_heads')
  switch (config.model_type) {
    case 'llama':
      add('rope.dimension_count', u32(typeof config.head_dim === 'number' ? config.head_dim : headSize))
      return
    case 'mistral':
      add('attention.sliding_window', u32(num(config, 'sliding_window')))
      return
    case 'gpt_neox':
      add('rope.dimension_count', u32(Math.floor(num(config, 'rotary_pct') * headSize)))
      add('use_parallel_residual', { type: 'bool', value: config.use_parallel_residual !== false })
      return
    case 'gemma2':
      add('attn_logit_softcapping', f32(num(config, 'attn_logit_softcapping')))
      add('final_logit_softcapping', f32(num(config, 'final_logit_softcapping')))
      add('attention.sliding_window', u32(num(config, 'sliding_window')))
      return
    case 'gemma3_text':
      add('attention.sliding_window', u32(num(config, 'sliding_window')))
      if (Array.isArray(config.layer_types)) {
        add(
          'attention.sliding_window_pattern',
          bools(config.layer_types.map((type) => type === 'sliding_attention')),
        )
      }
      add('rope.scaling.type', text('linear'))
      add('rope.scaling.factor', f32(8))
      return
    case 'phi3':
      add('rope.dimension_count', u32(Math.floor(num(config, 'partial_rotary_factor') * headSize)))
      add('rope.scaling.original_context_length', u32(num(config, 'original_max_position_embeddings')))
      add('attention.sliding_window', u32(0))
      return
  }
}

/** One F32 vector tensor, such as rope_freqs. */
export function vectorTensor(name: string, values: readonly number[]): WrittenTensor {
  return { name, shape: [values.length], typeId: 0, bytes: ENCODERS.F32!.encode(Float32Array.from(values)) }
}
