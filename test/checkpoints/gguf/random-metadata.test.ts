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

it.each(GGUF_ARCHITECTURES)(
  '%s: random metadata gives a config or an expected error',
  async (architecture) => {
    const keys = [
      ...KEYS.map((key) => `${architecture}.${key}`),
      ...TOKENIZER_KEYS.map((key) => `tokenizer.ggml.${key}`),
    ]
    const metadata = fc.tuple(...keys.map(() => fc.option(value, { freq: 12 })))
    const tensors = [
      tensor('token_embd.weight', [8, 64]),
      tensor('rope_freqs.weight', [8]),
      tensor('blk.0.attn_q.weight', [64, 64]),
    ]
    await fc.assert(
      fc.asyncProperty(metadata, async (values) => {
        const all: Metadata = { 'general.architecture': text(architecture) }
        for (const [i, field] of values.entries()) if (field !== null) all[keys[i] ?? ''] = field
        try {
          const opened = await openGguf(bytesSource('random.gguf', writeGguf(all, tensors)))
          expect(JSON.stringify(opened.config).length).toBeLessThan(10_000)
          opened.tokenizer()
        } catch (error) {
          expect(error).toBeInstanceOf(SaegateError)
        }
      }),
      { numRuns: 80 },
    )
  },
)
