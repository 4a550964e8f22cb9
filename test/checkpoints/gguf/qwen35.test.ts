/** @file Qwen3.5 as llama.cpp's converter writes it, run against the naive pass over the checkpoint that it was made from. */
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { wholeBody } from '../../../src/models/body-program.ts'
import type { JsonObject } from '../../../src/models/config-reader.ts'
import { describeDecoder } from '../../../src/models/families/index.ts'
import { LENGTH, runDecoder } from '../../models/run-program.ts'
import { naiveForward } from '../../oracle/naive-decoder.ts'
import { randomIds, randomModel } from '../../oracle/random-model.ts'
import { ENCODERS, f32, type Metadata, text, u32, type WrittenTensor, writeGguf } from './writer.ts'

const MODULES: Readonly<Record<string, string>> = {
  'model.embed_tokens.weight': 'token_embd.weight',
  'lm_head.weight': 'output.weight',
  'model.norm.weight': 'output_norm.weight',
  'input_layernorm.weight': 'attn_norm.weight',
  'post_attention_layernorm.weight': 'post_attention_norm.weight',
  'self_attn.q_norm.weight': 'attn_q_norm.weight',
  'self_attn.k_norm.weight': 'attn_k_norm.weight',
  'linear_attn.in_proj_qkv.weight': 'attn_qkv.weight',
  'linear_attn.in_proj_z.weight': 'attn_gate.weight',
  'linear_attn.in_proj_ba.weight': 'ssm_ba.weight',
  'linear_attn.in_proj_a.weight': 'ssm_alpha.weight',
  'linear_attn.in_proj_b.weight': 'ssm_beta.weight',
  'linear_attn.A_log': 'ssm_a',
  'linear_attn.dt_bias': 'ssm_dt.bias',
  'linear_attn.conv1d.weight': 'ssm_conv1d.weight',
  'linear_attn.norm.weight': 'ssm_norm.weight',
  'linear_attn.out_proj.weight': 'ssm_out.weight',
  'mlp.gate.weight': 'ffn_gate_inp.weight',
  'mlp.shared_expert_gate.weight': 'ffn_gate_inp_shexp.weight',
  'mlp.experts.down_proj': 'ffn_down_exps.weight',
}
for (const name of ['q', 'k', 'v'])
  for (const kind of ['weight', 'bias'])
    Object.assign(MODULES, { [`self_attn.${name}_proj.${kind}`]: `attn_${name}.${kind}` })
for (const kind of ['weight', 'bias'])
  Object.assign(MODULES, { [`self_attn.o_proj.${kind}`]: `attn_output.${kind}` })
for (const side of ['gate', 'up', 'down'])
  Object.assign(MODULES, {
    [`mlp.${side}_proj.weight`]: `ffn_${side}.weight`,
    [`mlp.shared_expert.${side}_proj.weight`]: `ffn_${side}_shexp.weight`,
  })

