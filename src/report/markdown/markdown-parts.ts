/**
 * @file The pieces that report.md, the pull-request comment and the job summary are put together from.
 * Every word from outside passes through `code` or `prose`; nothing here decides anything.
 */
import { markdownTable } from 'markdown-table'
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import type {
  CandidateReport,
  FeaturesReport,
  Report,
  RuleResult,
} from '../../contract/report/report-schema.ts'
import {
  activeReadouts,
  baselineOf,
  bySeverity,
  evidenceOf,
  limitOf,
  NO_SHARE,
  neuronpediaUrl,
  ofActive,
  readoutOf,
  referencePerplexity,
  rulesToSee,
  shownPerplexity,
  worstFeatures,
} from '../words/figures.ts'
import * as format from '../words/format.ts'
import { code, link, prose } from '../words/markdown-escape.ts'
import { perplexityNotes } from '../words/perplexity-notes.ts'
import { capital } from '../words/phrase.ts'

export const VERDICT_ICONS = { pass: '✅', fail: '❌', inconclusive: '❔' } as const
export const RULE_ICONS = { pass: '✅', fail: '❌', inconclusive: '❔', waived: '⏸️', skipped: '⏭️' } as const
const BAR_WIDTH = 10

export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: string,
): string {
  // Widths would pad every row to the longest cell: half of a comment would be spaces.
  return markdownTable(
    [header, ...rows].map((row) => [...row]),
    { align: [...align], alignDelimiters: false },
  )
}

export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** One row per candidate and read-out: each figure with its interval, a bar (where `bars`), its limit and its change. */
export function overviewTable(report: Report, all: readonly CandidateReport[], bars = true): string {
  const candidates = report.claim === undefined ? all : all.map(withoutTicks)
  if (report.readouts.length === 0) return behaviourTable(report, candidates)
  const several = report.readouts.length > 1
  const header = [
    '',
    'Candidate',
    ...(several ? ['Read-out'] : []),
    perplexityHeader(report),
    'KL, nats',
    'Survived',
    'Degraded',
    'Damaged',
  ]
  const rows = candidates.flatMap((candidate) => {
    const sharedCells = [perplexityCell(candidate), klCell(candidate)]
    const lines = candidate.features.map((features, i) => [
      i === 0 ? icon(candidate) : '',
      i === 0 ? `**${code(candidate.name)}**` : '',
      ...(several ? [code(features.readout)] : []),
      ...(i === 0 ? sharedCells : ['', '']),
      ...(['survived', 'degraded', 'damaged'] as const).map((kind) =>
        shareCell(candidate, features, { kind, bars }),
      ),
    ])
    if (lines.length > 0) return lines
    return [
      [
        icon(candidate),
        `**${code(candidate.name)}**`,
        ...(several ? ['–'] : []),
        ...sharedCells,
        '–',
        '–',
        '–',
      ],
    ]
  })
  return table(header, rows, several ? 'clllllll' : 'cllllll')
}

/** Of an audit without SAEs. */
function behaviourTable(report: Report, candidates: readonly CandidateReport[]): string {
  const header = ['', 'Candidate', perplexityHeader(report), 'KL, nats', 'Top-1 agreement']
  const rows = candidates.map((candidate) => [
    icon(candidate),
    `**${code(candidate.name)}**`,
    perplexityCell(candidate),
    klCell(candidate),
    agreementCell(candidate),
  ])
  return table(header, rows, 'cllll')
}

/** A limit that a claimed figure keeps is not shown as kept: nobody here measured it. */
const withoutTicks = (candidate: CandidateReport): CandidateReport => ({
  ...candidate,
  rules: candidate.rules.filter(({ status }) => status !== 'pass'),
})

export function icon(candidate: CandidateReport): string {
  const verdict = candidate.verdict === null ? '' : VERDICT_ICONS[candidate.verdict]
  return candidate.dissociation.flag ? `${verdict}⚠️` : verdict
}

function cell(
  figure: string,
  interval: string,
  bar: string,
  rule: RuleResult | null,
  change: string,
): string {
  const limit = rule === null ? '' : `${format.shortLimit(rule)} ${RULE_ICONS[rule.status]}`
  const notes = [interval, limit, change].filter((part) => part !== '').map((part) => `<sub>${part}</sub>`)
  return [bar === '' ? figure : `${figure} ${bar}`, ...notes].join('<br>')
}

/** A change says little beside a perplexity that is out of the ordinary. */
function perplexityHeader(report: Report): string {
  const own = referencePerplexity(report)
  return own === null ? 'Perplexity' : `Perplexity (reference ${format.number(own.value)})`
}

function perplexityCell(candidate: CandidateReport): string {
  const shown = shownPerplexity(candidate)
  if (!shown) return '–'
  const { figure, protocol } = shown
  const metric = `perplexity.${protocol}.deltaPercent`
  const rule = limitOf(candidate, metric, null, figure.deltaPercent)
  return cell(
    `**${format.signedPercent(figure.deltaPercent)}**`,
    format.signedInterval(figure.ci),
    '',
    rule,
    perplexityNotes(candidate, protocol),
  )
}

function agreementCell(candidate: CandidateReport): string {
  const { divergence } = candidate
  if (!divergence) return '–'
  const { top1Agreement } = divergence
  const rule = limitOf(candidate, 'divergence.top1Agreement', null, top1Agreement)
  return cell(format.percent(top1Agreement), '', '', rule, '')
}

