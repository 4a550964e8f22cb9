/**
 * @file Shards of one audit, put together to the report that one run of all of it gives. Which features are active and which close calls
 * count as decided is said here, by all of the text. Pure: no model is run, and none is read.
 */

import { isCountedPositions } from '../../contract/options/positions.ts'
import type { Measurement } from '../../contract/report/measurement.ts'
import type { ProtocolFinding } from '../../contract/report/report-schema.ts'
import type { AuditFrame } from '../../contract/shard/frame-schema.ts'
import { shardMalformed, shardsDiffer, shardsMissing, shardTwice } from '../../errors/shards.ts'
import { present } from '../../numbers/present.ts'
import { candidateColumns } from '../../statistics/features/correlation.ts'
import { addReferenceMoments } from '../../statistics/features/feature-moments.ts'
import { samplingOf } from '../../statistics/intervals/resampling.ts'
import { assemble, type MeasuredSums } from '../assemble.ts'
import {
  type SettledReference,
  settleOpenCandidate,
  settleOpenReference,
} from '../close-calls/close-calls.ts'
import { candidateFeatures } from '../features/evidence/feature-evidence.ts'
import { countedMoments, type ReadoutFigures, readoutFigures } from '../features/readout-figures.ts'
import type { ReadoutPlace } from '../run/readout.ts'
import type { CandidateGroupSums, FeatureSums, ReferenceGroupSums } from '../sums/group-sums.ts'
import { joinCandidates, joinReferences } from './add-groups.ts'
import { firstDifference } from './differences.ts'
import type { Shard } from './shard.ts'
import { addedCost } from './shard-file.ts'

/** A shard, and the file that it was read from. */
export interface ReadShard extends Shard {
  readonly file: string
}

export interface MergeOptions {
  /** Make a report of what is there, which passes nothing. */
  readonly allowMissing: boolean
  readonly createdAt: string
}

/** Errors: SHARD_TWICE, SHARDS_MISSING, SHARDS_DIFFER, SHARD_MALFORMED, SAE_BAD_FIT, CANDIDATE_ROTATED. */
export function mergeShards(
  given: readonly ReadShard[],
  { allowMissing, createdAt }: MergeOptions,
): Measurement {
  const shards = inOrder(given)
  const missing = missingOf(shards)
  const [{ shards: count, frame: whole }] = shards
  if (missing.length > 0 && !allowMissing) throw shardsMissing(missing, count)
  const frame = missing.length === 0 ? whole : partFrame(whole, shards, missing)
  const starts: number[] = []
  let groups = 0
  for (const { sums } of shards) {
    starts.push(groups)
    groups += sums.measured.groups
  }
  const readouts = frame.places.map((_, r) => {
    const parts = shards.map(({ sums }) => present(sums.readouts[r]))
    return settledReadout(frame, present(shards[0]), r, joinReferences(parts, starts))
  })
  const candidates = frame.candidates.map((_, c): MeasuredSums => {
    const parts = shards.map(({ sums }) => present(sums.candidates[c]))
    return settledCandidate(frame, readouts, c, joinCandidates(parts, starts))
  })
  const { seconds, streamed } = addedCost(shards.map(({ took }) => took))
  const figures = readouts.map(({ figures: one }) => one)
  const audit = { readouts: figures, candidates, notes: [], floor: null }
  return assemble(frame, audit, { elapsedSeconds: seconds, createdAt, streamed })
}

type Shards = readonly [ReadShard, ...ReadShard[]]

/** Of one audit, by their number. Errors: SHARD_TWICE, SHARDS_DIFFER. */
function inOrder(given: readonly ReadShard[]): Shards {
  const [first, ...others] = given.toSorted((a, b) => a.shard - b.shard)
  if (first === undefined) throw new RangeError('no shards')
  let before = first
  for (const other of others) {
    requireAlike(first, other)
    if (other.shard === before.shard) throw shardTwice(other.shard, other.shards, before.file, other.file)
    before = other
  }
  return [first, ...others]
}

/** Errors: SHARDS_DIFFER. */
function requireAlike(one: ReadShard, other: ReadShard): void {
  const told = ({ shards, frame, sums: { measured } }: ReadShard): unknown => ({
    shards,
    // Before they are looked into: one more or one less is told by its name.
    'the list of candidates': frame.candidates.map(({ name }) => name).join(', '),
    'the list of read-outs': frame.places.map(({ id }) => id).join(', '),
    ...frame,
    measured: { ...measured, groups: null },
  })
  const found = firstDifference(told(one), told(other))
  if (found !== null) throw shardsDiffer(one.file, other.file, found.path, found.values)
  const norms = one.decoderNorms.every((of, r) => of.every((norm, j) => norm === other.decoderNorms[r]?.[j]))
  if (!norms) throw shardMalformed(other.file, `it has other norms of decoder rows than ${one.file}`)
  requireSameShape(one, other)
}

