/// <reference lib="dom" />
/**
 * @file Features in the order of a value, fast enough for the widest dictionaries: value and id are packed into one number each, and the
 * numbers are sorted by the engine itself, which calls no function for it. Written into the page as source text: see dom.ts.
 */

/**
 * A float32's bits in the order of its value are a whole number below 2³²; times 2²¹ and with an id below that it is exact as a double.
 * The budget of page-data.ts ends at dictionaries of half as many features.
 */
export class Sorter {
  readonly #value = new Float32Array(1)
  readonly #bits = new Uint32Array(this.#value.buffer)

  /** Equal values stay in the order of ids; missing ones (NaN) are last, whichever way. */
  order(features: ArrayLike<number>, keyOf: (feature: number) => number, isDescending: boolean): Uint32Array {
    const packed = new Float64Array(features.length)
    for (let i = 0; i < features.length; i++) {
      const feature = features[i] ?? 0
      packed[i] = this.#rank(keyOf(feature), isDescending) * 2 ** 21 + feature
    }
    return Uint32Array.from(packed.sort(), (one) => one % 2 ** 21)
  }

  #rank(value: number, isDescending: boolean): number {
    if (Number.isNaN(value)) return 0xffffffff
    // −0 is 0.
    this.#value[0] = value + 0
    const bits = this.#bits[0] ?? 0
    const ascending = bits >= 0x80000000 ? 0xffffffff - bits : bits + 0x80000000
    return isDescending ? 0xfffffffe - ascending : ascending
  }
}
