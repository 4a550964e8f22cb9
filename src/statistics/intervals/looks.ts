/**
 * @file Looks at a growing text: an audit may stop at a quarter, at half, or go on to the whole. Who looks three times errs more often
 * than who looks once, so every look's intervals are wider, all by one bound (Pocock, Biometrika 64, 1977).
 *
 * For normal errors the bound is that of a Brownian motion seen at times 1/4, 1/2, 1 (information grows as tokens do): P(|Z| > c at any
 * look) = 1 − confidence. By Armitage, McPherson and Rowe (1969) the density of what has not crossed is carried from look to look. It
 * is 2.31 for 95 % and three looks, 2.18 for two. With few documents, skewed errors and the bias of finite text that is not enough:
 * how much less error each look is held to was found by simulation (`npm run coverage -- --looks`, docs/statistics.md).
 */

/** Parts of the token groups, ascending. */
const LOOKS = [1 / 4, 1 / 2, 1] as const
/** Fewer have no interval. */
const FEWEST_GROUPS = 8

/** Token groups that each look goes over, ascending; the whole is the last. */
export function lookGroups(groups: number): readonly number[] {
  return LOOKS.map((part) => part * groups).filter((some) => some === groups || some >= FEWEST_GROUPS)
}

/**
 * Part of the error that normal theory allows each look. With all of it a figure exactly on its limit passed falsely in up to 5 % of
 * simulated texts, with half of it in 4.2 %, with a quarter in 2.5 % (docs/statistics.md). Two looks are held to what three are: the
 * texts that have two are those of long documents, of which there are few.
 */
const SIMULATED_PART = 1 / 4

/** The confidence that each of so many looks is held to, for all of them together to have the one given (0..1) at the least. */
export function lookConfidence(confidence: number, looks: number): number {
  if (looks <= 1) return confidence
  return 1 - SIMULATED_PART * (1 - normalLookConfidence(confidence, LOOKS.length))
}

/** The same where errors are normal. */
export function normalLookConfidence(confidence: number, looks: number): number {
  if (looks <= 1) return confidence
  const key = `${confidence}/${looks}`
  const known = found.get(key)
  if (known !== undefined) return known
  const level = bisected(confidence, looks)
  found.set(key, level)
  return level
}

const found = new Map<string, number>()

function bisected(confidence: number, looks: number): number {
  let [low, high] = [0, 12]
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (crossing(middle, looks) > 1 - confidence) low = middle
    else high = middle
  }
  // As the confidence that has this bound: 1 − P(|Z| > c at one look).
  return 1 - crossing((low + high) / 2, 1)
}

/** Points on either side of zero at which densities are held. */
const STEPS = 60

/** P(|Z| > c at any of the last so many looks). */
function crossing(bound: number, looks: number): number {
  const times = LOOKS.slice(-looks)
  const [first = 1] = times
  // Of the motion itself, whose sd is √time: it has crossed beyond bound · √time.
  let at = grid(bound * Math.sqrt(first))
  let density = at.map((x) => normal(x, first))
  for (const [i, time] of times.entries()) {
    if (i === 0) continue
    const before = times[i - 1] ?? 0
    const next = grid(bound * Math.sqrt(time))
    density = next.map((y) => integral(at, (j, x) => (density[j] ?? 0) * normal(y - x, time - before)))
    at = next
  }
  return 1 - integral(at, (j) => density[j] ?? 0)
}

/** Evenly from −end to end. */
const grid = (end: number): readonly number[] =>
  Array.from({ length: 2 * STEPS + 1 }, (_, i) => (end * (i - STEPS)) / STEPS)

const normal = (x: number, variance: number): number =>
  Math.exp((-x * x) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance)

/** Simpson's rule. */
function integral(at: readonly number[], value: (j: number, x: number) => number): number {
  const step = (at[1] ?? 0) - (at[0] ?? 0)
  let sum = 0
  for (const [j, x] of at.entries()) {
    const weight = j === 0 || j === at.length - 1 ? 1 : j % 2 === 1 ? 4 : 2
    sum += weight * value(j, x)
  }
  return (sum * step) / 3
}
