/**
 * @file Gemma Scope: one params.npz per dictionary, and everything else about it in its path (arXiv 2408.05147).
 *
 * `gemma-scope-2b-pt-res/layer_12/width_16k/average_l0_82/params.npz`: res reads hook_resid_post of the layer, mlp
 * hook_mlp_out, att attn.hook_z. Transcoders read the norm before the MLP without its gain (ln2.hook_normalized) and give
 * hook_mlp_out. `embedding/` dictionaries read hook_embed and were trained on rows times √d: W_enc / √d, W_dec · √d.
 * Always JumpReLU, b_dec not applied to the input, no normalisation, no centring. Arrays W_enc (d_in, d_sae), b_enc, W_dec,
 * b_dec, threshold; older exports write w_enc and w_dec.
 */
import { type Dictionary, NO_CLAIMS, TRAINED_ON_ALL } from '../dictionary.ts'
import { type FoundWeights, named, type SaeFormat } from '../format.ts'
import { readTimes } from '../forms.ts'
import { dictionaryOf, type ReadWeights } from '../parts.ts'
import { chooseHook, hookAt, pathsOf, placeOf } from '../place.ts'
import {
  lengthOf,
  readColumns,
  readRows,
  readShaped,
  type SaeTensors,
  sizeOf,
  type WantedMatrix,
  type WeightsFile,
  withTensors,
} from '../weights.ts'

const HOOKS: Readonly<Record<string, string>> = {
  res: 'hook_resid_post',
  mlp: 'hook_mlp_out',
  att: 'attn.hook_z',
  transcoders: 'ln2.hook_normalized',
}

/** An npz file that the user names outright may be called anything. */
export const gemmaScope: SaeFormat = {
  name: 'Gemma Scope',
  layout: '`params.npz`',
  reads: 'residual, attention, MLP and embedding dictionaries, transcoders (JumpReLU)',
  weights: (names) => {
    const [only, ...others] = names
    if (only?.endsWith('.npz') && others.length === 0) return [only]
    return named(names, 'params.npz')
  },
  open,
}

async function open(found: FoundWeights): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const paths = pathsOf(found)
  const place = placeOf(files, name)
  const reads = chooseHook(config, hookOfPath(paths), place)
  const isTranscoder = reads.name === 'ln2.hook_normalized'
  const isEmbedding = reads.name === 'hook_embed'
  const file = { files, name, config: 'the path' }
  const weights = await readWeights(file, isEmbedding)
  const { d_in } = weights.size
  return await dictionaryOf(found, {
    architecture: 'jumprelu',
    reads,
    ...(isTranscoder ? { predicts: hookAt(`blocks.${reads.layer}.hook_mlp_out`, place) } : {}),
    weights,
    // BOS was left out of training: its rows are outliers.
    untrained: { ...TRAINED_ON_ALL, bos: true },
    claims: { ...NO_CLAIMS, l0: claimedL0(paths), model: modelOfPath(paths) },
    W_dec: readTimes(
      (range) => withTensors(file, (tensors) => readRows(tensors, decoderOf(tensors, weights), range)),
      isEmbedding ? Math.sqrt(d_in) : 1,
    ),
  })
}

async function readWeights(file: WeightsFile, isEmbedding: boolean): Promise<ReadWeights> {
  return await withTensors(file, async (tensors) => {
    const name = spelling(tensors, 'W_enc')
    const size = sizeOf(tensors, name)
    const { d_in, d_sae } = size
    const wanted = { name, stored: 'as wanted', shape: [d_in, d_sae], size } as const
    const W_enc = readTimes(
      (range) => withTensors(file, (opened) => readColumns(opened, wanted, range)),
      isEmbedding ? 1 / Math.sqrt(d_in) : 1,
    )
    const b_enc = await readShaped(tensors, 'b_enc', [d_sae], size)
    const threshold = await readShaped(tensors, 'threshold', [d_sae], size)
    const b_dec = await readShaped(tensors, 'b_dec', [lengthOf(tensors, 'b_dec', size)], size)
    return { size, encoder: { activatesBy: 'feature', W_enc, b_enc, threshold }, b_dec }
  })
}

function decoderOf(tensors: SaeTensors, { size, b_dec }: ReadWeights): WantedMatrix {
  const shape = [size.d_sae, b_dec.length] as const
  return { name: spelling(tensors, 'W_dec'), stored: 'as wanted', shape, size }
}

/** `…gemma-scope-…-res…/layer_12/…` → `blocks.12.hook_resid_post`; null where the path does not say both. */
export function hookOfPath(path: string): string | null {
  const kind = /gemma-scope-[^\\/]*-(res|mlp|att|transcoders)(?=[-\\/@\s]|$)/.exec(path)?.[1]
  if (kind === 'res' && /(?:^|[\\/\s])embedding(?:[\\/\s]|$)/.test(path)) return 'hook_embed'
  const layer = /(?:^|[\\/\s])layer_(\d{1,4})(?:[\\/\s]|$)/.exec(path)?.[1]
  if (layer === undefined || kind === undefined) return null
  return `blocks.${layer}.${HOOKS[kind]}`
}

/** `average_l0_82` → 82 */
function claimedL0(path: string): number | null {
  const l0 = /(?:^|[\\/\s])average_l0_(\d{1,6})(?:[\\/\s]|$)/.exec(path)?.[1]
  return l0 === undefined ? null : Number(l0)
}

/** `gemma-scope-9b-it-res` → `gemma-2-9b-it` */
function modelOfPath(path: string): string | null {
  const match = /gemma-scope-(2b|9b|27b)-(pt|it)-/.exec(path)
  return match === null ? null : `gemma-2-${match[1]}${match[2] === 'it' ? '-it' : ''}`
}

function spelling({ table }: SaeTensors, name: 'W_enc' | 'W_dec'): string {
  const lower = name.toLowerCase()
  return !table.entries.has(name) && table.entries.has(lower) ? lower : name
}
