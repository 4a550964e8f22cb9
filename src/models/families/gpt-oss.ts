/**
 * @file gpt-oss (20b, 120b): Llama with biases, experts in place of every MLP, a sink for each head of the attention, and every other block
 * sliding. Gate and up lie channel by channel in one matrix, and both are clamped.
 *
 * Source: configuration_gpt_oss.py and modeling_gpt_oss.py of transformers 4.57 and 5 (model card: arXiv 2508.10925); defaults are that
 * class's but for the rope, which every published config states.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { ChannelRange, ExpertRef, ExpertsSpec } from '../decoder-spec.ts'
import { expertsOnly, readExpertCounts, singleExpert } from './experts.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import { llamaLike } from './llama-like.ts'
import { ropeSection } from './rope-scaling.ts'
import { readShape, type ShapeDefaults } from './shape.ts'
import type { TensorNames } from './tensor-names.ts'
import { linear, take } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 201_088,
  d_model: 2_880,
  layers: 36,
  heads: 64,
  kvHeads: 8,
  headSize: 64,
  d_mlp: 2_880,
  maxPositions: 131_072,
}

/** Published: 2,880. One range of channels is written for each. */
const MOST_HIDDEN_UNITS = 1 << 16

/** Of one expert whose gate and up are apart. */
const GGUF_NAMES = ['gate_proj', 'up_proj', 'down_proj'] as const

export function gptOss(input: FamilyInput): FamilyDecoder {
  const { config, names } = input
  const shape = readShape(config, DEFAULTS)
  if (shape.d_mlp > MOST_HIDDEN_UNITS)
    throw config.unsupported('intermediate_size', `at most ${MOST_HIDDEN_UNITS}`)
  const counts = readExpertCounts(config, shape, { countKey: 'num_local_experts', count: 128, perToken: 4 })
  readFixed(config, counts.perToken)
  const spec: ExpertsSpec = { ...counts, size: shape.d_mlp, routing: 'chosen' }
  const sliding = slidingLayers(config, shape.layers, (layer) => layer % 2 === 0)
  const bias = config.flag('attention_bias', true)
  const sides = { d_model: shape.d_model, size: shape.d_mlp, ...interleaved(shape.d_mlp) }
  return llamaLike(input, {
    family: 'gpt_oss',
    shape,
    qkvBias: bias,
    outputBias: bias,
    mlpBias: false,
    qkNorm: 'none',
    windows: layerWindows(config, sliding, 128),
    ropeBase: 150_000,
    epsilon: 1e-5,
    sinks: true,
    mlp: (block) => {
      const router = linear(`${block}.mlp.router`, spec.count, shape.d_model, true)
      return expertsOnly({ activation: 'clamped_silu' }, spec, router, (expert) =>
        gptOssExpert(`${block}.mlp.experts.${expert}`, sides, names),
      )
    },
  })
}

interface Sides {
  readonly d_model: number
  readonly size: number
  /** Output channels of gate and up in their matrix. */
  readonly even: readonly ChannelRange[]
  readonly odd: readonly ChannelRange[]
}

/** The even channels of 2 · size, and the odd ones: shared by all experts. */
function interleaved(size: number): Pick<Sides, 'even' | 'odd'> {
  const every = (first: number): ChannelRange[] =>
    Array.from({ length: size }, (_, unit) => [2 * unit + first, 2 * unit + first + 1])
  return { even: every(0), odd: every(1) }
}

/** Gate and up are matrices of their own where a converter took them apart. */
function gptOssExpert(module: string, { d_model, size, even, odd }: Sides, names: TensorNames): ExpertRef {
  const apart = singleExpert(module, { d_model, size }, GGUF_NAMES, true)
  if (names.has(`${module}.gate_proj.weight`)) return apart
  const both = linear(`${module}.gate_up_proj`, 2 * size, d_model, true)
  return { ...apart, gate: take(both, even), up: take(both, odd) }
}

/** What transformers takes for granted, or states twice. */
function readFixed(config: ConfigReader, perToken: number): void {
  if (ropeSection(config) === null) throw config.unsupported('rope_scaling', 'an object, as published')
  config.only('hidden_act', 'silu')
  config.only('swiglu_limit', 7)
  config.only('swiglu_alpha', 1.702)
  config.only('experts_per_token', perToken)
  config.value('initial_context_length')
}
