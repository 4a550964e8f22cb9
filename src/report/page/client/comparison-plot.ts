/// <reference lib="dom" />
/**
 * @file ρ in one candidate against ρ in another, as a drawing that does not grow with the dictionary: features are counted into small
 * squares, stronger where more of them are. Written into the page as source text: see dom.ts.
 */

/** What is drawn. */
export interface Cloud {
  /** Of A, along x, and of B, along y. */
  readonly names: readonly [a: string, b: string]
  /** ρ from which a feature has survived. */
  readonly threshold: number
  /** Feature ids: A keeps and B loses, B keeps and A loses, both lose, both keep. */
  readonly quadrants: Readonly<Record<'lost' | 'gained' | 'neither' | 'both', readonly number[]>>
  readonly x: (feature: number) => number
  readonly y: (feature: number) => number
}

export class ComparisonPlot {
  readonly #svg: SVGSVGElement
  /** Of the square that is drawn in, in the SVG's units. */
  readonly #left = 46
  readonly #top = 14
  readonly #side = 300
  readonly #cells = 100

  constructor(svg: SVGSVGElement) {
    this.#svg = svg
  }

  draw(cloud: Cloud): void {
    const low = this.#lowest(cloud)
    const parts = [...this.#axes(low, cloud), ...this.#squares(low, cloud), ...this.#counts(low, cloud)]
    this.#svg.querySelector('g')?.replaceChildren(...parts)
    const { lost, gained, neither, both } = cloud.quadrants
    const words = `A is ${cloud.names[0]}, B is ${cloud.names[1]}. A keeps and B loses ${lost.length} features; B keeps and A loses ${gained.length}; both keep ${both.length}, both lose ${neither.length}.`
    const told = this.#svg.querySelector('desc')
    if (told) told.textContent = words
  }

  /** 0, or the tenth under the lowest ρ. */
  #lowest({ quadrants, x, y }: Cloud): number {
    let low = 0
    for (const features of Object.values(quadrants))
      for (const feature of features) low = Math.min(low, x(feature), y(feature))
    return Math.max(-1, Math.floor(low * 10) / 10)
  }

  #x(rho: number, low: number): number {
    return this.#left + (this.#side * (rho - low)) / (1 - low)
  }

  #y(rho: number, low: number): number {
    return this.#top + this.#side - (this.#side * (rho - low)) / (1 - low)
  }

  #element(name: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
    made.textContent = text
    return made
  }

  #line([x1, y1, x2, y2]: readonly [number, number, number, number], look: string): SVGElement {
    return this.#element('line', { x1, y1, x2, y2, class: look })
  }

  #axes(low: number, { threshold, names }: Cloud): SVGElement[] {
    const [right, bottom] = [this.#left + this.#side, this.#top + this.#side]
    const step = low < -0.5 ? 0.5 : 0.2
    const ticks = Array.from({ length: 11 }, (_, i) => 1 - i * step).filter((tick) => tick >= low - 1e-9)
    const short = (name: string) => (name.length > 34 ? `${name.slice(0, 33)}…` : name)
    const middle = this.#left + this.#side / 2
    return [
      ...ticks.flatMap((tick) => {
        const [x, y] = [this.#x(tick, low), this.#y(tick, low)]
        const label = (tick < -1e-9 ? '\u2212' : '') + Math.abs(tick).toFixed(1)
        return [
          this.#line([x, this.#top, x, bottom], 'mesh'),
          this.#line([this.#left, y, right, y], 'mesh'),
          this.#element('text', { x, y: bottom + 16, 'text-anchor': 'middle' }, label),
          this.#element('text', { x: this.#left - 6, y: y + 4, 'text-anchor': 'end' }, label),
        ]
      }),
      this.#line([this.#x(threshold, low), this.#top, this.#x(threshold, low), bottom], 'limit'),
      this.#line([this.#left, this.#y(threshold, low), right, this.#y(threshold, low)], 'limit'),
      this.#element(
        'text',
        { x: middle, y: bottom + 34, 'text-anchor': 'middle' },
        `ρ in A, ${short(names[0])} →`,
      ),
      this.#element(
        'text',
        {
          x: 12,
          y: this.#top + this.#side / 2,
          'text-anchor': 'middle',
          transform: `rotate(-90 12 ${this.#top + this.#side / 2})`,
        },
        `ρ in B, ${short(names[1])} →`,
      ),
    ]
  }

  /** For each quadrant at most four paths: one feature in a square, up to 4, up to 16, more. */
  #squares(low: number, { quadrants, x, y }: Cloud): SVGElement[] {
    const cells = this.#cells
    const cellOf = (rho: number) =>
      Math.max(0, Math.min(cells - 1, Math.floor(((rho - low) / (1 - low)) * cells)))
    const size = this.#side / cells
    return Object.entries(quadrants).flatMap(([which, features]) => {
      const counts = new Uint32Array(cells * cells)
      for (const feature of features) {
        const at = cellOf(y(feature)) * cells + cellOf(x(feature))
        counts[at] = (counts[at] ?? 0) + 1
      }
      const paths: string[][] = [[], [], [], []]
      counts.forEach((n, at) => {
        if (n === 0) return
        const [i, j] = [at % cells, Math.floor(at / cells)]
        const corner = [this.#left + i * size, this.#top + this.#side - (j + 1) * size]
        paths[n > 16 ? 3 : n > 4 ? 2 : n > 1 ? 1 : 0]?.push(`M${corner.join(' ')}h${size}v${size}h${-size}z`)
      })
      return paths.flatMap((path, level) =>
        path.length === 0
          ? []
          : [
              this.#element('path', {
                d: path.join(''),
                class: which,
                'fill-opacity': [0.45, 0.65, 0.85, 1][level] ?? 1,
              }),
            ],
      )
    })
  }

  /** How many, in the corner of each quadrant that is away from the marks. */
  #counts(low: number, { quadrants, threshold }: Cloud): SVGElement[] {
    const [x, y] = [this.#x(threshold, low), this.#y(threshold, low)]
    const [left, bottom] = [this.#left + 6, this.#top + this.#side - 8]
    const places: readonly (readonly [keyof Cloud['quadrants'], number, number, string, string])[] = [
      ['gained', left, Math.max(this.#top + 12, y - 6), 'start', 'B alone keeps'],
      ['neither', left, bottom, 'start', 'neither keeps'],
      ['lost', x - 6, bottom - 18, 'end', 'A alone keeps'],
    ]
    return places.map(([which, px, py, anchor, words]) =>
      this.#element(
        'text',
        { x: px, y: py, 'text-anchor': anchor, class: 'count' },
        `${words} ${quadrants[which].length.toLocaleString('en')}`,
      ),
    )
  }
}
