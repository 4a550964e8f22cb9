/**
 * @file A candidate that is the reference, or of which nothing was compressed: the likeliest slip of a pipeline (the wrong folder
 * uploaded, a quantizer that skipped every layer), and it passes every rule.
 */
import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import { candidateIsReference } from '../../errors/audit.ts'
import type { FileDigests } from '../../sources/file-digests.ts'
import { artifactOf, type Candidate } from './candidate.ts'
import type { Reference } from './model.ts'

/** Refuse a candidate whose weights and config are the reference's files. Errors: CANDIDATE_IS_REFERENCE, those of reading. */
export async function refuseReference(
  { checkpoint }: Reference,
  candidates: readonly Candidate[],
): Promise<void> {
  for (const candidate of candidates) {
    const artifact = artifactOf(candidate)
    if (artifact === null || (await artifact.weightsSha256()) !== (await checkpoint.weightsSha256())) continue
    const [own, theirs] = [await artifact.fileDigests(), await checkpoint.fileDigests()]
    if (configOf(own) === configOf(theirs)) throw candidateIsReference(candidate.spec, checkpoint.spec)
  }
}

const configOf = (files: FileDigests): string | undefined => files['config.json']

/** Said before anything is measured: as many bytes as the reference's, or rounded values that only simulate a packing. */
export function plainFloatWarnings(candidate: Candidate): readonly string[] {
  if (candidate.kind !== 'stored' || candidate.compression !== null) return []
  return [
    `its weights are stored as ${candidate.checkpoint.storedAs} and none is quantized: nothing was compressed, or the compression is only simulated, and what is shipped has to be audited itself`,
  ]
}

/** Not a bit of difference that could be seen: then this says nothing of the compressed model. */
export function noDamageWarnings(
  klMean: number | null,
  features: readonly Pick<FeaturesReport, 'survived'>[],
): readonly string[] {
  const isWhole = features.length > 0 && features.every(({ survived }) => survived.fraction === 1)
  if (!isWhole || klMean === null || !(klMean < LEAST_KL)) return []
  return [
    `every active feature survives at a mean KL of ${klMean.toExponential(1)}: nothing was compressed, as far as can be measured; check that this is the compressed model`,
  ]
}

/** Nats. Rounding to 8 bits gives 1e-4 to 1e-2; float32 against float32 about 1e-12. */
const LEAST_KL = 1e-6
