/**
 * @file The pull-request comment: understood in ten seconds, details folded, never above GitHub's limit.
 *
 * Details are left out in a fixed order until the text fits: worst features (10, 5, none), then set-up and
 * command, then rules (50, 10), then the table of every read-out, then candidates that pass, then all but the ten worst candidates. The
 * verdict, its reason and what changed since the baseline always stay. The marker in the first line is how the comment is found again.
 */
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { bySeverity, rulesToSee } from '../words/figures.ts'
import * as format from '../words/format.ts'
import { headline } from '../words/headline.ts'
import { code, link, MARKDOWN } from '../words/markdown-escape.ts'
import { attributionTable } from '../words/parts/attribution.ts'
import { render } from '../words/phrase.ts'
import { sinceBaseline } from '../words/since-baseline.ts'
import { explainedParts } from './explained.ts'
import { lineTable } from './line-table.ts'
import {
  details,
  newlyLost,
  overviewTable,
  rulesTable,
  VERDICT_ICONS,
  warningList,
  worstFeaturesParts,
} from './markdown-parts.ts'
import { reproduce, setupTable } from './markdown-setup.ts'
import { moreTable } from './more-table.ts'
import { rankingTable } from './ranking.ts'

/** GitHub refuses comment bodies above 65,536 characters; a margin for what the API counts differently. */
export const MAX_COMMENT_CHARACTERS = 65_000

export interface CommentPlace {
  /** The name of the gate: comments of two gates on one pull request are kept apart by it. */
  readonly checkName: string
  /** Where report.html or the run can be opened, or null. */
  readonly reportUrl: string | null
}

/** The hidden first line by which the comment of one gate is found again. Different names give different markers. */
export function commentMarker(checkName: string): string {
  const safe = checkName.replace(/[^A-Za-z0-9._]/gu, (character) => {
    const bytes = new TextEncoder().encode(character)
    return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  })
  return `<!-- saegate:${safe} -->`
}

/** How much of the details a version of the comment carries. */
interface Fullness {
  readonly features: number
  readonly setup: boolean
  readonly rules: number
  /** Every read-out with intervals and limits, folded. */
  readonly readouts: boolean
  readonly candidates: number
  readonly passing: boolean
}

const FULLNESS: readonly Fullness[] = [
  { features: 10, setup: true, rules: 50, readouts: true, candidates: 200, passing: true },
  { features: 5, setup: true, rules: 50, readouts: true, candidates: 200, passing: true },
  { features: 0, setup: true, rules: 50, readouts: true, candidates: 200, passing: true },
  { features: 0, setup: false, rules: 50, readouts: true, candidates: 200, passing: true },
  { features: 0, setup: false, rules: 10, readouts: true, candidates: 200, passing: true },
  { features: 0, setup: false, rules: 10, readouts: false, candidates: 200, passing: true },
  { features: 0, setup: false, rules: 10, readouts: false, candidates: 200, passing: false },
  { features: 0, setup: false, rules: 10, readouts: false, candidates: 10, passing: false },
  { features: 0, setup: false, rules: 3, readouts: false, candidates: 3, passing: false },
]

/** The comment, at most `MAX_COMMENT_CHARACTERS` long. */
export function pullRequestComment(
  report: Report,
  evidence: readonly FeatureEvidence[],
  place: CommentPlace,
): string {
  return fitted(report, evidence, place, MAX_COMMENT_CHARACTERS)
}

/** The fullest version that fits; the verdict alone when none does. */
export function fitted(
  report: Report,
  evidence: readonly FeatureEvidence[],
  place: CommentPlace,
  limit: number,
): string {
  for (const fullness of FULLNESS) {
    const text = compose(report, evidence, place, fullness)
    if (text.length <= limit) return text
  }
  return `${[commentMarker(place.checkName), ...verdictParts(report, place)].join('\n\n')}\n`
}

