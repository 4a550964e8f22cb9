/**
 * @file The normal distribution's quantiles.
 *
 * Φ(z) = ½ + φ(z) (z + z³/3 + z⁵/(3·5) + …) (Abramowitz and Stegun, 26.2.11), whose root is found by Newton's steps. To 1e-14 where |z| < 4.
 */

const STEPS = 60
const TERMS = 400

/** z with Φ(z) = p, for 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`no quantile of ${p}`)
  let z = 0
  for (let step = 0; step < STEPS; step++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
    // Far out a whole step would go beyond the root and further.
    const change = Math.max(-1, Math.min(1, (0.5 + density * series(z) - p) / density))
    z -= change
    if (Math.abs(change) < 1e-15 * Math.max(1, Math.abs(z))) break
  }
  return z
}

function series(z: number): number {
  let [term, sum] = [z, z]
  for (let k = 1; k < TERMS && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= (z * z) / (2 * k + 1)
    sum += term
  }
  return sum
}
