/** @file gpt-oss as llama.cpp's converter writes it, run against the naive pass over the checkpoint that it was made from. */
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { wholeBody } from '../../../src/models/body-program.ts'
import { describeDecoder } from '../../../src/models/families/index.ts'
import { toFloat32 } from '../../../src/tensors/float-tensors.ts'
import { LENGTH, runDecoder } from '../../models/run-program.ts'
import { naiveForward } from '../../oracle/naive-decoder.ts'
import { randomIds, randomModel } from '../../oracle/random-model.ts'
import { naiveDecode } from './naive-blocks.ts'
import { ENCODERS, f32, type Metadata, text, u32, type WrittenTensor, writeGguf } from './writer.ts'

const MODULES: Readonly<Record<string, string>> = {
  'model.embed_tokens': 'token_embd',
  lm_head: 'output',
  'model.norm': 'output_norm',
  input_layernorm: 'attn_norm',
  post_attention_layernorm: 'post_attention_norm',
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.o_proj': 'attn_output',
  'mlp.router': 'ffn_gate_inp',
}

interface Stored {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

const asF32 = (name: string, { shape, data }: Stored): WrittenTensor => {
  const { typeId, encode } = ENCODERS.F32 ?? expect.fail()
  return { name, shape, typeId, bytes: encode(Float32Array.from(data)) }
}

/** [expert, in, out] → [expert, every second of out from `first` on, in]; a bias [expert, out] likewise. */
function takenApart({ shape, data }: Stored, first: number, step: number): Stored {
  const isBias = shape.length === 2
  const [count = 0, inputs = 1, out = 0] = isBias ? [shape[0], 1, shape[1]] : shape
  const rows = out / step
  const values = new Float32Array(count * rows * inputs)
  for (let expert = 0; expert < count; expert++) {
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < inputs; i++) {
        const from = (expert * inputs + i) * out + row * step + first
        values[(expert * rows + row) * inputs + i] = data[from] ?? Number.NaN
      }
    }
  }
  return { shape: isBias ? [count, rows] : [count, rows, inputs], data: values }
}

function converted(name: string, stored: Stored): readonly WrittenTensor[] {
  const [, layer, rest = name] = /^model\.layers\.(\d+)\.(.+)$/.exec(name) ?? []
  const block = layer === undefined ? '' : `blk.${layer}.`
  if (rest === 'self_attn.sinks') return [asF32(`${block}attn_sinks.weight`, stored)]
  const [, matrix, bias] = /^mlp\.experts\.(gate_up|down)_proj(_bias)?$/.exec(rest) ?? []
  const kind = bias === undefined ? 'weight' : 'bias'
  if (matrix === 'down') return [asF32(`${block}ffn_down_exps.${kind}`, takenApart(stored, 0, 1))]
  if (matrix === 'gate_up') {
    return ['gate', 'up'].map((side, first) =>
      asF32(`${block}ffn_${side}_exps.${kind}`, takenApart(stored, first, 2)),
    )
  }
  const dot = rest.lastIndexOf('.')
  const module = MODULES[rest.slice(0, dot)] ?? expect.fail(name)
  return [asF32(`${block}${module}${rest.slice(dot)}`, stored)]
}

function metadataOf(config: Readonly<Record<string, unknown>>): Metadata {
  const count = (key: string) => u32(Number(config[key]))
  return {
    'general.architecture': text('gpt-oss'),
    'gpt-oss.context_length': count('max_position_embeddings'),
    'gpt-oss.embedding_length': count('hidden_size'),
    'gpt-oss.block_count': count('num_hidden_layers'),
    'gpt-oss.feed_forward_length': count('intermediate_size'),
    'gpt-oss.expert_feed_forward_length': count('intermediate_size'),
    'gpt-oss.attention.head_count': count('num_attention_heads'),
    'gpt-oss.attention.head_count_kv': count('num_key_value_heads'),
    'gpt-oss.attention.key_length': count('head_dim'),
    'gpt-oss.attention.value_length': count('head_dim'),
    'gpt-oss.attention.sliding_window': count('sliding_window'),
    'gpt-oss.attention.layer_norm_rms_epsilon': f32(1e-5),
    'gpt-oss.rope.freq_base': f32(500),
    'gpt-oss.rope.scaling.type': text('yarn'),
    'gpt-oss.rope.scaling.factor': f32(32),
    'gpt-oss.rope.scaling.original_context_length': u32(16),
    'gpt-oss.rope.scaling.yarn_beta_fast': f32(8),
    'gpt-oss.rope.scaling.yarn_beta_slow': f32(1),
    'gpt-oss.expert_count': count('num_local_experts'),
    'gpt-oss.expert_used_count': count('num_experts_per_tok'),
  }
}

