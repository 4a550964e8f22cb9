/**
 * @file From a frame (contract/shard/frame-schema.ts) and sums to the report that is measured and not yet judged, with the feature
 * evidence beside it. Nothing here knows a model: the sums may be those of shards. Pure.
 */
import type { LooksReport } from '../contract/report/asked/looks-schema.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { EqualErrors, NoiseFloor } from '../contract/report/noise/noise-floor-schema.ts'
import type { CandidateReport, FeaturesReport, Report } from '../contract/report/report-schema.ts'
import type { AuditFrame, CandidateFrame } from '../contract/shard/frame-schema.ts'
import { candidateRotated } from '../errors/audit.ts'
import { present } from '../numbers/present.ts'
import { summarizeBuckets } from '../statistics/confidence-buckets.ts'
import { summarizePart } from '../statistics/divergence-parts.ts'
import { type Sampling, samplingOf } from '../statistics/intervals/resampling.ts'
import {
  type DivergenceGroups,
  type LossGroups,
  summarizeDivergence,
  summarizePerplexity,
} from '../statistics/losses.ts'
import { quantile } from '../statistics/quantile.ts'
import { tokenStatistics } from '../statistics/token-statistics.ts'
import { cleanFigures } from './contamination/clean-figures.ts'
import type { CandidateFeatures } from './features/evidence/feature-evidence.ts'
import type { ReadoutFigures } from './features/readout-figures.ts'
import { isRescaled } from './features/scaling.ts'
import { streamedReport } from './frame/tool-report.ts'
import { type StreamTally, streamWarnings } from './machine/stream-tally.ts'
import { checkProtocol, protocolWarnings } from './protocol.ts'
import { noDamageWarnings } from './subjects/not-compressed.ts'
import type { BatchedPerplexity } from './sums/batch-means.ts'
import type { CandidateGroupSums, DivergenceSums } from './sums/group-sums.ts'
import type { Scaling } from './sums/residual-sums.ts'

/** What was looked at of a candidate besides its sums; all of it absent: nothing was asked for. */
export interface CandidateExtras extends Pick<CandidateReport, 'diagnosis' | 'attribution' | 'stability'> {
  readonly batched?: BatchedPerplexity
  /** By read-out. */
  readonly equalErrors?: readonly EqualErrors[]
}

/** A candidate's sums, what they say of its features, and more. */
export interface MeasuredSums {
  readonly sums: CandidateGroupSums
  readonly features: readonly CandidateFeatures[]
  readonly extras: CandidateExtras
}

/** Everything measured, before it is put into a report: in the order of the frame's places and candidates. */
export interface MeasuredAudit {
  /** Absent: all of the text was looked at once. */
  readonly looks?: LooksReport
  readonly readouts: readonly ReadoutFigures[]
  readonly candidates: readonly MeasuredSums[]
  /** Of checks that were asked for and passed. */
  readonly notes: readonly string[]
  /** Null: not asked for. */
  readonly floor: NoiseFloor | null
}

/** When the report was made, and what it took. */
export interface Origin {
  readonly elapsedSeconds: number
  readonly createdAt: string
  readonly streamed: StreamTally
}

/** Mean cosine of the two residuals per token below which the candidate lives in another basis. */
const OTHER_BASIS_COSINE = 0.2
/** … while the outputs still agree to this many nats per token. */
const SAME_OUTPUT_KL = 0.5

/** Errors: CANDIDATE_ROTATED. */
export function assemble(frame: AuditFrame, audit: MeasuredAudit, origin: Origin): Measurement {
  const named = audit.candidates.map((one, c) => ({ ...one, ...present(frame.candidates[c]) }))
  const candidates = named.map((one) => candidateReport(frame, audit, one))
  const { findings, vocabulary, warnings, contamination } = frame
  const protocol = checkProtocol({ vocabulary, findings, readouts: audit.readouts, candidates: named })
  const report: Report = {
    schema: 'saegate/report@1',
    verdict: null,
    createdAt: origin.createdAt,
    digests: 'files-read',
    asked: frame.asked,
    tool: { ...frame.tool, ...streamedReport(origin.streamed), elapsedSeconds: origin.elapsedSeconds },
    confidence: frame.confidence,
    ...(audit.looks === undefined ? {} : { looks: audit.looks }),
    reference: frame.reference,
    corpus: frame.corpus,
    policy: null,
    baseline: null,
    readouts: audit.readouts.map(({ report: one }) => one),
    candidates,
    warnings: [
      ...protocolWarnings(protocol),
      ...warnings.before,
      ...audit.readouts.flatMap((one) => one.warnings),
      ...warnings.between,
      ...streamWarnings(origin.streamed),
      ...warnings.after,
    ],
    protocol,
    ...(audit.floor === null ? {} : { noiseFloor: audit.floor }),
    ...(contamination === null ? {} : { contamination: contamination.report }),
    ...(audit.notes.length === 0 ? {} : { notes: [...audit.notes] }),
  }
  return { report, evidence: named.flatMap(({ features }) => features.map(({ evidence }) => evidence)) }
}

