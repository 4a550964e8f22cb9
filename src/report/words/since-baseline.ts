/** @file What changed since the baseline, in one sentence: on a pull request that is what it does. */
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { count, signed } from './format.ts'
import { name, type Phrase, phrase } from './phrase.ts'

/** Candidates named for each direction. */
const MOST_NAMED = 3
/** Points that are shown as 0.0. */
const NOTHING = 0.05

interface Change {
  readonly name: string
  /** Percentage points; below zero is worse. */
  readonly points: number
  /** With their sign as they are measured. */
  readonly shown: string
}

/** Null: there is no baseline. */
export function sinceBaseline(report: Report): Phrase | null {
  const { baseline, candidates } = report
  if (baseline === null) return null
  const changes = candidates.map((one) => [one, changeOf(one)] as const)
  const known = changes.flatMap(([, change]) => change ?? [])
  const worse = known.filter(({ points }) => points <= -NOTHING).sort((a, b) => a.points - b.points)
  const better = known.filter(({ points }) => points >= NOTHING).sort((a, b) => b.points - a.points)
  const same = known.length - worse.length - better.length
  const unknown = candidates.length - known.length
  const lost = newlyLost(candidates)
  const ofFeatures = report.readouts.length > 0
  const parts: readonly Phrase[] = [
    ...direction(ofFeatures ? 'fewer features survive in' : 'perplexity is higher in', worse),
    ...direction(ofFeatures ? 'more survive in' : 'it is lower in', better),
    ...(same === 0 ? [] : [phrase`${count(same)} of ${count(candidates.length)} unchanged`]),
    ...(unknown === 0 ? [] : [phrase`${count(unknown)} not in it`]),
    ...(lost === 0 ? [] : [phrase`${count(lost)} ${lost === 1 ? 'feature is' : 'features are'} newly lost`]),
  ]
  return phrase`Since ${name(baseline.path)}: ${parts.flatMap((part, i) => (i === 0 ? part : ['; ', ...part]))}.`
}

/** At the read-out where it is worst; of an audit without SAEs, of perplexity. Null: the baseline does not have the candidate. */
export function changeOf({ name: of, baseline = [] }: CandidateReport): Change | null {
  const survived = baseline.filter(({ metric }) => metric === 'features.survived')
  if (survived.length > 0) {
    const points = 100 * Math.min(...survived.map(({ delta }) => delta))
    return { name: of, points, shown: signed(points, 1) }
  }
  const perplexity = baseline.find(({ metric }) => /^perplexity\.\w+\.deltaPercent$/.test(metric))
  return perplexity === undefined
    ? null
    : { name: of, points: -perplexity.delta, shown: signed(perplexity.delta, 1) }
}

function direction(words: string, changes: readonly Change[]): readonly Phrase[] {
  if (changes.length === 0) return []
  const named = changes
    .slice(0, MOST_NAMED)
    .flatMap((one, i): Phrase => [...(i === 0 ? [] : [', ']), name(one.name), ` (${one.shown} points)`])
  const rest = changes.length - MOST_NAMED
  return [phrase`${words} ${named}${rest > 0 ? ` and ${count(rest)} more` : ''}`]
}

/** A feature that several candidates lose is one. */
function newlyLost(candidates: readonly CandidateReport[]): number {
  const lost = new Set<string>()
  for (const { readout, features } of candidates.flatMap((one) => one.newlyLost ?? []))
    for (const feature of features) lost.add(`${feature} ${readout}`)
  return lost.size
}
