/// <reference lib="dom" />
/**
 * @file A table of which only the rows in view are there, moved through by keyboard: focus stays on the grid, which names the row that it
 * is at. Written into the page as source text: see dom.ts.
 */

/** What is shown, and who is told of a choice. */
export interface RowSource {
  /** The box that scrolls, with the grid in it. */
  readonly box: HTMLElement
  /** Begins the ids of its rows. */
  readonly name: string
  /** The cells of a feature's row. */
  readonly cells: (feature: number) => readonly HTMLElement[]
  readonly chosen: () => void
}

/** Rows are 30 pixels high, by the page's style. */
export class Rows {
  readonly #source: RowSource
  readonly #grid: HTMLTableElement
  readonly #body: HTMLTableSectionElement
  /** Feature ids, in the order of the table. */
  #order = new Uint32Array(0)
  /** Index into the order; −1: none. */
  #selected = -1
  #isPrinting = false

  constructor(source: RowSource) {
    this.#source = source
    const grid = source.box.querySelector('table')
    const body = grid?.tBodies[0]
    if (!(grid instanceof HTMLTableElement) || body === undefined)
      throw new Error(`the page lacks the table of ${source.name}`)
    this.#grid = grid
    this.#body = body
    this.#listen()
  }

  get length(): number {
    return this.#order.length
  }

  /** The chosen feature, or null. */
  get feature(): number | null {
    return this.#order[this.#selected] ?? null
  }

  /** Other rows; a chosen feature stays chosen where it still is among them. */
  show(order: Uint32Array): void {
    const feature = this.feature
    this.#order = Uint32Array.from(order)
    this.#selected = feature === null ? -1 : this.#order.indexOf(feature)
    this.#grid.setAttribute('aria-rowcount', String(order.length + 1))
    this.#source.box.scrollTop = 0
    this.draw()
  }

  forget(): void {
    this.#selected = -1
  }

  choose(feature: number): void {
    this.#select(this.#order.indexOf(feature))
  }

  /** Draw the rows in view and a few around them; two spacers stand for the rest. */
  draw(): void {
    const { box } = this.#source
    const total = this.#order.length
    const first = this.#isPrinting ? 0 : Math.max(0, Math.floor(box.scrollTop / 30) - 12)
    const last = this.#isPrinting
      ? Math.min(total, 60)
      : Math.min(total, first + Math.ceil(box.clientHeight / 30) + 24)
    const rows: HTMLTableRowElement[] = []
    if (first > 0) rows.push(this.#spacer(30 * first))
    for (let i = first; i < last; i++) rows.push(this.#row(i))
    if (last < total && !this.#isPrinting) rows.push(this.#spacer(30 * (total - last)))
    this.#body.replaceChildren(...rows)
    const isVisible = this.#selected >= first && this.#selected < last
    if (isVisible) this.#grid.setAttribute('aria-activedescendant', this.#id(this.#selected))
    else this.#grid.removeAttribute('aria-activedescendant')
  }

  #id(index: number): string {
    return `${this.#source.name}-row-${index}`
  }

  #row(index: number): HTMLTableRowElement {
    const row = document.createElement('tr')
    row.id = this.#id(index)
    row.dataset.index = String(index)
    row.setAttribute('aria-rowindex', String(index + 2))
    row.setAttribute('aria-selected', String(index === this.#selected))
    row.append(...this.#source.cells(this.#order[index] ?? 0))
    return row
  }

  #spacer(height: number): HTMLTableRowElement {
    const row = document.createElement('tr')
    row.className = 'spacer'
    row.setAttribute('aria-hidden', 'true')
    row.style.height = `${height}px`
    return row
  }

  /** Move to a row and bring it into view; −1: to none. */
  #select(index: number): void {
    if (this.#order.length === 0) return
    this.#selected = Math.max(-1, Math.min(index, this.#order.length - 1))
    const { box, chosen } = this.#source
    const head = this.#grid.tHead?.offsetHeight ?? 0
    const top = 30 * this.#selected
    if (this.#selected >= 0) {
      if (top < box.scrollTop) box.scrollTop = top
      if (top + 30 + head > box.scrollTop + box.clientHeight)
        box.scrollTop = top + 30 + head - box.clientHeight
    }
    this.draw()
    chosen()
  }

  #move(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#source.box.clientHeight / 30) - 2)
    const at = this.#selected
    const last = this.#order.length - 1
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: Math.max(0, at - 1),
      PageDown: Math.max(0, at) + page,
      PageUp: Math.max(0, at - page),
      Home: 0,
      End: last,
      Escape: -1,
    }
    const target = targets[event.key]
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape' && at < 0) return
    event.preventDefault()
    this.#select(Math.min(target, last))
  }

  #listen(): void {
    const { box } = this.#source
    let isDue = false
    box.addEventListener('scroll', () => {
      if (isDue) return
      isDue = true
      requestAnimationFrame(() => {
        isDue = false
        this.draw()
      })
    })
    this.#grid.addEventListener('keydown', (event) => {
      if (event.target === this.#grid) this.#move(event)
    })
    box.addEventListener('click', (event) => {
      if (!(event.target instanceof Element) || event.target.closest('a') !== null) return
      const row = event.target.closest('tr[data-index]')
      if (row) this.#select(Number(row.getAttribute('data-index')))
    })
    for (const [name, isPrinting] of [
      ['beforeprint', true],
      ['afterprint', false],
    ] as const) {
      addEventListener(name, () => {
        this.#isPrinting = isPrinting
        this.draw()
      })
    }
  }
}
