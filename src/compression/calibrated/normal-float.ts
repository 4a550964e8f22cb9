/**
 * @file NF4 (arXiv 2305.14314) as bitsandbytes stores it: sixteen levels at quantiles of a normal distribution, scaled by the largest
 * magnitude of 64 neighbouring weights, row after row; no double quantization.
 */

/** bitsandbytes' own table, float32. */
const LEVELS = Float32Array.of(
  -1,
  -0.6961928009986877,
  -0.5250730514526367,
  -0.39491748809814453,
  -0.28444138169288635,
  -0.18477343022823334,
  -0.09105003625154495,
  0,
  0.07958029955625534,
  0.16093020141124725,
  0.24611230194568634,
  0.33791524171829224,
  0.44070982933044434,
  0.5626170039176941,
  0.7229568362236023,
  1,
)
export const NF4_BLOCK = 64

/** Of weights (out, in), row-major. */
export function normalFloat(weights: Float32Array): Float32Array {
  const rounded = new Float32Array(weights.length)
  const middles = LEVELS.subarray(1).map((level, i) => (level + LEVELS[i]!) / 2)
  for (let start = 0; start < weights.length; start += NF4_BLOCK) {
    const end = Math.min(start + NF4_BLOCK, weights.length)
    let largest = 0
    for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(weights[i]!))
    if (largest === 0) continue
    for (let i = start; i < end; i++) {
      const part = weights[i]! / largest
      let level = 0
      while (level < middles.length && part > middles[level]!) level++
      rounded[i] = LEVELS[level]! * largest
    }
  }
  return rounded
}
