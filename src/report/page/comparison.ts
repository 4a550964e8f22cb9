/** @file Two candidates feature by feature: what the script of the page fills (client/comparison.ts). */
import { visible } from '../../escape/visible.ts'
import { number } from '../words/format.ts'
import { xml } from '../words/xml-escape.ts'
import type { ShownPair } from './page-data.ts'

/** In the order of the buttons: what A and B make of a feature. */
const QUADRANTS = [
  ['lost', 'A keeps, B loses'],
  ['gained', 'B keeps, A loses'],
  ['neither', 'both lose'],
  ['both', 'both keep'],
] as const

const COLUMNS: readonly (readonly [key: string, label: string, width: string])[] = [
  ['feature', 'Feature', '13%'],
  ['a', 'ρ in A', '14%'],
  ['b', 'ρ in B', '14%'],
  ['difference', 'B − A', '13%'],
  ['rate', 'Fires on', '15%'],
  ['peak', 'Peak', '12%'],
]

/** '' where no read-out is there of two candidates. */
export function comparisonSection(shown: readonly ShownPair[]): string {
  const comparable = shown.flatMap((pair, i) =>
    shown.some((other) => other !== pair && other.features.readout === pair.features.readout)
      ? [{ pair, i }]
      : [],
  )
  const [worst] = comparable
  if (worst === undefined) return ''
  const best =
    comparable.findLast(({ pair }) => pair.features.readout === worst.pair.features.readout) ?? worst
  const options = (selected: number) =>
    comparable
      .map(
        ({ pair: { candidate, features }, i }) =>
          `<option value="${i}"${i === selected ? ' selected' : ''}>${xml(visible(candidate.name, 60))} at ${xml(visible(features.readout, 60))}</option>`,
      )
      .join('')
  const { survived } = worst.pair.features.thresholds
  return `<section id="compare"><h2>Two candidates, feature by feature</h2>
<p class="unscripted">The comparison needs scripts, which do not run here; <code>saegate compare</code> makes it from the tables beside report.json.</p>
<div class="controls scripted"><label>A<select id="compare-a">${options(best.i)}</select></label><button type="button" id="compare-swap">Swap A and B</button><label>B<select id="compare-b">${options(worst.i)}</select></label></div>
<div class="grid beside scripted">${plot(survived)}${quadrants(survived)}</div>
<div class="explorer scripted"><div><div class="controls"><output id="compare-count" class="muted"></output></div>${table()}</div>
<aside class="card detail" id="compare-detail" aria-live="polite" aria-label="Selected feature of the comparison"></aside></div></section>`
}

function plot(survived: number): string {
  return `<figure id="compare-plot"><figcaption><h3>ρ in A against ρ in B</h3><p>Active features; stronger where more of them are. Dashed: kept from ρ ${number(survived)} on. Its numbers are in the table beside it.</p></figcaption>
<div class="plot"><svg viewBox="0 0 360 352" role="img" aria-labelledby="compare-plot-title compare-plot-desc"><title id="compare-plot-title">ρ in A against ρ in B</title><desc id="compare-plot-desc"></desc><g></g></svg></div></figure>`
}

function quadrants(survived: number): string {
  const rows = QUADRANTS.map(
    ([key, words]) =>
      `<tr><th scope="row"><button type="button" data-quadrant="${key}" aria-pressed="false" class="${key}">${words}</button></th><td id="compare-count-${key}"></td><td id="compare-share-${key}"></td></tr>`,
  )
  return `<figure><figcaption><h3>What each keeps</h3><p>A feature is kept where ρ is at least ${number(survived)}. One that no longer varies has no ρ (none) and counts as 0. Choose a row to list its features below.</p></figcaption>
<table id="compare-quadrants" aria-label="Features that A and B keep"><thead><tr><th scope="col">In both candidates</th><th scope="col">Features</th><th scope="col">Share</th></tr></thead><tbody>${rows.join('')}</tbody></table></figure>`
}

function table(): string {
  const heads = COLUMNS.map(
    ([key, label, width]) =>
      `<th scope="col" data-key="${key}" aria-sort="none" style="width:${width}"><button type="button">${label}</button></th>`,
  )
  return `<div class="scroll short" id="compare-scroll"><table id="compare-table" class="rows" role="grid" tabindex="0" aria-label="Features of the chosen row: arrow keys, page keys, Home and End move, Escape lets go"><thead><tr aria-rowindex="1">${heads.join('')}<th scope="col" class="plainhead">Texts</th></tr></thead><tbody></tbody></table></div>`
}
