/**
 * @file Products of rows with rows, float64: what Cholesky factors and error feedback spend their time in. Operands are laid out anew for
 * square-products.ts, which costs a tenth of the product of 128 rows.
 */
import { FOUR, MOST_COLUMNS, MOST_DEPTH, type SquareProducts, squareProducts } from './square-products.ts'

/** A rectangle of a row-major matrix: its first element, and the distance of its rows. */
export interface Rectangle {
  readonly data: Float64Array
  readonly start: number
  readonly stride: number
}

/** Rows of the left and of the right operand, and the length of the sum. */
export interface ProductSize {
  readonly rows: number
  readonly columns: number
  readonly depth: number
}

/** into (rows, columns) += sign · left (rows, depth) · right (columns, depth)ᵀ. `into` overlaps neither operand's rectangle. */
export function addRowProducts(
  into: Rectangle,
  left: Rectangle,
  right: Rectangle,
  { rows, columns, depth, sign }: ProductSize & { readonly sign: 1 | -1 },
): void {
  const products = squareProducts()
  for (let from = 0; from < depth; from += MOST_DEPTH) {
    for (let first = 0; first < columns; first += MOST_COLUMNS) {
      const part = {
        rows,
        columns: Math.min(MOST_COLUMNS, columns - first),
        depth: Math.min(MOST_DEPTH, depth - from),
      }
      layOut(products, at(right, first, from), part)
      addPart(products, at(into, 0, first), at(left, 0, from), { ...part, sign })
    }
  }
}

const at = ({ data, start, stride }: Rectangle, row: number, column: number): Rectangle => ({
  data,
  start: start + row * stride + column,
  stride,
})

function layOut({ values, right: to }: SquareProducts, right: Rectangle, part: ProductSize): void {
  const { columns, depth } = part
  for (let j = 0; j < columns; j += FOUR)
    interleave(values, to + j * depth, at(right, j, 0), { rows: columns - j, depth })
}

/** Up to four rows as [p][4]; where there are fewer, zeros stand for the others. */
function interleave(
  values: Float64Array,
  to: number,
  { data, start, stride }: Rectangle,
  { rows, depth }: Pick<ProductSize, 'rows' | 'depth'>,
): void {
  if (rows >= FOUR) {
    const [second, third, fourth] = [stride, 2 * stride, 3 * stride]
    for (let p = start, i = to; p < start + depth; p++, i += FOUR) {
      values[i] = data[p]!
      values[i + 1] = data[p + second]!
      values[i + 2] = data[p + third]!
      values[i + 3] = data[p + fourth]!
    }
    return
  }
  values.fill(0, to, to + FOUR * depth)
  for (let r = 0; r < rows; r++) {
    for (let p = 0; p < depth; p++) values[to + FOUR * p + r] = data[start + r * stride + p]!
  }
}

function addPart(
  { values, left: to, sums, multiply }: SquareProducts,
  into: Rectangle,
  left: Rectangle,
  { rows, columns, depth, sign }: ProductSize & { readonly sign: 1 | -1 },
): void {
  const fours = Math.ceil(columns / FOUR)
  for (let i = 0; i < rows; i += FOUR) {
    interleave(values, to, at(left, i, 0), { rows: rows - i, depth })
    multiply(depth, fours)
    for (let r = 0; r < FOUR && i + r < rows; r++)
      addRow(at(into, i + r, 0), columns, sign, { values, from: sums + FOUR * r })
  }
}

/** Sums of one row, of which every four lie a square apart. */
function addRow(
  { data, start }: Rectangle,
  columns: number,
  sign: number,
  { values, from }: { readonly values: Float64Array; readonly from: number },
): void {
  for (let j = 0; j < columns; j++)
    data[start + j]! += sign * values[from + FOUR * FOUR * (j >> 2) + (j & 3)]!
}
