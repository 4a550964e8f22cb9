/**
 * @file Do the figures of a stored report follow from its sums and tables? One that was edited by hand is an error that names
 * both values. Intervals are not asked about: judging makes them again and never reads them.
 */
import type { FeatureTable } from '../contract/report/feature-table.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { CandidateReport, FeaturesReport, ReadoutReport } from '../contract/report/report-schema.ts'
import { figuresDiffer } from '../errors/gate.ts'
import { evidenceOf } from '../policy/metrics/baseline.ts'
import { recomputed } from '../policy/metrics/recomputed.ts'
import { isActive } from '../statistics/definitions.ts'
import { quantileBounds } from '../statistics/divergence-levels.ts'

/** Sums of float64 in another order, and exp and log of another engine. */
const ROUNDING = 1e-9

/** What is compared: its name in the report, what the report says, what sums or tables give. */
type Figure = readonly [name: string, said: number, found: number]

/** `path` of report.json. Errors: FIGURES_DIFFER. */
export function requireSameFigures(path: string, measurement: Measurement): void {
  for (const candidate of measurement.report.candidates) {
    const again = recomputed(candidate, measurement)
    const figures = [...ofBehaviour(candidate, again), ...ofFeatures(candidate, again, measurement)]
    for (const [name, said, found] of figures)
      if (!isSame(said, found)) throw figuresDiffer(path, candidate.name, name, String(said), String(found))
    requireTail(path, candidate)
  }
}

const isSame = (said: number, found: number): boolean =>
  Math.abs(said - found) <= ROUNDING * Math.max(1, Math.abs(said), Math.abs(found))

const LOSSES = [
  'reference',
  'candidate',
  'referenceLoss',
  'candidateLoss',
  'deltaPercent',
  'scoredTokens',
] as const
const DIVERGENCES = ['klMean', 'top1Agreement', 'scoredTokens'] as const

function ofBehaviour(said: CandidateReport, found: CandidateReport): readonly Figure[] {
  const perplexities = (['chunked', 'sliding'] as const).flatMap((protocol) =>
    picked(`perplexity.${protocol}`, LOSSES, said.perplexity[protocol], found.perplexity[protocol]),
  )
  const buckets = (said.divergence?.byConfidence ?? []).flatMap((bucket, b) => {
    const [part, again] = [`divergence.byConfidence.${b}`, found.divergence?.byConfidence?.[b]]
    return [...ofPart(part, bucket, again), ...picked(part, ['from', 'to'], bucket, again ?? null)]
  })
  const kinds = (said.divergence?.byKind ?? []).flatMap((one, k) =>
    ofPart(`divergence.byKind.${k}`, one, found.divergence?.byKind?.[k]),
  )
  const divergence = picked('divergence', DIVERGENCES, said.divergence, found.divergence)
  return [...perplexities, ...divergence, ...buckets, ...kinds]
}

type Divergence = NonNullable<CandidateReport['divergence']>
type Part = NonNullable<Divergence['byKind']>[number] | NonNullable<Divergence['byConfidence']>[number]

/** Without tokens it has no mean: that it has none is no figure. */
function ofPart(part: string, said: Part, found: Part | undefined): readonly Figure[] {
  return (['scoredTokens', 'klMean', 'top1Agreement'] as const).map(
    (name): Figure => [`${part}.${name}`, said[name] ?? -1, found?.[name] ?? -1],
  )
}

function picked<Name extends string>(
  part: string,
  names: readonly Name[],
  said: Readonly<Record<Name, number>> | null,
  found: Readonly<Record<Name, number>> | null,
): readonly Figure[] {
  if (said === null || found === null) return []
  return names.map((name) => [`${part}.${name}`, said[name], found[name]])
}

/** The 99th percentile is of single tokens, which no report keeps: it lies between the levels that their counts name. */
function requireTail(path: string, { name, divergence }: CandidateReport): void {
  const klAbove = divergence?.groups.klAbove
  if (divergence === null || klAbove === undefined) return
  const [low, high] = quantileBounds(0.99, klAbove, divergence.groups.tokens)
  if (divergence.klP99 < low * (1 - ROUNDING) || divergence.klP99 > high * (1 + ROUNDING))
    throw figuresDiffer(
      path,
      name,
      'divergence.klP99',
      String(divergence.klP99),
      `a value from ${low} to ${high}`,
    )
}

function ofFeatures(
  said: CandidateReport,
  found: CandidateReport,
  measurement: Measurement,
): readonly Figure[] {
  return said.features.flatMap((features, i) => {
    const table = evidenceOf(measurement, said.name, features.readout)?.table
    const again = found.features[i]
    if (table === undefined || again === undefined) return []
    const readout = measurement.report.readouts.find(({ id }) => id === features.readout)
    return [...ofClasses(features, again), ...ofTable(features, table), ...ofReadout(readout, table)].map(
      ([name, ...values]): Figure => [`${name} at ${features.readout}`, ...values],
    )
  })
}

function ofClasses(said: FeaturesReport, found: FeaturesReport): readonly Figure[] {
  const shares = (['survived', 'degraded', 'damaged'] as const).flatMap((name) =>
    picked(name, ['count', 'fraction'], said[name], found[name]),
  )
  return [
    ...shares,
    ...picked('features', ['undefined', 'meanCorrelation', 'medianCorrelation'], said, found),
    ...picked('gain', ['mean'], said.gain ?? null, found.gain ?? null),
    ...picked(
      'firing',
      ['jaccard', 'precision', 'recall', 'lost'],
      said.firing ?? null,
      found.firing ?? null,
    ),
  ]
}

/** A feature that fires often enough and is not active is constant in both models: more of these would hide what was lost. */
function ofTable(said: FeaturesReport, { active, firingRate }: FeatureTable): readonly Figure[] {
  const count = (is: (j: number) => boolean): number =>
    firingRate.reduce((sum, _, j) => sum + (is(j) ? 1 : 0), 0)
  const often = (j: number): boolean => isActive(firingRate[j] ?? 0, said.thresholds.active)
  return [
    ['active', said.active, count((j) => active[j] === 1 && often(j))],
    ['constant', said.constant ?? 0, count((j) => active[j] !== 1 && often(j))],
  ]
}

function ofReadout(readout: ReadoutReport | undefined, { firingRate }: FeatureTable): readonly Figure[] {
  if (readout === undefined) return []
  const dead = firingRate.reduce((sum, rate) => sum + (rate === 0 ? 1 : 0), 0)
  const l0 = firingRate.reduce((sum, rate) => sum + rate, 0)
  return [
    ['dead', readout.dead, dead],
    ['l0', readout.l0, l0],
  ]
}
