/**
 * @file Where an array stops being finite: one test of the exponent bits per value, quick enough for every weight read.
 *
 * A value is NaN or infinite exactly when all its exponent bits are set, in float32 and in both 16-bit formats.
 */

const FLOAT32_EXPONENT = 0x7f800000
const FLOAT16_EXPONENT = 0x7c00
const BFLOAT16_EXPONENT = 0x7f80

/** Index of the first NaN or infinity, or -1. */
export function firstNonFinite(values: Float32Array): number {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length)
  for (let i = 0; i < bits.length; i++) {
    if ((bits[i]! & FLOAT32_EXPONENT) === FLOAT32_EXPONENT) return i
  }
  return -1
}

/** Index of the first NaN or infinity among 16-bit patterns, or -1. */
export function firstNonFinite16(patterns: Uint16Array, type: 'float16' | 'bfloat16'): number {
  const exponent = type === 'float16' ? FLOAT16_EXPONENT : BFLOAT16_EXPONENT
  for (let i = 0; i < patterns.length; i++) {
    if ((patterns[i]! & exponent) === exponent) return i
  }
  return -1
}
