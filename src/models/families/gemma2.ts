/**
 * @file Gemma 2: soft caps on attention and logits, every other block sliding, the first one included.
 *
 * Source: configuration_gemma2.py and modeling_gemma2.py of transformers 4.57 (report: arXiv 2408.00118); defaults are
 * that class's.
 */
import type { AttentionSpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { GREATEST_SOFTCAP, gemmaSandwich, readAttentionScale } from './gemma-sandwich.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import { wholeHeadRotary } from './llama-like.ts'
import { bodyPrefix } from './llama-parts.ts'
import { readShape, type Shape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 256_000,
  d_model: 2_304,
  layers: 26,
  heads: 8,
  kvHeads: 4,
  headSize: 256,
  d_mlp: 9_216,
  maxPositions: 8_192,
}

/** Attention of each block. */
function gemma2Attention(input: FamilyInput, shape: Shape): AttentionSpec[] {
  const { config } = input
  const rotary = wholeHeadRotary(input, shape)
  const scale = readAttentionScale(input)
  const softcap = config.numberOrNull('attn_logit_softcapping', 1e-6, GREATEST_SOFTCAP, 50)
  const sliding = slidingLayers(config, shape.layers, (layer) => layer % 2 === 0)
  return layerWindows(config, sliding, 4_096).map((window) => ({
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale,
    softcap,
    window,
    rotary,
    qkNorm: 'none',
  }))
}

export function gemma2(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  return gemmaSandwich(input, {
    family: 'gemma2',
    shape,
    attention: gemma2Attention(input, shape),
    logitSoftcap: config.numberOrNull('final_logit_softcapping', 1e-6, GREATEST_SOFTCAP, 30),
    tied: config.flag('tie_word_embeddings', true),
    prefix: bodyPrefix(input),
    head: 'lm_head',
  })
}
