/**
 * @file Qwen2, Qwen2.5 and Qwen3: Llama with biases on q, k, v (2) or a norm on each head of q and k (3), and upper blocks
 * that may slide.
 *
 * Source: configuration_qwen2.py, configuration_qwen3.py and their modeling files in transformers 4.57 (reports: arXiv
 * 2407.10671, 2505.09388); defaults are those classes'.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import { type LlamaLike, llamaLike } from './llama-like.ts'
import { MOST_LAYERS, readShape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 151_936,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: 32,
  headSize: null,
  d_mlp: 22_016,
  maxPositions: 32_768,
}

/** Blocks from max_window_layers on slide, if use_sliding_window says so; layer_types, where given, decides instead. */
function qwenWindows(config: ConfigReader, layers: number): readonly (number | null)[] {
  const enabled = config.flag('use_sliding_window', false)
  // 0: every block slides; 32-layer models state 28.
  const first = config.number('max_window_layers', 0, MOST_LAYERS, 28)
  const sliding = slidingLayers(config, layers, (layer) => enabled && layer >= first)
  if (enabled) return layerWindows(config, sliding, 4_096)
  if (sliding.includes(true))
    throw config.unsupported('use_sliding_window', 'true, since layer_types has sliding layers')
  config.value('sliding_window') // Stated by every Qwen config, without effect here.
  return sliding.map(() => null)
}

/** What the text of an image model says otherwise. */
export type InImageModel = Partial<Pick<LlamaLike, 'family' | 'ropeKinds' | 'tied'>>

export function qwen2(input: FamilyInput, own: InImageModel = {}): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('attention_bias', true)
  config.only('use_mrope', false)
  return llamaLike(input, {
    family: 'qwen2',
    shape,
    qkvBias: true,
    outputBias: false,
    mlpBias: false,
    qkNorm: 'none',
    windows: qwenWindows(config, shape.layers),
    ...own,
  })
}

export function qwen3(input: FamilyInput, own: InImageModel = {}): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, { ...DEFAULTS, headSize: 128 })
  const bias = config.flag('attention_bias', false)
  return llamaLike(input, {
    family: 'qwen3',
    shape,
    qkvBias: bias,
    outputBias: bias,
    mlpBias: false,
    qkNorm: 'head',
    windows: qwenWindows(config, shape.layers),
    ...own,
  })
}
