/** @file What the sums say of a candidate's firing besides ρ: columns of the table, replicates, figures of the report. */
import type { FiringColumns, FiringHalves } from '../../../contract/report/feature-table.ts'
import type { FeaturesReport } from '../../../contract/report/report-schema.ts'
import { present } from '../../../numbers/present.ts'
import { firingRate } from '../../../statistics/definitions.ts'
import {
  type FeatureValues,
  type FiringKind,
  firingFigures,
  firingHalves,
  GAIN,
  JACCARD,
  valueIntervals,
} from '../../../statistics/features/agreement.ts'
import { candidateColumns } from '../../../statistics/features/correlation.ts'
import {
  type CandidateMoments,
  countedPositions,
  type ReferenceMoments,
} from '../../../statistics/features/feature-moments.ts'
import { summarizeFiring } from '../../../statistics/features/feature-summary.ts'
import type { Resampling } from '../../../statistics/intervals/resampling.ts'

export interface FiringEvidence {
  readonly columns: FiringColumns
  readonly halves: FiringHalves
  readonly report: Required<Pick<FeaturesReport, 'gain' | 'firing'>>
}

/** How the figures are read. */
export interface FiringReading {
  readonly resampling: Resampling
  readonly confidence: number
  /** Firing rate above which a feature is active. */
  readonly activeRate: number
}

/** `active`: the features that count, ascending. Pure. */
export function firingEvidence(
  counted: ReferenceMoments,
  moments: CandidateMoments,
  active: Int32Array,
  { resampling, confidence, activeRate }: FiringReading,
): FiringEvidence {
  const all = firingFigures(counted, moments)
  const ofActive = candidateColumns(moments, active)
  const own = firingFigures(counted, ofActive)
  const halves = firingHalves(counted, ofActive)
  const values = (name: 'gain' | 'jaccard', kind: FiringKind): FeatureValues => ({
    values: own[name],
    replicates: halves[name],
    resampling,
    kind,
  })
  const [gain, jaccard] = [values('gain', GAIN), values('jaccard', JACCARD)]
  const spread = (ids: Int32Array, of: Float64Array): Float64Array => {
    const column = new Float64Array(counted.width).fill(Number.NaN)
    for (const [k, j] of ids.entries()) column[j] = present(of[k])
    return column
  }
  const [gainEnds, jaccardEnds] = [valueIntervals(gain, confidence), valueIntervals(jaccard, confidence)]
  const positions = countedPositions(counted)
  const rates = all.candidateFirings.map((count) => firingRate(count, positions))
  const columns: FiringColumns = {
    gain: spread(moments.features, all.gain),
    gainLow: spread(active, gainEnds.low),
    gainHigh: spread(active, gainEnds.high),
    firingJaccard: spread(moments.features, all.jaccard),
    firingJaccardLow: spread(active, jaccardEnds.low),
    firingJaccardHigh: spread(active, jaccardEnds.high),
    firingPrecision: spread(moments.features, all.precision),
    firingRecall: spread(moments.features, all.recall),
    candidateFiringRate: spread(moments.features, rates),
  }
  const known = { gain, jaccard, precision: own.precision, recall: own.recall }
  const candidateRates = own.candidateFirings.map((count) => firingRate(count, positions))
  return { columns, halves, report: summarizeFiring({ ...known, candidateRates }, activeRate, confidence) }
}
