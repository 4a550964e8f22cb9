/**
 * @file Some rows of a text, kept where all others stay on the device: what the fit of an SAE, the scale of a candidate and the noise
 * of the engine are measured on.
 */
import { present } from '../../numbers/present.ts'
import { createRowStore, type RowStore } from '../capture/row-store.ts'
import type { MemoryBudget } from '../machine/memory.ts'

/** Rows that are kept, filled in their order. */
export interface KeptRows {
  /** As a store of the whole text: a row that was not kept reads as not a number. */
  readonly store: RowStore
  /** The next rows, in the order of `kept`. */
  add(rows: Float32Array): Promise<void>
}

/** `kept`: ascending, of `total` rows. Errors: SPILL_FAILED. */
export async function createKeptRows(
  kept: Int32Array,
  total: number,
  width: number,
  memory: MemoryBudget,
): Promise<KeptRows> {
  const dense = await createRowStore(kept.length, width, memory)
  let filled = 0
  return {
    store: {
      rows: total,
      width,
      inFile: dense.inFile,
      write: async () => {
        throw new RangeError('rows that are kept are added in their order')
      },
      async read(start, end) {
        const out = new Float32Array((end - start) * width).fill(Number.NaN)
        const [from, to] = [firstFrom(kept, start), firstFrom(kept, end)]
        const values = await dense.read(from, to)
        for (let i = from; i < to; i++) {
          const row = values.subarray((i - from) * width, (i - from + 1) * width)
          out.set(row, (present(kept[i]) - start) * width)
        }
        return out
      },
      close: () => dense.close(),
    },
    async add(rows) {
      await dense.write(filled, rows)
      filled += rows.length / width
    },
  }
}

/** How many of `ascending` lie before `value`. */
export function firstFrom(ascending: Int32Array, value: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (present(ascending[middle]) < value) low = middle + 1
    else high = middle
  }
  return low
}
