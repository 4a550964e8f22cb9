/**
 * @file Close calls that were written down, part by part, decided as a single run decides them: the same calls are chosen, by all of
 * the text, and the same values are added in the same order. Pure: nothing is run.
 */
import { present } from '../../numbers/present.ts'
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import type { OpenCalls, OpenReading, OpenReference } from '../sums/open-calls.ts'
import {
  callEffects,
  chooseCalls,
  type ExactPairs,
  leftWarnings,
  pairKey,
  settleCandidate,
  settleReference,
} from './choose.ts'
import type { CandidateCall, CloseCall, Reading } from './close-cells.ts'

/** Where the calls are, and of sequences of how many rows. */
export interface OpenPlace {
  readonly id: string
  readonly sequenceLength: number
}

/** What was decided for the reference, by which candidates go too. */
export interface SettledReference {
  readonly threshold: Float32Array
  readonly effects: Float64Array
  readonly exact: ExactPairs
  readonly leftSequences: ReadonlySet<number>
  readonly warnings: readonly string[]
}

/** The reference's sums, close calls not yet in them. */
export interface OpenSums {
  readonly moments: ByPosition<ReferenceMoments>
  /** Over the positions that count. */
  readonly counted: ReferenceMoments
  /** Firing rate that an active feature is above. */
  readonly activeRate: number
}

/** Add the reference's calls to its sums, in place. */
export function settleOpenReference(
  place: OpenPlace,
  open: OpenReference,
  { moments, counted, activeRate }: OpenSums,
): SettledReference {
  const { threshold, skipped, mostSequences } = open
  const calls = referenceCalls(open)
  const effects = callEffects({ threshold }, counted, calls, activeRate)
  const allowance = { sequenceLength: place.sequenceLength, mostSequences: mostSequences ?? 0 }
  const { chosen, left } = chooseCalls(calls, ({ reference }) => reference, effects, allowance)
  const exact = exactOf(chosen, threshold.length)
  settleReference({ threshold }, moments, calls, exact)
  const leftSequences = new Set(left.map(({ row }) => Math.floor(row / place.sequenceLength)))
  return {
    threshold,
    effects,
    exact,
    leftSequences,
    warnings: leftWarnings('reference', place, { left: left.length, skipped }),
  }
}

/** A candidate's sums, close calls not yet in them, and the features that they are of (ascending). */
export interface OpenCandidate {
  readonly name: string
  readonly moments: ByPosition<CandidateMoments>
  readonly open: OpenCalls
}

/** Add a candidate's calls on the measured features to its sums, in place. Returns warnings. */
export function settleOpenCandidate(
  place: OpenPlace,
  { threshold, effects, exact, leftSequences }: SettledReference,
  { name, moments, open }: OpenCandidate,
): readonly string[] {
  const columns = new Map([...moments.rest.features].map((feature, k) => [feature, k]))
  const calls = candidateCalls(open, columns)
  if (open.mostSequences === null) {
    settleCandidate({ threshold }, moments, calls, { reference: exact, candidate: new Map() })
    return []
  }
  const { sequenceLength } = place
  const undecided = calls.filter(({ row }) => !leftSequences.has(Math.floor(row / sequenceLength)))
  const allowance = { sequenceLength, mostSequences: open.mostSequences }
  const { chosen, left } = chooseCalls(undecided, ({ candidate }) => candidate, effects, allowance)
  const candidate = exactOf(chosen, threshold.length)
  settleCandidate({ threshold }, moments, calls, { reference: exact, candidate })
  return leftWarnings(name, place, { left: left.length, skipped: open.skipped })
}

/** With what float64 says. */
interface Decided {
  readonly decided: number
}

function exactOf(calls: readonly (CloseCall & Decided)[], width: number): ExactPairs {
  return new Map(calls.map(({ row, feature, decided }) => [pairKey(width, row, feature), decided]))
}

function referenceCalls(open: OpenCalls): readonly (CloseCall & Decided)[] {
  return Array.from(open.rows, (_, i) => ({ ...callAt(open, i), decided: present(open.reference.exact[i]) }))
}

function candidateCalls(
  open: OpenCalls,
  columns: ReadonlyMap<number, number>,
): readonly (CandidateCall & Decided)[] {
  const { candidate } = open
  if (candidate === null) return []
  return Array.from(open.rows).flatMap((_, i) => {
    const call = callAt(open, i)
    const column = columns.get(call.feature)
    if (column === undefined) return []
    return [{ ...call, column, candidate: readingAt(candidate, i), decided: present(candidate.exact[i]) }]
  })
}

function callAt(open: OpenCalls, i: number): CloseCall {
  return {
    row: present(open.rows[i]),
    feature: present(open.features[i]),
    tokenGroup: present(open.tokenGroups[i]),
    place: open.apart[i] === 1 ? 'first' : 'rest',
    reference: readingAt(open.reference, i),
  }
}

function readingAt({ z, doubt }: OpenReading, i: number): Reading {
  const found = present(doubt[i])
  return { z: present(z[i]), doubt: found < 0 ? null : found }
}
