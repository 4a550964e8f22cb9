/** @file GGUF files of models with experts, written as llama.cpp's converter stacks them: each expert comes back by itself. */
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { describeDecoder } from '../../../src/models/families/index.ts'
import { allRefs } from '../../../src/models/weight-reader.ts'
import type { JsonObject } from '../../../src/sources/json.ts'
import { toFloat32 } from '../../../src/tensors/float-tensors.ts'
import { naiveDecode } from './naive-blocks.ts'
import { ENCODERS, f32, type Metadata, text, u32, type WrittenTensor, writeGguf } from './writer.ts'

const [D, SIZE, EXPERTS] = [64, 32, 3]
const WIDE = {
  hidden_size: D,
  num_hidden_layers: 1,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  head_dim: 16,
  vocab_size: 48,
  max_position_embeddings: 256,
  rope_theta: 1e6,
  num_experts_per_tok: 2,
  tie_word_embeddings: false,
}
const QWEN: JsonObject = {
  model_type: 'qwen3_moe',
  ...WIDE,
  intermediate_size: 96,
  rms_norm_eps: 1e-6,
  num_experts: EXPERTS,
  moe_intermediate_size: SIZE,
  norm_topk_prob: true,
}
const MIXTRAL: JsonObject = {
  model_type: 'mixtral',
  ...WIDE,
  intermediate_size: SIZE,
  rms_norm_eps: 1e-5,
  num_local_experts: EXPERTS,
}

/** GGUF module to the modules of a block, the experts' last. */
const COMMON = {
  attn_norm: 'input_layernorm',
  ffn_norm: 'post_attention_layernorm',
  attn_q: 'self_attn.q_proj',
  attn_k: 'self_attn.k_proj',
  attn_v: 'self_attn.v_proj',
  attn_output: 'self_attn.o_proj',
}
const QWEN_NAMES = {
  ...COMMON,
  attn_q_norm: 'self_attn.q_norm',
  attn_k_norm: 'self_attn.k_norm',
  ffn_gate_inp: 'mlp.gate',
  ffn_gate_exps: 'mlp.experts.#.gate_proj',
  ffn_up_exps: 'mlp.experts.#.up_proj',
  ffn_down_exps: 'mlp.experts.#.down_proj',
}
const MIXTRAL_NAMES = {
  ...COMMON,
  ffn_gate_inp: 'block_sparse_moe.gate',
  ffn_gate_exps: 'block_sparse_moe.experts.#.w1',
  ffn_up_exps: 'block_sparse_moe.experts.#.w3',
  ffn_down_exps: 'block_sparse_moe.experts.#.w2',
}

interface Case {
  readonly config: JsonObject
  readonly architecture: string
  readonly names: Readonly<Record<string, string>>
  /** Are rows of q and k in the order of llama.cpp's rope? Then they are left out of the comparison of values. */
  readonly isTurned: boolean
  /** Is each expert stored by itself, as before April 2024? */
  readonly isApart?: boolean
  readonly more: Metadata
}

const CASES: readonly Case[] = [
  {
    config: QWEN,
    architecture: 'qwen3moe',
    names: QWEN_NAMES,
    isTurned: false,
    more: { 'qwen3moe.expert_feed_forward_length': u32(SIZE) },
  },
  { config: MIXTRAL, architecture: 'llama', names: MIXTRAL_NAMES, isTurned: true, more: {} },
  { config: MIXTRAL, architecture: 'llama', names: MIXTRAL_NAMES, isTurned: true, isApart: true, more: {} },
]

/** Eighths: every type of 16 bits holds them. */
function valuesOf(name: string, size: number): Float32Array {
  const seed = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7)
  return Float32Array.from({ length: size }, (_, i) => (((i * 37 + seed * 11) % 61) - 30) / 8)
}

function metadataOf({ config, architecture, more }: Case): Metadata {
  const count = (key: string): number => Number(config[key])
  return {
    'general.architecture': text(architecture),
    [`${architecture}.context_length`]: u32(256),
    [`${architecture}.embedding_length`]: u32(D),
    [`${architecture}.block_count`]: u32(1),
    [`${architecture}.attention.head_count`]: u32(4),
    [`${architecture}.attention.head_count_kv`]: u32(2),
    [`${architecture}.attention.key_length`]: u32(16),
    [`${architecture}.attention.value_length`]: u32(16),
    [`${architecture}.feed_forward_length`]: u32(count('intermediate_size')),
    [`${architecture}.attention.layer_norm_rms_epsilon`]: f32(count('rms_norm_eps')),
    [`${architecture}.rope.freq_base`]: f32(1e6),
    [`${architecture}.expert_count`]: u32(EXPERTS),
    [`${architecture}.expert_used_count`]: u32(2),
    ...more,
  }
}

