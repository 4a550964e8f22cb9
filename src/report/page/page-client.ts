/// <reference lib="dom" />
/**
 * @file What runs in the reader's browser: choice of candidate and read-out, and the table of features with
 * sorting, filtering, search and virtual scrolling. No dependencies, no network, no framework.
 *
 * The functions listed at the end are written into the page as their own source text (`Function.prototype.toString`),
 * so nothing here may refer to an import or a constant of this module: only to each other and to their arguments. That
 * is also why they share one file.
 */
import type { PageData, PagePair, PageReadout } from './page-data.ts'
import { fragmentOf, reachScrolling, type SharedView, viewOf } from './share-client.ts'
import { startTheme } from './theme-client.ts'

type SortKey = 'feature' | 'class' | 'rho' | 'rate' | 'mean' | 'peak' | 'gain' | 'jaccard'

/** The columns of the pair on show, all of length `width`. */
interface Columns {
  readonly width: number
  readonly rho: Float32Array
  readonly low: Float32Array
  readonly high: Float32Array
  /** 0 survived, 1 degraded, 2 damaged, 3 inactive */
  readonly kind: Uint8Array
  readonly rate: Float32Array
  readonly mean: Float32Array
  readonly peak: Float32Array
  readonly gain: Float32Array
  readonly jaccard: Float32Array
}

interface State {
  readonly data: PageData
  /** Decoded columns by index of the pair. */
  readonly decoded: Map<number, Columns>
  pair: number
  columns: Columns
  key: SortKey
  isDescending: boolean
  filter: string
  query: string
  /** Feature ids in the order of the table. */
  order: Uint32Array
  /** Index into `order`, −1: none. */
  selected: number
  isPrinting: boolean
  readonly address: Address
}

/** The two of share-client.ts, as arguments: see the note on imports above. */
interface Address {
  readonly fragmentOf: (view: SharedView) => string
  readonly viewOf: (fragment: string) => SharedView | null
}

function one<T extends Element>(selector: string, kind: new () => T): T {
  const found = document.querySelector(selector)
  if (!(found instanceof kind)) throw new Error(`the page lacks ${selector}`)
  return found
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** The columns of a pair, spread from its measured features over all features of the read-out. */
function columnsOf(readout: PageReadout, pair: PagePair): Columns {
  const floats = (text: string) => new Float32Array(bytesOf(text).buffer)
  const measured = new Uint32Array(bytesOf(readout.measured).buffer)
  const spread = (text: string) => {
    const values = floats(text)
    const column = new Float32Array(readout.width).fill(Number.NaN)
    measured.forEach((feature, i) => {
      column[feature] = values[i] ?? Number.NaN
    })
    return column
  }
  const kind = new Uint8Array(readout.width).fill(3)
  bytesOf(pair.classes).forEach((code, i) => {
    kind[measured[i] ?? 0] = code
  })
  return {
    width: readout.width,
    rho: spread(pair.correlation),
    low: spread(pair.low),
    high: spread(pair.high),
    kind,
    rate: floats(readout.firingRate),
    mean: floats(readout.mean),
    peak: floats(readout.peak),
    gain: spread(pair.gain),
    jaccard: spread(pair.jaccard),
  }
}

/** Decoded once per pair; undefined for a pair that is not there. */
function columnsOfPair(state: Pick<State, 'data' | 'decoded'>, index: number): Columns | undefined {
  const pair = state.data.pairs[index]
  const readout = state.data.readouts[pair?.readout ?? 0]
  const known = state.decoded.get(index)
  if (known || !pair || !readout) return known
  const columns = columnsOf(readout, pair)
  state.decoded.set(index, columns)
  return columns
}

function readoutOfPair(state: State): PageReadout | undefined {
  return state.data.readouts[state.data.pairs[state.pair]?.readout ?? 0]
}

/** Feature ids that pass filter and search, sorted. An undefined ρ of an active feature counts as 0; a missing value is last. */
function orderOf(state: State): Uint32Array {
  const { columns, filter, query, key, isDescending } = state
  const wanted = query.split(/[\s,;]+/).filter((word) => /^\d+$/.test(word))
  const fitsQuery = (feature: number) => {
    if (wanted.length === 0) return true
    return wanted.length === 1
      ? String(feature).startsWith(wanted[0] ?? '')
      : wanted.includes(String(feature))
  }
  const fitsFilter = (kind: number) => {
    if (filter === 'all') return true
    return filter === 'active'
      ? kind < 3
      : kind === ['survived', 'degraded', 'damaged', 'inactive'].indexOf(filter)
  }
  const kept: number[] = []
  for (let j = 0; j < columns.width; j++) if (fitsFilter(columns.kind[j] ?? 3) && fitsQuery(j)) kept.push(j)
  const order = Uint32Array.from(kept)
  if (key === 'feature') return isDescending ? order.reverse() : order
  const values = {
    class: columns.kind,
    rho: columns.rho,
    rate: columns.rate,
    mean: columns.mean,
    peak: columns.peak,
    gain: columns.gain,
    jaccard: columns.jaccard,
  }[key]
  const sign = isDescending ? -1 : 1
  const rankOf = (j: number) => {
    const value = values[j] ?? Number.NaN
    return key === 'rho' && Number.isNaN(value) && (columns.kind[j] ?? 3) < 3 ? 0 : value
  }
  return order.sort((a, b) => {
    const [x, y] = [rankOf(a), rankOf(b)]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
    return sign * (x - y) || a - b
  })
}

function shownNumber(value: number | undefined, digits: number): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  return value.toFixed(digits).replace('-', '\u2212')
}

