/**
 * @file The parts of the page that are read: verdict, candidates, rules, set-up. HTML by templates; every word from
 * outside goes through `text`.
 */
import type {
  CandidateReport,
  FeaturesReport,
  Report,
  RuleResult,
} from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { computingRows } from '../words/computing.ts'
import {
  baselineOf,
  bySeverity,
  limitOf,
  NO_SHARE,
  ofActive,
  rulesToSee,
  shownPerplexity,
  shownReadouts,
} from '../words/figures.ts'
import * as format from '../words/format.ts'
import { headline } from '../words/headline.ts'
import { methodWords } from '../words/method.ts'
import { perplexityNotes } from '../words/perplexity-notes.ts'
import { capital, render, type Show } from '../words/phrase.ts'
import { reproduceCommand } from '../words/reproduce.ts'
import { sinceBaseline } from '../words/since-baseline.ts'
import { xml } from '../words/xml-escape.ts'

/** A name from outside. */
export function text(value: string): string {
  return `<code>${xml(visible(value))}</code>`
}

/** A sentence from outside. */
export function prose(value: string): string {
  return xml(visible(value, 600))
}

/** How a phrase shows words from outside on the page. */
export const HTML: Show = { name: text, sentence: prose }

export function verdictSection(report: Report): string {
  const { verdict, word, reason, dissociations, alarm } = headline(report)
  const changed = sinceBaseline(report)
  const since = changed === null ? '' : `<p class="small">${render(changed, HTML)}</p>`
  const sentences = dissociations.slice(0, 6).map((one) => `<p>${render(one, HTML)}.</p>`)
  const alarms =
    sentences.length === 0
      ? ''
      : `<div class="alarm" role="alert"><strong>${capital(alarm)}: perplexity does not see it</strong>${sentences.join('')}</div>`
  return `<section aria-label="Verdict">${alarms}
<div class="verdict"><span class="badge ${verdict ?? ''}">${word}</span><div><p>${render(reason, HTML)}</p>${since}</div></div></section>`
}

const STATUS_MARKS = { pass: '✓', fail: '✗', inconclusive: '?' } as const

/** A cell that says what it is where a narrow window puts the cells of a row under one another. */
export const cell = (label: string, content: string, attributes = ''): string =>
  `<td data-label="${label}"${attributes}>${content}</td>`

/** One row per candidate and read-out. `pairIndex` gives the index of the features below, or −1. */
export function candidatesSection(
  report: Report,
  pairIndex: (candidate: string, readout: string) => number,
): string {
  const hasFeatures = report.readouts.length > 0
  const ordered = bySeverity(report.candidates)
  const shown = ordered.map((candidate) => ({ ...candidate, features: [...shownReadouts(candidate)] }))
  const rowsOf = (candidates: readonly CandidateReport[]) =>
    candidates.flatMap((one) => (hasFeatures ? candidateRows(one, pairIndex) : [behaviourRow(one)]))
  const ofFeatures = ['Read-out', 'Survived', 'Degraded', 'Damaged', 'Mean&nbsp;ρ']
  const head = [
    '<span class="unseen">Verdict</span>',
    'Candidate',
    'Perplexity',
    'KL, nats',
    ...(hasFeatures ? ofFeatures : ['Top-1 agreement']),
  ]
  const table = (label: string, candidates: readonly CandidateReport[]) =>
    `<div class="card wide"><table class="overview stacks" aria-label="${label}">
<thead><tr>${head.map((one) => `<th scope="col">${one}</th>`).join('')}</tr></thead><tbody>${rowsOf(candidates).join('\n')}</tbody></table></div>`
  const isShortened = shown.some(({ features }, i) => features.length < (ordered[i]?.features.length ?? 0))
  const count = format.count(report.readouts.length)
  const every = isShortened
    ? `<details class="more"><summary>All ${count} read-outs of every candidate</summary>${table('Candidates at every read-out', ordered)}</details>`
    : ''
  const which = isShortened ? `Of ${count} read-outs, the one where the fewest features survive. ` : ''
  return `<section><h2>Candidates</h2>${table('Candidates, worst first', shown)}
<p class="small" style="margin-top:8px">${which}${classesSentence(report)}</p>${every}</section>`
}

