import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { GGUF_ARCHITECTURES } from '../../../src/checkpoints/gguf/families/index.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { SaegateError } from '../../../src/errors/problem.ts'
import { tensor } from './small-files.ts'
import { bool, f32, f32s, i32s, type Metadata, text, texts, u32, writeGguf } from './writer.ts'

const KEYS = [
  'context_length',
  'embedding_length',
  'block_count',
  'feed_forward_length',
  'attention.head_count',
  'attention.head_count_kv',
  'attention.key_length',
  'attention.layer_norm_rms_epsilon',
  'attention.layer_norm_epsilon',
  'attention.sliding_window',
  'attention.sliding_window_pattern',
  'rope.dimension_count',
  'rope.freq_base',
  'rope.scaling.type',
  'rope.scaling.factor',
  'rope.scaling.original_context_length',
  'use_parallel_residual',
  'expert_count',
  'expert_used_count',
  'expert_feed_forward_length',
  'full_attention_interval',
  'nextn_predict_layers',
  'ssm.conv_kernel',
  'ssm.group_count',
  'ssm.inner_size',
  'ssm.state_size',
  'ssm.time_step_rank',
]
const TOKENIZER_KEYS = [
  'model',
  'pre',
  'tokens',
  'merges',
  'scores',
  'token_type',
  'bos_token_id',
  'eos_token_id',
]

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(1, 2, 4, 16, 64).map(u32) },
  fc.nat().map(u32),
  fc.constantFrom(2 ** 32 - 1, 2 ** 31 - 1, 0).map(u32),
  fc.float().map(f32),
  fc.boolean().map(bool),
  fc.constantFrom('linear', 'yarn', 'gpt2', 'llama', 'llama-bpe', '').map(text),
  fc.array(fc.string({ maxLength: 6 }), { maxLength: 6 }).map(texts),
  fc.array(fc.integer(), { maxLength: 6 }).map(i32s),
  fc.array(fc.float(), { maxLength: 6 }).map(f32s),
)

/** Sizes of delta nets, and of the expert beside the others. */
const DELTA: Metadata = {
  'ssm.conv_kernel': u32(4),
  'ssm.group_count': u32(2),
  'ssm.inner_size': u32(64),
  'ssm.state_size': u32(16),
  'ssm.time_step_rank': u32(4),
  expert_shared_feed_forward_length: u32(16),
}

/** What every architecture can be opened with, so that a few changed values reach deep. */
function sound(architecture: string): Metadata {
  const keys: Metadata = {
    context_length: u32(128),
    embedding_length: u32(64),
    block_count: u32(1),
    feed_forward_length: u32(96),
    'attention.head_count': u32(4),
    'attention.layer_norm_rms_epsilon': f32(1e-5),
    'attention.layer_norm_epsilon': f32(1e-5),
    expert_used_count: u32(2),
    expert_feed_forward_length: u32(16),
    // Others would be models with windows.
    ...(architecture === 'gpt-oss' ? { 'attention.sliding_window': u32(4) } : {}),
    ...(/^qwen3(?:5|next)/.test(architecture) ? DELTA : {}),
  }
  const named = Object.entries(keys).map(([key, field]) => [`${architecture}.${key}`, field])
  return { 'general.architecture': text(architecture), ...Object.fromEntries(named) }
}

it.each(GGUF_ARCHITECTURES)(
  '%s: changed metadata gives a config or an expected error',
  async (architecture) => {
    const keys = [
      ...KEYS.map((key) => `${architecture}.${key}`),
      ...TOKENIZER_KEYS.map((key) => `tokenizer.ggml.${key}`),
    ]
    const tensors = [tensor('token_embd.weight', [8, 64]), tensor('output_norm.weight', [64])]
    const open = (metadata: Metadata) => openGguf(bytesSource('random.gguf', writeGguf(metadata, tensors)))
    expect((await open(sound(architecture))).tensors.entries.size).toBe(2)
    const changes = fc.array(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        try {
          const opened = await open({ ...sound(architecture), ...Object.fromEntries(changed) })
          expect(JSON.stringify(opened.config).length).toBeLessThan(10_000)
          opened.tokenizer()
        } catch (error) {
          expect(error).toBeInstanceOf(SaegateError)
        }
      }),
      { numRuns: 150 },
    )
  },
)
