/// <reference lib="dom" />
/**
 * @file The headers of a table that sort it: one stop of the tab key, moved through with left and right. Written into the page as source
 * text: see dom.ts.
 */

export interface Sort {
  readonly key: string
  readonly isDescending: boolean
}

export class Headers {
  readonly #heads: readonly HTMLElement[]
  /** Columns whose largest value is of more interest. */
  readonly #fromLargest: readonly string[]
  readonly #sorted: () => void
  sort: Sort

  constructor(table: HTMLTableElement, fromLargest: readonly string[], sorted: () => void) {
    this.#heads = [...table.querySelectorAll<HTMLElement>('th[data-key]')]
    this.#fromLargest = fromLargest
    this.#sorted = sorted
    this.sort = { key: this.#heads[0]?.dataset.key ?? '', isDescending: false }
    for (const head of this.#heads) {
      head.querySelector('button')?.addEventListener('click', () => this.#turn(head.dataset.key ?? ''))
      head.addEventListener('keydown', (event) => this.#move(event))
    }
  }

  /** A key that no column has is passed over. */
  set({ key, isDescending }: Sort): void {
    if (this.#heads.some((head) => head.dataset.key === key)) this.sort = { key, isDescending }
  }

  /** Say in every header whether it sorts. */
  tell(): void {
    for (const head of this.#heads) {
      const isSorted = head.dataset.key === this.sort.key
      const direction = this.sort.isDescending ? 'descending' : 'ascending'
      head.setAttribute('aria-sort', isSorted ? direction : 'none')
      const button = head.querySelector('button')
      if (button) button.tabIndex = isSorted ? 0 : -1
    }
  }

  #turn(key: string): void {
    const isDescending = key === this.sort.key ? !this.sort.isDescending : this.#fromLargest.includes(key)
    this.set({ key, isDescending })
    this.#sorted()
  }

  /** Left and right go from header to header; Enter and Space are the buttons' own. */
  #move(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step === undefined) return
    const buttons = this.#heads.flatMap((head) => head.querySelector('button') ?? [])
    const at = event.target instanceof HTMLButtonElement ? buttons.indexOf(event.target) : -1
    const next = buttons[at + step]
    if (next !== undefined) {
      for (const button of buttons) button.tabIndex = button === next ? 0 : -1
      next.focus()
    }
    event.preventDefault()
    event.stopPropagation()
  }
}
