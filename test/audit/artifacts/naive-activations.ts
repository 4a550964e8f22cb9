/**
 * @file Quantizing and dequantizing inputs of linear layers, value by value, written from the formulas in
 * contract/activation-quantization.ts: float32 after every operation, levels found by trying them all.
 */
import type { ActivationQuantization } from '../../../src/contract/activation-quantization.ts'

const f = Math.fround

/** Every finite float8 e4m3fn that is not negative, by its byte: 126 is 448, 127 would be NaN. */
const E4M3 = Array.from({ length: 127 }, (_, byte) => {
  const [exponent, mantissa] = [byte >> 3, byte & 7]
  return exponent === 0 ? mantissa * 2 ** -9 : (1 + mantissa / 8) * 2 ** (exponent - 7)
})
const E2M1 = [0, 0.5, 1, 1.5, 2, 3, 4, 6]

/** The nearest of `table`; of two equally near the one at an even place, whose last mantissa bit is 0. */
function nearest(value: number, table: readonly number[]): number {
  const magnitude = Math.abs(value)
  let best = 0
  for (const [code, level] of table.entries()) {
    const [distance, least] = [Math.abs(level - magnitude), Math.abs((table[best] ?? 0) - magnitude)]
    if (distance < least || (distance === least && code % 2 === 0)) best = code
  }
  return Math.sign(value) * (table[best] ?? 0)
}

function nearestInteger(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}

export function naiveRound(value: number, q: ActivationQuantization): number {
  if (q.type === 'int') return nearestInteger(value)
  return nearest(value, q.bits === 8 ? E4M3 : E2M1)
}

const clamp = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(high, Math.max(low, value))

/** Scale and zero point of one extent. */
function scaleOf(values: readonly number[], q: ActivationQuantization): readonly [number, number] {
  if (!q.dynamic && q.scale !== null) return [f(q.scale), f(q.zeroPoint ?? 0)]
  if (!q.symmetric) {
    const low = Math.min(0, ...values)
    const high = Math.max(0, ...values)
    const scale = Math.max(f(f(high - low) / f(q.scaleDivisor)), f(q.minimumScale))
    return [scale, nearestInteger(clamp(f(q.levels[0] - f(low / scale)), q.levels))]
  }
  const amax = Math.min(Math.max(...values.map(Math.abs)), f(q.largestAmax ?? Number.POSITIVE_INFINITY))
  if (q.powerOfTwo) {
    const power = amax === 0 ? 0 : 2 ** Math.floor(Math.log2(amax))
    return [Math.max(f((amax / power >= 1.75 ? 2 * power : power) / q.scaleDivisor), f(q.minimumScale)), 0]
  }
  if (q.globalScale === null) return [Math.max(f(amax / f(q.scaleDivisor)), f(q.minimumScale)), 0]
  const wanted = clamp(f(f(f(q.globalScale) * amax) / f(q.scaleDivisor)), [-448, 448])
  return [f((nearest(wanted, E4M3) || 0.125) / f(q.globalScale)), 0]
}

/** x (rows, K), row-major. */
export function naiveQuantized(x: Float32Array, K: number, q: ActivationQuantization): Float32Array {
  const rows = x.length / K
  const t = q.outlierThreshold ?? Number.POSITIVE_INFINITY
  const isOutlier = Array.from({ length: K }, (_, k) =>
    Array.from({ length: rows }, (_, r) => Math.abs(x[r * K + k] ?? 0)).some((v) => v >= t),
  )
  const extentOf = (i: number): number => {
    if (q.strategy === 'tensor') return 0
    return q.strategy === 'token' ? Math.floor(i / K) : Math.floor(i / (q.groupSize ?? K))
  }
  const members = new Map<number, number[]>()
  for (const [i, value] of x.entries()) {
    const list = members.get(extentOf(i)) ?? []
    members.set(extentOf(i), list)
    list.push(Math.abs(value) < t ? value : 0)
  }
  const scales = new Map([...members].map(([extent, values]) => [extent, scaleOf(values, q)]))
  return x.map((value, i) => {
    const [scale, zero] = scales.get(extentOf(i)) ?? [1, 0]
    if (isOutlier[i % K]) return value
    const level = naiveRound(clamp(f(f(value / scale) + zero), q.levels), q)
    return f((level - zero) * scale)
  })
}