/** What header and sums of one file do not tell: that the sums of both are of the same things. Errors: SHARD_MALFORMED. */
function requireSameShape(one: ReadShard, other: ReadShard): void {
  const shape = ({ sums }: ReadShard): unknown => ({
    readouts: sums.readouts.map(({ moments, fit, variance, calls }) => [
      moments.rest.width,
      fit?.own.width,
      fit?.scaled?.width,
      variance.all.width,
      variance.first.width,
      calls?.mostSequences,
      calls !== null,
    ]),
    candidates: sums.candidates.map(({ losses, divergence, sliding, readouts }) => [
      losses !== null,
      sliding !== null,
      divergence?.byKind.map(({ kind }) => kind).join(),
      readouts.map(({ moments: { first, rest }, calls }) => [
        first.features.length,
        rest.features.length,
        calls === null,
        calls?.candidate === null,
        calls?.mostSequences,
      ]),
    ]),
  })
  const found = firstDifference(shape(one), shape(other))
  if (found !== null) throw shardMalformed(other.file, `it has other sums than ${one.file}`)
}

function missingOf(shards: Shards): readonly number[] {
  const there = new Set(shards.map(({ shard }) => shard))
  return Array.from({ length: shards[0].shards }, (_, i) => i + 1).filter((shard) => !there.has(shard))
}

/** What is said of the groups that are there. */
function partFrame(frame: AuditFrame, shards: Shards, missing: readonly number[]): AuditFrame {
  const [{ shards: count }] = shards
  const groups = shards.reduce((sum, { sums }) => sum + sums.measured.groups, 0)
  const blocks = shards.reduce((sum, { sequences }) => sum + sequences, 0)
  const finding: ProtocolFinding = {
    check: 'shards-missing',
    grade: 'not-evaluable',
    value: missing.length,
    message: `${missing.length === 1 ? 'shard' : 'shards'} ${missing.join(', ')} of ${count} ${missing.length === 1 ? 'is' : 'are'} missing: ${groups} of ${frame.corpus.groups} token groups were measured, and nothing is judged by a part of a text`,
  }
  return {
    ...frame,
    corpus: { ...frame.corpus, groups, blocks, tokens: blocks * frame.corpus.blockLength },
    contamination: frame.contamination && { ...frame.contamination, clean: null },
    findings: [finding, ...frame.findings],
  }
}

/** A read-out with what was decided there. */
interface SettledReadout {
  readonly figures: ReadoutFigures
  /** Null: nothing was close. */
  readonly settled: SettledReference | null
}

function settledReadout(
  frame: AuditFrame,
  { file, decoderNorms }: ReadShard,
  r: number,
  sums: ReferenceGroupSums,
): SettledReadout {
  const { positions, ...described } = present(frame.places[r])
  if (!isCountedPositions(positions))
    throw shardMalformed(file, `its positions are ${JSON.stringify(positions)}`)
  const place: ReadoutPlace = { ...described, positions, decoderNorms: present(decoderNorms[r]) }
  const { calls, moments } = sums
  const settled =
    calls &&
    settleOpenReference({ id: place.id, sequenceLength: frame.corpus.blockLength }, calls, {
      moments,
      counted: countedMoments(place, moments, addReferenceMoments),
      activeRate: frame.reading.thresholds.active,
    })
  const figures = readoutFigures(
    place,
    { ...sums, warnings: settled?.warnings ?? [] },
    {
      reference: frame.reference.spec,
      thresholds: frame.reading.thresholds,
      allowBadFit: frame.reading.allowBadFit,
      corpus: { source: frame.corpus.spec, blockLength: frame.corpus.blockLength },
    },
  )
  return { figures, settled }
}

function settledCandidate(
  frame: AuditFrame,
  readouts: readonly SettledReadout[],
  c: number,
  sums: CandidateGroupSums,
): MeasuredSums {
  const { name } = present(frame.candidates[c])
  const reading = {
    thresholds: frame.reading.thresholds,
    confidence: frame.confidence,
    sampling: samplingOf(frame.corpus),
  }
  const settled = readouts.map(({ figures, settled: decided }, r): FeatureSums => {
    const { moments: every, calls, ...of } = present(sums.readouts[r])
    const { id } = figures.place
    const moments = {
      first: candidateColumns(every.first, figures.active),
      rest: candidateColumns(every.rest, figures.active),
    }
    const place = { id, sequenceLength: frame.corpus.blockLength }
    const warnings =
      calls === null || decided === null
        ? []
        : settleOpenCandidate(place, decided, { name, moments, open: calls })
    return { ...of, moments, calls: null, warnings }
  })
  const features = readouts.map(({ figures }, r) =>
    candidateFeatures(figures, { candidate: name, ...present(settled[r]) }, reading),
  )
  return { sums: { ...sums, readouts: settled }, features, extras: {} }
}
