/** @file Some rows of a store, one after the other. */
import { present } from '../../numbers/present.ts'
import type { RowStore } from '../capture/row-store.ts'

/** The named rows (ascending), one after the other, then zeros up to `size` rows. */
export async function gatherRows(store: RowStore, rows: Int32Array, size: number): Promise<Float32Array> {
  const { width } = store
  const out = new Float32Array(size * width)
  const first = present(rows[0])
  const last = present(rows.at(-1))
  const span = await store.read(first, last + 1)
  // Rows that are neighbours in the store are copied at once: of most batches that is all of them.
  for (let from = 0, to = 1; from < rows.length; from = to, to++) {
    while (to < rows.length && rows[to]! - rows[from]! === to - from) to++
    const at = (rows[from]! - first) * width
    out.set(span.subarray(at, at + (to - from) * width), from * width)
  }
  return out
}
