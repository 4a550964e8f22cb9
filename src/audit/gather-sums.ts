/** @file The sums of a whole audit, with what they were measured on: what a file of group sums holds. */
import { runtimeVersion } from '../onnx/runtime/runtime.ts'
import type { AuditResults, Origin } from './assemble.ts'
import { artifactOf } from './subjects/candidate.ts'
import type { Reference } from './subjects/model.ts'
import type { GroupSums } from './sums/group-sums.ts'

/** Errors: those of reading the files whose digests are wanted. */
export async function gatherSums(
  { checkpoint }: Reference,
  { run, readouts, candidates }: AuditResults,
  { toolVersion }: Pick<Origin, 'toolVersion'>,
): Promise<GroupSums> {
  const { sequences, groupStarts } = run.tokens
  const made: GroupSums['measured']['candidates'][number][] = []
  for (const { candidate } of candidates) {
    const sha256 = await artifactOf(candidate)?.sha256()
    const spec = candidate.kind === 'derived' ? candidate.made : candidate.spec
    made.push({ name: candidate.name, made: sha256 ?? spec })
  }
  return {
    measured: {
      toolVersion,
      engine: runtimeVersion(),
      device: run.device.kind,
      operands: run.device.bodyType,
      reference: await checkpoint.sha256(),
      tokens: sequences.sha256,
      blockLength: sequences.blockLength,
      groups: groupStarts.length - 1,
      bos: JSON.stringify(sequences.bos),
      readouts: readouts.map(({ readout }) => ({
        id: readout.id,
        sha256: readout.dictionary.sha256,
        center: readout.center,
      })),
      candidates: made,
    },
    readouts: readouts.map(({ sums }) => sums),
    candidates: candidates.map(({ sums }) => sums),
  }
}
