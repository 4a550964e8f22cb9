/**
 * @file GGUF files that are written by the published layouts and read back: every block type, every family.
 *
 * @module-tag slow
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { openSafetensors } from '../../../src/checkpoints/safetensors.ts'
import { describeDecoder } from '../../../src/models/families/index.ts'
import type { JsonObject } from '../../../src/sources/json.ts'
import { floatTensors, toFloat32 } from '../../../src/tensors/float-tensors.ts'
import type { TensorTable } from '../../../src/tensors/tensor.ts'
import { attentionAt } from '../../models/attention-at.ts'
import { convertConfig, convertTensor, ggufName, type HfTensor, vectorTensor } from './convert-hf.ts'
import { naiveDecode } from './naive-blocks.ts'
import { ENCODERS, type WrittenTensor, writeGguf } from './writer.ts'

const MODELS = new URL('../../../fixtures/models/', import.meta.url)

async function fixture(name: string): Promise<{ config: JsonObject; tensors: Map<string, HfTensor> }> {
  const config: JsonObject = JSON.parse(await readFile(new URL(`${name}/config.json`, MODELS), 'utf8'))
  const bytes = await readFile(new URL(`${name}/model.safetensors`, MODELS))
  const table = floatTensors(name, await openSafetensors(bytesSource(name, bytes)))
  return { config, tensors: await valuesOf(table) }
}

async function valuesOf(table: TensorTable): Promise<Map<string, HfTensor>> {
  const tensors = new Map<string, HfTensor>()
  for (const name of table.entries.keys()) {
    const tensor = await table.read(name)
    tensors.set(name, { shape: tensor.shape, values: toFloat32(tensor) })
  }
  return tensors
}

function storedShapes(
  value: unknown,
  found = new Map<string, readonly number[]>(),
): Map<string, readonly number[]> {
  if (typeof value !== 'object' || value === null) return found
  if ('tensor' in value && 'storedShape' in value && typeof value.tensor === 'string') {
    if (Array.isArray(value.storedShape)) found.set(value.tensor, value.storedShape)
  }
  for (const item of Object.values(value)) storedShapes(item, found)
  return found
}

/** Values of a bfloat16 checkpoint (8 significant bits), so that every 16-bit type and gain + 1 hold them exactly. */
function randomModel(config: JsonObject): Map<string, HfTensor> {
  let state = 12345
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (((state >>> 16) % 255) - 127) / 128
  }
  const shapes = storedShapes(describeDecoder(config, 16).weights)
  return new Map(
    [...shapes].map(([name, shape]) => {
      const size = shape.reduce((product, length) => product * length, 1)
      return [name, { shape, values: Float32Array.from({ length: size }, next) }]
    }),
  )
}

function convert(config: JsonObject, tensors: ReadonlyMap<string, HfTensor>, type: string): WrittenTensor[] {
  return [...tensors].map(([name, tensor]) => convertTensor(config, name, tensor, type))
}

function open(config: JsonObject, tensors: readonly WrittenTensor[]) {
  return openGguf(bytesSource('model.gguf', writeGguf(convertConfig(config), tensors)))
}

function expectSame(found: ReadonlyMap<string, HfTensor>, wanted: ReadonlyMap<string, HfTensor>): void {
  expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort())
  for (const [name, tensor] of wanted) {
    expect(found.get(name)?.shape, name).toEqual(tensor.shape)
    const values = found.get(name)?.values ?? new Float32Array(0)
    const different = tensor.values.findIndex((value, i) => !Object.is(value, values[i]))
    expect(different, `${name}: ${values[different]} for ${tensor.values[different]}`).toBe(-1)
  }
}

