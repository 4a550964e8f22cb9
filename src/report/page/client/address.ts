/// <reference lib="dom" />
/**
 * @file What the page shows, in the address behind #: whoever is sent the page's address sees the same. Nothing of it is trusted: what the
 * page does not have is passed over by whoever follows it. Written into the page as source text: see dom.ts.
 */
import type { ComparisonView } from './comparison.ts'
import type { ExplorerView } from './explorer.ts'

export interface PageView {
  readonly explorer: ExplorerView
  /** Null: as the page opens. */
  readonly comparison: ComparisonView | null
}

export class Address {
  #isResting = false
  #isDue = false

  /**
   * Put the view into the address, without a step back for each. At most three times a second: Safari refuses more than a hundred in half a
   * minute, which a held arrow key asks for.
   */
  share(view: () => PageView): void {
    this.#isDue = true
    if (this.#isResting) return
    this.#isDue = false
    this.#isResting = true
    setTimeout(() => {
      this.#isResting = false
      if (this.#isDue) this.share(view)
    }, 350)
    try {
      history.replaceState(null, '', `#${this.fragmentOf(view())}`)
    } catch {
      // In the frame of an artifact viewer the page may have no address of its own: there is then nothing to share.
    }
  }

  /** `pair=0&show=active&sort=rho&feature=12&a=1&b=0&which=lost&by=difference&about=12` */
  fragmentOf({ explorer, comparison }: PageView): string {
    const { pair, filter, query, sort, feature } = explorer
    const said = new URLSearchParams({ pair: String(pair), show: filter, sort: this.#sign(sort) })
    if (query !== '') said.set('find', query)
    if (feature !== null) said.set('feature', String(feature))
    if (comparison !== null) {
      said.set('a', String(comparison.a))
      said.set('b', String(comparison.b))
      said.set('which', comparison.which)
      said.set('by', this.#sign(comparison.sort))
      if (comparison.feature !== null) said.set('about', String(comparison.feature))
    }
    return said.toString()
  }

  /** Null: it says no view. */
  viewOf(fragment: string): PageView | null {
    const said = new URLSearchParams(fragment.replace(/^#/, ''))
    const pair = this.#whole(said.get('pair'))
    if (pair === null) return null
    const [a, b] = [this.#whole(said.get('a')), this.#whole(said.get('b'))]
    return {
      explorer: {
        pair,
        filter: said.get('show') ?? 'active',
        query: (said.get('find') ?? '').slice(0, 200),
        sort: this.#sortOf(said.get('sort') ?? 'rho'),
        feature: this.#whole(said.get('feature')),
      },
      comparison:
        a === null || b === null
          ? null
          : {
              a,
              b,
              which: said.get('which') ?? 'lost',
              sort: this.#sortOf(said.get('by') ?? 'difference'),
              feature: this.#whole(said.get('about')),
            },
    }
  }

  #sign({ key, isDescending }: ExplorerView['sort']): string {
    return isDescending ? `-${key}` : key
  }

  #sortOf(said: string): ExplorerView['sort'] {
    return { key: said.replace(/^-/, ''), isDescending: said.startsWith('-') }
  }

  #whole(said: string | null): number | null {
    return said !== null && /^\d{1,9}$/.test(said) ? Number(said) : null
  }
}
