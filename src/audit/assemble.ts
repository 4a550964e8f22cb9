/** @file From results to the report that is measured and not yet judged, with the feature evidence beside it. */

import type { AuditConfig } from '../contract/options/audit-config.ts'
import { askedOf } from '../contract/report/asked.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { EqualErrors, NoiseFloor } from '../contract/report/noise/noise-floor-schema.ts'
import type { CandidateReport, FeaturesReport, Report } from '../contract/report/report-schema.ts'
import { candidateRotated } from '../errors/audit.ts'
import { present } from '../numbers/present.ts'
import { summarizeBuckets } from '../statistics/confidence-buckets.ts'
import { summarizePart } from '../statistics/divergence-parts.ts'
import { DEGREES_RULE, RESAMPLING_METHOD, type Sampling } from '../statistics/intervals/resampling.ts'
import {
  type DivergenceGroups,
  type LossGroups,
  summarizeDivergence,
  summarizePerplexity,
} from '../statistics/losses.ts'
import { quantile } from '../statistics/quantile.ts'
import { tokenStatistics } from '../statistics/token-statistics.ts'
import { cleanFigures } from './contamination/clean-figures.ts'
import type { Contamination } from './contamination/contamination.ts'
import type { CandidateFeatures } from './features/evidence/feature-evidence.ts'
import type { SeenReadout } from './features/reference-features.ts'
import { isRescaled } from './features/scaling.ts'
import type { EngineNoise } from './noise/engine-noise.ts'
import { checkProtocol, protocolWarnings } from './protocol.ts'
import type { CandidateResult } from './rounds.ts'
import type { Run } from './run/run.ts'
import { artifactOf, type Candidate, isTurnedBack, warningsOf } from './subjects/candidate.ts'
import type { Reference } from './subjects/model.ts'
import { candidateSize } from './subjects/model-size.ts'
import { noDamageWarnings, plainFloatWarnings } from './subjects/not-compressed.ts'
import type { DivergenceSums } from './sums/group-sums.ts'
import type { Scaling } from './sums/residual-sums.ts'
import { documentsOf, samplingOfTokens } from './text/dealing.ts'
import { madeFrom } from './text/tokens.ts'
import { toolReport } from './tool-report.ts'

/** Everything measured, before it is put into a report. */
export interface AuditResults {
  readonly run: Run
  readonly readouts: readonly SeenReadout[]
  readonly candidates: readonly CandidateResult[]
  readonly warnings: readonly string[]
  /** Of checks that were asked for and passed. */
  readonly notes: readonly string[]
  /** Null: computed in float32 on the CPU. */
  readonly noise: EngineNoise | null
  /** Null: not asked for. */
  readonly floor: NoiseFloor | null
  /** Null: nobody said what artifacts were calibrated on. */
  readonly contamination: Contamination | null
  /** Of candidates for which it was asked, by read-out; null: it could not be drawn. */
  readonly nulls: ReadonlyMap<Candidate, readonly EqualErrors[] | null>
}

/** When and by what the report was made. */
export interface Origin {
  readonly elapsedSeconds: number
  readonly createdAt: string
  readonly toolVersion: string
}

/** Mean cosine of the two residuals per token below which the candidate lives in another basis. */
const OTHER_BASIS_COSINE = 0.2
/** … while the outputs still agree to this many nats per token. */
const SAME_OUTPUT_KL = 0.5

