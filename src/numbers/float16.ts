/**
 * @file The two 16-bit float formats to and from 32 bits, over whole arrays.
 *
 * float16 (IEEE 754 binary16): 1 sign, 5 exponent (bias 15), 10 fraction bits. bfloat16: the upper half of a float32.
 * Widening is exact. Narrowing rounds to nearest, ties to even, as PyTorch and numpy do; too large becomes infinity.
 * Sources and targets are equally long. NaN payloads are not kept when narrowing (the sign is).
 */

let widened: Uint32Array | null = null

/** float32 bit patterns of all 65,536 float16 patterns: 256 KiB, made on first use, stays in the L2 cache. */
function float16Table(): Uint32Array {
  if (widened === null) {
    widened = new Uint32Array(65536)
    for (let pattern = 0; pattern < 65536; pattern++) widened[pattern] = widenedPattern(pattern)
  }
  return widened
}

function widenedPattern(pattern: number): number {
  const sign = (pattern & 0x8000) << 16
  const exponent = (pattern >>> 10) & 0x1f
  const fraction = pattern & 0x3ff
  if (exponent === 31) return (sign | 0x7f800000 | (fraction << 13)) >>> 0
  if (exponent !== 0) return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0
  if (fraction === 0) return sign >>> 0
  // Subnormal: fraction · 2⁻²⁴. Shift until the leading one stands at bit 10, where it becomes the hidden one.
  const shift = Math.clz32(fraction) - 21
  return (sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13)) >>> 0
}

/** float16 patterns → float32 values. */
export function widenFloat16(source: Uint16Array, target: Float32Array): void {
  const table = float16Table()
  const bits = bitsOf(target)
  for (let i = 0; i < source.length; i++) bits[i] = table[source[i]!]!
}

/** bfloat16 patterns → float32 values. */
export function widenBfloat16(source: Uint16Array, target: Float32Array): void {
  const bits = bitsOf(target)
  for (let i = 0; i < source.length; i++) bits[i] = source[i]! << 16
}

/** float32 values → bfloat16 patterns. */
export function narrowToBfloat16(source: Float32Array, target: Uint16Array): void {
  const bits = bitsOf(source)
  for (let i = 0; i < bits.length; i++) {
    const x = bits[i]!
    // Adding 0x7fff, and one more where the kept part is odd, carries exactly when rounding must go up.
    const rounded = (x + 0x7fff + ((x >>> 16) & 1)) >>> 16
    target[i] = (x & 0x7fffffff) > 0x7f800000 ? (x >>> 16) | 0x40 : rounded
  }
}

/** float32 values → float16 patterns. */
export function narrowToFloat16(source: Float32Array, target: Uint16Array): void {
  const bits = bitsOf(source)
  for (let i = 0; i < bits.length; i++) {
    const x = bits[i]!
    target[i] = ((x >>> 16) & 0x8000) | narrowedMagnitude(x & 0x7fffffff)
  }
}

/** 65520 = the midpoint between the largest float16, 65504, and the power of two above it. */
const OVERFLOWS = 0x477ff000
/** 2⁻¹⁴, the smallest normal float16. */
const SMALLEST_NORMAL = 0x38800000
/** 2⁻²⁵, half of the smallest subnormal: a tie that goes to even, that is to 0. */
const ROUNDS_TO_ZERO = 0x33000000

/** float16 pattern of a float32 pattern without its sign. */
function narrowedMagnitude(x: number): number {
  if (x >= OVERFLOWS) return x > 0x7f800000 ? 0x7e00 : 0x7c00
  if (x >= SMALLEST_NORMAL) {
    // The exponent moves from bias 127 to 15; the fraction loses 13 bits; a carry runs into the exponent as it should.
    return (x - 0x38000000 + 0xfff + ((x >>> 13) & 1)) >>> 13
  }
  if (x <= ROUNDS_TO_ZERO) return 0
  const shift = 126 - (x >>> 23)
  const significand = (x & 0x7fffff) | 0x800000
  const kept = significand >>> shift
  const dropped = significand & ((1 << shift) - 1)
  const half = 1 << (shift - 1)
  return dropped > half || (dropped === half && (kept & 1) === 1) ? kept + 1 : kept
}

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length)
}
