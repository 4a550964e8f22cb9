/**
 * @file Dissociation: behaviour looks fine while features are gone. What the tool exists to show.
 *
 * The flag goes by the measured values: some measured perplexity is within the tolerance (or improved), and in some
 * read-out fewer features survive than asked. Whether a rule may pass or fail on it goes by the intervals: sure where both
 * sides are sure, else undecided.
 */
import type { CandidateReport } from '../../contract/report/report-schema.ts'
import { RESAMPLING_METHOD } from '../../statistics/resampling.ts'
import { candidateMeasured, featuresMeasured } from '../metrics/measured.ts'
import { PLAIN } from '../metrics/metric.ts'
import { type MetricName, metricOf } from '../metrics/table.ts'
import { quantity } from '../metrics/units.ts'
import type { FeatureView, Measured, Seen } from '../metrics/view.ts'
import type { Policy } from '../policy.ts'
import { type Decision, decide } from './decide.ts'

export interface Dissociation {
  /** By the measured values; null where perplexity or features were not measured. */
  readonly flag: boolean | null
  /** By the intervals: true, false, or null for undecided (and for not measured). */
  readonly certain: boolean | null
  /** One sentence without its full stop. */
  readonly reason: string
  /** Times the tokens that would probably decide it. */
  readonly timesTokens: number
}

export function dissociationOf(
  candidate: CandidateReport,
  views: readonly FeatureView[],
  policy: Policy,
): Dissociation {
  const { perplexityDeltaPercent, survived } = policy.dissociation
  const changes = (['chunked', 'sliding'] as const).flatMap((protocol) => {
    const estimate = behaviour(`perplexity.${protocol}.deltaPercent`, candidate)
    return estimate === null ? [] : [{ ...estimate, label: protocol }]
  })
  const survival = views.flatMap((view) => {
    const estimate = ofActive('features.survived', view, policy)
    return estimate === null ? [] : [{ view, estimate }]
  })
  if (changes.length === 0) return unmeasured('perplexity was not measured')
  if (survival.length === 0) return unmeasured('no feature was measured')
  // "Looks fine" and "features survive" are limits like any other.
  const fine = changes.map((estimate) =>
    decide(estimate, { operator: 'max', value: perplexityDeltaPercent }, policy.confidence),
  )
  const kept = survival.map(({ estimate }) =>
    decide(estimate, { operator: 'min', value: survived }, policy.confidence),
  )
  const best = least(changes, (estimate) => estimate.value)
  const worst = least(survival, ({ estimate }) => estimate.value)
  const looksFine = best.value <= perplexityDeltaPercent
  const lost = worst.estimate.value < survived
  const undecided = [...fine, ...kept].filter(({ outcome }) => outcome === 'inconclusive')
  return {
    flag: looksFine && lost,
    certain: certainty(fine, kept),
    reason: sentence(best, looksFine, worst, lost, views.length > 1, policy),
    timesTokens: Math.max(1, ...undecided.map(({ timesTokens }) => timesTokens)),
  }
}

const unmeasured = (reason: string): Dissociation => ({ flag: null, certain: null, reason, timesTokens: 1 })

function certainty(fine: readonly Decision[], kept: readonly Decision[]): boolean | null {
  if (fine.some(({ outcome }) => outcome === 'pass') && kept.some(({ outcome }) => outcome === 'fail'))
    return true
  if (fine.every(({ outcome }) => outcome === 'fail') || kept.every(({ outcome }) => outcome === 'pass'))
    return false
  return null
}

function sentence(
  change: Seen,
  looksFine: boolean,
  { view, estimate }: { readonly view: FeatureView; readonly estimate: Seen },
  lost: boolean,
  several: boolean,
  policy: Policy,
): string {
  const perplexity = `${change.label === 'sliding' ? 'sliding ' : ''}perplexity ${quantity(change.value, 'percent')}`
  const where = several ? ` at ${view.features.readout}` : ''
  if (!looksFine) return `${perplexity} shows the change`
  if (!lost)
    return `${perplexity}, and ${quantity(estimate.value, 'fraction')} of active features survive${where}`
  const degraded = ofActive('features.degraded', view, policy)?.value ?? 0
  const damaged = ofActive('features.damaged', view, policy)?.value ?? 0
  const parts = [
    ...(degraded > 0 || damaged === 0
      ? [`${quantity(degraded, 'fraction')} of active features degraded`]
      : []),
    ...(damaged > 0
      ? [`${quantity(damaged, 'fraction')}${degraded > 0 ? '' : ' of active features'} damaged`]
      : []),
  ]
  return `${perplexity}, but ${parts.join(' and ')}${where}`
}

function behaviour(name: MetricName, candidate: CandidateReport): Seen | null {
  const metric = metricOf(name)
  return metric.scope === 'candidate' ? only(candidateMeasured(metric, candidate, RESAMPLING_METHOD)) : null
}

/** Of all active features at the policy's thresholds. */
function ofActive(name: MetricName, view: FeatureView, policy: Policy): Seen | null {
  const metric = metricOf(name)
  return metric.scope === 'readout' ? only(featuresMeasured(metric, view, PLAIN, policy)) : null
}

const only = (measured: Measured): Seen | null =>
  measured.kind === 'measured' ? (measured.estimates[0] ?? null) : null

function least<Item>(items: readonly Item[], value: (item: Item) => number): Item {
  return items.reduce((best, item) => (value(item) < value(best) ? item : best))
}