interface Stored {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

const asF32 = (name: string, { shape, data }: Stored): WrittenTensor => {
  const { typeId, encode } = ENCODERS.F32 ?? expect.fail()
  return { name, shape, typeId, bytes: encode(data) }
}

/** (before, key heads, own, rest) → (before, own, key heads, rest): numpy's reshape and swap of two axes, behind the first `kept` numbers. */
function swapped(
  data: Float32Array,
  kept: number,
  [before, heads, own, rest]: readonly [number, number, number, number],
): Float32Array {
  const out = data.slice()
  let to = kept
  for (let b = 0; b < before; b++)
    for (let j = 0; j < own; j++)
      for (let g = 0; g < heads; g++)
        for (let i = 0; i < rest; i++)
          out[to++] = data[kept + ((b * heads + g) * own + j) * rest + i] ?? Number.NaN
  return out
}

/** By key head q, k, v and z → all q, all k, all v; all z: numpy's split and concatenation. */
function unfused(block: string, { shape, data }: Stored, config: JsonObject): readonly WrittenTensor[] {
  const count = (key: string): number => Number(config[key])
  const [heads, keySize] = [count('linear_num_key_heads'), count('linear_key_head_dim')]
  const values = (count('linear_num_value_heads') / heads) * count('linear_value_head_dim')
  const width = shape[1] ?? 0
  const each = 2 * keySize + 2 * values
  const rows = (start: number, size: number): number[] =>
    Array.from({ length: heads }, (_, head) => {
      const first = (head * each + start) * width
      return [...data.subarray(first, first + size * width)]
    }).flat()
  const qkv = [...rows(0, keySize), ...rows(keySize, keySize), ...rows(2 * keySize, values)]
  const stack = (numbers: number[]): Stored => ({
    shape: [numbers.length / width, width],
    data: Float32Array.from(numbers),
  })
  return [
    asF32(`${block}attn_qkv.weight`, stack(qkv)),
    asF32(`${block}attn_gate.weight`, stack(rows(2 * keySize + values, values))),
  ]
}

function converted(config: JsonObject, name: string, stored: Stored): readonly WrittenTensor[] {
  const count = (key: string): number => Number(config[key])
  const [keyHeads, valueHeads] = [count('linear_num_key_heads'), count('linear_num_value_heads')]
  const [keySize, size] = [count('linear_key_head_dim'), count('linear_value_head_dim')]
  // Only Qwen3.5's are sorted.
  const own = config.model_type === 'qwen3_next' ? 1 : valueHeads / keyHeads
  const groups = valueHeads / own
  const [, layer, rest = name] = /^model\.layers\.(\d+)\.(.+)$/.exec(name) ?? []
  const block = layer === undefined ? '' : `blk.${layer}.`
  if (rest === 'mlp.experts.gate_up_proj') {
    const [experts = 0, rows = 0, inputs = 0] = stored.shape
    const half = (first: number): Stored => ({
      shape: [experts, rows / 2, inputs],
      data: Float32Array.from({ length: stored.data.length / 2 }, (_, i) => {
        const perExpert = (rows / 2) * inputs
        return (
          stored.data[2 * perExpert * Math.floor(i / perExpert) + first * perExpert + (i % perExpert)] ??
          Number.NaN
        )
      }),
    })
    return [asF32(`${block}ffn_gate_exps.weight`, half(0)), asF32(`${block}ffn_up_exps.weight`, half(1))]
  }
  if (rest === 'linear_attn.in_proj_qkvz.weight') return unfused(block, stored, config)
  const gguf = `${block}${MODULES[rest] ?? expect.fail(name)}`
  const { shape, data } = stored
  const width = shape.slice(1).reduce((product, length) => product * length, 1)
  switch (rest) {
    case 'linear_attn.in_proj_qkv.weight':
    case 'linear_attn.conv1d.weight': {
      const kept = 2 * keyHeads * keySize * width
      const values = swapped(data, kept, [1, groups, own, size * width])
      return [
        asF32(gguf, { shape: shape.filter((length, axis) => axis !== 1 || length !== 1), data: values }),
      ]
    }
    case 'linear_attn.in_proj_z.weight':
      return [asF32(gguf, { shape, data: swapped(data, 0, [1, groups, own, size * width]) })]
    case 'linear_attn.in_proj_a.weight':
    case 'linear_attn.in_proj_b.weight':
    case 'linear_attn.dt_bias':
      return [asF32(gguf, { shape, data: swapped(data, 0, [1, groups, own, width]) })]
    case 'linear_attn.A_log':
      return [
        asF32(gguf, { shape, data: swapped(data, 0, [1, groups, own, 1]).map((rate) => -Math.exp(rate)) }),
      ]
    case 'linear_attn.out_proj.weight':
      return [asF32(gguf, { shape, data: swapped(data, 0, [shape[0] ?? 0, groups, own, size]) })]
    case 'mlp.shared_expert_gate.weight':
      return [asF32(gguf, { shape: [width], data })]
    default: {
      const isCentred = rest.endsWith('norm.weight') && rest !== 'linear_attn.norm.weight'
      return [asF32(gguf, { shape, data: isCentred ? data.map((gain) => gain + 1) : data })]
    }
  }
}

/** With a block behind the last that predicts a further token. */
function metadataOf(config: JsonObject, architecture: string): Metadata {
  const count = (key: string) => u32(Number(config[key]))
  const heads = Number(config.linear_num_value_heads)
  const experts: Metadata =
    architecture === 'qwen35'
      ? { [`${architecture}.feed_forward_length`]: count('intermediate_size') }
      : {
          [`${architecture}.expert_count`]: count('num_experts'),
          [`${architecture}.expert_used_count`]: count('num_experts_per_tok'),
          [`${architecture}.expert_feed_forward_length`]: count('moe_intermediate_size'),
          [`${architecture}.expert_shared_feed_forward_length`]: count('shared_expert_intermediate_size'),
        }
  return {
    'general.architecture': text(architecture),
    [`${architecture}.context_length`]: count('max_position_embeddings'),
    [`${architecture}.embedding_length`]: count('hidden_size'),
    [`${architecture}.block_count`]: u32(Number(config.num_hidden_layers) + 1),
    [`${architecture}.nextn_predict_layers`]: u32(1),
    [`${architecture}.attention.head_count`]: count('num_attention_heads'),
    [`${architecture}.attention.head_count_kv`]: count('num_key_value_heads'),
    [`${architecture}.attention.key_length`]: count('head_dim'),
    [`${architecture}.attention.value_length`]: count('head_dim'),
    [`${architecture}.attention.layer_norm_rms_epsilon`]: f32(1e-6),
    [`${architecture}.rope.freq_base`]: f32(500),
    [`${architecture}.rope.dimension_count`]: u32(Number(config.head_dim) / 2),
    [`${architecture}.rope.dimension_sections`]: u32(1),
    [`${architecture}.full_attention_interval`]: u32(2),
    [`${architecture}.ssm.conv_kernel`]: count('linear_conv_kernel_dim'),
    [`${architecture}.ssm.state_size`]: count('linear_key_head_dim'),
    [`${architecture}.ssm.group_count`]: count('linear_num_key_heads'),
    [`${architecture}.ssm.time_step_rank`]: u32(heads),
    [`${architecture}.ssm.inner_size`]: u32(Number(config.linear_value_head_dim) * heads),
    ...experts,
  }
}

const AS_RUN = {
  rms_norm_eps: 1e-6,
  norm_topk_prob: true,
  rope_parameters: { rope_type: 'default', rope_theta: 500, partial_rotary_factor: 0.5 },
}

describe.each([
  ['qwen3_5_text', 'qwen35'],
  ['qwen3_5_moe_text', 'qwen35moe'],
  ['qwen3_next', 'qwen3next'],
])('%s', (family, architecture) => {
  it.each([0, 1, 2, 3, 4])(
    'random model %i computes what the checkpoint computes that it was converted from',
    async (seed) => {
      const drawn = randomModel(family, seed)
      const config: JsonObject = { ...drawn.config, ...AS_RUN }
      const tensors = [...drawn.tensors].map(
        ([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }] as const,
      )
      const layers = Number(config.num_hidden_layers)
      const predicting = ['nextn.eh_proj', 'attn_norm'].map((name) =>
        asF32(`blk.${layers}.${name}.weight`, { shape: [4], data: new Float32Array(4) }),
      )
      const written = tensors.flatMap(([name, stored]) => converted(config, name, stored))
      const file = writeGguf(metadataOf(config, architecture), [...written, ...predicting])
      const opened = await openGguf(bytesSource('model.gguf', file))
      expect(opened.warnings).toEqual([])
      const decoder = describeDecoder(opened.config, LENGTH, new Set(opened.tensors.entries.keys()))
      expect(decoder.warnings).toEqual([])
      const sequences = [0, 1].map((sequence) => randomIds(config, LENGTH, 10 * seed + sequence))
      const { end } = await runDecoder(
        { decoder, table: opened.tensors },
        wholeBody([]),
        { sequences },
        'float64',
      )
      const expected = sequences.flatMap((ids) =>
        naiveForward(config, drawn.tensors, ids).hidden.flatMap((row) => [...row]),
      )
      expect(end).toHaveLength(expected.length)
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - (end[i] ?? Number.NaN))))
      // Gains and rates went through a sum and an exponential in float32.
      expect(worst).toBeLessThan(3e-6)
    },
  )
})

it('sizes that do not fit each other are refused', async () => {
  const { config, tensors } = randomModel('qwen3_5_text', 0)
  const written = [...tensors].flatMap(([name, { shape, data }]) =>
    converted(config, name, { shape, data: Float32Array.from(data) }),
  )
  for (const [changes, code] of [
    [{ 'qwen35.ssm.inner_size': u32(7) }, 'GGUF_KEY_INVALID'],
    [{ 'qwen35.ssm.state_size': u32(3) }, 'GGUF_SHAPE_WRONG'],
    [{ 'qwen35.nextn_predict_layers': u32(40) }, 'GGUF_KEY_INVALID'],
  ] as const) {
    const file = writeGguf({ ...metadataOf(config, 'qwen35'), ...changes }, written)
    await expect(openGguf(bytesSource('model.gguf', file))).rejects.toMatchObject({ code })
  }
})
