/**
 * @file How many degrees of freedom the spread of half-samples has, by how many documents it is made of.
 *
 * Errors of documents are far from normal (long ones weigh more, some have many times the noise of others), so a variance
 * made of them is known like one of far fewer normal ones. Errors that are each feature's own average out over
 * thousands of features and have no such trouble. A figure of many features has both; how much of its variance all
 * features share shows where they are dealt to four parts, whose half-samples move together as far as errors are shared.
 * With the part s of the variance known with ν₁ degrees of freedom and the rest with ν₂, the sum has
 * 1/(s²/ν₁ + (1 − s)²/ν₂) (Satterthwaite 1946, "An approximate distribution of estimates of variance components").
 *
 * ν₁ and ν₂ were found by simulation and tried on texts that they were not found on (docs/statistics.md).
 */
import type { DegreesRule } from '../../contract/report/feature-table.ts'

/** Features are dealt to so many parts, in turn. */
export const PARTS = 4

/** With fewer features than this a figure's error counts as shared whole. */
export const FEWEST_IN_PARTS = 100

/** ν₁ of a text that amounts to so many documents of typical length, before the number of groups bounds it. */
export function documentDegrees(documents: number, rule: DegreesRule | undefined): number {
  // Reports of before `corpus.degrees` keep the rule that they were made by.
  if (rule === undefined) return Math.max(3.5, documents / 7)
  return Math.min(MOST_SHARED, Math.max(FEWEST_SHARED, documents / DOCUMENTS_A_DEGREE))
}

const DOCUMENTS_A_DEGREE = 20
const FEWEST_SHARED = 3
const MOST_SHARED = 8
/** ν₂ */
const OF_OWN_ERRORS = 8

/** Degrees of freedom of a figure of which all features share the part `shared` (0..1) of the variance. */
export function degreesOf(groups: number, documents: number, shared: number): number {
  const [common, own] = [documentDegrees(documents, 'shared-part'), OF_OWN_ERRORS].map((most) =>
    Math.min(groups - 1, most),
  ) as [number, number]
  return Math.min(groups - 1, 1 / (shared ** 2 / common + (1 - shared) ** 2 / own))
}

/**
 * The part of a figure's variance (0..1) that its features share, from the values of its PARTS parts on the halves: the mean
 * covariance of two parts over the mean of all entries of their covariance matrix, which is the variance of their mean.
 * 1 where nothing tells: no parts, or a value that is not finite.
 */
export function sharedPart(
  parts: readonly { readonly values: ArrayLike<number> }[] | null | undefined,
): number {
  if (!parts) return 1
  const differences = parts.map(({ values }) => pairDifferences(values))
  let [all, own] = [0, 0]
  for (const [i, one] of differences.entries()) {
    for (const [j, other] of differences.entries()) {
      const product = dot(one, other)
      all += product
      if (i === j) own += product
    }
  }
  const count = parts.length
  const [shared, whole] = [(all - own) / (count * (count - 1)), all / count ** 2]
  if (!(Number.isFinite(whole) && whole > 0)) return 1
  return Math.min(1, Math.max(0, shared / whole))
}

/** θ(r, +) − θ(r, −) of every pair of halves. */
function pairDifferences(halves: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: halves.length / 2 }, (_, r) => halves[2 * r]! - halves[2 * r + 1]!)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
