/**
 * @file Close calls of a part of a text, written down with what float32 and float64 say of each: which of them count as decided, all
 * parts together tell (settle-open.ts). So all are decided here that float32 cannot tell, more than a single run would.
 */
import { present } from '../../numbers/present.ts'
import type { OpenCalls, OpenReading, OpenReference } from '../sums/open-calls.ts'
import { pairKey } from './choose.ts'
import type { CandidateCall, CloseCall, Reading, Undecided } from './close-cells.ts'
import { allowanceOf, exactPairs, type Referee, type WatchedPlace } from './referee.ts'

/** Which part of the text it is. */
export interface RecordedPart {
  /** Its first row in the whole text. */
  readonly firstRow: number
  /** Tokens of the whole text. */
  readonly tokens: number
}

/** Errors: those of running a model in float64. */
export async function recordReference(
  watched: WatchedPlace,
  undecided: Undecided<CloseCall>,
  referee: Referee,
  part: RecordedPart,
): Promise<OpenReference> {
  const of = { watched, undecided, readingOf: ({ reference }: CloseCall) => reference }
  const { calls, exact } = await recorded(of, referee, part)
  const reference = readings(undecided.calls, of.readingOf, exact)
  return { ...calls, reference, candidate: null, threshold: watched.jumps.threshold }
}

/** `referee` null: nothing of the candidate can be had in float64. Errors: those of running a model in float64. */
export async function recordCandidate(
  watched: WatchedPlace,
  undecided: Undecided<CandidateCall>,
  referee: Referee | null,
  part: RecordedPart,
): Promise<OpenCalls> {
  const of = { watched, undecided, readingOf: ({ candidate }: CandidateCall) => candidate }
  const { calls, exact } = await recorded(of, referee, part)
  return {
    ...calls,
    reference: readings(undecided.calls, ({ reference }) => reference, null),
    candidate: readings(undecided.calls, of.readingOf, exact),
  }
}

interface Recorded<Call extends CloseCall> {
  readonly watched: WatchedPlace
  readonly undecided: Undecided<Call>
  readonly readingOf: (call: Call) => Reading
}

async function recorded<Call extends CloseCall>(
  { watched, undecided: { calls, skipped }, readingOf }: Recorded<Call>,
  referee: Referee | null,
  { firstRow, tokens }: RecordedPart,
) {
  const { jumps, place } = watched
  const open = calls.filter((call) => readingOf(call).doubt !== null)
  const pairs = referee === null ? null : await exactPairs(watched, open, referee)
  const width = jumps.threshold.length
  const allowance =
    referee &&
    allowanceOf(referee.source.model.decoder, place.dictionary.reads.layer, {
      ids: { length: tokens },
      sequenceLength: referee.source.sequenceLength,
    })
  return {
    exact: pairs && ((call: CloseCall) => pairs.get(pairKey(width, call.row, call.feature))),
    calls: {
      rows: Float64Array.from(calls, ({ row }) => firstRow + row),
      features: Float64Array.from(calls, ({ feature }) => feature),
      tokenGroups: Float64Array.from(calls, ({ tokenGroup }) => tokenGroup),
      apart: Float64Array.from(calls, ({ place: where }) => (where === 'first' ? 1 : 0)),
      skipped,
      mostSequences: allowance?.mostSequences ?? null,
    },
  }
}

function readings<Call extends CloseCall>(
  calls: readonly Call[],
  readingOf: (call: Call) => Reading,
  exact: ((call: Call) => number | undefined) | null,
): OpenReading {
  return {
    z: Float64Array.from(calls, (call) => readingOf(call).z),
    doubt: Float64Array.from(calls, (call) => readingOf(call).doubt ?? -1),
    exact: Float64Array.from(calls, (call) => {
      const { z, doubt } = readingOf(call)
      return exact === null || doubt === null ? z : present(exact(call), 'a close call in float64')
    }),
  }
}
