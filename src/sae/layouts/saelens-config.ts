/**
 * @file cfg.json of SAELens, every layout from 2.x to 6.x, as one plain description.
 *
 * 6.0 moved everything about the model into `metadata`; before it the file is flat, and before 3.0 the hook is called
 * `hook_point`. Defaults of old files are those of SAELens' own `handle_config_defaulting`: architecture standard,
 * relu, b_dec applied to the input, no normalisation. What changes the features and is not understood is refused by name.
 */
import { EVERY_POSITION, MOST_SLICED, type PositionSlice } from '../../contract/options/positions.ts'
import { saeConfigInvalid, saeUnsupported } from '../../errors/sae.ts'
import { describeJson, isJsonObject, type JsonObject, type JsonValue } from '../../sources/json.ts'
import type { Claims, InputRows, Untrained } from '../dictionary.ts'
import { unknownKeyWarnings } from './saelens-keys.ts'

/** What the tensors are: `batchtopk` is a training checkpoint's top-k over the batch, which fires above one threshold. */
export type SaeLensEncoder = 'standard' | 'gated' | 'jumprelu' | 'topk' | 'batchtopk'

export interface SaeLensConfig {
  readonly encoder: SaeLensEncoder
  /** Of `topk`. */
  readonly k: number | null
  /** Pre-activations are multiplied by ‖W_dec row‖ before the k largest are chosen, and stay so. */
  readonly rescaledByDecoder: boolean
  readonly isTranscoder: boolean
  readonly hasSkip: boolean
  /** Null: not said; the tensors decide. */
  readonly d_in: number | null
  readonly d_sae: number | null
  readonly hook: string | null
  readonly hookOut: string | null
  readonly applyBDecToInput: boolean
  readonly input: InputRows
  /** `expected_average_only_in`: a scalar on the input that has to be folded into the weights. */
  readonly scaledInput: boolean
  readonly center: boolean
  readonly untrained: Untrained
  readonly neuronpedia: string | null
  readonly claims: Claims
  readonly warnings: readonly string[]
}

/** Read cfg.json. Errors: SAE_CONFIG_INVALID, SAE_UNSUPPORTED. */
export function readSaeLensConfig(file: string, cfg: JsonObject): SaeLensConfig {
  const metadata = isJsonObject(cfg.metadata) ? cfg.metadata : {}
  const about = (key: string): JsonValue => metadata[key] ?? cfg[key] ?? null
  for (const key of ['hook_head_index', 'hook_head_index_out'])
    if (about(key) !== null) throw saeUnsupported(file, 'an autoencoder of a single attention head')
  const { encoder, isTranscoder, hasSkip } = readArchitecture(file, cfg)
  return {
    encoder,
    k: encoder === 'topk' ? readK(file, cfg) : null,
    rescaledByDecoder: flag(file, cfg, 'rescale_acts_by_decoder_norm', false),
    isTranscoder,
    hasSkip,
    d_in: size(file, cfg, 'd_in'),
    d_sae: size(file, cfg, 'd_sae'),
    hook: text(about('hook_name')) ?? text(about('hook_point')),
    hookOut: text(about('hook_name_out')),
    applyBDecToInput: flag(file, cfg, 'apply_b_dec_to_input', !isTranscoder),
    ...readNormalisation(file, cfg),
    center: centersWeights(about('model_from_pretrained_kwargs')),
    untrained: untrainedOf(about),
    neuronpedia: text(about('neuronpedia_id')),
    claims: {
      l0: positive(about('l0')),
      unexplained: unexplained(about('explained_variance')),
      model: text(about('model_name')),
      contextSize: positive(about('context_size')),
    },
    warnings: [...warningsOf(about), ...unknownKeyWarnings(file, cfg)],
  }
}

/** `jumprelu_skip_transcoder`: words before `transcoder` say what the encoder is. */
const TRANSCODERS: Readonly<Record<string, { encoder: SaeLensEncoder; hasSkip: boolean }>> = {
  transcoder: { encoder: 'standard', hasSkip: false },
  skip_transcoder: { encoder: 'standard', hasSkip: true },
  jumprelu_transcoder: { encoder: 'jumprelu', hasSkip: false },
  jumprelu_skip_transcoder: { encoder: 'jumprelu', hasSkip: true },
  topk_transcoder: { encoder: 'topk', hasSkip: false },
}

function readArchitecture(file: string, cfg: JsonObject) {
  const architecture = cfg.architecture ?? 'standard'
  const shown = JSON.stringify(architecture)
  const refusal = saeUnsupported(file, `architecture ${shown}`)
  if (typeof architecture !== 'string') throw refusal
  const transcoder = Object.hasOwn(TRANSCODERS, architecture) ? TRANSCODERS[architecture] : undefined
  if (transcoder !== undefined) return { ...transcoder, isTranscoder: true }
  const encoder = encoderOf(file, cfg, architecture)
  if (encoder === null) throw refusal
  return { encoder, isTranscoder: false, hasSkip: false }
}

