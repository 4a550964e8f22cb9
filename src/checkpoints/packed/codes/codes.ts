/**
 * @file Bit fields out of 32-bit words: the only place that shifts.
 *
 * `dense`: field i lies in bits [i·b, i·b + b) of the little-endian word sequence, low bits first, and may straddle two
 * words. `padded`: floor(32/b) fields per word, the rest of the word unused. For b = 1, 2, 4, 8 they are the same.
 * Sources: AutoGPTQ qlinear_cuda_old.py (dense); compressed-tensors pack_quantized.py before and after its commit 3f01c782.
 */

export type FieldLayout = 'dense' | 'padded'

/** Words that hold `count` fields of `bits` bits. */
export function wordsFor(count: number, bits: number, layout: FieldLayout): number {
  return layout === 'dense' ? Math.ceil((count * bits) / 32) : Math.ceil(count / Math.floor(32 / bits))
}

/** Fields that follow each other in the words from `start` on → codes[0 … codes.length). */
export function unpackRun(
  words: Uint32Array,
  start: number,
  bits: number,
  layout: FieldLayout,
  codes: Uint8Array,
): void {
  if (bits === 4) unpackNibbleWords(words, start, codes)
  else if (layout === 'padded' || 32 % bits === 0) unpackWholeFields(words, start, bits, codes)
  else unpackStraddling(words, start, bits, codes)
}

function unpackNibbleWords(words: Uint32Array, start: number, codes: Uint8Array): void {
  const whole = codes.length & ~7
  let w = start
  for (let i = 0; i < whole; i += 8, w++) {
    const word = words[w]!
    codes[i] = word & 15
    codes[i + 1] = (word >>> 4) & 15
    codes[i + 2] = (word >>> 8) & 15
    codes[i + 3] = (word >>> 12) & 15
    codes[i + 4] = (word >>> 16) & 15
    codes[i + 5] = (word >>> 20) & 15
    codes[i + 6] = (word >>> 24) & 15
    codes[i + 7] = word >>> 28
  }
  for (let i = whole; i < codes.length; i++) codes[i] = (words[w]! >>> (4 * (i - whole))) & 15
}

function unpackWholeFields(words: Uint32Array, start: number, bits: number, codes: Uint8Array): void {
  const mask = 2 ** bits - 1
  const top = Math.floor(32 / bits) * bits
  for (let i = 0, w = start; i < codes.length; w++) {
    const word = words[w]!
    for (let shift = 0; shift < top && i < codes.length; shift += bits, i++)
      codes[i] = (word >>> shift) & mask
  }
}

function unpackStraddling(words: Uint32Array, start: number, bits: number, codes: Uint8Array): void {
  const mask = 2 ** bits - 1
  let w = start
  let shift = 0
  for (let i = 0; i < codes.length; i++) {
    let field = words[w]! >>> shift
    shift += bits
    if (shift >= 32) {
      shift -= 32
      w++
      if (shift > 0) field |= words[w]! << (bits - shift)
    }
    codes[i] = field & mask
  }
}

/** Rows of fields, each from a fresh word on: words [rows, wordsPerRow] → codes [rows, count]. */
export function unpackRows(
  words: Uint32Array,
  rows: number,
  count: number,
  bits: number,
  layout: FieldLayout,
): Uint8Array {
  const perRow = wordsFor(count, bits, layout)
  const codes = new Uint8Array(rows * count)
  for (let row = 0; row < rows; row++) {
    unpackRun(words, row * perRow, bits, layout, codes.subarray(row * count, (row + 1) * count))
  }
  return codes
}

/** Columns of fields, packed downwards: words [wordsPerColumn, columns] → codes [count, columns]. */
export function unpackColumns(
  words: Uint32Array,
  columns: number,
  count: number,
  bits: number,
  layout: FieldLayout,
): Uint8Array {
  const perColumn = wordsFor(count, bits, layout)
  const column = new Uint32Array(perColumn)
  const run = new Uint8Array(count)
  const codes = new Uint8Array(count * columns)
  for (let c = 0; c < columns; c++) {
    for (let w = 0; w < perColumn; w++) column[w] = words[w * columns + c]!
    unpackRun(column, 0, bits, layout, run)
    for (let i = 0; i < count; i++) codes[i * columns + c] = run[i]!
  }
  return codes
}

/** Fields of one row after the other, wherever they come from. */
export interface WordRows {
  readonly words: Uint32Array
  readonly bits: number
  readonly layout: FieldLayout
  /** Index of the first word of a row. Rows are asked for in order. */
  seek(row: number): number
}

/** Rows that are packed along themselves: words [rows, wordsFor(count)]. */
export function packedRows(words: Uint32Array, count: number, bits: number, layout: FieldLayout): WordRows {
  const perRow = wordsFor(count, bits, layout)
  return { words, bits, layout, seek: (row) => row * perRow }
}

/** Columns turned into rows together: so many neighbouring words are a cache line. */
const COLUMN_TILE = 16

/** The columns of words [wordsFor(count), columns] as rows of `count` dense fields (GPTQ packs so). */
export function packedColumns(words: Uint32Array, columns: number, count: number, bits: number): WordRows {
  const perColumn = wordsFor(count, bits, 'dense')
  const tile = new Uint32Array(COLUMN_TILE * perColumn)
  const seek = (column: number): number => {
    const inTile = column % COLUMN_TILE
    if (inTile === 0) gatherColumns(words, columns, column, perColumn, tile)
    return inTile * perColumn
  }
  return { words: tile, bits, layout: 'dense', seek }
}

function gatherColumns(
  words: Uint32Array,
  columns: number,
  first: number,
  rows: number,
  tile: Uint32Array,
): void {
  const wide = Math.min(COLUMN_TILE, columns - first)
  for (let row = 0; row < rows; row++) {
    const at = row * columns + first
    for (let c = 0; c < wide; c++) tile[c * rows + row] = words[at + c]!
  }
}
