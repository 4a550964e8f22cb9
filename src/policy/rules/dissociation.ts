/**
 * @file Dissociation: behaviour looks fine while features are gone. What the tool exists to show.
 *
 * The flag goes by the measured values: some measured perplexity is within the tolerance (or improved), and in some
 * read-out fewer features survive than asked. Whether a rule may pass or fail on it goes by the intervals: sure where both
 * sides are sure, else undecided.
 */
import type { CandidateReport } from '../../contract/report/report-schema.ts'
import { type Sampling, VALUE_ALONE } from '../../statistics/intervals/resampling.ts'
import { candidateMeasured, featuresMeasured } from '../metrics/measured.ts'
import { PLAIN } from '../metrics/metric.ts'
import { type MetricName, metricOf } from '../metrics/table.ts'
import { quantity, type Unit } from '../metrics/units.ts'
import type { FeatureView, Measured, Seen } from '../metrics/view.ts'
import type { Policy } from '../policy.ts'
import { type Decision, decide } from './decide.ts'
import { intervalWords } from './wording.ts'

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
  isEarly = false,
): Dissociation {
  const { perplexityDeltaPercent, survived } = policy.dissociation
  const changes = (['chunked', 'sliding'] as const).flatMap((protocol) => {
    const estimate = behaviour(
      `perplexity.${protocol}.deltaPercent`,
      candidate,
      views[0]?.sampling ?? VALUE_ALONE,
    )
    return estimate === null ? [] : [{ ...estimate, isEarly, label: protocol }]
  })
  const survival = views.flatMap((view) => {
    const estimate = ofActive('features.survived', view, policy)
    return estimate === null ? [] : [{ view, estimate: { ...estimate, isEarly } }]
  })
  if (changes.length === 0) return unmeasured('perplexity was not measured')
  if (survival.length === 0) return unmeasured('no feature was measured')
  // "Looks fine" and "features survive" are limits like any other.
  const fine = changes.map((estimate) =>
    decide(estimate, { operator: 'max', value: perplexityDeltaPercent }, policy.confidence),
  )
  const kept = survival.map(({ view, estimate }) => ({
    view,
    ...decide(estimate, { operator: 'min', value: survived }, policy.confidence),
  }))
  const seen: Figures = {
    change: least(fine, ({ estimate }) => estimate.value),
    survival: least(kept, ({ estimate }) => estimate.value),
    several: views.length > 1,
  }
  const looksFine = seen.change.estimate.value <= perplexityDeltaPercent
  const flag = looksFine && seen.survival.estimate.value < survived
  const certain = certainty(fine, kept)
  const undecided = [...fine, ...kept].filter(({ outcome }) => outcome === 'inconclusive')
  return {
    flag,
    certain,
    reason: flag
      ? flaggedSentence(seen, certain === null, policy)
      : clearSentence(seen, looksFine, certain === null, policy),
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

/** What the sentence quotes: the perplexity that looks best, the read-out in which the fewest features survive. */
interface Figures {
  readonly change: Decision
  readonly survival: Decision & { readonly view: FeatureView }
  readonly several: boolean
}

/** perplexity −5.6 %, but 18.7 % of active features degraded; where undecided, "possibly", and how well both are known. */
function flaggedSentence({ change, survival, several }: Figures, undecided: boolean, policy: Policy): string {
  const { view } = survival
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
  const lost = `${parts.join(' and ')}${place(view, several)}`
  if (!undecided) return `${perplexityWords(change)}, but ${lost}`
  const survive = `${quantity(survival.estimate.value, 'fraction')} survive${known(survival, 'fraction', policy)}`
  return `possibly dissociated: ${perplexityWords(change)}${known(change, 'percent', policy)}, but ${lost}, so that ${survive}`
}

function clearSentence(
  { change, survival, several }: Figures,
  looksFine: boolean,
  undecided: boolean,
  policy: Policy,
): string {
  const perplexity = `${perplexityWords(change)}${undecided ? known(change, 'percent', policy) : ''}`
  if (!looksFine) return `${perplexity} shows the change`
  const survive = `${quantity(survival.estimate.value, 'fraction')} of active features survive${place(survival.view, several)}`
  return `${perplexity}, and ${survive}${undecided ? known(survival, 'fraction', policy) : ''}`
}

const perplexityWords = ({ estimate }: Decision): string =>
  `${estimate.label === 'sliding' ? 'sliding ' : ''}perplexity ${quantity(estimate.value, 'percent')}`

const place = ({ features }: FeatureView, several: boolean): string =>
  several ? ` at ${features.readout}` : ''

const known = ({ interval }: Decision, unit: Unit, policy: Policy): string =>
  interval === null ? ' (no interval)' : ` (${intervalWords(interval, policy.confidence, unit)})`

function behaviour(name: MetricName, candidate: CandidateReport, sampling: Sampling): Seen | null {
  const metric = metricOf(name)
  return metric.scope === 'candidate' ? only(candidateMeasured(metric, candidate, sampling)) : null
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
