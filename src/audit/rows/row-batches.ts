/**
 * @file The rows of a store in the batches that are summed together: rows of one token group, all at positions that
 * are kept apart or none. So sums of either kind can be told apart afterwards.
 */
import { countedMask } from '../../contract/options/positions.ts'
import { present } from '../../numbers/present.ts'
import type { Readout } from '../run/readout.ts'
import type { AuditTokens } from '../text/tokens.ts'

/** How the rows of a store are laid out in sequences, and the sequences in token groups. */
export interface RowLayout {
  readonly sequenceCount: number
  readonly sequenceLength: number
  /** First sequence of each token group, and the number of sequences. */
  readonly groupStarts: Int32Array
  /** (sequenceLength) 1: positions whose sums are kept apart, those that do not count, or the first where all do. */
  readonly apart: Uint8Array
}

/** How a text was cut into sequences, and these into token groups. */
interface CutTokens extends Pick<AuditTokens, 'groupStarts'> {
  readonly sequences: Pick<AuditTokens['sequences'], 'sequenceCount' | 'blockLength'>
}

/** The rows of a capture over the corpus' sequences, for a read-out. */
export function rowLayout(
  { sequences, groupStarts }: CutTokens,
  { positions }: Pick<Readout, 'positions'>,
): RowLayout {
  const { sequenceCount, blockLength: sequenceLength } = sequences
  return { sequenceCount, sequenceLength, groupStarts, apart: apartOf(positions, sequenceLength) }
}

function apartOf(positions: Readout['positions'], length: number): Uint8Array {
  const apart = countedMask(positions, length).map((counts) => 1 - counts)
  if (!apart.includes(1)) apart[0] = 1
  return apart
}

export function groupsOf({ groupStarts }: Pick<RowLayout, 'groupStarts'>): number {
  return groupStarts.length - 1
}

/** Sums over the positions that are kept apart of every sequence, `first`, and over all others. */
export interface ByPosition<T> {
  readonly first: T
  readonly rest: T
}

/** Where a row's sums go. */
export interface SumCell {
  readonly tokenGroup: number
  readonly place: 'first' | 'rest'
}

/** One run: rows of one token group, all at positions that are kept apart or none. */
export interface RowBatch extends SumCell {
  readonly rows: Int32Array
}

/** Every row once, in batches of up to `size`. */
export function* rowBatches(layout: RowLayout, size: number): Generator<RowBatch> {
  const { sequenceLength, groupStarts, apart } = layout
  for (let tokenGroup = 0; tokenGroup < groupsOf(layout); tokenGroup++) {
    const [from, to] = [present(groupStarts[tokenGroup]), present(groupStarts[tokenGroup + 1])]
    const first: number[] = []
    const rest: number[] = []
    for (let row = from * sequenceLength; row < to * sequenceLength; row++) {
      if (apart[row % sequenceLength] === 1) first.push(row)
      else rest.push(row)
    }
    for (const [place, rows] of [
      ['first', first],
      ['rest', rest],
    ] as const) {
      for (let start = 0; start < rows.length; start += size) {
        yield { rows: Int32Array.from(rows.slice(start, start + size)), tokenGroup, place }
      }
    }
  }
}
