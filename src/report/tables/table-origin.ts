/**
 * @file What a feature table says of its origin, in its own metadata: a table that lies apart from its report still tells what was
 * measured, on what and by which limits. report.json has it all; nothing is read back from here.
 */
import type { CandidateReport, FeaturesReport, Report } from '../../contract/report/report-schema.ts'

/** JSON: the digests, thresholds and sizes that the figures of one table rest on. */
export function tableOrigin(
  { reference, corpus, confidence, readouts, tool }: Report,
  candidate: CandidateReport,
  { readout: id, thresholds }: FeaturesReport,
): string {
  const readout = readouts.find((one) => one.id === id)
  return JSON.stringify({
    tool: `${tool.name} ${tool.version}`,
    thresholds,
    confidence,
    reference: artifact(reference),
    candidate: artifact(candidate),
    sae: readout === undefined ? null : { spec: readout.sae, hook: readout.hook, sha256: readout.sha256 },
    corpus: { spec: corpus.spec, tokens: corpus.tokens, sha256: corpus.sha256 },
    positions: readout?.positions ?? null,
  })
}

type Artifact = Pick<CandidateReport, 'spec' | 'revision' | 'sha256'>

const artifact = ({ spec, revision, sha256 }: Artifact): Artifact => ({ spec, revision, sha256 })