export async function assemble(
  { checkpoint, model }: Reference,
  results: AuditResults,
  origin: Origin,
): Promise<Measurement> {
  const { config, tokens } = results.run
  const candidates: CandidateReport[] = []
  for (const result of results.candidates) {
    const measured = { ...(await candidateReport(results.run, result)), ...cleanOf(results, result) }
    candidates.push(withNull(measured, results.nulls.get(result.candidate) ?? []))
  }
  const protocol = checkProtocol({ ...results, vocabulary: model.decoder.spec.n_vocab })
  const report: Report = {
    schema: 'saegate/report@1',
    verdict: null,
    createdAt: origin.createdAt,
    digests: 'files-read',
    asked: askedOf(config),
    tool: toolReport(results, origin),
    confidence: config.confidence,
    reference: {
      spec: config.reference,
      revision: checkpoint.revision,
      family: model.decoder.spec.family,
      parameters: checkpoint.parameters,
      storedAs: checkpoint.storedAs,
      sha256: await checkpoint.sha256(),
      files: await checkpoint.fileDigests(),
    },
    corpus: {
      spec: config.corpus.source,
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
    },
    policy: null,
    baseline: null,
    readouts: results.readouts.map(({ report }) => report),
    candidates,
    warnings: [...protocolWarnings(protocol), ...results.warnings],
    protocol,
    ...(results.floor === null ? {} : { noiseFloor: results.floor }),
    ...(results.contamination === null ? {} : { contamination: results.contamination.report }),
    ...(results.notes.length === 0 ? {} : { notes: [...results.notes] }),
  }
  return {
    report,
    evidence: results.candidates.flatMap(({ features }) => features.map(({ evidence }) => evidence)),
  }
}

/** Of what is derived here, the text that it is calibrated on is none of the audited. */
function cleanOf(
  { run: { config, tokens }, readouts, contamination }: AuditResults,
  { candidate, sums }: CandidateResult,
): Pick<CandidateReport, 'clean'> {
  const choice = contamination?.clean ?? null
  if (choice === null || candidate.kind === 'derived') return {}
  const { thresholds, confidence } = config
  const reading = { thresholds, confidence, sampling: samplingOfTokens(tokens) }
  return { clean: cleanFigures({ name: candidate.name, sums, readouts }, choice, reading) }
}

function withNull(report: CandidateReport, nulls: readonly EqualErrors[]): CandidateReport {
  const features = report.features.map((one, r) => {
    const found = nulls[r]
    return found === undefined ? one : { ...one, equalErrors: found }
  })
  return { ...report, features }
}

async function candidateReport({ config, tokens }: Run, result: CandidateResult): Promise<CandidateReport> {
  const { candidate, sums, features, batched } = result
  const known = { sampling: samplingOfTokens(tokens), confidence: config.confidence }
  const divergence = sums.divergence === null ? null : divergenceOf(sums.divergence, known)
  const klMean = divergence?.klMean ?? null
  const windows = config.perplexity.sliding
  const artifact = artifactOf(candidate)
  const counted = candidateSize(candidate)
  return {
    name: candidate.name,
    spec: candidate.spec,
    revision: artifact?.revision ?? null,
    sha256: (await artifact?.sha256()) ?? null,
    ...(artifact === null ? {} : { files: await artifact.fileDigests() }),
    verdict: null,
    compression: candidate.compression,
    ...(counted === null ? {} : { size: counted }),
    ...(result.diagnosis === null ? {} : { diagnosis: result.diagnosis }),
    ...(result.attribution === null ? {} : { attribution: result.attribution }),
    perplexity: {
      chunked:
        config.perplexity.chunked && sums.losses !== null
          ? { ...perplexityOf(sums.losses, known), ...(batched === null ? {} : { batched }) }
          : null,
      sliding:
        sums.sliding === null || windows === null
          ? null
          : {
              ...perplexityOf(sums.sliding, known),
              window: windows.window,
              stride: windows.stride,
            },
    },
    divergence,
    features: features.map((one) => featuresReport(config, one, klMean)),
    dissociation: { flag: false, reason: '' },
    ...(result.stability.length === 0 ? {} : { stability: [...result.stability] }),
    rules: [],
    warnings: [
      ...warningsOf(candidate),
      ...plainFloatWarnings(candidate),
      ...noDamageWarnings(
        klMean,
        features.map(({ report }) => report),
      ),
      ...features.flatMap(({ warnings }) => warnings),
      ...scalingWarnings(config, result, klMean),
      ...basisWarnings(result, klMean),
    ],
  }
}

/** What intervals are made with. */
interface Knowing {
  readonly sampling: Sampling
  readonly confidence: number
}

function perplexityOf(groups: LossGroups, { sampling, confidence }: Knowing) {
  return { ...summarizePerplexity(groups, sampling, confidence), groups: writable(groups) }
}

