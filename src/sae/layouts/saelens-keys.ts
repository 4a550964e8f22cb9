/**
 * @file Keys of cfg.json that are known: what `readSaeLensConfig` reads, what says where a dictionary comes from, and what
 * steered its training. A key beyond these may change the features, so it is named in a warning.
 *
 * Source: SAEConfig, SAEMetadata and the runner configs of SAELens 1.x to 6.x; until 2.x the whole runner config was written
 * into cfg.json. Training keys are known by their first words, because every version adds some. `metadata` of 6.x is left
 * out: SAELens lets anything be written there, and nothing there is part of the encoder.
 */
import type { JsonObject } from '../../sources/json.ts'

const READ = [
  'architecture',
  'd_in',
  'd_sae',
  'activation_fn',
  'activation_fn_str',
  'activation_fn_kwargs',
  'apply_b_dec_to_input',
  'normalize_activations',
  'finetuning_scaling_factor',
  'hook_name',
  'hook_point',
  'hook_head_index',
  'hook_point_head_index',
  'model_from_pretrained_kwargs',
  'exclude_special_tokens',
  'seqpos_slice',
  'neuronpedia_id',
  'metadata',
]

/** About the model, the data and the file; the features are the same without them. */
const ORIGIN = [
  'dtype',
  'device',
  'type',
  'seed',
  'verbose',
  'resume',
  'streaming',
  'context_size',
  'prepend_bos',
  'tokenizer_name',
  'reshape_activations',
  'd_out',
  'k',
  'rescale_acts_by_decoder_norm',
  'uses_scaling_factor',
  'use_error_term',
  'expansion_factor',
  'from_pretrained_path',
  'is_dataset_tokenized',
  'sparsity',
  'release',
  'sae_id',
  'sae',
  'logger',
  'name',
  'id',
  'license',
  'base_model',
]

/** First words of keys that steer training, logging, evaluation and the cache of activations, or name the hook again. */
const BY_FIRST_WORD =
  /^(?:sae_lens|hook|llm|prefetch|use_chat|model|dataset|disable_concat|sequence_separator|use_cached|cached|use_ghost|total|training|train|finetuning|feature|dead|resample|resampling|l0|l1|l2|lp|lr|mse|aux|pre_act|sparsity|scale_sparsity|jumprelu|topk|batchtopk|matryoshka|adam|optimizer|max_grad|b_dec_init|init|decoder_init|decoder_orthogonal|decoder_heuristic|normalize_sae_decoder|noise|n|num|eval|run|log|wandb|hf|autocast|compile|sae_compilation|compilation|checkpoint|save|output|resume|act_store|activations_mixing|activations_store|store|tokens_per|min|use_sparsity|use_wandb|push_to_hub)(?:_|$)/

const KNOWN: ReadonlySet<string> = new Set([...READ, ...ORIGIN])

/** Keys shown in the warning; the others are counted. */
const SHOWN_KEYS = 8

/** One warning that names the keys which nobody knows; none where all are known. */
export function unknownKeyWarnings(file: string, cfg: JsonObject): readonly string[] {
  const unknown = Object.keys(cfg).filter((key) => !KNOWN.has(key) && !BY_FIRST_WORD.test(key))
  if (unknown.length === 0) return []
  const shown = unknown.slice(0, SHOWN_KEYS).map((key) => JSON.stringify(key).slice(0, 60))
  const more = unknown.length > SHOWN_KEYS ? ` and ${unknown.length - SHOWN_KEYS} more` : ''
  const [keys, were] =
    unknown.length === 1 ? ['the key', 'is not known and was'] : ['the keys', 'are not known and were']
  return [`${file}: ${keys} ${shown.join(', ')}${more} ${were} ignored`]
}