function compose(
  report: Report,
  evidence: readonly FeatureEvidence[],
  place: CommentPlace,
  full: Fullness,
): string {
  const ordered = bySeverity(report.candidates)
  const wanted = full.passing
    ? ordered
    : ordered.filter((one) => one.verdict !== 'pass' || one.dissociation.flag)
  const shown = wanted.slice(0, full.candidates)
  const parts = [
    commentMarker(place.checkName),
    ...verdictParts(report, place),
    shown.length === 0 ? '' : overview(report, shown),
    leftOut(ordered, shown),
    rules(shown, full.rules),
    warningList(report, 5),
    ...(full.readouts && shown.length > 0 && report.readouts.length > 0
      ? [details('Every read-out, with intervals and limits', overviewTable(report, shown, false))]
      : []),
    lost(shown),
    ...folded(report, evidence, full),
    footer(report, full),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** A line per candidate; of an audit without SAEs there is no more to say than a line. */
function overview(report: Report, shown: readonly CandidateReport[]): string {
  return report.readouts.length === 0 ? overviewTable(report, shown) : lineTable(report, shown)
}

/** More rows than this are folded: candidates are what a reader came for. */
const OPEN_RULES = 4

/** Rules that did not pass; '' where all did. */
function rules(shown: readonly CandidateReport[], most: number): string {
  const rows = rulesTable(shown, most)
  const total = shown.reduce((sum, one) => sum + rulesToSee(one).length, 0)
  return total <= OPEN_RULES ? rows : details(`Rules that did not pass: ${format.count(total)}`, rows)
}

function lost(shown: readonly CandidateReport[]): string {
  const lines = newlyLost(shown, 12)
  return lines === '' ? '' : details('Features lost since the baseline', lines)
}

/** The heading (dissociation first when there is one), and the reason in one sentence. */
export function verdictParts(report: Report, place: CommentPlace): string[] {
  const { verdict, word, reason, dissociations } = headline(report)
  const [first, ...others] = dissociations.map((one) => render(one, MARKDOWN))
  const icon = verdict === null ? '📏' : VERDICT_ICONS[verdict]
  const title = `${icon} ${code(place.checkName)}: ${word.toLowerCase()}`
  const alarm = first === undefined ? [] : [`## ⚠️ ${first}`]
  const more =
    others.length === 0
      ? []
      : [
          others
            .slice(0, 5)
            .map((one) => `- ⚠️ ${one}`)
            .join('\n'),
        ]
  const since = sinceBaseline(report)
  const url = place.reportUrl === null ? '' : ` ${link('Open the report', place.reportUrl)}`
  return [
    ...alarm,
    `${first === undefined ? '##' : '###'} ${title}`,
    `${render(reason, MARKDOWN)}${url}`,
    ...(since === null ? [] : [`**${render(since, MARKDOWN)}**`]),
    ...more,
  ]
}

function leftOut(all: readonly CandidateReport[], shown: readonly CandidateReport[]): string {
  const missing = all.filter((one) => !shown.includes(one))
  if (missing.length === 0) return ''
  const passing = missing.filter((one) => one.verdict === 'pass').length
  return `Not shown: ${format.count(missing.length)} more candidates, ${format.count(passing)} of which pass.`
}

/** Three features of the worst candidate. */
const ABOUT = { features: 3, contexts: 5, pairs: 1 } as const

/** Tensors of the worst candidate whose swaps were measured. */
const BLAMED = 5

function folded(report: Report, evidence: readonly FeatureEvidence[], full: Fullness): string[] {
  const worst = full.features === 0 ? [] : worstFeaturesParts(report, evidence, full.features, 6)
  const about = full.features === 0 ? [] : explainedParts(report, ABOUT)
  const ranked = full.setup ? rankingTable(report) : ''
  const swapped = bySeverity(report.candidates).filter((one) => one.attribution !== undefined)
  const blamed = attributionTable({ ...report, candidates: swapped.slice(0, ABOUT.pairs) }, BLAMED)
  return [
    ...(blamed.rows.length === 0 || full.features === 0 ? [] : [details(blamed.title, moreTable(blamed))]),
    ...(ranked === '' ? [] : [details('Bytes and what they keep', ranked)]),
    ...(worst.length === 0 ? [] : [details('Most damaged features', worst.join('\n\n'))]),
    ...(about.length === 0 ? [] : [details('What the first of them are about', about.join('\n\n'))]),
    ...(full.setup
      ? [details('Set-up', setupTable(report)), details('How to reproduce', reproduce(report))]
      : []),
  ]
}

function footer(report: Report, full: Fullness): string {
  const first = report.candidates[0]?.features[0]?.thresholds
  const brackets = `Brackets are ${format.percent(report.confidence, 0)} intervals.`
  const classes =
    first === undefined
      ? brackets
      : `Survived: ρ ≥ ${format.number(first.survived)}; damaged: ρ &lt; ${format.number(first.damaged)}; of the features that fire on more than ${format.percent(first.active, 2)} of tokens in the reference. ${brackets}`
  const short = full.setup ? '' : ' Details are left out to fit; the report has them.'
  return `<sub>${classes}${short}</sub>`
}