function divergenceOf(
  sums: DivergenceSums,
  { sampling, confidence }: Knowing,
): CandidateReport['divergence'] {
  const { tokens, kl, agreements, klAbove, klOfTokens, byConfidence, byKind } = sums
  const klP99 = quantile(klOfTokens, 0.99)
  const buckets = summarizeBuckets(byConfidence, sampling, confidence)
  const losses = { referenceLoss: sums.referenceLossOfTokens, candidateLoss: sums.candidateLossOfTokens }
  const agreed = agreements.reduce((sum, count) => sum + count, 0)
  return {
    ...summarizeDivergence({ tokens, kl, agreements, klAbove }, klP99, sampling, confidence),
    byConfidence: buckets.map((bucket, b) => ({
      ...bucket,
      groups: divergenceLists(present(byConfidence[b])),
    })),
    byKind: byKind.map(({ kind, ...groups }) => ({
      kind,
      ...summarizePart(groups, sampling, confidence),
      groups: divergenceLists(groups),
    })),
    tokenStatistics: tokenStatistics({ ...losses, kl: klOfTokens }, agreed),
    groups: { ...divergenceLists(sums), klAbove: klAbove.map((counts) => [...counts]) },
  }
}

const divergenceLists = ({ tokens, kl, agreements }: DivergenceGroups) => writable({ tokens, kl, agreements })

/** Lists that a report may own. */
function writable<K extends string>(groups: Readonly<Record<K, readonly number[]>>): Record<K, number[]>
function writable(groups: Readonly<Record<string, readonly number[]>>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(groups).map(([key, values]) => [key, [...values]]))
}

/** Do the outputs agree, as far as is known? Null: they were not compared, and may. */
const mayAgree = (klMean: number | null): boolean => klMean === null || klMean < SAME_OUTPUT_KL

const outputsInWords = (klMean: number | null): string =>
  klMean === null ? 'were not compared (--perplexity none) and may agree' : `agree (KL ${klMean.toFixed(4)})`

/** A residual stream that only has another size, its outputs the same: no damage, whatever a dictionary of the reference sees. */
const isOnlyRescaled = (scaling: Scaling, klMean: number | null): boolean =>
  mayAgree(klMean) && isRescaled(scaling)

/** Figures of features as they were measured, marked where they say nothing: the factor was not divided out. */
function featuresReport(
  { rescale }: AuditConfig,
  { report, scaling }: CandidateFeatures,
  klMean: number | null,
): FeaturesReport {
  return rescale || !isOnlyRescaled(scaling, klMean) ? report : { ...report, rescaled: scaling.factor }
}

function scalingWarnings(
  { rescale }: AuditConfig,
  { features }: CandidateResult,
  klMean: number | null,
): string[] {
  return features
    .filter(({ scaling }) => isOnlyRescaled(scaling, klMean))
    .map(({ scaling, report: { hook } }) => {
      const larger = `at ${hook} its residual stream is ${scaling.factor.toPrecision(4)} times the reference's`
      return rescale
        ? `${larger}; it was divided by that before encoding (--rescale)`
        : `not evaluable: ${larger} and otherwise the same, while the outputs ${outputsInWords(klMean)}. Such a model computes the same function, but a sparse autoencoder trained on the reference sees every activation moved, so nothing is said of its features; --rescale divides the factor out before encoding`
    })
}

/**
 * The sign of a rotated residual stream that only a run shows: other directions, the same outputs. A candidate that was
 * turned back by its embedding and still shows it is told, not refused. Errors: CANDIDATE_ROTATED.
 */
function basisWarnings({ candidate, features }: CandidateResult, klMean: number | null): string[] {
  const elsewhere = features.find(({ meanCosine }) => meanCosine < OTHER_BASIS_COSINE && mayAgree(klMean))
  if (elsewhere === undefined) return []
  const reason = `at ${elsewhere.report.hook} the residual streams point elsewhere (mean cosine ${elsewhere.meanCosine.toFixed(2)}) while the outputs ${outputsInWords(klMean)}`
  if (klMean === null) return [`${reason}: a rotated model looks like this, and so does a ruined one`]
  if (!isTurnedBack(candidate))
    throw candidateRotated(candidate.name, reason, candidate.kind === 'onnx' ? 'onnx' : 'checkpoint')
  return [`${reason}, though its residual stream was turned back: its features cannot be judged`]
}
