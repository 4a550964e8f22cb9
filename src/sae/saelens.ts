/**
 * @file A SAELens folder: cfg.json beside sae_weights.safetensors.
 *
 * Tensors: W_enc (d_in, d_sae), b_enc (d_sae), W_dec (d_sae, d_in), b_dec (d_in); JumpReLU adds threshold (d_sae), or
 * log_threshold in training checkpoints. `activation_scaler.json` {scaling_factor: s} belongs to training checkpoints
 * whose input was scaled by s: it is folded as SAELens does (W_enc · s, W_dec / s, b_dec / s). `scaling_factor` of old
 * folders and `finetuning_scaling_factor` rescale decoding only and are folded into W_dec.
 */

import { openSafetensors } from '../checkpoints/safetensors.ts'
import type { SaeConfig } from '../contract/options/audit-config.ts'
import { saeConfigInvalid, saeScaleMissing, saeShape } from '../errors/sae.ts'
import { fileSha256 } from '../sources/file-digests.ts'
import { readJsonObject } from '../sources/json.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import { floatTensors } from '../tensors/float-tensors.ts'
import type { Dictionary } from './dictionary.ts'
import { folderOf, named, type SaeFormat } from './format.ts'
import { chooseHook, placeOf } from './place.ts'
import { readSaeLensConfig, type SaeLensConfig } from './saelens-config.ts'
import { readShaped, type SaeSize, type SaeTensors, sizeOf } from './weights.ts'

const CONFIG = 'cfg.json'
const SCALER = 'activation_scaler.json'
const WEIGHTS = 'sae_weights.safetensors'

/** Releases whose registry entry, not cfg.json, says center_writing_weights (SAELens' pretrained_saes.yaml). */
const CENTERED_RELEASES =
  /gpt2-small-res-jb|gpt2-small-mlp-tm|GPT2-Small-SAEs-Reformatted|GPT2-Small-Feature-Splitting-Experiment|gpt2-small-mlp-out-saes/i

export const saeLens: SaeFormat = { weights: (names) => named(names, WEIGHTS), open }

async function open(config: SaeConfig, files: PinnedFiles, weights: string): Promise<Dictionary> {
  const folder = folderOf(weights)
  const place = placeOf(files, folder + CONFIG)
  const cfg = readSaeLensConfig(place, await readJsonObject(files, folder + CONFIG))
  const hook = chooseHook(config, cfg.hook, place)
  const scale = cfg.scaledInput ? await readScale(files, folder) : 1
  const read = await withTensors(files, weights, (tensors) => readTensors(tensors, cfg, scale))
  return {
    spec: config.source,
    architecture: cfg.architecture,
    ...read.size,
    reads: hook,
    predicts: hook,
    applyBDecToInput: cfg.applyBDecToInput,
    center: config.center ?? (cfg.center || CENTERED_RELEASES.test(place)),
    positions: cfg.positions,
    neuronpedia: cfg.neuronpedia,
    sha256: await fileSha256(files, weights),
    encoder: read.encoder,
    b_dec: read.b_dec,
    warnings: cfg.warnings,
    W_dec: () => withTensors(files, weights, (tensors) => readDecoder(tensors, read.size, scale)),
  }
}

async function withTensors<T>(
  files: PinnedFiles,
  name: string,
  use: (tensors: SaeTensors) => Promise<T>,
): Promise<T> {
  const source = await files.open(name)
  try {
    const raw = await openSafetensors(source)
    return await use({ file: source.name, config: CONFIG, table: floatTensors(files.spec, raw) })
  } finally {
    await source.close()
  }
}

async function readTensors(tensors: SaeTensors, cfg: SaeLensConfig, scale: number) {
  const size = checkSize(tensors, cfg)
  const { d_in, d_sae } = size
  const W_enc = await readShaped(tensors, 'W_enc', [d_in, d_sae], size)
  const b_enc = await readShaped(tensors, 'b_enc', [d_sae], size)
  const b_dec = await readShaped(tensors, 'b_dec', [d_in], size)
  const threshold = cfg.architecture === 'jumprelu' ? await readThreshold(tensors, size) : null
  multiply(W_enc, scale)
  multiply(b_dec, 1 / scale)
  return { size, encoder: { activatesBy: 'feature' as const, W_enc, b_enc, threshold }, b_dec }
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

/** θ itself, or its logarithm (training checkpoints of 4.1 to 6.47). */
async function readThreshold(tensors: SaeTensors, size: SaeSize): Promise<Float32Array> {
  const isLog = !tensors.table.entries.has('threshold') && tensors.table.entries.has('log_threshold')
  const stored = await readShaped(tensors, isLog ? 'log_threshold' : 'threshold', [size.d_sae], size)
  return isLog ? stored.map(Math.exp) : stored
}

async function readDecoder(tensors: SaeTensors, size: SaeSize, scale: number): Promise<Float32Array> {
  const W_dec = await readShaped(tensors, 'W_dec', [size.d_sae, size.d_in], size)
  multiply(W_dec, 1 / scale)
  for (const name of ['finetuning_scaling_factor', 'scaling_factor']) {
    if (!tensors.table.entries.has(name)) continue
    const factor = await readShaped(tensors, name, [size.d_sae], size)
    for (let f = 0; f < size.d_sae; f++)
      multiply(W_dec.subarray(f * size.d_in, (f + 1) * size.d_in), factor[f]!)
  }
  return W_dec
}

function multiply(values: Float32Array, factor: number): void {
  if (factor === 1) return
  for (let i = 0; i < values.length; i++) values[i]! *= factor
}

async function readScale(files: PinnedFiles, folder: string): Promise<number> {
  if (!files.has(folder + SCALER)) throw saeScaleMissing(placeOf(files, folder + CONFIG))
  const { scaling_factor: scale } = await readJsonObject(files, folder + SCALER)
  if (typeof scale === 'number' && scale > 0 && Number.isFinite(scale)) return scale
  const found = JSON.stringify(scale ?? null).slice(0, 80)
  throw saeConfigInvalid(placeOf(files, folder + SCALER), 'scaling_factor', found, 'a positive number')
}
