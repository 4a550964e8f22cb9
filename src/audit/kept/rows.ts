/** @file Rows of a store as a part of an entry, and back: float32 as it lies in memory, of this machine's byte order as all that we run on. */
import { HIDDEN } from '../../models/graph/body.ts'
import type { OpenEntry } from '../../sources/kept/entries.ts'
import { EntryDamaged } from '../../sources/kept/entries.ts'
import type { ModelCapture } from '../capture/capture-model.ts'
import type { RowStore } from '../capture/row-store.ts'

/** Values that are moved at a time. */
const STEP_VALUES = 2 ** 20

/** Stores of a capture by the names of their parts: `rows-0`, … in the order of the hooks, `hidden`, `windows`. */
export function partsOf({ chunked, sliding }: ModelCapture): readonly (readonly [string, RowStore])[] {
  let hooks = 0
  const parts = [...chunked].map(
    ([name, store]) => [name === HIDDEN ? 'hidden' : `rows-${hooks++}`, store] as const,
  )
  return sliding === null ? parts : [...parts, ['windows', sliding]]
}

export const bytesOf = ({ rows, width }: RowStore): number => 4 * rows * width

const stepOf = ({ width }: RowStore): number => Math.max(1, Math.floor(STEP_VALUES / width))

export async function* piecesOf(store: RowStore): AsyncGenerator<Uint8Array> {
  const step = stepOf(store)
  for (let start = 0; start < store.rows; start += step) {
    const values = await store.read(start, Math.min(start + step, store.rows))
    yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  }
}

/** Fill a store. Its rows are not to be used where this fails. Errors: EntryDamaged, SPILL_FAILED. */
export async function readRows(entry: OpenEntry, part: string, store: RowStore): Promise<void> {
  if (entry.bytesOf(part) !== bytesOf(store))
    throw new EntryDamaged(
      `${part} has ${entry.bytesOf(part)} bytes for ${store.rows} rows of ${store.width}`,
    )
  const bytesOfRow = 4 * store.width
  let row = 0
  for await (const piece of entry.pieces(part, stepOf(store) * bytesOfRow)) {
    await store.write(row, new Float32Array(piece.buffer, piece.byteOffset, piece.byteLength / 4))
    row += piece.byteLength / bytesOfRow
  }
}

/** Copy all rows. */
export async function copyRows(from: RowStore, to: RowStore): Promise<void> {
  const step = stepOf(from)
  for (let start = 0; start < from.rows; start += step)
    await to.write(start, await from.read(start, Math.min(start + step, from.rows)))
}
