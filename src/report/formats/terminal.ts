/**
 * @file The survival table on a terminal: one block per read-out, dissociation loudly, every rule on a line, and the
 * verdict last, where the cursor is. Fits 100 columns; colour and block characters only where the terminal has them.
 */
import type {
  CandidateReport,
  FeaturesReport,
  Report,
  RuleResult,
} from '../../contract/report/report-schema.ts'
import { withoutCommands } from '../../escape/plain-lines.ts'
import { visible } from '../../escape/visible.ts'
import { fewestGroups, methodOf } from '../../statistics/intervals/resampling.ts'
import { biasWords, isBiasNotable, survivalBias } from '../words/bias.ts'
import { ascii, clip, columns, pad, wrap } from '../words/columns.ts'
import {
  alsoMeasured,
  NO_SHARE,
  ofActive,
  readoutOf,
  referencePerplexity,
  rulesToSee,
  shownPerplexity,
} from '../words/figures.ts'
import {
  bar,
  count,
  decimal,
  duration,
  MISSING,
  number,
  percent,
  plusMinus,
  ruleText,
  signedPercent,
} from '../words/format.ts'
import { headline } from '../words/headline.ts'
import { methodWords } from '../words/method.ts'
import { leastSurvivedOf } from '../words/parts/survival-by-kind.ts'
import { worstKindOf } from '../words/parts/token-parts.ts'
import { capital, PLAIN, render } from '../words/phrase.ts'
import { layerLines } from './layer-lines.ts'
import { tokenLines } from './token-statistics.ts'

export interface TerminalStyle {
  readonly colour: boolean
  /** Block characters, ✓ ✗ ρ; else ASCII only. */
  readonly unicode: boolean
  /** With what is known of single tokens, which takes a screen for each candidate. */
  readonly tokens?: boolean
}

const WIDTH = 100
const CANDIDATE_WIDTH = 18
const BAR_WIDTH = 9

/** The whole report as lines for a terminal, ending with the verdict and a newline. */
export function terminalReport(report: Report, style: TerminalStyle): string {
  const lines = [
    ...setup(report),
    ...report.readouts.flatMap((readout) => ['', ...readoutBlock(report, readout.id, style)]),
    ...(report.readouts.length === 0 ? ['', ...behaviourBlock(report, style)] : []),
    ...layerLines(report),
    ...(style.tokens === true ? tokenLines(report) : []),
    ...rulesBlock(report, style),
    ...warningLines(report),
    ...verdictLines(report, style),
  ]
  const text = lines.map((line) => line.trimEnd()).join('\n')
  const plain = withoutCommands(text)
  return `${style.unicode ? plain : ascii(plain)}\n`
}

const CODES = { red: 31, green: 32, yellow: 33, grey: 90, bold: 1, alarm: '1;97;41' } as const
type Colour = keyof typeof CODES

function paint(text: string, colour: Colour, style: TerminalStyle): string {
  return style.colour && text !== '' ? `\u001B[${CODES[colour]}m${text}\u001B[0m` : text
}

const MARKS = { pass: '✓', fail: '✗', inconclusive: '?', waived: '○', skipped: '–' } as const
const MARK_COLOURS = {
  pass: 'green',
  fail: 'red',
  inconclusive: 'yellow',
  waived: 'grey',
  skipped: 'grey',
} as const

function mark(status: RuleResult['status'] | null, style: TerminalStyle): string {
  return status === null ? ' ' : paint(MARKS[status], MARK_COLOURS[status], style)
}

function setup(report: Report): string[] {
  const { reference, corpus, policy, tool } = report
  const own = referencePerplexity(report)
  const perplexity = own === null ? '' : `, ${own.protocol} perplexity ${number(own.value)}`
  const bos = corpus.bos === null ? '' : `, beginning-of-sequence ${corpus.bos}`
  const level = policy?.confidence === undefined ? '' : ` (rules at ${decimal(100 * policy.confidence, 0)} %)`
  return [
    clip(
      `reference  ${visible(reference.spec, 50)} (${visible(reference.family, 20)}, ${count(reference.parameters)} parameters)${perplexity}`,
      WIDTH,
    ),
    clip(
      `corpus     ${visible(corpus.spec, 40)}: ${count(corpus.tokens)} tokens, ${count(corpus.blocks)} sequences of ${corpus.blockLength}${bos}`,
      WIDTH,
    ),
    clip(
      `policy     ${policy === null ? 'none' : visible(policy.name, 40)}${level}; ${visible(tool.device, 20)}, ${duration(tool.elapsedSeconds)}`,
      WIDTH,
    ),
    ...intervalLines(report),
  ]
}