function cellsOf(columns: Columns, feature: number): string[] {
  const rho = columns.rho[feature]
  const low = columns.low[feature]
  const kind = columns.kind[feature] ?? 3
  const isUndefined = kind < 3 && (rho === undefined || Number.isNaN(rho))
  return [
    String(feature),
    ['survived', 'degraded', 'damaged', 'inactive'][kind] ?? '',
    isUndefined ? 'none' : shownNumber(rho, 3),
    low === undefined || Number.isNaN(low)
      ? ''
      : `[${shownNumber(low, 3)}, ${shownNumber(columns.high[feature], 3)}]`,
    `${shownNumber(100 * (columns.rate[feature] ?? 0), 3)}\u202F%`,
    shownNumber(columns.mean[feature], 4),
    shownNumber(columns.peak[feature], 2),
    shownNumber(columns.gain[feature], 3),
    shownNumber(columns.jaccard[feature], 3),
  ]
}

function rowOf(state: State, index: number): HTMLTableRowElement {
  const feature = state.order[index] ?? 0
  const row = document.createElement('tr')
  row.id = `row-${index}`
  row.dataset.index = String(index)
  row.setAttribute('aria-rowindex', String(index + 2))
  row.setAttribute('aria-selected', String(index === state.selected))
  cellsOf(state.columns, feature).forEach((text, i) => {
    const cell = document.createElement('td')
    cell.textContent = text
    if (i === 1) cell.className = `class ${text}`
    row.append(cell)
  })
  return row
}

function spacer(height: number): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.className = 'spacer'
  row.setAttribute('aria-hidden', 'true')
  row.style.height = `${height}px`
  return row
}

/** Draw the rows in view and a few around them; two spacers stand for the rest. Rows are 30 pixels high. */
function drawRows(state: State): void {
  const box = one('#feature-scroll', HTMLElement)
  const body = one('#feature-table tbody', HTMLTableSectionElement)
  const total = state.order.length
  const first = state.isPrinting ? 0 : Math.max(0, Math.floor(box.scrollTop / 30) - 12)
  const last = state.isPrinting
    ? Math.min(total, 60)
    : Math.min(total, first + Math.ceil(box.clientHeight / 30) + 24)
  const rows: HTMLTableRowElement[] = []
  if (first > 0) rows.push(spacer(30 * first))
  for (let i = first; i < last; i++) rows.push(rowOf(state, i))
  if (last < total && !state.isPrinting) rows.push(spacer(30 * (total - last)))
  body.replaceChildren(...rows)
  const isVisible = state.selected >= first && state.selected < last
  if (isVisible) box.setAttribute('aria-activedescendant', `row-${state.selected}`)
  else box.removeAttribute('aria-activedescendant')
}

/** After a change of pair, sort, filter or search: order anew, keep the selected feature where it still is. */
function refresh(state: State): void {
  const feature = state.order[state.selected]
  state.order = orderOf(state)
  state.selected = feature === undefined ? -1 : state.order.indexOf(feature)
  for (const head of document.querySelectorAll('#feature-table th[data-key]')) {
    const isSorted = head.getAttribute('data-key') === state.key
    head.setAttribute('aria-sort', isSorted ? (state.isDescending ? 'descending' : 'ascending') : 'none')
  }
  const total = state.order.length
  one('#feature-table', HTMLTableElement).setAttribute('aria-rowcount', String(total + 1))
  const width = state.columns.width.toLocaleString('en')
  one('#feature-count', HTMLElement).textContent = `${total.toLocaleString('en')} of ${width} features`
  one('#feature-scroll', HTMLElement).scrollTop = 0
  drawRows(state)
  describeFeature(state)
  share(state)
}