const BASE = { vocab_size: 48, max_position_embeddings: 256, rope_theta: 10000 }
const WIDE = { hidden_size: 64, num_hidden_layers: 2, num_attention_heads: 4, num_key_value_heads: 2 }
const CONFIGS: Record<string, JsonObject> = {
  llama: {
    model_type: 'llama',
    ...BASE,
    ...WIDE,
    intermediate_size: 96,
    rms_norm_eps: 1e-5,
    rope_theta: 500000,
    hidden_act: 'silu',
    tie_word_embeddings: false,
  },
  'llama with biases, a head size of its own and tied embeddings': {
    model_type: 'llama',
    ...BASE,
    ...WIDE,
    head_dim: 24,
    intermediate_size: 96,
    rms_norm_eps: 1e-6,
    attention_bias: true,
    mlp_bias: true,
    tie_word_embeddings: true,
  },
  qwen2: {
    model_type: 'qwen2',
    ...BASE,
    ...WIDE,
    intermediate_size: 96,
    rms_norm_eps: 1e-6,
    rope_theta: 1e6,
  },
  qwen3: { model_type: 'qwen3', ...BASE, ...WIDE, head_dim: 32, intermediate_size: 96, rms_norm_eps: 1e-6 },
  gemma: { model_type: 'gemma', ...BASE, ...WIDE, head_dim: 32, intermediate_size: 96, rms_norm_eps: 1e-6 },
  gemma2: {
    model_type: 'gemma2',
    ...BASE,
    ...WIDE,
    head_dim: 32,
    query_pre_attn_scalar: 32,
    intermediate_size: 96,
    rms_norm_eps: 1e-6,
    sliding_window: 48,
    attn_logit_softcapping: 50,
    final_logit_softcapping: 30,
  },
  gemma3: {
    model_type: 'gemma3_text',
    ...BASE,
    ...WIDE,
    num_hidden_layers: 7,
    head_dim: 32,
    query_pre_attn_scalar: 32,
    intermediate_size: 96,
    rms_norm_eps: 1e-6,
    rope_theta: 1e6,
    rope_local_base_freq: 10000,
    rope_scaling: { rope_type: 'linear', factor: 8 },
    sliding_window: 16,
  },
  phi3: {
    model_type: 'phi3',
    ...BASE,
    ...WIDE,
    intermediate_size: 96,
    rms_norm_eps: 1e-5,
    partial_rotary_factor: 0.75,
    original_max_position_embeddings: 128,
    sliding_window: null,
    tie_word_embeddings: true,
  },
  olmo2: { model_type: 'olmo2', ...BASE, ...WIDE, intermediate_size: 96, rms_norm_eps: 1e-6 },
  gpt2: {
    model_type: 'gpt2',
    vocab_size: 48,
    n_embd: 64,
    n_layer: 2,
    n_head: 4,
    n_inner: 160,
    n_positions: 32,
    layer_norm_epsilon: 1e-5,
  },
  'gpt_neox, sequential': {
    model_type: 'gpt_neox',
    vocab_size: 48,
    hidden_size: 64,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    intermediate_size: 96,
    max_position_embeddings: 64,
    rotary_pct: 0.5,
    use_parallel_residual: false,
    layer_norm_eps: 1e-5,
  },
}

describe.each(Object.keys(CONFIGS))('%s', (name) => {
  const config = CONFIGS[name]!

  it.each(['F32', 'F16', 'BF16'])('comes back exactly from %s', async (type) => {
    const tensors = randomModel(config)
    const { tensors: table } = await open(config, convert(config, tensors, type))
    expectSame(await valuesOf(table), tensors)
    const matrices = [...table.entries.values()].filter(({ shape }) => shape.length === 2)
    expect(new Set(matrices.map(({ storedAs }) => storedAs))).toEqual(new Set([type]))
  })

  it.each(['Q8_0', 'Q4_0', 'Q5_1'])('decodes %s rows to the values of the formula', async (type) => {
    const tensors = randomModel(config)
    const { tensors: table } = await open(config, convert(config, tensors, type))
    const expected = new Map<string, HfTensor>()
    for (const [tensor, { shape, values }] of tensors) {
      expected.set(tensor, {
        shape,
        values: shape.length === 1 ? values : quantized(config, tensor, shape, values, type),
      })
    }
    expectSame(await valuesOf(table), expected)
  })

  it('has the config of the original: the same decoder, no key that a family does not know', async () => {
    const tensors = randomModel(config)
    const opened = await open(config, convert(config, tensors, 'F16'))
    const names = new Set(opened.tensors.entries.keys())
    const found = describeDecoder(opened.config, 16, names)
    const wanted = describeDecoder(config, 16, new Set(tensors.keys()))
    expect(found).toEqual(wanted)
    expect(opened.warnings).toEqual([])
    for (const [tensor, shape] of storedShapes(found.weights)) {
      expect(opened.tensors.entries.get(tensor)?.shape, tensor).toEqual(shape)
    }
  })
})

/** Rows are quantized one by one, so a permutation of rows changes nothing; GPT-2's columns are the rows of its GGUF. */
function quantized(
  config: JsonObject,
  name: string,
  shape: readonly number[],
  values: Float32Array,
  type: string,
) {
  const { encode } = ENCODERS[type]!
  if (config.model_type !== 'gpt2' || !name.includes('.h.')) return naiveDecode(type, encode(values))
  const [m, n] = [shape[0]!, shape[1]!]
  const flipped = naiveDecode(type, encode(values.map((_, i) => values[(i % m) * n + Math.floor(i / m)]!)))
  return flipped.map((_, i) => flipped[(i % n) * m + Math.floor(i / n)]!)
}

