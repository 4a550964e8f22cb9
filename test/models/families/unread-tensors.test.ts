/** @file Stored tensors that nothing reads: told in one warning, unless Hugging Face leaves them out as well. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/models/config-reader.ts'
import { describeDecoder } from '../../../src/models/families/index.ts'
import { allRefs } from '../../../src/models/weight-reader.ts'
import { PUBLISHED, published } from './published-configs.ts'

const LENGTH = 16

/** The names that a checkpoint of this config holds, and some more. */
function namesOf(config: JsonObject, more: readonly string[]): ReadonlySet<string> {
  const { weights } = describeDecoder(config, LENGTH)
  return new Set([...[...allRefs(weights), weights.unembedding.weight].map(({ tensor }) => tensor), ...more])
}

function warnings(config: JsonObject, more: readonly string[]): readonly string[] {
  return describeDecoder(config, LENGTH, namesOf(config, more)).warnings
}

describe('refused', () => {
  test('biases that the config switches off', () => {
    const biases = ['q', 'k', 'v', 'o', 'x'].map((name) => `model.layers.0.self_attn.${name}_proj.bias`)
    expect(() => warnings(published('Llama-3.2-1B', { attention_bias: false }), biases)).toThrow(
      `the blocks store tensors that a llama with this config does not have: ${biases.slice(0, 4).join(', ')} and 1 more.`,
    )
  })

  test('norms of another architecture, with the class that the config names', () => {
    const config = published('Llama-3.2-1B', { architectures: ['BitnetForCausalLM'] })
    const norm = 'model.layers.3.self_attn.inner_attn_ln.weight'
    expect(() => warnings(config, [norm])).toThrow(
      /inner_attn_ln\.weight; config\.json names the class BitnetForCausalLM/,
    )
  })

  test('blocks that are stored again under a doubled prefix, as a quantizer left them', () => {
    const twice = ['model.language_model.language_model.layers.0.mlp.up_proj.weight', 'model.embed.weight']
    expect(() => warnings(published('Llama-3.2-1B'), twice)).toThrow(
      '1 tensor of its blocks is stored twice, under two prefixes: model.layers.0.mlp.up_proj.weight and model.language_model.language_model.layers.0.mlp.up_proj.weight.',
    )
  })

  test('scales that divide an activation: without them the next weight is wrong', () => {
    const scales = 'gpt_neox.layers.0.mlp.act.scales'
    expect(() => warnings(published('pythia-70m-deduped'), [scales])).toThrow(scales)
  })
})

describe('warned of', () => {
  test('one tensor, alone, beyond the blocks', () => {
    const strange = 'model.layers.40.input_layernorm.weight'
    expect(warnings(published('Llama-3.2-1B'), [strange])).toEqual([`1 tensor is not read: ${strange}`])
  })

  test.each([
    ['pythia-70m-deduped', { tie_word_embeddings: true }, 'embed_out.weight'],
    ['Llama-3.2-1B', { tie_word_embeddings: true }, 'lm_head.weight'],
    ['gemma-2-2b', {}, 'lm_head.weight'],
  ])('%s: an unembedding that the config ties to the embedding, and that is used', (name, changes, head) => {
    const config = published(name, changes)
    const decoder = describeDecoder(config, LENGTH, namesOf(config, [head]))
    expect(decoder.weights.unembedding.weight.tensor).toBe(head)
    expect(decoder.warnings).toEqual([expect.stringContaining(`${head} is stored and is not the embedding`)])
  })

  test.each([
    [{ architectures: ['LlamaMoeForCausalLM'] }, 'names the class LlamaMoeForCausalLM'],
    [
      { auto_map: { AutoModelForCausalLM: 'modeling_x.LlamaForCausalLM' } },
      'code of its own (modeling_x.LlamaForCausalLM)',
    ],
  ])('classes that are not run: %j', (changes, says) => {
    expect(warnings(published('Llama-3.2-1B', changes), [])).toEqual([expect.stringContaining(says)])
  })
})

describe('not warned of', () => {
  test.each(PUBLISHED)('$name: what its config asks for', ({ config }) => {
    expect(warnings(config, [])).toEqual([])
  })

  test.each([
    ['Llama-3.2-1B', 'model.layers.0.self_attn.rotary_emb.inv_freq'],
    ['pythia-70m-deduped', 'gpt_neox.layers.0.attention.rotary_emb.inv_freq'],
    ['pythia-70m-deduped', 'gpt_neox.layers.0.attention.bias'],
    ['pythia-70m-deduped', 'gpt_neox.layers.0.attention.masked_bias'],
    ['TinyStories-33M', 'transformer.h.0.attn.attention.bias'],
    ['gpt2', 'transformer.h.0.attn.bias'],
    ['Llama-3.2-1B', 'model.layers.0.self_attn.k_scale'],
    ['Llama-3.2-1B', 'model.layers.0.self_attn.k_proj.output_scale'],
    ['Llama-3.2-1B', 'model.layers.0.self_attn.k_proj.input_scale'],
    ['Llama-3.2-1B', 'model.layers.0.self_attn.k_proj.weight.quant_state.bitsandbytes__nf4'],
    ['Llama-3.2-1B', 'model.layers.0.self_attn.k_proj.g_idx'],
    ['gemma-3-1b-pt', 'vision_tower.vision_model.encoder.layers.0.mlp.fc1.weight'],
    ['gemma-3-1b-pt', 'model.multi_modal_projector.mm_input_projection_weight'],
    ['Llama-3.2-1B', 'mtp.layers.0.mlp.up_proj.weight'],
  ])('%s: %s', (name, tensor) => {
    expect(warnings(published(name), [tensor])).toEqual([])
  })
})
