/**
 * @file GLM-4 (glm: 9B of 2024; glm4: those of 2025, with norms behind attention and MLP as well): gate and up in one matrix, half of
 * each head rotated, neighbours in pairs.
 *
 * Source: configuration_glm.py, modeling_glm.py and those of glm4 of transformers 4.57; defaults are those classes'. Left out: the
 * repositories' own code under model_type chatglm, whose tensors have other names.
 */
import type { BlockWeights } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { bodyPrefix, ends, perBlock, preNorms, separateAttention } from './llama-parts.ts'
import { partialRotary } from './partial-rotary.ts'
import { ACTIVATIONS, readEpsilon, readShape, type Shape, type ShapeDefaults } from './shape.ts'
import { linear, rmsNorm, take } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 151_552,
  d_model: 4_096,
  layers: 40,
  heads: 32,
  kvHeads: 2,
  headSize: 128,
  d_mlp: 13_696,
  maxPositions: 131_072,
}

export const glm = (input: FamilyInput): FamilyDecoder => glmLike(input, 'glm')
export const glm4 = (input: FamilyInput): FamilyDecoder => glmLike(input, 'glm4')

function glmLike(input: FamilyInput, family: 'glm' | 'glm4'): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  const bias = config.flag('attention_bias', false)
  const attention = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    window: null,
    rotary: partialRotary(input, shape, { fraction: 0.5, pairing: 'interleaved' }),
    qkNorm: 'none',
  } as const
  const mlp = { gated: true, activation: config.choice('hidden_act', ACTIVATIONS, 'silu'), size: shape.d_mlp }
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family,
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1.5625e-7), gainOffset: 0 },
      blocks: perBlock(shape, () => ({ layout: 'sequential', attention, mlp })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, 'lm_head', shape, config.flag('tie_word_embeddings', false)),
      positions: null,
      blocks: perBlock(shape, (layer) => glmBlock(`${prefix}layers.${layer}`, shape, { family, bias })),
    },
  }
}

function glmBlock(
  block: string,
  shape: Shape,
  { family, bias }: { readonly family: 'glm' | 'glm4'; readonly bias: boolean },
): BlockWeights {
  const gateUp = linear(`${block}.mlp.gate_up_proj`, 2 * shape.d_mlp, shape.d_model, false)
  const behind =
    family === 'glm'
      ? {}
      : {
          postAttention: rmsNorm(`${block}.post_self_attn_layernorm`, shape.d_model),
          postMlp: rmsNorm(`${block}.post_mlp_layernorm`, shape.d_model),
        }
  return {
    ...preNorms(block, shape),
    ...behind,
    ...separateAttention(block, shape, { qkv: bias, output: false }),
    qNorm: null,
    kNorm: null,
    gate: take(gateUp, [[0, shape.d_mlp]]),
    up: take(gateUp, [[shape.d_mlp, 2 * shape.d_mlp]]),
    down: linear(`${block}.mlp.down_proj`, shape.d_model, shape.d_mlp, false),
  }
}
