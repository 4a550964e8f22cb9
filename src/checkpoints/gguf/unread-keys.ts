/**
 * @file Metadata keys of the file's architecture that its family did not ask for.
 *
 * Source: gguf's constants.py (`Keys`); llama.cpp, src/llama-model.cpp and llama-arch.cpp. A key that is known to change the
 * computation, and has another value than the one that changes nothing, is refused: run without it, the model would be
 * another one. Keys that say nothing of the forward pass are passed over; all others are warned of, a window too where
 * llama.cpp runs the architecture without.
 */
import { ggufModelUnsupported } from '../../errors/gguf.ts'
import type { GgufModel } from './families/family.ts'
import type { GgufValue } from './metadata.ts'

/** Key → the value by which nothing is changed; null: there is none. */
const CHANGING: ReadonlyMap<string, number | boolean | null> = new Map<string, number | boolean | null>([
  ['logit_scale', 1],
  ['residual_scale', 1],
  ['embedding_scale', 1],
  ['attn_logit_softcapping', 0],
  ['final_logit_softcapping', 0],
  ['attention.scale', 0],
  ['attention.output_scale', 1],
  ['attention.sliding_window_pattern', null],
  ['attention.max_alibi_bias', 0],
  ['attention.clamp_kqv', 0],
  ['attention.causal', true],
  ['attention.shared_kv_layers', 0],
  ['attention.temperature_scale', 0],
  ['attention.temperature_length', 0],
  ['attention.key_length_mla', null],
  ['attention.value_length_mla', null],
  ['attention.q_lora_rank', 0],
  ['attention.kv_lora_rank', 0],
  ['rope.scaling.alpha', 0],
  ['rope.scaling.attn_factor', 1],
  ['rope.scaling.yarn_ext_factor', 1],
  ['rope.scaling.yarn_attn_factor', 1],
  ['rope.scaling.yarn_log_multiplier', 0],
  ['rope.freq_base_swa', null],
  ['rope.dimension_count_swa', null],
  ['rope.dimension_sections', null],
  ['activation_sparsity_scale', 0],
  ['swin_norm', false],
  ['interleave_moe_layer_step', 0],
  ['leading_dense_block_count', 0],
])

const HARMLESS: ReadonlySet<string> = new Set([
  'vocab_size',
  'context_length',
  'tensor_data_layout',
  'expert_used_count',
  'rope.scaling.type',
  'rope.scaling.factor',
  'rope.scale_linear',
  'rope.scaling.finetuned',
  'rope.scaling.original_context_length',
  'attention.layer_norm_epsilon',
  'attention.layer_norm_rms_epsilon',
  'attention.value_length',
  'rope.dimension_count',
  'rope.freq_base',
  'use_parallel_residual',
])

/** Warnings, one per key. Errors: GGUF_MODEL_UNSUPPORTED for one that changes the computation. */
export function unreadKeyWarnings({ file, metadata }: GgufModel): readonly string[] {
  const warnings: string[] = []
  for (const [name, value] of metadata.unread()) {
    if (HARMLESS.has(name)) continue
    const key = `${metadata.architecture}.${name}`
    const neutral = CHANGING.get(name)
    if (neutral === undefined) warnings.push(`${file}: the metadata key ${key} is not known and was ignored`)
    else if (!isNeutral(value, neutral)) {
      const reason = `${key} changes its computation, and is not known of this architecture`
      throw ggufModelUnsupported(file, reason)
    }
  }
  return warnings
}

function isNeutral(value: GgufValue, neutral: number | boolean | null): boolean {
  return neutral !== null && Number(value) === Number(neutral)
}