describe('the fixtures', () => {
  it('neox: float16 weights come back bit for bit, and the config describes the same decoder', async () => {
    const { config, tensors } = await fixture('neox')
    const opened = await open(config, convert(config, tensors, 'F16'))
    expectSame(await valuesOf(opened.tensors), tensors)
    expect((await opened.tensors.read('gpt_neox.layers.3.attention.query_key_value.weight')).type).toBe(
      'float16',
    )
    expect(describeDecoder(opened.config, 128)).toEqual(describeDecoder(config, 128))
  })

  it('gemma2: bfloat16 weights come back bit for bit, gains too', async () => {
    const { config, tensors } = await fixture('gemma2')
    const opened = await open(config, convert(config, tensors, 'BF16'))
    expectSame(await valuesOf(opened.tensors), tensors)
    expect(describeDecoder(opened.config, 128)).toEqual(describeDecoder(config, 128))
  })

  it('describes a quantized file: types, bits, parameters', async () => {
    const { config, tensors } = await fixture('neox')
    const opened = await open(config, convert(config, tensors, 'Q4_0'))
    const matrices = [...tensors.values()].filter(({ shape }) => shape.length === 2)
    const parameters = matrices.reduce((sum, { values }) => sum + values.length, 0)
    expect(opened.describe).toEqual({ method: 'gguf Q4_0', bits: 4.5, tensors: matrices.length, parameters })
    expect(opened.storedAs).toBe('Q4_0')
    expect([...opened.types.keys()]).toEqual(['Q4_0', 'F32'])
    expect(opened.types.get('F32')?.tensors).toBe(tensors.size - matrices.length)
    expect(opened.parameters).toBe([...tensors.values()].reduce((sum, { values }) => sum + values.length, 0))
  })
})

describe('vocabulary', () => {
  it('keeps the rows that the file has, fewer or more than the reference', async () => {
    const config = CONFIGS.llama!
    for (const rows of [40, 64]) {
      const resized = { ...config, vocab_size: rows }
      const opened = await open(resized, convert(resized, randomModel(resized), 'F16'))
      expect(opened.config.vocab_size).toBe(rows)
      expect(opened.tensors.entries.get('lm_head.weight')?.shape).toEqual([rows, 64])
    }
  })
})

/** llama.cpp's `generate_extra_tensors`, in float32 as there. */
function ropeFreqs(base: number, dim: number, section: Record<string, number>): number[] {
  const { factor = 8, low_freq_factor: low = 1, high_freq_factor: high = 4 } = section
  const old = section.original_max_position_embeddings ?? 8192
  return Array.from({ length: dim / 2 }, (_, i) => {
    const wavelength = (2 * Math.PI) / Math.fround(1 / Math.fround(base ** ((2 * i) / dim)))
    if (wavelength < old / high) return 1
    if (wavelength > old / low) return factor
    const smooth = (old / wavelength - low) / (high - low)
    return 1 / ((1 - smooth) / factor + smooth)
  })
}

describe('rope factors in tensors', () => {
  const llama = CONFIGS.llama!
  const wide = { ...llama, head_dim: 64, max_position_embeddings: 131072 }

  it.each([
    { factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 8192 },
    { factor: 32, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 8192 },
    { factor: 4, low_freq_factor: 1, high_freq_factor: 6, original_max_position_embeddings: 2048 },
  ])('rope_freqs become the llama3 section they were made from: %o', async (section) => {
    const tensors = convert(wide, randomModel(wide), 'F16')
    tensors.push(vectorTensor('rope_freqs.weight', ropeFreqs(500000, 64, section)))
    const opened = await open(wide, tensors)
    expect(opened.config.rope_scaling).toEqual({ rope_type: 'llama3', ...section })
    expect(opened.tensors.entries.has('rope_freqs.weight')).toBe(false)
  })

  it('other factors are kept one by one, and give those frequencies', async () => {
    const factors = Array.from({ length: 32 }, (_, i) => 1 + (i % 5) / 8)
    const tensors = convert(wide, randomModel(wide), 'F16')
    tensors.push(vectorTensor('rope_freqs.weight', factors))
    const { config } = await open(wide, tensors)
    const rotary = attentionAt(describeDecoder(config, 16), 0).rotary
    expect(rotary?.amplitude).toBe(1)
    for (const [i, frequency] of rotary?.inverseFrequency.entries() ?? []) {
      expect(frequency).toBeCloseTo(500000 ** (-i / 32) / factors[i]!, 12)
    }
  })

  it('phi3: long and short factors become longrope', async () => {
    const config = CONFIGS.phi3!
    const long = [1, 1.5, 2, 3, 4, 5.25]
    const short = [1, 1, 1.25, 1.5, 2, 2]
    const tensors = convert(config, randomModel(config), 'F16')
    tensors.push(
      vectorTensor('rope_factors_long.weight', long),
      vectorTensor('rope_factors_short.weight', short),
    )
    const opened = await open(config, tensors)
    const original = { ...config, rope_scaling: { type: 'longrope', long_factor: long, short_factor: short } }
    for (const length of [64, 200]) {
      expect(describeDecoder(opened.config, length).spec).toEqual(describeDecoder(original, length).spec)
    }
  })
})

