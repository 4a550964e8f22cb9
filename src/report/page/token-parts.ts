/**
 * @file Tables of the page: what was asked for beside features, then KL and agreement over parts of the tokens, by how sure the reference was and by the
 * kind of token, folded by candidate.
 */
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { bySeverity } from '../words/figures.ts'
import { moreTables } from '../words/parts/more-tables.ts'
import {
  CONFIDENCE_HEADER,
  confidenceRows,
  KIND_HEADER,
  kindRows,
  worstKindSentence,
} from '../words/parts/token-parts.ts'
import { type Outside, render } from '../words/phrase.ts'
import { xml } from '../words/xml-escape.ts'
import { HTML, text } from './sections.ts'

/** '' of older reports, and of audits without losses. */
export function confidenceSection(report: Report): string {
  return section(
    'By how sure the reference was',
    'Tokens by the probability of the token that the reference thought likeliest. What is lost where it was sure is not noise.',
    bySeverity(report.candidates).map((candidate) =>
      folded(text(candidate.name), CONFIDENCE_HEADER, confidenceRows(candidate)),
    ),
  )
}

/** '' of older reports, and of audits without losses. */
export function kindSection(report: Report): string {
  return section(
    'By kind of token',
    'Tokens by what is predicted; a token may be of several kinds. A candidate is said to differ most on a kind where its whole interval lies above that of all tokens.',
    bySeverity(report.candidates).map((candidate) =>
      folded(summaryOf(candidate), KIND_HEADER, kindRows(candidate)),
    ),
  )
}

/** '' where nothing more was asked for. */
export function moreSections(report: Report): string {
  return moreTables(report)
    .map(({ title, words, header, rows }) =>
      section(title, xml(words), [
        tableOf(
          header,
          rows.map((row) => row.map(cellOf)),
        ),
      ]),
    )
    .join('\n')
}

const cellOf = (cell: string | Outside): string => (typeof cell === 'string' ? xml(cell) : text(cell.outside))

function summaryOf(candidate: CandidateReport): string {
  const worst = worstKindSentence(candidate)
  return worst === null ? text(candidate.name) : render(worst, HTML)
}

function section(title: string, words: string, parts: readonly string[]): string {
  const shown = parts.filter((part) => part !== '')
  if (shown.length === 0) return ''
  return `<section><h2>${title}</h2>
<p class="small">${words}</p>
${shown.join('\n')}</section>`
}

/** A table that opens by its summary, which is markup; '' without rows. */
function folded(summary: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => row.map(xml))
  return `<details class="more"><summary>${summary}</summary>${tableOf(header, cells)}</details>`
}

/** `rows`: markup. */
function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = header.map((one) => `<th scope="col">${xml(one)}</th>`).join('')
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  return `<div class="card wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}
