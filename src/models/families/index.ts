/**
 * @file From a Hugging Face config to the decoder it describes. One entry per model_type.
 *
 * Adding a family: one file beside this one, one row in ROWS (`saegate doctor --families` shows it), one naive forward pass in test/oracle.
 */
import {
  familyRefused,
  familyUnknown,
  sequenceTooLong,
  tensorsTwice,
  tensorsUnread,
} from '../../errors/models.ts'
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
import { gemma3n, gemma3nText } from './gemma3n.ts'
import { gemma4, gemma4Text, gemma4Unified, gemma4UnifiedText } from './gemma4.ts'
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
import { qwen3Next, qwen35, qwen35Moe, qwen35MoeText, qwen35Text } from './qwen-hybrid.ts'
import { qwen2Moe, qwen3Moe } from './qwen-moe.ts'
import { qwen2Vl, qwen3Vl, qwen3VlMoe, qwen25Vl } from './qwen-vl.ts'
import { REFUSED_FAMILIES } from './refused.ts'
import { smolLm3 } from './smollm3.ts'
import { stableLm } from './stablelm.ts'
import { TensorNames } from './tensor-names.ts'
import { unreadTensors } from './unread-tensors.ts'

export { type Projection, projections } from './projections.ts'
export { REFUSED_FAMILIES } from './refused.ts'
export { isIgnoredBuffer } from './unread-tensors.ts'

/** One model_type: which models have it, in words, and what it computes. */
interface FamilyRow {
  readonly modelType: string
  readonly models: string
  readonly describe: Family
}

const ROWS: readonly FamilyRow[] = [
  { modelType: 'gpt2', models: 'GPT-2', describe: gpt2 },
  { modelType: 'gpt_neo', models: 'GPT-Neo', describe: gptNeo },
  { modelType: 'gpt_neox', models: 'GPT-NeoX and Pythia', describe: gptNeox },
  {
    modelType: 'llama',
    models: 'Llama 1 to 3 and what is stored in its form (SmolLM, Falcon 3)',
    describe: llama,
  },
  { modelType: 'mistral', models: 'Mistral', describe: mistral },
  { modelType: 'mistral3', models: 'the text of Mistral 3 and Ministral 3', describe: mistral3 },
  { modelType: 'ministral3', models: 'Ministral 3 and Devstral 2 alone', describe: ministral3 },
  { modelType: 'mixtral', models: 'Mixtral', describe: mixtral },
  { modelType: 'qwen2', models: 'Qwen2 and Qwen2.5', describe: qwen2 },
  { modelType: 'qwen3', models: 'Qwen3', describe: qwen3 },
  { modelType: 'qwen2_moe', models: 'Qwen2-MoE', describe: qwen2Moe },
  { modelType: 'qwen3_moe', models: 'Qwen3-MoE', describe: qwen3Moe },
  { modelType: 'qwen2_vl', models: 'the text of Qwen2-VL', describe: qwen2Vl },
  { modelType: 'qwen2_5_vl', models: 'the text of Qwen2.5-VL', describe: qwen25Vl },
  { modelType: 'qwen3_vl', models: 'the text of Qwen3-VL', describe: qwen3Vl },
  { modelType: 'qwen3_vl_moe', models: 'the text of Qwen3-VL with experts', describe: qwen3VlMoe },
  { modelType: 'qwen3_next', models: 'Qwen3-Next', describe: qwen3Next },
  { modelType: 'qwen3_5', models: 'the text of Qwen3.5', describe: qwen35 },
  { modelType: 'qwen3_5_text', models: 'Qwen3.5 without images', describe: qwen35Text },
  { modelType: 'qwen3_5_moe', models: 'the text of Qwen3.5 with experts', describe: qwen35Moe },
  {
    modelType: 'qwen3_5_moe_text',
    models: 'Qwen3.5 with experts, without images',
    describe: qwen35MoeText,
  },
  { modelType: 'gpt_oss', models: 'gpt-oss', describe: gptOss },
  { modelType: 'gemma', models: 'Gemma', describe: gemma },
  { modelType: 'gemma2', models: 'Gemma 2', describe: gemma2 },
  { modelType: 'gemma3_text', models: 'Gemma 3', describe: gemma3Text },
  { modelType: 'gemma3', models: 'the text of Gemma 3', describe: gemma3 },
  { modelType: 'gemma3n_text', models: 'Gemma 3n without images', describe: gemma3nText },
  { modelType: 'gemma3n', models: 'the text of Gemma 3n', describe: gemma3n },
  { modelType: 'gemma4_text', models: 'Gemma 4 without images', describe: gemma4Text },
  { modelType: 'gemma4', models: 'the text of Gemma 4', describe: gemma4 },
  {
    modelType: 'gemma4_unified_text',
    models: 'Gemma 4 of one decoder, without images',
    describe: gemma4UnifiedText,
  },
  { modelType: 'gemma4_unified', models: 'the text of Gemma 4 of one decoder', describe: gemma4Unified },
  { modelType: 'phi3', models: 'Phi-3 and Phi-4', describe: phi3 },
  { modelType: 'phimoe', models: 'Phi-3.5-MoE', describe: phiMoe },
  { modelType: 'olmo', models: 'OLMo 1', describe: olmo1 },
  { modelType: 'olmo2', models: 'OLMo 2', describe: olmo2 },
  { modelType: 'olmo3', models: 'OLMo 3', describe: olmo3 },
  { modelType: 'smollm3', models: 'SmolLM3', describe: smolLm3 },
  { modelType: 'stablelm', models: 'StableLM', describe: stableLm },
  { modelType: 'phi', models: 'Phi-1 to Phi-2', describe: phi },
  { modelType: 'granite', models: 'Granite 3', describe: granite },
  { modelType: 'granitemoe', models: 'Granite 3 with experts', describe: graniteMoe },
  {
    modelType: 'granitemoeshared',
    models: 'Granite with experts and an MLP beside them',
    describe: graniteMoeShared,
  },
  { modelType: 'cohere', models: 'Command R, Command R+ and Aya', describe: cohere },
  { modelType: 'cohere2', models: 'Command R7B and Command A', describe: cohere2 },
  { modelType: 'falcon', models: 'Falcon 7B to 180B, Falcon 2', describe: falcon },
  { modelType: 'glm', models: 'GLM-4', describe: glm },
  { modelType: 'glm4', models: 'GLM-4 of 2025', describe: glm4 },
]

