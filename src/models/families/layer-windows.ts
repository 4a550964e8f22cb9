/** @file Which blocks see only the last `sliding_window` keys: from `layer_types`, or by the family's own rule. */
import type { ConfigReader } from '../config-reader.ts'
import { MOST_POSITIONS } from './shape.ts'

const LAYER_TYPES: ReadonlyMap<string, boolean> = new Map([
  ['full_attention', false],
  ['sliding_attention', true],
])

/** Per block: does it slide? `layer_types` where it is given, else the rule. */
export function slidingLayers(
  config: ConfigReader,
  layers: number,
  slides: (layer: number) => boolean,
): readonly boolean[] {
  return (
    config.choices('layer_types', layers, LAYER_TYPES) ??
    Array.from({ length: layers }, (_, layer) => slides(layer))
  )
}

/**
 * Per block: the window (keys visible, the query's own included) or null for all. transformers' masking_utils:
 * key j is visible to query i iff i − window < j ≤ i.
 *
 * Errors: a block slides and `sliding_window` is null.
 */
export function layerWindows(
  config: ConfigReader,
  sliding: readonly boolean[],
  fallback: number | null,
): readonly (number | null)[] {
  const window = config.countOrNull('sliding_window', MOST_POSITIONS, fallback)
  if (window === null && sliding.includes(true)) {
    throw config.unsupported('sliding_window', 'an integer, since some layers are sliding_attention')
  }
  return sliding.map((slides) => (slides ? window : null))
}
