/// <reference lib="dom" />
/**
 * @file Elements and numbers of the page, for the other classes of its script.
 *
 * Every class of this folder is written into the page as its own source text (script.ts). It may refer to what it is given and to
 * nothing else: no import but of types, no constant of its file, no other class by name.
 */

export class Dom {
  one<T extends Element>(selector: string, kind: new () => T): T {
    const found = document.querySelector(selector)
    if (!(found instanceof kind)) throw new Error(`the page lacks ${selector}`)
    return found
  }

  text(name: string, text: string): HTMLElement {
    const made = document.createElement(name)
    made.textContent = text
    return made
  }

  /** A name from a report as the page shows names: as code, and never as markup. */
  cell(text: string, className = ''): HTMLElement {
    const made = this.text('td', text)
    if (className !== '') made.className = className
    return made
  }

  link(text: string, href: string): HTMLAnchorElement {
    const made = document.createElement('a')
    made.href = href
    made.rel = 'noreferrer'
    made.textContent = text
    return made
  }

  number(value: number | undefined, digits: number): string {
    if (value === undefined || Number.isNaN(value)) return '–'
    const text = Math.abs(value).toFixed(digits)
    return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text
  }

  count(value: number): string {
    return value.toLocaleString('en')
  }

  percent(ratio: number | undefined, digits: number): string {
    return `${this.number(ratio === undefined ? ratio : 100 * ratio, digits)}\u202F%`
  }
}
