/** @file One candidate at one read-out, from sums to the table, its replicates and the report's figures. */

import type { AuditConfig } from '../../../contract/options/audit-config.ts'
import type { FeatureEvidence } from '../../../contract/report/measurement.ts'
import type { FeaturesReport } from '../../../contract/report/report-schema.ts'
import { present } from '../../../numbers/present.ts'
import { constantFeatures } from '../../../statistics/features/constant-features.ts'
import { candidateColumns, correlations } from '../../../statistics/features/correlation.ts'
import {
  type CorrelationIntervals,
  correlationIntervals,
  type FeatureCorrelations,
} from '../../../statistics/features/feature-figures.ts'
import {
  addCandidateMoments,
  addReferenceMoments,
  type CandidateMoments,
  firingRates,
  meanActivations,
  meanSquares,
  type ReferenceMoments,
  referenceColumns,
} from '../../../statistics/features/feature-moments.ts'
import { summarizeFeatures } from '../../../statistics/features/feature-summary.ts'
import { correlationAccuracy, featureReplicates } from '../../../statistics/features/half-correlations.ts'
import { classesOf, meanCorrelation } from '../../../statistics/features/taxonomy.ts'
import { neighbourCorrelation } from '../../../statistics/intervals/half-intervals.ts'
import type { Sampling } from '../../../statistics/intervals/resampling.ts'
import type { FeatureSums } from '../../sums/group-sums.ts'
import { meanCosineOf, residualErrorOf, type Scaling, scalingOf } from '../../sums/residual-sums.ts'
import { countedMoments, type ReadoutFigures } from '../readout-figures.ts'
import { type FiringEvidence, firingEvidence } from './firing-evidence.ts'

export interface CandidateFeatures {
  readonly report: FeaturesReport
  readonly evidence: FeatureEvidence
  readonly meanCosine: number
  readonly scaling: Scaling
  /** What the user should know of how they were made. */
  readonly warnings: readonly string[]
}

/** A candidate's sums at the read-out. */
export interface NamedSums extends FeatureSums {
  readonly candidate: string
}

/** How sums are read. */
export interface Reading extends Pick<AuditConfig, 'thresholds' | 'confidence'> {
  readonly sampling: Sampling
}

/** Statistics of one candidate at one read-out. Pure. */
export function candidateFeatures(
  seen: ReadoutFigures,
  { candidate, ...pass }: NamedSums,
  config: Reading,
): CandidateFeatures {
  const { place } = seen
  const moments = countedMoments(place, pass.moments, addCandidateMoments)
  const rho = correlations(seen.counted, moments)
  const { varying, constant } = withoutConstant(seen, moments)
  const replicates = featureReplicates(seen.counted, moments, varying)
  const active: FeatureCorrelations = {
    rho: correlations(seen.counted, candidateColumns(moments, varying)),
    replicates: replicates.correlations,
    resampling: { ...config.sampling, sizes: seen.counted.positions },
    accuracy: accuracyOf(seen, varying),
  }
  const firing = firingEvidence(seen.counted, moments, varying, {
    resampling: active.resampling,
    confidence: config.confidence,
    activeRate: config.thresholds.active,
  })
  const neighbours = neighbourCorrelation(replicates.correlations, active.accuracy)
  const { survived, degraded, damaged, ...rest } = summarizeFeatures(
    active,
    config.thresholds,
    config.confidence,
  )
  const file = `features/${candidate}.${place.id.replace(/[^A-Za-z0-9._-]+/g, '-')}`
  const table = featureTable(
    { ...seen, active: varying },
    candidate,
    { ids: moments.features, rho, intervals: correlationIntervals(active, config.confidence), firing },
    config,
  )
  const report: FeaturesReport = {
    readout: place.id,
    sae: place.sae,
    hook: place.hook,
    width: place.width,
    active: rest.active,
    thresholds: { ...config.thresholds },
    survived: { ...survived },
    degraded: { ...degraded },
    damaged: { ...damaged },
    undefined: rest.undefined,
    ...(constant === 0 ? {} : { constant }),
    meanCorrelation: rest.meanCorrelation,
    meanCorrelationCi: rest.meanCorrelationCi,
    ...(rest.meanCorrelationBias === undefined ? {} : { meanCorrelationBias: rest.meanCorrelationBias }),
    ...(neighbours === null ? {} : { neighbourCorrelation: neighbours }),
    medianCorrelation: rest.medianCorrelation,
    ...firing.report,
    meanCorrelationByPositions: meanByPositions({ ...seen, active: varying }, pass.moments, moments),
    residualError: residualErrorOf(pass.distance),
    sensitivity: rest.sensitivity,
    table: `${file}.parquet`,
    replicates: `${file}.groups.parquet`,
  }
  const said = constant === 0 ? [] : [constantWarning(place.id, constant)]
  return {
    report,
    evidence: { table, replicates: { ...replicates, firing: firing.halves } },
    meanCosine: meanCosineOf(pass.distance),
    scaling: scalingOf(pass.scaling),
    warnings: [...pass.warnings, ...said, ...neighbourWarnings(place.id, neighbours)],
  }
}

