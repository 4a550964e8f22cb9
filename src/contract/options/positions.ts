/** @file Which positions of a sequence count, as an option and a report have it: `all`, `skip-first`, `skip-first=8`. */

/** Every position, all but the first, or all but so many at the start. */
export type CountedPositions = 'all' | 'skip-first' | `skip-first=${number}`

/** The longest start that may be left out. */
export const MOST_SKIPPED = 4096

/** What such a choice looks like, for readers and schemas. */
export const COUNTED_POSITIONS = 'all|skip-first(?:=[1-9][0-9]{0,3})?'

export function isCountedPositions(text: string): text is CountedPositions {
  return new RegExp(`^(?:${COUNTED_POSITIONS})$`).test(text) && leftOut(text) <= MOST_SKIPPED
}

/** All but the first `count` positions. */
export function skipping(count: number): CountedPositions {
  if (count === 0) return 'all'
  return count === 1 ? 'skip-first' : `skip-first=${count}`
}

/** Positions at the start of every sequence that do not count. */
export function leftOut(positions: string): number {
  if (positions === 'all') return 0
  return Number(/=(\d+)$/.exec(positions)?.[1] ?? 1)
}
