/**
 * @file What is summed of residual rows themselves, token group by token group: how far two streams lie apart, by which factor,
 * how well an SAE rebuilds one, and what of its variance lies at position 0. Groups are added up in their order, so that parts
 * measured apart come to the same bits as all of them at once.
 *
 * Shapes: G token groups, D the width of a row. Matrices are row-major.
 */
import { present } from '../../numbers/present.ts'
import { groupTotals } from '../../statistics/features/feature-moments.ts'

/** Of all rows of a candidate beside the reference's, x and y: (G) each. */
export interface DistanceGroups {
  /** Σ ‖y − x‖² */
  readonly apart: Float64Array
  /** Σ ‖x‖² */
  readonly size: Float64Array
  /** Σ cos(x, y); 0 where either is 0. */
  readonly cosines: Float64Array
  readonly rows: Float64Array
}

/** Of a sample of rows x and y, those with x ≠ 0: (G) each. */
export interface ScalingGroups {
  /** Σ x·y / x·x */
  readonly products: Float64Array
  /** Σ y·y / x·x */
  readonly sizes: Float64Array
  readonly rows: Float64Array
}

/** From which Σ ‖y − c‖² of rows follows for any c. */
export interface RowGroups {
  readonly width: number
  /** (G) */
  readonly rows: Float64Array
  /** (G, D) Σy */
  readonly sums: Float64Array
  /** (G) Σ ‖y‖² */
  readonly squares: Float64Array
}

/** Of rows that an SAE rebuilds, each in so many ways. */
export interface RebuiltGroups extends RowGroups {
  /** (G, ways) Σ ‖y − ŷ‖² */
  readonly errors: Float64Array
}

export interface FitGroups {
  /** One way: as the SAE is. */
  readonly own: RebuiltGroups
  /** Of fewer rows, by factors on the input (features/sae-fit.ts), each error in units of the factor's square; null: no factor matters. */
  readonly scaled: RebuiltGroups | null
}

/** Of a sample of the reference's rows, and of those of it at position 0. */
export interface VarianceGroups {
  readonly all: RowGroups
  readonly first: RowGroups
}

export function emptyDistances(groups: number): DistanceGroups {
  const zeros = (): Float64Array => new Float64Array(groups)
  return { apart: zeros(), size: zeros(), cosines: zeros(), rows: zeros() }
}

export function emptyScalings(groups: number): ScalingGroups {
  const zeros = (): Float64Array => new Float64Array(groups)
  return { products: zeros(), sizes: zeros(), rows: zeros() }
}

export function emptyRows(groups: number, width: number): RowGroups {
  return {
    width,
    rows: new Float64Array(groups),
    sums: new Float64Array(groups * width),
    squares: new Float64Array(groups),
  }
}

export function emptyRebuilt(groups: number, width: number, ways: number): RebuiltGroups {
  return { ...emptyRows(groups, width), errors: new Float64Array(groups * ways) }
}

/** Add one row, [start, start + D) of `values`, in place. */
export function addRow(
  { width, rows, sums, squares }: RowGroups,
  group: number,
  values: Float32Array,
  start: number,
): void {
  const row = group * width
  let square = 0
  for (let i = 0; i < width; i++) {
    const value = values[start + i]!
    sums[row + i]! += value
    square += value * value
  }
  rows[group]! += 1
  squares[group]! += square
}

export const totalOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

/** Σ ‖y − c‖² over all rows, and their mean where no c is given. */
export function variationOf(rows: RowGroups, about: Float64Array = meanOf(rows)): number {
  const sums = groupTotals(rows.sums, rows.rows.length, rows.width)
  let [cross, size] = [0, 0]
  for (let i = 0; i < about.length; i++) {
    const c = about[i]!
    cross += c * sums[i]!
    size += c * c
  }
  return totalOf(rows.squares) - 2 * cross + totalOf(rows.rows) * size
}

/** (D) */
export function meanOf({ rows, sums, width }: RowGroups): Float64Array {
  const count = totalOf(rows)
  return groupTotals(sums, rows.length, width).map((sum) => sum / count)
}

/** ‖y − x‖ / ‖x‖ over all rows. */
export function residualErrorOf({ apart, size }: DistanceGroups): number {
  const whole = totalOf(size)
  return whole === 0 ? 0 : Math.sqrt(Math.max(0, totalOf(apart)) / whole)
}

/** Mean over rows of cos(x, y): near 0 in a rotated basis. */
export function meanCosineOf({ cosines, rows }: DistanceGroups): number {
  const count = totalOf(rows)
  return count === 0 ? 1 : totalOf(cosines) / count
}

/** Two residual streams, one a multiple of the other. */
export interface Scaling {
  /** Mean over rows of x·y / x·x, reference x and candidate y. */
  readonly factor: number
  /** What the factor leaves: root mean square over rows of ‖y − factor · x‖ / ‖factor · x‖. */
  readonly error: number
}

export function scalingOf({ products, sizes, rows }: ScalingGroups): Scaling {
  const count = totalOf(rows)
  if (count === 0) return { factor: 1, error: 0 }
  const factor = totalOf(products) / count
  // Σ(yy − 2·c·xy + c²·xx) / xx, over c² rows.
  const left = totalOf(sizes) - 2 * factor * totalOf(products) + count * factor ** 2
  return { factor, error: Math.sqrt(Math.max(0, left) / count) / Math.abs(factor) }
}

/** Σ‖x − mean‖² over rows at position 0, as a part of that over all rows (the mean is theirs). 0 where nothing varies. */
export function firstShareOf({ all, first }: VarianceGroups): number {
  const mean = meanOf(all)
  const total = variationOf(all, mean)
  return total > 0 ? variationOf(first, mean) / total : 0
}

export interface Fit {
  /** Fraction of the variance, about its mean, of what the SAE predicts that it does not rebuild. */
  readonly unexplained: number
  /** That variance, as a fraction of the residual's mean square: 0 where all rows are alike, up to rounding. */
  readonly spread: number
}

/** One entry per way. */
export function fitsOf(rebuilt: RebuiltGroups): readonly Fit[] {
  const { rows, sums, squares, errors, width } = rebuilt
  const totals = groupTotals(sums, rows.length, width)
  const size = totalOf(squares)
  const variance = size - totals.reduce((total, sum) => total + sum * sum, 0) / totalOf(rows)
  const left = groupTotals(errors, rows.length, errors.length / rows.length)
  return Array.from(left, (error) => ({ unexplained: error / variance, spread: variance / size }))
}

/** A factor on the input with which the SAE explains markedly more, and what it leaves. */
export interface BetterScale {
  readonly scale: number
  readonly unexplained: number
}

/** Factors on the input that are tried: a missing one of 0.5 or 1.25 passes every other check. */
export const SCALES: readonly number[] = Array.from({ length: 13 }, (_, i) => 2 ** ((i - 6) / 3))
/** A factor is markedly better when it leaves less than this part of what is left without it. */
const MARKEDLY = 0.75

/** Null as well where no factor matters. */
export function betterScaleOf({ scaled }: FitGroups): BetterScale | null {
  if (scaled === null) return null
  const fits = fitsOf(scaled)
  const found = SCALES.map((scale, i) => ({ scale, unexplained: present(fits[i]).unexplained }))
  const own = found.find(({ scale }) => scale === 1)?.unexplained ?? Number.NaN
  const best = found.reduce((a, b) => (b.unexplained < a.unexplained ? b : a))
  return best.unexplained < MARKEDLY * own ? best : null
}
