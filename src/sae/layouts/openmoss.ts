/**
 * @file OpenMOSS: Llama Scope (`hyperparams.json`, `checkpoints/final.safetensors`, arXiv 2410.20526), Llama Scope R1 and what followed
 * (`config.json`, `sae_weights.safetensors`).
 *
 * encoder.weight (d_sae, d_in), encoder.bias, decoder.weight (d_out, d_sae), decoder.bias, or W_E, b_E, W_D, b_D as they are multiplied.
 * norm_activation dataset-wise: rows are scaled to a mean norm of √d, by √d / norm; the norms are in the config, in tensors
 * dataset_average_activation_norm.HOOK, or known of the release. θ is jump_relu_threshold for all features, or
 * exp(log_jumprelu_threshold). With sparsity_include_decoder_norm it is z · ‖W_dec row‖ that is held against θ: the norm goes into
 * the encoder here and out of the decoder. SAELens leaves that out and scales θ; this follows OpenMOSS' own loader.
 */
import { saeConfigInvalid, saeScaleMissing, saeUnsupported } from '../../errors/sae.ts'
import { isJsonObject, type JsonObject, type JsonValue, readJsonObject } from '../../sources/json.ts'
import {
  type Dictionary,
  decoderNorms,
  type EncoderWeights,
  NO_CLAIMS,
  type ReadFeatures,
} from '../dictionary.ts'
import { type FoundWeights, folderOf, named, type SaeFormat } from '../format.ts'
import { multiply, readScaledColumns, readTimes, readUnitRows, scaleColumns } from '../forms.ts'
import { knownRelease } from '../known/releases.ts'
import { LINEAR_NAMES, namedDecoder, namedEncoder, readNamed, type TensorNames } from '../named-tensors.ts'
import { dictionaryOf, type ReadWeights } from '../parts.ts'
import { chooseHook, hookAt, pathsOf, placeOf } from '../place.ts'
import { rowRule } from '../row-rule.ts'
import { readShaped, type SaeSize, type SaeTensors, type WeightsFile, withTensors } from '../weights.ts'

const MULTIPLIED: TensorNames = {
  W_enc: { name: 'W_E', stored: 'as wanted' },
  b_enc: 'b_E',
  W_dec: { name: 'W_D', stored: 'as wanted' },
  b_dec: ['b_D'],
}

export const llamaScope: SaeFormat = {
  name: 'Llama Scope',
  layout: '`checkpoints/final.safetensors`, `hyperparams.json`',
  reads: 'residual, attention and MLP dictionaries (JumpReLU, rows scaled by the dataset’s mean norm)',
  weights: (names) => named(names, 'checkpoints/final.safetensors'),
  open: (found) => open(found, `${folderOf(found.weights).replace(/checkpoints\/$/, '')}hyperparams.json`),
}

export const openMoss: SaeFormat = {
  name: 'Llama Scope R1, Llama-Scope-2',
  layout: '`sae_weights.safetensors`, `config.json`',
  reads: 'ReLU, JumpReLU and top-k dictionaries, transcoders',
  weights: (names) =>
    named(names, 'sae_weights.safetensors').filter((name) => {
      const folder = folderOf(name)
      return names.includes(`${folder}config.json`) && !names.includes(`${folder}cfg.json`)
    }),
  open: (found) => open(found, `${folderOf(found.weights)}config.json`),
}

/** What the config says of how activations are made. */
interface Described {
  readonly cfg: JsonObject
  readonly place: string
  readonly hookIn: string
  readonly hookOut: string
  /** Of a release whose folder has no norms. */
  readonly knownScale: number | null
}

async function open(found: FoundWeights, configName: string): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const place = placeOf(files, configName)
  const cfg = await readJsonObject(files, configName)
  for (const key of ['use_glu_encoder', 'apply_decoder_bias_to_pre_encoder'])
    if (cfg[key] === true) throw saeUnsupported(place, key)
  if (typeof cfg.sae_type === 'string' && cfg.sae_type !== 'sae')
    throw saeUnsupported(place, `sae_type ${JSON.stringify(cfg.sae_type)}`)
  const reads = chooseHook(config, text(cfg.hook_point_in), place)
  const hookIn = text(cfg.hook_point_in) ?? ''
  const hookOut = text(cfg.hook_point_out) ?? hookIn
  const knownScale = knownRelease(pathsOf(found))?.scale ?? null
  const described = { cfg, place, hookIn, hookOut, knownScale }
  const file = { files, name, config: configName }
  const { weights, W_dec } = await withTensors(file, (tensors) => readWeights(tensors, file, described))
  const { encoder } = weights
  const isTranscoder = config.hook === null && hookOut !== hookIn
  return await dictionaryOf(found, {
    architecture:
      encoder.activatesBy !== 'feature' ? 'topk' : encoder.threshold === null ? 'standard' : 'jumprelu',
    reads,
    ...(isTranscoder ? { predicts: hookAt(hookOut, place) } : {}),
    weights,
    claims: NO_CLAIMS,
    W_dec,
  })
}

