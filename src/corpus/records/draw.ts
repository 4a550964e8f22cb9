/**
 * @file N of the records, drawn at random and in random order: each record has a key made of the seed and its number, and those
 * with the smallest keys are drawn, in the order of their keys. So the same records come of the same seed, whatever way
 * the files are read in.
 */

/** In [0, 2⁵³): two rounds of MurmurHash3's finalizer over the number and the seed. */
export function drawKey(record: number, seed: number): number {
  const low = mixed((record >>> 0) ^ mixed(seed + 0x9e3779b9))
  const high = mixed(Math.floor(record / 2 ** 32) ^ mixed(low + 0x85ebca6b))
  return (high >>> 0) * 2 ** 21 + (mixed(low ^ high) >>> 11)
}

function mixed(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

interface Keyed<Value> {
  readonly key: number
  readonly record: number
  readonly value: Value
}

/** Keeps the N with the smallest keys of what it is given. */
export class Draw<Value> {
  readonly #wanted: number
  readonly #seed: number
  #held: Keyed<Value>[] = []
  #limit = Number.POSITIVE_INFINITY

  constructor(wanted: number, seed: number) {
    this.#wanted = wanted
    this.#seed = seed
  }

  offer(record: number, value: Value): void {
    const key = drawKey(record, this.#seed)
    if (key > this.#limit) return
    this.#held.push({ key, record, value })
    if (this.#held.length >= 2 * this.#wanted + 64) this.#prune()
  }

  /** What is held may be more than is wanted, until it is drawn. */
  get held(): readonly Value[] {
    return this.#held.map(({ value }) => value)
  }

  /** In the order of the keys. */
  drawn(): readonly Value[] {
    this.#prune()
    return this.held
  }

  #prune(): void {
    this.#held.sort((a, b) => a.key - b.key || a.record - b.record)
    this.#held.length = Math.min(this.#held.length, this.#wanted)
    if (this.#held.length === this.#wanted) this.#limit = this.#held.at(-1)?.key ?? this.#limit
  }
}
