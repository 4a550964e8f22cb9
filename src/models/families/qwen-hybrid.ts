/**
 * @file Qwen3.5, dense and with experts, alone and as the text of its image models, and Qwen3-Next: gated delta nets, and in every fourth
 * block attention whose result passes a sigmoid gate (rows of q_proj beside each head's query) and of whose heads a quarter is rotated. All
 * norms but the delta net's own store their gain less 1.
 *
 * Source: configuration and modeling files of qwen3_5, qwen3_5_moe and qwen3_next in transformers 5.18; defaults are those classes'. Left
 * out: images, and the heads that predict further tokens (`mtp.`).
 */
import type { ConfigReader } from '../config-reader.ts'
import type { AttentionSpec, BlockSpec, BlockWeights } from '../decoder-spec.ts'
import { type DeltaNetWeights, deltaNetApart, deltaNetByHead, everyHead, readDeltaNet } from './delta-net.ts'
import { type BlockMlp, readExpertCounts } from './experts.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { bodyPrefix, ends, gatedMlp, headModule, perBlock, preNorms, qkNorms } from './llama-parts.ts'
import { partialRotary } from './partial-rotary.ts'
import type { InImageModel } from './qwen.ts'
import { qwenMlps, readRouting } from './qwen-moe.ts'
import { readRope, textOf } from './qwen-vl.ts'
import { IMAGE_KINDS } from './rope-scaling.ts'
import { MOST_LAYERS, readEpsilon, readShape, type Shape, type ShapeDefaults, WIDEST } from './shape.ts'
import { linear, take } from './weight-refs.ts'

const DENSE: ShapeDefaults = {
  n_vocab: 248_320,
  d_model: 4_096,
  layers: 32,
  heads: 16,
  kvHeads: 4,
  headSize: 256,
  d_mlp: 12_288,
  maxPositions: 32_768,
}
const MOE: ShapeDefaults = { ...DENSE, d_model: 2_048, layers: 40, kvHeads: 2, d_mlp: 5_632 }
const NEXT: ShapeDefaults = { ...MOE, n_vocab: 151_936, layers: 48 }

const LAYER_TYPES: ReadonlyMap<string, 'delta' | 'attention'> = new Map([
  ['linear_attention', 'delta'],
  ['full_attention', 'attention'],
])

/** The text model by itself names ropes as the image model does. */
const ALONE: InImageModel = { ropeKinds: IMAGE_KINDS }

/** What one of them has otherwise than the others. */
interface Hybrid {
  readonly family: string
  readonly shape: Shape
  readonly mlp: (block: string, layer: number) => BlockMlp
  readonly delta: (...of: Parameters<typeof deltaNetByHead>) => DeltaNetWeights
  readonly own: InImageModel
}

export function qwen35Text(input: FamilyInput, own: InImageModel = ALONE): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DENSE)
  const mlp = (block: string): BlockMlp => ({
    spec: { gated: true, activation: 'silu', size: shape.d_mlp },
    weights: gatedMlp(block, shape, false),
  })
  config.value('mlp_only_layers')
  return hybrid(input, { family: 'qwen3_5_text', shape, mlp, delta: deltaNetApart, own })
}

export function qwen35MoeText(input: FamilyInput, own: InImageModel = ALONE): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, MOE)
  // Its code divides by the sum of the chosen whatever the key says.
  config.only('norm_topk_prob', true)
  const mlp = experts(input, shape, { count: 256, perToken: 8 })
  return hybrid(input, { family: 'qwen3_5_moe_text', shape, mlp, delta: deltaNetApart, own })
}

export function qwen3Next(input: FamilyInput): FamilyDecoder {
  const shape = readShape(input.config, NEXT)
  const mlp = experts(input, shape, { count: 512, perToken: 10 })
  return hybrid(input, { family: 'qwen3_next', shape, mlp, delta: deltaNetByHead, own: {} })
}

export const qwen35 = textOf('qwen3_5', qwen35Text)
export const qwen35Moe = textOf('qwen3_5_moe', qwen35MoeText)

