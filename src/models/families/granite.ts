/**
 * @file Granite 3: Llama with constant factors on the embedding, on q·k, on what each block adds to the residual stream and on the
 * logits.
 *
 * Source: configuration_granite.py and modeling_granite.py of transformers 4.57 (paper: arXiv 2408.13359); defaults are that class's.
 * Left out: granitemoehybrid, whose blocks may be state space layers; granite-moe.ts has the models with experts.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { type Factors, llamaLike } from './llama-like.ts'
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

/** Factors in use run from 1/128 to 16. */
const LEAST_FACTOR = 1e-6
const GREATEST_FACTOR = 1e6

export function granite(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  const bias = config.flag('attention_bias', false)
  return llamaLike(input, {
    family: 'granite',
    shape,
    qkvBias: bias,
    outputBias: bias,
    mlpBias: config.flag('mlp_bias', false),
    qkNorm: 'none',
    windows: perBlock(shape, () => null),
    factors: readFactors(config),
  })
}

/** logits_scaling is what logits are divided by. attention_multiplier stands for 1/√headSize. */
export function readFactors(config: ConfigReader): Factors {
  const factor = (key: string): number => config.number(key, LEAST_FACTOR, GREATEST_FACTOR, 1)
  return {
    embeddingScale: factor('embedding_multiplier'),
    attentionScale: factor('attention_multiplier'),
    residualScale: factor('residual_multiplier'),
    logitScale: 1 / factor('logits_scaling'),
  }
}
