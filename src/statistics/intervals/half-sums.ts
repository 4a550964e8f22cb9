/**
 * @file Sums over balanced half-samples of the token groups: G groups, G − 1 ways to halve them, two halves each.
 *
 * Half (r, +) holds the groups g with H[r][g] = +1 and (r, −) the others, H being the Sylvester–Hadamard matrix of order G:
 * H[r][g] = (−1)^(ones in r AND g). Its rows 1 to G − 1 have as many + as −, and any two groups fall together as often as
 * apart: balanced half-samples (McCarthy 1969, "Pseudo-replication: half samples"), no seed.
 *
 * All halves come from one fast Walsh–Hadamard transform, with one change: it carries both halves' sums and only adds.
 * A feature that fires in one group only thus leaves exact zeros in every half without that group, as one that never
 * fires does; differences would leave rounding there, and a correlation made of it.
 */

/** Groups that can be halved evenly, and are few enough for a report to keep 2(G − 1) columns. */
export const GROUP_COUNTS = [32, 16, 8] as const

/** Whether G groups have balanced half-samples here. */
export function canHalve(groups: number): boolean {
  return GROUP_COUNTS.some((count) => count === groups)
}

/** How many halves there are: 2(G − 1), in the order (1, +), (1, −), (2, +), … */
export function halfCount(groups: number): number {
  return 2 * (groups - 1)
}

/** (G, columns) sums of the halves, row-major, row r for H's row r; row 0 is all groups and none. */
export interface HalfSums {
  readonly plus: Float64Array
  readonly minus: Float64Array
}

/**
 * The sums of every half from the sums of every group, for `count` columns of a (G, columns) matrix from `first` on.
 * G is a power of two.
 */
export function halfSums(
  sums: ArrayLike<number>,
  groups: number,
  columns = 1,
  [first, count]: readonly [first: number, count: number] = [0, columns],
): HalfSums {
  const plus = new Float64Array(groups * count)
  const minus = new Float64Array(groups * count)
  for (let g = 0; g < groups; g++) {
    for (let k = 0; k < count; k++) plus[g * count + k] = sums[g * columns + first + k]!
  }
  for (let span = count; span < plus.length; span *= 2) {
    for (let block = 0; block < plus.length; block += 2 * span) butterfly(plus, minus, block, span)
  }
  return { plus, minus }
}

/** Rows [block, block + span) and the next `span`: alike where the new bit of r is 0, opposite where it is 1. */
function butterfly(plus: Float64Array, minus: Float64Array, block: number, span: number): void {
  for (let i = block; i < block + span; i++) {
    const j = i + span
    const [p, m, q, n] = [plus[i]!, minus[i]!, plus[j]!, minus[j]!]
    plus[i] = p + q
    minus[i] = m + n
    plus[j] = p + n
    minus[j] = m + q
  }
}

/** The sums of one column as a list in the order of the halves. */
export function listedHalfSums(sums: ArrayLike<number>): Float64Array {
  const groups = sums.length
  const { plus, minus } = halfSums(sums, groups)
  const listed = new Float64Array(halfCount(groups))
  for (let r = 1; r < groups; r++) {
    listed[2 * r - 2] = plus[r]!
    listed[2 * r - 1] = minus[r]!
  }
  return listed
}

/**
 * The part of each group, from half the difference of each pair of halves (d[r − 1] for H's row r): Σ_r H[r][g] d_r / G.
 * The parts add to 0.
 */
export function groupInfluences(differences: ArrayLike<number>): Float64Array {
  const groups = differences.length + 1
  const parts = new Float64Array(groups)
  for (let r = 1; r < groups; r++) parts[r] = differences[r - 1]! / groups
  for (let span = 1; span < groups; span *= 2) {
    for (let block = 0; block < groups; block += 2 * span) {
      for (let i = block; i < block + span; i++) {
        const [x, y] = [parts[i]!, parts[i + span]!]
        parts[i] = x + y
        parts[i + span] = x - y
      }
    }
  }
  return parts
}