describe('Mistral', () => {
  it('opens as llama, and without the window, as llama.cpp runs it', async () => {
    const { rope_theta: _, ...llama } = CONFIGS.llama ?? {}
    const config = { ...llama, model_type: 'mistral', sliding_window: 32 }
    const tensors = randomModel(config)
    const opened = await open(config, convert(config, tensors, 'F16'))
    expectSame(await valuesOf(opened.tensors), tensors)
    const { family, ...rest } = describeDecoder({ ...config, sliding_window: null }, 16).spec
    expect(family).toBe('mistral')
    expect(describeDecoder(opened.config, 16).spec).toEqual({ family: 'llama', ...rest })
  })
})

describe("files made by the format's own programs", () => {
  const folder = new URL('../../../fixtures/gguf/', import.meta.url)
  const openFile = async (name: string) => openGguf(bytesSource(name, await readFile(new URL(name, folder))))
  const golden = async (name: string) => JSON.parse(await readFile(new URL(name, folder), 'utf8'))

  it("llama.cpp's quantizer: every tensor to the bits of ggml's dequantization", async () => {
    const { tensors } = await golden('llama-q3_k_m.json')
    const opened = await openFile('llama-q3_k_m.gguf')
    expect(opened.tensors.entries.size).toBe(Object.keys(tensors).length)
    for (const name of opened.tensors.entries.keys()) {
      const expected = tensors[ggufName('llama', name)]
      const values = toFloat32(await opened.tensors.read(name))
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
      expect(opened.tensors.entries.get(name), name).toMatchObject({
        shape: expected.shape,
        storedAs: expected.type,
      })
      expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(expected.sha256)
    }
    expect([...opened.types.keys()].sort()).toEqual(['F32', 'Q3_K', 'Q4_K', 'Q5_K', 'Q6_K'])
    expect(opened.tokenizer()).toBeNull()
  })

  it("ggml's Python package: names, types and values", async () => {
    const { tensors: written } = await golden('tiny-llama.json')
    const opened = await openFile('tiny-llama.gguf')
    expect(opened.config).toMatchObject({
      model_type: 'llama',
      rms_norm_eps: 1e-5,
      rope_theta: 500000,
      vocab_size: 40,
    })
    expect(opened.tensors.entries.size).toBe(Object.keys(written).length)
    const plain: [string, string][] = [
      ['token_embd.weight', 'model.embed_tokens.weight'],
      ['output.weight', 'lm_head.weight'],
      ['blk.1.attn_v.weight', 'model.layers.1.self_attn.v_proj.weight'],
      ['blk.0.attn_output.weight', 'model.layers.0.self_attn.o_proj.weight'],
      ['blk.1.ffn_gate.weight', 'model.layers.1.mlp.gate_proj.weight'],
      ['blk.0.ffn_up.weight', 'model.layers.0.mlp.up_proj.weight'],
      ['blk.1.ffn_down.weight', 'model.layers.1.mlp.down_proj.weight'],
    ]
    for (const [gguf, hf] of plain) {
      const expected = written[gguf]
      const values = toFloat32(await opened.tensors.read(hf))
      expect(opened.tensors.entries.get(hf)).toMatchObject({ shape: expected.shape, storedAs: expected.type })
      expect([...values.subarray(0, 5)], gguf).toEqual(expected.first)
      expect(values.at(-1)).toBe(expected.last)
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(expected.sum, 6)
    }
  })
})