/** As llama.cpp runs it: every other block slides, and the ramp of the rope ends at whole pairs. */
const AS_RUN = {
  rope_theta: 500,
  rope_parameters: null,
  rope_scaling: {
    rope_type: 'yarn',
    factor: 32,
    beta_fast: 8,
    beta_slow: 1,
    original_max_position_embeddings: 16,
    truncate: true,
  },
}

describe.each([0, 1, 2, 3])('random model %i', (seed) => {
  it('computes what the checkpoint computes that it was converted from', async () => {
    const { config: drawn, tensors } = randomModel('gpt_oss', seed)
    const { layer_types: _, ...rest } = drawn
    const config = { ...rest, ...AS_RUN }
    const sequences = [0, 1].map((sequence) => randomIds(config, LENGTH, 10 * seed + sequence))
    const file = writeGguf(
      metadataOf(config),
      [...tensors].flatMap(([name, stored]) => converted(name, stored)),
    )
    const opened = await openGguf(bytesSource('model.gguf', file))
    expect(opened.warnings).toEqual([])
    const decoder = describeDecoder(opened.config, LENGTH, new Set(opened.tensors.entries.keys()))
    expect(decoder.warnings).toEqual([])
    const { end } = await runDecoder(
      { decoder, table: opened.tensors },
      wholeBody([]),
      { sequences },
      'float64',
    )
    const expected = sequences.flatMap((ids) =>
      naiveForward(config, tensors, ids).hidden.flatMap((row) => [...row]),
    )
    expect(end).toHaveLength(expected.length)
    const worst = Math.max(...expected.map((value, i) => Math.abs(value - (end[i] ?? Number.NaN))))
    expect(worst).toBeLessThan(1e-9)
  })
})

it('gives each expert its own rows of MXFP4, and its own bias', async () => {
  const [count, size, d] = [3, 4, 64]
  const drawn = randomModel('gpt_oss', 0).config
  const config = {
    ...drawn,
    hidden_size: d,
    intermediate_size: size,
    num_hidden_layers: 1,
    num_local_experts: count,
  }
  // Scales near 1, so that all are finite.
  const bytes = Uint8Array.from({ length: (count * size * d * 17) / 32 }, (_, i) =>
    i % 17 === 0 ? 124 + (i % 7) : (i * 37) % 256,
  )
  const bias = Float32Array.from({ length: count * size }, (_, i) => i / 8)
  const file = writeGguf(metadataOf(config), [
    asF32('token_embd.weight', { shape: [8, d], data: new Float32Array(8 * d) }),
    { name: 'blk.0.ffn_up_exps.weight', shape: [count, size, d], typeId: 39, bytes },
    asF32('blk.0.ffn_up_exps.bias', { shape: [count, size], data: bias }),
  ])
  const { tensors, storedAs } = await openGguf(bytesSource('model.gguf', file))
  expect(storedAs).toBe('F32')
  const values = naiveDecode('MXFP4', bytes)
  for (let expert = 0; expert < count; expert++) {
    const module = `model.layers.0.mlp.experts.${expert}.up_proj`
    const weight = await tensors.read(`${module}.weight`)
    expect(weight.shape).toEqual([size, d])
    expect(toFloat32(weight)).toEqual(values.subarray(expert * size * d, (expert + 1) * size * d))
    expect(toFloat32(await tensors.read(`${module}.bias`))).toEqual(
      bias.subarray(expert * size, (expert + 1) * size),
    )
  }
})
