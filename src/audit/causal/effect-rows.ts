/** @file What a run of the effect head says of each of its rows, in float64. */
import { type EffectLayout, effectNames } from '../../models/effect-head.ts'
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import { meanOverTiles, type TileParts, tileParts } from '../../statistics/causal/tile-sums.ts'

/** Of one row and one edit; the candidate's null where the reference stands alone. */
export interface RowEffect {
  readonly referenceSquares: number
  readonly products: number
  readonly candidateSquares: number
  readonly referenceKl: number
  readonly candidateKl: number
  readonly referenceLoss: number
  readonly candidateLoss: number
}

/** Where a row's target stands among the tiles. */
export interface RowPlace {
  readonly row: number
  readonly targetTile: number
}

/** Reads rows of one result. */
export class EffectReader {
  readonly #values = new Map<string, Float32Array>()
  readonly #plain = new Map<number, TileParts>()
  readonly #result: RunResult
  readonly #tiles: number
  readonly #models: number
  readonly #edits: EffectLayout['edits']

  /** `models`: 1 or 2. */
  constructor(
    result: RunResult,
    tiles: number,
    { models, edits }: Pick<EffectLayout, 'edits'> & { readonly models: number },
  ) {
    this.#result = result
    this.#tiles = tiles
    this.#models = models
    this.#edits = edits
  }

  /** The reference's own effect. */
  alone(place: RowPlace, edit: number): { readonly kl: number; readonly loss: number } {
    const { kl, loss } = this.#moved(place, 0, edit)
    return { kl, loss }
  }

  /** Both models' effects beside each other. */
  paired(place: RowPlace, edit: number): RowEffect {
    if (this.#models !== 2) throw new RangeError('no candidate stands beside the reference')
    const [r, c] = [this.#moved(place, 0, edit), this.#moved(place, 1, edit)]
    const of = (name: string): number => meanOverTiles(r.plain, this.#row(name, place.row))
    const [uu, uk, kk] = [
      of(effectNames.squares(edit)),
      of(effectNames.product(edit)),
      of(effectNames.candidateSquares(edit)),
    ]
    const k = of(effectNames.candidateMean(edit))
    const { offset: a, mean: u } = r
    const b = c.offset
    return {
      referenceSquares: Math.max(0, uu - 2 * a * u + a * a),
      products: uk - b * u - a * k + a * b,
      candidateSquares: Math.max(0, kk - 2 * b * k + b * b),
      referenceKl: r.kl,
      candidateKl: c.kl,
      referenceLoss: r.loss,
      candidateLoss: c.loss,
    }
  }

  /** One model under one edit: `offset` c, `mean` E[u] under its own p. */
  #moved({ row, targetTile }: RowPlace, m: number, edit: number) {
    const e = m === 0 ? present(this.#edits[edit]) : edit
    const plain = this.#plainOf(row, m)
    const edited = this.#parts(effectNames.editedTop(m, e), effectNames.editedShare(m, e), row)
    const change = edited.logSum - plain.logSum
    const shift = present(this.#all(effectNames.shift(m, e))[row])
    const mean = meanOverTiles(plain, this.#row(effectNames.mean(m, edit), row))
    const target = (name: string): number => present(this.#row(name, row)[targetTile])
    const atTarget = target(effectNames.editedTarget(m, e)) - target(effectNames.target(m))
    const offset = change - shift
    return { plain, offset, mean, kl: offset - mean, loss: change - atTarget }
  }

  /** Once for all edits of a row. */
  #plainOf(row: number, m: number): TileParts {
    const key = row * this.#models + m
    const known = this.#plain.get(key) ?? this.#parts(effectNames.top(m), effectNames.topShare(m), row)
    this.#plain.set(key, known)
    return known
  }

  #parts(top: string, share: string, row: number): TileParts {
    return tileParts(this.#row(top, row), this.#row(share, row))
  }

  #row(name: string, row: number): Float32Array {
    return this.#all(name).subarray(row * this.#tiles, (row + 1) * this.#tiles)
  }

  #all(name: string): Float32Array {
    const known = this.#values.get(name) ?? this.#result.float32(name)
    this.#values.set(name, known)
    return known
  }
}
