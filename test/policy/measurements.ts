/** @file A measurement made by the statistics themselves from seeded activations and losses, small enough to check by hand. */

import { firingEvidence } from '../../src/audit/features/evidence/firing-evidence.ts'
import type { FeatureEvidence, Measurement } from '../../src/contract/report/measurement.ts'
import type { CandidateReport, FeaturesReport, Report } from '../../src/contract/report/report-schema.ts'
import { correlations } from '../../src/statistics/features/correlation.ts'
import {
  correlationIntervals,
  type FeatureCorrelations,
} from '../../src/statistics/features/feature-figures.ts'
import {
  activeFeatures,
  firingRates,
  meanActivations,
  meanSquares,
} from '../../src/statistics/features/feature-moments.ts'
import { summarizeFeatures } from '../../src/statistics/features/feature-summary.ts'
import { correlationAccuracy, featureReplicates } from '../../src/statistics/features/half-correlations.ts'
import { classesOf } from '../../src/statistics/features/taxonomy.ts'
import { RESAMPLING_METHOD, samplingOf } from '../../src/statistics/intervals/resampling.ts'
import { summarizeDivergence, summarizePerplexity } from '../../src/statistics/losses.ts'
import { momentsOf, type Position, seededNormal } from '../statistics/activations.ts'

export const GROUPS = 8
export const WIDTH = 60
const BLOCKS = 40
const POSITIONS_PER_BLOCK = 16
export const THRESHOLDS = { survived: 0.9, damaged: 0.5, active: 0.05 }
export const CONFIDENCE = 0.95

const CORPUS = {
  spec: './text.txt',
  tokens: BLOCKS * POSITIONS_PER_BLOCK,
  blocks: BLOCKS,
  blockLength: POSITIONS_PER_BLOCK,
  groups: GROUPS,
  resampling: RESAMPLING_METHOD,
  // Short ones, so that groups alone say how well a figure is known.
  documents: { count: BLOCKS * POSITIONS_PER_BLOCK, tokens: 1, by: 'blank-lines' },
  bos: null,
  sha256: 'b'.repeat(64),
} satisfies Report['corpus']

export interface CandidateDraft {
  readonly name: string
  readonly spec?: string
  /** Noise on feature j's activations. */
  readonly noise: (j: number) => number
  /** Mean change of the loss, nats. */
  readonly lossChange: number
  readonly bits?: number | null
}

/** Read-out ids and their layers. */
export const READOUTS = [
  { id: 'blocks.3.hook_resid_post', layer: 3, sae: './saes/three' },
  { id: 'blocks.4.hook_resid_post', layer: 4, sae: './saes/four' },
] as const

type Readout = (typeof READOUTS)[number]

function positionsOf(seed: number, noise: (j: number) => number): Position[] {
  const [reference, candidate] = [seededNormal(seed), seededNormal(seed + 1)]
  return Array.from({ length: BLOCKS * POSITIONS_PER_BLOCK }, (_, t) => {
    // Feature j fires less often the higher j: the last ones are not active.
    const a = Array.from({ length: WIDTH }, (_, j) => Math.max(0, reference() - 0.2 - j / 35))
    const b = a.map((x, j) => Math.max(0, x + noise(j) * candidate()))
    return { group: Math.floor(t / POSITIONS_PER_BLOCK / (BLOCKS / GROUPS)), a, b }
  })
}

function readoutEvidence(
  draft: CandidateDraft,
  readout: Readout,
): { features: FeaturesReport; evidence: FeatureEvidence } {
  const { reference, candidate } = momentsOf(positionsOf(100 + readout.layer, draft.noise), GROUPS, WIDTH)
  const activeIds = activeFeatures(reference, THRESHOLDS.active)
  const active = new Uint8Array(WIDTH)
  for (const id of activeIds) active[id] = 1
  const all = correlations(reference, candidate)
  const replicates = featureReplicates(reference, candidate, activeIds)
  const rho = Float64Array.from(activeIds, (id) => all[id]!)
  const [mean, meanSquare] = [meanActivations(reference), meanSquares(reference)]
  const sizes = new Array<number>(GROUPS).fill(BLOCKS / GROUPS)
  const correlationsOfActive: FeatureCorrelations = {
    rho,
    replicates: replicates.correlations,
    resampling: { ...samplingOf(CORPUS), sizes },
    accuracy: Float64Array.from(activeIds, (id) => correlationAccuracy(mean[id]!, meanSquare[id]!)),
  }
  const firing = firingEvidence(reference, candidate, activeIds, {
    resampling: correlationsOfActive.resampling,
    confidence: CONFIDENCE,
    activeRate: THRESHOLDS.active,
  })
  const summary = summarizeFeatures(correlationsOfActive, THRESHOLDS, CONFIDENCE)
  const ends = correlationIntervals(correlationsOfActive, CONFIDENCE)
  const spread = (values: Float64Array) => {
    const out = new Float64Array(WIDTH).fill(Number.NaN)
    activeIds.forEach((id, k) => {
      out[id] = values[k]!
    })
    return out
  }
  const features: FeaturesReport = {
    readout: readout.id,
    sae: readout.sae,
    hook: readout.id,
    width: WIDTH,
    thresholds: THRESHOLDS,
    ...summary,
    ...firing.report,
    meanCorrelationByPositions: { all: summary.meanCorrelation, skipFirst: summary.meanCorrelation },
    residualError: 0.1,
    table: 'features/table.parquet',
    replicates: 'features/replicates.parquet',
  }
  const table = {
    candidate: draft.name,
    readout: readout.id,
    width: WIDTH,
    active,
    measured: active,
    firingRate: firingRates(reference),
    mean,
    meanSquare,
    peak: reference.peak,
    decoderNorm: Float64Array.from({ length: WIDTH }, (_, j) => 1 + j / WIDTH),
    correlation: spread(rho),
    correlationLow: spread(ends.low),
    correlationHigh: spread(ends.high),
    class: classesOf(active, all, THRESHOLDS),
    firing: firing.columns,
  }
  return { features, evidence: { table, replicates: { ...replicates, firing: firing.halves } } }
}

