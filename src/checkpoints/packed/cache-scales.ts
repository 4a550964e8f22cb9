/**
 * @file Scales of a quantized key/value cache that no runtime can use: keys and values are divided by them when they are stored.
 * Zeros were written by releases of llm-compressor of late 2025 (its issue 2117); the weights are fine, so every other
 * figure is too, and what is served is noise.
 */
import type { RawTensor, RawTensorTable } from '../../tensors/raw-tensor.ts'
import { FLOATS, readNumbers } from './parts.ts'

/** vLLM's names, and those of the observers that compressed-tensors stores. */
const CACHE_SCALE = /\.(k_scale|v_scale|k_cache_scale|v_cache_scale|(k_proj|v_proj)\.output_scale)$/
/** A scale per tensor, or per head; whatever is larger is something else. */
const MOST_VALUES = 4096

/** Errors: those of reading. */
export async function cacheScaleWarnings(raw: RawTensorTable): Promise<readonly string[]> {
  const unusable: string[] = []
  for (const tensor of raw.entries.values()) {
    if (isScale(tensor) && (await readNumbers(raw, tensor)).some((scale) => !(scale > 0 && scale < Infinity)))
      unusable.push(tensor.name)
  }
  const [first] = unusable
  if (first === undefined) return []
  const which = unusable.length === 1 ? `${first} is` : `${first} and ${unusable.length - 1} more are`
  return [
    `${which} zero, negative or not a number: a runtime that quantizes the key/value cache by it computes noise. The cache is not simulated here, so the figures do not show that; calibrate the cache scales again, or serve with an unquantized cache.`,
  ]
}

function isScale({ name, dtype, shape }: RawTensor): boolean {
  return (
    CACHE_SCALE.test(name) && FLOATS.includes(dtype) && shape.reduce((n, size) => n * size, 1) <= MOST_VALUES
  )
}
