/**
 * @file A layer's weights replaced input by input, the error of each made up for in those behind it (feedback-factor.ts). Inputs are
 * taken in blocks: what all blocks before have left is added to a block at once, as a product of matrices, and inside a block what one step of
 * inputs has left to those behind it.
 */

import { addRowProducts } from '../products/row-products.ts'
import { type FeedbackFactor, undoneFeedback } from './feedback-factor.ts'

/** (out, in) row-major. */
export interface Rows {
  readonly data: Float32Array
  readonly out: number
  readonly in: number
}

/** One row of a block: how its weights would be after the best correction for what was replaced so far. */
export interface Row {
  readonly row: number
  /** Input at which the block begins. */
  readonly start: number
  /** The corrected weights of inputs [from, to): of the whole block before any is replaced, then of the step. Valid until the next call. */
  corrected(from: number, to: number): Float64Array
}

/** What takes the place of weights. */
export interface Replacement {
  /** Inputs of a block at most. */
  readonly blockSize: number
  /** Inputs of a step at most: all rows are through it before the next; inputs that are chosen together lie in one. */
  readonly stepSize: number
  /** Called for each row before any of a block's rows is replaced. */
  readonly see?: (row: Row, end: number) => void
  /** Called once every row was seen. */
  readonly decide?: (start: number, end: number) => void
  /** What takes the place of input k of a row; `aim`: the value that would make up for all errors before. */
  readonly choose: (row: Row, k: number, aim: number) => number
}

/** Inputs of a step where nothing else says it: sums inside it are made one after the other, those past it as products of matrices. */
export const STEP = 32

/** (out, in) what the weights become, float32; errors are those of the values before they are rounded to it. */
export function replaceWithFeedback(
  { data, out, in: inputs }: Rows,
  factor: FeedbackFactor,
  replacement: Replacement,
): Float32Array {
  const { blockSize, see, decide } = replacement
  const replaced = new Float32Array(data.length)
  const errors = new Float64Array(data.length)
  for (let start = 0; start < inputs; start += blockSize) {
    const end = Math.min(start + blockSize, inputs)
    const block = new Block({ data, out, in: inputs }, factor, { errors, start, end })
    if (see !== undefined) {
      const seen = block.unreplaced()
      for (let row = 0; row < out; row++) see(seen(row), end)
    }
    decide?.(start, end)
    replaceBlock(block, replacement, replaced)
  }
  return replaced
}

function replaceBlock(block: Block, { stepSize, choose }: Replacement, replaced: Float32Array): void {
  const { start, end, errors } = block.place
  const { out, in: inputs } = block.rows
  for (let first = start; first < end; first += stepSize) {
    const last = Math.min(first + stepSize, end)
    for (let row = 0; row < out; row++) {
      for (let k = first; k < last; k++) {
        const value = choose(block.at(row, k), k, block.aim(row, k))
        replaced[row * inputs + k] = value
        errors[row * inputs + k] = block.weight(row, k) - value
      }
    }
    block.settle(last)
  }
}

interface BlockPlace {
  /** (out, in) w − ŵ of what was replaced so far. */
  readonly errors: Float64Array
  readonly start: number
  readonly end: number
}

class Block implements Row {
  readonly rows: Rows
  readonly place: BlockPlace
  readonly #factor: FeedbackFactor
  /** (out, width) w_k + Σ e_j M_jk over inputs j before the step. */
  readonly #aims: Float64Array
  readonly #corrected: Float64Array
  row = 0
  /** Input at which the step begins. */
  #step: number
  /** Inputs before this one are replaced. */
  #next = 0

  constructor(rows: Rows, factor: FeedbackFactor, place: BlockPlace) {
    this.rows = rows
    this.#factor = factor
    this.place = place
    const { start, end } = place
    const width = end - start
    this.#aims = new Float64Array(rows.out * width)
    this.#corrected = new Float64Array(width)
    for (let row = 0; row < rows.out; row++) {
      for (let k = start; k < end; k++) this.#aims[row * width + k - start] = this.weight(row, k)
    }
    this.#addErrors(0, start, start)
    this.#step = start
  }

  get start(): number {
    return this.place.start
  }

  at(row: number, next: number): Row {
    this.row = row
    this.#next = next
    return this
  }

  /** All before `next` are replaced in every row: what they left is in the aims of the others. */
  settle(next: number): void {
    this.#addErrors(this.#step, next, next)
    this.#step = next
  }

  aim(row: number, k: number): number {
    const { start, end, errors } = this.place
    const { feedback, size } = this.#factor
    const [e, m] = [row * size, k * size]
    let aim = this.#aims[row * (end - start) + k - start]!
    for (let j = this.#step; j < k; j++) aim += errors[e + j]! * feedback[m + j]!
    return aim
  }

  corrected(from: number, to: number): Float64Array {
    const { start, end, errors } = this.place
    const { feedback, size } = this.#factor
    const [aims, e] = [this.row * (end - start) - start, this.row * size]
    for (let k = this.#next; k < to; k++) {
      const m = k * size
      let value = this.#aims[aims + k]!
      for (let j = this.#step; j < this.#next; j++) value += errors[e + j]! * feedback[m + j]!
      for (let j = this.#next; j < k; j++)
        value += (this.weight(this.row, j) - this.#corrected[j - start]!) * feedback[m + j]!
      this.#corrected[k - start] = value
    }
    return this.#corrected.subarray(from - start, to - start)
  }

  /**
   * The rows before any input of the block is replaced. Corrected weights c of them are such that c − w = (a − w) − (c − w) M inside the
   * block, a their aims: a product with (I + M)⁻¹, for all rows at once.
   */
  unreplaced(): (row: number) => Row {
    const { start, end } = this.place
    const { out } = this.rows
    const width = end - start
    const [moved, corrected] = [this.#aims.slice(), new Float64Array(out * width)]
    for (let row = 0, i = 0; row < out; row++) {
      for (let k = start; k < end; k++, i++) {
        corrected[i] = this.weight(row, k)
        moved[i]! -= corrected[i]!
      }
    }
    addRowProducts(
      { data: corrected, start: 0, stride: width },
      { data: moved, start: 0, stride: width },
      { data: undoneFeedback(this.#factor, start, end), start: 0, stride: width },
      { rows: out, columns: width, depth: width, sign: 1 },
    )
    return (row) => ({
      row,
      start,
      corrected: (from, to) => corrected.subarray(row * width + from - start, row * width + to - start),
    })
  }

  weight(row: number, k: number): number {
    return this.#factor.dead[k] === 1 ? 0 : this.rows.data[row * this.rows.in + k]!
  }

  /** Of inputs [from, to), to the aims of those from `behind` on. */
  #addErrors(from: number, to: number, behind: number): void {
    const { start, end, errors } = this.place
    const { out, in: inputs } = this.rows
    const width = end - start
    addRowProducts(
      { data: this.#aims, start: behind - start, stride: width },
      { data: errors, start: from, stride: inputs },
      { data: this.#factor.feedback, start: behind * inputs + from, stride: inputs },
      { rows: out, columns: end - behind, depth: to - from, sign: 1 },
    )
  }
}
