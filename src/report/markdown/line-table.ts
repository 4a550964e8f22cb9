/**
 * @file Candidates, a line each: what decides, in the 790 pixels that a comment has. Intervals, limits and read-outs one by one are in the
 * table that is folded below it.
 */
import type { CandidateReport, Report, RuleResult } from '../../contract/report/report-schema.ts'
import {
  limitOf,
  NO_SHARE,
  ofActive,
  referencePerplexity,
  shownPerplexity,
  worstReadout,
} from '../words/figures.ts'
import * as format from '../words/format.ts'
import { code } from '../words/markdown-escape.ts'
import { changeOf } from '../words/since-baseline.ts'
import { icon, RULE_ICONS, table } from './markdown-parts.ts'

const BAR_WIDTH = 5
/** A figure, its bar and its mark stay in one line. */
const GLUE = '\u00A0'

/** Of reports with read-outs. */
export function lineTable(report: Report, candidates: readonly CandidateReport[]): string {
  const columns = [
    { head: '', cells: candidates.map(icon) },
    { head: 'Candidate', cells: candidates.map(({ name }) => code(name)) },
    perplexityColumn(report, candidates),
    { head: 'KL', cells: candidates.map(klOf) },
    survivedColumn(candidates),
    damagedColumn(candidates),
    ...(report.baseline === null ? [] : [sinceColumn(candidates)]),
  ]
  const rows = candidates.map((_, i) => columns.map(({ cells }) => cells[i] ?? ''))
  const lines = table(
    columns.map(({ head }) => head),
    rows,
    'clrrlrr'.slice(0, columns.length),
  )
  const { length } = report.readouts
  return length < 2
    ? lines
    : `${lines}\n\n<sub>At the read-out, of ${format.count(length)}, where the fewest features survive; marks are of all of them.</sub>`
}

function klOf({ divergence }: CandidateReport): string {
  return format.decimal(divergence?.klMean, format.smallDigits(divergence?.klMean))
}

interface Column {
  readonly head: string
  readonly cells: readonly string[]
}

function perplexityColumn(report: Report, candidates: readonly CandidateReport[]): Column {
  const own = referencePerplexity(report)
  const rules = candidates.map((candidate) => {
    const shown = shownPerplexity(candidate)
    const metric = `perplexity.${shown?.protocol}.deltaPercent`
    return shown === null ? null : limitOf(candidate, metric, null, shown.figure.deltaPercent)
  })
  const cells = candidates.map((candidate, i) => {
    const figure = shownPerplexity(candidate)?.figure
    if (figure === undefined) return format.MISSING
    return marked(
      `**${format.signedPercent(figure.deltaPercent)}** ${format.plusMinus(figure.ci, 1)}`.trim(),
      rules[i] == null ? [] : [rules[i]],
    )
  })
  const reference = own === null ? [] : [`reference ${format.number(own.value)}`]
  return { head: headed('Perplexity', [...reference, ...commonLimit(rules)]), cells }
}

function survivedColumn(candidates: readonly CandidateReport[]): Column {
  const limits = candidates.map((candidate) => limitsOf(candidate, 'survived'))
  const cells = candidates.map((candidate, i) => {
    const worst = worstReadout(candidate)
    if (worst === null) return format.MISSING
    const { fraction } = worst.survived
    return marked(
      `**${format.percent(fraction)}**${GLUE}${format.bar(fraction, BAR_WIDTH, '█', '░')}`,
      limits[i] ?? [],
    )
  })
  return { head: headed('Survived', commonLimit(limits.flat())), cells }
}

function damagedColumn(candidates: readonly CandidateReport[]): Column {
  const limits = candidates.map((candidate) => limitsOf(candidate, 'damaged'))
  const cells = candidates.map((candidate, i) => {
    const share = worstReadout(candidate)?.damaged ?? NO_SHARE
    return marked(format.percent(share.fraction), limits[i] ?? [])
  })
  return { head: headed('Damaged', commonLimit(limits.flat())), cells }
}

function sinceColumn(candidates: readonly CandidateReport[]): Column {
  return {
    head: headed('Change', ['points']),
    cells: candidates.map((candidate) => changeOf(candidate)?.shown ?? 'new'),
  }
}

/** Rules that limit the figure at any read-out. */
function limitsOf(candidate: CandidateReport, kind: 'survived' | 'damaged'): readonly RuleResult[] {
  return candidate.features.flatMap((features) => {
    const fraction = ofActive(features)?.[kind].fraction ?? null
    return limitOf(candidate, `features.${kind}`, features.readout, fraction) ?? []
  })
}

/** What all of them ask for; nothing where they ask for different things. */
function commonLimit(rules: readonly (RuleResult | null)[]): readonly string[] {
  const limits = new Set(rules.flatMap((rule) => (rule === null ? [] : [format.shortLimit(rule)])))
  return limits.size === 1 ? [...limits] : []
}

const headed = (words: string, notes: readonly string[]): string =>
  [words, ...notes.map((note) => `<sub>${note}</sub>`)].join('<br>')

const SERIOUS = ['fail', 'inconclusive', 'waived'] as const

/** The figure, and what is the matter with it; a rule that passes needs no mark. */
function marked(figure: string, rules: readonly RuleResult[]): string {
  const status = SERIOUS.find((one) => rules.some((rule) => rule.status === one))
  return status === undefined ? figure : `${figure}${GLUE}${RULE_ICONS[status]}`
}