function classesSentence(report: Report): string {
  const thresholds = report.readouts[0]?.thresholds
  const brackets = `Brackets: ${format.percent(report.confidence, 0)} intervals.`
  if (!thresholds) return brackets
  return `Survived: ρ at or above ${format.number(thresholds.survived)}; damaged: below ${format.number(thresholds.damaged)}; between: degraded. Of features that fire on more than ${format.percent(thresholds.active, 2)} of tokens in the reference. ${brackets}`
}

/** Of an audit without SAEs. */
function behaviourRow(candidate: CandidateReport): string {
  const { divergence } = candidate
  const agreement =
    divergence === null
      ? '–'
      : figureCell(
          format.percent(divergence.top1Agreement),
          '',
          limitOf(candidate, 'divergence.top1Agreement', null, divergence.top1Agreement),
          '',
        )
  return `<tr class="first">${sharedCells(candidate, 1)}${cell('Top-1 agreement', agreement)}</tr>`
}

function candidateRows(
  candidate: CandidateReport,
  pairIndex: (candidate: string, readout: string) => number,
): string[] {
  const shared = sharedCells(candidate, Math.max(1, candidate.features.length))
  if (candidate.features.length === 0) return [`<tr class="first">${shared}<td colspan="6">–</td></tr>`]
  return candidate.features.map((features, i) => {
    const index = pairIndex(candidate.name, features.readout)
    const open =
      index < 0
        ? text(features.readout)
        : `<button type="button" class="open" data-pair="${index}" title="Show its features">${text(features.readout)}</button>`
    return `<tr${i === 0 ? ' class="first"' : ''}>${i === 0 ? shared : ''}${cell('Read-out', open)}${featureCells(candidate, features)}</tr>`
  })
}

/** What a candidate has once, over so many rows. */
function sharedCells(candidate: CandidateReport, span: number): string {
  const verdict = candidate.verdict
  const mark =
    verdict === null
      ? ''
      : `<span class="dot ${verdict}" title="${verdict}">${STATUS_MARKS[verdict]}</span><span class="unseen">${verdict}</span>`
  const spec = candidate.spec === candidate.name ? '' : `<span class="limit">${text(candidate.spec)}</span>`
  const flag = candidate.dissociation.flag
    ? `<span class="limit fail">${candidate.dissociation.undecided === true ? 'possibly ' : ''}dissociated</span>`
    : ''
  const rows = ` rowspan="${span}"`
  return `<td${rows}>${mark}</td><td${rows} class="name"><b>${text(candidate.name)}</b>${spec}${flag}</td>
${cell('Perplexity', perplexityCell(candidate), rows)}${cell('KL, nats', klCell(candidate), rows)}`
}

function figureCell(figure: string, interval: string, rule: RuleResult | null, change: string): string {
  const waived = rule?.status === 'waived' ? '<br>waived' : ''
  const limit = rule === null ? '' : `<em class="${rule.status}">${format.shortLimit(rule)}${waived}</em>`
  const notes = [interval.replaceAll(' ', '\u00A0'), limit].filter((part) => part !== '').join(' ')
  return `<b>${figure}</b><span class="limit">${notes}</span>${change === '' ? '' : `<span class="limit">${change}</span>`}`
}

function perplexityCell(candidate: CandidateReport): string {
  const shown = shownPerplexity(candidate)
  if (!shown) return '–'
  const metric = `perplexity.${shown.protocol}.deltaPercent`
  const { deltaPercent, ci, reference, candidate: now } = shown.figure
  const both = `${format.change(reference, now)}, ${shown.protocol}`
  return figureCell(
    format.signedPercent(deltaPercent),
    format.signedInterval(ci),
    limitOf(candidate, metric, null, deltaPercent),
    [both, ...perplexityNotes(candidate, shown.protocol).split('; ')]
      .filter((part) => part !== '')
      .join('<br>'),
  )
}

function klCell(candidate: CandidateReport): string {
  const { divergence } = candidate
  if (!divergence) return '–'
  const rule = limitOf(candidate, 'divergence.klMean', null, divergence.klMean)
  const { klMean, klMeanCi } = divergence
  const digits = format.smallDigits(klMean)
  return figureCell(format.decimal(klMean, digits), format.decimalInterval(klMeanCi, digits), rule, '')
}

