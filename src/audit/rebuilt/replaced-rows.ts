/**
 * @file What stands at a hook in place of its value: at the positions that count what the SAE rebuilds, zeros or the mean over these
 * positions; everywhere else the value as it is.
 */
import { present } from '../../numbers/present.ts'
import type { RowStore } from '../capture/row-store.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'

/** Rows that are read at a time. */
const ROWS = 512

/** A value at a hook, as it is and as it is encoded, and the positions of a sequence where another stands in its place. */
export interface ReplacedPlace {
  readonly value: Residuals
  /** (length of a sequence) 1: it is replaced there. */
  readonly counted: Uint8Array
}

/** Rows [start, end) → what stands in their place, written over them. */
type Replacing = (rows: Float32Array, start: number, end: number) => Promise<void> | void

/** Write every row of the value into `into`, replaced where it counts. Errors: SPILL_FAILED. */
async function write({ value: { store }, counted }: ReplacedPlace, into: RowStore, replace: Replacing) {
  const { rows, width } = store
  for (let start = 0; start < rows; start += ROWS) {
    const end = Math.min(rows, start + ROWS)
    const clean = await store.read(start, end)
    const out = Float32Array.from(clean)
    await replace(out, start, end)
    for (let row = start; row < end; row++) {
      if (counted[row % counted.length] === 1) continue
      const at = (row - start) * width
      out.set(clean.subarray(at, at + width), at)
    }
    await into.write(start, out)
  }
}

export async function writeZeros(place: ReplacedPlace, into: RowStore): Promise<void> {
  await write(place, into, (rows) => void rows.fill(0))
}

export async function writeMean(place: ReplacedPlace, into: RowStore): Promise<void> {
  const mean = Float32Array.from(await meanRow(place))
  await write(place, into, (rows) => {
    for (let at = 0; at < rows.length; at += mean.length) rows.set(mean, at)
  })
}

/** (width) over the positions that count. */
async function meanRow({ value: { store }, counted }: ReplacedPlace): Promise<Float64Array> {
  const { rows, width } = store
  const sums = new Float64Array(width)
  let count = 0
  for (let start = 0; start < rows; start += ROWS) {
    const read = await store.read(start, Math.min(rows, start + ROWS))
    for (let at = 0; at < read.length; at += width) {
      if (counted[(start + at / width) % counted.length] !== 1) continue
      for (let k = 0; k < width; k++) sums[k] = sums[k]! + read[at + k]!
      count++
    }
  }
  return sums.map((sum) => sum / Math.max(1, count))
}

/**
 * `rebuilt`: rows as the SAE rebuilds them of the encoded ones. What encoding takes off a row (its mean, a factor) is put back: the value
 * changes by what the SAE misses of it, and by nothing else.
 */
export async function writeRebuilt(place: ReplacedPlace, rebuilt: RowStore, into: RowStore): Promise<void> {
  const { scale = 1 } = place.value
  await write(place, into, async (rows, start, end) => {
    const ids = Int32Array.from({ length: end - start }, (_, i) => start + i)
    const encoded = await residualRows(place.value, ids)
    const found = await rebuilt.read(start, end)
    for (let i = 0; i < rows.length; i++)
      rows[i] = present(rows[i]) + (present(found[i]) - present(encoded[i])) / scale
  })
}
