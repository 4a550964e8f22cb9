/// <reference lib="dom" />
/**
 * @file What runs on index.html in the reader's browser: the rows are taken out of the table, and those asked for are put back, a
 * page at a time, so that thousands of models stay quick. No network, no dependency.
 *
 * The functions are written into the page as their own source text, so nothing here may refer to an import or a constant of
 * this module: only to each other and to their arguments.
 */

interface Row {
  readonly element: HTMLTableRowElement
  /** Small letters. */
  readonly name: string
  readonly source: string
  readonly verdict: string
  /** By column; NaN: there is none. The second column goes by its name. */
  readonly values: readonly number[]
}

interface State {
  readonly body: Element
  readonly rows: readonly Row[]
  /** Those asked for, in their order. */
  shown: readonly Row[]
  /** The first of the page. */
  start: number
  column: number
  isDescending: boolean
}

function one<T extends Element>(selector: string, kind: new () => T): T {
  const found = document.querySelector(selector)
  if (!(found instanceof kind)) throw new Error(`the page lacks ${selector}`)
  return found
}

function rowsOf(body: Element): readonly Row[] {
  return [...body.querySelectorAll('tr')].map((element) => {
    const cells = [...element.cells]
    return {
      element,
      name: (cells[1]?.textContent ?? '').toLowerCase(),
      source: element.dataset.source ?? '',
      verdict: element.dataset.verdict ?? '',
      values: cells.map((cell) => (cell.dataset.value ? Number(cell.dataset.value) : Number.NaN)),
    }
  })
}

/** What has no value comes last, whatever the direction. */
function compareRows(a: Row, b: Row, column: number, isDescending: boolean): number {
  const sign = isDescending ? -1 : 1
  const [x = Number.NaN, y = Number.NaN] = [a.values[column], b.values[column]]
  if (column !== 1 && x !== y) {
    if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 1
    if (Number.isNaN(y)) return -1
    return sign * (x - y)
  }
  const order = a.name < b.name ? -1 : a.name > b.name ? 1 : 0
  return column === 1 ? sign * order : order
}

/** Choose, sort, and begin at the first page. */
function choose(state: State): void {
  const words = one('#find', HTMLInputElement).value.toLowerCase().split(/\s+/).filter(Boolean)
  const verdict = one('#verdict', HTMLSelectElement).value
  const source = one('#source', HTMLSelectElement).value
  state.shown = state.rows
    .filter(
      (row) =>
        (verdict === '' || row.verdict === verdict) &&
        (source === '' || row.source === source) &&
        words.every((word) => row.name.includes(word)),
    )
    .sort((a, b) => compareRows(a, b, state.column, state.isDescending))
  state.start = 0
  draw(state, 100)
}

/** `size`: rows of a page. */
function draw(state: State, size: number): void {
  const { body, shown, rows, column, isDescending } = state
  body.replaceChildren(...shown.slice(state.start, state.start + size).map(({ element }) => element))
  const last = Math.min(shown.length, state.start + size)
  one('#shown', HTMLOutputElement).textContent =
    `${shown.length.toLocaleString('en')} of ${rows.length.toLocaleString('en')}`
  one('#place', HTMLOutputElement).textContent =
    `${(state.start + 1).toLocaleString('en')} to ${last.toLocaleString('en')}`
  one('#earlier', HTMLButtonElement).disabled = state.start === 0
  one('#later', HTMLButtonElement).disabled = last >= shown.length
  one('.pager', HTMLDivElement).hidden = shown.length <= size
  for (const button of document.querySelectorAll('th button')) {
    const isSorted = button instanceof HTMLButtonElement && Number(button.dataset.column) === column
    button.parentElement?.setAttribute(
      'aria-sort',
      isSorted ? (isDescending ? 'descending' : 'ascending') : 'none',
    )
  }
}

/** A second click turns the order round. */
function sortByHead(state: State, column: number): void {
  state.isDescending = state.column === column ? !state.isDescending : false
  state.column = column
  choose(state)
}

function turnPage(state: State, rows: number): void {
  state.start = Math.max(0, state.start + rows)
  draw(state, 100)
  one('#models', HTMLTableSectionElement).closest('section')?.scrollIntoView()
}

function startIndex(): void {
  const body = one('#models', HTMLTableSectionElement)
  const state: State = { body, rows: rowsOf(body), shown: [], start: 0, column: 1, isDescending: false }
  for (const id of ['#find', '#verdict', '#source'])
    one(id, HTMLElement).addEventListener('input', () => choose(state))
  const order = one('#order', HTMLSelectElement)
  order.addEventListener('input', () => {
    state.column = Math.abs(Number(order.value))
    state.isDescending = order.value.startsWith('-')
    choose(state)
  })
  for (const button of document.querySelectorAll('th button'))
    if (button instanceof HTMLButtonElement)
      button.addEventListener('click', () => sortByHead(state, Number(button.dataset.column)))
  one('#earlier', HTMLButtonElement).addEventListener('click', () => turnPage(state, -100))
  one('#later', HTMLButtonElement).addEventListener('click', () => turnPage(state, 100))
  addEventListener('beforeprint', () => {
    state.start = 0
    draw(state, state.rows.length)
  })
  addEventListener('afterprint', () => draw(state, 100))
  one('#controls', HTMLDivElement).hidden = false
  choose(state)
  document.documentElement.setAttribute('data-ready', '')
}

/** The script of the page: every function above as source text, then the call that starts it. */
export function indexScript(): string {
  const functions = [one, rowsOf, compareRows, choose, draw, sortByHead, turnPage, startIndex]
  return `'use strict'\n${functions.map(String).join('\n')}\n${startIndex.name}()\n`
}
