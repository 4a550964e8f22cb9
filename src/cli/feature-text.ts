/** @file One feature of a finished report, for a terminal: in every candidate, and what it is about where that was looked up. */
import type { Measurement } from '../contract/report/measurement.ts'
import type { FeaturesReport } from '../contract/report/report-schema.ts'
import { visible } from '../escape/visible.ts'
import { neuronpediaUrl, readoutOf } from '../report/words/figures.ts'
import * as format from '../report/words/format.ts'

type Explained = NonNullable<FeaturesReport['explained']>[number]

export interface FeatureInCandidate {
  readonly candidate: string
  readonly readout: string
  readonly feature: number
  readonly active: boolean
  /** ρ and its interval; null: none. */
  readonly correlation: number | null
  readonly interval: readonly [low: number, high: number] | null
  readonly firingRate: number
  readonly peak: number
  readonly neuronpedia: string | null
  /** Null: it was not among those that were looked up. */
  readonly explained: Explained | null
}

/** In every candidate and read-out whose dictionary has so many features, in the report's order. */
export function featureIn({ report, evidence }: Measurement, feature: number): readonly FeatureInCandidate[] {
  return evidence
    .filter(({ table }) => feature < table.width)
    .map(({ table }) => {
      const of = report.candidates
        .find(({ name }) => name === table.candidate)
        ?.features.find(({ readout }) => readout === table.readout)
      const finite = (value: number | undefined): number | null =>
        value === undefined || Number.isNaN(value) ? null : value
      const [low, high] = [finite(table.correlationLow[feature]), finite(table.correlationHigh[feature])]
      return {
        candidate: table.candidate,
        readout: table.readout,
        feature,
        active: table.active[feature] === 1,
        correlation: finite(table.correlation[feature]),
        interval: low === null || high === null ? null : [low, high],
        firingRate: table.firingRate[feature] ?? 0,
        peak: table.peak[feature] ?? 0,
        neuronpedia: neuronpediaUrl(readoutOf(report, table.readout), feature),
        explained: of?.explained?.find((one) => one.feature === feature) ?? null,
      }
    })
}

export function featureText(found: readonly FeatureInCandidate[]): string {
  return found.map(oneText).join('\n')
}

function oneText(one: FeatureInCandidate): string {
  const rho = one.correlation === null ? 'no ρ' : `ρ ${format.decimal(one.correlation, 3)}`
  const interval =
    one.interval === null ? '' : ` [${one.interval.map((end) => format.decimal(end, 3)).join(', ')}]`
  const fires = `fires on ${format.percent(one.firingRate, 2)} of tokens, peak ${format.number(one.peak, 3)}`
  const lines = [
    `${visible(one.candidate)} at ${visible(one.readout)}: feature ${one.feature}${one.active ? '' : ' (not active)'}`,
    `  ${rho}${interval}; ${fires}`,
    ...(one.neuronpedia === null ? [] : [`  ${one.neuronpedia}`]),
    ...(one.explained === null ? [] : explainedLines(one.explained)),
  ]
  return `${lines.join('\n')}\n`
}

function explainedLines({ contexts, promotes, watched = false }: Explained): readonly string[] {
  const listed = watched ? ['  a list of the policy names it'] : []
  const speaks =
    promotes.length === 0 ? [] : [`  speaks for ${promotes.map((token) => visible(token)).join(' | ')}`]
  const rows = contexts.map(({ before, token, after, reference, candidate }) => {
    const text = `${visible(before, 400)}»${visible(token)}«${visible(after, 400)}`
    return `  ${format.number(reference, 3).padStart(8)} → ${format.number(candidate, 3).padStart(8)}  ${text}`
  })
  return [
    ...listed,
    ...speaks,
    ...(rows.length === 0 ? [] : ['  reference → candidate, where it fires most:', ...rows]),
  ]
}