/** What the intervals are made of, and what such intervals cover. */
function intervalLines({ corpus, confidence }: Report): string[] {
  const words =
    corpus.groups < fewestGroups(methodOf(corpus))
      ? 'none (too few groups of sequences)'
      : `${decimal(100 * confidence, 0)} %, ${methodWords(corpus)}`
  const label = 'intervals  '
  return wrap(words, WIDTH - label.length).map(
    (part, i) => `${i === 0 ? label : ' '.repeat(label.length)}${part}`,
  )
}

/** Of what an audit without SAEs has, too. */
const BEHAVIOUR_HEADER = [
  `  ${'candidate'.padEnd(CANDIDATE_WIDTH)}`,
  `${'perplexity'.padStart(10)}${' '.repeat(7)}`,
  'KL'.padStart(8),
]

const HEADER = [
  ...BEHAVIOUR_HEADER,
  'survived'.padStart(9).padEnd(9 + 7 + BAR_WIDTH),
  'degraded'.padStart(9),
  'damaged'.padStart(9),
  'mean ρ',
].join(' ')

function readoutBlock(report: Report, id: string, style: TerminalStyle): string[] {
  const readout = readoutOf(report, id)
  const title = `${visible(id, 60)}: ${count(readout?.active ?? 0)} of ${count(readout?.width ?? 0)} features active`
  const rows = report.candidates.flatMap((candidate) => {
    const features = candidate.features.find((one) => one.readout === id)
    return features ? [row(candidate, features, style), ...slidingLine(candidate, style)] : []
  })
  return [
    paint(clip(title, WIDTH), 'bold', style),
    ...saeLine(report, readout),
    paint(HEADER, 'grey', style),
    ...rows,
  ]
}

/** Which SAE it is, where several read one hook. */
function saeLine({ readouts }: Report, readout: Report['readouts'][number] | undefined): string[] {
  if (readout === undefined || readouts.filter(({ hook }) => hook === readout.hook).length < 2) return []
  const { sae } = readout
  // Paths differ at their ends.
  const most = WIDTH - 2
  return [`  ${visible(sae.length > most ? `…${sae.slice(1 - most)}` : sae, most)}`]
}

/** Perplexity and KL, where no SAE names any features. */
function behaviourBlock(report: Report, style: TerminalStyle): string[] {
  const header = [...BEHAVIOUR_HEADER, 'top-1 agreement'.padStart(17)].join(' ')
  const rows = report.candidates.flatMap((candidate) => {
    const agreement = percent(candidate.divergence?.top1Agreement)
    return [
      [...behaviour(candidate, style), agreement.padStart(17)].join(' '),
      ...slidingLine(candidate, style),
    ]
  })
  return [paint(header, 'grey', style), ...rows]
}

/** The columns that every table of candidates begins with. */
function behaviour(candidate: CandidateReport, style: TerminalStyle): string[] {
  const figure = shownPerplexity(candidate)?.figure
  const change = signedPercent(figure?.deltaPercent, Math.abs(figure?.deltaPercent ?? 0) < 1000 ? 1 : 0)
  const name = pad(visible(candidate.name, CANDIDATE_WIDTH), CANDIDATE_WIDTH)
  return [
    `${mark(candidate.verdict, style)} ${candidate.dissociation.flag ? paint(name, 'red', style) : name}`,
    `${change.padStart(10)} ${plusMinus(figure?.ci, 1, Math.abs(figure?.deltaPercent ?? 0) < 100 ? 1 : 0).padEnd(6)}`,
    (candidate.divergence ? decimal(candidate.divergence.klMean, 4) : MISSING).padStart(8),
  ]
}

function row(candidate: CandidateReport, features: FeaturesReport, style: TerminalStyle): string {
  const shown = ofActive(features)
  const survived = shown?.survived ?? NO_SHARE
  const full = style.unicode ? '█' : '#'
  const empty = style.unicode ? '░' : '.'
  const survival =
    survived.fraction === null ? ' '.repeat(BAR_WIDTH) : bar(survived.fraction, BAR_WIDTH, full, empty)
  return [
    ...behaviour(candidate, style),
    `${percent(survived.fraction).padStart(9)} ${plusMinus(survived.ci, 100).padEnd(5)} ${paint(survival, barColour(candidate), style)}`,
    percent(shown?.degraded.fraction).padStart(9),
    percent(shown?.damaged.fraction).padStart(9),
    decimal(shown?.meanCorrelation, 3).padStart(6),
  ].join(' ')
}

/** The perplexity that the columns leave out, where a dissociation may quote it. */
function slidingLine(candidate: CandidateReport, style: TerminalStyle): string[] {
  const also = alsoMeasured(candidate)
  if (!also) return []
  const change = signedPercent(also.deltaPercent)
  const text = `${'  sliding'.padEnd(CANDIDATE_WIDTH + 2)} ${change.padStart(10)} ${plusMinus(also.ci, 1)}`
  return [paint(text, 'grey', style)]
}

function barColour(candidate: CandidateReport): Colour {
  return candidate.verdict === null ? 'grey' : MARK_COLOURS[candidate.verdict]
}

