/**
 * @file The rows on which the fit of an SAE, a factor between residual streams and the first position's share are measured: drawn from
 * the whole text, so that a part of it has the rows that the whole would take there.
 */
import { type CountedPositions, countedMask } from '../../contract/options/positions.ts'
import { groupOfEach } from '../../statistics/intervals/token-groups.ts'
import type { RowLayout } from '../rows/row-batches.ts'
import type { Readout } from '../run/readout.ts'
import type { AuditTokens } from '../text/tokens.ts'

/** Rows on which the SAE’s fit is measured: 4,096 give the unexplained variance to about 2 % of itself. */
export const FIT_ROWS = 4096

/** Rows of a store, ascending, and the token group of each, of so many. */
export interface SampledRows {
  readonly rows: Int32Array
  readonly tokenGroups: Int32Array
  readonly groups: number
}

export interface FitSample {
  readonly all: SampledRows
  /** Some of them, on which factors on the input are tried. */
  readonly scanned: SampledRows
}

/** Rows that factors are tried on: fewer of a wide dictionary, whose rows cost as much as they are wide. On 512 of 32,768 features the thirteen took most of a start. */
const SCAN_ROWS = { most: 512, least: 128, activations: 2 ** 22 } as const

/** How a text was cut, which part of it is run, and in which token groups. */
interface SampledText extends Pick<AuditTokens, 'groupStarts' | 'part'> {
  readonly sequences: Pick<AuditTokens['sequences'], 'sequenceCount' | 'blockLength'>
}

export function fitSample(
  { sequences, groupStarts, part }: SampledText,
  { positions, encoder }: Pick<Readout, 'positions'> & { readonly encoder: { readonly bias: Float32Array } },
): FitSample {
  const { blockLength: sequenceLength, sequenceCount } = sequences
  const whole = fitRows({ sequenceCount: part.sequences, sequenceLength }, positions, FIT_ROWS)
  const { most, least, activations } = SCAN_ROWS
  const wanted = Math.max(least, Math.min(most, Math.floor(activations / encoder.bias.length)))
  const every = Math.max(1, Math.floor(whole.length / wanted))
  const first = part.firstSequence * sequenceLength
  const end = first + sequenceCount * sequenceLength
  const groupOf = groupOfEach(groupStarts)
  const own = (drawn: Int32Array): SampledRows => {
    const rows = drawn.filter((row) => row >= first && row < end).map((row) => row - first)
    return {
      rows,
      tokenGroups: rows.map((row) => groupOf[Math.floor(row / sequenceLength)]!),
      groups: groupStarts.length - 1,
    }
  }
  return { all: own(whole), scanned: own(whole.filter((_, i) => i % every === 0)) }
}

/**
 * Rows to measure the fit on, ascending: all of them, or `most` spread evenly over the corpus and over the positions of a sequence
 * alike. Every 16th row would be position 0 of every sequence of 512, sixteen times its share, and position 0 is where the
 * residual can be a hundred times as long as elsewhere. Without the positions that do not count, in whose place others are taken once
 * they are half of them or more.
 *
 * Row i is i·m mod n, with m near n / φ (points of a Kronecker sequence lie apart) and without a common divisor with n, so
 * that it has none with the sequence length either, and every position comes as often as every other.
 */
export function fitRows(
  { sequenceCount, sequenceLength }: Pick<RowLayout, 'sequenceCount' | 'sequenceLength'>,
  positions: CountedPositions,
  most: number,
): Int32Array {
  const n = sequenceCount * sequenceLength
  let step = Math.max(1, Math.round(n * (Math.sqrt(1.25) - 0.5)))
  while (greatestCommonDivisor(step, n) > 1) step++
  const counted = countedMask(positions, sequenceLength)
  const places = counted.reduce((sum, counts) => sum + counts, 0)
  const tried = most * Math.floor(sequenceLength / Math.max(1, places))
  const rows: number[] = []
  for (let i = 0; i < Math.min(n, tried); i++) {
    const row = (i * step) % n
    if (counted[row % sequenceLength] === 1) rows.push(row)
  }
  return Int32Array.from(rows).sort()
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
