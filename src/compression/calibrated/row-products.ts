/**
 * @file Products of rows with rows, float64, four by four in registers: what Cholesky factors and error feedback spend their time in.
 * Both operands lie along the sum, so that nothing has to be packed.
 */

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
  for (let from = 0; from < depth; from += DEPTH) {
    const size = { rows, columns, depth: Math.min(DEPTH, depth - from) }
    addPart(into, at(left, 0, from), at(right, 0, from), { ...size, sign })
  }
}

/** Part of the sum that is added at a time: that much of every row of the right operand, 128 of them, stays in the second-level cache. */
const DEPTH = 256

function addPart(
  into: Rectangle,
  left: Rectangle,
  right: Rectangle,
  { rows, columns, depth, sign }: ProductSize & { readonly sign: 1 | -1 },
): void {
  const [wholeRows, wholeColumns] = [rows & ~3, columns & ~3]
  for (let i = 0; i < wholeRows; i += 4) {
    for (let j = 0; j < wholeColumns; j += 4)
      addSquare(at(into, i, j), at(left, i, 0), at(right, j, 0), depth * sign)
  }
  for (let i = 0; i < rows; i++) {
    for (let j = i < wholeRows ? wholeColumns : 0; j < columns; j++) {
      const product = rowProduct(at(left, i, 0), at(right, j, 0), depth)
      into.data[into.start + i * into.stride + j]! += sign * product
    }
  }
}

const at = ({ data, start, stride }: Rectangle, row: number, column: number): Rectangle => ({
  data,
  start: start + row * stride + column,
  stride,
})

function rowProduct(left: Rectangle, right: Rectangle, depth: number): number {
  const [x, y] = [left.data, right.data]
  let sum = 0
  for (let p = 0; p < depth; p++) sum += x[left.start + p]! * y[right.start + p]!
  return sum
}

/** Four rows by four rows. `signedDepth`: the depth, with the sign of what is added. */
function addSquare(into: Rectangle, left: Rectangle, right: Rectangle, signedDepth: number): void {
  const depth = Math.abs(signedDepth)
  const [x, y] = [left.data, right.data]
  let [a, b] = [left.start, right.start]
  const [a1, a2, a3] = [left.stride, 2 * left.stride, 3 * left.stride]
  const [b1, b2, b3] = [right.stride, 2 * right.stride, 3 * right.stride]
  let s00 = 0
  let s01 = 0
  let s02 = 0
  let s03 = 0
  let s10 = 0
  let s11 = 0
  let s12 = 0
  let s13 = 0
  let s20 = 0
  let s21 = 0
  let s22 = 0
  let s23 = 0
  let s30 = 0
  let s31 = 0
  let s32 = 0
  let s33 = 0
  for (const end = a + depth; a < end; a++, b++) {
    const x0 = x[a]!
    const x1 = x[a + a1]!
    const x2 = x[a + a2]!
    const x3 = x[a + a3]!
    const y0 = y[b]!
    const y1 = y[b + b1]!
    const y2 = y[b + b2]!
    const y3 = y[b + b3]!
    s00 += x0 * y0
    s01 += x0 * y1
    s02 += x0 * y2
    s03 += x0 * y3
    s10 += x1 * y0
    s11 += x1 * y1
    s12 += x1 * y2
    s13 += x1 * y3
    s20 += x2 * y0
    s21 += x2 * y1
    s22 += x2 * y2
    s23 += x2 * y3
    s30 += x3 * y0
    s31 += x3 * y1
    s32 += x3 * y2
    s33 += x3 * y3
  }
  const sign = signedDepth < 0 ? -1 : 1
  addRow(into, 0, sign, [s00, s01, s02, s03])
  addRow(into, 1, sign, [s10, s11, s12, s13])
  addRow(into, 2, sign, [s20, s21, s22, s23])
  addRow(into, 3, sign, [s30, s31, s32, s33])
}

function addRow(
  { data, start, stride }: Rectangle,
  row: number,
  sign: number,
  sums: readonly number[],
): void {
  const first = start + row * stride
  for (let j = 0; j < 4; j++) data[first + j]! += sign * sums[j]!
}
