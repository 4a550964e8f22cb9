/**
 * @file Mistral 7B and its successors: Llama where every block sees a sliding window, or none does.
 *
 * Source: configuration_mistral.py and modeling_mistral.py of transformers 4.57 (paper: arXiv 2310.06825); defaults are
 * that class's, and there an absent sliding_window is 4,096 and a null one is none. No biases.
 */
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows } from './layer-windows.ts'
import { type LlamaLike, llamaLike } from './llama-like.ts'
import { readShape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 32_000,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: 8,
  headSize: null,
  d_mlp: 14_336,
  maxPositions: 131_072,
}

export function mistral(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('attention_bias', false)
  config.only('mlp_bias', false)
  const everywhere = Array.from({ length: shape.layers }, () => config.value('sliding_window') !== null)
  const variant: LlamaLike = {
    family: 'mistral',
    shape,
    qkvBias: false,
    outputBias: false,
    mlpBias: false,
    qkNorm: 'none',
    windows: layerWindows(config, everywhere, 4_096),
  }
  return llamaLike(input, variant)
}
