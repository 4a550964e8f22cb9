/**
 * @file How well single correlations are known, from their halves: Fisher's z = atanh ρ, its error and degrees of freedom,
 * interval, group influences.
 *
 * z is far less skewed near 1, where thresholds are. V is the mean of ((z(r,+) − z(r,−))/2)²: the halves of a pair share
 * their bias, which drops out. Its degrees of freedom are those of a variance of group influences u with kurtosis
 * κ = G Σu⁴/(Σu²)²: 3G/κ − 1, between 1 and G − 1. A feature that fires in few of the groups has few.
 */
import { groupInfluences } from './half-sums.ts'
import { studentQuantile } from './student-t.ts'

/** Of one feature, on the scale of z. */
export interface CorrelationError {
  readonly z: number
  readonly error: number
  /** Real, between 1 and G − 1. */
  readonly degrees: number
}

/** A feature undefined in more of its halves than this is not measurable alone. */
const MOST_UNDEFINED = 1 / 4

/** atanh of ρ, no nearer to ±1 than `accuracy`: beyond, differences are rounding. An undefined ρ counts as 0. */
export function fisherZ(rho: number, accuracy: number): number {
  if (Number.isNaN(rho)) return 0
  const most = 1 - accuracy
  return Math.atanh(Math.max(-most, Math.min(most, rho)))
}

/**
 * The error of one feature's z from its ρ on all text and on the 2(G − 1) halves (NaN: undefined there). Null where it is
 * not measurable alone, or where there are no halves.
 */
export function correlationError(
  rho: number,
  halves: ArrayLike<number>,
  accuracy: number,
): CorrelationError | null {
  const { differences, undefinedHalves } = halfDifferences(halves, accuracy)
  if (differences.length === 0 || undefinedHalves > MOST_UNDEFINED * halves.length) return null
  const defined = differences.filter((d) => !Number.isNaN(d))
  if (defined.length === 0) return null
  const variance = defined.reduce((sum, d) => sum + d * d, 0) / defined.length
  const influences = groupInfluences(differences.map((d) => (Number.isNaN(d) ? 0 : d)))
  return {
    z: fisherZ(rho, accuracy),
    error: Math.sqrt(variance),
    degrees: Math.min(defined.length, degreesOf(influences)),
  }
}

/** (z(r,+) − z(r,−))/2 of every pair; NaN where one of the two is undefined. */
function halfDifferences(halves: ArrayLike<number>, accuracy: number) {
  const differences = new Float64Array(halves.length / 2)
  let undefinedHalves = 0
  for (let r = 0; r < differences.length; r++) {
    const [plus, minus] = [halves[2 * r]!, halves[2 * r + 1]!]
    undefinedHalves += Number(Number.isNaN(plus)) + Number(Number.isNaN(minus))
    differences[r] =
      Number.isNaN(plus) || Number.isNaN(minus)
        ? Number.NaN
        : (fisherZ(plus, accuracy) - fisherZ(minus, accuracy)) / 2
  }
  return { differences, undefinedHalves }
}

function degreesOf(influences: Float64Array): number {
  const groups = influences.length
  let [squares, fourth] = [0, 0]
  for (const u of influences) {
    squares += u * u
    fourth += u ** 4
  }
  if (!(squares > 0)) return groups - 1
  const kurtosis = (groups * fourth) / squares ** 2
  return Math.min(groups - 1, Math.max(1, (3 * groups) / kurtosis - 1))
}

/** [low, high] of ρ, always around it: z ± t · error brought back by tanh. */
export function correlationInterval(
  rho: number,
  { z, error, degrees }: CorrelationError,
  confidence: number,
): [low: number, high: number] {
  const reach = quantileAt(confidence, degrees) * error
  const value = Number.isNaN(rho) ? 0 : rho
  return [Math.min(value, Math.tanh(z - reach)), Math.max(value, Math.tanh(z + reach))]
}

/** Degrees are rounded down to eighths, so that thousands of features need few quantiles; a little wide, never narrow. */
const EIGHTHS = 8
const quantiles = new Map<string, number>()

function quantileAt(confidence: number, degrees: number): number {
  const rounded = Math.floor(degrees * EIGHTHS) / EIGHTHS
  const key = `${confidence}/${rounded}`
  const known = quantiles.get(key)
  if (known !== undefined) return known
  const quantile = studentQuantile(confidence, rounded)
  quantiles.set(key, quantile)
  return quantile
}

/** Intervals of many correlations at once; NaN where a feature is not measurable alone. */
export interface CorrelationIntervals {
  readonly low: Float64Array
  readonly high: Float64Array
}

/** (K) intervals of `rho` from its halves (2(G − 1) arrays of K) and its accuracy (K). */
export function halfCorrelationIntervals(
  rho: Float64Array,
  halves: readonly Float32Array[],
  accuracy: Float64Array,
  confidence: number,
): CorrelationIntervals {
  const low = new Float64Array(rho.length).fill(Number.NaN)
  const high = new Float64Array(rho.length).fill(Number.NaN)
  const own = new Float64Array(halves.length)
  for (let k = 0; k < rho.length; k++) {
    for (let i = 0; i < halves.length; i++) own[i] = halves[i]![k]!
    const error = correlationError(rho[k]!, own, accuracy[k]!)
    if (error === null) continue
    const ends = correlationInterval(rho[k]!, error, confidence)
    low[k] = ends[0]
    high[k] = ends[1]
  }
  return { low, high }
}

/**
 * Lag-1 autocorrelation of the group influences, averaged over the features: −1/G where groups are independent, above it
 * where neighbouring groups share documents, and intervals are then too narrow. NaN where no feature can tell.
 */
export function neighbourCorrelation(halves: readonly Float32Array[], accuracy: Float64Array): number {
  const own = new Float64Array(halves.length)
  let [sum, count] = [0, 0]
  for (let k = 0; k < accuracy.length; k++) {
    for (let i = 0; i < halves.length; i++) own[i] = halves[i]![k]!
    const { differences, undefinedHalves } = halfDifferences(own, accuracy[k]!)
    if (differences.length === 0 || undefinedHalves > 0) continue
    const u = groupInfluences(differences)
    let [square, neighbours] = [0, 0]
    for (let g = 0; g < u.length; g++) {
      square += u[g]! * u[g]!
      if (g > 0) neighbours += u[g]! * u[g - 1]!
    }
    if (!(square > 0)) continue
    sum += neighbours / square
    count++
  }
  return sum / count
}
