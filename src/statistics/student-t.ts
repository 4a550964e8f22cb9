/**
 * @file Quantiles of Student's t for whole degrees of freedom, to double precision.
 *
 * For whole ν the distribution is a finite sum in θ = atan(t/√ν) (Abramowitz & Stegun 26.7.3 and 26.7.4): no gamma
 * function, no approximation. It rises with θ, so bisection finds the quantile to the last bits.
 */

/** P(|T| ≤ t) with t = √ν · tan θ, θ in [0, π/2). */
function centralProbability(theta: number, degrees: number): number {
  const cosine = Math.cos(theta)
  const odd = degrees % 2 === 1
  // Odd ν: cos θ + 2/3 cos³θ + 2·4/(3·5) cos⁵θ + …; even ν: 1 + 1/2 cos²θ + 1·3/(2·4) cos⁴θ + …, up to cos^(ν−2) θ.
  let term = odd ? cosine : 1
  let sum = degrees === 1 ? 0 : term
  for (let power = odd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= cosine * cosine * ((power - 1) / power)
    sum += term
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum
}

/** t with P(|T| ≤ t) = confidence. RangeError unless 0 < confidence < 1 and `degrees` is a whole number ≥ 1. */
export function studentQuantile(confidence: number, degrees: number): number {
  if (!(confidence > 0 && confidence < 1 && Number.isInteger(degrees) && degrees >= 1)) {
    throw new RangeError(`no t quantile for confidence ${confidence} and ${degrees} degrees of freedom`)
  }
  let low = 0
  let high = Math.PI / 2
  for (let step = 0; step < 64; step++) {
    const middle = (low + high) / 2
    if (centralProbability(middle, degrees) < confidence) low = middle
    else high = middle
  }
  return Math.sqrt(degrees) * Math.tan((low + high) / 2)
}
