/** @file Which positions count at a read-out, once it is known whether sequences begin with BOS. */
import type { Positions } from '../../contract/options/audit-config.ts'
import {
  type CountedPositions,
  countedMask,
  sliceOf,
  withoutFirst,
  writtenPositions,
} from '../../contract/options/positions.ts'
import { positionsLeaveNothing } from '../../errors/audit.ts'
import type { Untrained } from '../../sae/dictionary.ts'

/** How a corpus was cut. */
export interface CutText {
  readonly blockLength: number
  /** The token that each sequence begins with; null: none is put there. */
  readonly bos: number | null
}

/** As was asked for, or as the dictionary was trained. Errors: POSITIONS_LEAVE_NOTHING. */
export function countedAt(
  readout: string,
  asked: Positions,
  untrained: Untrained,
  { blockLength, bos }: CutText,
): CountedPositions {
  const auto = withoutFirst(untrained.outside, untrained.bos && bos !== null ? 1 : 0)
  const slice = asked === 'auto' ? auto : sliceOf(asked)
  // An end that no sequence reaches is none: the same positions have the same name.
  const isOpen = slice.end === null || slice.end >= blockLength
  const counted = writtenPositions(isOpen ? { ...slice, end: null } : slice)
  if (!countedMask(counted, blockLength).includes(1))
    throw positionsLeaveNothing(readout, counted, blockLength)
  return counted
}
