/**
 * @file Rows in 16 bits: each as float16 numbers and one power of two that makes its largest value just fit, so that a row of large
 * values and a row of small ones are rounded alike (to 2⁻¹¹ of a value, or 2⁻³⁹ of the row's largest where that is more). What
 * rounding took is measured on every row.
 */
import type { StreamRows } from '../../contract/options/audit-config.ts'
import { narrowToFloat16, widenFloat16 } from '../../numbers/float16.ts'
import { present } from '../../numbers/present.ts'
import type { MemoryBudget } from '../machine/memory.ts'
import type { RowRounding } from '../machine/stream-tally.ts'
import { createRowStore, type RowStore } from './row-store.ts'

/** Bytes of a row of `width` values. */
export function rowBytes(width: number, type: StreamRows): number {
  return 4 * (type === 'full' ? width : halfWidth(width))
}

/** A store in 16 bits where `type` says so, which adds what rounding took to `rounding`. Errors: SPILL_FAILED. */
export async function createRowsOf(
  type: StreamRows,
  { rows, width }: Pick<RowStore, 'rows' | 'width'>,
  budget: MemoryBudget,
  rounding: RowRounding,
): Promise<RowStore> {
  if (type === 'full') return await createRowStore(rows, width, budget)
  return halfRows(await createRowStore(rows, halfWidth(width), budget), width, rounding)
}

/** Float32 slots that a row of `width` values takes: two values in each, and its scale. */
export function halfWidth(width: number): number {
  return Math.ceil(width / 2) + 1
}

/** Largest exponent of a scaled value: 2¹⁵ and what follows it still fit into float16. */
const TOP_EXPONENT = 15

/** A store of rows of `width` in one of `halfWidth(width)`, whose slots are bits that nothing is computed with. */
export function halfRows(base: RowStore, width: number, rounding: RowRounding): RowStore {
  return {
    rows: base.rows,
    width,
    inFile: base.inFile,
    write: async (firstRow, values) => await base.write(firstRow, packRows(values, width, rounding)),
    read: async (start, end) => unpackRows(await base.read(start, end), width),
    close: () => base.close(),
  }
}

/** Rows of `width` values as rows of `halfWidth(width)` slots. */
export function packRows(values: Float32Array, width: number, rounding: RowRounding): Float32Array {
  const slots = halfWidth(width)
  const count = values.length / width
  const packed = new Float32Array(count * slots)
  for (let row = 0; row < count; row++) {
    const into = packed.subarray(row * slots, (row + 1) * slots)
    packRow(values.subarray(row * width, (row + 1) * width), into, rounding)
  }
  return packed
}

/** The rounded values that `packRows` stored. */
export function unpackRows(packed: Float32Array, width: number): Float32Array {
  const slots = halfWidth(width)
  const count = packed.length / slots
  const values = new Float32Array(count * width)
  for (let row = 0; row < count; row++) {
    unpackRow(
      packed.subarray(row * slots, (row + 1) * slots),
      values.subarray(row * width, (row + 1) * width),
    )
  }
  return values
}

const halvesOf = (row: Float32Array, width: number): Uint16Array =>
  new Uint16Array(row.buffer, row.byteOffset + 4, width)

function packRow(values: Float32Array, into: Float32Array, rounding: RowRounding): void {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  const scale =
    largest === 0 ? 1 : 2 ** Math.max(-126, Math.min(126, TOP_EXPONENT - Math.floor(Math.log2(largest)) - 1))
  into[0] = 1 / scale
  const scaled = values.map((value) => value * scale)
  const halves = halvesOf(into, values.length)
  narrowToFloat16(scaled, halves)
  const stored = new Float32Array(values.length)
  widenFloat16(halves, stored)
  let [error, size] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const value = present(values[i])
    error += (value - present(stored[i]) / scale) ** 2
    size += value ** 2
  }
  rounding.error += error
  rounding.size += size
}

function unpackRow(packed: Float32Array, into: Float32Array): void {
  const unscale = present(packed[0])
  widenFloat16(halvesOf(packed, into.length), into)
  for (let i = 0; i < into.length; i++) into[i] = present(into[i]) * unscale
}