/** Before 6.0 the activation was a key of its own, and top-k was an activation. */
function encoderOf(file: string, cfg: JsonObject, architecture: string): SaeLensEncoder | null {
  const activations = ['activation_fn_str', 'activation_fn'].map((key) => ({
    key,
    value: cfg[key] ?? 'relu',
  }))
  const other = activations.find(({ value }) => value !== 'relu')
  const isTopK = architecture === 'standard' && other?.value === 'topk'
  if (other !== undefined && !isTopK && !(architecture === 'topk' && other.value === 'topk'))
    throw saeUnsupported(file, `${other.key} ${JSON.stringify(other.value)}`)
  if (isTopK) return 'topk'
  switch (architecture) {
    case 'standard':
    case 'gated':
    case 'jumprelu':
    case 'topk':
    case 'batchtopk':
      return architecture
    case 'matryoshka_batchtopk':
      return 'batchtopk'
    default:
      return null
  }
}

function readK(file: string, cfg: JsonObject): number {
  const kwargs = isJsonObject(cfg.activation_fn_kwargs) ? cfg.activation_fn_kwargs : {}
  if (kwargs.signed === true) throw saeUnsupported(file, 'top-k of absolute values')
  const k = cfg.k ?? kwargs.k ?? null
  if (typeof k === 'number' && Number.isInteger(k) && k > 0) return k
  throw saeConfigInvalid(file, 'k', JSON.stringify(k).slice(0, 80), 'a positive whole number')
}

/** Old files say true and false. */
function readNormalisation(file: string, cfg: JsonObject): Pick<SaeLensConfig, 'input' | 'scaledInput'> {
  const value = cfg.normalize_activations ?? 'none'
  if (value === 'none' || value === false) return { input: 'plain', scaledInput: false }
  if (value === 'expected_average_only_in' || value === true) return { input: 'plain', scaledInput: true }
  if (value === 'layer_norm' || value === 'constant_norm_rescale') return { input: value, scaledInput: false }
  throw saeUnsupported(file, `normalize_activations ${JSON.stringify(value)}`)
}

/** Trained on a model whose writing weights were centred: its residual has no mean over d_model. */
function centersWeights(kwargs: JsonValue): boolean {
  return isJsonObject(kwargs) && kwargs.center_writing_weights === true
}

type About = (key: string) => JsonValue

/** Trained without special tokens (true, or a list of ids) or on contexts without BOS, and on a slice of each context. */
function untrainedOf(about: About): Untrained {
  const excluded = about('exclude_special_tokens')
  const withoutSpecial = excluded === true || (Array.isArray(excluded) && excluded.length > 0)
  return { outside: trainedSlice(about).slice, bos: withoutSpecial || about('prepend_bos') === false }
}

function warningsOf(about: About): string[] {
  if (trainedSlice(about).isWhole) return []
  return [
    `Its config says it was trained on positions ${JSON.stringify(about('seqpos_slice')).slice(0, 80)} of each context only, and not all of that can be told: it is no slice, or counts from the end of contexts whose context_size is not said. --positions auto then counts positions that it never saw; --positions slice=START:END:STEP says which count.`,
  ]
}

/**
 * `seqpos_slice` is what Python's slice() takes, one to three numbers or nulls, over a context: numbers below 0 count from
 * its end, and a slice that begins there ends where the context does. One that begins at a position and is open has no end: whether longer
 * sequences are in order is asked of every dictionary, with a slice or without (audit/run/claims.ts). Not `isWhole`: more was said than
 * could be understood.
 */
function trainedSlice(about: About): { readonly slice: PositionSlice; readonly isWhole: boolean } {
  const said = about('seqpos_slice')
  if (said === null) return { slice: EVERY_POSITION, isWhole: true }
  const bounds = Array.isArray(said) ? said : []
  const context = positive(about('context_size'))
  const [start, end, step] = bounds.length === 1 ? [null, ...bounds] : bounds
  const from = bound(start, context)
  const isFromEnd = typeof start === 'number' && start < 0
  const to = bound(isFromEnd ? (end ?? context) : end, context)
  const isStep = step === undefined || step === null || isPlainCount(step)
  return {
    slice: { start: from ?? 0, end: to ?? null, step: isStep ? (step ?? 1) : 1 },
    isWhole: bounds.length > 0 && bounds.length <= 3 && from !== undefined && to !== undefined && isStep,
  }
}

/** From a context's start, no larger than a position can be written. Null: there is none; undefined: it cannot be told. */
function bound(value: JsonValue | undefined, context: number | null): number | null | undefined {
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || !Number.isInteger(value)) return undefined
  if (value >= 0) return Math.min(value, MOST_SLICED)
  return context === null ? undefined : Math.min(Math.max(0, Math.floor(context) + value), MOST_SLICED)
}

const isPlainCount = (value: JsonValue): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MOST_SLICED

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

function positive(value: JsonValue): number | null {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : null
}

function unexplained(explained: JsonValue): number | null {
  return typeof explained === 'number' && explained > 0 && explained <= 1 ? 1 - explained : null
}
