/** @file Configs to decoders: released models by their stated parameter counts, and what each key changes. */
import { describe, expect, test } from 'vitest'
import { attentionOf } from '../../../src/models/attention-of.ts'
import type { JsonObject } from '../../../src/models/config-reader.ts'
import type { Decoder, WeightRef } from '../../../src/models/decoder-spec.ts'
import {
  describeDecoder,
  isIgnoredBuffer,
  knownFamilies,
  projections,
} from '../../../src/models/families/index.ts'
import { allRefs } from '../../../src/models/weight-reader.ts'
import { randomFamilies, randomModel, tableOfModel } from '../../oracle/random-model.ts'
import { attentionAt } from '../attention-at.ts'
import { PUBLISHED, published } from './published-configs.ts'

const LENGTH = 512

function refs({ weights }: Decoder): readonly WeightRef[] {
  const { weight, bias } = weights.unembedding
  return [...allRefs(weights), weight, ...(bias === null ? [] : [bias])]
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1)
}

describe.each(PUBLISHED)('$name', ({ config, parameters }) => {
  test('has the stated number of parameters, and every key is understood', () => {
    const decoder = describeDecoder(config, LENGTH)
    const stored = new Map(refs(decoder).map(({ tensor, storedShape }) => [tensor, size(storedShape)]))
    expect([...stored.values()].reduce((a, b) => a + b, 0)).toBe(parameters)
    expect(decoder.warnings).toEqual([])
  })
})

describe.each(randomFamilies)('random %s', (family) => {
  test.each([0, 1, 2, 3, 4])('model %i: every stored tensor is used, with its shape', (seed) => {
    const model = randomModel(family, seed)
    const { entries } = tableOfModel(model)
    const decoder = describeDecoder(model.config, 12, new Set(entries.keys()))
    const used = new Map(refs(decoder).map(({ tensor, storedShape }) => [tensor, storedShape]))
    const stored = new Map([...entries].map(([name, { shape }]) => [name, shape]))
    expect(Object.fromEntries(used)).toEqual(Object.fromEntries(stored))
  })
})

test('every family can be drawn at random', () => {
  expect(new Set(knownFamilies)).toEqual(new Set(randomFamilies))
})

describe('compression targets', () => {
  test("Gemma-2-2B: the paper's 182 tensors with 2,024,275,968 parameters", () => {
    const targets = projections(describeDecoder(published('gemma-2-2b'), LENGTH))
    expect(targets.size).toBe(182)
    expect([...targets.values()].reduce((sum, target) => sum + target.out * target.in, 0)).toBe(2_024_275_968)
  })

  test('fused tensors are one target, Conv1D keeps its layout', () => {
    const gpt2 = projections(describeDecoder(published('gpt2'), LENGTH))
    expect(gpt2.get('transformer.h.0.attn.c_attn.weight')).toEqual({
      out: 2304,
      in: 768,
      layout: 'in-out',
      input: { layer: 0, name: 'qkv' },
    })
    expect(gpt2.size).toBe(4 * 12)
    const phi3 = projections(describeDecoder(published('Phi-4-mini-instruct'), LENGTH))
    expect(phi3.get('model.layers.3.self_attn.qkv_proj.weight')).toEqual({
      out: 5120,
      in: 3072,
      layout: 'out-in',
      input: { layer: 3, name: 'qkv' },
    })
    expect(phi3.size).toBe(4 * 32)
  })
})

