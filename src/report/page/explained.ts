/** @file What the most changed features are about, on the page: folded by candidate and read-out, every context with its peak marked. */
import type { FeaturesReport, Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { bySeverity, neuronpediaUrl, readoutOf } from '../words/figures.ts'
import * as format from '../words/format.ts'
import { xml } from '../words/xml-escape.ts'
import { text } from './sections.ts'

/** More would make the page large, and nobody opens them. */
const MOST_PAIRS = 200

/** '' where nothing is explained. */
export function explainedSection(
  report: Report,
  pairIndex: (candidate: string, readout: string) => number,
): string {
  const pairs = bySeverity(report.candidates).flatMap((candidate) =>
    candidate.features
      .filter(({ explained = [] }) => explained.length > 0)
      .map((features) => ({ name: candidate.name, features })),
  )
  if (pairs.length === 0) return ''
  const parts = pairs
    .slice(0, MOST_PAIRS)
    .map(
      ({ name, features }, i) =>
        `<details class="more"${i === 0 ? ' open' : ''}><summary>${text(name)} at ${text(features.readout)}</summary>${featureList(report, features, pairIndex(name, features.readout))}</details>`,
    )
  return `<section id="explained"><h2>What the most changed features are about</h2>
<p class="small">Where each fires most in the reference, and what the candidate makes of it there. Tokens that it speaks for are those its decoder row raises most.</p>
${parts.join('\n')}</section>`
}

/** `pair`: index on the page, by which its tables find a feature here; −1: it has none. */
function featureList(report: Report, { readout, explained = [] }: FeaturesReport, pair: number): string {
  const items = explained.map(({ feature, watched = false, correlation, contexts, promotes }) => {
    const url = neuronpediaUrl(readoutOf(report, readout), feature)
    const name =
      url === null ? `Feature ${feature}` : `<a href="${xml(url)}" rel="noreferrer">Feature ${feature}</a>`
    const rho = correlation === null ? 'no ρ' : `ρ ${format.decimal(correlation, 3)}`
    const speaks = promotes.length === 0 ? '' : `, speaks for ${promotes.map(text).join(' ')}`
    const rows = contexts.map(
      ({ before, token, after, reference, candidate }) =>
        `<tr><td>${format.number(reference, 3)}</td><td>${format.number(candidate, 3)}</td><td>${words(before)}<mark>${words(token)}</mark>${words(after)}</td></tr>`,
    )
    const anchor = pair < 0 ? '' : ` id="about-${pair}-${feature}"`
    return `<div class="card wide"${anchor}><h3>${name} <span class="small">${watched ? 'watched, ' : ''}${rho}${speaks}</span></h3>
<table><thead><tr><th scope="col">Reference</th><th scope="col">Candidate</th><th scope="col">Context</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
  })
  return items.join('\n')
}

const words = (value: string): string => xml(visible(value, 600))
