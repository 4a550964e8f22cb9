/**
 * @file Where an array stops being finite: a test of exponent bits, quick enough to run on every weight that is read.
 *
 * A value is NaN or infinite exactly when all its exponent bits are set. Adding the lowest exponent bit to the masked
 * exponent then carries into the sign's place, so a whole run of values is tested by OR-ing the sums, without a branch
 * per value; 16-bit patterns go two at a time. Only a run that fails is searched.
 */

const FLOAT32_EXPONENT = 0x7f800000
const FLOAT16_EXPONENT = 0x7c00
const BFLOAT16_EXPONENT = 0x7f80

/** Words tested between two looks at the result; keeps the search after a hit short. */
const RUN = 4096

/** Index of the first NaN or infinity, or -1. */
export function firstNonFinite(values: Float32Array): number {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length)
  for (let start = 0; start < bits.length; start += RUN) {
    const end = Math.min(start + RUN, bits.length)
    let carried = 0
    for (let i = start; i < end; i++) carried |= (bits[i]! & FLOAT32_EXPONENT) + 0x00800000
    if (carried < 0) return start + values.subarray(start, end).findIndex((x) => !Number.isFinite(x))
  }
  return -1
}

/** Index of the first NaN or infinity among 16-bit patterns, or -1. */
export function firstNonFinite16(patterns: Uint16Array, type: 'float16' | 'bfloat16'): number {
  const exponent = type === 'float16' ? FLOAT16_EXPONENT : BFLOAT16_EXPONENT
  const isBad = (pattern: number) => (pattern & exponent) === exponent
  if (patterns.length === 0) return -1
  // Pairs need 4-byte alignment; slices of a file may begin between two of them.
  const head = patterns.byteOffset % 4 === 0 ? 0 : 1
  if (head === 1 && isBad(patterns[0]!)) return 0
  const pairCount = (patterns.length - head) >> 1
  const pairs = new Int32Array(patterns.buffer, patterns.byteOffset + 2 * head, pairCount)
  const run = firstBadRun(pairs, exponent)
  const start = head + 2 * (run ?? pairCount)
  const at = patterns.subarray(start, run === null ? patterns.length : start + 2 * RUN).findIndex(isBad)
  return at < 0 ? -1 : start + at
}

/** First pair of the first run of pairs that has a value which is not finite, or null. */
function firstBadRun(pairs: Int32Array, exponent: number): number | null {
  const mask = exponent | (exponent << 16)
  const lowest = exponent & -exponent
  const step = lowest | (lowest << 16)
  for (let start = 0; start < pairs.length; start += RUN) {
    const end = Math.min(start + RUN, pairs.length)
    let carried = 0
    for (let i = start; i < end; i++) carried |= ((pairs[i]! & mask) + step) | 0
    if ((carried & 0x80008000) !== 0) return start
  }
  return null
}