/** Losses whose change differs a little from group to group. */
function losses(seed: number, change: number) {
  const normal = seededNormal(seed)
  const tokens = new Array<number>(GROUPS).fill(60)
  const referenceLoss = tokens.map((n) => n * (2 + 0.1 * normal()))
  return {
    tokens,
    referenceLoss,
    candidateLoss: referenceLoss.map((loss) => loss + 60 * (change + 0.004 * normal())),
  }
}

function divergence(seed: number, change: number): NonNullable<CandidateReport['divergence']> {
  const normal = seededNormal(seed)
  const groups = {
    tokens: new Array<number>(GROUPS).fill(60),
    kl: Array.from({ length: GROUPS }, () => 60 * Math.max(0, change * (1 + 0.1 * normal()) + 0.001)),
    agreements: Array.from({ length: GROUPS }, () => 57 + Math.round(normal())),
  }
  return { ...summarizeDivergence(groups, 0.4, samplingOf(CORPUS), CONFIDENCE), groups }
}

function candidateReport(draft: CandidateDraft): { report: CandidateReport; evidence: FeatureEvidence[] } {
  const readouts = READOUTS.map((readout) => readoutEvidence(draft, readout))
  const groups = losses(7, draft.lossChange)
  const bits = draft.bits === undefined ? 6 : draft.bits
  const report: CandidateReport = {
    name: draft.name,
    spec: draft.spec ?? draft.name,
    revision: null,
    sha256: null,
    verdict: null,
    compression: bits === null ? null : { method: 'rtn', bits, tensors: 24, parameters: 1000 },
    perplexity: {
      chunked: { ...summarizePerplexity(groups, samplingOf(CORPUS), CONFIDENCE), groups },
      sliding: null,
    },
    divergence: divergence(9, Math.abs(draft.lossChange)),
    features: readouts.map(({ features }) => features),
    dissociation: { flag: false, reason: '' },
    rules: [],
    warnings: [],
  }
  return { report, evidence: readouts.map(({ evidence }) => evidence) }
}

/** A measured report with its evidence. */
export function measurementOf(...drafts: readonly CandidateDraft[]): Measurement {
  const candidates = drafts.map(candidateReport)
  const report: Report = {
    schema: 'saegate/report@1',
    verdict: null,
    createdAt: '2026-11-20T10:00:00Z',
    tool: { name: 'saegate', version: '0.1.0', engine: 'test', device: 'cpu', threads: 1, elapsedSeconds: 1 },
    confidence: CONFIDENCE,
    reference: {
      spec: './reference',
      revision: null,
      family: 'gpt_neox',
      parameters: 1000,
      storedAs: 'F16',
      sha256: 'a'.repeat(64),
    },
    corpus: CORPUS,
    policy: null,
    baseline: null,
    readouts: READOUTS.map(({ id, layer, sae }) => ({
      id,
      sae,
      hook: id,
      layer,
      width: WIDTH,
      modelWidth: 8,
      architecture: 'standard',
      sha256: String(layer).repeat(64),
      center: false,
      positions: 'all',
      tokens: BLOCKS * POSITIONS_PER_BLOCK,
      l0: 10,
      varianceUnexplained: 0.1,
      dead: 0,
      active: candidates[0]?.report.features[0]?.active ?? 0,
      thresholds: THRESHOLDS,
      neuronpedia: null,
    })),
    candidates: candidates.map((candidate) => candidate.report),
    warnings: ['measured with care'],
  }
  return { report, evidence: candidates.flatMap((candidate) => candidate.evidence) }
}

export const faithful: CandidateDraft = {
  name: 'rtn-8',
  spec: 'rtn:8',
  noise: () => 0.02,
  lossChange: 0.001,
  bits: 8,
}
/** Behaviour unchanged, features spread over all classes, many of them near the threshold. */
export const dissociated: CandidateDraft = {
  name: 'repaired',
  spec: './repaired',
  noise: (j) => (j % 7 === 0 ? 1.2 : 0.1 + (((j * 11) % 30) / 30) * 0.3),
  lossChange: -0.01,
}
/** Everything broken. */
export const broken: CandidateDraft = {
  name: 'rtn-4',
  spec: 'rtn:4',
  noise: () => 1.5,
  lossChange: 0.5,
  bits: 4,
}
