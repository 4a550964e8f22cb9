/**
 * @file A SAELens folder: cfg.json beside sae_weights.safetensors.
 *
 * Tensors: W_enc (d_in, d_sae), b_enc (d_sae), W_dec (d_sae, d_out), b_dec (d_out); JumpReLU adds threshold (d_sae), or
 * log_threshold in training checkpoints; gated ones have b_gate, b_mag and r_mag in place of b_enc; training checkpoints of
 * batchtopk have one topk_threshold; skip transcoders have W_skip (d_out, d_in). `activation_scaler.json` {scaling_factor: s}
 * belongs to training checkpoints whose input was scaled by s: it is folded as SAELens does (W_enc · s, W_dec / s, b_dec / s);
 * of older releases only SAELens' registry knows s (known/). `scaling_factor` of old folders and
 * `finetuning_scaling_factor` rescale decoding only and are folded into W_dec.
 */
import { saeConfigInvalid, saeKTooLarge, saeScaleMissing, saeShape } from '../../errors/sae.ts'
import { readJsonObject } from '../../sources/json.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { type Dictionary, decoderNorms, type EncoderWeights, type ReadFeatures } from '../dictionary.ts'
import { type FoundWeights, folderOf, named, type SaeFormat } from '../format.ts'
import {
  gatedAsJumpRelu,
  multiply,
  readScaledColumns,
  readScaledRows,
  readTimes,
  readUnitRows,
  scaleColumns,
  scaledInput,
} from '../forms.ts'
import { type KnownRelease, knownRelease } from '../known/releases.ts'
import { namedDecoder, namedEncoder, type TensorNames } from '../named-tensors.ts'
import { dictionaryOf, type ReadWeights } from '../parts.ts'
import { chooseHook, hookAt, pathsOf, placeOf } from '../place.ts'
import {
  lengthOf,
  readMatrix,
  readShaped,
  type SaeSize,
  type SaeTensors,
  sizeOf,
  type WeightsFile,
  withTensors,
} from '../weights.ts'
import { readSaeLensConfig, type SaeLensConfig } from './saelens-config.ts'
import { storedL0 } from './saelens-sparsity.ts'

const CONFIG = 'cfg.json'
const SCALER = 'activation_scaler.json'
const WEIGHTS = 'sae_weights.safetensors'
const NAMES: Pick<TensorNames, 'W_enc' | 'W_dec'> = {
  W_enc: { name: 'W_enc', stored: 'as wanted' },
  W_dec: { name: 'W_dec', stored: 'as wanted' },
}

export const saeLens: SaeFormat = {
  name: 'SAELens 2 to 6',
  layout: '`sae_weights.safetensors`, `cfg.json`',
  reads:
    'standard, gated, JumpReLU, top-k, BatchTopK and matryoshka, transcoders of these with and without skip; input normalised by layer norm, to a constant norm, or by one factor',
  // Without cfg.json the same file name is OpenMOSS'.
  weights: (names) =>
    named(names, WEIGHTS).filter((name) => {
      const folder = folderOf(name)
      return names.includes(folder + CONFIG) || !names.includes(`${folder}config.json`)
    }),
  open,
}

async function open(found: FoundWeights): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const folder = folderOf(name)
  const place = placeOf(files, folder + CONFIG)
  const cfg = readSaeLensConfig(place, await readJsonObject(files, folder + CONFIG))
  const known = knownRelease(pathsOf(found))
  const reads = chooseHook(config, cfg.hook, place)
  const scale = cfg.scaledInput ? await readScale(files, folder, known) : 1
  const file = { files, name, config: CONFIG }
  const { weights, W_dec } = await withTensors(file, (tensors) => readTensors(tensors, file, { cfg, scale }))
  const { size, b_dec } = weights
  return await dictionaryOf(found, {
    architecture: cfg.encoder === 'batchtopk' ? 'jumprelu' : cfg.encoder,
    reads,
    ...(cfg.isTranscoder && cfg.hookOut !== null ? { predicts: hookAt(cfg.hookOut, place) } : {}),
    weights,
    input: cfg.input,
    applyBDecToInput: cfg.applyBDecToInput,
    center: cfg.center,
    untrained: cfg.untrained,
    neuronpedia: cfg.neuronpedia,
    claims: { ...cfg.claims, l0: cfg.claims.l0 ?? (await storedL0(files, folder, size)) },
    warnings: cfg.warnings,
    W_dec,
    W_skip: () =>
      withTensors(file, async (tensors) => {
        if (!cfg.hasSkip) return null
        const skip = { name: 'W_skip', stored: 'transposed' } as const
        return await readMatrix(tensors, skip, [size.d_in, b_dec.length], size)
      }),
  })
}

/** The config, and what its input was scaled by. */
interface Described {
  readonly cfg: SaeLensConfig
  readonly scale: number
}

