/** @file A figure among those of perturbations: their range, and how far out it lies. */

export interface Spread {
  readonly mean: number
  readonly least: number
  readonly most: number
}

/** RangeError of no values. */
export function spreadOfValues(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('a spread of nothing')
  return {
    mean: values.reduce((sum, one) => sum + one, 0) / values.length,
    least: Math.min(...values),
    most: Math.max(...values),
  }
}

export interface RankTest {
  /** Perturbations below the value. */
  readonly fewer: number
  /** (1 + those at or below it)/(K + 1): how often a value like theirs is no larger than this one. */
  readonly pLower: number
  /** (1 + those at or above it)/(K + 1) */
  readonly pUpper: number
}

/** If the value were drawn as the K others are, pLower ≤ α in at most α of all cases: any of K + 1 ranks is as likely as any other. */
export function rankTest(value: number, others: readonly number[]): RankTest {
  const count = (is: (other: number) => boolean): number => others.filter(is).length
  return {
    fewer: count((other) => other < value),
    pLower: (1 + count((other) => other <= value)) / (others.length + 1),
    pUpper: (1 + count((other) => other >= value)) / (others.length + 1),
  }
}