function featureCells(candidate: CandidateReport, features: FeaturesReport): string {
  const [survived, degraded, damaged] = (['survived', 'degraded', 'damaged'] as const).map((kind) => {
    const { fraction, ci } = ofActive(features)?.[kind] ?? NO_SHARE
    const before = baselineOf(candidate, `features.${kind}`, features.readout)
    const change = before === null ? '' : `${format.signed(100 * before.delta, 1)} points on the baseline`
    return figureCell(
      format.percent(fraction),
      format.percentInterval(ci),
      limitOf(candidate, `features.${kind}`, features.readout, fraction),
      change,
    )
  })
  const widths = [features.survived, features.degraded, features.damaged].map((one) =>
    (100 * one.fraction).toFixed(2),
  )
  const bar = `<span class="stack" aria-hidden="true">${['s', 'g', 'd'].map((name, i) => `<i class="${name}" style="width:${widths[i]}%"></i>`).join('')}</span>`
  const active = ofActive(features)
  const mean = figureCell(
    format.decimal(active?.meanCorrelation, 3),
    format.decimalInterval(active?.meanCorrelationCi, 3),
    null,
    '',
  )
  return [
    cell('Survived', `${bar}${survived}`),
    cell('Degraded', degraded ?? ''),
    cell('Damaged', damaged ?? ''),
    cell('Mean ρ', mean),
  ].join('')
}

/** '' without a policy. */
export function rulesSection(report: Report): string {
  if (report.policy === null) return ''
  const concerned = bySeverity(report.candidates).flatMap((one) =>
    rulesToSee(one).map((rule) => ruleRow(one, rule)),
  )
  const passed = report.candidates.flatMap((one) =>
    one.rules.filter((rule) => rule.status === 'pass').map((rule) => ruleRow(one, rule)),
  )
  const waived = report.candidates
    .flatMap((one) => one.rules)
    .filter((rule) => rule.status === 'waived').length
  const waivers = waived === 0 ? '' : ` ${format.count(waived)} ${waived === 1 ? 'is' : 'are'} waived.`
  const body = concerned.length === 0 ? '<p>Every rule passes.</p>' : shownRules(concerned)
  const rest =
    passed.length === 0
      ? ''
      : `<details class="more"><summary>${format.count(passed.length)} rules that pass</summary><div class="card wide">${rulesTable(passed, 'Rules that pass')}</div></details>`
  return `<section><h2>Rules</h2><p class="muted">Policy ${text(report.policy.name)}.${waivers} A rule decides on the whole interval, not on the point.</p>${body}${rest}</section>`
}

/** More rows than this are folded. */
const MOST_OPEN_RULES = 24

function shownRules(rows: readonly string[]): string {
  const first = `<div class="card wide">${rulesTable(rows.slice(0, MOST_OPEN_RULES), 'Rules that did not pass')}</div>`
  const rest = rows.slice(MOST_OPEN_RULES)
  return rest.length === 0
    ? first
    : `${first}<details class="more"><summary>${format.count(rest.length)} more that did not pass</summary><div class="card wide">${rulesTable(rest, 'More rules that did not pass')}</div></details>`
}

function rulesTable(rows: readonly string[], label: string): string {
  const head = ['Status', 'Candidate', 'Rule', 'Observed', 'Limit', 'What would change it']
  return `<table class="rules stacks" aria-label="${label}"><thead><tr>${head.map((one) => `<th scope="col">${one}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}

const NO_WRAP = ' style="white-space:nowrap"'

