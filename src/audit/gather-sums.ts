/** @file The sums of an audit, with what they were measured on: what a file of group sums holds. */
import type { AuditResults } from './results.ts'
import type { Run } from './run/run.ts'
import { artifactOf, type Candidate } from './subjects/candidate.ts'
import type { Reference } from './subjects/model.ts'
import type { GroupSums, MeasuredOn } from './sums/group-sums.ts'
import { measuredOn } from './sums/measured-on.ts'

/** Errors: those of reading the files whose digests are wanted. */
export async function gatherSums(
  reference: Reference,
  { run, readouts, candidates }: AuditResults,
  { toolVersion }: { readonly toolVersion: string },
): Promise<GroupSums> {
  const measured = candidates.map(({ candidate }) => candidate)
  return {
    measured: await measuredBy(reference, run, measured, toolVersion),
    readouts: readouts.map(({ sums }) => sums),
    candidates: candidates.map(({ sums }) => sums),
  }
}

/** `run`: its text may be a part, whose token groups are counted. Errors: those of reading the files whose digests are wanted. */
export async function measuredBy(
  { checkpoint }: Reference,
  run: Run,
  candidates: readonly Candidate[],
  toolVersion: string,
): Promise<MeasuredOn> {
  const made: MeasuredOn['candidates'][number][] = []
  for (const candidate of candidates) {
    const sha256 = await artifactOf(candidate)?.sha256()
    const spec = candidate.kind === 'derived' ? candidate.made : candidate.spec
    made.push({ name: candidate.name, made: sha256 ?? spec })
  }
  return measuredOn(run, run.readouts, made, { toolVersion, reference: await checkpoint.sha256() })
}
