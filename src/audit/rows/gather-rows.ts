/** @file Some rows of a store, one after the other. */
import { present } from '../../numbers/present.ts'
import type { RowStore } from '../capture/row-store.ts'

/** Rows that are read in vain sooner than that a store is asked once more. */
const MOST_BETWEEN = 64

/** The named rows (ascending), one after the other, then zeros up to `size` rows. */
export async function gatherRows(store: RowStore, rows: Int32Array, size: number): Promise<Float32Array> {
  const { width } = store
  const out = new Float32Array(size * width)
  for (let from = 0, to = 1; from < rows.length; from = to, to++) {
    while (to < rows.length && rows[to]! - rows[to - 1]! <= MOST_BETWEEN) to++
    const near = rows.subarray(from, to)
    const span = await store.read(present(near[0]), present(near.at(-1)) + 1)
    copyRows(span, near, out.subarray(from * width, to * width))
  }
  return out
}

/** Out of a span that begins with the first of them. Neighbours are copied at once: of most batches that is all of them. */
function copyRows(span: Float32Array, rows: Int32Array, out: Float32Array): void {
  const width = out.length / rows.length
  const first = present(rows[0])
  for (let from = 0, to = 1; from < rows.length; from = to, to++) {
    while (to < rows.length && rows[to]! - rows[from]! === to - from) to++
    const at = (rows[from]! - first) * width
    out.set(span.subarray(at, at + (to - from) * width), from * width)
  }
}
