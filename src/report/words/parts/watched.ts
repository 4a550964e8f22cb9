/** @file Features that somebody watches (lists of the policy, monitors, `attribute --watch`), with all that the report and its tables say of them. */

import type { MonitorReport } from '../../../contract/report/causal/monitor-schema.ts'
import type { AttributionReport } from '../../../contract/report/compression/attribution-schema.ts'
import type { FeatureClass, FeatureTable } from '../../../contract/report/feature-table.ts'
import type { FeatureEvidence } from '../../../contract/report/measurement.ts'
import type {
  CandidateReport,
  FeaturesReport,
  Report,
  RuleResult,
} from '../../../contract/report/report-schema.ts'
import { bySeverity, evidenceOf } from '../figures.ts'

export interface WatchedFeature {
  readonly feature: number
  /** As the list calls it; null: it does not. */
  readonly label: string | null
  /** Null: the tables are not at hand. */
  readonly class: FeatureClass | null
  /** Null: undefined, not measured, or not known. */
  readonly correlation: number | null
  readonly ci: readonly [low: number, high: number] | null
  readonly gain: number | null
  /** Positions where both fire, of those where either does. */
  readonly jaccard: number | null
  /** Of the reference. */
  readonly firingRate: number | null
  readonly alarms: MonitorReport | null
  /** Tensors that alone do it most, worst first. */
  readonly tensors: AttributionReport['watched'][number]['worst']
}

/** The watched features of one candidate at one read-out. */
export interface WatchedPair {
  readonly candidate: CandidateReport
  readonly features: FeaturesReport
  /** Rules that list them. */
  readonly rules: readonly RuleResult[]
  /** The lowest ρ first; those that do not fire last. */
  readonly watched: readonly WatchedFeature[]
  /** Of the lists, and not in the report: it holds the first ones. */
  readonly leftOut: number
}

/** The worst candidate first; none where nothing is watched. */
export function watchedPairs(report: Report, evidence: readonly FeatureEvidence[]): readonly WatchedPair[] {
  return bySeverity(report.candidates).flatMap((candidate) =>
    candidate.features.flatMap((features) => {
      const table = evidenceOf(evidence, candidate.name, features.readout)?.table ?? null
      const pair = pairOf(report, { candidate, features }, table)
      return pair.watched.length === 0 ? [] : [pair]
    }),
  )
}

type Place = Pick<WatchedPair, 'candidate' | 'features'>

function pairOf(report: Report, { candidate, features }: Place, table: FeatureTable | null): WatchedPair {
  const here = candidate.rules.filter(({ scope }) => scope === null || scope === features.readout)
  const lists = (report.policy?.watched ?? []).filter(({ rule }) => here.some(({ id }) => id === rule))
  const swapped = (candidate.attribution?.watched ?? []).filter(({ readout }) => readout === features.readout)
  const labels = new Map<number, string | null>()
  const others = [
    ...swapped.map(({ feature }) => feature),
    ...(features.monitors ?? []).map(({ feature }) => feature),
    ...(features.explained ?? []).flatMap(({ watched, feature }) => (watched === true ? [feature] : [])),
  ]
  for (const feature of others) labels.set(feature, null)
  for (const { feature, label } of lists.flatMap((list) => list.features))
    labels.set(feature, label ?? labels.get(feature) ?? null)
  const watched = [...labels].map(([feature, label]) => ({
    feature,
    label,
    ...measured(features, feature, table),
    alarms: features.monitors?.find((one) => one.feature === feature) ?? null,
    tensors: swapped.find((one) => one.feature === feature)?.worst ?? [],
  }))
  return {
    candidate,
    features,
    rules: here.filter(({ id }) => lists.some(({ rule }) => rule === id)),
    watched: watched.sort((a, b) => rank(a) - rank(b) || a.feature - b.feature),
    leftOut: lists.reduce((sum, list) => sum + Math.max(0, list.count - list.features.length), 0),
  }
}

type Measured = Pick<WatchedFeature, 'class' | 'correlation' | 'ci' | 'gain' | 'jaccard' | 'firingRate'>

function measured({ explained }: FeaturesReport, feature: number, table: FeatureTable | null): Measured {
  if (table === null) {
    const correlation = explained?.find((one) => one.feature === feature)?.correlation ?? null
    return { class: null, correlation, ci: null, gain: null, jaccard: null, firingRate: null }
  }
  const [low, high] = [known(table.correlationLow[feature]), known(table.correlationHigh[feature])]
  return {
    class: table.class[feature] ?? 'inactive',
    correlation: known(table.correlation[feature]),
    ci: low === null || high === null ? null : [low, high],
    gain: known(table.firing?.gain[feature]),
    jaccard: known(table.firing?.firingJaccard[feature]),
    firingRate: known(table.firingRate[feature]),
  }
}

const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value

/** An undefined ρ of an active feature counts as 0. */
const rank = (one: WatchedFeature): number => (one.class === 'inactive' ? 2 : (one.correlation ?? 0))
