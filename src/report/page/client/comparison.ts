/// <reference lib="dom" />
/**
 * @file Two candidates at one read-out, feature by feature: which features one keeps and the other loses. Written into the page as source
 * text: see dom.ts.
 */
import type { ColumnStore, PairColumns } from './columns.ts'
import type { ComparisonPlot } from './comparison-plot.ts'
import type { Tools } from './explorer.ts'
import type { FeatureDetail } from './feature-detail.ts'
import type { Headers, Sort } from './headers.ts'
import type { Rows } from './rows.ts'

/** Quadrants of the policy's threshold: what A and B make of a feature. */
export type Quadrant = 'lost' | 'gained' | 'neither' | 'both'

/** What of it is worth sharing. */
export interface ComparisonView {
  /** Indices of candidate and read-out. */
  readonly a: number
  readonly b: number
  /** A quadrant. */
  readonly which: string
  readonly sort: Sort
  readonly feature: number | null
}

export class Comparison {
  readonly #tools: Tools
  readonly #plot: ComparisonPlot
  readonly #rows: Rows
  readonly #headers: Headers
  readonly #detail: FeatureDetail
  readonly #choices: readonly [HTMLSelectElement, HTMLSelectElement]
  #which: Quadrant = 'lost'
  #quadrants: Readonly<Record<Quadrant, readonly number[]>> = { lost: [], gained: [], neither: [], both: [] }
  /** Somebody has chosen something here: before, it is not worth sharing. */
  #isTouched = false
  #isShown = false

