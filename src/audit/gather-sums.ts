/** @file The sums of a whole audit, with what they were measured on: what a file of group sums holds. */
import type { AuditResults, Origin } from './assemble.ts'
import { artifactOf } from './subjects/candidate.ts'
import type { Reference } from './subjects/model.ts'
import type { GroupSums } from './sums/group-sums.ts'
import { measuredOn } from './sums/measured-on.ts'

/** Errors: those of reading the files whose digests are wanted. */
export async function gatherSums(
  { checkpoint }: Reference,
  { run, readouts, candidates }: AuditResults,
  { toolVersion }: Pick<Origin, 'toolVersion'>,
): Promise<GroupSums> {
  const made: GroupSums['measured']['candidates'][number][] = []
  for (const { candidate } of candidates) {
    const sha256 = await artifactOf(candidate)?.sha256()
    const spec = candidate.kind === 'derived' ? candidate.made : candidate.spec
    made.push({ name: candidate.name, made: sha256 ?? spec })
  }
  const seen = readouts.map(({ readout }) => readout)
  const by = { toolVersion, reference: await checkpoint.sha256() }
  return {
    measured: measuredOn(run, seen, made, by),
    readouts: readouts.map(({ sums }) => sums),
    candidates: candidates.map(({ sums }) => sums),
  }
}
