/**
 * @file dictionary_learning (saprmarks) and SAEBench: `…/resid_post_layer_L/trainer_N/ae.pt` beside config.json, whose `trainer` says what the
 * class is and where it reads.
 *
 * AutoEncoder: relu((x − bias) Wᵀ + b), decoder rows made of norm 1 where it is loaded; AutoEncoderNew takes nothing off.
 * AutoEncoderTopK: the k largest. BatchTopKSAE, MatryoshkaBatchTopKSAE: above one stored threshold, once it is set. GatedAutoEncoder.
 * JumpReluAutoEncoder: nothing taken off. `submodule_name` says mlp or attention, else the residual behind the layer.
 */
import { saeConfigInvalid, saeUnsupported } from '../../errors/sae.ts'
import { isJsonObject, type JsonObject, type JsonValue, readJsonObject } from '../../sources/json.ts'
import {
  type Architecture,
  type Dictionary,
  decoderNorms,
  type EncoderWeights,
  NO_CLAIMS,
  type ReadFeatures,
} from '../dictionary.ts'
import { type FoundWeights, folderOf, named, type SaeFormat } from '../format.ts'
import { gatedAsJumpRelu, readScaledColumns, readUnitRows, scaleColumns } from '../forms.ts'
import { LINEAR_NAMES, namedDecoder, namedEncoder, readNamed, type TensorNames } from '../named-tensors.ts'
import { dictionaryOf, type ReadWeights } from '../parts.ts'
import { chooseHook, placeOf } from '../place.ts'
import { rowRule } from '../row-rule.ts'
import { readShaped, type SaeSize, type SaeTensors, type WeightsFile, withTensors } from '../weights.ts'

/** Parameters of a class that is no nn.Linear. */
const PLAIN_NAMES: TensorNames = {
  W_enc: { name: 'W_enc', stored: 'as wanted' },
  b_enc: 'b_enc',
  W_dec: { name: 'W_dec', stored: 'as wanted' },
  b_dec: ['b_dec'],
}

interface DictClass {
  readonly architecture: Architecture
  readonly names: TensorNames
  readonly applyBDecToInput: boolean
  /** What fires: `row` the k largest, `one` above one threshold, `each` above its own. */
  readonly fires: 'all' | 'row' | 'one' | 'each' | 'gated'
  /** Made so that decoder rows have norm 1. */
  readonly unitDecoder: boolean
}

const common = { names: LINEAR_NAMES, applyBDecToInput: true, unitDecoder: false } as const
const CLASSES: Readonly<Record<string, DictClass>> = {
  AutoEncoder: { ...common, architecture: 'standard', fires: 'all', unitDecoder: true },
  AutoEncoderNew: { ...common, architecture: 'standard', fires: 'all', applyBDecToInput: false },
  AutoEncoderTopK: { ...common, architecture: 'topk', fires: 'row' },
  BatchTopKSAE: { ...common, architecture: 'jumprelu', fires: 'one' },
  MatryoshkaBatchTopKSAE: { ...common, architecture: 'jumprelu', fires: 'one', names: PLAIN_NAMES },
  GatedAutoEncoder: {
    ...common,
    architecture: 'gated',
    fires: 'gated',
    names: { ...LINEAR_NAMES, b_enc: null, b_dec: ['decoder_bias'] },
  },
  JumpReluAutoEncoder: {
    ...common,
    architecture: 'jumprelu',
    fires: 'each',
    applyBDecToInput: false,
    names: PLAIN_NAMES,
  },
}

export const dictionaryLearning: SaeFormat = {
  name: 'dictionary_learning, SAEBench, andyrdt',
  layout: '`ae.pt`, `config.json`',
  reads: 'standard, p-anneal, gated, top-k, BatchTopK, matryoshka and JumpReLU',
  weights: (names) => named(names, 'ae.pt'),
  open,
}

