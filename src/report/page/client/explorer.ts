/// <reference lib="dom" />
/**
 * @file Every feature of one candidate at one read-out: the choice of the two, plots, and a table that is sorted, filtered and searched.
 * Written into the page as source text: see dom.ts.
 */
import type { ColumnStore, PairColumns } from './columns.ts'
import type { Dom } from './dom.ts'
import type { FeatureDetail } from './feature-detail.ts'
import type { Headers, Sort } from './headers.ts'
import type { RowSource, Rows } from './rows.ts'
import type { Sorter } from './sorter.ts'

/** What the explorer and the comparison are made of. */
export interface Tools {
  readonly dom: Dom
  readonly store: ColumnStore
  readonly sorter: Sorter
  rows(source: RowSource): Rows
  headers(table: HTMLTableElement, fromLargest: readonly string[], sorted: () => void): Headers
  detail(panel: HTMLElement): FeatureDetail
  /** What is shown has changed. */
  changed(): void
}

/** What of it is worth sharing. */
export interface ExplorerView {
  /** Index of candidate and read-out. */
  readonly pair: number
  readonly filter: string
  readonly query: string
  readonly sort: Sort
  /** Null: none is chosen. */
  readonly feature: number | null
}

export class Explorer {
  readonly #tools: Tools
  readonly #rows: Rows
  readonly #headers: Headers
  readonly #detail: FeatureDetail
  readonly #filter: HTMLSelectElement
  readonly #search: HTMLInputElement
  readonly #choice: HTMLSelectElement
  #pair = 0

  constructor(tools: Tools) {
    const { dom } = tools
    this.#tools = tools
    this.#filter = dom.one('#feature-filter', HTMLSelectElement)
    this.#search = dom.one('#feature-search', HTMLInputElement)
    this.#choice = dom.one('#pair-choice', HTMLSelectElement)
    this.#detail = tools.detail(dom.one('#feature-detail', HTMLElement))
    this.#headers = tools.headers(dom.one('#feature-table', HTMLTableElement), ['rate', 'mean', 'peak'], () =>
      this.#refresh(),
    )
    this.#rows = tools.rows({
      box: dom.one('#feature-scroll', HTMLElement),
      name: 'feature',
      cells: (feature) => this.#cells(feature),
      chosen: () => this.#chosen(),
    })
    this.#headers.set({ key: 'rho', isDescending: false })
    this.#listen()
    this.#show(0)
  }

  get view(): ExplorerView {
    return {
      pair: this.#pair,
      filter: this.#filter.value,
      query: this.#search.value,
      sort: this.#headers.sort,
      feature: this.#rows.feature,
    }
  }

  /** Show this, as far as the page has it. */
  follow({ pair, filter, query, sort, feature }: ExplorerView): void {
    if (this.#tools.store.pair(pair) === undefined) return
    if ([...this.#filter.options].some(({ value }) => value === filter)) this.#filter.value = filter
    this.#search.value = query
    this.#headers.set(sort)
    this.#show(pair)
    if (feature !== null) this.#rows.choose(feature)
  }

  get #columns(): PairColumns {
    const columns = this.#tools.store.columns(this.#pair)
    if (columns === undefined) throw new Error(`the page lacks the columns of ${this.#pair}`)
    return columns
  }

  #show(pair: number): void {
    const { store } = this.#tools
    if (store.readoutOf(pair) !== store.readoutOf(this.#pair)) this.#rows.forget()
    this.#pair = pair
    for (const section of document.querySelectorAll('.pair'))
      section.toggleAttribute('hidden', section.id !== `pair-${pair}`)
    this.#choice.value = String(pair)
    this.#refresh()
  }

  /** Order anew after a change of pair, sort, filter or search. */
  #refresh(): void {
    const order = this.#order()
    this.#rows.show(order)
    this.#headers.tell()
    const { dom } = this.#tools
    dom.one('#feature-count', HTMLElement).textContent =
      `${dom.count(order.length)} of ${dom.count(this.#columns.of.width)} features`
    this.#chosen()
  }

  #chosen(): void {
    this.#detail.describe(this.#pair, this.#rows.feature)
    this.#tools.changed()
  }

  #order(): Uint32Array {
    const { store, sorter } = this.#tools
    const columns = this.#columns
    const { key, isDescending } = this.#headers.sort
    const features = this.#kept(columns)
    const keyOf = (feature: number): number => {
      if (key === 'class') return store.kind(columns, feature)
      if (key === 'rho') return store.counted(columns, feature)
      if (key === 'gain' || key === 'jaccard') return store.value(columns, key, feature)
      if (key === 'rate' || key === 'mean' || key === 'peak') return columns.of[key][feature] ?? Number.NaN
      return feature
    }
    return sorter.order(features, keyOf, isDescending)
  }

  /** Features that pass filter and search. */
  #kept(columns: PairColumns): number[] {
    const filter = this.#filter.value
    const kinds = ['survived', 'degraded', 'damaged', 'inactive']
    const wantedKind = kinds.indexOf(filter)
    const wanted = this.#search.value.split(/[\s,;]+/).filter((word) => /^\d+$/.test(word))
    const ids = new Set(wanted)
    const [only = ''] = wanted
    const kept: number[] = []
    for (let feature = 0; feature < columns.of.width; feature++) {
      if (filter !== 'all') {
        const kind = this.#tools.store.kind(columns, feature)
        if (filter === 'active' ? kind > 2 : kind !== wantedKind) continue
      }
      if (wanted.length === 1 && !String(feature).startsWith(only)) continue
      if (wanted.length > 1 && !ids.has(String(feature))) continue
      kept.push(feature)
    }
    return kept
  }

  #cells(feature: number): readonly HTMLElement[] {
    const { dom, store } = this.#tools
    const columns = this.#columns
    const kind = store.kindName(columns, feature)
    const plain = [
      this.#detail.rho(columns, feature),
      this.#detail.interval(columns, feature),
      dom.percent(columns.of.rate[feature], 3),
      dom.number(columns.of.mean[feature], 4),
      dom.number(columns.of.peak[feature], 2),
      dom.number(store.value(columns, 'gain', feature), 3),
      dom.number(store.value(columns, 'jaccard', feature), 3),
    ]
    return [
      dom.cell(String(feature)),
      dom.cell(kind, `class ${kind}`),
      ...plain.map((text) => dom.cell(text)),
    ]
  }

  #listen(): void {
    this.#filter.addEventListener('change', () => this.#refresh())
    this.#search.addEventListener('input', () => this.#refresh())
    this.#choice.addEventListener('change', () => this.#show(Number(this.#choice.value)))
    for (const button of document.querySelectorAll('[data-pair]')) {
      button.addEventListener('click', () => {
        this.#show(Number(button.getAttribute('data-pair')))
        this.#tools.dom.one('#features', HTMLElement).scrollIntoView()
        this.#choice.focus({ preventScroll: true })
      })
    }
  }
}
