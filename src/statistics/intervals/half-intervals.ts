/**
 * @file How well single correlations are known, from their halves: the error of Fisher's z = atanh ρ, its degrees of
 * freedom, group influences.
 *
 * z is far less skewed near 1, where thresholds are. V is the mean of ((z(r,+) − z(r,−))/2)²: the halves of a pair share
 * their bias, which drops out. Its degrees of freedom are those of a variance of group influences u with kurtosis
 * κ = G Σu⁴/(Σu²)²: 3G/κ − 1, between 1 and G − 1. A feature that fires in few of the groups has few.
 */
import { fisherZ } from './estimate.ts'
import { groupInfluences } from './half-sums.ts'
import type { Spread } from './resampling.ts'

/** A feature undefined in more of its halves than this is not measurable alone. */
const MOST_UNDEFINED = 1 / 4

/**
 * The spread of one feature's z from its ρ on the 2(G − 1) halves (NaN: undefined there). Null where it is not measurable
 * alone, or where there are no halves. Degrees are real, between 1 and G − 1, down to the next eighth: thousands of
 * features then share a few quantiles.
 */
export function correlationSpread(halves: ArrayLike<number>, accuracy: number): Spread | null {
  return halvesSpread(onFishersScale(halves, accuracy))
}

/** The same of any figure, from its halves on the scale on which its errors are most nearly normal. */
export function halvesSpread(halves: ArrayLike<number>): Spread | null {
  const { differences, undefinedHalves } = halfDifferences(halves)
  if (undefinedHalves > MOST_UNDEFINED * halves.length) return null
  const defined = differences.filter((d) => !Number.isNaN(d))
  if (defined.length === 0) return null
  const variance = defined.reduce((sum, d) => sum + d * d, 0) / defined.length
  const influences = groupInfluences(differences.map((d) => (Number.isNaN(d) ? 0 : d)))
  const degrees = Math.floor(8 * Math.min(defined.length, degreesOf(influences))) / 8
  return { error: Math.sqrt(variance), bias: null, degrees }
}

function onFishersScale(halves: ArrayLike<number>, accuracy: number): Float64Array {
  return Float64Array.from(halves, (rho) => (Number.isNaN(rho) ? Number.NaN : fisherZ(rho, accuracy)))
}

/** (z(r,+) − z(r,−))/2 of every pair; NaN where one of the two is undefined. */
function halfDifferences(halves: ArrayLike<number>) {
  const differences = new Float64Array(halves.length / 2)
  let undefinedHalves = 0
  for (let r = 0; r < differences.length; r++) {
    const [plus, minus] = [halves[2 * r]!, halves[2 * r + 1]!]
    undefinedHalves += Number(Number.isNaN(plus)) + Number(Number.isNaN(minus))
    differences[r] = (plus - minus) / 2
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

/**
 * Lag-1 autocorrelation of the group influences, averaged over the features: −1/G where groups are independent, above it
 * where neighbouring groups share documents, and intervals are then too narrow. Null where no feature can tell.
 */
export function neighbourCorrelation(
  halves: readonly ArrayLike<number>[],
  accuracy: Float64Array,
): number | null {
  const own = new Float64Array(halves.length)
  let [sum, count] = [0, 0]
  for (let k = 0; k < accuracy.length; k++) {
    for (let i = 0; i < halves.length; i++) own[i] = halves[i]![k]!
    const { differences, undefinedHalves } = halfDifferences(onFishersScale(own, accuracy[k]!))
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
  return count === 0 ? null : sum / count
}