async function open(found: FoundWeights): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const described = `${folderOf(name)}config.json`
  const place = placeOf(files, described)
  const cfg = await readJsonObject(files, described)
  const trainer = isJsonObject(cfg.trainer) ? cfg.trainer : cfg
  const kind = classOf(place, trainer)
  const file = { files, name, config: 'config.json' }
  const { weights, W_dec } = await withTensors(file, (tensors) =>
    readWeights(tensors, file, { kind, trainer }),
  )
  return await dictionaryOf(found, {
    architecture: kind.architecture,
    reads: chooseHook(config, hookOf(trainer), place),
    weights,
    applyBDecToInput: kind.applyBDecToInput,
    claims: { ...NO_CLAIMS, model: text(trainer.lm_name), contextSize: contextOf(cfg) },
    W_dec,
  })
}

function classOf(place: string, { dict_class: name }: JsonObject): DictClass {
  const known = typeof name === 'string' && Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined
  if (name === undefined || name === null)
    throw saeConfigInvalid(place, 'dict_class', 'null', `one of ${Object.keys(CLASSES).join(', ')}`)
  if (known === undefined) throw saeUnsupported(place, `dict_class ${JSON.stringify(name).slice(0, 80)}`)
  return known
}

/** `layer` and `submodule_name` (`resid_post_layer_3`, `mlp_out_layer_3`, `attention_out_layer_3`). */
function hookOf({ layer, submodule_name: submodule }: JsonObject): string | null {
  if (typeof layer !== 'number' || !Number.isInteger(layer) || layer < 0) return null
  const place = typeof submodule === 'string' ? submodule : ''
  if (/^mlp/.test(place)) return `blocks.${layer}.mlp.hook_out`
  if (/^att/.test(place)) return `blocks.${layer}.attn.hook_out`
  return `blocks.${layer}.hook_resid_post`
}

interface Described {
  readonly kind: DictClass
  readonly trainer: JsonObject
}

async function readWeights(
  tensors: SaeTensors,
  file: WeightsFile,
  { kind, trainer }: Described,
): Promise<{ weights: ReadWeights; W_dec: ReadFeatures }> {
  const { size, b_enc, b_dec } = await readNamed(tensors, kind.names)
  let W_enc = namedEncoder(file, kind.names, size)
  let W_dec = namedDecoder(file, kind.names, { size, b_dec })
  if (kind.unitDecoder) {
    const norms = await decoderNorms({ b_dec, d_sae: size.d_sae, W_dec })
    W_enc = readScaledColumns(W_enc, norms)
    scaleColumns(b_enc, norms)
    W_dec = readUnitRows(W_dec, norms)
  }
  const encoder = await readEncoder(tensors, kind, { W_enc, b_enc, size, trainer })
  return { weights: { size, b_dec, encoder }, W_dec }
}

interface EncoderParts extends Pick<EncoderWeights, 'W_enc' | 'b_enc'> {
  readonly size: SaeSize
  readonly trainer: JsonObject
}

async function readEncoder(
  tensors: SaeTensors,
  { fires }: DictClass,
  { W_enc, b_enc, size, trainer }: EncoderParts,
): Promise<EncoderWeights> {
  const { d_sae } = size
  const vector = (name: string): Promise<Float32Array> => readShaped(tensors, name, [d_sae], size)
  const plain = { activatesBy: 'feature', W_enc, b_enc, threshold: null } as const
  switch (fires) {
    case 'all':
      return plain
    case 'row':
      return { ...plain, activatesBy: rowRule({ file: tensors.config, key: 'k' }, 'topk', trainer.k, d_sae) }
    case 'one': {
      const [threshold = -1] = await readShaped(tensors, 'threshold', [], size)
      // −1 until training has gone on for a while: nothing tells then what fires.
      if (threshold < 0)
        throw saeConfigInvalid(
          tensors.file,
          'threshold',
          String(threshold),
          'a threshold that training has set',
        )
      return { ...plain, threshold: new Float32Array(d_sae).fill(threshold) }
    }
    case 'each':
      return { ...plain, threshold: await vector('threshold') }
    case 'gated': {
      const gates = {
        b_gate: await vector('gate_bias'),
        b_mag: await vector('mag_bias'),
        r_mag: await vector('r_mag'),
      }
      return gatedAsJumpRelu(W_enc, gates)
    }
  }
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function contextOf({ buffer }: JsonObject): number | null {
  const length = isJsonObject(buffer) ? buffer.ctx_len : null
  return typeof length === 'number' && length > 0 ? length : null
}