describe('blocks', () => {
  const windows = (config: JsonObject): (number | null)[] =>
    describeDecoder(config, LENGTH).spec.blocks.map((block) => attentionOf(block)?.window ?? null)

  test('Gemma 2 slides on even blocks, Gemma 3 on five of six', () => {
    expect(windows(published('gemma-2-2b')).slice(0, 4)).toEqual([4096, null, 4096, null])
    expect(windows(published('gemma-3-1b-pt')).slice(0, 7)).toEqual([512, 512, 512, 512, 512, null, 512])
  })

  test('Gemma 3 turns by the local base where it slides', () => {
    const [local, global] = [0, 5].map(
      (layer) => attentionAt(describeDecoder(published('gemma-3-1b-pt'), LENGTH), layer).rotary,
    )
    expect(local?.inverseFrequency[64]).toBeCloseTo(10_000 ** -0.5, 12)
    expect(global?.inverseFrequency[64]).toBeCloseTo(1_000_000 ** -0.5, 12)
  })

  test('Mistral: an absent window is 4,096, a null one none', () => {
    const { sliding_window: _, ...absent } = published('Mistral-7B-v0.1')
    expect(windows(absent)[0]).toBe(4096)
    expect(windows(published('Mistral-7B-v0.1', { sliding_window: null }))[0]).toBeNull()
  })

  test('Qwen slides only from max_window_layers on, and only if enabled', () => {
    const enabled = published('Qwen2.5-0.5B', { use_sliding_window: true, max_window_layers: 22 })
    expect(windows(enabled).slice(20)).toEqual([null, null, 32768, 32768])
    expect(windows(published('Qwen2.5-0.5B', { max_window_layers: 0 }))).not.toContain(32768)
  })

  test('GPT-2 divides scores by the block number when told to', () => {
    const config = published('gpt2', { scale_attn_by_inverse_layer_idx: true })
    expect(attentionAt(describeDecoder(config, LENGTH), 3).scale).toBeCloseTo(1 / 8 / 4, 12)
  })

  test('longrope: short factors up to the original length, long ones beyond; cos and sin are scaled', () => {
    const factors = Array.from({ length: 48 }, () => 1)
    const scaling = { type: 'longrope', short_factor: factors, long_factor: factors.map(() => 8) }
    const config = published('Phi-3.5-mini-instruct', { rope_scaling: scaling })
    const first = (length: number) => attentionAt(describeDecoder(config, length), 0).rotary
    expect(first(4096)?.inverseFrequency[0]).toBe(1)
    expect(first(4097)?.inverseFrequency[0]).toBe(1 / 8)
    expect(first(8)?.amplitude).toBeCloseTo(Math.sqrt(1 + Math.log(32) / Math.log(4096)), 12)
  })
})

describe('what Gemma 3n and 4 have beside', () => {
  test('Gemma 4: the last blocks read the keys of the last one of their kind, and their MLPs are twice as wide', () => {
    const layers = Array.from({ length: 10 }, (_, i) =>
      i % 5 === 4 ? 'full_attention' : 'sliding_attention',
    )
    const { spec, weights } = describeDecoder(
      {
        model_type: 'gemma4_text',
        num_hidden_layers: 10,
        layer_types: layers,
        num_kv_shared_layers: 4,
        use_double_wide_mlp: true,
        intermediate_size: 6_144,
        num_key_value_heads: 1,
      },
      LENGTH,
    )
    const attention = spec.blocks.map((block) => attentionOf(block))
    expect(attention.map((own) => own?.keysOf ?? null).slice(5)).toEqual([null, 5, 5, 5, 4])
    expect(attention.map((own) => own?.headSize).slice(3, 6)).toEqual([256, 512, 256])
    expect(spec.blocks.map(({ mlp }) => mlp.size).slice(5, 7)).toEqual([6_144, 12_288])
    expect(weights.blocks[9]?.k).toBeNull()
    // A quarter of 256 pairs turns, as fast as if all did.
    const turned = attention[4]?.rotary?.inverseFrequency ?? []
    expect([turned.length, turned.filter((frequency) => frequency > 0).length]).toEqual([256, 64])
    expect(turned[63]).toBeCloseTo(1e6 ** (-126 / 512), 12)
  })

  test('keys that a block stores and nobody reads are no error, as transformers has it', () => {
    const { config, tensors } = randomModel('gemma4_text', 0)
    const names = [...tensors.keys()]
    const last = `model.layers.${describeDecoder(config, 12).spec.blocks.length - 1}.self_attn`
    const more = ['k_proj.weight', 'v_proj.weight', 'k_norm.weight'].map((name) => `${last}.${name}`)
    expect(names).not.toContain(more[0])
    expect(describeDecoder(config, 12, new Set([...names, ...more])).warnings).toEqual([])
    const wrong = new Set([...names, `${last}.w_proj.weight`])
    expect(() => describeDecoder(config, 12, wrong)).toThrow(/w_proj/)
  })

  test('Gemma 3n lets through gate values above the 95th percentile of a normal distribution', () => {
    const { spec } = describeDecoder({ model_type: 'gemma3n_text' }, LENGTH)
    expect(spec.blocks).toHaveLength(35)
    expect(spec.blocks[9]?.mlp.cutAbove).toBeCloseTo(1.6448536269514722, 13)
    expect(spec.blocks[10]?.mlp.cutAbove).toBeUndefined()
    const keysOf = spec.blocks.map((block) => attentionOf(block)?.keysOf ?? null)
    expect([keysOf[19], keysOf[20], keysOf[24]]).toEqual([null, 18, 19])
  })
})

