/**
 * @file Gemma Scope: one params.npz per dictionary, and everything else about it in its path (arXiv 2408.05147).
 *
 * `gemma-scope-2b-pt-res/layer_12/width_16k/average_l0_82/params.npz`: res reads hook_resid_post of the layer, mlp
 * hook_mlp_out, att attn.hook_z. Always JumpReLU, b_dec not applied to the input, no normalisation, no centring. Arrays
 * W_enc (d_in, d_sae), b_enc, W_dec, b_dec, threshold; older exports write w_enc and w_dec. Left out: `embedding/`
 * dictionaries, transcoders, Gemma Scope 2.
 */
import { npzTensors, openNpz } from '../archives/npz.ts'
import type { SaeConfig } from '../contract/options/audit-config.ts'
import { fileSha256 } from '../sources/file-digests.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import type { Dictionary } from './dictionary.ts'
import { named, type SaeFormat } from './format.ts'
import { chooseHook, placeOf } from './place.ts'
import { readShaped, type SaeTensors, sizeOf } from './weights.ts'

const HOOKS: Readonly<Record<string, string>> = {
  res: 'hook_resid_post',
  mlp: 'hook_mlp_out',
  att: 'attn.hook_z',
}

/** An npz file that the user names outright may be called anything. */
export const gemmaScope: SaeFormat = {
  weights: (names) => {
    const [only, ...others] = names
    if (only?.endsWith('.npz') && others.length === 0) return [only]
    return named(names, 'params.npz')
  },
  open,
}

async function open(config: SaeConfig, files: PinnedFiles, name: string): Promise<Dictionary> {
  const place = placeOf(files, name)
  const hook = chooseHook(config, hookOfPath(`${config.source}/${name}`) ?? hookOfPath(place), place)
  const { size, encoder, b_dec } = await withTensors(files, name, async (tensors) => {
    const W = spelling(tensors, 'W_enc')
    const size = sizeOf(tensors, W)
    const { d_in, d_sae } = size
    const W_enc = await readShaped(tensors, W, [d_in, d_sae], size)
    const b_enc = await readShaped(tensors, 'b_enc', [d_sae], size)
    const threshold = await readShaped(tensors, 'threshold', [d_sae], size)
    return {
      size,
      encoder: { activatesBy: 'feature' as const, W_enc, b_enc, threshold },
      b_dec: await readShaped(tensors, 'b_dec', [d_in], size),
    }
  })
  return {
    spec: config.source,
    architecture: 'jumprelu',
    d_in: size.d_in,
    d_sae: size.d_sae,
    reads: hook,
    predicts: hook,
    applyBDecToInput: false,
    center: config.center ?? false,
    positions: 'all',
    neuronpedia: null,
    sha256: await fileSha256(files, name),
    encoder,
    b_dec,
    warnings: [],
    W_dec: () =>
      withTensors(files, name, (tensors) =>
        readShaped(tensors, spelling(tensors, 'W_dec'), [size.d_sae, size.d_in], size),
      ),
  }
}

/** `…gemma-scope-…-res…/layer_12/…` → `blocks.12.hook_resid_post`; null where the path does not say both. */
export function hookOfPath(path: string): string | null {
  const layer = /(?:^|[\\/])layer_(\d{1,4})(?:[\\/]|$)/.exec(path)?.[1]
  const kind = /gemma-scope-[^\\/]*-(res|mlp|att)(?=[-\\/@]|$)/.exec(path)?.[1]
  if (layer === undefined || kind === undefined) return null
  return `blocks.${layer}.${HOOKS[kind]}`
}

function spelling({ table }: SaeTensors, name: 'W_enc' | 'W_dec'): string {
  const lower = name.toLowerCase()
  return !table.entries.has(name) && table.entries.has(lower) ? lower : name
}

async function withTensors<T>(
  files: PinnedFiles,
  name: string,
  use: (tensors: SaeTensors) => Promise<T>,
): Promise<T> {
  const source = await files.open(name)
  try {
    return await use({ file: source.name, config: 'the path', table: npzTensors(await openNpz(source)) })
  } finally {
    await source.close()
  }
}
