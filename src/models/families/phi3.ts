/**
 * @file Phi-3, Phi-3.5 and Phi-4-mini: Llama with q, k, v in one matrix and gate, up in another, longrope, partial rotary.
 *
 * Source: configuration_phi3.py and modeling_phi3.py of transformers 4.57 (reports: arXiv 2404.14219, 2503.01743);
 * defaults are that class's. Left out: Phi-3-small (block-sparse attention), Phi-3.5-MoE.
 */
import type { AttentionSpec, BlockWeights, RotarySpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows } from './layer-windows.ts'
import { bodyPrefix, ends, perBlock, preNorms } from './llama-parts.ts'
import { PHI3_KINDS, ropeBase, ropeSection, rotary, rotarySize } from './rope-scaling.ts'
import {
  ACTIVATIONS,
  MOST_POSITIONS,
  readEpsilon,
  readShape,
  type Shape,
  type ShapeDefaults,
} from './shape.ts'
import { linear, take } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 32_064,
  d_model: 3_072,
  layers: 32,
  heads: 32,
  kvHeads: null,
  headSize: null,
  d_mlp: 8_192,
  maxPositions: 4_096,
}

function phi3Rotary({ config, length }: FamilyInput, shape: Shape): RotarySpec {
  const section = ropeSection(config)
  const stated = config.number('partial_rotary_factor', 0, 1, 1)
  const fraction = section?.number('partial_rotary_factor', 0, 1, stated) ?? stated
  const original = config.count('original_max_position_embeddings', MOST_POSITIONS, 4_096)
  return rotary(
    rotarySize(config, 'partial_rotary_factor', fraction, shape.headSize),
    ropeBase(config, section, 'rope_theta', 10_000),
    { length, most: shape.maxPositions, original },
    section,
    PHI3_KINDS,
  )
}

/** Rows of qkv_proj: all queries, all keys, all values. Rows of gate_up_proj: all gates, all ups. */
function phi3Block(block: string, shape: Shape): BlockWeights {
  const queries = shape.heads * shape.headSize
  const keys = shape.kvHeads * shape.headSize
  const qkv = linear(`${block}.self_attn.qkv_proj`, queries + 2 * keys, shape.d_model, false)
  const gateUp = linear(`${block}.mlp.gate_up_proj`, 2 * shape.d_mlp, shape.d_model, false)
  return {
    ...preNorms(block, shape),
    q: take(qkv, [[0, queries]]),
    k: take(qkv, [[queries, queries + keys]]),
    v: take(qkv, [[queries + keys, queries + 2 * keys]]),
    o: linear(`${block}.self_attn.o_proj`, shape.d_model, queries, false),
    qNorm: null,
    kNorm: null,
    gate: take(gateUp, [[0, shape.d_mlp]]),
    up: take(gateUp, [[shape.d_mlp, 2 * shape.d_mlp]]),
    down: linear(`${block}.mlp.down_proj`, shape.d_model, shape.d_mlp, false),
  }
}

export function phi3(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('attention_bias', false)
  config.only('mlp_bias', false)
  config.only('lm_head_bias', false)
  config.only('full_attn_mod', 1)
  config.only('interpolate_factor', 1)
  const slides = config.has('sliding_window')
  const windows = layerWindows(
    config,
    perBlock(shape, () => slides),
    null,
  )
  const attention: Omit<AttentionSpec, 'window'> = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    rotary: phi3Rotary(input, shape),
    qkNorm: 'none',
  }
  const mlp = { gated: true, activation: config.choice('hidden_act', ACTIVATIONS, 'silu'), size: shape.d_mlp }
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family: 'phi3',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-5), gainOffset: 0 },
      blocks: windows.map((window) => ({ layout: 'sequential', attention: { ...attention, window }, mlp })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, 'lm_head', shape, config.flag('tie_word_embeddings', false)),
      positions: null,
      blocks: perBlock(shape, (layer) => phi3Block(`${prefix}layers.${layer}`, shape)),
    },
  }
}