describe('spellings', () => {
  test('rope_parameters of transformers 5 mean the same as rope_theta and rope_scaling of 4', () => {
    const { rope_scaling, rope_theta, ...rest } = published('Llama-3.2-1B')
    if (typeof rope_scaling !== 'object' || rope_scaling === null || rope_theta === undefined)
      throw new Error('changed')
    const newer = { ...rest, rope_parameters: { ...rope_scaling, rope_theta } }
    expect(describeDecoder(newer, LENGTH)).toEqual(describeDecoder(published('Llama-3.2-1B'), LENGTH))
  })

  test('Pythia as transformers 5 saves it', () => {
    const { rotary_pct, rotary_emb_base, torch_dtype, ...rest } = published('pythia-70m-deduped')
    const rope = { rope_type: 'default', rope_theta: 10000, partial_rotary_factor: 0.25 }
    const newer = { ...rest, dtype: torch_dtype ?? null, rope_parameters: rope }
    expect(describeDecoder(newer, LENGTH)).toEqual(describeDecoder(published('pythia-70m-deduped'), LENGTH))
    expect([rotary_pct, rotary_emb_base]).toEqual([0.25, 10000])
  })

  test('absent keys are the defaults of the configuration class', () => {
    const { spec } = describeDecoder({ model_type: 'gemma2' }, LENGTH)
    expect(spec).toEqual(describeDecoder(published('gemma-2-2b'), LENGTH).spec)
  })

  test.each([
    ['gpt2', 'wte.weight', 'h.0.ln_1.weight'],
    ['Llama-3.2-1B', 'embed_tokens.weight', 'layers.0.input_layernorm.weight'],
    ['pythia-70m-deduped', 'embed_in.weight', 'layers.0.input_layernorm.weight'],
    [
      'gemma-3-1b-pt',
      'model.language_model.embed_tokens.weight',
      'model.language_model.layers.0.input_layernorm.weight',
    ],
  ])('%s: the prefix follows from the names', (name, embedding, norm) => {
    const { weights } = describeDecoder(published(name), LENGTH, new Set([embedding]))
    expect(weights.embedding.tensor).toBe(embedding)
    expect(weights.blocks[0]?.preAttention?.gain?.tensor).toBe(norm)
  })

  test('an unknown key is named in a warning', () => {
    const config = published('gemma-2-2b', {
      mystery: 3,
      rope_scaling: { rope_type: 'linear', factor: 2, riddle: 1 },
    })
    expect(describeDecoder(config, LENGTH, new Set(['model.norm.weight'])).warnings).toEqual([
      'config key mystery is not known and was ignored',
      'config key rope_scaling.riddle is not known and was ignored',
    ])
  })

  test('computed buffers are told from weights', () => {
    expect(isIgnoredBuffer('gpt_neox.layers.0.attention.rotary_emb.inv_freq')).toBe(true)
    expect(isIgnoredBuffer('transformer.h.0.attn.masked_bias')).toBe(true)
    expect(isIgnoredBuffer('gpt_neox.layers.0.attention.masked_bias')).toBe(true)
    expect(isIgnoredBuffer('gpt_neox.layers.0.attention.dense.bias')).toBe(false)
    expect(isIgnoredBuffer('transformer.h.0.attn.c_attn.bias')).toBe(false)
  })
})
