/**
 * @file 16-bit floats as float32, exactly: every float16 and bfloat16 value is a float32 value.
 *
 * float16 (IEEE 754 binary16) has 1 sign, 5 exponent, 10 fraction bits; bfloat16 is the upper half of a float32.
 */

export type FloatType = 'float32' | 'float16' | 'bfloat16'

/** Values as float32: the same array when they are already, a new one otherwise. */
export function toFloat32(
  values:
    | { readonly type: 'float32'; readonly data: Float32Array }
    | { readonly type: 'float16' | 'bfloat16'; readonly data: Uint16Array },
): Float32Array {
  switch (values.type) {
    case 'float32':
      return values.data
    case 'float16':
      return float16ToFloat32(values.data)
    case 'bfloat16':
      return bfloat16ToFloat32(values.data)
  }
}

export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const patterns = new Uint32Array(bits.length)
  for (let i = 0; i < bits.length; i++) patterns[i] = bits[i]! << 16
  return new Float32Array(patterns.buffer)
}

/** One look-up per value: a table of all 65,536 patterns is 256 KiB, made on first use. */
export function float16ToFloat32(bits: Uint16Array): Float32Array {
  float16Values ??= float16Table()
  const values = new Float32Array(bits.length)
  for (let i = 0; i < bits.length; i++) values[i] = float16Values[bits[i]!]!
  return values
}

let float16Values: Float32Array | null = null

function float16Table(): Float32Array {
  return Float32Array.from({ length: 1 << 16 }, (_, pattern) => float16Value(pattern))
}

function float16Value(pattern: number): number {
  const sign = pattern & 0x8000 ? -1 : 1
  const exponent = (pattern >> 10) & 0x1f
  const fraction = pattern & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
