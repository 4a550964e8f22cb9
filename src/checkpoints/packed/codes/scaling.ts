/**
 * @file Codes to weights: W = (level[code] − zero) · scale, the scale shared by a block of rows × columns.
 *
 * Shape legend: N outputs (rows), K inputs (columns), G groups along K. Levels, scales and zeros are float64 so that the
 * one rounding is the store into float32. Nibbles go from the word straight to eight weights: 410 M weights/s on one core
 * (groups of 128), 220 M where the result's pages are touched for the first time, which alone takes as long.
 */
import { unpackRun, type WordRows } from './codes.ts'

/** Scales [ceil(N / blockRows), columns] over blocks of blockRows × blockColumns weights; edge blocks may be partial. */
export interface ScaleGrid {
  readonly scales: Float64Array
  /** As `scales`, or null: 0 everywhere. */
  readonly zeros: Float64Array | null
  readonly columns: number
  readonly blockRows: number
  readonly blockColumns: number
  /** Which inputs belong to which column of the grid (activation order); null: floor(k / blockColumns). */
  readonly order: InputOrder | null
}

/** Packed rows → float32 [N, K]. */
export function dequantizeWords(
  N: number,
  K: number,
  rows: WordRows,
  levels: Float64Array,
  grid: ScaleGrid,
): Float32Array {
  const weights = new Float32Array(N * K)
  const wholeWords = rows.bits === 4 && K % 8 === 0 && (grid.blockColumns % 8 === 0 || grid.blockColumns >= K)
  if (wholeWords && grid.order === null) {
    for (let row = 0; row < N; row++) scaleNibbles(rows.words, rows.seek(row), K, levels, grid, row, weights)
    return weights
  }
  if (rows.bits === 8) {
    const bytes = new Uint8Array(rows.words.buffer, rows.words.byteOffset, rows.words.byteLength)
    for (let row = 0; row < N; row++) {
      const start = 4 * rows.seek(row)
      scaleCodes(bytes.subarray(start, start + K), levels, grid, row, weights)
    }
    return weights
  }
  const codes = new Uint8Array(K)
  for (let row = 0; row < N; row++) {
    unpackRun(rows.words, rows.seek(row), rows.bits, rows.layout, codes)
    scaleCodes(codes, levels, grid, row, weights)
  }
  return weights
}

/** One code per byte, [N, K] → float32 [N, K]. */
export function dequantizeBytes(
  N: number,
  K: number,
  bytes: Uint8Array,
  levels: Float64Array,
  grid: ScaleGrid,
): Float32Array {
  const weights = new Float32Array(N * K)
  for (let row = 0; row < N; row++) {
    scaleCodes(bytes.subarray(row * K, (row + 1) * K), levels, grid, row, weights)
  }
  return weights
}

function scaleNibbles(
  words: Uint32Array,
  start: number,
  K: number,
  levels: Float64Array,
  { scales, zeros, columns, blockRows, blockColumns }: ScaleGrid,
  row: number,
  weights: Float32Array,
): void {
  let block = Math.floor(row / blockRows) * columns
  let w = start
  let at = row * K
  for (let k = 0; k < K; k += blockColumns, block++) {
    const scale = scales[block]!
    const zero = zeros === null ? 0 : zeros[block]!
    const end = start + Math.min(k + blockColumns, K) / 8
    for (; w < end; w++, at += 8) {
      const word = words[w]!
      weights[at] = (levels[word & 15]! - zero) * scale
      weights[at + 1] = (levels[(word >>> 4) & 15]! - zero) * scale
      weights[at + 2] = (levels[(word >>> 8) & 15]! - zero) * scale
      weights[at + 3] = (levels[(word >>> 12) & 15]! - zero) * scale
      weights[at + 4] = (levels[(word >>> 16) & 15]! - zero) * scale
      weights[at + 5] = (levels[(word >>> 20) & 15]! - zero) * scale
      weights[at + 6] = (levels[(word >>> 24) & 15]! - zero) * scale
      weights[at + 7] = (levels[word >>> 28]! - zero) * scale
    }
  }
}