/** Of what is derived here, the text that it is calibrated on is none of the audited. */
function cleanOf(
  { contamination, reading: { thresholds }, confidence, corpus }: AuditFrame,
  readouts: readonly ReadoutFigures[],
  { kind, name, sums }: FramedSums,
): Pick<CandidateReport, 'clean'> {
  const clean = contamination?.clean ?? null
  if (clean === null || kind === 'derived') return {}
  const choice = { groups: clean.groups, of: Int32Array.from(clean.of) }
  const how = { thresholds, confidence, sampling: samplingOf(corpus) }
  return { clean: cleanFigures({ name, sums, readouts }, choice, how) }
}

type FramedSums = MeasuredSums & CandidateFrame

function candidateReport(
  frame: AuditFrame,
  { readouts }: Pick<MeasuredAudit, 'readouts'>,
  framed: FramedSums,
): CandidateReport {
  const { sums, features, extras, kind: _, isTurnedBack: _t, warnings, ...described } = framed
  const { rescale, chunked, sliding: windows } = frame.reading
  const known = { sampling: samplingOf(frame.corpus), confidence: frame.confidence }
  const divergence = sums.divergence === null ? null : divergenceOf(sums.divergence, known)
  const klMean = divergence?.klMean ?? null
  const { batched, equalErrors = [], diagnosis, attribution, stability = [] } = extras
  const { name, spec, revision, sha256, files, compression, size } = described
  return {
    name,
    spec,
    revision,
    sha256,
    ...(files === undefined ? {} : { files }),
    verdict: null,
    compression,
    ...(size === undefined ? {} : { size }),
    ...(diagnosis === undefined ? {} : { diagnosis }),
    ...(attribution === undefined ? {} : { attribution }),
    perplexity: {
      chunked:
        chunked && sums.losses !== null
          ? { ...perplexityOf(sums.losses, known), ...(batched === undefined ? {} : { batched }) }
          : null,
      sliding:
        sums.sliding === null || windows === null
          ? null
          : { ...perplexityOf(sums.sliding, known), window: windows.window, stride: windows.stride },
    },
    divergence,
    features: features.map((one, r) => {
      const found = equalErrors[r]
      const report = featuresReport(rescale, one, klMean)
      return found === undefined ? report : { ...report, equalErrors: found }
    }),
    dissociation: { flag: false, reason: '' },
    ...(stability.length === 0 ? {} : { stability }),
    rules: [],
    warnings: [
      ...warnings,
      ...noDamageWarnings(
        klMean,
        features.map(({ report }) => report),
      ),
      ...features.flatMap((one) => one.warnings),
      ...scalingWarnings(rescale, features, klMean),
      ...basisWarnings(framed, klMean),
    ],
    ...cleanOf(frame, readouts, framed),
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
  rescale: boolean,
  { report, scaling }: CandidateFeatures,
  klMean: number | null,
): FeaturesReport {
  return rescale || !isOnlyRescaled(scaling, klMean) ? report : { ...report, rescaled: scaling.factor }
}

function scalingWarnings(
  rescale: boolean,
  features: readonly CandidateFeatures[],
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
function basisWarnings({ kind, name, isTurnedBack, features }: FramedSums, klMean: number | null): string[] {
  const elsewhere = features.find(({ meanCosine }) => meanCosine < OTHER_BASIS_COSINE && mayAgree(klMean))
  if (elsewhere === undefined) return []
  const reason = `at ${elsewhere.report.hook} the residual streams point elsewhere (mean cosine ${elsewhere.meanCosine.toFixed(2)}) while the outputs ${outputsInWords(klMean)}`
  if (klMean === null) return [`${reason}: a rotated model looks like this, and so does a ruined one`]
  if (!isTurnedBack) throw candidateRotated(name, reason, kind === 'onnx' ? 'onnx' : 'checkpoint')
  return [`${reason}, though its residual stream was turned back: its features cannot be judged`]
}
