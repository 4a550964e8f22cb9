/** @file Configs that are refused, each with the key, the value found and the values allowed; and that nothing else happens. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SaegateError } from '../../../src/errors/problem.ts'
import type { JsonObject, JsonValue } from '../../../src/models/config-reader.ts'
import { describeDecoder, knownFamilies } from '../../../src/models/families/index.ts'
import { PUBLISHED, published } from './published-configs.ts'

const LENGTH = 512

/** The failure of a config, as `CODE message`. */
function refusal(config: JsonObject, length = LENGTH): string {
  try {
    describeDecoder(config, length)
  } catch (error) {
    if (error instanceof SaegateError) return `${error.code} ${error.message}`
    throw error
  }
  return 'nothing'
}

/** A published config, what is changed in it, and what the message says. */
const REFUSED: readonly (readonly [string, JsonObject, string])[] = [
  ['gpt2', { model_type: 'mumble' }, 'FAMILY_UNKNOWN model config: model_type is "mumble"'],
  ['gpt2', { model_type: 'mamba' }, 'FAMILY_REFUSED model config: model_type is "mamba"'],
  ['gpt2', { model_type: 7 }, 'FAMILY_UNKNOWN model config: model_type is 7'],
  ['gpt2', { activation_function: 'mish' }, 'activation_function is "mish"; allowed: gelu,'],
  ['gpt2', { n_head: 7 }, 'n_head is 7; allowed: a divisor of the hidden size 768'],
  ['gpt2', { add_cross_attention: true }, 'add_cross_attention is true; allowed: false'],
  ['gpt2', { n_layer: 0 }, 'n_layer is 0; allowed: an integer from 1 to 1024'],
  ['gpt2', { n_embd: 1e12 }, 'n_embd is 1000000000000'],
  ['gpt2', { vocab_size: '50257' }, 'vocab_size is "50257"'],
  ['gpt2', { layer_norm_epsilon: -1 }, 'layer_norm_epsilon is -1'],
  ['gpt2', { tie_word_embeddings: 'yes' }, 'tie_word_embeddings is "yes"; allowed: true, false'],
  ['TinyStories-33M', { attention_types: [[['global', 'sideways'], 2]] }, 'attention_types is'],
  ['TinyStories-33M', { attention_types: [[['global'], 1e15]] }, 'attention_types is'],
  ['TinyStories-33M', { attention_layers: ['local', 'local', 'local', 'local'] }, 'attention_layers is'],
  [
    'pythia-70m-deduped',
    { rotary_pct: 0.08 },
    'rotary_pct is 0.08; allowed: a value that rotates an even number',
  ],
  ['pythia-70m-deduped', { hidden_size: 513 }, 'num_attention_heads is 8; allowed: a divisor'],
  ['Llama-3.2-1B', { num_key_value_heads: 5 }, 'num_key_value_heads is 5; allowed: a divisor of the 32'],
  ['Llama-3.2-1B', { head_dim: 63 }, 'head_dim is 63'],
  [
    'Llama-3.2-1B',
    { rope_scaling: { rope_type: 'mrope' } },
    'rope_scaling.rope_type is "mrope"; allowed: default,',
  ],
  [
    'Llama-3.2-1B',
    { rope_scaling: { rope_type: 'linear' } },
    'CONFIG_KEY_MISSING model config: rope_scaling.factor',
  ],
  ['Llama-3.2-1B', { rope_scaling: { rope_type: 'linear', factor: 0 } }, 'rope_scaling.factor is 0'],
  [
    'Llama-3.2-1B',
    { rope_scaling: { type: 'yarn', rope_type: 'linear', factor: 2 } },
    'rope_scaling.type is "yarn"',
  ],
  ['Llama-3.2-1B', { rope_scaling: [] }, 'rope_scaling is []; allowed: an object'],
  ['Llama-3.2-1B', { partial_rotary_factor: 0.5 }, 'partial_rotary_factor is 0.5; allowed: 1'],
  ['Mistral-7B-v0.1', { attention_bias: true }, 'attention_bias is true; allowed: false'],
  ['Qwen2.5-0.5B', { use_mrope: true }, 'use_mrope is true'],
  ['Qwen3-0.6B', { layer_types: Array(28).fill('sliding_attention') }, 'use_sliding_window is false'],
  [
    'gemma-2-2b',
    { layer_types: ['sliding_attention'] },
    'layer_types is ["sliding_attention"]; allowed: a list of 26',
  ],
  ['gemma-2-2b', { layer_types: Array(26).fill('chunked_attention') }, 'layer_types is'],
  ['gemma-2-2b', { sliding_window: null }, 'sliding_window is null'],
  ['gemma-2-2b', { use_bidirectional_attention: true }, 'use_bidirectional_attention is true'],
  ['gemma-2-2b', { query_pre_attn_scalar: 0 }, 'query_pre_attn_scalar is 0'],
  ['gemma-3-1b-pt', { attn_logit_softcapping: 50 }, 'attn_logit_softcapping is 50; allowed: null'],
  ['gemma-3-1b-pt', { model_type: 'gemma3' }, 'text_config is null; allowed: an object'],
  ['Mistral-7B-v0.1', { model_type: 'mistral3' }, 'text_config is null; allowed: an object'],
  [
    'Mistral-Small-3.1-24B-Base-2503',
    { text_config: { model_type: 'mistral4' } },
    'text_config.model_type is "mistral4"; allowed: mistral, ministral3',
  ],
  [
    'Mistral-Small-3.1-24B-Base-2503',
    { tie_word_embeddings: true },
    'tie_word_embeddings is true; allowed: false',
  ],
  [
    'Phi-4-mini-instruct',
    { rope_scaling: { type: 'su', short_factor: [1], long_factor: [1] } },
    'short_factor is [1]',
  ],
  ['granite-3.1-2b-base', { logits_scaling: 0 }, 'logits_scaling is 0; allowed: a number from'],
  ['c4ai-command-r7b-12-2024', { use_qk_norm: true }, 'use_qk_norm is true; allowed: false'],
  ['falcon-7b', { alibi: true }, 'alibi is true; allowed: false'],
  ['falcon-7b', { num_ln_in_parallel_attn: 2 }, 'num_ln_in_parallel_attn is 2; allowed: 1'],
  ['falcon-40b', { num_kv_heads: 7 }, 'num_kv_heads is 7; allowed: a divisor of the 128 query heads'],
  ['falcon-40b', { parallel_attn: false }, 'parallel_attn is false; allowed: true with'],
  ['Mixtral-8x7B-v0.1', { num_local_experts: 5000 }, 'num_local_experts is 5000; allowed: an integer'],
  [
    'Mixtral-8x7B-v0.1',
    { num_hidden_layers: 1024, num_local_experts: 4096 },
    'num_local_experts is 4096; allowed: at most 131072',
  ],
  [
    'Mixtral-8x7B-v0.1',
    { num_experts_per_tok: 9 },
    'num_experts_per_tok is 9; allowed: an integer from 1 to 8',
  ],
  ['Qwen1.5-MoE-A2.7B', { use_sliding_window: true }, 'use_sliding_window is true; allowed: false'],
  ['Qwen3-30B-A3B', { mlp_only_layers: [0, 'x'] }, 'mlp_only_layers is [0,"x"]; allowed: a list of blocks'],
  ['gpt-oss-20b', { swiglu_limit: 5 }, 'swiglu_limit is 5; allowed: 7'],
  ['gpt-oss-20b', { experts_per_token: 2 }, 'experts_per_token is 2; allowed: 4'],
  ['gpt-oss-20b', { rope_scaling: null }, 'rope_scaling is null; allowed: an object'],
  ['Phi-3.5-MoE-instruct', { num_experts_per_tok: 1 }, 'num_experts_per_tok is 1; allowed: 2'],
  [
    'Phi-3.5-MoE-instruct',
    { rope_scaling: { type: 'longrope', short_factor: [1], long_factor: [1] } },
    'short_factor is [1]',
  ],
  ['c4ai-command-r7b-12-2024', { layer_switch: 2 }, 'layer_switch is 2; allowed: 4'],
  ['OLMo-1B-hf', { clip_qkv: 8 }, 'clip_qkv is 8; allowed: null'],
  ['Phi-4-mini-instruct', { lm_head_bias: true }, 'lm_head_bias is true; allowed: false'],
]

