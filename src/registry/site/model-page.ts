/** @file The page of one model: its last verdict with the rules, how its figures moved, which features were newly damaged. */
import type { Report } from '../../contract/report/report-schema.ts'
import { badgeSvg } from '../../report/formats/badge-svg.ts'
import { rulesSection } from '../../report/page/sections.ts'
import {
  count,
  decimal,
  decimalInterval,
  MISSING,
  number,
  percent,
  percentInterval,
  signedInterval,
  signedPercent,
} from '../../report/words/format.ts'
import { xml } from '../../report/words/xml-escape.ts'
import type { Figures, Outcome } from '../outcome.ts'
import { retryWords } from '../outcome.ts'
import type { Finished, Recorded } from '../state/entries.ts'
import { outcomeWord } from '../words/figures.ts'
import { modelBadge } from './badges.ts'
import { isMeasured, type SiteModel } from './models.ts'
import type { Intervals, Moved } from './reports.ts'
import { cell, headRow, name, outcomeMark, plain, sitePage, timeOf } from './shell.ts'
import { MOST_POINTS, type Trend, type TrendPoint, trend } from './trend.ts'

/** What is known of a model besides its history. */
export interface ModelReports {
  /** By the ids of audits. */
  readonly intervals: ReadonlyMap<string, Intervals>
  /** Of the last audit that has one. */
  readonly last: Report | null
  /** By the id of the later audit. */
  readonly moved: ReadonlyMap<string, readonly Moved[]>
  /** Where the page of the last report is, from here; null: it is not in the site. */
  readonly reportPage: string | null
}

/** More ids are in the tables beside the report. */
const MOST_FEATURES = 100
/** More audits are in `registry history`. */
const MOST_AUDITS = 200

export function modelPage(model: SiteModel, reports: ModelReports): string {
  const { id, name: own, source, slug, last, base, revision, isListed } = model
  const outcome = last?.what.outcome ?? null
  const notes = [
    `Source ${name(source)}`,
    `revision ${name(revision.slice(0, 12))}`,
    ...(base === null ? [] : [`made of ${name(base)}`]),
    ...(isListed ? [] : ['no longer listed']),
  ]
  return sitePage({
    title: id,
    up: '../',
    main: `<h1>${name(own)}</h1>
<p class="muted">${notes.join(', ')}.</p>
${verdict(last, outcome, reports.reportPage)}
${trends(model, reports)}
${movedSection(model, reports)}
${reports.last === null ? '' : rulesSection(reports.last)}
${auditsSection(model)}
${badgeSection(slug, outcome)}`,
  })
}

function verdict(last: Recorded<Finished> | null, outcome: Outcome | null, report: string | null): string {
  const word = outcomeWord(outcome)
  const colour = outcome?.kind === 'verdict' ? (outcome.verdict ?? '') : ''
  const said =
    outcome === null
      ? 'No audit of it has ended yet.'
      : outcome.kind === 'error'
        ? `It could not be audited (${name(outcome.code)}): ${plain(retryWords(outcome.class, last?.what.tries ?? 1))}.`
        : `${figureList(outcome.figures)}.`
  const when = last === null ? '' : ` ${timeOf(last.at)}.`
  const link = report === null ? '' : ` <a href="${xml(report)}">The whole report</a>.`
  return `<div class="verdict"><span class="badge ${colour}">${xml(word.toUpperCase())}</span><p>${said}${when}${link}</p></div>`
}

const figureList = ({ survived, damaged, perplexityDelta, klMean }: Figures): string =>
  [
    `${percent(survived)} of active features survive`,
    `${percent(damaged)} are damaged`,
    `perplexity ${signedPercent(perplexityDelta)}`,
    `KL ${number(klMean, 3)} nats`,
  ].join(', ')

interface Trended extends Trend {
  readonly key: keyof Intervals
}

const TRENDS: readonly Trended[] = [
  {
    id: 'survived',
    key: 'survived',
    title: 'Features that survive',
    description: 'Of the active ones, at the read-out where the fewest do.',
    words: (value) => percent(value),
    interval: (ci) => percentInterval(ci),
  },
  {
    id: 'perplexity',
    key: 'perplexityDelta',
    title: 'Change of perplexity',
    description: 'Against the full-precision model.',
    words: (value) => signedPercent(value),
    interval: (ci) => signedInterval(ci),
  },
  {
    id: 'kl',
    key: 'klMean',
    title: 'KL divergence',
    description: 'Nats per token, on average.',
    words: (value) => decimal(value, 4),
    interval: (ci) => decimalInterval(ci, 4),
  },
]

