/**
 * @file Are the rows of one embedding those of another, turned? Their inner products then are the same, up to the square of a
 * factor where the residual stream was scaled too, and their directions are not. Pure.
 */

/** Below this mean cosine two embeddings point elsewhere: 2-bit rounding keeps 0.9. */
const SAME_DIRECTION = 0.8
/** Relative difference of all inner products up to which they are the same: 8-bit rounding makes 0.01. */
const SAME_PRODUCTS = 0.05
/** Factors nearer to 1 are none: rounding makes them too. */
export const SAME_SIZE = 0.05

/** The sign of it in words; null: they are not turned. Rows of both belong together one by one. */
export function turnedRows(
  reference: readonly Float32Array[],
  candidate: readonly Float32Array[],
): string | null {
  let [cosines, counted] = [0, 0]
  let [ours, theirs, both] = [0, 0, 0]
  for (const [i, x] of reference.entries()) {
    const y = candidate[i] ?? x
    const length = Math.sqrt(dot(x, x) * dot(y, y))
    if (length > 0) [cosines, counted] = [cosines + dot(x, y) / length, counted + 1]
    for (const [j, other] of reference.entries()) {
      const [p, q] = [dot(x, other), dot(y, candidate[j] ?? other)]
      ours += p * p
      theirs += q * q
      both += p * q
    }
  }
  const cosine = counted === 0 ? 1 : cosines / counted
  // Least squares: q ≈ c · p, so that what is left is Σq² − (Σpq)²/Σp².
  const square = both / ours
  const left = Math.sqrt(Math.max(0, theirs - both * square) / theirs)
  if (!(cosine < SAME_DIRECTION && square > 0 && left <= SAME_PRODUCTS)) return null
  const factor = Math.sqrt(square)
  const size = Math.abs(factor - 1) < SAME_SIZE ? '' : `, ${factor.toPrecision(3)} times as large`
  return `its embedding has the reference's inner products in other directions${size}, mean cosine ${cosine.toFixed(2)}`
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
