/**
 * @file EleutherAI's sparsify: `HOOKPOINT/cfg.json` beside sae.safetensors with encoder.weight (d_sae, d_in), encoder.bias, W_dec (d_sae, d_out),
 * b_dec and, with a skip connection, W_skip (d_out, d_in).
 *
 * b_dec is taken off the input unless it transcodes. topk: the k largest; groupmax: the largest of each of k groups. multi_topk
 * is of the loss in training only. Hookpoints are names of Hugging Face's modules: what they give, and of a transcoder
 * what goes into an MLP and comes out of it.
 */
import { saeConfigInvalid, saeUnsupported } from '../../errors/sae.ts'
import { type JsonObject, readJsonObject } from '../../sources/json.ts'
import { type Dictionary, NO_CLAIMS } from '../dictionary.ts'
import { type FoundWeights, folderOf, named, type SaeFormat } from '../format.ts'
import { namedDecoder, namedEncoder, readNamed, type TensorNames } from '../named-tensors.ts'
import { dictionaryOf } from '../parts.ts'
import { chooseHook, hookAt, hookOfModule, placeOf } from '../place.ts'
import { rowRule } from '../row-rule.ts'
import { readMatrix, withTensors } from '../weights.ts'

const NAMES: TensorNames = {
  W_enc: { name: 'encoder.weight', stored: 'transposed' },
  b_enc: 'encoder.bias',
  W_dec: { name: 'W_dec', stored: 'as wanted' },
  b_dec: ['b_dec'],
}

export const sparsify: SaeFormat = {
  name: 'EleutherAI sparsify',
  layout: '`sae.safetensors`, `cfg.json`',
  reads: 'top-k and groupmax, transcoders with and without skip; places by names of Hugging Face’s modules',
  weights: (names) => named(names, 'sae.safetensors'),
  open,
}

async function open(found: FoundWeights): Promise<Dictionary> {
  const { files, weights: name } = found
  const folder = folderOf(name)
  const place = placeOf(files, `${folder}cfg.json`)
  const cfg = await readJsonObject(files, `${folder}cfg.json`)
  const { activation = 'topk' } = cfg
  if (activation !== 'topk' && activation !== 'groupmax')
    throw saeUnsupported(place, `activation ${JSON.stringify(activation)}`)
  if (cfg.signed === true) throw saeUnsupported(place, 'top-k of absolute values')
  const transcodes = cfg.transcode === true
  const file = { files, name, config: 'cfg.json' }
  const read = await withTensors(file, (tensors) => readNamed(tensors, NAMES))
  const { size, b_enc, b_dec } = read
  checkSizes(place, cfg, size.d_in, size.d_sae)
  const activatesBy = rowRule({ file: place, key: 'k' }, activation, cfg.k, size.d_sae)
  const { reads, predicts } = hooksOf(found, transcodes, place)
  return await dictionaryOf(found, {
    architecture: activation,
    reads,
    predicts,
    weights: {
      size,
      encoder: { activatesBy, W_enc: namedEncoder(file, NAMES, size), b_enc, threshold: null },
      b_dec,
    },
    applyBDecToInput: !transcodes,
    claims: { ...NO_CLAIMS, l0: activatesBy.k },
    W_dec: namedDecoder(file, NAMES, read),
    W_skip: () =>
      withTensors(file, async (tensors) => {
        if (!tensors.table.entries.has('W_skip')) return null
        const skip = { name: 'W_skip', stored: 'transposed' } as const
        return await readMatrix(tensors, skip, [size.d_in, b_dec.length], size)
      }),
  })
}

/** The folder's name says the module; a transcoder's input is the module's. */
function hooksOf(found: FoundWeights, transcodes: boolean, place: string) {
  const module = place.replaceAll('\\', '/').split('/').at(-2) ?? ''
  const output = hookOfModule(module)
  if (!transcodes) {
    const reads = chooseHook(found.config, output === null ? null : module, place)
    return { reads, predicts: reads }
  }
  const isMlp = output?.name === 'mlp.hook_out'
  const reads = chooseHook(found.config, isMlp ? `blocks.${output.layer}.mlp.hook_in` : null, place)
  return { reads, predicts: hookAt(`blocks.${reads.layer}.mlp.hook_out`, place) }
}

/** num_latents 0 means d_in · expansion_factor. */
function checkSizes(place: string, cfg: JsonObject, d_in: number, d_sae: number): void {
  const expansion = typeof cfg.expansion_factor === 'number' ? cfg.expansion_factor : null
  const latents = typeof cfg.num_latents === 'number' && cfg.num_latents > 0 ? cfg.num_latents : null
  const wanted = latents ?? (expansion === null ? null : d_in * expansion)
  if (typeof cfg.d_in === 'number' && cfg.d_in !== d_in)
    throw saeConfigInvalid(place, 'd_in', String(cfg.d_in), `${d_in}, as the tensors have it,`)
  if (wanted !== null && wanted !== d_sae)
    throw saeConfigInvalid(place, 'num_latents', String(wanted), `${d_sae}, as the tensors have it,`)
}