/** Per candidate: the rules that need a look, and how many passed. */
function rulesBlock(report: Report, style: TerminalStyle): string[] {
  if (report.policy === null) return []
  const all = report.candidates.flatMap(rulesToSee)
  const idWidth = Math.min(24, Math.max(0, ...all.map((rule) => columns(visible(rule.id)))))
  const whereWidth = Math.min(
    31,
    Math.max(0, ...all.map((rule) => columns(visible(rule.scope ?? rule.metric)))),
  )
  const lines = report.candidates.flatMap((candidate) => {
    const shown = rulesToSee(candidate)
    if (shown.length === 0) return []
    const passes = candidate.rules.length - shown.length
    const title = `${visible(candidate.name, 60)}: ${passes} of ${candidate.rules.length} rules pass`
    return [
      paint(title, 'bold', style),
      ...shown.flatMap((rule) => ruleLines(rule, idWidth, whereWidth, style)),
    ]
  })
  return lines.length === 0 ? [] : ['', ...lines]
}

function ruleLines(rule: RuleResult, idWidth: number, whereWidth: number, style: TerminalStyle): string[] {
  const { observed, interval, limit } = ruleText(rule)
  const where = pad(visible(rule.scope ?? rule.metric), whereWidth)
  const level = rule.level === 'warning' ? ' (warning)' : ''
  const facts = `${`${observed} ${interval}`.trim()}; ${limit}${level}`
  const line = `  ${mark(rule.status, style)} ${clip(`${pad(visible(rule.id), idWidth)} ${where} ${facts}`, WIDTH - 4)}`
  const notes = [
    ...(rule.status === 'skipped' || rule.observed === null ? [rule.message] : []),
    ...(rule.waiver ? [`waived until ${rule.waiver.expires}: ${rule.waiver.reason}`] : []),
    ...(rule.advice === undefined ? [] : [rule.advice]),
  ]
  return [
    line,
    ...notes.flatMap((note) =>
      wrap(capital(visible(note, 600)), WIDTH - 6).map((part) => paint(`      ${part}`, 'grey', style)),
    ),
  ]
}

/** Warnings with their mark; then notes, which are nothing to act on and have none. */
function warningLines(report: Report): string[] {
  const warnings = [
    ...report.warnings,
    ...report.candidates.flatMap((one) => one.warnings.map((text) => `${one.name}: ${text}`)),
  ]
  const lines = warnings.flatMap((text) => wrap(`! ${visible(text, 600)}`, WIDTH))
  const notes = (report.notes ?? []).flatMap((text) => wrap(capital(visible(text, 600)), WIDTH))
  const both = [...lines, ...notes, ...biasLines(report)]
  return both.length === 0 ? [] : ['', ...both]
}

/** Where finite text shifts figures by a part of their intervals worth knowing of: the read-out whose survival it shifts most, and how many more. */
function biasLines(report: Report): string[] {
  const notable = report.candidates.flatMap(({ name, features }) =>
    features.filter(isBiasNotable).map((readout) => ({ name, readout })),
  )
  const [first, ...rest] = notable.sort((a, b) => survivalBias(b.readout) - survivalBias(a.readout))
  if (first === undefined) return []
  const where = report.readouts.length === 1 ? '' : ` at ${visible(first.readout.readout, 40)}`
  const more =
    rest.length === 0 ? '' : ` ${rest.length} more such: survived moves by less (bias in report.json).`
  return wrap(
    `Estimated bias from finite text, in the intervals: ${visible(first.name, 60)}${where}: ${biasWords(first.readout) ?? ''}.${more}`,
    WIDTH,
  )
}

function verdictLines(report: Report, style: TerminalStyle): string[] {
  const { verdict, word, reason, dissociations, alarm } = headline(report)
  const label = ` ${alarm.toUpperCase()} `
  const alarms = dissociations.flatMap((one) => {
    const [first = '', ...rest] = wrap(`${render(one, PLAIN)}.`, WIDTH - label.length - 1)
    return [
      `${paint(label, 'alarm', style)} ${paint(first, 'bold', style)}`,
      ...rest.map((part) => `${' '.repeat(label.length + 1)}${paint(part, 'bold', style)}`),
    ]
  })
  const kinds = [worstKindOf(report), leastSurvivedOf(report)]
  const [first = '', ...rest] = wrap(render(reason, PLAIN), WIDTH - word.length - 2)
  const colour = verdict === null ? 'bold' : MARK_COLOURS[verdict]
  const indent = ' '.repeat(word.length + 2)
  return [
    '',
    ...alarms,
    ...(alarms.length > 0 ? [''] : []),
    ...kinds.flatMap((kind) => (kind === null ? [] : wrap(`${render(kind, PLAIN)}.`, WIDTH))),
    `${paint(word, colour, style)}  ${first}`,
    ...rest.map((part) => indent + part),
  ]
}
