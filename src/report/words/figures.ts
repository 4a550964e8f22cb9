/**
 * @file What every format shows of a candidate: one row per candidate and read-out, the rule that limits a figure,
 * the figure's change against the baseline, and the features that fared worst.
 */
import type { FeatureClass } from '../../contract/report/feature-table.ts'
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import type {
  CandidateReport,
  FeaturesReport,
  ReadoutReport,
  Report,
  RuleResult,
  Verdict,
} from '../../contract/report/report-schema.ts'

import { countedRho } from '../../statistics/definitions.ts'

export type PerplexityFigure = NonNullable<CandidateReport['perplexity']['chunked']>
export type BaselineChange = NonNullable<CandidateReport['baseline']>[number]
export type Protocol = 'chunked' | 'sliding'

/** The perplexity a table shows: chunked where it was measured, else sliding. */
export function shownPerplexity(
  candidate: CandidateReport,
): { protocol: Protocol; figure: PerplexityFigure } | null {
  const { chunked, sliding } = candidate.perplexity
  if (chunked) return { protocol: 'chunked', figure: chunked }
  return sliding ? { protocol: 'sliding', figure: sliding } : null
}

/** Sliding perplexity beside the chunked one that tables show, where it may be what a dissociation goes by; else null. */
export function alsoMeasured({ perplexity, dissociation }: CandidateReport): PerplexityFigure | null {
  return dissociation.flag && perplexity.chunked ? perplexity.sliding : null
}

/** The reference's own perplexity, by the protocol that tables show; null: none was measured. All candidates are beside the same. */
export function referencePerplexity(report: Report): { protocol: Protocol; value: number } | null {
  for (const candidate of report.candidates) {
    const shown = shownPerplexity(candidate)
    if (shown !== null) return { protocol: shown.protocol, value: shown.figure.reference }
  }
  return null
}

/** Candidates with what matters first on top: failed, undecided, passed; within those, in the report's order. */
export function bySeverity(candidates: readonly CandidateReport[]): CandidateReport[] {
  return [...candidates].sort((a, b) => severity(a) - severity(b))
}

const SEVERITY: Record<Verdict, number> = { fail: 0, inconclusive: 2, pass: 4 }

function severity(candidate: CandidateReport): number {
  const base = candidate.verdict === null ? 5 : SEVERITY[candidate.verdict]
  return candidate.dissociation.flag ? base - 0.5 : base
}

/** Can survival be told? Not where no feature is active, nor where all of them are only moved by one factor. */
const isTold = ({ active, rescaled }: FeaturesReport): boolean => active > 0 && rescaled === undefined

/** A read-out's shares and mean ρ; null where they cannot be told. */
export function ofActive(features: FeaturesReport): FeaturesReport | null {
  return isTold(features) ? features : null
}

/** What is shown in place of such a share. */
export const NO_SHARE = { fraction: null, ci: null } as const

/** Read-outs of which survival can be told. */
export function activeReadouts(candidate: CandidateReport): FeaturesReport[] {
  return candidate.features.filter(isTold)
}

/** The read-out in which the fewest features survive. */
export function worstReadout(candidate: CandidateReport): FeaturesReport | null {
  return activeReadouts(candidate).reduce<FeaturesReport | null>(
    (worst, one) => (worst === null || one.survived.fraction < worst.survived.fraction ? one : worst),
    null,
  )
}

/** More read-outs than these are not shown one by one: the one where the fewest features survive stands for them. */
export const MOST_SHOWN_READOUTS = 4

/** Of which something is shown at first sight; all of them where they are few. */
export function shownReadouts(candidate: CandidateReport): readonly FeaturesReport[] {
  const worst = worstReadout(candidate)
  return candidate.features.length <= MOST_SHOWN_READOUTS || worst === null ? candidate.features : [worst]
}

/**
 * The rule that limits a shown figure. A rule on another weighting or another threshold has the same metric but
 * another observation: it does not limit this figure, and is not drawn beside it.
 */
export function limitOf(
  candidate: CandidateReport,
  metric: string,
  readout: string | null,
  shown: number | null,
): RuleResult | null {
  const isLimit = (rule: RuleResult) =>
    rule.metric === metric &&
    (rule.operator === 'min' || rule.operator === 'max') &&
    (rule.scope === null || rule.scope === readout) &&
    rule.observed === shown
  const found = candidate.rules.filter(isLimit)
  return (
    found.find((rule) => rule.status === 'fail') ??
    found.find((rule) => rule.level === 'error') ??
    found[0] ??
    null
  )
}

export function baselineOf(
  candidate: CandidateReport,
  metric: string,
  readout: string | null,
): BaselineChange | null {
  return candidate.baseline?.find((one) => one.metric === metric && one.readout === readout) ?? null
}

export type Attention = Exclude<RuleResult['status'], 'pass' | 'skipped'> | 'skipped'

/** Rules a reader has to look at, worst first: failed errors, undecided, failed warnings, waived, skipped. */
export function rulesToSee(candidate: CandidateReport): RuleResult[] {
  const order = (rule: RuleResult) => {
    const rank = { fail: 0, inconclusive: 1, waived: 4, skipped: 5, pass: 9 }[rule.status]
    return rule.level === 'warning' && rank < 2 ? rank + 2 : rank
  }
  return candidate.rules.filter((rule) => rule.status !== 'pass').sort((a, b) => order(a) - order(b))
}

export interface WorstFeature {
  readonly feature: number
  readonly class: FeatureClass
  /** NaN: undefined in the candidate, counted as 0. */
  readonly correlation: number
  readonly low: number
  readonly high: number
  readonly firingRate: number
  readonly peak: number
}

/** The `most` active features with the smallest ρ (undefined counts as 0), the more often firing first among equals. */
export function worstFeatures({ table }: FeatureEvidence, most: number): WorstFeature[] {
  const counted = (j: number) => countedRho(table.correlation[j] ?? Number.NaN)
  const rate = (j: number) => table.firingRate[j] ?? 0
  const lost: number[] = []
  table.class.forEach((one, j) => {
    if (one === 'damaged' || one === 'degraded') lost.push(j)
  })
  lost.sort((a, b) => counted(a) - counted(b) || rate(b) - rate(a) || a - b)
  return lost.slice(0, most).map((feature) => ({
    feature,
    class: table.class[feature] ?? 'inactive',
    correlation: table.correlation[feature] ?? Number.NaN,
    low: table.correlationLow[feature] ?? Number.NaN,
    high: table.correlationHigh[feature] ?? Number.NaN,
    firingRate: rate(feature),
    peak: table.peak[feature] ?? Number.NaN,
  }))
}

/** Neuronpedia's page of a feature, or null where the SAE's config names none (or names something else). */
export function neuronpediaUrl(readout: ReadoutReport | undefined, feature: number): string | null {
  const base = neuronpediaBase(readout)
  return base === null ? null : `${base}/${feature}`
}

export function neuronpediaBase(readout: ReadoutReport | undefined): string | null {
  const id = readout?.neuronpedia ?? ''
  return /^[A-Za-z0-9][\w.-]{0,99}\/[A-Za-z0-9][\w.-]{0,99}$/.test(id)
    ? `https://www.neuronpedia.org/${id}`
    : null
}

export function readoutOf(report: Report, id: string): ReadoutReport | undefined {
  return report.readouts.find((readout) => readout.id === id)
}

export function evidenceOf(
  evidence: readonly FeatureEvidence[],
  candidate: string,
  readout: string,
): FeatureEvidence | undefined {
  return evidence.find(({ table }) => table.candidate === candidate && table.readout === readout)
}
