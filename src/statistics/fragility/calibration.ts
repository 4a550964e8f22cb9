/** @file Are predicted probabilities true? Brier score with its skill over the base rate, and a reliability curve. */
import { equalCountBins } from '../equal-count.ts'

export interface ReliabilityBin {
  /** Mean prediction in it. */
  readonly predicted: number
  /** Part that is one. */
  readonly observed: number
  /** Wilson's interval of `observed`. */
  readonly ci: readonly [low: number, high: number]
  readonly count: number
}

export interface Calibration {
  /** Mean squared error of the probabilities. */
  readonly brier: number
  /** 1 − Brier / Brier of always saying the base rate; null where all are of one class. */
  readonly skill: number | null
  /** Ten bins of equal count. */
  readonly reliability: readonly ReliabilityBin[]
}

const BINS = 10

/** `z`: the normal quantile of the intervals' level. */
export function calibrationOf(predicted: Float64Array, isOne: Uint8Array, z: number): Calibration {
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
  const brier = mean(predicted.map((p, k) => (p - isOne[k]!) ** 2))
  const rate = mean(isOne)
  const base = rate * (1 - rate)
  return {
    brier,
    skill: base > 0 ? 1 - brier / base : null,
    reliability: equalCountBins(predicted, BINS).map(({ members }) => {
      const observed = mean(members.map((k) => isOne[k]!))
      return {
        predicted: mean(members.map((k) => predicted[k]!)),
        observed,
        ci: wilson(observed, members.length, z),
        count: members.length,
      }
    }),
  }
}

/** Wilson's score interval of a proportion (1927). */
function wilson(p: number, n: number, z: number): readonly [low: number, high: number] {
  const [square, scale] = [z * z, 1 + (z * z) / n]
  const centre = (p + square / (2 * n)) / scale
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n))
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}
