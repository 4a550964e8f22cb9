/**
 * @file Qwen-Scope: `Qwen/SAE-Res-MODEL-W32K-L0_50/layerL.sae.pt`, a dict of W_enc (d_sae, d_in), W_dec (d_out, d_sae), b_enc, b_dec. Top-k,
 * k in the repository's name; the model cards add b_enc and take nothing off the residual behind the layer.
 */
import { saeKUntold } from '../../errors/sae.ts'
import { type Dictionary, NO_CLAIMS } from '../dictionary.ts'
import type { FoundWeights, SaeFormat } from '../format.ts'
import { namedDecoder, namedEncoder, readNamed, type TensorNames } from '../named-tensors.ts'
import { dictionaryOf } from '../parts.ts'
import { chooseHook, pathsOf, placeOf } from '../place.ts'
import { rowRule } from '../row-rule.ts'
import { withTensors } from '../weights.ts'

const NAMES: TensorNames = {
  W_enc: { name: 'W_enc', stored: 'transposed' },
  b_enc: 'b_enc',
  W_dec: { name: 'W_dec', stored: 'transposed' },
  b_dec: ['b_dec'],
}

export const qwenScope: SaeFormat = {
  name: 'Qwen-Scope',
  layout: '`layerL.sae.pt`',
  reads: 'residual dictionaries (top-k; k from the repository’s name)',
  weights: (names) => names.filter((name) => /(^|\/)layer\d{1,4}\.sae\.pt$/.test(name)),
  open,
}

async function open(found: FoundWeights): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const place = placeOf(files, name)
  const k = /SAE-[^/\s]*-L0_(\d{1,5})/.exec(pathsOf(found))?.[1]
  if (k === undefined) throw saeKUntold(place)
  const layer = /layer(\d{1,4})\.sae\.pt$/.exec(name)?.[1]
  const file = { files, name, config: 'the path' }
  const read = await withTensors(file, (tensors) => readNamed(tensors, NAMES))
  const { size, b_enc, b_dec } = read
  const activatesBy = rowRule({ file: place, key: 'L0' }, 'topk', Number(k), size.d_sae)
  return await dictionaryOf(found, {
    architecture: 'topk',
    reads: chooseHook(config, `blocks.${layer}.hook_resid_post`, place),
    weights: {
      size,
      encoder: { activatesBy, W_enc: namedEncoder(file, NAMES, size), b_enc, threshold: null },
      b_dec,
    },
    claims: { ...NO_CLAIMS, l0: Number(k) },
    W_dec: namedDecoder(file, NAMES, read),
  })
}
