/**
 * @file A layer's weights replaced input by input, the error of each made up for in those behind it (feedback-factor.ts). Inputs are
 * taken in blocks: what all blocks before have left is added to a block at once, as a product of matrices.
 */
import type { FeedbackFactor } from './feedback-factor.ts'
import { addRowProducts } from './row-products.ts'

/** (out, in) row-major. */
export interface Rows {
  readonly data: Float32Array
  readonly out: number
  readonly in: number
}

/** One row of a block, while it is replaced: how its weights would be after the best correction for what was replaced so far. */
export interface Row {
  readonly row: number
  /** Input at which the block begins. */
  readonly start: number
  /** The corrected weights of inputs [from, to) of the block. Valid until the next call. */
  corrected(from: number, to: number): Float64Array
}

/** What takes the place of weights. */
export interface Replacement {
  /** Inputs of a block at most. */
  readonly blockSize: number
  /** Called for each row before any of a block's rows is replaced. */
  readonly see?: (row: Row, end: number) => void
  /** Called once every row was seen. */
  readonly decide?: (start: number, end: number) => void
  /** What takes the place of input k of a row; `aim`: the value that would make up for all errors before. */
  readonly choose: (row: Row, k: number, aim: number) => number
}

/** (out, in) what the weights become, float32; errors are those of the values before they are rounded to it. */
export function replaceWithFeedback(
  { data, out, in: inputs }: Rows,
  factor: FeedbackFactor,
  { blockSize, see, decide, choose }: Replacement,
): Float32Array {
  const replaced = new Float32Array(data.length)
  const errors = new Float64Array(data.length)
  for (let start = 0; start < inputs; start += blockSize) {
    const end = Math.min(start + blockSize, inputs)
    const block = new Block({ data, out, in: inputs }, factor, { errors, start, end })
    if (see !== undefined) for (let row = 0; row < out; row++) see(block.at(row, start), end)
    decide?.(start, end)
    for (let row = 0; row < out; row++) {
      for (let k = start; k < end; k++) {
        const weight = factor.dead[k] === 1 ? 0 : data[row * inputs + k]!
        const value = choose(block.at(row, k), k, block.aim(row, k))
        replaced[row * inputs + k] = value
        errors[row * inputs + k] = weight - value
      }
    }
  }
  return replaced
}

interface BlockPlace {
  /** (out, in) w − ŵ of what was replaced so far. */
  readonly errors: Float64Array
  readonly start: number
  readonly end: number
}

class Block implements Row {
  readonly #rows: Rows
  readonly #factor: FeedbackFactor
  readonly #place: BlockPlace
  /** (out, width) w_k + Σ e_j M_jk over inputs j before the block. */
  readonly #aims: Float64Array
  readonly #corrected: Float64Array
  row = 0
  /** Inputs before this one are replaced. */
  #next = 0

  constructor(rows: Rows, factor: FeedbackFactor, place: BlockPlace) {
    this.#rows = rows
    this.#factor = factor
    this.#place = place
    const { start, end, errors } = place
    const width = end - start
    this.#aims = new Float64Array(rows.out * width)
    this.#corrected = new Float64Array(width)
    for (let row = 0; row < rows.out; row++) {
      for (let k = start; k < end; k++) this.#aims[row * width + k - start] = this.#weight(row, k)
    }
    addRowProducts(
      { data: this.#aims, start: 0, stride: width },
      { data: errors, start: 0, stride: rows.in },
      { data: factor.feedback, start: start * rows.in, stride: rows.in },
      { rows: rows.out, columns: width, depth: start, sign: 1 },
    )
  }

  get start(): number {
    return this.#place.start
  }

  at(row: number, next: number): Row {
    this.row = row
    this.#next = next
    return this
  }

  aim(row: number, k: number): number {
    const { start, end, errors } = this.#place
    const { feedback, size } = this.#factor
    const [e, m] = [row * size, k * size]
    let aim = this.#aims[row * (end - start) + k - start]!
    for (let j = start; j < k; j++) aim += errors[e + j]! * feedback[m + j]!
    return aim
  }

  corrected(from: number, to: number): Float64Array {
    const { start, end, errors } = this.#place
    const { feedback, size } = this.#factor
    const [aims, e] = [this.row * (end - start) - start, this.row * size]
    for (let k = this.#next; k < to; k++) {
      const m = k * size
      let value = this.#aims[aims + k]!
      for (let j = start; j < this.#next; j++) value += errors[e + j]! * feedback[m + j]!
      for (let j = this.#next; j < k; j++)
        value += (this.#weight(this.row, j) - this.#corrected[j - start]!) * feedback[m + j]!
      this.#corrected[k - start] = value
    }
    return this.#corrected.subarray(from - start, to - start)
  }

  #weight(row: number, k: number): number {
    return this.#factor.dead[k] === 1 ? 0 : this.#rows.data[row * this.#rows.in + k]!
  }
}
