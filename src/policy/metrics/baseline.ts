/**
 * @file A report measured before, as the one to compare with: what changed, which features were lost. Whether it may be
 * compared with is contract/report/comparable.ts' rule.
 */
import type { FeatureEvidence, Measurement } from '../../contract/report/measurement.ts'
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { type ClassThresholds, classOf } from '../../statistics/definitions.ts'
import { VALUE_ALONE } from '../../statistics/intervals/resampling.ts'
import { PLAIN } from './metric.ts'
import { METRICS } from './table.ts'

/** A stored report with its tables, and what to call it. */
export interface Baseline {
  readonly path: string
  readonly sha256: string
  readonly measurement: Measurement
}

/** The candidate of the baseline that this one is to be compared with: same name, same spec, or the only one of both. */
export function earlierCandidate(
  candidate: CandidateReport,
  current: Report,
  earlier: Report,
): CandidateReport | null {
  const alone = current.candidates.length === 1 && earlier.candidates.length === 1
  return (
    earlier.candidates.find((one) => one.name === candidate.name) ??
    earlier.candidates.find((one) => one.spec === candidate.spec) ??
    (alone ? earlier.candidates[0] : undefined) ??
    null
  )
}

/** The tables of one candidate and read-out; null where they are not beside the report. */
export function evidenceOf(
  measurement: Measurement,
  candidate: string,
  readout: string,
): FeatureEvidence | null {
  return (
    measurement.evidence.find(({ table }) => table.candidate === candidate && table.readout === readout) ??
    null
  )
}

type Change = NonNullable<CandidateReport['baseline']>[number]

/** current − baseline of every number that both reports hold. */
export function changesSince(earlier: CandidateReport, current: CandidateReport): Change[] {
  const behaviour = METRICS.flatMap((metric) => {
    if (metric.scope !== 'candidate') return []
    const [before, now] = [earlier, current].map((one) => metric.estimate(one, VALUE_ALONE))
    return before && now ? [change(metric.name, null, before.value, now.value)] : []
  })
  const features = current.features.flatMap((now) => {
    const before = earlier.features.find((one) => one.readout === now.readout)
    if (before === undefined) return []
    return METRICS.flatMap((metric) => {
      if (metric.scope !== 'readout') return []
      const [there, here] = [before, now].map((one) => metric.held(one, PLAIN))
      return there && here ? [change(metric.name, now.readout, there.value, here.value)] : []
    })
  })
  return [...behaviour, ...features]
}

function change(metric: string, readout: string | null, baseline: number, current: number): Change {
  return { metric, readout, baseline, current, delta: current - baseline }
}

type Lost = NonNullable<CandidateReport['newlyLost']>[number]

/** Features that survived in the baseline and do not here, at these thresholds; read-outs without tables are left out. */
export function newlyLost(
  current: Measurement,
  candidate: CandidateReport,
  baseline: Measurement,
  earlier: CandidateReport,
  thresholds: ClassThresholds,
): Lost[] {
  return candidate.features.flatMap(({ readout }) => {
    if (!earlier.features.some((one) => one.readout === readout)) return []
    const here = evidenceOf(current, candidate.name, readout)?.table
    const there = evidenceOf(baseline, earlier.name, readout)?.table
    if (here === undefined || there === undefined) return []
    const survives = (rho: number) => classOf(rho, thresholds) === 'survived'
    const features: number[] = []
    for (let j = 0; j < Math.min(here.width, there.width); j++) {
      const both = here.active[j] === 1 && there.active[j] === 1
      if (both && survives(there.correlation[j]!) && !survives(here.correlation[j]!)) features.push(j)
    }
    return [{ readout, features }]
  })
}
