/**
 * @file Phi-3.5-MoE and its relatives: Mixtral's block behind layer norms, biases on the attention and the unembedding, longrope with two
 * stated factors on cos and sin, and the router of SparseMixer.
 *
 * Source: configuration_phimoe.py and modeling_phimoe.py of transformers 4.57 and 5 (report: arXiv 2404.14219); defaults are that class's.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { BlockWeights, ExpertsSpec, RotarySpec } from '../decoder-spec.ts'
import { expertsOnly, readExpertCounts, singleExpert } from './experts.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows } from './layer-windows.ts'
import { bodyPrefix, perBlock, separateAttention } from './llama-parts.ts'
import { MIXTRAL_NAMES } from './mixtral.ts'
import { PHI3_KINDS, ropeBase, ropeSection, rotary, rotarySize } from './rope-scaling.ts'
import {
  ACTIVATIONS,
  MOST_POSITIONS,
  readEpsilon,
  readShape,
  type Shape,
  type ShapeDefaults,
} from './shape.ts'
import { layerNorm, linear, matrix } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 32_064,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: 8,
  headSize: null,
  d_mlp: 6_400,
  maxPositions: 131_072,
}

/** Published: 1.24. */
const GREATEST_MAGNITUDE = 1e6

export function phiMoe(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  const noise = config.number('router_jitter_noise', 0, 1, 0.01)
  const counts = readExpertCounts(config, shape, { countKey: 'num_local_experts', count: 16, perToken: 2 })
  config.only('num_experts_per_tok', 2)
  if (counts.perToken !== 2) throw config.unsupported('num_local_experts', 'at least 2')
  const experts: ExpertsSpec = { ...counts, size: shape.d_mlp, routing: 'sparsemixer', nearness: 2 * noise }
  const bias = config.flag('attention_bias', false)
  config.only('tie_word_embeddings', false)
  const everywhere = Array.from({ length: shape.layers }, () => config.has('sliding_window'))
  const turns = phiMoeRotary(input, shape)
  const attention = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    rotary: turns,
    qkNorm: 'none',
  } as const
  const activation = config.choice('hidden_act', ACTIVATIONS, 'silu')
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family: 'phimoe',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'layer', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-5), gainOffset: 0 },
      blocks: layerWindows(config, everywhere, null).map((window) => ({
        layout: 'sequential',
        attention: { ...attention, window },
        mlp: { gated: true, activation, size: 0, experts },
      })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      embedding: matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model),
      positions: null,
      blocks: perBlock(shape, (layer) => phiMoeBlock(`${prefix}layers.${layer}`, shape, { bias, experts })),
      finalNorm: layerNorm(`${prefix}norm`, shape.d_model),
      unembedding: linear('lm_head', shape.n_vocab, shape.d_model, config.flag('lm_head_bias', false)),
    },
  }
}

function phiMoeBlock(
  block: string,
  shape: Shape,
  { bias, experts }: { readonly bias: boolean; readonly experts: ExpertsSpec },
): BlockWeights {
  const module = `${block}.block_sparse_moe`
  const router = linear(`${module}.gate`, experts.count, shape.d_model, false)
  const sides = { d_model: shape.d_model, size: experts.size }
  // The activation is the spec's to say.
  const { weights } = expertsOnly({ activation: 'silu' }, experts, router, (expert) =>
    singleExpert(`${module}.experts.${expert}`, sides, MIXTRAL_NAMES),
  )
  return {
    preAttention: layerNorm(`${block}.input_layernorm`, shape.d_model),
    ...separateAttention(block, shape, { qkv: bias, output: bias }),
    qNorm: null,
    kNorm: null,
    postAttention: null,
    preMlp: layerNorm(`${block}.post_attention_layernorm`, shape.d_model),
    ...weights,
    postMlp: null,
  }
}

/** With a scaling, cos and sin are multiplied by `long_mscale` where the long factors count, else by `short_mscale`. */
function phiMoeRotary(input: FamilyInput, shape: Shape): RotarySpec {
  const { config, length } = input
  const section = ropeSection(config)
  const original = config.countOrNull('original_max_position_embeddings', MOST_POSITIONS, null)
  const size = rotarySize(config, 'head_dim', 1, shape.headSize)
  const base = ropeBase(config, section, 'rope_theta', 1e6)
  const turns = rotary(size, base, { length, most: shape.maxPositions, original }, section, PHI3_KINDS)
  return section === null || isPlain(section) ? turns : { ...turns, amplitude: magnitude(section, length) }
}

function isPlain(section: ConfigReader): boolean {
  return [section.value('rope_type'), section.value('type')].every(
    (kind) => kind === undefined || kind === 'default',
  )
}

function magnitude(section: ConfigReader, length: number): number {
  const original = section.count('original_max_position_embeddings', MOST_POSITIONS)
  const [short, long] = ['short_mscale', 'long_mscale'].map((key) =>
    section.number(key, 0, GREATEST_MAGNITUDE),
  )
  return (length > original ? long : short) ?? 1
}
