/**
 * @file SmolLM3: Llama whose every fourth block does not rotate q and k.
 *
 * Source: configuration_smollm3.py and modeling_smollm3.py of transformers 4.57; defaults are that class's. In no_rope_layers 1 means
 * that a block rotates, as transformers has it. Only blocks that do not rotate may see a window.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import { llamaLike } from './llama-like.ts'
import { MOST_LAYERS, readShape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 128_256,
  d_model: 2_048,
  layers: 36,
  heads: 16,
  kvHeads: 4,
  headSize: null,
  d_mlp: 11_008,
  maxPositions: 32_768,
}

export function smolLm3(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  const rotated = rotatedBlocks(config, shape.layers)
  const maySlide = config.flag('use_sliding_window', false)
  const window = config.value('sliding_window')
  const slides = slidingLayers(
    config,
    shape.layers,
    (layer) => maySlide && typeof window === 'number' && rotated[layer] === false,
  )
  // Written by transformers, and read by none of its code for this family.
  config.value('max_window_layers')
  const bias = config.flag('attention_bias', false)
  return llamaLike(input, {
    family: 'smollm3',
    shape,
    qkvBias: bias,
    outputBias: bias,
    mlpBias: config.flag('mlp_bias', false),
    qkNorm: 'none',
    windows: layerWindows(config, slides, null),
    rotated,
    ropeBase: 2_000_000,
    tied: true,
  })
}

/** `no_rope_layers`, else all but every `no_rope_layer_interval`-th. */
function rotatedBlocks(config: ConfigReader, layers: number): readonly boolean[] {
  const interval = config.count('no_rope_layer_interval', MOST_LAYERS, 4)
  const listed = config.value('no_rope_layers')
  if (listed === undefined || listed === null)
    return Array.from({ length: layers }, (_, layer) => (layer + 1) % interval !== 0)
  const isList = Array.isArray(listed) && listed.length === layers
  if (!isList || listed.some((one) => one !== 0 && one !== 1))
    throw config.unsupported('no_rope_layers', `a list of ${layers} times 0 or 1`)
  return listed.map((one) => one === 1)
}