/** (K) how near to ±1 the ρ of each feature can be told. */
function accuracyOf({ counted }: ReadoutFigures, features: Int32Array): Float64Array {
  const [mean, square] = [meanActivations(counted), meanSquares(counted)]
  return Float64Array.from(features, (j) => correlationAccuracy(mean[j]!, square[j]!))
}

/** Above this the token groups are not independent enough. */
const MOST_ALIKE = 0.1

function neighbourWarnings(readout: string, neighbours: number | null): readonly string[] {
  if (neighbours === null || neighbours <= MOST_ALIKE) return []
  return [
    `${readout}: neighbouring token groups are alike (autocorrelation ${neighbours.toFixed(2)}, ${MOST_ALIKE} at most is usual), as where documents are longer than groups: intervals are too narrow; use more text, or fewer --groups`,
  ]
}

/** Active features without those that are as constant in the candidate as in the reference, and how many these are. */
function withoutConstant(
  { counted, active }: ReadoutFigures,
  moments: CandidateMoments,
): { readonly varying: Int32Array; readonly constant: number } {
  const isConstant = constantFeatures(counted, candidateColumns(moments, active))
  const varying = active.filter((_, k) => isConstant[k] === 0)
  return { varying, constant: active.length - varying.length }
}

const constantWarning = (id: string, constant: number): string =>
  `${id}: ${constant} active feature${constant === 1 ? ' fires' : 's fire'} alike at every position in the reference and in it too: nothing can be correlated, nothing is lost, and ${constant === 1 ? 'it is' : 'they are'} not counted; a text that varies more would tell`

/** The mean ρ of the same active features with and without position 0. `counted`: over the positions that count. */
function meanByPositions(
  { place, moments: { first, rest }, counted: seen, active }: ReadoutFigures,
  { first: leading, rest: others }: FeatureSums['moments'],
  counted: CandidateMoments,
): { all: number; skipFirst: number } {
  const mean = (a: ReferenceMoments, b: CandidateMoments): number => meanCorrelation(correlations(a, b), null)
  const skipFirst = mean(rest, candidateColumns(others, active))
  // Over all positions the sums are there already, where those are what counts.
  if (place.positions === 'all') return { all: mean(seen, candidateColumns(counted, active)), skipFirst }
  const [a, c] = [referenceColumns(first, active), referenceColumns(rest, active)]
  const both = candidateColumns(addCandidateMoments(leading, others), active)
  const numbered = { ...both, features: active.map((_, k) => k) }
  return { all: mean(addReferenceMoments(a, c), numbered), skipFirst }
}

/** Features that were measured (ascending ids), their ρ, and the intervals of the active ones. */
interface Measured {
  readonly ids: Int32Array
  readonly rho: Float64Array
  readonly intervals: CorrelationIntervals
  readonly firing: FiringEvidence
}

function featureTable(
  { place, counted, active: activeIds }: ReadoutFigures,
  candidate: string,
  { ids, rho, intervals, firing }: Measured,
  config: Pick<AuditConfig, 'thresholds'>,
): FeatureEvidence['table'] {
  const { width } = counted
  const nan = (): Float64Array => new Float64Array(width).fill(Number.NaN)
  const [measured, active] = [new Uint8Array(width), new Uint8Array(width)]
  const [correlation, correlationLow, correlationHigh] = [nan(), nan(), nan()]
  for (const [k, j] of ids.entries()) {
    measured[j] = 1
    correlation[j] = present(rho[k])
  }
  for (const [k, j] of activeIds.entries()) {
    active[j] = 1
    correlationLow[j] = present(intervals.low[k])
    correlationHigh[j] = present(intervals.high[k])
  }
  return {
    candidate,
    readout: place.id,
    width,
    active,
    measured,
    firingRate: firingRates(counted),
    mean: meanActivations(counted),
    meanSquare: meanSquares(counted),
    peak: counted.peak,
    decoderNorm: place.decoderNorms,
    correlation,
    correlationLow,
    correlationHigh,
    class: classesOf(active, correlation, config.thresholds),
    firing: firing.columns,
  }
}
