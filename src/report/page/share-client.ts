/// <reference lib="dom" />
/**
 * @file What the table of features shows, in the address behind #: whoever is sent the page's address sees the same. And the boxes that
 * scroll, for the keyboard. Written into the page as source text: see page-client.ts for what that asks.
 */

/** What of the table's state is worth sharing. */
export interface SharedView {
  /** Index of candidate and read-out. */
  readonly pair: number
  readonly filter: string
  readonly query: string
  readonly key: string
  readonly isDescending: boolean
  /** Null: none is chosen. */
  readonly feature: number | null
}

/** `pair=0&show=active&sort=rho&feature=12` */
export function fragmentOf({ pair, filter, query, key, isDescending, feature }: SharedView): string {
  const said = new URLSearchParams({ pair: String(pair), show: filter, sort: isDescending ? `-${key}` : key })
  if (query !== '') said.set('find', query)
  if (feature !== null) said.set('feature', String(feature))
  return said.toString()
}

/** Null: it says no view. Nothing of it is trusted: what the table does not have is passed over by whoever asks. */
export function viewOf(fragment: string): SharedView | null {
  const said = new URLSearchParams(fragment.replace(/^#/, ''))
  const pair = Number(said.get('pair') ?? Number.NaN)
  if (!Number.isInteger(pair) || pair < 0) return null
  const sort = said.get('sort') ?? 'rho'
  const feature = Number(said.get('feature') ?? Number.NaN)
  return {
    pair,
    filter: said.get('show') ?? 'active',
    query: (said.get('find') ?? '').slice(0, 200),
    key: sort.replace(/^-/, ''),
    isDescending: sort.startsWith('-'),
    feature: Number.isInteger(feature) && feature >= 0 ? feature : null,
  }
}

/** A box with more in it than it shows can be reached and moved by keyboard, and says what it is. */
export function reachScrolling(): void {
  for (const box of document.querySelectorAll('.wide')) {
    if (!(box instanceof HTMLElement)) continue
    const scrolls = box.scrollWidth > box.clientWidth
    box.toggleAttribute('data-scrolls', scrolls)
    if (scrolls) box.tabIndex = 0
    else box.removeAttribute('tabindex')
    if (scrolls) box.setAttribute('role', 'region')
    else box.removeAttribute('role')
    const named = box.querySelector('table[aria-label]')?.getAttribute('aria-label')
    const heading = box.closest('section')?.querySelector('h2, h3')?.textContent
    if (scrolls) box.setAttribute('aria-label', `${named ?? heading ?? 'Table'}, scrolls sideways`)
    else box.removeAttribute('aria-label')
  }
}
