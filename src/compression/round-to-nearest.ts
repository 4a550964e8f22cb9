/**
 * @file Symmetric round-to-nearest, one scale per output channel (or per group of inputs within a channel, or for all).
 *
 * scale = max|w| / qmax with qmax = 2^(bits−1) − 1, q = round-half-even(w / scale) clamped to [−qmax − 1, qmax],
 * w′ = q · scale (arXiv 2606.03002, compression operators; elsewhere called absmax quantization).
 * All arithmetic is float64 and scales are never rounded; only the product is, once, to float32. Weights must be
 * finite: a NaN or an infinity comes out as NaN, which the reader of the compressed table refuses.
 */
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
  const rows = channelRows(weight, channels)
  if (rounding.arithmetic !== undefined) {
    const shape = { out: channels.out, in: channels.in, period: channels.out }
    into.set(storedLayout(roundShared(rows, shape, rounding), channels))
    return into
  }
  // Columns were transposed into rows of their own, which are overwritten.
  const rounded = rows === weight ? into : rows
  for (const run of runs(rows, channels, rounding)) {
    if (run.scale > 0) dequantizeRun(rows, rounded, run)
    else rounded.fill(0, run.start, run.end)
  }
  return rounded === into ? into : transpose(rounded, channels.out, channels.in, into)
}

/** w′ − float32(w′): what the last rounding took. Its own rounding leaves w′ with 48 bits. Layout as given. */
export function roundingRemainder(
  weight: Float32Array,
  channels: Channels,
  rounding: Rounding,
): Float32Array {
  const rows = channelRows(weight, channels)
  const remainder = new Float32Array(rows.length)
  for (const { start, end, scale } of runs(rows, channels, rounding)) {
    if (scale === 0) continue
    for (let i = start; i < end; i++) {
      const exact = nearestInteger(rows[i]! / scale) * scale
      remainder[i] = exact - Math.fround(exact)
    }
  }
  return storedLayout(remainder, channels)
}

/** Scales that one output channel needs. */
export function groupsPerChannel(inputs: number, group: number | null): number {
  return group === null ? 1 : Math.ceil(inputs / group)
}

/** (out, in) whatever the layout. Columns are transposed once: walking them in place is five times slower. */
export function channelRows(weight: Float32Array, channels: Channels): Float32Array {
  if (channels.layout === 'out-in') return weight
  return transpose(weight, channels.in, channels.out, new Float32Array(weight.length))
}

/** (out, in) back in the layout it came from. */
export function storedLayout(rows: Float32Array, channels: Channels): Float32Array {
  if (channels.layout === 'out-in') return rows
  return transpose(rows, channels.out, channels.in, new Float32Array(rows.length))
}

/** Side of the squares that `transpose` moves: both of them stay in the first-level cache. */
const TILE = 32

/** (height, width) → (width, height) */
function transpose(from: Float32Array, height: number, width: number, to: Float32Array): Float32Array {
  for (let top = 0; top < height; top += TILE) {
    const bottom = Math.min(top + TILE, height)
    for (let left = 0; left < width; left += TILE) {
      const right = Math.min(left + TILE, width)
      for (let x = left; x < right; x++) {
        for (let y = top; y < bottom; y++) to[x * height + y] = from[y * width + x]!
      }
    }
  }
  return to
}

/** The weights [start, end) under one scale. */
interface Run {
  readonly start: number
  readonly end: number
  readonly scale: number
}

/** Every run of (out, in), channel by channel and group by group within a channel. */
function* runs(rows: Float32Array, channels: Channels, rounding: Rounding): Generator<Run> {
  const qmax = 2 ** (rounding.bits - 1) - 1
  if (rounding.scale === 'tensor') {
    yield { start: 0, end: rows.length, scale: largestMagnitude(rows, 0, rows.length) / qmax }
    return
  }
  const size = rounding.group ?? channels.in
  for (let channel = 0; channel < channels.out; channel++) {
    const channelEnd = (channel + 1) * channels.in
    for (let start = channel * channels.in; start < channelEnd; start += size) {
      const end = Math.min(start + size, channelEnd)
      yield { start, end, scale: largestMagnitude(rows, start, end) / qmax }
    }
  }
}

function largestMagnitude(rows: Float32Array, start: number, end: number): number {
  let largest = 0
  for (let i = start; i < end; i++) {
    const magnitude = Math.abs(rows[i]!)
    if (magnitude > largest) largest = magnitude
  }
  return largest
}

/**
 * Adding and subtracting 1.5 · 2^52 leaves no room for a fraction, so the processor's own round-half-to-even decides:
 * exact for |x| < 2^51. Here |x| ≤ qmax · (1 + 2^−52), which is also why the definition's clamp can never bind.
 */
const ROUND_HALF_EVEN = 1.5 * 2 ** 52
const nearestInteger = (x: number): number => x + ROUND_HALF_EVEN - ROUND_HALF_EVEN

function dequantizeRun(rows: Float32Array, rounded: Float32Array, { start, end, scale }: Run): void {
  for (let i = start; i < end; i++) {
    rounded[i] = nearestInteger(rows[i]! / scale) * scale
  }
}
