/** @file What a report says besides the sums, from what was opened for an audit (contract/shard/frame-schema.ts). */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { askedOf } from '../../contract/report/asked/asked.ts'
import type { AuditFrame, CandidateFrame } from '../../contract/shard/frame-schema.ts'
import { DEGREES_RULE, RESAMPLING_METHOD } from '../../statistics/intervals/resampling.ts'
import type { Contamination } from '../contamination/contamination.ts'
import type { EngineNoise } from '../noise/engine-noise.ts'
import { placeOf, type Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import { artifactOf, type Candidate, isTurnedBack, warningsOf } from '../subjects/candidate.ts'
import type { Reference } from '../subjects/model.ts'
import { candidateSize } from '../subjects/model-size.ts'
import { plainFloatWarnings } from '../subjects/not-compressed.ts'
import { documentsOf } from '../text/dealing.ts'
import { textFindings } from '../text/text-checks.ts'
import { type AuditTokens, madeFrom } from '../text/tokens.ts'
import { toolReport } from './tool-report.ts'

/** What was opened, whole, and what was seen of it. */
export interface Framed {
  readonly run: Pick<Run, 'config' | 'device' | 'nvidia'>
  /** All of the text. */
  readonly tokens: AuditTokens
  readonly readouts: readonly Readout[]
  readonly candidates: readonly Candidate[]
  readonly contamination: Contamination | null
  readonly warnings: AuditFrame['warnings']
  /** Null: computed in float32 on the CPU. */
  readonly noise: EngineNoise | null
  readonly toolVersion: string
}

/** Errors: those of reading the files whose digests are wanted. */
export async function frameOf(reference: Reference, framed: Framed): Promise<AuditFrame> {
  const { run, tokens, readouts, contamination } = framed
  const { config } = run
  const candidates: CandidateFrame[] = []
  for (const candidate of framed.candidates) candidates.push(await candidateFrame(candidate))
  return {
    asked: askedOf(config),
    tool: toolReport(framed),
    confidence: config.confidence,
    reference: await referenceFrame(config, reference),
    corpus: corpusFrame(config, tokens),
    vocabulary: reference.model.decoder.spec.n_vocab,
    reading: {
      thresholds: { ...config.thresholds },
      allowBadFit: config.allowBadFit,
      rescale: config.rescale,
      chunked: config.perplexity.chunked,
      sliding: config.perplexity.sliding === null ? null : { ...config.perplexity.sliding },
    },
    findings: [...textFindings(tokens, config.corpus.lineEnds)],
    warnings: framed.warnings,
    places: readouts.map((readout) => {
      const { decoderNorms: _, claims, ...place } = placeOf(readout)
      return { ...place, claims: { ...claims } }
    }),
    candidates,
    contamination: contamination && {
      report: contamination.report,
      clean: contamination.clean && { groups: contamination.clean.groups, of: [...contamination.clean.of] },
    },
  }
}

async function referenceFrame(
  { reference: spec }: AuditConfig,
  { checkpoint, model }: Reference,
): Promise<AuditFrame['reference']> {
  return {
    spec,
    revision: checkpoint.revision,
    family: model.decoder.spec.family,
    parameters: checkpoint.parameters,
    storedAs: checkpoint.storedAs,
    sha256: await checkpoint.sha256(),
    files: await checkpoint.fileDigests(),
  }
}

function corpusFrame({ corpus }: AuditConfig, tokens: AuditTokens): AuditFrame['corpus'] {
  return {
    spec: corpus.source,
    tokens: tokens.chunked.plan.rows,
    blocks: tokens.sequences.sequenceCount,
    blockLength: tokens.sequences.blockLength,
    groups: tokens.groupStarts.length - 1,
    resampling: RESAMPLING_METHOD,
    degrees: DEGREES_RULE,
    ...documentsOf(tokens),
    bos: tokens.sequences.bos,
    sha256: tokens.sequences.sha256,
    ...madeFrom(tokens.sequences),
  }
}

async function candidateFrame(candidate: Candidate): Promise<CandidateFrame> {
  const artifact = artifactOf(candidate)
  const counted = candidateSize(candidate)
  return {
    kind: candidate.kind,
    isTurnedBack: isTurnedBack(candidate),
    name: candidate.name,
    spec: candidate.spec,
    revision: artifact?.revision ?? null,
    sha256: (await artifact?.sha256()) ?? null,
    ...(artifact === null ? {} : { files: await artifact.fileDigests() }),
    compression: candidate.compression,
    ...(counted === null ? {} : { size: counted }),
    warnings: [...warningsOf(candidate), ...plainFloatWarnings(candidate)],
  }
}
