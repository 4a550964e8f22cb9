/**
 * @file Symmetric round-to-nearest, one scale per output channel (or per group of inputs within a channel, or for all).
 *
 * scale = max|w| / qmax with qmax = 2^(bits−1) − 1, q = round-half-even(w / scale) clamped to [−qmax − 1, qmax],
 * w′ = q · scale (arXiv 2606.03002, compression operators; elsewhere called absmax quantization).
 * All arithmetic is float64 and scales are never rounded; only the product is, once, to float32. Weights must be
 * finite: a NaN or an infinity comes out as NaN, which the reader of the compressed table refuses.
 */
import { halfToEven } from '../numbers/half-even.ts'
import { transposedMatrix } from '../tensors/transposed.ts'
import { roundRuns, takesRuns } from './round-runs.ts'
import { roundShared } from './shared-scales.ts'

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
  /** What scale, quotient and product are rounded to; absent: float64. */
  readonly arithmetic?: 'bfloat16'
  /** One scale for the whole matrix; absent: one per channel or group. */
  readonly scale?: 'tensor'
}

/**
 * w′, the weight as it comes back from `bits`-bit integers. Layout as given. `into`: where it is put, which may be the weight itself.
 *
 * A group that does not divide the inputs leaves a shorter last group with a scale of its own: refusing would make a
 * spec depend on every width in the model, and padding with zeros gives the same numbers.
 */
export function roundToNearest(
  weight: Float32Array,
  channels: Channels,
  rounding: Rounding,
  into: Float32Array = new Float32Array(weight.length),
): Float32Array {
  if (rounding.arithmetic !== undefined) {
    const rows = channelRows(weight, channels)
    const shape = { out: channels.out, in: channels.in, period: channels.out }
    into.set(storedLayout(roundShared(rows, shape, rounding), channels))
    return into
  }
  const size = rounding.group ?? channels.in
  const isEven = rounding.scale !== 'tensor' && channels.layout === 'out-in' && channels.in % size === 0
  if (isEven && takesRuns(size)) roundRuns(weight, into, { size, qmax: largestCode(rounding) })
  else for (const strip of strips(weight, channels, rounding)) dequantize(weight, into, strip)
  return into
}

/** w′ − float32(w′): what the last rounding took. Its own rounding leaves w′ with 48 bits. Layout as given. */
export function roundingRemainder(
  weight: Float32Array,
  channels: Channels,
  rounding: Rounding,
): Float32Array {
  const remainder = new Float32Array(weight.length)
  for (const { start, end, scales } of strips(weight, channels, rounding)) {
    for (let i = start, c = 0; i < end; i++, c = c + 1 < scales.length ? c + 1 : 0) {
      const scale = scales[c]!
      if (scale === 0) continue
      const exact = halfToEven(weight[i]! / scale) * scale
      remainder[i] = exact - Math.fround(exact)
    }
  }
  return remainder
}

/** Scales that one output channel needs. */
export function groupsPerChannel(inputs: number, group: number | null): number {
  return group === null ? 1 : Math.ceil(inputs / group)
}

/** (out, in) whatever the layout. */
export function channelRows(weight: Float32Array, { layout, in: inputs, out }: Channels): Float32Array {
  return layout === 'out-in' ? weight : transposedMatrix(weight, inputs, out)
}

/** (out, in) back in the layout it came from. */
export function storedLayout(rows: Float32Array, { layout, in: inputs, out }: Channels): Float32Array {
  return layout === 'out-in' ? rows : transposedMatrix(rows, out, inputs)
}

/** The weights [start, end), whose scales follow one another: of n scales weight i has the (i − start mod n)-th. Valid until the next strip. */
interface Strip {
  readonly start: number
  readonly end: number
  readonly scales: Float64Array
}

const largestCode = ({ bits }: Pick<Rounding, 'bits'>): number => 2 ** (bits - 1) - 1

/** All of a matrix in the order in which it lies: a run of inputs of one channel, or a run of inputs of all of them. */
function* strips(weight: Float32Array, channels: Channels, rounding: Rounding): Generator<Strip> {
  const size = rounding.group ?? channels.in
  const isAcross = rounding.scale !== 'tensor' && channels.layout === 'in-out'
  const scales = new Float64Array(isAcross ? channels.out : 1)
  for (const [start, end] of extents(weight.length, channels, rounding.scale === 'tensor' ? null : size)) {
    scales.fill(0)
    addLargest(weight, { start, end, scales })
    for (let c = 0; c < scales.length; c++) scales[c]! /= largestCode(rounding)
    yield { start, end, scales }
  }
}

/** Where strips of `size` inputs begin and end; null: all is one. */
function* extents(length: number, channels: Channels, size: number | null): Generator<[number, number]> {
  if (size === null) {
    yield [0, length]
    return
  }
  const [count, width] = channels.layout === 'out-in' ? [channels.out, 1] : [1, channels.out]
  for (let channel = 0; channel < count; channel++) {
    const [first, last] = [channel * channels.in * width, (channel + 1) * channels.in * width]
    for (let start = first; start < last; start += size * width)
      yield [start, Math.min(start + size * width, last)]
  }
}

/** The largest magnitude under each scale, in the scale's place. */
function addLargest(weight: Float32Array, { start, end, scales }: Strip): void {
  if (scales.length === 1) {
    let largest = 0
    for (let i = start; i < end; i++) {
      const magnitude = Math.abs(weight[i]!)
      if (magnitude > largest) largest = magnitude
    }
    scales[0] = largest
    return
  }
  for (let i = start; i < end; i += scales.length) {
    for (let c = 0; c < scales.length; c++) {
      const magnitude = Math.abs(weight[i + c]!)
      if (magnitude > scales[c]!) scales[c] = magnitude
    }
  }
}

/** |w / scale| ≤ qmax · (1 + 2^−52), which is why the definition's clamp can never bind. */
function dequantize(weight: Float32Array, into: Float32Array, { start, end, scales }: Strip): void {
  if (scales.length === 1) {
    const scale = scales[0]!
    if (!(scale > 0)) into.fill(0, start, end)
    else for (let i = start; i < end; i++) into[i] = halfToEven(weight[i]! / scale) * scale
    return
  }
  for (let i = start; i < end; i += scales.length) {
    for (let c = 0; c < scales.length; c++) {
      const scale = scales[c]!
      into[i + c] = scale > 0 ? halfToEven(weight[i + c]! / scale) * scale : 0
    }
  }
}
