/// <reference lib="dom" />
/** @file The parts of the page's script, put together. Written into the page as source text: see dom.ts. */
import type { PageData } from '../page-data.ts'
import type { Address } from './address.ts'
import type { ColumnStore } from './columns.ts'
import type { Comparison } from './comparison.ts'
import type { ComparisonPlot } from './comparison-plot.ts'
import type { Dom } from './dom.ts'
import type { Explorer, Tools } from './explorer.ts'
import type { FeatureDetail } from './feature-detail.ts'
import type { Headers } from './headers.ts'
import type { Rows } from './rows.ts'
import type { Sorter } from './sorter.ts'

export interface Classes {
  readonly Address: typeof Address
  readonly ColumnStore: typeof ColumnStore
  readonly Comparison: typeof Comparison
  readonly ComparisonPlot: typeof ComparisonPlot
  readonly Dom: typeof Dom
  readonly Explorer: typeof Explorer
  readonly FeatureDetail: typeof FeatureDetail
  readonly Headers: typeof Headers
  readonly Rows: typeof Rows
  readonly Sorter: typeof Sorter
}

/** Nothing on a page without features. */
export function startPage(classes: Classes): void {
  const holder = document.querySelector('#page-data')
  if (!holder) return
  // What needs scripts takes its room: tables draw as many rows as they see.
  document.documentElement.setAttribute('data-scripted', '')
  const data: PageData = JSON.parse(holder.textContent ?? '')
  const [dom, store, address] = [new classes.Dom(), new classes.ColumnStore(data), new classes.Address()]
  let share = () => {}
  const tools: Tools = {
    dom,
    store,
    sorter: new classes.Sorter(),
    rows: (source) => new classes.Rows(source),
    headers: (table, fromLargest, sorted) => new classes.Headers(table, fromLargest, sorted),
    detail: (panel) => new classes.FeatureDetail(dom, store, panel),
    changed: () => share(),
  }
  const explorer = new classes.Explorer(tools)
  const svg = document.querySelector('#compare-plot svg')
  const comparison =
    svg instanceof SVGSVGElement ? new classes.Comparison(tools, new classes.ComparisonPlot(svg)) : null
  const follow = () => {
    const view = address.viewOf(location.hash)
    if (view === null) return false
    explorer.follow(view.explorer)
    if (view.comparison !== null) comparison?.follow(view.comparison)
    return true
  }
  follow()
  share = () => address.share(() => ({ explorer: explorer.view, comparison: comparison?.view ?? null }))
  addEventListener('hashchange', () => {
    if (follow()) dom.one('#features', HTMLElement).scrollIntoView()
  })
  document.documentElement.setAttribute('data-ready', '')
}
