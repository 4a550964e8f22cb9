/**
 * @file A plot as a figure of the page: SVG made by Observable Plot on a linkedom document, with title and description
 * for screen readers and its numbers as a table below. Colours are CSS variables, so that one SVG serves light, dark
 * and print.
 */
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { xml } from '../words/xml-escape.ts'

export const CLASS_COLOURS = {
  survived: 'var(--survived)',
  degraded: 'var(--degraded)',
  damaged: 'var(--damaged)',
} as const

/** More candidates than these cannot be told apart in one plot. */
export const MAX_CANDIDATES = 40

export interface FigureText {
  /** Unique in the page. */
  readonly id: string
  /** HTML, escaped. */
  readonly title: string
  /** What the plot says, in words, HTML, escaped. */
  readonly description: string
  /** The numbers: header and rows, HTML, escaped. */
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The figure as HTML. */
export function figure(options: Plot.PlotOptions, text: FigureText): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const svg = Plot.plot({
    ...options,
    document,
    style: { background: 'transparent', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
  })
  svg.setAttribute('role', 'img')
  // Plot names its groups of marks; within an image they are nothing that can have a name.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  svg.setAttribute('aria-labelledby', `${text.id}-title ${text.id}-desc`)
  return framed(svg.outerHTML, text)
}

/** An SVG, with `role` and `aria-labelledby` of its own, in the frame of a figure. */
export function framed(svg: string, text: FigureText): string {
  const labels = `<title id="${text.id}-title">${text.title}</title><desc id="${text.id}-desc">${text.description}</desc>`
  const markup = svg.replace(/^(<svg[^>]*>)/, (open) => open + labels)
  return `<figure id="${text.id}"><figcaption><h3>${text.title}</h3><p>${text.description}</p></figcaption>
<div class="plot">${markup}</div>
<details class="numbers"><summary>Numbers</summary><div class="wide">${numbersTable(text)}</div></details></figure>`
}

function numbersTable({ header, rows, title }: FigureText): string {
  const head = header.map((cell) => `<th scope="col">${cell}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')
  return `<table class="plain" aria-label="${title}"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

/** The colour key of the three classes. */
export function classKey(): string {
  const items = Object.entries(CLASS_COLOURS).map(
    ([name, colour]) => `<span class="key"><i style="background:${xml(colour)}"></i>${name}</span>`,
  )
  return `<p class="keys">${items.join('')}</p>`
}
