/**
 * @file Student's t for any real number of degrees of freedom ν ≥ 1: tail probabilities and quantiles.
 *
 * P(|T| > t) is the regularised incomplete beta function I_x(ν/2, ½) at x = ν/(ν + t²) (Abramowitz & Stegun 26.7.1), taken
 * from its continued fraction (26.5.8, evaluated by Lentz's method). Degrees need not be whole: those of a single feature
 * are estimated (half-intervals.ts).
 */

/** t with P(|T| ≤ t) = confidence. RangeError unless 0 < confidence < 1 and ν ≥ 1. */
export function studentQuantile(confidence: number, degrees: number): number {
  if (!(confidence > 0 && confidence < 1 && degrees >= 1)) {
    throw new RangeError(`no t quantile for confidence ${confidence} and ${degrees} degrees of freedom`)
  }
  const key = `${confidence}/${degrees}`
  const known = quantiles.get(key)
  if (known !== undefined) return known
  const quantile = bisectedQuantile(confidence, degrees)
  if (quantiles.size < MOST_KEPT) quantiles.set(key, quantile)
  return quantile
}

/** Thousands of features share a few quantiles. */
const quantiles = new Map<string, number>()
const MOST_KEPT = 4096

/** Over θ = atan(t/√ν), which is bounded: bisection finds the quantile to the last bits. */
function bisectedQuantile(confidence: number, degrees: number): number {
  let low = 0
  let high = Math.PI / 2
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (twoSidedTail(Math.sqrt(degrees) * Math.tan(middle), degrees) > 1 - confidence) low = middle
    else high = middle
  }
  return Math.sqrt(degrees) * Math.tan((low + high) / 2)
}

/** P(|T| > t) for t ≥ 0. */
export function twoSidedTail(t: number, degrees: number): number {
  const a = degrees / 2
  const x = degrees / (degrees + t * t)
  const y = (t * t) / (degrees + t * t)
  // x^a (1 − x)^½ / B(a, ½), which both fractions share.
  const front = (x ** a * Math.sqrt(y) * gammaRatio(a)) / Math.sqrt(Math.PI)
  if (x < (a + 1) / (a + 2.5)) return Math.min(1, (front / a) * betaFraction(a, 0.5, x))
  return Math.max(0, 1 - 2 * front * betaFraction(0.5, a, y))
}

/** Γ(x + ½)/Γ(x): its asymptotic series, good to float64 from 40 on, brought down by Γ's recurrence. */
function gammaRatio(x: number): number {
  let factor = 1
  let at = x
  for (; at < 40; at++) factor *= at / (at + 0.5)
  const u = 1 / at
  const series =
    1 +
    u *
      (-1 / 8 +
        u * (1 / 128 + u * (5 / 1024 + u * (-21 / 32768 + u * (-399 / 262144 + u * (869 / 4194304))))))
  return factor * Math.sqrt(at) * series
}

/** The continued fraction of I_x(a, b), for x below (a + 1)/(a + b + 2), where it converges fast. */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return fraction
}
