/** @file Which positions of a sequence count, as an option and a report have it: `all`, `skip-first`, `skip-first=8`, `slice=8:120:2`. */

/** Every position, all but the first, all but so many at the start, or those of a slice. */
export type CountedPositions = 'all' | 'skip-first' | `skip-first=${number}` | `slice=${string}`

/** Positions start, start + step, … before `end`; end null: up to the last one. */
export interface PositionSlice {
  readonly start: number
  readonly end: number | null
  readonly step: number
}

export const EVERY_POSITION: PositionSlice = { start: 0, end: null, step: 1 }

/** The longest start that may be left out. */
export const MOST_SKIPPED = 4096

/** The largest number in a slice. */
export const MOST_SLICED = 9_999_999

/** What such a choice looks like, for readers and schemas. */
export const COUNTED_POSITIONS =
  'all|skip-first(?:=[1-9][0-9]{0,3})?|slice=[0-9]{1,7}:(?:[0-9]{1,7})?(?::[1-9][0-9]{0,6})?'

export function isCountedPositions(text: string): text is CountedPositions {
  if (!new RegExp(`^(?:${COUNTED_POSITIONS})$`).test(text)) return false
  return text.startsWith('slice=') || sliceOf(text).start <= MOST_SKIPPED
}

/** In the shortest form. */
export function writtenPositions({ start, end, step }: PositionSlice): CountedPositions {
  if (end !== null || step !== 1 || start > MOST_SKIPPED)
    return `slice=${start}:${end ?? ''}${step === 1 ? '' : `:${step}`}`
  if (start === 0) return 'all'
  return start === 1 ? 'skip-first' : `skip-first=${start}`
}

/** The positions that are meant by it. */
export function sliceOf(positions: string): PositionSlice {
  const [, start, end, step = '1'] = /^slice=(\d+):(\d*)(?::(\d+))?$/.exec(positions) ?? []
  if (start !== undefined) return { start: Number(start), end: end ? Number(end) : null, step: Number(step) }
  if (positions === 'all') return EVERY_POSITION
  return { ...EVERY_POSITION, start: Number(/=(\d+)$/.exec(positions)?.[1] ?? 1) }
}

/** Those of a slice that are not among the first `count` positions. */
export function withoutFirst(slice: PositionSlice, count: number): PositionSlice {
  const steps = Math.max(0, Math.ceil((count - slice.start) / slice.step))
  return { ...slice, start: slice.start + steps * slice.step }
}

/** (length) 1 where a position of a sequence counts. */
export function countedMask(positions: string, length: number): Uint8Array {
  const { start, end, step } = sliceOf(positions)
  const mask = new Uint8Array(length)
  for (let position = start; position < Math.min(length, end ?? length); position += step) mask[position] = 1
  return mask
}
