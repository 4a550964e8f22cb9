/** @file Sums of runs of token groups, put one behind the other: groups keep their order, and nothing is added that was apart. Pure. */
import { present } from '../../numbers/present.ts'
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import type { DivergenceGroups, LossGroups } from '../../statistics/losses.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import type {
  CandidateGroupSums,
  DivergenceSums,
  FeatureSums,
  KindGroups,
  ReferenceGroupSums,
} from '../sums/group-sums.ts'
import type { OpenCalls, OpenReading, OpenReference } from '../sums/open-calls.ts'
import type { RebuiltGroups, RowGroups } from '../sums/residual-sums.ts'

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function joined32(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Of every part the array under each key. */
function joinedBy<K extends string>(
  keys: readonly K[],
  parts: readonly Readonly<Record<K, Float64Array>>[],
): Record<K, Float64Array>
function joinedBy(
  keys: readonly string[],
  parts: readonly Readonly<Record<string, Float64Array>>[],
): Record<string, Float64Array> {
  return Object.fromEntries(keys.map((key) => [key, joined(parts.map((part) => present(part[key])))]))
}

const groupsIn = (parts: readonly { readonly groups: number }[]): number =>
  parts.reduce((sum, { groups }) => sum + groups, 0)

function byPosition<T>(parts: readonly ByPosition<T>[], join: (parts: readonly T[]) => T): ByPosition<T> {
  return { first: join(parts.map(({ first }) => first)), rest: join(parts.map(({ rest }) => rest)) }
}

function joinReference(parts: readonly ReferenceMoments[]): ReferenceMoments {
  const { width } = present(parts[0])
  const each = (of: (part: ReferenceMoments) => Float64Array, add: (a: number, b: number) => number) =>
    Float64Array.from({ length: width }, (_, j) =>
      parts.reduce((sum, part) => add(sum, present(of(part)[j])), 0),
    )
  return {
    groups: groupsIn(parts),
    width,
    ...joinedBy(['positions', 'sum', 'sumOfSquares'], parts),
    firings: each(
      ({ firings }) => firings,
      (a, b) => a + b,
    ),
    peak: each(({ peak }) => peak, Math.max),
  }
}

function joinCandidate(parts: readonly CandidateMoments[]): CandidateMoments {
  return {
    groups: groupsIn(parts),
    features: present(parts[0]).features,
    ...joinedBy(['sum', 'sumOfSquares', 'product', 'together', 'either'], parts),
  }
}

function joinRows(parts: readonly RowGroups[]): RowGroups {
  return { width: present(parts[0]).width, ...joinedBy(['rows', 'sums', 'squares'], parts) }
}

function joinRebuilt(parts: readonly RebuiltGroups[]): RebuiltGroups {
  return { ...joinRows(parts), errors: joined(parts.map(({ errors }) => errors)) }
}

/** The parts where there are any; null: there are none. What only some have is their reader's to refuse. */
function ifAny<T, Joined>(
  parts: readonly (T | null)[],
  join: (parts: readonly T[]) => Joined,
): Joined | null {
  const found = parts.flatMap((part) => (part === null ? [] : [part]))
  return found.length === 0 ? null : join(found)
}

const READINGS = ['z', 'doubt', 'exact'] as const

function joinCalls(parts: readonly OpenCalls[], groupStarts: readonly number[]): OpenCalls {
  const readings = (of: readonly OpenReading[]): OpenReading => joinedBy(READINGS, of)
  return {
    ...joinedBy(['rows', 'features', 'apart'], parts),
    tokenGroups: joined(
      parts.map(({ tokenGroups }, i) => tokenGroups.map((group) => group + present(groupStarts[i]))),
    ),
    reference: readings(parts.map(({ reference }) => reference)),
    candidate: ifAny(
      parts.map(({ candidate }) => candidate),
      readings,
    ),
    skipped: parts.reduce((sum, { skipped }) => sum + skipped, 0),
    mostSequences: present(parts[0]).mostSequences,
  }
}

/** `groupStarts`: the first token group of each part. */
export function joinReferences(
  parts: readonly ReferenceGroupSums[],
  groupStarts: readonly number[],
): ReferenceGroupSums {
  return {
    moments: byPosition(
      parts.map(({ moments }) => moments),
      joinReference,
    ),
    fit: ifAny(
      parts.map(({ fit }) => fit),
      (fits) => ({
        own: joinRebuilt(fits.map(({ own }) => own)),
        scaled: ifAny(
          fits.map(({ scaled }) => scaled),
          joinRebuilt,
        ),
      }),
    ),
    variance: {
      all: joinRows(parts.map(({ variance }) => variance.all)),
      first: joinRows(parts.map(({ variance }) => variance.first)),
    },
    calls: ifAny(
      parts.map(({ calls }) => calls),
      (calls): OpenReference => ({
        ...joinCalls(calls, groupStarts),
        threshold: present(calls[0]).threshold,
      }),
    ),
    warnings: [],
  }
}

/** Likewise. */
export function joinCandidates(
  parts: readonly CandidateGroupSums[],
  groupStarts: readonly number[],
): CandidateGroupSums {
  return {
    losses: ifAny(
      parts.map(({ losses }) => losses),
      joinLosses,
    ),
    divergence: ifAny(
      parts.map(({ divergence }) => divergence),
      joinDivergence,
    ),
    sliding: ifAny(
      parts.map(({ sliding }) => sliding),
      joinLosses,
    ),
    readouts: present(parts[0]).readouts.map((_, r) =>
      joinFeatures(
        parts.map(({ readouts }) => present(readouts[r])),
        groupStarts,
      ),
    ),
  }
}

function joinFeatures(parts: readonly FeatureSums[], groupStarts: readonly number[]): FeatureSums {
  return {
    moments: byPosition(
      parts.map(({ moments }) => moments),
      joinCandidate,
    ),
    distance: joinedBy(
      ['apart', 'size', 'cosines', 'rows'],
      parts.map(({ distance }) => distance),
    ),
    scaling: joinedBy(
      ['products', 'sizes', 'rows'],
      parts.map(({ scaling }) => scaling),
    ),
    calls: ifAny(
      parts.map(({ calls }) => calls),
      (calls) => joinCalls(calls, groupStarts),
    ),
    warnings: [],
  }
}

function joinLosses(parts: readonly LossGroups[]): LossGroups {
  return {
    tokens: parts.flatMap(({ tokens }) => tokens),
    referenceLoss: parts.flatMap(({ referenceLoss }) => referenceLoss),
    candidateLoss: parts.flatMap(({ candidateLoss }) => candidateLoss),
  }
}

function joinDivergenceGroups(parts: readonly DivergenceGroups[]): DivergenceGroups {
  return {
    tokens: parts.flatMap(({ tokens }) => tokens),
    kl: parts.flatMap(({ kl }) => kl),
    agreements: parts.flatMap(({ agreements }) => agreements),
  }
}

function joinDivergence(parts: readonly DivergenceSums[]): DivergenceSums {
  const { byConfidence, byKind } = present(parts[0])
  return {
    ...joinDivergenceGroups(parts),
    klAbove: parts.flatMap(({ klAbove }) => klAbove),
    klOfTokens: joined32(parts.map(({ klOfTokens }) => klOfTokens)),
    referenceLossOfTokens: joined32(parts.map(({ referenceLossOfTokens: losses }) => losses)),
    candidateLossOfTokens: joined32(parts.map(({ candidateLossOfTokens: losses }) => losses)),
    byConfidence: byConfidence.map((_, b) =>
      joinDivergenceGroups(parts.map((part) => present(part.byConfidence[b]))),
    ),
    byKind: byKind.map(
      ({ kind }, k): KindGroups => ({
        kind,
        ...joinDivergenceGroups(parts.map((part) => present(part.byKind[k]))),
      }),
    ),
  }
}
