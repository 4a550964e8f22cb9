/** @file What is drawn for each family: its config keys, and its tensors under transformers' names. */
import type { JsonObject } from '../../src/models/config-reader.ts'
import {
  makeGptOss,
  makeGraniteMoe,
  makeMixtral,
  makePhiMoe,
  makeQwenMoe,
  makeStackedQwenMoe,
} from './random-experts.ts'
import { makeGemma, makeGemma3 } from './random-gemma.ts'
import { makeGemma3n, makeGemma3nText } from './random-gemma3n.ts'
import { makeGemma4, makeGemma4Inside } from './random-gemma4.ts'
import { makeGpt2, makeGptNeo, makeGptNeox } from './random-gpt.ts'
import {
  makeLlama,
  makeMistral,
  makeOlmo2,
  makeOlmo3,
  makePhi3,
  makeQwen2,
  makeQwen3,
} from './random-llama.ts'
import type { TensorMaker } from './random-model.ts'
import { inImageModel, makeQwenHybrid } from './random-qwen-hybrid.ts'
import {
  makeCohere,
  makeCohere2,
  makeFalcon,
  makeGlm,
  makeGranite,
  makeMinistral3,
  makeMistral3,
  makeOlmo,
  makePhi,
  makeQwenVl,
  makeSmolLm3,
  makeStableLm,
} from './random-relatives.ts'

/** Draws a config and makes its tensors. */
export type MakeRandom = (maker: TensorMaker) => JsonObject | { readonly [key: string]: unknown }

export const RANDOM_FAMILIES: ReadonlyMap<string, MakeRandom> = new Map([
  ['gpt2', makeGpt2],
  ['gpt_neo', makeGptNeo],
  ['gpt_neox', makeGptNeox],
  ['llama', makeLlama],
  ['mistral', makeMistral],
  ['mistral3', makeMistral3],
  ['ministral3', makeMinistral3],
  ['qwen2', makeQwen2],
  ['qwen3', makeQwen3],
  ['mixtral', makeMixtral],
  ['qwen2_moe', makeQwenMoe(2)],
  ['qwen3_moe', makeQwenMoe(3)],
  ['qwen2_vl', makeQwenVl(2, makeQwen2)],
  ['qwen2_5_vl', makeQwenVl(2, makeQwen2)],
  ['qwen3_vl', makeQwenVl(3, makeQwen3)],
  ['qwen3_vl_moe', makeQwenVl(3, makeStackedQwenMoe)],
  ['qwen3_next', makeQwenHybrid('next')],
  ['qwen3_5', inImageModel(makeQwenHybrid('dense'))],
  ['qwen3_5_text', makeQwenHybrid('dense')],
  ['qwen3_5_moe', inImageModel(makeQwenHybrid('moe'))],
  ['qwen3_5_moe_text', makeQwenHybrid('moe')],
  ['gpt_oss', makeGptOss],
  ['granitemoe', makeGraniteMoe(false)],
  ['granitemoeshared', makeGraniteMoe(true)],
  ['phimoe', makePhiMoe],
  ['phi3', makePhi3],
  ['olmo', makeOlmo],
  ['olmo2', makeOlmo2],
  ['olmo3', makeOlmo3],
  ['smollm3', makeSmolLm3],
  ['stablelm', makeStableLm],
  ['phi', makePhi],
  ['granite', makeGranite],
  ['cohere', makeCohere],
  ['cohere2', makeCohere2],
  ['falcon', makeFalcon],
  ['glm', makeGlm(false)],
  ['glm4', makeGlm(true)],
  ['gemma', makeGemma(1)],
  ['gemma2', makeGemma(2)],
  ['gemma3_text', makeGemma(3)],
  ['gemma3', makeGemma3],
  ['gemma3n_text', makeGemma3nText],
  ['gemma3n', makeGemma3n],
  ['gemma4_text', makeGemma4('plain')],
  ['gemma4', makeGemma4Inside('plain')],
  ['gemma4_unified_text', makeGemma4('unified')],
  ['gemma4_unified', makeGemma4Inside('unified')],
])
