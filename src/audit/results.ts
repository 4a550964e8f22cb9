/** @file Everything that one audit measured, and the report of it. */
import type { Measurement } from '../contract/report/measurement.ts'
import type { EqualErrors, NoiseFloor } from '../contract/report/noise/noise-floor-schema.ts'
import type { AuditFrame } from '../contract/shard/frame-schema.ts'
import { assemble, type CandidateExtras, type Origin } from './assemble.ts'
import type { SeenReadout } from './features/reference-features.ts'
import { frameOf } from './frame/frame-of.ts'
import { looksReport } from './looks.ts'
import type { EngineNoise } from './noise/engine-noise.ts'
import type { Subjects } from './open-subjects.ts'
import type { CandidateResult } from './rounds/measure-rounds.ts'
import type { Run } from './run/run.ts'
import type { Candidate } from './subjects/candidate.ts'
import type { Reference } from './subjects/model.ts'

/** Everything measured, before it is put into a report. */
export interface AuditResults {
  readonly run: Run
  readonly readouts: readonly SeenReadout[]
  readonly candidates: readonly CandidateResult[]
  readonly warnings: AuditFrame['warnings']
  /** Of checks that were asked for and passed. */
  readonly notes: readonly string[]
  /** Null: computed in float32 on the CPU. */
  readonly noise: EngineNoise | null
  /** Null: not asked for. */
  readonly floor: NoiseFloor | null
  /** Of candidates for which it was asked, by read-out; null: it could not be drawn. */
  readonly nulls: ReadonlyMap<Candidate, readonly EqualErrors[] | null>
}

/** Errors: those of reading the files whose digests are wanted, CANDIDATE_ROTATED. */
export async function reportOf(
  reference: Reference,
  { tokens, contamination }: Pick<Subjects, 'tokens' | 'contamination'>,
  results: AuditResults,
  { toolVersion, ...origin }: Omit<Origin, 'streamed'> & { readonly toolVersion: string },
): Promise<Measurement> {
  const { run, warnings, noise, notes, floor, readouts } = results
  const frame = await frameOf(reference, {
    run,
    tokens,
    readouts: run.readouts,
    candidates: results.candidates.map(({ candidate }) => candidate),
    contamination,
    warnings,
    noise,
    toolVersion,
  })
  const candidates = results.candidates.map((one) => ({ ...one, extras: extrasOf(results, one) }))
  const looks = looksReport(run)
  const measured = { readouts, candidates, notes, floor, ...(looks === null ? {} : { looks }) }
  return assemble(frame, measured, { ...origin, streamed: run.streamed })
}

function extrasOf(
  { nulls }: AuditResults,
  { candidate, batched, stability, diagnosis, attribution }: CandidateResult,
): CandidateExtras {
  return {
    equalErrors: nulls.get(candidate) ?? [],
    stability: [...stability],
    ...(batched === null ? {} : { batched }),
    ...(diagnosis === null ? {} : { diagnosis }),
    ...(attribution === null ? {} : { attribution }),
  }
}
