/** @file KL and agreement by how sure the reference was, on the page: folded by candidate. */
import type { Report } from '../../contract/report/report-schema.ts'
import { CONFIDENCE_HEADER, confidenceRows } from '../words/by-confidence.ts'
import { bySeverity } from '../words/figures.ts'
import { xml } from '../words/xml-escape.ts'
import { text } from './sections.ts'

/** '' of older reports, and of audits without losses. */
export function confidenceSection(report: Report): string {
  const parts = bySeverity(report.candidates).flatMap((candidate) => {
    const rows = confidenceRows(candidate)
    if (rows.length === 0) return []
    const head = CONFIDENCE_HEADER.map((one) => `<th scope="col">${xml(one)}</th>`).join('')
    const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${xml(cell)}</td>`).join('')}</tr>`)
    return [
      `<details class="more"><summary>${text(candidate.name)}</summary><div class="card wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div></details>`,
    ]
  })
  if (parts.length === 0) return ''
  return `<section><h2>By how sure the reference was</h2>
<p class="small">Tokens by the probability of the token that the reference thought likeliest. What is lost where it was sure is not noise.</p>
${parts.join('\n')}</section>`
}