function written({ config, names, isApart }: Case, type: string): readonly WrittenTensor[] {
  const { weights } = describeDecoder(config, 16)
  const shapes = new Map(
    [...allRefs(weights), weights.unembedding.weight].map(({ tensor, storedShape }) => [tensor, storedShape]),
  )
  const shapeOf = (name: string): readonly number[] => shapes.get(name) ?? expect.fail(name)
  const tensor = (gguf: string, shape: readonly number[], values: Float32Array): WrittenTensor => {
    const { typeId, encode } = ENCODERS[shape.length === 1 ? 'F32' : type] ?? expect.fail(type)
    return { name: `${gguf}.weight`, shape, typeId, bytes: encode(values) }
  }
  const plain = (gguf: string, name: string): WrittenTensor => {
    const shape = shapeOf(name)
    return tensor(
      gguf,
      shape,
      valuesOf(
        name,
        shape.reduce((product, size) => product * size, 1),
      ),
    )
  }
  const block = Object.entries(names).flatMap(([gguf, module]) => {
    const of = (expert: number): string => `model.layers.0.${module.replace('#', String(expert))}.weight`
    if (!module.includes('#')) return plain(`blk.0.${gguf}`, of(0))
    if (isApart === true) {
      const apart = gguf.replace('_exps', '')
      return Array.from({ length: EXPERTS }, (_, expert) => plain(`blk.0.${apart}.${expert}`, of(expert)))
    }
    const [out = 0, inputs = 0] = shapeOf(of(0))
    const stacked = new Float32Array(EXPERTS * out * inputs)
    for (let expert = 0; expert < EXPERTS; expert++)
      stacked.set(valuesOf(of(expert), out * inputs), expert * out * inputs)
    return tensor(`blk.0.${gguf}`, [EXPERTS, out, inputs], stacked)
  })
  return [
    plain('token_embd', 'model.embed_tokens.weight'),
    plain('output', 'lm_head.weight'),
    plain('output_norm', 'model.norm.weight'),
    ...block,
  ]
}

const open = (of: Case, type: string) =>
  openGguf(bytesSource('model.gguf', writeGguf(metadataOf(of), written(of, type))))

describe.each(CASES)('$architecture, each expert apart: $isApart', (of) => {
  it('describes the decoder of the original', async () => {
    const opened = await open(of, 'F16')
    const found = describeDecoder(opened.config, 16, new Set(opened.tensors.entries.keys()))
    const wanted = describeDecoder(of.config, 16)
    expect(found).toEqual(wanted)
    expect(opened.warnings).toEqual([])
    for (const { tensor, storedShape } of allRefs(wanted.weights))
      expect(opened.tensors.entries.get(tensor)?.shape, tensor).toEqual(storedShape)
  })

  it.each(['F32', 'F16', 'Q8_0', 'Q4_0'])('gives each expert its own rows of %s', async (type) => {
    const { tensors } = await open(of, type)
    const own = [...tensors.entries.keys()].filter((name) => /experts\.\d\./.test(name))
    expect(own).toHaveLength(3 * EXPERTS)
    for (const name of own) {
      const { shape } = tensors.entries.get(name) ?? expect.fail(name)
      const values = valuesOf(name, (shape[0] ?? 0) * (shape[1] ?? 0))
      const { encode } = ENCODERS[type] ?? expect.fail(type)
      const expected = type.startsWith('F') ? values : naiveDecode(type, encode(values))
      expect(toFloat32(await tensors.read(name)), name).toEqual(expected)
    }
  })
})

it('of an architecture whose experts are not known they are refused', async () => {
  const [of = expect.fail()] = CASES
  const renamed = Object.fromEntries(
    Object.entries(metadataOf(of)).map(([key, value]) => [key.replace('qwen3moe', 'qwen3'), value]),
  )
  const file = writeGguf({ ...renamed, 'general.architecture': text('qwen3') }, written(of, 'F16'))
  await expect(openGguf(bytesSource('model.gguf', file))).rejects.toMatchObject({
    code: 'GGUF_MODEL_UNSUPPORTED',
  })
})
