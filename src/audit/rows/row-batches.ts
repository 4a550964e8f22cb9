/**
 * @file The rows of a store in the batches that are summed together: rows of one token group, all at position 0 of their
 * block or none. So sums of either kind can be told apart afterwards.
 */
import { present } from '../../numbers/present.ts'
import { groupStarts } from '../../statistics/token-groups.ts'
import type { AuditTokens } from '../text/tokens.ts'

/** How the rows of a store are laid out in blocks, and the blocks in groups. */
export interface RowLayout {
  readonly blockCount: number
  readonly blockLength: number
  readonly groups: number
}

/** The rows of a capture over the corpus' blocks. */
export function rowLayout({ blocks, groups }: AuditTokens): RowLayout {
  return { blockCount: blocks.blockCount, blockLength: blocks.blockLength, groups }
}

/** Sums over position 0 of every block, and over all other positions. */
export interface ByPosition<T> {
  readonly first: T
  readonly rest: T
}

/** Where a row's sums go. */
export interface SumCell {
  readonly group: number
  readonly place: 'first' | 'rest'
}

/** One run: rows of one group, all at position 0 or none. */
export interface RowBatch extends SumCell {
  readonly rows: Int32Array
}

/** Every row once, in batches of up to `size`. */
export function* rowBatches(layout: RowLayout, size: number): Generator<RowBatch> {
  const { blockCount, blockLength, groups } = layout
  const starts = groupStarts(blockCount, groups)
  for (let group = 0; group < groups; group++) {
    const [from, to] = [present(starts[group]), present(starts[group + 1])]
    const first: number[] = []
    const rest: number[] = []
    for (let row = from * blockLength; row < to * blockLength; row++) {
      if (row % blockLength === 0) first.push(row)
      else rest.push(row)
    }
    for (const [place, rows] of [
      ['first', first],
      ['rest', rest],
    ] as const) {
      for (let start = 0; start < rows.length; start += size) {
        yield { rows: Int32Array.from(rows.slice(start, start + size)), group, place }
      }
    }
  }
}
