/**
 * @file From a Hugging Face config to the decoder it describes. One entry per model_type.
 *
 * Adding a family: one file beside this one, one line in FAMILIES, one naive forward pass in test/oracle.
 */
import { familyUnknown, sequenceTooLong, tensorsTwice, tensorsUnread } from '../../errors/models.ts'
import { ConfigReader, type JsonObject } from '../config-reader.ts'
import type { Decoder } from '../decoder-spec.ts'
import { asStored } from './as-stored.ts'
import { cohere, cohere2 } from './cohere.ts'
import { classWarnings } from './declared-class.ts'
import { falcon } from './falcon.ts'
import type { Family, FamilyDecoder } from './family.ts'
import { gemma } from './gemma.ts'
import { gemma2 } from './gemma2.ts'
import { gemma3, gemma3Text } from './gemma3.ts'
import { glm, glm4 } from './glm4.ts'
import { gptNeo } from './gpt-neo.ts'
import { gptNeox } from './gpt-neox.ts'
import { gptOss } from './gpt-oss.ts'
import { gpt2 } from './gpt2.ts'
import { granite } from './granite.ts'
import { graniteMoe, graniteMoeShared } from './granite-moe.ts'
import { HARMLESS_KEYS } from './harmless-keys.ts'
import { llama } from './llama.ts'
import { ministral3, mistral, mistral3 } from './mistral.ts'
import { mixtral } from './mixtral.ts'
import { olmo1 } from './olmo.ts'
import { olmo2, olmo3 } from './olmo2.ts'
import { phi } from './phi.ts'
import { phi3 } from './phi3.ts'
import { phiMoe } from './phimoe.ts'
import { qwen2, qwen3 } from './qwen.ts'
import { qwen2Moe, qwen3Moe } from './qwen-moe.ts'
import { smolLm3 } from './smollm3.ts'
import { stableLm } from './stablelm.ts'
import { TensorNames } from './tensor-names.ts'
import { unreadTensors } from './unread-tensors.ts'

export { type Projection, projections } from './projections.ts'
export { isIgnoredBuffer } from './unread-tensors.ts'

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['gpt2', gpt2],
  ['gpt_neo', gptNeo],
  ['gpt_neox', gptNeox],
  ['llama', llama],
  ['mistral', mistral],
  ['mistral3', mistral3],
  ['ministral3', ministral3],
  ['mixtral', mixtral],
  ['qwen2', qwen2],
  ['qwen3', qwen3],
  ['qwen2_moe', qwen2Moe],
  ['qwen3_moe', qwen3Moe],
  ['gpt_oss', gptOss],
  ['gemma', gemma],
  ['gemma2', gemma2],
  ['gemma3_text', gemma3Text],
  ['gemma3', gemma3],
  ['phi3', phi3],
  ['phimoe', phiMoe],
  ['olmo', olmo1],
  ['olmo2', olmo2],
  ['olmo3', olmo3],
  ['smollm3', smolLm3],
  ['stablelm', stableLm],
  ['phi', phi],
  ['granite', granite],
  ['granitemoe', graniteMoe],
  ['granitemoeshared', graniteMoeShared],
  ['cohere', cohere],
  ['cohere2', cohere2],
  ['falcon', falcon],
  ['glm', glm],
  ['glm4', glm4],
])

/** model_type of every family that can be run. */
export const knownFamilies: readonly string[] = [...FAMILIES.keys()]

function describeWarnings(config: ConfigReader, decoder: FamilyDecoder): string[] {
  const keys = config.unreadKeys(HARMLESS_KEYS).map((key) => `config key ${key} is not known and was ignored`)
  return [...classWarnings(config, decoder.spec.family), ...keys]
}

/**
 * The decoder that a config.json describes.
 *
 * @param length longest sequence that will be run, in positions; selects longrope's short or long factors
 * @param tensorNames names in the checkpoint, from which prefixes are found; unknown: the usual ones
 * @param spec what to call the model in messages; several may be open
 * Errors: FAMILY_UNKNOWN, CONFIG_KEY_MISSING, CONFIG_VALUE_UNSUPPORTED, SEQUENCE_TOO_LONG, TENSORS_UNREAD, TENSORS_TWICE.
 */
export function describeDecoder(
  config: JsonObject,
  length: number,
  tensorNames: ReadonlySet<string> = new Set(),
  spec: string | null = null,
): Decoder {
  const where = spec === null ? 'model config' : `${spec}: model config`
  const reader = new ConfigReader(config, where)
  const modelType = reader.value('model_type')
  const describe = typeof modelType === 'string' ? FAMILIES.get(modelType) : undefined
  if (!describe) throw familyUnknown(where, JSON.stringify(modelType ?? null).slice(0, 80), knownFamilies)
  const names = new TensorNames(tensorNames)
  const { decoder, warnings } = asStored(describe({ config: reader, length, names }), names)
  const most = decoder.spec.maxPositions
  if (most !== null && length > most) throw sequenceTooLong(where, length, most)
  const unread = unreadTensors(decoder.weights, names)
  if (unread.twice.length > 0) throw tensorsTwice(where, unread.twice)
  if (unread.inBlocks.length > 0) {
    const { family } = decoder.spec
    throw tensorsUnread(where, family, unread.inBlocks, classWarnings(reader, family))
  }
  return { ...decoder, warnings: [...describeWarnings(reader, decoder), ...warnings, ...unread.warnings] }
}