const namesOf = ({ table }: SaeTensors): TensorNames => (table.entries.has('W_E') ? MULTIPLIED : LINEAR_NAMES)
const includesNorm = (cfg: JsonObject): boolean => cfg.sparsity_include_decoder_norm === true

/** What rows are multiplied by before they are encoded, and what is rebuilt divided by. */
interface Scales {
  readonly input: number
  readonly output: number
}

async function readWeights(
  tensors: SaeTensors,
  file: WeightsFile,
  described: Described,
): Promise<{ weights: ReadWeights; W_dec: ReadFeatures }> {
  const names = namesOf(tensors)
  const { size, b_enc, b_dec } = await readNamed(tensors, names)
  const scales = await readScales(tensors, described, { d_in: size.d_in, d_out: b_dec.length })
  const stored = namedDecoder(file, names, { size, b_dec })
  let W_enc = readTimes(namedEncoder(file, names, size), scales.input)
  let W_dec = stored
  if (includesNorm(described.cfg)) {
    const norms = await decoderNorms({ b_dec, d_sae: size.d_sae, W_dec: stored })
    W_enc = readScaledColumns(W_enc, norms)
    scaleColumns(b_enc, norms)
    W_dec = readUnitRows(stored, norms)
  }
  multiply(b_dec, 1 / scales.output)
  const encoder = await readActivation(tensors, described, { W_enc, b_enc, d_in: size.d_in })
  return { weights: { size, encoder, b_dec }, W_dec: readTimes(W_dec, 1 / scales.output) }
}

async function readActivation(
  tensors: SaeTensors,
  { cfg, place }: Described,
  { W_enc, b_enc, d_in }: Pick<EncoderWeights, 'W_enc' | 'b_enc'> & Pick<SaeSize, 'd_in'>,
): Promise<EncoderWeights> {
  const d_sae = b_enc.length
  const plain = { activatesBy: 'feature', W_enc, b_enc, threshold: null } as const
  const name = text(cfg.act_fn)?.toLowerCase() ?? 'jumprelu'
  if (name === 'relu') return plain
  if (name === 'topk')
    return { ...plain, activatesBy: rowRule({ file: place, key: 'top_k' }, 'topk', cfg.top_k, d_sae) }
  if (name !== 'jumprelu') throw saeUnsupported(place, `act_fn ${JSON.stringify(cfg.act_fn)}`)
  if (typeof cfg.jump_relu_threshold === 'number')
    return { ...plain, threshold: new Float32Array(d_sae).fill(cfg.jump_relu_threshold) }
  const stored =
    ['log_jumprelu_threshold', 'activation_function.log_jumprelu_threshold'].find((key) =>
      tensors.table.entries.has(key),
    ) ?? 'log_jumprelu_threshold'
  const size = { d_in, d_sae }
  return { ...plain, threshold: (await readShaped(tensors, stored, [d_sae], size)).map(Math.exp) }
}

async function readScales(
  tensors: SaeTensors,
  { cfg, place, hookIn, hookOut, knownScale }: Described,
  { d_in, d_out }: { readonly d_in: number; readonly d_out: number },
): Promise<Scales> {
  const how = cfg.norm_activation ?? 'dataset-wise'
  if (how === 'inference') return { input: 1, output: 1 }
  if (how !== 'dataset-wise') throw saeUnsupported(place, `norm_activation ${JSON.stringify(how)}`)
  const norms = isJsonObject(cfg.dataset_average_activation_norm) ? cfg.dataset_average_activation_norm : {}
  const normAt = async (hook: string, side: 'in' | 'out'): Promise<number | null> => {
    const inConfig = norms[side] ?? norms[hook]
    if (inConfig !== undefined) return positive(place, 'dataset_average_activation_norm', inConfig)
    const name = `dataset_average_activation_norm.${hook}`
    const shape = tensors.table.entries.get(name)?.shape
    if (shape === undefined) return null
    const [stored = 0] = await readShaped(tensors, name, shape.length === 0 ? [] : [1], {
      d_in,
      d_sae: d_out,
    })
    return positive(tensors.file, name, stored)
  }
  const [normIn, normOut] = [await normAt(hookIn, 'in'), await normAt(hookOut, 'out')]
  const input = normIn === null ? knownScale : Math.sqrt(d_in) / normIn
  if (input === null) throw saeScaleMissing(place)
  return { input, output: normOut === null ? input : Math.sqrt(d_out) / normOut }
}

function positive(file: string, key: string, value: JsonValue): number {
  if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return value
  throw saeConfigInvalid(file, key, JSON.stringify(value).slice(0, 80), 'a positive number')
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