function ruleRow(candidate: CandidateReport, rule: RuleResult): string {
  const { observed, interval, limit } = format.ruleText(rule)
  const where = rule.scope === null ? text(rule.metric) : text(rule.scope)
  const notes = [
    ...(rule.waiver ? [`Waived until ${prose(rule.waiver.expires)}: ${prose(rule.waiver.reason)}`] : []),
    ...(rule.observed === null ? [prose(capital(rule.message))] : []),
    ...(rule.advice === undefined ? [] : [prose(capital(rule.advice))]),
  ]
  const status = rule.status === 'fail' && rule.level === 'warning' ? 'warning' : rule.status
  const colour = {
    pass: 'pass',
    fail: 'fail',
    inconclusive: 'inconclusive',
    warning: 'inconclusive',
    waived: '',
    skipped: '',
  }[status]
  const sign = { pass: '✓', fail: '✗', inconclusive: '?', warning: '!', waived: '○', skipped: '–' }[status]
  return `<tr><td${NO_WRAP}><span class="dot ${colour}" aria-hidden="true">${sign}</span> ${status}</td>${cell('Candidate', text(candidate.name))}${cell('Rule', `${text(rule.id)}<span class="limit">${where}</span>`)}
${cell('Observed', `${observed} <span class="small">${interval}</span>`, NO_WRAP)}${cell('Limit', limit, NO_WRAP)}${notes.length === 0 ? '<td></td>' : cell('What would change it', notes.join('<br>'))}</tr>`
}

export function warningsSection(report: Report): string {
  const all = [
    ...report.warnings.map(prose),
    ...report.candidates.flatMap((one) =>
      one.warnings.map((warning) => `${text(one.name)}: ${prose(warning)}`),
    ),
  ]
  return listSection('Warnings', all)
}

export function notesSection(report: Report): string {
  return listSection('Notes', (report.notes ?? []).map(prose))
}

/** '' without items; at most 200 are shown. */
function listSection(title: string, items: readonly string[]): string {
  const shown = items.slice(0, 200).map((one) => `<li>${one}</li>`)
  return shown.length === 0 ? '' : `<section><h2>${title}</h2><ul>${shown.join('')}</ul></section>`
}

export function setupSection(report: Report): string {
  const { reference, corpus, policy, baseline, tool, confidence } = report
  const rows: [string, string][] = [
    [
      'Reference',
      `${text(reference.spec)} ${reference.revision === null ? '' : `at ${text(format.shortHash(reference.revision))}`}, ${text(reference.family)}, ${format.count(reference.parameters)} parameters, stored as ${text(reference.storedAs)}, sha256 ${text(format.shortHash(reference.sha256))}`,
    ],
    ...report.readouts.map((one): [string, string] => [
      'Read-out',
      `${text(one.sae)} at ${text(one.hook)}: ${format.count(one.active)} of ${format.count(one.width)} features active, ${format.count(one.dead)} never fired, ${format.number(one.l0, 3)} fire per position, variance unexplained ${format.percent(one.varianceUnexplained)}; positions ${one.positions}${one.center ? ', centred' : ''}; sha256 ${text(format.shortHash(one.sha256))}`,
    ]),
    [
      'Corpus',
      `${text(corpus.spec)}: ${format.count(corpus.tokens)} tokens in ${format.count(corpus.blocks)} sequences of ${format.count(corpus.blockLength)}; sha256 ${text(format.shortHash(corpus.sha256))}`,
    ],
    ...(policy === null
      ? []
      : [
          [
            'Policy',
            `${text(policy.name)}${policy.informational ? ', informational' : ''}; sha256 ${text(format.shortHash(policy.sha256))}`,
          ] satisfies [string, string],
        ]),
    ...(baseline === null
      ? []
      : [['Baseline', `${text(baseline.path)} of ${text(baseline.createdAt)}`] satisfies [string, string]]),
    ['Intervals', `${format.percent(confidence, 0)}, ${methodWords(corpus)}`],
    [
      'Run',
      `saegate ${text(tool.version)}, ${text(tool.engine)} on ${text(tool.device)}, ${tool.threads} threads, ${format.duration(tool.elapsedSeconds)}, ${text(report.createdAt)}`,
    ],
    ...computingRows(tool, text),
  ]
  const body = rows.map(([key, value]) => `<tr><th scope="row">${key}</th><td>${value}</td></tr>`).join('\n')
  return `<section><h2>Set-up</h2><div class="card wide"><table><tbody>${body}</tbody></table></div>
<h2>How to reproduce</h2><pre tabindex="0"><code>${xml(reproduceCommand(report).replace(/[\p{Cc}\p{Cf}]/gu, (one) => (one === '\n' ? one : '\uFFFD')))}</code></pre></section>`
}