/** Put what is shown into the address, without a step back for each of it. */
function share(state: State): void {
  const feature = state.order[state.selected] ?? null
  if (document.documentElement.hasAttribute('data-ready'))
    history.replaceState(null, '', `#${state.address.fragmentOf({ ...state, feature })}`)
}

/** Show what the address says, as far as this page has it. */
function followAddress(state: State): void {
  const view = state.address.viewOf(location.hash)
  if (view === null || state.data.pairs[view.pair] === undefined) return
  const filter = one('#feature-filter', HTMLSelectElement)
  if ([...filter.options].some(({ value }) => value === view.filter)) filter.value = view.filter
  const search = one('#feature-search', HTMLInputElement)
  search.value = view.query
  state.filter = filter.value
  state.query = search.value
  showPair(state, view.pair)
  if (state.key !== view.key) sortBy(state, view.key)
  if (state.key === view.key && state.isDescending !== view.isDescending) sortBy(state, view.key)
  if (view.feature !== null) select(state, state.order.indexOf(view.feature))
}

function showPair(state: State, pair: number): void {
  const readout = state.data.readouts[state.data.pairs[pair]?.readout ?? 0]
  const columns = columnsOfPair(state, pair)
  if (!readout || !columns) return
  const isSameReadout = readout === readoutOfPair(state)
  const feature = isSameReadout ? state.order[state.selected] : undefined
  state.pair = pair
  state.columns = columns
  for (const section of document.querySelectorAll('.pair'))
    section.toggleAttribute('hidden', section.id !== `pair-${pair}`)
  one('#pair-choice', HTMLSelectElement).value = String(pair)
  state.selected = -1
  refresh(state)
  if (feature !== undefined) select(state, state.order.indexOf(feature))
}

/** Move the selection and bring it into view. */
function select(state: State, index: number): void {
  const total = state.order.length
  if (total === 0 || index < 0) return
  state.selected = Math.min(index, total - 1)
  const box = one('#feature-scroll', HTMLElement)
  const head = one('#feature-table thead', HTMLElement).offsetHeight
  const top = 30 * state.selected
  if (top < box.scrollTop) box.scrollTop = top
  if (top + 30 + head > box.scrollTop + box.clientHeight) box.scrollTop = top + 30 + head - box.clientHeight
  drawRows(state)
  describeFeature(state)
  share(state)
}

function textElement(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

/** The selected feature: what the reference says of it, its ρ in every candidate, where it fires, its page elsewhere. */
function describeFeature(state: State): void {
  const panel = one('#feature-detail', HTMLElement)
  const feature = state.order[state.selected]
  const readout = readoutOfPair(state)
  if (feature === undefined || !readout) {
    panel.replaceChildren(textElement('p', 'Select a row to see a feature in every candidate.'))
    return
  }
  const title = textElement('h4', `Feature ${feature}`)
  const parts: HTMLElement[] = [title, candidatesOf(state, readout, feature)]
  if (readout.neuronpedia !== null) {
    const link = document.createElement('a')
    link.href = `${readout.neuronpedia}/${feature}`
    link.rel = 'noreferrer'
    link.textContent = 'Open on Neuronpedia'
    parts.push(link)
  }
  panel.replaceChildren(...parts)
}

function candidatesOf(state: State, readout: PageReadout, feature: number): HTMLElement {
  const table = document.createElement('table')
  table.className = 'plain'
  const head = table.createTHead().insertRow()
  for (const text of ['Candidate', 'ρ and interval', 'Class']) head.append(textElement('th', text))
  const body = table.createTBody()
  for (const [index, pair] of state.data.pairs.entries()) {
    const columns = columnsOfPair(state, index)
    if (!columns || state.data.readouts[pair.readout] !== readout) continue
    const cells = cellsOf(columns, feature)
    const row = body.insertRow()
    const rho = textElement('td', `${cells[2] ?? ''} ${cells[3] ?? ''}`.trim())
    rho.style.whiteSpace = 'nowrap'
    row.append(textElement('td', pair.candidate), rho)
    const kind = textElement('td', cells[1] ?? '')
    kind.className = `class ${cells[1] ?? ''}`
    row.append(kind)
  }
  return table
}

function moveByKey(state: State, event: KeyboardEvent): void {
  const page = Math.max(1, Math.floor(one('#feature-scroll', HTMLElement).clientHeight / 30) - 2)
  const at = state.selected
  const last = state.order.length - 1
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: Math.max(0, at - 1),
    PageDown: Math.max(0, at) + page,
    PageUp: Math.max(0, at - page),
    Home: 0,
    End: last,
  }
  const target = targets[event.key]
  if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  select(state, Math.min(target, last))
}

