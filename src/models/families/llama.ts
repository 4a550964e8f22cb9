/**
 * @file Llama 1-3.x, and what is stored in its form (SmolLM, TinyLlama, Vicuna): RMS norms, rotary, grouped queries,
 * gated SiLU MLP.
 *
 * Source: configuration_llama.py and modeling_llama.py of transformers 4.57; defaults are that class's.
 */
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { llamaLike } from './llama-like.ts'
import { perBlock } from './llama-parts.ts'
import { readShape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 32_000,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: null,
  headSize: null,
  d_mlp: 11_008,
  maxPositions: 2_048,
}

export function llama(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  const attentionBias = config.flag('attention_bias', false)
  return llamaLike(input, {
    family: 'llama',
    shape,
    qkvBias: attentionBias,
    outputBias: attentionBias,
    mlpBias: config.flag('mlp_bias', false),
    qkNorm: 'none',
    windows: perBlock(shape, () => null),
  })
}
