/**
 * @file What is kept of feature activations: sums over the rows of a run, feature by feature, tile after tile.
 *
 * Rows are summed in as many parts as there are threads. The engine gives each thread the same share of the rows in a
 * matrix product (where a tile is not wider than the run has rows), in elementwise operators, and here, part by part: so a
 * thread finds the activations that it sums in its own core's cache. Handing them to another core costs little where
 * cores share a cache and a third of the whole pass where they do not (docs/decisions/2026-11-25-rows-stay-with-threads.md).
 */
import { present } from '../../numbers/present.ts'
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'

/** Gathers one row of figures per tile under each name, and puts them side by side at the end. */
export class FeatureColumns {
  readonly #g: GraphBuilder
  readonly #parts: number
  readonly #places: number
  readonly #ones: Value
  /** (parts, n_part, 1) per place; none where all rows are of one. */
  readonly #marks: readonly Value[]
  /** (parts, places, tile) each, still to be added up. */
  readonly #sums = new Map<string, Value[]>()
  /** (places, tile) each, largest or smallest. */
  readonly #peaks = new Map<string, Value[]>()
  /** (rows, tile) each, of as many rows as the figure has. */
  readonly #blocks = new Map<string, Value[]>()

  /**
   * `ones` (parts, places, n_part): 1 for rows that are summed, 0 for rows that fill up. Of several places each has sums of its own, and a
   * row is of one of them or of none.
   */
  constructor(g: GraphBuilder, ones: Value) {
    const [parts, places] = ones.shape
    if (typeof parts !== 'number' || typeof places !== 'number')
      throw new RangeError('in how many parts rows are summed is not known')
    this.#g = g
    this.#parts = parts
    this.#places = places
    this.#ones = ones
    this.#marks =
      places === 1 ? [] : op.split(g, op.transpose(g, ones, [0, 2, 1]), places, 2, [parts, 'n_part', 1])
  }

  /** Σ over the rows of x (n_row, tile), as a product with ones: quicker than ReduceSum. */
  sum(name: string, x: Value): void {
    append(this.#sums, name, op.matMul(this.#g, this.#ones, this.#apart(x)))
  }

  /** Largest of the rows of x (n_row, tile) ≥ 0: where all are of one place, those that fill up included. */
  peak(name: string, x: Value): void {
    const g = this.#g
    const size = present(x.shape[1])
    const apart = this.#apart(x)
    const of = this.#marks.length === 0 ? [apart] : this.#marks.map((mark) => op.mul(g, apart, mark))
    const peaks = of.map((rows) => {
      const peak = op.reduceMax(g, op.reduceMax(g, rows, 1), 0)
      return op.reshape(g, peak, [1, -1], [1, size])
    })
    append(this.#peaks, name, op.concat(g, peaks, 0, [this.#places, size]))
  }

  /** Smallest of the rows of x (n_row, tile), where all are of one place: those that fill up included. */
  least(name: string, x: Value): void {
    if (this.#places > 1) throw new RangeError('the smallest of rows of several places')
    const g = this.#g
    const least = op.reduceMin(g, op.reduceMin(g, this.#apart(x), 1), 0)
    append(this.#peaks, name, op.reshape(g, least, [1, -1], [1, present(x.shape[1])]))
  }

  /** A figure of several rows, as it is: x (rows, tile). */
  block(name: string, x: Value): void {
    append(this.#blocks, name, x)
  }

  /** (n_row, tile) → (parts, n_part, tile) */
  #apart(x: Value): Value {
    const tile = x.shape[1]
    if (typeof tile !== 'number') throw new RangeError(`${x.name} is not a tile of features`)
    return op.reshape(this.#g, x, [this.#parts, -1, tile], [this.#parts, 'n_part', tile])
  }

  /**
   * The figures by name, (places, width) each, blocks as high as they are. The engine runs what an output needs before it turns to the next
   * output. So there is one node that needs everything, tile after tile: a tile's activations are then summed while they are in cache, and
   * never are those of all tiles in memory together (docs/decisions/2026-11-25-tile-order.md).
   */
  values(width: number): ReadonlyMap<string, Value> {
    const g = this.#g
    const names = [...this.#sums.keys(), ...this.#peaks.keys(), ...this.#blocks.keys()]
    const blocks = [...this.#blocks.values()].map((tiles) => heightOf(tiles))
    const heights = [...new Array<number>(names.length - blocks.length).fill(this.#places), ...blocks]
    const rows = heights.reduce((sum, height) => sum + height, 0)
    const all = op.concat(g, this.#tiles(rows), 1, [rows, width])
    const figures =
      blocks.length === 0
        ? op.split(g, all, names.length, 0, [this.#places, width])
        : op.splitRows(g, all, heights)
    return new Map(figures.map((value, i) => [present(names[i]), value]))
  }

  /** (rows, tile) each: sums, then peaks, then blocks. */
  #tiles(rows: number): readonly Value[] {
    const g = this.#g
    const [first = []] = this.#sums.values()
    return first.map(({ shape }, tile) => {
      const size = present(shape[2])
      const ofTile = (values: Map<string, Value[]>): Value[] =>
        [...values.values()].flatMap((tiles) => tiles[tile] ?? [])
      const sums = op.concat(g, ofTile(this.#sums), 1, [this.#parts, this.#sums.size * this.#places, size])
      const others = [...ofTile(this.#peaks), ...ofTile(this.#blocks)]
      return op.concat(g, [op.firstAxisSum(g, sums), ...others], 0, [rows, size])
    })
  }
}

function heightOf([first]: readonly Value[]): number {
  const height = first?.shape[0]
  if (typeof height !== 'number') throw new RangeError('how many rows a figure has is not known')
  return height
}

function append(values: Map<string, Value[]>, name: string, value: Value): void {
  values.set(name, [...(values.get(name) ?? []), value])
}