const FAMILIES: ReadonlyMap<string, Family> = new Map(
  ROWS.map(({ modelType, describe }) => [modelType, describe] as const),
)

/** Every family that can be run, in words. */
export const familyList: readonly Omit<FamilyRow, 'describe'>[] = ROWS

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
 * Errors: FAMILY_UNKNOWN, FAMILY_REFUSED, CONFIG_KEY_MISSING, CONFIG_VALUE_UNSUPPORTED, SEQUENCE_TOO_LONG, TENSORS_UNREAD, TENSORS_TWICE.
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
  const refused = REFUSED_FAMILIES.find((row) => row.modelTypes.some((type) => type === modelType))
  if (refused !== undefined) throw familyRefused(where, String(modelType), refused.models, refused.missing)
  if (!describe) throw familyUnknown(where, JSON.stringify(modelType ?? null).slice(0, 80), knownFamilies)
  const names = new TensorNames(tensorNames)
  const family = describe({ config: reader, length, names })
  const { decoder, warnings } = asStored(family, names)
  const most = decoder.spec.maxPositions
  if (most !== null && length > most) throw sequenceTooLong(where, length, most)
  const unread = unreadTensors(decoder.weights, names, family.unused)
  if (unread.twice.length > 0) throw tensorsTwice(where, unread.twice)
  if (unread.inBlocks.length > 0) {
    const { family } = decoder.spec
    throw tensorsUnread(where, family, unread.inBlocks, classWarnings(reader, family))
  }
  const { spec: shape, weights } = decoder
  return {
    spec: shape,
    weights,
    warnings: [...describeWarnings(reader, decoder), ...warnings, ...unread.warnings],
  }
}
