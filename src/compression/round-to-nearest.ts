/**
 * @file Symmetric round-to-nearest, one scale per output channel (or per group of inputs within a channel).
 *
 * scale = max|w| / qmax with qmax = 2^(bits−1) − 1, q = round-half-even(w / scale) clamped to [−qmax − 1, qmax],
 * w′ = q · scale (arXiv 2606.03002, compression operators; elsewhere called absmax quantization).
 * All arithmetic is float64 and scales are never rounded; only the product is, once, to float32. Weights must be
 * finite: a NaN or an infinity comes out as NaN, which the reader of the compressed table refuses.
 */

/** A matrix and which of its sides is the output. */
export interface Channels {
  readonly out: number
  readonly in: number
  /** `out-in`: (out, in) row-major, rows are output channels. `in-out`: (in, out), columns are (GPT-2's Conv1D). */
  readonly layout: 'out-in' | 'in-out'
}

export interface Rounding {
  readonly bits: number
  /** Consecutive inputs of a channel that share a scale; null: all of them. The last group may be shorter. */
  readonly group: number | null
}

export interface QuantizedIntegers {
  /** Same layout as the weight. */
  readonly integers: Int8Array
  /** (out, groupsPerChannel), row-major, whatever the weight's layout. Zero where the whole group is zero. */
  readonly scales: Float64Array
}

/**
 * w′, the weight as it comes back from `bits`-bit integers. Layout as given; the input is left alone.
 *
 * A group that does not divide the inputs leaves a shorter last group with a scale of its own: refusing would make a
 * spec depend on every width in the model, and padding with zeros gives the same numbers.
 */
export function roundToNearest(weight: Float32Array, channels: Channels, rounding: Rounding): Float32Array {
  const rounded = new Float32Array(weight.length)
  for (const run of runs(weight, channels, rounding)) {
    if (run.scale > 0) dequantizeRun(weight, rounded, run)
  }
  return rounded
}

/** The integers and scales themselves, for checks and for tools that store them. */
export function quantizeIntegers(
  weight: Float32Array,
  channels: Channels,
  rounding: Rounding,
): QuantizedIntegers {
  const integers = new Int8Array(weight.length)
  const scales = new Float64Array(channels.out * groupsPerChannel(channels.in, rounding.group))
  let index = 0
  for (const run of runs(weight, channels, rounding)) {
    scales[index++] = run.scale
    if (run.scale > 0) quantizeRun(weight, integers, run)
  }
  return { integers, scales }
}

/** Scales that one output channel needs. */
export function groupsPerChannel(inputs: number, group: number | null): number {
  return group === null ? 1 : Math.ceil(inputs / group)
}

/** The weights under one scale: `count` of them, `step` apart, from `start`. */
interface Run {
  readonly start: number
  readonly step: number
  readonly count: number
  readonly scale: number
}

/** Every run, channel by channel and group by group within a channel. */
function* runs(weight: Float32Array, channels: Channels, rounding: Rounding): Generator<Run> {
  const qmax = 2 ** (rounding.bits - 1) - 1
  const rows = channels.layout === 'out-in'
  const step = rows ? 1 : channels.out
  const size = rounding.group ?? channels.in
  for (let channel = 0; channel < channels.out; channel++) {
    const origin = rows ? channel * channels.in : channel
    for (let first = 0; first < channels.in; first += size) {
      const start = origin + first * step
      const count = Math.min(size, channels.in - first)
      yield { start, step, count, scale: largestMagnitude(weight, start, step, count) / qmax }
    }
  }
}

function largestMagnitude(weight: Float32Array, start: number, step: number, count: number): number {
  let largest = 0
  const end = start + count * step
  for (let i = start; i < end; i += step) {
    const magnitude = Math.abs(weight[i]!)
    if (magnitude > largest) largest = magnitude
  }
  return largest
}

/**
 * Adding and subtracting 1.5 · 2^52 leaves no room for a fraction, so the processor's own round-half-to-even decides:
 * exact for |x| < 2^51. Here |x| ≤ qmax · (1 + 2^−52), which is also why the definition's clamp can never bind.
 */
const ROUND_HALF_EVEN = 1.5 * 2 ** 52

function dequantizeRun(
  weight: Float32Array,
  rounded: Float32Array,
  { start, step, count, scale }: Run,
): void {
  const end = start + count * step
  for (let i = start; i < end; i += step) {
    rounded[i] = (weight[i]! / scale + ROUND_HALF_EVEN - ROUND_HALF_EVEN) * scale
  }
}

function quantizeRun(weight: Float32Array, integers: Int8Array, { start, step, count, scale }: Run): void {
  const end = start + count * step
  for (let i = start; i < end; i += step) {
    integers[i] = weight[i]! / scale + ROUND_HALF_EVEN - ROUND_HALF_EVEN
  }
}
