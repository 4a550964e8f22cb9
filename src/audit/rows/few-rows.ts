/** @file Captured rows of some sequences of the text (text/few-sequences.ts). */
import { present } from '../../numbers/present.ts'
import { createRowStore, type RowStore } from '../capture/row-store.ts'
import type { MemoryBudget } from '../machine/memory.ts'

/** The rows of these sequences out of a store of all. Errors: SPILL_FAILED. */
export async function rowsOf(
  all: RowStore,
  chosen: readonly number[],
  length: number,
  memory: MemoryBudget,
): Promise<RowStore> {
  const few = await createRowStore(chosen.length * length, all.width, memory)
  for (let i = 0; i < chosen.length; i++) {
    const first = present(chosen[i]) * length
    await few.write(i * length, await all.read(first, first + length))
  }
  return few
}
