/**
 * @file The reference for every decoder graph: a float64 forward pass in plain loops, one file per published definition.
 *
 * Nothing here knows DecoderSpec: configs and tensor names are read straight, with the defaults written out again, so that
 * a mistake in a family file and a mistake here are two different mistakes.
 */
import type { JsonObject } from '../../src/models/config-reader.ts'
import { forwardCohere } from './cohere.ts'
import { forwardFalcon } from './falcon.ts'
import { forwardGemma } from './gemma.ts'
import { forwardGemma3n } from './gemma3n.ts'
import { forwardGemma4 } from './gemma4.ts'
import { forwardGptNeo } from './gpt-neo.ts'
import { forwardGptNeox } from './gpt-neox.ts'
import { forwardGptOss } from './gpt-oss.ts'
import { forwardGpt2 } from './gpt2.ts'
import { forwardInside, forwardLlama } from './llama.ts'
import { forwardOlmo } from './olmo.ts'
import { forwardOlmo2 } from './olmo2.ts'
import { forwardGlm, forwardStableLm } from './parallel-relatives.ts'
import { forwardPhiMoe } from './phimoe.ts'
import type { Rows, Tensors } from './pieces.ts'
import { forwardQwenHybrid } from './qwen-hybrid.ts'
import { type NaiveEdit, Trace } from './trace.ts'

export interface NaiveResult {
  /** [position][vocabulary] */
  readonly logits: Rows
  /** Final hidden state after the last norm, [position][d_model]. */
  readonly hidden: Rows
  /** TransformerLens hook point → [position][width]. */
  readonly hooks: ReadonlyMap<string, Rows>
  /** Likewise, what the pass does not go on with. */
  readonly asides: ReadonlyMap<string, Rows>
  /** What the matrices of a block are multiplied by: `blocks.0.down.input` → [position][width]. */
  readonly inputs: ReadonlyMap<string, Rows>
  /** Of those that not every position reaches: the positions that do. */
  readonly given: ReadonlyMap<string, readonly number[]>
}

export type NaiveForward = (
  config: JsonObject,
  tensors: Tensors,
  ids: readonly number[],
  trace: Trace,
) => Omit<NaiveResult, 'hooks' | 'inputs' | 'given' | 'asides'>

const FORWARDS: ReadonlyMap<string, NaiveForward> = new Map([
  ['gpt2', forwardGpt2],
  ['gpt_neo', forwardGptNeo],
  ['gpt_neox', forwardGptNeox],
  ['llama', forwardLlama],
  ['mistral', forwardLlama],
  ['mistral3', forwardInside('mistral')],
  ['ministral3', forwardLlama],
  ['qwen2', forwardLlama],
  ['qwen3', forwardLlama],
  ['mixtral', forwardLlama],
  ['qwen2_moe', forwardLlama],
  ['qwen3_moe', forwardLlama],
  ['qwen2_vl', forwardInside('qwen2')],
  ['qwen2_5_vl', forwardInside('qwen2')],
  ['qwen3_vl', forwardInside('qwen3')],
  ['qwen3_vl_moe', forwardInside('qwen3_moe')],
  ['qwen3_next', forwardQwenHybrid],
  ['qwen3_5', forwardQwenHybrid],
  ['qwen3_5_text', forwardQwenHybrid],
  ['qwen3_5_moe', forwardQwenHybrid],
  ['qwen3_5_moe_text', forwardQwenHybrid],
  ['gpt_oss', forwardGptOss],
  ['granitemoe', forwardLlama],
  ['granitemoeshared', forwardLlama],
  ['phimoe', forwardPhiMoe],
  ['phi3', forwardLlama],
  ['gemma', forwardGemma],
  ['gemma2', forwardGemma],
  ['gemma3', forwardGemma],
  ['gemma3_text', forwardGemma],
  ['gemma3n_text', forwardGemma3n],
  ['gemma3n', forwardGemma3n],
  ['gemma4_text', forwardGemma4],
  ['gemma4', forwardGemma4],
  ['gemma4_unified_text', forwardGemma4],
  ['gemma4_unified', forwardGemma4],
  ['olmo', forwardOlmo],
  ['olmo2', forwardOlmo2],
  ['olmo3', forwardOlmo2],
  ['smollm3', forwardLlama],
  ['stablelm', forwardStableLm],
  ['phi', forwardStableLm],
  ['granite', forwardLlama],
  ['cohere', forwardCohere],
  ['cohere2', forwardCohere],
  ['falcon', forwardFalcon],
  ['glm', forwardGlm],
  ['glm4', forwardGlm],
])

/** Run one sequence of token ids. `edits`: by hook point, what the pass goes on with there. */
export function naiveForward(
  config: JsonObject,
  tensors: Tensors,
  ids: readonly number[],
  edits: ReadonlyMap<string, NaiveEdit> = new Map(),
): NaiveResult {
  const forward = FORWARDS.get(String(config.model_type))
  if (!forward) throw new Error(`the oracle does not know ${config.model_type}`)
  const trace = new Trace(edits)
  return {
    ...forward(config, tensors, ids, trace),
    hooks: trace.hooks,
    inputs: trace.inputs,
    given: trace.given,
    asides: trace.asides,
  }
}

/** −ln p(ids[t+1] | ids[..t]) for t = 0..n−2, nats. */
export function naiveLosses(logits: Rows, ids: readonly number[]): number[] {
  return ids.slice(1).map((next, t) => {
    const row = logits[t] ?? new Float64Array()
    const peak = row.reduce((a, b) => Math.max(a, b), -Infinity)
    const sum = row.reduce((total, logit) => total + Math.exp(logit - peak), 0)
    return peak + Math.log(sum) - (row[next] ?? Number.NaN)
  })
}
