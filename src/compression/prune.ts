/**
 * @file Magnitude pruning: the given fraction of a tensor's smallest weights becomes zero (arXiv 2606.03002).
 *
 * k = ⌊sparsity · n⌋, the product in float64. Ties at the threshold are common in 16-bit formats; the lower row-major
 * index goes first. Nothing is sorted: magnitudes of float32 order as their bit patterns do, so two counting passes
 * (upper 16 bits, then the lower 15 within one bucket) find the threshold exactly, in 512 KiB beside the weights.
 */
import { narrowToBfloat16, widenBfloat16 } from '../numbers/float16.ts'

const MAGNITUDE = 0x7fff_ffff
const LOW_BITS = 15
const LOW_MASK = (1 << LOW_BITS) - 1
const BUCKETS = 1 << 16

/** How many of n weights are zeroed. */
export function prunedCount(count: number, sparsity: number): number {
  return Math.floor(sparsity * count)
}

export interface Pruning {
  readonly sparsity: number
  /** What weights are rounded to before they are compared, and stay in; absent: nothing. */
  readonly arithmetic?: 'bfloat16'
}

/** As pruneMagnitude, with all that is tied with the largest of those: more than prunedCount may go. */
export function pruneWithTies(
  weight: Float32Array,
  { sparsity, arithmetic }: Pruning,
  into?: Float32Array,
): Float32Array {
  const pruned = copyIn(arithmetic, weight, into)
  const zeros = prunedCount(weight.length, sparsity)
  if (zeros === 0) return pruned
  const bits = new Uint32Array(pruned.buffer, pruned.byteOffset, pruned.length)
  zeroUpTo(bits, findThreshold(bits, zeros).threshold, Number.POSITIVE_INFINITY)
  return pruned
}

/**
 * The weight with its prunedCount smallest magnitudes set to 0. NaN counts as larger than any number. `into`: where it is put, which may
 * be the weight itself; absent: a copy.
 */
export function pruneMagnitude(
  weight: Float32Array,
  { sparsity, arithmetic }: Pruning,
  into?: Float32Array,
): Float32Array {
  const pruned = copyIn(arithmetic, weight, into)
  const zeros = prunedCount(weight.length, sparsity)
  if (zeros === 0) return pruned
  const bits = new Uint32Array(pruned.buffer, pruned.byteOffset, pruned.length)
  const { threshold, below } = findThreshold(bits, zeros)
  zeroUpTo(bits, threshold, zeros - below)
  return pruned
}

function copyIn(
  arithmetic: Pruning['arithmetic'],
  weight: Float32Array,
  into: Float32Array = new Float32Array(weight.length),
): Float32Array {
  if (arithmetic === undefined) {
    if (into !== weight) into.set(weight)
    return into
  }
  const narrow = new Uint16Array(weight.length)
  narrowToBfloat16(weight, narrow)
  widenBfloat16(narrow, into)
  return into
}

interface Threshold {
  /** Magnitude bits of the largest weight that goes. */
  readonly threshold: number
  /** Weights strictly smaller. */
  readonly below: number
}

function findThreshold(bits: Uint32Array, zeros: number): Threshold {
  const high = new Uint32Array(BUCKETS)
  for (let i = 0; i < bits.length; i++) high[(bits[i]! & MAGNITUDE) >>> LOW_BITS]!++
  const bucket = bucketOf(high, zeros)

  const low = new Uint32Array(1 << LOW_BITS)
  for (let i = 0; i < bits.length; i++) {
    const magnitude = bits[i]! & MAGNITUDE
    if (magnitude >>> LOW_BITS === bucket.index) low[magnitude & LOW_MASK]!++
  }
  const exact = bucketOf(low, zeros - bucket.before)
  return { threshold: bucket.index * 2 ** LOW_BITS + exact.index, below: bucket.before + exact.before }
}

/** The bucket that holds the `rank`-th smallest (1-based), and how many lie in the buckets before it. */
function bucketOf(counts: Uint32Array, rank: number): { index: number; before: number } {
  let index = 0
  let before = 0
  while (before + counts[index]! < rank) before += counts[index++]!
  return { index, before }
}

/** Zero everything below the threshold, and the first `ties` weights that equal it. */
function zeroUpTo(bits: Uint32Array, threshold: number, ties: number): void {
  let left = ties
  for (let i = 0; i < bits.length; i++) {
    const magnitude = bits[i]! & MAGNITUDE
    if (magnitude > threshold) continue
    if (magnitude < threshold || left-- > 0) bits[i] = 0
  }
}
