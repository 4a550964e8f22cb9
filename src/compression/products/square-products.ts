/**
 * @file Products of four rows with many rows, float64, in the processor's vectors: what row-products.ts spends its time in. Of four by four
 * sums two lie in a vector, and each adds its products in their order, as a plain loop does: the same bits. JavaScript makes one of these
 * products at a time, an eighth of what a core can (docs/decisions/2026-11-29-compression-time.md).
 */
import {
  advance,
  constant,
  get,
  load,
  loadFunction,
  loadTwice,
  repeatWhileLess,
  set,
  store,
  type VectorFunction,
  vector,
} from '../../numbers/vector-function.ts'

/** Rows that lie interleaved: [p][4]. */
export const FOUR = 4
/** Length of a sum, and rows of the right operand, that one call takes at most: they stay in the second-level cache. */
export const MOST_DEPTH = 256
export const MOST_COLUMNS = 128

/** Where operands and sums lie in the memory of the function, in float64 values. */
export interface SquareProducts {
  readonly values: Float64Array
  /** [p][4]: four rows. */
  readonly left: number
  /** [fours of columns][p][4]. */
  readonly right: number
  /** [fours of columns][row][4]: what a call leaves. */
  readonly sums: number
  /** Sums of depth ≥ 1 for `fours` ≥ 1 fours of columns. */
  readonly multiply: (depth: number, fours: number) => void
}

let loaded: SquareProducts | null = null

/** One for every thread, loaded when it is first asked for. */
export function squareProducts(): SquareProducts {
  loaded ??= laidOut()
  return loaded
}

function laidOut(): SquareProducts {
  const left = MOST_COLUMNS * MOST_DEPTH
  const sums = left + FOUR * MOST_DEPTH
  const end = sums + FOUR * MOST_COLUMNS
  const { memory, call } = loadFunction(WRITTEN, 8 * end)
  return {
    values: new Float64Array(memory),
    left,
    right: 0,
    sums,
    multiply: (depth, fours) => {
      const [x, into] = [8 * left, 8 * sums]
      call(x, x + ROW * depth, 0, into, into + SQUARE * fours)
    },
  }
}

/** Bytes of four float64 and of four by four. */
const ROW = 32
const SQUARE = 128

/** Parameters: the left operand and its end, the right one, the sums and their end. */
const [LEFT, LEFT_END, RIGHT, SUMS, SUMS_END] = [0, 1, 2, 3, 4]
/** An integer: the place in the left operand. */
const AT = 5
/** Vectors: eight sums, [row][half]; two halves of a row of the right operand; a value of the left one, twice. */
const sum = (row: number, half: number): number => 6 + 2 * row + half
const right = (half: number): number => 14 + half
const VALUE = 16

const ROWS = [0, 1, 2, 3]
const HALVES = [0, 1]
const EIGHT = ROWS.flatMap((row) => HALVES.map((half) => ({ row, half })))

const WRITTEN: VectorFunction = {
  parameters: 5,
  integers: 1,
  vectors: 11,
  body: [
    repeatWhileLess(SUMS, SUMS_END, [
      set(AT, get(LEFT)),
      ...EIGHT.map(({ row, half }) => set(sum(row, half), constant(0))),
      repeatWhileLess(AT, LEFT_END, [
        ...HALVES.map((half) => set(right(half), load(RIGHT, 16 * half))),
        ...ROWS.flatMap((row) => [
          set(VALUE, loadTwice(AT, 8 * row)),
          ...HALVES.map((half) => addProduct(sum(row, half), VALUE, right(half))),
        ]),
        advance(RIGHT, ROW),
        advance(AT, ROW),
      ]),
      ...EIGHT.map(({ row, half }) => store(SUMS, ROW * row + 16 * half, get(sum(row, half)))),
      advance(SUMS, SQUARE),
    ]),
  ],
}

/** Rounded twice, as in JavaScript: no fused product. */
function addProduct(into: number, a: number, b: number): readonly number[] {
  return set(into, get(into), get(a), get(b), vector('f64x2.mul'), vector('f64x2.add'))
}
