/** @file The architectures whose GGUF files can be read, by general.architecture. Mistral's files say llama. */
import { ggufArchitectureUnknown, ggufModelUnsupported } from '../../../errors/gguf.ts'
import type { JsonObject } from '../../../sources/json.ts'
import type { GgufFamily, GgufModel } from './family.ts'
import { gemma, gemma2, gemma3 } from './gemma.ts'
import { gpt2, gptneox } from './gpt.ts'
import { gptOss } from './gpt-oss.ts'
import { llama, olmo2, qwen2, qwen3, qwen3Moe } from './llama.ts'
import { phi3 } from './phi3.ts'
import { qwen3Next, qwen35, qwen35Moe } from './qwen35.ts'
import { expertCount } from './sizes.ts'

const FAMILIES: ReadonlyMap<string, GgufFamily> = new Map([
  ['llama', llama],
  ['qwen2', qwen2],
  ['qwen3', qwen3],
  ['qwen3moe', qwen3Moe],
  ['gemma', gemma],
  ['gemma2', gemma2],
  ['gemma3', gemma3],
  ['phi3', phi3],
  ['gpt2', gpt2],
  ['gptneox', gptneox],
  ['olmo2', olmo2],
  ['gpt-oss', gptOss],
  ['qwen3next', qwen3Next],
  ['qwen35', qwen35],
  ['qwen35moe', qwen35Moe],
])

export const GGUF_ARCHITECTURES: readonly string[] = [...FAMILIES.keys()]

/** Errors: GGUF_ARCHITECTURE_UNKNOWN. */
export function ggufFamily(file: string, architecture: string): GgufFamily {
  const family = FAMILIES.get(architecture)
  if (family === undefined) throw ggufArchitectureUnknown(file, architecture, GGUF_ARCHITECTURES)
  return family
}

/** The config.json of a GGUF model. Errors: GGUF_ARCHITECTURE_UNKNOWN, and those of the family's `config`. */
export function ggufConfig(model: GgufModel): JsonObject {
  const family = ggufFamily(model.file, model.metadata.architecture)
  if (expertCount(model) > 0 && family.hasExperts !== true)
    throw ggufModelUnsupported(
      model.file,
      'it is a mixture of experts, which is not known of its architecture',
    )
  return family.config(model)
}
