/**
 * @file Where features fire most, kept while the runs of a round go by: of each feature the highest rows, none two of one sequence, with what the
 * candidates have there. So features can be explained though no rows are stored.
 */
import type { PositionSlice } from '../../contract/options/positions.ts'
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import { firstFrom } from './kept-rows.ts'
import type { RoundBatch } from './round-batches.ts'
import { roundNames } from './round-graph.ts'

/** One position, and how much a feature fires there in the reference and in a candidate. */
export interface HighestRow {
  readonly row: number
  readonly activation: number
  readonly candidate: number
}

/** What is looked for. */
export interface HighestAsked {
  /** Rows of each feature. */
  readonly most: number
  /** Positions that count. */
  readonly at: PositionSlice
}

export class HighestRows {
  readonly #r: number
  /** Ascending ids. */
  readonly #features: Int32Array
  readonly #asked: HighestAsked
  /** (features, most), highest first; 0 where there is none. */
  readonly #activations: Float32Array
  readonly #rows: Int32Array
  /** Per candidate, likewise. */
  readonly #there: readonly Float32Array[]

  constructor(r: number, features: Int32Array, candidates: number, asked: HighestAsked) {
    const size = features.length * asked.most
    this.#r = r
    this.#features = features
    this.#asked = asked
    this.#activations = new Float32Array(size)
    this.#rows = new Int32Array(size)
    this.#there = Array.from({ length: candidates }, () => new Float32Array(size))
  }

  add(result: RunResult, { sequences, rows: [start] }: RoundBatch): void {
    const width = this.#features.length
    if (width === 0) return
    const {
      most,
      at: { start: begin, step },
    } = this.#asked
    const of = (figure: string): Float32Array => result.float32(roundNames.sum(this.#r, figure))
    const [highest, where] = [of('highest'), of('where')]
    const there = this.#there.map((_, c) => of(`there_${c + 1}`))
    let first = start
    for (const [s, { keepFrom, keepTo }] of sequences.entries()) {
      for (let k = 0; k < width; k++) {
        const i = s * width + k
        const activation = present(highest[i])
        if (!(activation > present(this.#activations[k * most + most - 1]))) continue
        const place = this.#insert(k, activation, first + begin + step * present(where[i]))
        for (const [c, values] of this.#there.entries()) values[place] = present(there[c]?.[i])
      }
      first += keepTo - keepFrom
    }
  }

  /** Those of one feature beside candidate `c` (0 is the first), the highest first. */
  of(feature: number, c: number): readonly HighestRow[] {
    const { most } = this.#asked
    const k = firstFrom(this.#features, feature)
    if (this.#features[k] !== feature) throw new RangeError(`feature ${feature} was not looked at`)
    const found: HighestRow[] = []
    for (let i = k * most; i < (k + 1) * most; i++) {
      const activation = present(this.#activations[i])
      if (activation > 0)
        found.push({ row: present(this.#rows[i]), activation, candidate: present(this.#there[c]?.[i]) })
    }
    return found
  }

  /** Make room behind what is as high, and say where. */
  #insert(k: number, activation: number, row: number): number {
    const { most } = this.#asked
    const [begin, end] = [k * most, (k + 1) * most]
    let place = begin
    while (place < end && present(this.#activations[place]) >= activation) place++
    for (const values of [this.#activations, this.#rows, ...this.#there])
      values.copyWithin(place + 1, place, end - 1)
    this.#activations[place] = activation
    this.#rows[place] = row
    return place
  }
}
