/**
 * @file index.html: every model with its last verdict. All rows are in the page, for readers without scripts and for print; the
 * script (index-client.ts) takes them out and shows those that are asked for, a hundred at a time.
 */
import { bytesWords } from '../../report/ranking/shown.ts'
import { count, MISSING, number, percent, signedPercent } from '../../report/words/format.ts'
import { xml } from '../../report/words/xml-escape.ts'
import type { Figures } from '../outcome.ts'
import { outcomeWord } from '../words/figures.ts'
import type { BaseGroup } from './bases.ts'
import { indexScript } from './index-client.ts'
import { isMeasured, type SiteModel } from './models.ts'
import { cell, name, outcomeMark, plain, sitePage, timeOf } from './shell.ts'

const COLUMNS = [
  'Verdict',
  'Model',
  'Survived',
  'Perplexity',
  'KL, nats',
  'Bytes',
  'Audits',
  'Last audit',
] as const

export function indexPage(title: string, models: readonly SiteModel[], bases: readonly BaseGroup[]): string {
  const counts = new Map<string, number>()
  for (const { last } of models) {
    const word = outcomeWord(last?.what.outcome ?? null)
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const words = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  const said = words.map(([word, n]) => `${count(n)} ${word}`).join(', ')
  return sitePage({
    title,
    up: '',
    main: `<h1>${plain(title)}</h1>
<p>${count(models.length)} ${models.length === 1 ? 'model' : 'models'}${said === '' ? '' : `: ${said}`}.</p>
${basesList(bases)}
<section><h2>Models</h2>
${controls(
  words.map(([word]) => word),
  [...new Set(models.map(({ source }) => source))].sort(),
)}
<div class="card wide"><table class="models stacks" aria-label="Models"><thead>${head()}</thead><tbody id="models">
${models.map(row).join('\n')}
</tbody></table></div>
<div class="pager" hidden><button type="button" id="earlier">Back</button><button type="button" id="later">Next</button><output id="place" class="muted"></output></div></section>`,
    script: indexScript(),
  })
}

/** More would push the models out of sight. */
const MOST_OPEN = 5

function basesList(bases: readonly BaseGroup[]): string {
  if (bases.length === 0) return ''
  const items = bases.map(
    ({ slug, title, members }) =>
      `<li><a href="base/${slug}.html">${plain(title)}</a>: ${count(members.length)} quantizations</li>`,
  )
  const isOpen = bases.length <= MOST_OPEN ? ' open' : ''
  return `<section><details class="more"${isOpen}><summary>By full-precision model: ${count(bases.length)} with quantizations beside each other</summary><ul>${items.join('')}</ul></details></section>`
}

const choices = (label: string, id: string, all: readonly string[]): string =>
  `<label>${label}<select id="${id}"><option value="">all</option>${all.map((one) => `<option>${xml(one)}</option>`).join('')}</select></label>`

/** What is asked for first is what has to be looked at. Column and direction: `-5` is the sixth, downwards. */
const ORDERS = [
  ['1', 'by name'],
  ['0', 'blocked first'],
  ['-7', 'newest first'],
  ['2', 'fewest surviving first'],
  ['-3', 'largest perplexity change first'],
  ['-4', 'largest KL first'],
] as const

function controls(verdicts: readonly string[], sources: readonly string[]): string {
  const orders = ORDERS.map(([value, label]) => `<option value="${value}">${label}</option>`).join('')
  return `<div class="controls" id="controls" hidden><label>Name contains<input id="find" type="search" autocomplete="off"></label>
${choices('Verdict', 'verdict', verdicts)}${choices('Source', 'source', sources)}
<label>Order<select id="order">${orders}</select></label><output id="shown" class="muted" aria-live="polite"></output></div>`
}

const head = (): string =>
  `<tr>${COLUMNS.map((one, i) => `<th scope="col" aria-sort="none"${i < 2 ? '' : ' class="figure"'}><button type="button" data-column="${i}">${one}</button></th>`).join('')}</tr>`

/** In the order of what has to be looked at. */
const RANKS = ['fail', 'inconclusive', 'pass', 'measured', 'not yet audited']

const rankOf = (word: string): number => (RANKS.includes(word) ? RANKS.indexOf(word) : 0.5)

function row({ slug, source, name: own, base, isListed, audits, last }: SiteModel): string {
  const outcome = last?.what.outcome ?? null
  const measured = audits.findLast(({ what }) => isMeasured(what))?.what
  const figures: Figures | null =
    measured !== undefined && isMeasured(measured) ? measured.outcome.figures : null
  const figure = (label: string, value: number | null | undefined, text: string): string =>
    cell(label, text, ` class="figure" data-value="${value ?? ''}"`)
  const word = outcomeWord(outcome)
  const notes = [
    ...(base === null ? [] : [`made of ${name(base)}`]),
    ...(isListed ? [] : ['no longer listed']),
  ]
  return `<tr data-source="${xml(source)}" data-verdict="${xml(word)}">${cell('Verdict', outcomeMark(outcome), ` data-value="${rankOf(word)}"`)}${cell('Model', `<a href="model/${slug}.html">${name(own)}</a><span class="limit">${name(source)}${notes.map((one) => `, ${one}`).join('')}</span>`, ' class="name"')}${figure('Survived', figures?.survived, percent(figures?.survived))}${figure('Perplexity', figures?.perplexityDelta, signedPercent(figures?.perplexityDelta))}${figure('KL, nats', figures?.klMean, number(figures?.klMean, 3))}${figure('Bytes', figures?.bytes, figures?.bytes == null ? MISSING : bytesWords(figures.bytes))}${figure('Audits', audits.length, count(audits.length))}${cell('Last audit', last === null ? MISSING : timeOf(last.at), ` class="figure" data-value="${last === null ? '' : Date.parse(last.at) || ''}"`)}</tr>`
}