function klCell(candidate: CandidateReport): string {
  const { divergence } = candidate
  if (!divergence) return '–'
  const rule = limitOf(candidate, 'divergence.klMean', null, divergence.klMean)
  const before = baselineOf(candidate, 'divergence.klMean', null)
  const digits = format.smallDigits(divergence.klMean)
  const change = before === null ? '' : `baseline ${format.decimal(before.baseline, digits)}`
  return cell(
    format.decimal(divergence.klMean, digits),
    format.decimalInterval(divergence.klMeanCi, digits),
    '',
    rule,
    change,
  )
}

function shareCell(
  candidate: CandidateReport,
  features: FeaturesReport,
  { kind, bars }: { readonly kind: 'survived' | 'degraded' | 'damaged'; readonly bars: boolean },
): string {
  const { fraction, ci } = ofActive(features)?.[kind] ?? NO_SHARE
  const metric = `features.${kind}`
  const rule = limitOf(candidate, metric, features.readout, fraction)
  const before = baselineOf(candidate, metric, features.readout)
  const change =
    before === null
      ? ''
      : `baseline ${format.percent(before.baseline)} (${format.signed(100 * before.delta, 1)} points)`
  const figure = kind === 'survived' ? `**${format.percent(fraction)}**` : format.percent(fraction)
  return cell(
    figure,
    format.percentInterval(ci),
    fraction === null || !bars ? '' : format.bar(fraction, BAR_WIDTH, '█', '░'),
    rule,
    change,
  )
}

/** Rules that failed, are undecided, waived or skipped, each with observed, limit and what would change it. */
export function rulesTable(candidates: readonly CandidateReport[], most: number): string {
  const concerned = candidates.flatMap((candidate) =>
    rulesToSee(candidate).map((rule) => ({ candidate, rule })),
  )
  if (concerned.length === 0) return ''
  const rows = concerned.slice(0, most).map(({ candidate, rule }) => ruleRow(candidate, rule))
  const rest = concerned.length - rows.length
  const text = table(['', 'Candidate', 'Rule', 'Observed', 'Limit', 'What would change it'], rows, 'clllll')
  return rest > 0 ? `${text}\n\n… and ${format.count(rest)} more rules that did not pass.` : text
}

function ruleRow(candidate: CandidateReport, rule: RuleResult): string[] {
  const { observed, interval, limit } = format.ruleText(rule)
  const scope = rule.scope === null ? '' : `<br>${code(rule.scope)}`
  const level = rule.level === 'warning' ? ' (warning)' : ''
  const status = rule.status === 'fail' && rule.level === 'warning' ? '⚠️' : RULE_ICONS[rule.status]
  const waived = rule.waiver
    ? `Waived until ${prose(rule.waiver.expires, 20)}: ${prose(rule.waiver.reason, 300)}`
    : ''
  const change = [
    waived,
    rule.observed === null ? prose(capital(rule.message), 300) : '',
    prose(capital(rule.advice ?? ''), 300),
  ]
  return [
    status,
    code(candidate.name),
    `${code(rule.id)}${level}${scope}`,
    `${observed} ${interval}`.trim(),
    limit,
    change.filter((part) => part !== '' && part !== prose('')).join('<br>') || '–',
  ]
}

/** The most damaged features of each candidate and read-out, with links where Neuronpedia knows the SAE. */
export function worstFeaturesParts(
  report: Report,
  evidence: readonly FeatureEvidence[],
  most: number,
  mostTables: number,
): string[] {
  const parts: string[] = []
  for (const candidate of bySeverity(report.candidates)) {
    for (const features of activeReadouts(candidate)) {
      const found = evidenceOf(evidence, candidate.name, features.readout)
      const rows = found && parts.length < mostTables ? worstFeatures(found, most) : []
      if (rows.length === 0) continue
      const readout = readoutOf(report, features.readout)
      const body = rows.map((row) => [
        linkedFeature(row.feature, neuronpediaUrl(readout, row.feature)),
        row.class,
        Number.isNaN(row.correlation) ? 'none (counts as 0)' : format.decimal(row.correlation, 3),
        format.decimalInterval(Number.isNaN(row.low) ? null : [row.low, row.high], 3),
        format.percent(row.firingRate, 2),
        format.decimal(row.peak, 2),
      ])
      const header = ['Feature', 'Class', 'ρ', 'Interval', 'Fires on', 'Peak']
      parts.push(
        `**${code(candidate.name)}** at ${code(features.readout)}\n\n${table(header, body, 'rlrlrr')}`,
      )
    }
  }
  return parts
}

function linkedFeature(feature: number, url: string | null): string {
  return url === null ? String(feature) : link(String(feature), url)
}

/** Warnings of the report and of every candidate, as a list; '' without any. */
export function warningList(report: Report, most: number): string {
  const all = [
    ...report.warnings.map((text) => prose(text)),
    ...report.candidates.flatMap((one) => one.warnings.map((text) => `${code(one.name)}: ${prose(text)}`)),
  ]
  const rest = all.length > most ? [`and ${format.count(all.length - most)} more warnings`] : []
  return [...all.slice(0, most), ...rest].map((text) => `- ${text}`).join('\n')
}

/** Notes of the report as a list; '' without any. */
export function noteList(report: Report): string {
  return (report.notes ?? []).map((note) => `- ${prose(note)}`).join('\n')
}

/** Features that survived in the baseline and do not now. */
export function newlyLost(candidates: readonly CandidateReport[], most: number): string {
  return candidates
    .flatMap((candidate) =>
      (candidate.newlyLost ?? [])
        .filter((one) => one.features.length > 0)
        .map(({ readout, features }) => {
          const rest = features.length > most ? ` and ${format.count(features.length - most)} more` : ''
          return `- ${code(candidate.name)} at ${code(readout)}: ${format.count(features.length)} features lost since the baseline: ${features.slice(0, most).join(', ')}${rest}`
        }),
    )
    .join('\n')
}