describe('refused, naming the key', () => {
  test.each(REFUSED)('%s with %o', (name, changes, message) => {
    expect(refusal(published(name, changes))).toContain(message)
  })

  test.each([
    { hidden_act: 'mish' },
    { model_type: 'mumble' },
    { rope_scaling: { rope_type: 'linear' } },
    { max_position_embeddings: 8 },
  ])('%o: whose config it is', (change) => {
    const config = published('Llama-3.2-1B', change)
    expect(() => describeDecoder(config, LENGTH, new Set(), './models/int4')).toThrow(
      /^\.\/models\/int4: model config: /,
    )
  })

  test('a sequence longer than the positions', () => {
    expect(refusal(published('gpt2'), 1025)).toContain('SEQUENCE_TOO_LONG')
    expect(refusal(published('gpt2'), 1024)).toBe('nothing')
  })
})

test('any JSON at all is described or refused, never a crash', () => {
  const keys = [...new Set(PUBLISHED.flatMap(({ config }) => Object.keys(config)))]
  const value: fc.Arbitrary<JsonValue> = fc.oneof(
    fc.constantFrom<JsonValue>(
      null,
      true,
      false,
      0,
      1,
      2,
      8,
      1e300,
      -1,
      0.5,
      'gelu',
      'default',
      '__proto__',
      {},
      [],
    ),
    fc.integer(),
    fc.record({ rope_type: fc.constantFrom('linear', 'yarn', 'longrope', 'llama3'), factor: fc.integer() }),
    fc.array(fc.constantFrom<JsonValue>('sliding_attention', 'local', 3, [['global'], 2]), { maxLength: 4 }),
  )
  const config = fc.record({
    model_type: fc.constantFrom(...knownFamilies),
    rest: fc.dictionary(fc.constantFrom(...keys, '__proto__', 'constructor'), value, { maxKeys: 6 }),
  })
  fc.assert(
    fc.property(config, ({ model_type, rest }) => {
      expect(refusal({ ...rest, model_type }, 16)).toBeTypeOf('string')
    }),
    { numRuns: 300 },
  )
})