/** Left and right go from header to header; Enter and Space are the buttons' own. */
function moveHeader(event: KeyboardEvent): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('#feature-table th button')]
  const at = event.target instanceof HTMLButtonElement ? buttons.indexOf(event.target) : -1
  buttons[at + (event.key === 'ArrowRight' ? 1 : -1)]?.focus()
  event.stopPropagation()
}

function sortBy(state: State, key: string | null): void {
  const keys = ['feature', 'class', 'rho', 'rate', 'mean', 'peak', 'gain', 'jaccard'] as const
  const known = keys.find((item) => item === key)
  if (known === undefined) return
  state.isDescending = known === state.key ? !state.isDescending : ['rate', 'mean', 'peak'].includes(known)
  state.key = known
  refresh(state)
}

function listen(state: State): void {
  const box = one('#feature-scroll', HTMLElement)
  let isDue = false
  box.addEventListener('scroll', () => {
    if (isDue) return
    isDue = true
    requestAnimationFrame(() => {
      isDue = false
      drawRows(state)
    })
  })
  box.addEventListener('keydown', (event) => moveByKey(state, event))
  box.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('tr[data-index]') : null
    if (row) select(state, Number(row.getAttribute('data-index')))
  })
  for (const head of document.querySelectorAll('#feature-table th[data-key]')) {
    head
      .querySelector('button')
      ?.addEventListener('click', () => sortBy(state, head.getAttribute('data-key')))
    head.addEventListener('keydown', (event) => event instanceof KeyboardEvent && moveHeader(event))
  }
  const filter = one('#feature-filter', HTMLSelectElement)
  filter.addEventListener('change', () => {
    state.filter = filter.value
    refresh(state)
  })
  const search = one('#feature-search', HTMLInputElement)
  search.addEventListener('input', () => {
    state.query = search.value
    refresh(state)
  })
  const choice = one('#pair-choice', HTMLSelectElement)
  choice.addEventListener('change', () => showPair(state, Number(choice.value)))
  for (const button of document.querySelectorAll('[data-pair]')) {
    button.addEventListener('click', () => {
      showPair(state, Number(button.getAttribute('data-pair')))
      one('#features', HTMLElement).scrollIntoView()
      choice.focus({ preventScroll: true })
    })
  }
  for (const [name, isPrinting] of [
    ['beforeprint', true],
    ['afterprint', false],
  ] as const) {
    addEventListener(name, () => {
      state.isPrinting = isPrinting
      drawRows(state)
    })
  }
}

function startPage(address: Address): void {
  const holder = document.querySelector('#page-data')
  if (!holder) return
  const data: PageData = JSON.parse(holder.textContent ?? '')
  const decoded = new Map<number, Columns>()
  const columns = columnsOfPair({ data, decoded }, 0)
  if (!columns) return
  const state: State = {
    data,
    decoded,
    pair: 0,
    columns,
    key: 'rho',
    isDescending: false,
    filter: 'active',
    query: '',
    order: new Uint32Array(0),
    selected: -1,
    isPrinting: false,
    address,
  }
  listen(state)
  showPair(state, 0)
  followAddress(state)
  addEventListener('hashchange', () => followAddress(state))
  document.documentElement.setAttribute('data-ready', '')
}

/** The script of the page: every function above as source text, then the calls that start it. */
export function clientScript(): string {
  const functions = [
    one,
    bytesOf,
    columnsOf,
    columnsOfPair,
    readoutOfPair,
    orderOf,
    shownNumber,
    cellsOf,
    rowOf,
    spacer,
    drawRows,
    refresh,
    share,
    followAddress,
    showPair,
    select,
    textElement,
    describeFeature,
    candidatesOf,
    moveByKey,
    moveHeader,
    sortBy,
    listen,
    startPage,
  ]
  const source = [startTheme, reachScrolling, fragmentOf, viewOf, ...functions].map(String).join('\n')
  const address = `{ fragmentOf: ${fragmentOf.name}, viewOf: ${viewOf.name} }`
  const started = `${startTheme.name}()\n${reachScrolling.name}()\n${startPage.name}(${address})`
  return `'use strict'\n${source}\n${started}\naddEventListener('resize', ${reachScrolling.name})\n`
}
