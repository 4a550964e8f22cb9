/// <reference lib="dom" />
/**
 * @file One feature beside the table it was chosen in: its ρ in every candidate, where it fires, its page elsewhere. Written into the page
 * as source text: see dom.ts.
 */
import type { ColumnStore, PairColumns } from './columns.ts'
import type { Dom } from './dom.ts'

export class FeatureDetail {
  readonly #dom: Dom
  readonly #store: ColumnStore
  readonly #panel: HTMLElement

  constructor(dom: Dom, store: ColumnStore, panel: HTMLElement) {
    this.#dom = dom
    this.#store = store
    this.#panel = panel
  }

  /** `pair`: whose read-out the feature is of; null: none is chosen. */
  describe(pair: number, feature: number | null): void {
    const readout = this.#store.readoutOf(pair)
    if (feature === null || readout === undefined) {
      this.#panel.replaceChildren(this.#dom.text('p', 'Select a row to see a feature in every candidate.'))
      return
    }
    const pairs = [...this.#store.data.pairs.keys()].filter((one) => this.#store.readoutOf(one) === readout)
    const links = this.#links(pairs, feature, readout.neuronpedia)
    this.#panel.replaceChildren(
      this.#dom.text('h4', `Feature ${feature}`),
      this.#candidates(pairs, feature),
      ...links,
    )
  }

  /** Where the page has the texts that it fires on, in the first of these candidates; null: nowhere. */
  about(pairs: readonly number[], feature: number): HTMLAnchorElement | null {
    const pair = pairs.find((one) => document.getElementById(`about-${one}-${feature}`) !== null)
    return pair === undefined ? null : this.#dom.link('where it fires', `#about-${pair}-${feature}`)
  }

  rho(columns: PairColumns, feature: number): string {
    const rho = this.#store.value(columns, 'rho', feature)
    return Number.isNaN(rho) && this.#store.kind(columns, feature) < 3 ? 'none' : this.#dom.number(rho, 3)
  }

  interval(columns: PairColumns, feature: number): string {
    const [low, high] = (['low', 'high'] as const).map((one) => this.#store.value(columns, one, feature))
    if (low === undefined || Number.isNaN(low)) return ''
    return `[${this.#dom.number(low, 3)}, ${this.#dom.number(high, 3)}]`
  }

  #links(pairs: readonly number[], feature: number, neuronpedia: string | null): readonly HTMLElement[] {
    const about = this.about(pairs, feature)
    const page =
      neuronpedia === null ? null : this.#dom.link('Open on Neuronpedia', `${neuronpedia}/${feature}`)
    if (about !== null) about.textContent = 'Where it fires'
    return [about, page].flatMap((link) => {
      if (link === null) return []
      const line = document.createElement('p')
      line.append(link)
      return [line]
    })
  }

  #candidates(pairs: readonly number[], feature: number): HTMLElement {
    const table = document.createElement('table')
    table.className = 'plain'
    const head = table.createTHead().insertRow()
    for (const text of ['Candidate', 'ρ and interval', 'Class']) {
      const cell = this.#dom.text('th', text)
      cell.setAttribute('scope', 'col')
      head.append(cell)
    }
    const body = table.createTBody()
    for (const index of pairs) {
      const columns = this.#store.columns(index)
      if (columns === undefined) continue
      const kind = this.#store.kindName(columns, feature)
      body
        .insertRow()
        .append(
          this.#dom.cell(this.#store.pair(index)?.candidate ?? ''),
          this.#dom.cell(`${this.rho(columns, feature)} ${this.interval(columns, feature)}`.trim(), 'nowrap'),
          this.#dom.cell(kind, `class ${kind}`),
        )
    }
    return table
  }
}
