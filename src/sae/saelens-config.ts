/**
 * @file cfg.json of SAELens, every layout from 2.x to 6.x, as one plain description.
 *
 * 6.0 moved everything about the model into `metadata`; before it the file is flat, and before 3.0 the hook is called
 * `hook_point`. Defaults of old files are those of SAELens' own `handle_config_defaulting`: architecture standard,
 * relu, b_dec applied to the input, no normalisation. What changes the features and is not understood is refused by name.
 */
import { saeConfigInvalid, saeUnsupported } from '../errors/sae.ts'
import { describeJson, isJsonObject, type JsonObject, type JsonValue } from '../sources/json.ts'
import { unknownKeyWarnings } from './saelens-keys.ts'

export interface SaeLensConfig {
  readonly architecture: 'standard' | 'jumprelu'
  /** Null: not said; the tensors decide. */
  readonly d_in: number | null
  readonly d_sae: number | null
  readonly hook: string | null
  readonly applyBDecToInput: boolean
  /** `expected_average_only_in`: a scalar on the input that has to be folded into the weights. */
  readonly scaledInput: boolean
  readonly center: boolean
  readonly positions: 'all' | 'skip-first'
  readonly neuronpedia: string | null
  readonly warnings: readonly string[]
}

/** Read cfg.json. Errors: SAE_CONFIG_INVALID, SAE_UNSUPPORTED. */
export function readSaeLensConfig(file: string, cfg: JsonObject): SaeLensConfig {
  const metadata = isJsonObject(cfg.metadata) ? cfg.metadata : {}
  const about = (key: string): JsonValue => metadata[key] ?? cfg[key] ?? null
  if (about('hook_head_index') !== null)
    throw saeUnsupported(file, 'an autoencoder of a single attention head')
  requireRelu(file, cfg)
  return {
    architecture: readArchitecture(file, cfg),
    d_in: size(file, cfg, 'd_in'),
    d_sae: size(file, cfg, 'd_sae'),
    hook: text(about('hook_name')) ?? text(about('hook_point')),
    applyBDecToInput: flag(file, cfg, 'apply_b_dec_to_input', true),
    scaledInput: readNormalisation(file, cfg),
    center: centersWeights(about('model_from_pretrained_kwargs')),
    positions: skipsFirst(about('exclude_special_tokens'), about('seqpos_slice')) ? 'skip-first' : 'all',
    neuronpedia: text(about('neuronpedia_id')),
    warnings: [...warningsOf(about), ...unknownKeyWarnings(file, cfg)],
  }
}

function readArchitecture(file: string, cfg: JsonObject): 'standard' | 'jumprelu' {
  const architecture = cfg.architecture ?? 'standard'
  if (architecture === 'standard' || architecture === 'jumprelu') return architecture
  throw saeUnsupported(file, `architecture ${JSON.stringify(architecture)}`)
}

/** Before 6.0 the activation was a key of its own, and top-k was an activation. */
function requireRelu(file: string, cfg: JsonObject): void {
  for (const key of ['activation_fn_str', 'activation_fn']) {
    const activation = cfg[key] ?? 'relu'
    if (activation !== 'relu') throw saeUnsupported(file, `${key} ${JSON.stringify(activation)}`)
  }
}

/** True: the input is scaled by a number that is not in cfg.json. Old files say true and false. */
function readNormalisation(file: string, cfg: JsonObject): boolean {
  const value = cfg.normalize_activations ?? 'none'
  if (value === 'none' || value === false) return false
  if (value === 'expected_average_only_in' || value === true) return true
  throw saeUnsupported(file, `normalize_activations ${JSON.stringify(value)}`)
}

/** Trained on a model whose writing weights were centred: its residual has no mean over d_model. */
function centersWeights(kwargs: JsonValue): boolean {
  return isJsonObject(kwargs) && kwargs.center_writing_weights === true
}

/** Trained without special tokens (true, or a list of ids), or without position 0 ([start, stop, step]). */
function skipsFirst(excluded: JsonValue, slice: JsonValue): boolean {
  const withoutSpecial = excluded === true || (Array.isArray(excluded) && excluded.length > 0)
  const start = Array.isArray(slice) ? slice[0] : null
  return withoutSpecial || (typeof start === 'number' && start >= 1)
}

function warningsOf(about: (key: string) => JsonValue): string[] {
  const slice = about('seqpos_slice')
  const [start = null, ...rest] = Array.isArray(slice) ? slice : []
  const narrower =
    (typeof start === 'number' && start > 1) || rest.some((bound) => bound !== null && bound !== 1)
  if (!narrower) return []
  return [
    `It was trained on positions ${JSON.stringify(slice)} of each context only; others are counted all the same.`,
  ]
}

function size(file: string, cfg: JsonObject, key: 'd_in' | 'd_sae'): number | null {
  const value = cfg[key] ?? null
  if (value === null) return null
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  throw saeConfigInvalid(file, key, JSON.stringify(value).slice(0, 80), 'a positive whole number')
}

function flag(file: string, cfg: JsonObject, key: string, otherwise: boolean): boolean {
  const value = cfg[key] ?? otherwise
  if (typeof value === 'boolean') return value
  throw saeConfigInvalid(file, key, describeJson(value), 'true or false')
}

function text(value: JsonValue): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