function experts(
  input: FamilyInput,
  shape: Shape,
  usual: { readonly count: number; readonly perToken: number },
): Hybrid['mlp'] {
  const { config } = input
  const counts = readExpertCounts(config, shape, { countKey: 'num_experts', ...usual })
  const shared = config.count('shared_expert_intermediate_size', WIDEST, 512)
  return qwenMlps(input, shape, { ...counts, ...readRouting(config, 512, true) }, shared)
}

function hybrid(input: FamilyInput, { family, shape, mlp, delta, own }: Hybrid): FamilyDecoder {
  const { config } = input
  readFixed(config)
  if (own.ropeKinds !== undefined) readRope(config)
  const attention = readAttention(input, shape, own)
  const bias = config.flag('attention_bias', false)
  const net = readDeltaNet(config)
  const kinds = readKinds(config, shape.layers)
  const prefix = bodyPrefix(input)
  const mlps = perBlock(shape, (layer) => mlp(`${prefix}layers.${layer}`, layer))
  const tied = config.flag('tie_word_embeddings', own.tied ?? false)
  return {
    spec: {
      family: own.family ?? family,
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      logitScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-6), gainOffset: 1 },
      blocks: mlps.map(({ spec }, layer): BlockSpec => {
        return { layout: 'sequential', attention: kinds[layer] === 'delta' ? net : attention, mlp: spec }
      }),
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, headModule(input), shape, tied),
      positions: null,
      blocks: mlps.map(({ weights }, layer): BlockWeights => {
        const block = `${prefix}layers.${layer}`
        const mixing =
          kinds[layer] === 'delta'
            ? { ...delta(`${block}.linear_attn`, net, shape.d_model, input.names), qNorm: null, kNorm: null }
            : { ...gatedAttention(block, shape, bias), ...qkNorms(block, shape, 'head') }
        return { ...preNorms(block, shape), ...mixing, ...weights }
      }),
    },
  }
}

function readAttention(input: FamilyInput, shape: Shape, { ropeKinds }: InImageModel): AttentionSpec {
  const turned = {
    fraction: 0.25,
    pairing: 'half',
    ...(ropeKinds === undefined ? {} : { kinds: ropeKinds }),
  } as const
  return {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    window: null,
    rotary: partialRotary(input, shape, turned),
    qkNorm: 'head',
    outputGate: true,
  }
}

/** Of every head in q_proj the query comes first, then its gate. */
function gatedAttention(
  block: string,
  shape: Shape,
  bias: boolean,
): Pick<BlockWeights, 'q' | 'k' | 'v' | 'outputGate' | 'o'> {
  const { heads, headSize, kvHeads, d_model } = shape
  const attention = `${block}.self_attn`
  const both = linear(`${attention}.q_proj`, 2 * heads * headSize, d_model, bias)
  return {
    q: take(both, everyHead(heads, 2 * headSize, 0, headSize)),
    outputGate: take(both, everyHead(heads, 2 * headSize, headSize, headSize)),
    k: linear(`${attention}.k_proj`, kvHeads * headSize, d_model, bias),
    v: linear(`${attention}.v_proj`, kvHeads * headSize, d_model, bias),
    o: linear(`${attention}.o_proj`, d_model, heads * headSize, bias),
  }
}

/** Every `full_attention_interval`-th has attention, or what layer_types says. */
function readKinds(config: ConfigReader, layers: number): readonly ('delta' | 'attention')[] {
  const interval = config.count('full_attention_interval', MOST_LAYERS, 4)
  return (
    config.choices('layer_types', layers, LAYER_TYPES) ??
    Array.from({ length: layers }, (_, layer) => ((layer + 1) % interval === 0 ? 'attention' : 'delta'))
  )
}

/** What transformers takes for granted, and what is of no weight here. */
function readFixed(config: ConfigReader): void {
  config.only('hidden_act', 'silu')
  config.only('attn_output_gate', true)
  config.only('output_gate_type', 'swish')
  config.only('use_sliding_window', false)
  for (const key of ['mamba_ssm_dtype', 'mtp_num_hidden_layers', 'mtp_use_dedicated_embeddings'])
    config.value(key)
}