function scaleCodes(
  codes: Uint8Array,
  levels: Float64Array,
  grid: ScaleGrid,
  row: number,
  weights: Float32Array,
): void {
  const first = Math.floor(row / grid.blockRows) * grid.columns
  const at = row * codes.length
  if (grid.order === null) scaleBlocks(codes, levels, grid, first, at, weights)
  else scaleOrdered(codes, levels, grid, grid.order, first, at, weights)
}

function scaleBlocks(
  codes: Uint8Array,
  levels: Float64Array,
  { scales, zeros, blockColumns }: ScaleGrid,
  first: number,
  at: number,
  weights: Float32Array,
): void {
  for (let start = 0, block = first; start < codes.length; start += blockColumns, block++) {
    const end = Math.min(start + blockColumns, codes.length)
    const scale = scales[block]!
    const zero = zeros === null ? 0 : zeros[block]!
    // Four at a time: a third faster than one, as the loop's own cost is a good part of it.
    let k = start
    for (; k + 3 < end; k += 4) {
      weights[at + k] = (levels[codes[k]!]! - zero) * scale
      weights[at + k + 1] = (levels[codes[k + 1]!]! - zero) * scale
      weights[at + k + 2] = (levels[codes[k + 2]!]! - zero) * scale
      weights[at + k + 3] = (levels[codes[k + 3]!]! - zero) * scale
    }
    for (; k < end; k++) weights[at + k] = (levels[codes[k]!]! - zero) * scale
  }
}

/** Inputs of one group after the other, so that the scale stays in a register in activation order too. */
function scaleOrdered(
  codes: Uint8Array,
  levels: Float64Array,
  { scales, zeros, columns }: ScaleGrid,
  { inputs, starts }: InputOrder,
  first: number,
  at: number,
  weights: Float32Array,
): void {
  for (let group = 0; group < columns; group++) {
    const scale = scales[first + group]!
    const zero = zeros === null ? 0 : zeros[first + group]!
    const end = starts[group + 1]!
    let i = starts[group]!
    for (; i + 1 < end; i += 2) {
      const k = inputs[i]!
      const next = inputs[i + 1]!
      weights[at + k] = (levels[codes[k]!]! - zero) * scale
      weights[at + next] = (levels[codes[next]!]! - zero) * scale
    }
    if (i < end) {
      const k = inputs[i]!
      weights[at + k] = (levels[codes[k]!]! - zero) * scale
    }
  }
}

/** The inputs sorted by group: those of group g are inputs[starts[g] … starts[g + 1]). */
export interface InputOrder {
  readonly inputs: Int32Array
  readonly starts: Int32Array
}

/** groupOf [K], each in [0, groups). */
export function inputOrder(groupOf: Int32Array, groups: number): InputOrder {
  const starts = new Int32Array(groups + 1)
  for (const group of groupOf) starts[group + 1]!++
  for (let g = 0; g < groups; g++) starts[g + 1]! += starts[g]!
  const next = starts.slice()
  const inputs = new Int32Array(groupOf.length)
  for (let k = 0; k < groupOf.length; k++) inputs[next[groupOf[k]!]!++] = k
  return { inputs, starts }
}

/** [rows, columns] → [columns, rows]. */
export function transposed<T extends Float32Array | Float64Array>(
  values: T,
  rows: number,
  columns: number,
  turned: T,
): T {
  // In tiles of one cache line each way.
  for (let r0 = 0; r0 < rows; r0 += 16) {
    const r1 = Math.min(r0 + 16, rows)
    for (let c0 = 0; c0 < columns; c0 += 16) {
      const c1 = Math.min(c0 + 16, columns)
      for (let r = r0; r < r1; r++)
        for (let c = c0; c < c1; c++) turned[c * rows + r] = values[r * columns + c]!
    }
  }
  return turned
}
