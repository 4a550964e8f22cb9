/** @file What every page of the site has around it: the style and the security policy of the report's page. */
import { visible } from '../../escape/visible.ts'
import { contentSecurityPolicy } from '../../report/page/page.ts'
import { STYLE } from '../../report/page/style.ts'
import { MISSING } from '../../report/words/format.ts'
import { xml } from '../../report/words/xml-escape.ts'
import { VERSION } from '../../version.ts'
import type { Outcome } from '../outcome.ts'
import { mark, outcomeWord } from '../words/figures.ts'

const OWN_STYLE = `
h1{font-size:24px;margin:8px 0 12px;overflow-wrap:anywhere}
.models td.figure,.models th.figure{text-align:right;white-space:nowrap}
.models td.name{min-width:180px}
th button{all:unset;cursor:pointer;white-space:nowrap}
th button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
th button::after{content:" ↕";opacity:.45}
th[aria-sort=ascending] button::after{content:" ↑";opacity:1;color:var(--accent)}
th[aria-sort=descending] button::after{content:" ↓";opacity:1;color:var(--accent)}
.pager[hidden],.controls[hidden]{display:none}
.pager:not([hidden]){display:flex;gap:12px;align-items:center;margin:12px 0}
.trend .grid{grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr))}
.models td.name,.plain td{overflow-wrap:anywhere}
@media (max-width:1200px){.models td.figure{text-align:left}.stacks td.name{grid-column:1/-1}}
@media print{.pager{display:none}}
`

export interface SitePage {
  /** Plain text. */
  readonly title: string
  /** From the page's folder to the site's: '' or '../'. */
  readonly up: string
  /** HTML, escaped. */
  readonly main: string
  /** Of the page's own; '': none. */
  readonly script?: string
}

export function sitePage({ title, up, main, script = '' }: SitePage): string {
  const home = up === '' ? '<b>saegate</b> registry' : `<a href="${up}index.html"><b>saegate</b> registry</a>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>saegate ${xml(visible(title, 120))}</title>
<link rel="icon" href="data:,">
<style>${STYLE}${OWN_STYLE}</style>
</head>
<body>
<header class="top"><span>${home}</span></header>
<main>
${main}
</main>
<footer>Written by saegate ${xml(visible(VERSION, 20))} from the history of a registry. Numbers here are rounded for reading.</footer>
${script === '' ? '' : `<script>${script}</script>\n`}</body>
</html>
`
}

/** A name from outside. */
export const name = (text: string): string => `<code>${xml(visible(text))}</code>`

export const plain = (text: string): string => xml(visible(text, 400))

/** The mark of an outcome with its word. */
export function outcomeMark(outcome: Outcome | null): string {
  const colour = outcome?.kind === 'verdict' ? (outcome.verdict ?? '') : ''
  const sign = outcome === null ? MISSING : mark(outcome)
  return `<span class="dot ${colour}" aria-hidden="true">${sign}</span> ${outcomeWord(outcome)}`
}

/** `2026-11-29 20:15`, of ISO 8601; with `T` and `Z` for machines. */
export const timeOf = (at: string): string =>
  `<time datetime="${xml(visible(at, 40))}">${xml(visible(at.slice(0, 16).replace('T', ' '), 20))}</time>`

/** A cell that says what it is where columns cannot be seen. */
export const cell = (label: string, content: string, more = ''): string =>
  `<td data-label="${label}"${more}>${content}</td>`

export const headRow = (heads: readonly string[]): string =>
  `<tr>${heads.map((one) => `<th scope="col">${one}</th>`).join('')}</tr>`