  constructor(tools: Tools, plot: ComparisonPlot) {
    const { dom } = tools
    this.#tools = tools
    this.#plot = plot
    this.#choices = [dom.one('#compare-a', HTMLSelectElement), dom.one('#compare-b', HTMLSelectElement)]
    this.#detail = tools.detail(dom.one('#compare-detail', HTMLElement))
    this.#headers = tools.headers(
      dom.one('#compare-table', HTMLTableElement),
      ['a', 'difference', 'rate', 'peak'],
      () => this.#touched(() => this.#list()),
    )
    this.#rows = tools.rows({
      box: dom.one('#compare-scroll', HTMLElement),
      name: 'compare',
      cells: (feature) => this.#cells(feature),
      chosen: () => this.#touched(() => this.#chosen()),
    })
    this.#headers.set({ key: 'difference', isDescending: true })
    this.#listen()
    this.#showWhenSeen()
  }

  /** Null: nobody has chosen anything. */
  get view(): ComparisonView | null {
    if (!this.#isTouched) return null
    const [a, b] = this.#pairs
    return { a, b, which: this.#which, sort: this.#headers.sort, feature: this.#rows.feature }
  }

  /** Show this, as far as the page has it. */
  follow({ a, b, which, sort, feature }: ComparisonView): void {
    const { store } = this.#tools
    const isPossible = store.readoutOf(a) !== undefined && store.readoutOf(a) === store.readoutOf(b)
    if (!isPossible || !this.#offers(0, a) || !this.#offers(1, b)) return
    this.#isTouched = true
    this.#choices[0].value = String(a)
    this.#choices[1].value = String(b)
    const known = (['lost', 'gained', 'neither', 'both'] as const).find((one) => one === which)
    if (known !== undefined) this.#which = known
    this.#headers.set(sort)
    this.#show()
    if (feature !== null) this.#rows.choose(feature)
  }

  #offers(side: 0 | 1, pair: number): boolean {
    return [...this.#choices[side].options].some(({ value }) => value === String(pair))
  }

  get #pairs(): readonly [a: number, b: number] {
    return [Number(this.#choices[0].value), Number(this.#choices[1].value)]
  }

  #columns(side: 0 | 1): PairColumns {
    const columns = this.#tools.store.columns(this.#pairs[side])
    if (columns === undefined) throw new Error('the page lacks the columns of a candidate')
    return columns
  }

  #touched(then: () => void): void {
    this.#isTouched = true
    then()
    this.#tools.changed()
  }

  /** A in another read-out brings B there: the same candidate's, else the first other one. */
  #follows(side: 0 | 1): void {
    const { store } = this.#tools
    const other = this.#choices[side === 0 ? 1 : 0]
    const [chosen, followed] = [this.#pairs[side], Number(other.value)]
    if (store.readoutOf(chosen) === store.readoutOf(followed)) return
    const there = [...other.options]
      .map(({ value }) => Number(value))
      .filter((one) => store.readoutOf(one) === store.readoutOf(chosen))
    const name = store.pair(followed)?.candidate
    const same = there.find((one) => store.pair(one)?.candidate === name)
    other.value = String(same ?? there.find((one) => one !== chosen) ?? chosen)
  }

  /** Two candidates more are to be decoded: not before somebody looks, or prints. */
  #showWhenSeen(): void {
    const once = () => {
      if (!this.#isShown) this.#show()
    }
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      once()
    })
    observer.observe(this.#tools.dom.one('#compare', HTMLElement))
    addEventListener('beforeprint', once)
  }

  #show(): void {
    const { dom, store } = this.#tools
    this.#isShown = true
    const [a, b] = [this.#columns(0), this.#columns(1)]
    const quadrants: Record<Quadrant, number[]> = { lost: [], gained: [], neither: [], both: [] }
    for (const feature of a.of.measured) {
      const [inA, inB] = [store.kind(a, feature), store.kind(b, feature)]
      if (inA > 2 || inB > 2) continue
      if (inA === 0) quadrants[inB === 0 ? 'both' : 'lost'].push(feature)
      else quadrants[inB === 0 ? 'gained' : 'neither'].push(feature)
    }
    this.#quadrants = quadrants
    const total = Object.values(quadrants).reduce((sum, { length }) => sum + length, 0)
    for (const [which, { length }] of Object.entries(quadrants)) {
      dom.one(`#compare-count-${which}`, HTMLElement).textContent = dom.count(length)
      dom.one(`#compare-share-${which}`, HTMLElement).textContent =
        total === 0 ? '–' : dom.percent(length / total, 1)
    }
    const [nameA = '', nameB = ''] = this.#pairs.map((pair) => store.pair(pair)?.candidate)
    this.#plot.draw({
      names: [nameA, nameB],
      threshold: store.readoutOf(this.#pairs[0])?.survived ?? Number.NaN,
      quadrants,
      x: (feature) => store.counted(a, feature),
      y: (feature) => store.counted(b, feature),
    })
    this.#list()
  }

  #list(): void {
    const { dom } = this.#tools
    for (const button of document.querySelectorAll<HTMLElement>('[data-quadrant]'))
      button.setAttribute('aria-pressed', String(button.dataset.quadrant === this.#which))
    this.#headers.tell()
    const features = this.#quadrants[this.#which]
    this.#rows.show(this.#tools.sorter.order(features, this.#keyOf(), this.#headers.sort.isDescending))
    dom.one('#compare-count', HTMLElement).textContent = `${dom.count(features.length)} features`
    this.#chosen()
  }

  #chosen(): void {
    this.#detail.describe(this.#pairs[0], this.#rows.feature)
  }

  #keyOf(): (feature: number) => number {
    const store: ColumnStore = this.#tools.store
    const [a, b] = [this.#columns(0), this.#columns(1)]
    const { key } = this.#headers.sort
    return (feature) => {
      if (key === 'a') return store.counted(a, feature)
      if (key === 'b') return store.counted(b, feature)
      // By its size: in a quadrant that matters its sign is the same.
      if (key === 'difference') return Math.abs(store.counted(b, feature) - store.counted(a, feature))
      if (key === 'rate' || key === 'peak') return a.of[key][feature] ?? Number.NaN
      return feature
    }
  }

  #cells(feature: number): readonly HTMLElement[] {
    const { dom, store } = this.#tools
    const [a, b] = [this.#columns(0), this.#columns(1)]
    const difference = store.counted(b, feature) - store.counted(a, feature)
    const [kindA, kindB] = [store.kindName(a, feature), store.kindName(b, feature)]
    const about = document.createElement('td')
    const link = this.#detail.about([this.#pairs[1], this.#pairs[0]], feature)
    if (link !== null) about.append(link)
    const sign = difference > 0 ? '+' : ''
    return [
      dom.cell(String(feature)),
      dom.cell(this.#detail.rho(a, feature), `class ${kindA}`),
      dom.cell(this.#detail.rho(b, feature), `class ${kindB}`),
      dom.cell(sign + dom.number(difference, 3)),
      dom.cell(dom.percent(a.of.rate[feature], 3)),
      dom.cell(dom.number(a.of.peak[feature], 2)),
      about,
    ]
  }

  #listen(): void {
    for (const side of [0, 1] as const) {
      this.#choices[side].addEventListener('change', () =>
        this.#touched(() => {
          this.#follows(side)
          this.#show()
        }),
      )
    }
    this.#tools.dom.one('#compare-swap', HTMLButtonElement).addEventListener('click', () =>
      this.#touched(() => {
        const [a, b] = this.#pairs
        this.#choices[0].value = String(b)
        this.#choices[1].value = String(a)
        this.#show()
      }),
    )
    for (const button of document.querySelectorAll<HTMLElement>('[data-quadrant]')) {
      button.addEventListener('click', () =>
        this.#touched(() => {
          const known = (['lost', 'gained', 'neither', 'both'] as const).find(
            (one) => one === button.dataset.quadrant,
          )
          this.#which = known ?? this.#which
          this.#list()
        }),
      )
    }
  }
}
