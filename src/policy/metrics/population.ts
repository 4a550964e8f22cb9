/**
 * @file The features that a rule looks at: the active ones at the policy's threshold, or the rule's own list, from the
 * evidence beside the report. Each of them must have been measured.
 */
import type { FeatureThresholds } from '../../contract/options/audit-config.ts'
import type { FeatureReplicates, FeatureTable } from '../../contract/report/feature-table.ts'
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import { isActive } from '../../statistics/definitions.ts'
import { type FiringKind, GAIN, JACCARD } from '../../statistics/features/agreement.ts'
import { correlationAccuracy } from '../../statistics/features/half-correlations.ts'
import { groupsOfReplicates, type Resampling } from '../../statistics/intervals/resampling.ts'
import { equalGroupSizes } from '../../statistics/intervals/token-groups.ts'
import type { Population, Question, Weight } from './metric.ts'
import type { FeatureView, Missing } from './view.ts'

const missing = (why: string, advice: string): Missing => ({ kind: 'missing', why, advice })

export function populationOf(
  view: FeatureView,
  { table, replicates }: FeatureEvidence,
  question: Question,
  thresholds: FeatureThresholds,
): ({ readonly kind: 'population' } & Population) | Missing {
  const ids = question.features?.ids ?? activeIds(view, table, thresholds.active)
  const beyond = ids.find((id) => id >= table.width)
  if (beyond !== undefined) {
    return missing(
      `feature ${beyond} does not exist: the SAE has ${table.width}`,
      'correct the rule’s features, or its readouts',
    )
  }
  const unmeasured = ids.filter((id) => table.measured[id] !== 1)
  if (unmeasured.length > 0) return missingFeatures(view, unmeasured, question, thresholds)
  if (ids.length === 0) return missing('no feature is active', 'use more text, or a lower features.active')
  const weights = weightsOf(question.weight, ids, table)
  if (weights !== null && !(weights.reduce((sum, weight) => sum + weight, 0) > 0)) {
    return missing(
      `the features have no ${question.weight} to count by`,
      'use weight: none, or an SAE with its decoder',
    )
  }
  const column = new Map(Array.from(replicates.features, (id, k) => [id, k]))
  const columns = ids.map((id) => column.get(id) ?? -1)
  const rows = replicates.correlations
  const complete = !columns.includes(-1) && rows.every((row) => row.length === replicates.features.length)
  return {
    kind: 'population',
    ids,
    correlations: {
      rho: Float64Array.from(ids, (id) => table.correlation[id]!),
      replicates:
        complete && view.features.replicates !== null
          ? rows.map((row) => Float64Array.from(columns, (k) => row[k]!))
          : null,
      resampling: resamplingOf(view, replicates),
      accuracy: Float64Array.from(ids, (id) => correlationAccuracy(table.mean[id]!, table.meanSquare[id]!)),
    },
    causal: view.features.causal ?? null,
    recovered:
      view.features.lossRecovered === undefined
        ? null
        : { of: view.features.lossRecovered.groups, sampling: view.sampling },
    monitors: { of: view.features.monitors ?? [], sampling: view.sampling },
    firing: firingOf({ table, replicates }, ids, columns, resamplingOf(view, replicates)),
    weights,
  }
}

/** Gain and firing of the features, with their halves where all of them have some. */
function firingOf(
  { table, replicates }: FeatureEvidence,
  ids: readonly number[],
  columns: readonly number[],
  resampling: Resampling,
): Population['firing'] {
  const { firing } = table
  if (firing === undefined) return null
  const halves = columns.includes(-1) ? undefined : replicates.firing
  const values = (of: Float64Array, rows: readonly Float32Array[] | undefined, kind: FiringKind) => ({
    values: Float64Array.from(ids, (id) => of[id]!),
    replicates: rows?.map((row) => Float64Array.from(columns, (k) => row[k]!)) ?? null,
    resampling,
    kind,
  })
  return {
    gain: values(firing.gain, halves?.gain, GAIN),
    jaccard: values(firing.firingJaccard, halves?.jaccard, JACCARD),
  }
}

/** Reports of delete-one replicates dealt their sequences in runs as equal as could be. */
function resamplingOf(
  { sequences, sampling }: FeatureView,
  { method, correlations }: FeatureReplicates,
): Resampling {
  const groups = groupsOfReplicates(method, correlations.length)
  return {
    ...sampling,
    method,
    sizes: method === 'delete-one' ? equalGroupSizes(sequences, groups) : new Float64Array(groups),
  }
}

function activeIds(view: FeatureView, { firingRate, active }: FeatureTable, threshold: number): number[] {
  const ids: number[] = []
  const { active: measured } = view.features.thresholds
  for (let j = 0; j < firingRate.length; j++) {
    // Fires often enough and is not counted: constant in both models.
    const isConstant = active[j] === 0 && isActive(firingRate[j]!, measured)
    const counts = threshold === measured ? active[j] === 1 : isActive(firingRate[j]!, threshold)
    if (counts && !isConstant) ids.push(j)
  }
  return ids
}

function missingFeatures(
  view: FeatureView,
  ids: readonly number[],
  question: Question,
  thresholds: FeatureThresholds,
): Missing {
  const { active } = view.features.thresholds
  if (question.features === null) {
    return missing(
      `the policy counts features firing in more than ${thresholds.active} of positions; this report measured those above ${active}, and ${ids.length} more would be needed`,
      'run the audit again with this policy, or raise features.active',
    )
  }
  const named = ids.slice(0, 5).map((id) => featureName(id, question))
  const rest = ids.length > named.length ? ` and ${ids.length - named.length} more` : ''
  return missing(
    `${named.join(', ')}${rest} ${ids.length === 1 ? 'was' : 'were'} not measured: firing in ${active} of positions or fewer`,
    'use more or other text, a lower features.active, or take them off the list',
  )
}

function weightsOf(
  weight: Weight,
  ids: readonly number[],
  { firingRate, decoderNorm }: FeatureTable,
): Float64Array | null {
  if (weight === 'none') return null
  const source = weight === 'firing-rate' ? firingRate : decoderNorm
  return Float64Array.from(ids, (id) => source[id]!)
}

export function featureName(id: number, { features }: Pick<Question, 'features'>): string {
  const label = features?.labels.get(id)
  return label === undefined ? `feature ${id}` : `feature ${id} (${label})`
}
