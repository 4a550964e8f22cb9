/**
 * @file report.html: the whole report in one file that needs no network and nothing beside it.
 *
 * Plots are SVG made here; the tables of features travel as base64 columns (page-data.ts bounds their size) and are
 * shown by a small script (client/). A content security policy forbids every connection and every other script; without scripts all
 * but the feature table can be read.
 */
import { sha256Base64 } from '../../bytes/sha256.ts'
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import { jsonText } from '../../escape/json-text.ts'
import { visible } from '../../escape/visible.ts'
import { count } from '../words/format.ts'
import { subject } from '../words/headline.ts'
import { xml } from '../words/xml-escape.ts'
import { layerPlots } from './by-layer.ts'
import { bytesMap } from './bytes-map.ts'
import { classBars } from './class-bars.ts'
import { clientScript } from './client/script.ts'
import { comparisonSection } from './comparison.ts'
import { dissociationMap } from './dissociation-map.ts'
import { explainedSection } from './explained.ts'
import { classKey } from './figure.ts'
import { choosePairs, pageData, type ShownPair } from './page-data.ts'
import { pairPlots } from './pair-plots.ts'
import {
  candidatesSection,
  notesSection,
  rulesSection,
  setupSection,
  text,
  verdictSection,
  warningsSection,
} from './sections.ts'
import { STYLE } from './style.ts'
import { confidenceSection, kindSection, moreSections } from './token-parts.ts'
import { watchListSection } from './watch-list.ts'

/** No source is allowed but the page's own script, by its hash, and inline style; no form, no frame, no base address. */
export function contentSecurityPolicy(script: string): string {
  return `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${sha256Base64(script)}'; base-uri 'none'; form-action 'none'`
}

/** @param evidence may be empty: the page then has no plots of features and no table */
export function reportHtml(report: Report, evidence: readonly FeatureEvidence[]): string {
  const { shown, leftOut } = choosePairs(report, evidence)
  const pairIndex = (candidate: string, readout: string) =>
    shown.findIndex((pair) => pair.candidate.name === candidate && pair.features.readout === readout)
  const plots = [dissociationMap(report), bytesMap(report), ...layerPlots(report), classBars(report)].filter(
    (plot) => plot !== '',
  )
  const script = clientScript()
  const title = `${report.verdict ?? 'measured'}: ${report.candidates.map((one) => one.name).join(', ')}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>saegate ${xml(visible(title, 80))}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
${shown.length === 0 ? '' : '<a class="skip" href="#features">Skip to the features</a>'}
<header class="top"><h1><b>saegate</b> ${subject(report)} of ${text(report.reference.spec)}</h1><button type="button" id="theme" hidden>Theme: auto</button></header>
<main>
${verdictSection(report)}
${candidatesSection(report, pairIndex)}
${plots.length === 0 ? '' : `<section><h2>Perplexity against features</h2><div class="grid">${plots.join('\n')}</div></section>`}
${rulesSection(report)}
${watchListSection(report, evidence, pairIndex)}
${featuresSection(shown, leftOut)}
${comparisonSection(shown)}
${explainedSection(report, pairIndex)}
${moreSections(report)}
${kindSection(report)}
${confidenceSection(report)}
${warningsSection(report)}
${notesSection(report)}
${setupSection(report)}
</main>
<footer>Written by saegate ${xml(visible(report.tool.version, 20))}. Numbers here are rounded for reading; ${report.readouts.length === 0 ? 'report.json is exact' : 'report.json and the Parquet tables beside it are exact'}.</footer>
${shown.length === 0 ? '' : `<script type="application/json" id="page-data">${scriptJson(pageData(report, shown))}</script>`}
<script>${script}</script>
</body>
</html>
`
}

/** JSON inside a script element: no `<` can end it or open a comment; line separators are escaped for old engines. */
function scriptJson(value: unknown): string {
  return jsonText(value).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const COLUMNS: readonly (readonly [key: string | null, label: string, width: string])[] = [
  ['feature', 'Feature', '12%'],
  ['class', 'Class', '13%'],
  ['rho', 'ρ', '9%'],
  [null, 'Interval', '17%'],
  ['rate', 'Fires on', '12%'],
  ['mean', 'Mean', '10%'],
  ['peak', 'Peak', '9%'],
  ['gain', 'Gain', '9%'],
  ['jaccard', 'Firing', '9%'],
]

function featuresSection(shown: readonly ShownPair[], leftOut: readonly string[]): string {
  if (shown.length === 0) return ''
  const options = shown.map(
    ({ candidate, features }, i) =>
      `<option value="${i}">${xml(visible(candidate.name, 60))} at ${xml(visible(features.readout, 60))}</option>`,
  )
  const pairs = shown.map(
    (pair, i) =>
      `<div class="pair" id="pair-${i}"${i === 0 ? '' : ' hidden'}><div class="grid">${pairPlots(pair, i)}</div></div>`,
  )
  const missing =
    leftOut.length === 0
      ? ''
      : `<p class="small">To keep this page small, ${count(leftOut.length)} tables are not in it: ${leftOut.slice(0, 20).map(text).join(', ')}${leftOut.length > 20 ? ' …' : ''}.</p>`
  return `<section id="features"><h2>Features of one candidate</h2>
<div class="controls"><label class="scripted">Candidate and read-out<select id="pair-choice">${options.join('')}</select></label>${classKey()}</div>
${pairs.join('\n')}
<h3 style="margin-top:24px">Every feature</h3>
<p class="unscripted">The table of features needs scripts, which do not run here; the same rows are in the Parquet files beside report.json.</p>
<div class="explorer scripted"><div>${featureControls()}${featureTable()}${missing}</div>
<aside class="card detail" id="feature-detail" aria-live="polite" aria-label="Selected feature"></aside></div></section>`
}

function featureControls(): string {
  const filters = ['active', 'survived', 'degraded', 'damaged', 'inactive', 'all']
  return `<div class="controls" style="margin-top:8px"><label>Class<select id="feature-filter">${filters.map((one) => `<option>${one}</option>`).join('')}</select></label>
<label>Feature id<input id="feature-search" type="search" inputmode="numeric" placeholder="1204, 88" autocomplete="off"></label>
<output id="feature-count" class="muted"></output></div>`
}

function featureTable(): string {
  const heads = COLUMNS.map(([key, label, width]) =>
    key === null
      ? `<th scope="col" class="plainhead" style="width:${width}">${label}</th>`
      : `<th scope="col" data-key="${key}" aria-sort="none" style="width:${width}"><button type="button">${label}</button></th>`,
  )
  return `<div class="scroll" id="feature-scroll"><table id="feature-table" class="rows" role="grid" tabindex="0" aria-label="Features of the chosen candidate and read-out: arrow keys, page keys, Home and End move, Escape lets go"><thead><tr aria-rowindex="1">${heads.join('')}</tr></thead><tbody></tbody></table></div>`
}
