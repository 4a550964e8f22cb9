/**
 * @file Quantiles of the KL divergence of single tokens from counts: per token group, how many tokens lie above each of 64
 * levels. Counts add over groups and shards, and give a quantile on every half of the text without the tokens.
 *
 * Levels are log-spaced from 1e-6 nats, below which a KL of float32 logits is rounding, to 100. Between two levels the
 * logarithm of the count is taken as linear in the logarithm of the KL, as in an exponential tail; the error of that is
 * the same on all halves, and drops out of their differences.
 */
import { canHalve, listedHalfSums } from './intervals/half-sums.ts'

const LOWEST = 1e-6
const HIGHEST = 100

/** Nats, ascending. */
export const DIVERGENCE_LEVELS: readonly number[] = Array.from(
  { length: 64 },
  (_, i) => LOWEST * (HIGHEST / LOWEST) ** (i / 63),
)

/** (G)(64) counts of `kl` above each level; `groupOf` is parallel to `kl`. */
export function countsAbove(kl: ArrayLike<number>, groupOf: ArrayLike<number>, groups: number): number[][] {
  const counts = Array.from({ length: groups }, () => new Array<number>(DIVERGENCE_LEVELS.length).fill(0))
  for (let i = 0; i < kl.length; i++) {
    const passed = levelsBelow(kl[i]!)
    if (passed > 0) counts[groupOf[i]!]![passed - 1]! += 1
  }
  // So far, how many passed exactly so many levels; above a level are all that passed it or more.
  for (const row of counts) {
    for (let l = row.length - 2; l >= 0; l--) row[l]! += row[l + 1]!
  }
  return counts
}

/** How many levels lie below `value`. */
function levelsBelow(value: number): number {
  let [low, high] = [0, DIVERGENCE_LEVELS.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value > DIVERGENCE_LEVELS[middle]!) low = middle + 1
    else high = middle
  }
  return low
}

/** Logarithm of quantile `q` (0..1) of `tokens` values of which counts[l] lie above level l; no lower than the lowest level. */
function logQuantile(counts: ArrayLike<number>, tokens: number, q: number): number {
  const wanted = (1 - q) * tokens
  if (!(counts[0]! > wanted)) return Math.log(LOWEST)
  let l = 0
  while (l + 1 < counts.length && counts[l + 1]! > wanted) l++
  const [from, to] = [Math.log(DIVERGENCE_LEVELS[l]!), Math.log(DIVERGENCE_LEVELS[l + 1] ?? HIGHEST)]
  // A level that nothing passes: half a token stands for it.
  const [above, beyond] = [Math.log(counts[l]!), Math.log(Math.max(0.5, counts[l + 1] ?? 0.5))]
  const part = above > beyond ? (above - Math.log(Math.max(0.5, wanted))) / (above - beyond) : 0
  return from + Math.min(1, Math.max(0, part)) * (to - from)
}

/** Between which nats quantile `q` (0..1) of `tokens` values lies, of which counts[g][l] of group g lie above level l. */
export function quantileBounds(
  q: number,
  counts: readonly (readonly number[])[],
  tokens: readonly number[],
): readonly [low: number, high: number] {
  const total = tokens.reduce((sum, n) => sum + n, 0)
  // A quantile between two values lies between the levels around both.
  const [more, fewer] = [Math.ceil((1 - q) * (total - 1)) + 1, Math.floor((1 - q) * (total - 1))]
  const above = DIVERGENCE_LEVELS.map((_, l) => counts.reduce((sum, row) => sum + (row[l] ?? 0), 0))
  const low = above.findLastIndex((count) => count >= more)
  const high = above.findIndex((count) => count <= fewer)
  return [
    low < 0 ? Number.NEGATIVE_INFINITY : DIVERGENCE_LEVELS[low]!,
    high < 0 ? Number.POSITIVE_INFINITY : DIVERGENCE_LEVELS[high]!,
  ]
}

/**
 * Logarithms of `value`, the exact quantile `q` on all text, and of what it would be on each half: moved by what the counts
 * say a half's quantile is of the whole's. `counts` is (G)(64), `tokens` (G). No halves of groups that have none.
 */
export function divergenceQuantile(
  value: number,
  q: number,
  counts: readonly (readonly number[])[],
  tokens: readonly number[],
): { readonly centre: number; readonly halves: Float64Array } {
  const centre = Math.log(Math.max(value, LOWEST))
  if (!canHalve(tokens.length)) return { centre, halves: new Float64Array(0) }
  const byLevel = DIVERGENCE_LEVELS.map((_, l) => counts.map((row) => row[l]!))
  const total = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0)
  const whole = logQuantile(byLevel.map(total), total(tokens), q)
  const halved = byLevel.map(listedHalfSums)
  const halves = listedHalfSums(tokens).map((n, i) => {
    const own = halved.map((sums) => sums[i]!)
    return centre + logQuantile(own, n, q) - whole
  })
  return { centre, halves }
}
