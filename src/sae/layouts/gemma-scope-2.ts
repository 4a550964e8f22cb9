/**
 * @file Gemma Scope 2: params.safetensors, often with a config.json beside it.
 *
 * `gemma-scope-2-4b-pt/resid_post/layer_17_width_65k_l0_medium/params.safetensors`; kinds resid_post, attn_out, mlp_out and
 * transcoder, each also with `_all` behind it. w_enc (d_in, d_sae), b_enc, w_dec (d_sae, d_out), b_dec, threshold; transcoders
 * may have affine_skip_connection (d_in, d_out), by which x is multiplied as it stands. JumpReLU, b_dec not applied to the input.
 * config.json names modules of Hugging Face: hf_hook_point_in and _out. Left out: `crosscoder/` and `clt/`, which read
 * several blocks at once.
 */
import { saeUnsupported } from '../../errors/sae.ts'
import { type JsonObject, readJsonObject } from '../../sources/json.ts'
import { type Dictionary, NO_CLAIMS } from '../dictionary.ts'
import { type FoundWeights, folderOf, named, type SaeFormat } from '../format.ts'
import { namedDecoder, namedEncoder, type TensorNames } from '../named-tensors.ts'
import { dictionaryOf, type ReadWeights } from '../parts.ts'
import { chooseHook, hookAt, pathsOf, placeOf } from '../place.ts'
import { lengthOf, readShaped, type SaeTensors, sizeOf, type WeightsFile, withTensors } from '../weights.ts'

const SKIP = 'affine_skip_connection'
const NAMES: Pick<TensorNames, 'W_enc' | 'W_dec'> = {
  W_enc: { name: 'w_enc', stored: 'as wanted' },
  W_dec: { name: 'w_dec', stored: 'as wanted' },
}

/** A kind of dictionary: where it reads and what it rebuilds, in the block of its layer. */
interface Kind {
  readonly reads: string
  readonly predicts: string
}

const KINDS: Readonly<Record<string, Kind>> = {
  resid_post: { reads: 'hook_resid_post', predicts: 'hook_resid_post' },
  attn_out: { reads: 'attn.hook_z', predicts: 'attn.hook_z' },
  mlp_out: { reads: 'hook_mlp_out', predicts: 'hook_mlp_out' },
  // The norm before the MLP, its gain included.
  transcoder: { reads: 'mlp.hook_in', predicts: 'hook_mlp_out' },
}

/** Inputs and outputs of modules of Gemma 3, below `model.layers.L.`, as config.json names them. */
const MODULE_HOOKS: Readonly<Record<string, string>> = {
  output: 'hook_resid_post',
  'self_attn.o_proj.input': 'attn.hook_z',
  'post_feedforward_layernorm.output': 'hook_mlp_out',
  'pre_feedforward_layernorm.output': 'mlp.hook_in',
  'mlp.input': 'mlp.hook_in',
  'post_attention_layernorm.output': 'hook_attn_out',
}

export const gemmaScope2: SaeFormat = {
  name: 'Gemma Scope 2',
  layout: '`params.safetensors`, `config.json`',
  reads: 'residual, attention and MLP dictionaries, transcoders with and without affine skip (JumpReLU)',
  weights: (names) => named(names, 'params.safetensors'),
  open,
}

async function open(found: FoundWeights): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const paths = pathsOf(found)
  const several = /(?:^|[\\/])(crosscoder|clt)[\\/]/.exec(paths)?.[1]
  if (several !== undefined)
    throw saeUnsupported(placeOf(files, name), `a ${several} that reads several blocks at once`)
  const place = placeOf(files, `${folderOf(name)}config.json`)
  const described = files.has(`${folderOf(name)}config.json`)
    ? await readJsonObject(files, `${folderOf(name)}config.json`)
    : {}
  const own = hooksOfConfig(described) ?? hooksOfPath(paths)
  const reads = chooseHook(config, own?.reads ?? null, place)
  const file = { files, name, config: 'config.json' }
  const weights = await withTensors(file, (tensors) => readWeights(tensors, file))
  const { size, b_dec } = weights
  return await dictionaryOf(found, {
    architecture: 'jumprelu',
    reads,
    ...(own === null || config.hook !== null ? {} : { predicts: hookAt(own.predicts, place) }),
    weights,
    claims: claimsOf(described),
    W_dec: namedDecoder(file, NAMES, weights),
    W_skip: () =>
      withTensors(file, async (tensors) => {
        if (!tensors.table.entries.has(SKIP)) return null
        return await readShaped(tensors, SKIP, [size.d_in, b_dec.length], size)
      }),
  })
}

async function readWeights(tensors: SaeTensors, file: WeightsFile): Promise<ReadWeights> {
  const size = sizeOf(tensors, 'w_enc')
  const { d_sae } = size
  const W_enc = namedEncoder(file, NAMES, size)
  const b_enc = await readShaped(tensors, 'b_enc', [d_sae], size)
  const threshold = await readShaped(tensors, 'threshold', [d_sae], size)
  const b_dec = await readShaped(tensors, 'b_dec', [lengthOf(tensors, 'b_dec', size)], size)
  return { size, encoder: { activatesBy: 'feature', W_enc, b_enc, threshold }, b_dec }
}

function hooksOfConfig({ hf_hook_point_in: input, hf_hook_point_out: output }: JsonObject): Kind | null {
  const reads = typeof input === 'string' ? hookOfGemmaModule(input) : null
  if (reads === null) return null
  const predicts = typeof output === 'string' ? hookOfGemmaModule(output) : reads
  return predicts === null ? null : { reads, predicts }
}

/** `model.layers.12.self_attn.o_proj.input` → `blocks.12.attn.hook_z`; null: another place. */
export function hookOfGemmaModule(name: string): string | null {
  const match = /^(?:[a-z_]+\.)*?layers\.(\d{1,4})\.([a-z_.]+)$/.exec(name)
  const hook = match === null ? undefined : MODULE_HOOKS[match[2] ?? '']
  return match === null || hook === undefined ? null : `blocks.${match[1]}.${hook}`
}

/** `…/resid_post_all/layer_3_width_16k_l0_small/…` → where it reads and what it rebuilds; null where the path does not say. */
function hooksOfPath(path: string): Kind | null {
  const match = /(?:^|[\\/])(resid_post|attn_out|mlp_out|transcoder)(?:_all)?[\\/]layer_(\d{1,4})_/.exec(path)
  const kind = match === null ? undefined : KINDS[match[1] ?? '']
  if (match === null || kind === undefined) return null
  const at = (hook: string): string => `blocks.${match[2]}.${hook}`
  return { reads: at(kind.reads), predicts: at(kind.predicts) }
}

function claimsOf({ model_name: model, l0 }: JsonObject) {
  return {
    ...NO_CLAIMS,
    l0: typeof l0 === 'number' && l0 > 0 ? l0 : null,
    model: typeof model === 'string' ? model : null,
  }
}