async function readTensors(
  tensors: SaeTensors,
  file: WeightsFile,
  { cfg, scale }: Described,
): Promise<{ weights: ReadWeights; W_dec: ReadFeatures }> {
  const size = checkSize(tensors, cfg)
  const d_out = cfg.isTranscoder ? lengthOf(tensors, 'b_dec', size) : size.d_in
  const b_dec = await readShaped(tensors, 'b_dec', [d_out], size)
  let encoder = await readEncoder(tensors, cfg, namedEncoder(file, NAMES, size), size)
  let W_dec = namedDecoder(file, NAMES, { size, b_dec })
  if (cfg.rescaledByDecoder) {
    const norms = await decoderNorms({ b_dec, d_sae: size.d_sae, W_dec })
    encoder = { ...encoder, W_enc: readScaledColumns(encoder.W_enc, norms) }
    scaleColumns(encoder.b_enc, norms)
    W_dec = readUnitRows(W_dec, norms)
  }
  multiply(b_dec, 1 / scale)
  W_dec = await rescaledDecoder(tensors, readTimes(W_dec, 1 / scale), size)
  return { weights: { size, encoder: scaledInput(encoder, scale), b_dec }, W_dec }
}

async function readEncoder(
  tensors: SaeTensors,
  cfg: SaeLensConfig,
  W_enc: ReadFeatures,
  size: SaeSize,
): Promise<EncoderWeights> {
  const vector = (name: string): Promise<Float32Array> => readShaped(tensors, name, [size.d_sae], size)
  if (cfg.encoder === 'gated') {
    const gates = {
      b_gate: await vector('b_gate'),
      b_mag: await vector('b_mag'),
      r_mag: await vector('r_mag'),
    }
    return gatedAsJumpRelu(W_enc, gates)
  }
  const b_enc = await vector('b_enc')
  if (cfg.encoder === 'topk') {
    const k = cfg.k ?? 0
    if (k > size.d_sae) throw saeKTooLarge(tensors.file, k, size.d_sae)
    return { activatesBy: { kind: 'topk', k }, W_enc, b_enc, threshold: null }
  }
  const threshold = cfg.encoder === 'standard' ? null : await readThreshold(tensors, cfg, size)
  return { activatesBy: 'feature', W_enc, b_enc, threshold }
}

/** The sizes cfg.json gives must be the tensors'. */
function checkSize(tensors: SaeTensors, cfg: SaeLensConfig): SaeSize {
  const size = sizeOf(tensors, 'W_enc')
  const wanted = [cfg.d_in ?? size.d_in, cfg.d_sae ?? size.d_sae] as const
  if (wanted[0] !== size.d_in || wanted[1] !== size.d_sae) {
    throw saeShape(tensors.file, 'W_enc', [size.d_in, size.d_sae], wanted, wanted[0], wanted[1])
  }
  return size
}

/** θ itself, its logarithm (training checkpoints of 4.1 to 6.47), or one for all features (batchtopk). */
async function readThreshold(
  tensors: SaeTensors,
  { encoder }: SaeLensConfig,
  size: SaeSize,
): Promise<Float32Array> {
  const has = (name: string): boolean => tensors.table.entries.has(name)
  if (encoder === 'batchtopk' && !has('threshold')) {
    const [one = 0] = await readShaped(tensors, 'topk_threshold', [], size)
    return new Float32Array(size.d_sae).fill(one)
  }
  const isLog = !has('threshold') && has('log_threshold')
  const stored = await readShaped(tensors, isLog ? 'log_threshold' : 'threshold', [size.d_sae], size)
  return isLog ? stored.map(Math.exp) : stored
}

/** With what older folders rescale decoding by, feature by feature. */
async function rescaledDecoder(
  tensors: SaeTensors,
  W_dec: ReadFeatures,
  size: SaeSize,
): Promise<ReadFeatures> {
  let read = W_dec
  for (const name of ['finetuning_scaling_factor', 'scaling_factor']) {
    if (!tensors.table.entries.has(name)) continue
    read = readScaledRows(read, await readShaped(tensors, name, [size.d_sae], size))
  }
  return read
}

/** The factor in the folder, else the one that the registry knows. Errors: SAE_SCALE_MISSING, SAE_CONFIG_INVALID. */
async function readScale(files: PinnedFiles, folder: string, known: KnownRelease | null): Promise<number> {
  if (!files.has(folder + SCALER)) {
    if (known?.scale !== null && known?.scale !== undefined) return known.scale
    throw saeScaleMissing(placeOf(files, folder + CONFIG))
  }
  const { scaling_factor: scale } = await readJsonObject(files, folder + SCALER)
  if (typeof scale === 'number' && scale > 0 && Number.isFinite(scale)) return scale
  const found = JSON.stringify(scale ?? null).slice(0, 80)
  throw saeConfigInvalid(placeOf(files, folder + SCALER), 'scaling_factor', found, 'a positive number')
}
