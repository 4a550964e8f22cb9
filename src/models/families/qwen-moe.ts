/**
 * @file Qwen2-MoE (Qwen1.5-MoE, Qwen2-57B-A14B) and Qwen3-MoE: Qwen2 and Qwen3 with experts in place of the MLP of every block, of every
 * `decoder_sparse_step`-th, or of all but `mlp_only_layers`. Shares are by a softmax over all experts, with norm_topk_prob over the chosen. In
 * Qwen2-MoE an expert that every token is given to stands beside them, by the sigmoid of a gate of its own.
 *
 * Source: configuration_qwen2_moe.py, configuration_qwen3_moe.py and their modeling files in transformers 4.57; defaults are those classes'.
 * Left out: Qwen2-MoE with sliding windows, which no released model has and whose blocks differ between versions of transformers.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { ExpertRef, ExpertsSpec } from '../decoder-spec.ts'
import { type BlockMlp, expertHalves, expertsOnly, readExpertCounts, singleExpert } from './experts.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows } from './layer-windows.ts'
import { llamaLike } from './llama-like.ts'
import { gatedMlp, perBlock } from './llama-parts.ts'
import type { InImageModel } from './qwen.ts'
import { ACTIVATIONS, MOST_LAYERS, readShape, type Shape, type ShapeDefaults, WIDEST } from './shape.ts'
import type { TensorNames } from './tensor-names.ts'
import { linear } from './weight-refs.ts'

const QWEN2: ShapeDefaults = {
  n_vocab: 151_936,
  d_model: 2_048,
  layers: 24,
  heads: 16,
  kvHeads: 16,
  headSize: null,
  d_mlp: 5_632,
  maxPositions: 32_768,
}
const QWEN3: ShapeDefaults = { ...QWEN2, heads: 32, kvHeads: 4, d_mlp: 6_144 }

const NAMES = ['gate_proj', 'up_proj', 'down_proj'] as const

export function qwen2Moe(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, QWEN2)
  config.only('use_sliding_window', false)
  for (const key of ['sliding_window', 'max_window_layers']) config.value(key)
  const counts = readExpertCounts(config, shape, { countKey: 'num_experts', count: 60, perToken: 4 })
  const experts = { ...counts, ...readRouting(config, 1_408) }
  const shared = config.count('shared_expert_intermediate_size', WIDEST, 5_632)
  return llamaLike(input, {
    family: 'qwen2_moe',
    shape,
    qkvBias: config.flag('qkv_bias', true),
    outputBias: false,
    mlpBias: false,
    qkNorm: 'none',
    windows: perBlock(shape, () => null),
    mlp: qwenMlps(input, shape, experts, shared),
  })
}

export function qwen3Moe(input: FamilyInput, own: InImageModel = {}): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, QWEN3)
  const bias = config.flag('attention_bias', false)
  const counts = readExpertCounts(config, shape, { countKey: 'num_experts', count: 128, perToken: 8 })
  const isAlwaysChosen = own.family === 'qwen3_vl_moe'
  // Its code divides by the sum of the chosen whatever the key says.
  if (isAlwaysChosen) config.only('norm_topk_prob', true)
  const experts = { ...counts, ...readRouting(config, 768, isAlwaysChosen) }
  const slides = config.flag('use_sliding_window', false) && config.value('sliding_window') !== null
  for (const key of ['sliding_window', 'max_window_layers']) config.value(key)
  return llamaLike(input, {
    family: 'qwen3_moe',
    shape,
    qkvBias: bias,
    outputBias: bias,
    mlpBias: false,
    qkNorm: 'head',
    windows: slides
      ? layerWindows(
          config,
          perBlock(shape, () => true),
          4_096,
        )
      : perBlock(shape, () => null),
    mlp: qwenMlps(input, shape, experts, null),
    ...own,
  })
}

export function readRouting(
  config: ConfigReader,
  size: number,
  normed = false,
): Pick<ExpertsSpec, 'size' | 'routing'> {
  return {
    size: config.count('moe_intermediate_size', WIDEST, size),
    routing: config.flag('norm_topk_prob', normed) ? 'chosen' : 'all',
  }
}

/** `shared`: hidden units of the expert that every token is given to; null: none. */
export function qwenMlps(
  { config, names }: FamilyInput,
  shape: Shape,
  experts: ExpertsSpec,
  shared: number | null,
): (block: string, layer: number) => BlockMlp {
  const activation = config.choice('hidden_act', ACTIVATIONS, 'silu')
  const step = config.count('decoder_sparse_step', MOST_LAYERS, 1)
  const plain = readPlainLayers(config, shape.layers)
  return (block, layer) => {
    if (plain.has(layer) || (layer + 1) % step !== 0) {
      return {
        spec: { gated: true, activation, size: shape.d_mlp },
        weights: gatedMlp(block, shape, false),
      }
    }
    const module = `${block}.mlp`
    const router = linear(`${module}.gate`, experts.count, shape.d_model, false)
    const routed = expertsOnly({ activation }, experts, router, (expert) =>
      qwenExpert(`${module}.experts.${expert}`, { d_model: shape.d_model, size: experts.size }, names),
    )
    return shared === null ? routed : withShared(routed, module, shape.d_model, shared)
  }
}

/** The rows of gate before those of up where one matrix holds both, as Qwen3-VL's do. */
function qwenExpert(
  module: string,
  sides: { readonly d_model: number; readonly size: number },
  names: TensorNames,
): ExpertRef {
  const isTogether = names.has(`${module}.gate_up_proj.weight`)
  return isTogether ? expertHalves(module, sides) : singleExpert(module, sides, NAMES)
}

function withShared({ spec, weights }: BlockMlp, module: string, d_model: number, size: number): BlockMlp {
  const sharedGate = linear(`${module}.shared_expert_gate`, 1, d_model, false)
  return {
    spec: { ...spec, size },
    weights: {
      ...singleExpert(`${module}.shared_expert`, { d_model, size }, NAMES),
      ...(weights.experts === undefined ? {} : { experts: { ...weights.experts, sharedGate } }),
    },
  }
}

/** `mlp_only_layers`: blocks that have an MLP whatever the step says. */
function readPlainLayers(config: ConfigReader, layers: number): ReadonlySet<number> {
  const listed = config.value('mlp_only_layers') ?? []
  const isBlock = (value: unknown): value is number => Number.isInteger(value)
  if (!Array.isArray(listed) || listed.length > MOST_LAYERS || !listed.every(isBlock))
    throw config.unsupported('mlp_only_layers', `a list of blocks from 0 to ${layers - 1}`)
  return new Set(listed)
}
