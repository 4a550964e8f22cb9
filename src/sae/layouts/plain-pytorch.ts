/**
 * @file Files of PyTorch that hold a plain dict of tensors, told apart by their names.
 *
 * OpenAI (GPT-2, arXiv 2406.04093): pre_bias, encoder.weight, latent_bias, decoder.weight, activation, activation_state_dict; top-k of rows
 * normalised by layer norm, else ReLU of plain rows; the place is in the path (`resid_post_mlp_v5_32k/autoencoders/L.pt`). connor_rob:
 * W_enc, b_enc, W_dec, b_dec beside `NAME_cfg.json` with act_name. Goodfire: encoder_linear, decoder_linear. qresearch: encoder, decoder.
 * The last two read the residual behind layer L of `…-lL.pt` and take nothing off it.
 */
import { saeUnsupported } from '../../errors/sae.ts'
import { readJsonObject } from '../../sources/json.ts'
import { type Dictionary, type EncoderWeights, NO_CLAIMS } from '../dictionary.ts'
import type { FoundWeights, SaeFormat } from '../format.ts'
import { LINEAR_NAMES, namedDecoder, namedEncoder, readNamed, type TensorNames } from '../named-tensors.ts'
import { dictionaryOf } from '../parts.ts'
import { chooseHook, pathsOf, placeOf } from '../place.ts'
import { rowRule } from '../row-rule.ts'
import { type SaeTensors, type WeightsFile, withTensors } from '../weights.ts'

/** What lies beside dictionaries and is none, and what other layouts are. */
const OTHERS =
  /(^|\/)(ae|layer\d+\.sae|pytorch_model[^/]*|optimizer|scheduler|trainer_state|training_args|rng_state[^/]*)\.(pt|pth)$/

interface Kind {
  readonly sign: string
  readonly names: TensorNames
  readonly applyBDecToInput: boolean
}

const KINDS: readonly Kind[] = [
  {
    sign: 'latent_bias',
    names: { ...LINEAR_NAMES, b_enc: 'latent_bias', b_dec: ['pre_bias'] },
    applyBDecToInput: true,
  },
  {
    sign: 'encoder_linear.weight',
    names: {
      W_enc: { name: 'encoder_linear.weight', stored: 'transposed' },
      b_enc: 'encoder_linear.bias',
      W_dec: { name: 'decoder_linear.weight', stored: 'transposed' },
      b_dec: ['decoder_linear.bias'],
    },
    applyBDecToInput: false,
  },
  {
    sign: 'W_enc',
    names: {
      W_enc: { name: 'W_enc', stored: 'as wanted' },
      b_enc: 'b_enc',
      W_dec: { name: 'W_dec', stored: 'as wanted' },
      b_dec: ['b_dec'],
    },
    applyBDecToInput: true,
  },
  { sign: 'encoder.weight', names: { ...LINEAR_NAMES, b_dec: ['decoder.bias'] }, applyBDecToInput: false },
]

/** OpenAI's locations in a block. */
const LOCATIONS: Readonly<Record<string, string>> = {
  resid_delta_attn: 'hook_attn_out',
  resid_delta_mlp: 'hook_mlp_out',
  resid_post_attn: 'hook_resid_mid',
  resid_post_mlp: 'hook_resid_post',
}

export const plainPytorch: SaeFormat = {
  name: 'OpenAI, Goodfire, connor_rob, qresearch',
  layout: 'one `.pt` or `.pth`',
  reads: 'top-k with layer norm, ReLU',
  weights: (names) => names.filter((name) => /\.(pt|pth)$/.test(name) && !OTHERS.test(name)),
  open,
}

async function open(found: FoundWeights): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const place = placeOf(files, name)
  const file = { files, name, config: 'the file' }
  const { kind, weights, isTopK } = await withTensors(file, (tensors) => readWeights(tensors, file, place))
  const described = name.replace(/\.(pt|pth)$/, '_cfg.json')
  const cfg = files.has(described) ? await readJsonObject(files, described) : {}
  const own = typeof cfg.act_name === 'string' ? cfg.act_name : hookOfPath(pathsOf(found))
  return await dictionaryOf(found, {
    architecture: isTopK ? 'topk' : 'standard',
    reads: chooseHook(config, own, place),
    input: isTopK ? 'layer_norm' : 'plain',
    applyBDecToInput: kind.applyBDecToInput,
    weights,
    claims: NO_CLAIMS,
    W_dec: namedDecoder(file, kind.names, weights),
  })
}

async function readWeights(tensors: SaeTensors, file: WeightsFile, place: string) {
  const kind = KINDS.find(({ sign }) => tensors.table.entries.has(sign))
  if (kind === undefined) throw saeUnsupported(place, 'a file of PyTorch in no layout that is known')
  const { size, b_enc, b_dec } = await readNamed(tensors, kind.names)
  const W_enc = namedEncoder(file, kind.names, size)
  const activation = tensors.values.get('activation') ?? 'ReLU'
  if (activation !== 'ReLU' && activation !== 'TopK')
    throw saeUnsupported(place, `activation ${String(activation).slice(0, 40)}`)
  const isTopK = activation === 'TopK'
  const k = tensors.values.get('activation_state_dict.k')
  const plain = { activatesBy: 'feature', W_enc, b_enc, threshold: null } as const
  const encoder: EncoderWeights = isTopK
    ? {
        ...plain,
        activatesBy: rowRule({ file: place, key: 'activation_state_dict.k' }, 'topk', k, size.d_sae),
      }
    : plain
  return { kind, isTopK, weights: { size, encoder, b_dec } }
}

function hookOfPath(path: string): string | null {
  const openAi =
    /(?:^|[\\/])(resid_(?:delta|post)_(?:attn|mlp))[^\\/]*[\\/]autoencoders[\\/](\d{1,4})\.pt/.exec(path)
  if (openAi !== null) return `blocks.${openAi[2]}.${LOCATIONS[openAi[1] ?? '']}`
  const layer = /-l(\d{1,4})\.(?:pt|pth)/.exec(path)?.[1]
  return layer === undefined ? null : `blocks.${layer}.hook_resid_post`
}