function trends({ audits }: SiteModel, { intervals }: ModelReports): string {
  const pointsOf = (key: keyof Intervals): readonly TrendPoint[] =>
    audits.flatMap(({ id, at, what }) => {
      if (!isMeasured(what)) return []
      const { figures, verdict: judged } = what.outcome
      const value = figures[key]
      const ci = intervals.get(id)?.[key] ?? null
      return value === null ? [] : [{ at, revision: what.revision, value, ci, verdict: judged }]
    })
  const figures = TRENDS.map((one) => trend(one, pointsOf(one.key))).filter((one) => one !== '')
  if (figures.length === 0) return ''
  const measured = audits.filter(({ what }) => isMeasured(what)).length
  const cut = measured > MOST_POINTS ? ` The last ${MOST_POINTS} of ${count(measured)} are shown.` : ''
  return `<section class="trend"><h2>From audit to audit</h2><p class="muted">Bars are intervals, where the report is still kept. Green passes, red fails, yellow is undecided.${cut}</p><div class="grid">${figures.join('\n')}</div></section>`
}

function movedSection({ audits }: SiteModel, { moved }: ModelReports): string {
  const parts = [...audits].reverse().flatMap(({ id, at, what }) =>
    (moved.get(id) ?? []).map(({ readout, newlyDamaged, repaired }) => {
      const head = `<h3>${timeOf(at)}, revision ${name(what.revision.slice(0, 12))}, at ${name(readout)}</h3><p>${count(newlyDamaged.length)} newly damaged, ${count(repaired)} damaged no longer, since the audit before.</p>`
      if (newlyDamaged.length === 0) return head
      const rows = newlyDamaged.slice(0, MOST_FEATURES).map(({ feature, before, after, address }) => {
        const number_ = address === null ? String(feature) : `<a href="${xml(address)}">${feature}</a>`
        return `<tr><td>${number_}</td><td>${decimal(before, 3)}</td><td>${decimal(after, 3)}</td></tr>`
      })
      const more =
        newlyDamaged.length > MOST_FEATURES
          ? `<p class="small">The ${MOST_FEATURES} that lost the most; the tables beside the reports have all.</p>`
          : ''
      return `${head}<details class="more" open><summary>Features and their ρ before and after</summary><div class="wide"><table class="plain" aria-label="Newly damaged features"><thead>${headRow(['Feature', 'Before', 'After'])}</thead><tbody>${rows.join('')}</tbody></table></div>${more}</details>`
    }),
  )
  return parts.length === 0 ? '' : `<section><h2>Newly damaged features</h2>${parts.join('\n')}</section>`
}

function auditsSection({ audits }: SiteModel): string {
  if (audits.length === 0) return ''
  const rows = [...audits]
    .reverse()
    .slice(0, MOST_AUDITS)
    .map(({ at, what }) => {
      const { outcome, revision } = what
      const figures = outcome.kind === 'verdict' ? outcome.figures : null
      return `<tr>${cell('Ended', timeOf(at))}${cell('Outcome', outcomeMark(outcome))}${cell('Revision', name(revision.slice(0, 12)))}${cell('Survived', percent(figures?.survived))}${cell('Perplexity', signedPercent(figures?.perplexityDelta))}${cell('KL, nats', number(figures?.klMean, 3))}${cell('saegate', figures === null ? MISSING : name(what.inputs.tool))}</tr>`
    })
  return `<section><h2>Audits</h2><div class="card wide"><table class="models stacks" aria-label="Audits, the last one first"><thead>${headRow(['Ended', 'Outcome', 'Revision', 'Survived', 'Perplexity', 'KL, nats', 'saegate'])}</thead><tbody>
${rows.join('\n')}
</tbody></table></div></section>`
}

const badgeSection = (slug: string, outcome: Outcome | null): string =>
  `<section><h2>Badge</h2><p>${badgeSvg(modelBadge(outcome))}</p><p class="small">${name(`badge/${slug}.svg`)} is the picture, ${name(`badge/${slug}.json`)} what an endpoint badge of shields.io reads.</p></section>`
