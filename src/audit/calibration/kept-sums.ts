/**
 * @file What the target matrices of a body read, summed over a text: batch after batch, never stored. A batch is summed in float32,
 * batches are in float64; products of a block that has run wait in float32.
 */
import type { InputFigure } from '../../compression/calibrated/statistics.ts'
import { type InputSum, sumName } from '../../models/body-program.ts'
import type { TargetInput } from '../../models/target-inputs.ts'
import { present } from '../../numbers/present.ts'
import { createRowStore, type RowStore } from '../capture/row-store.ts'
import type { MemoryBudget } from '../machine/memory.ts'

/** Sums of the block that runs, float64; and of those before it. */
export class KeptSums {
  readonly #running = new Map<string, Float64Array>()
  readonly #vectors = new Map<string, Float64Array>()
  /** Σxᵀx, (in, in). */
  readonly #products = new Map<string, RowStore>()

  /** A batch more. The largest of magnitudes is no sum. */
  add(name: string, values: Float32Array): void {
    const into = this.#running.get(name) ?? new Float64Array(values.length)
    if (name.endsWith('.largest'))
      for (let i = 0; i < values.length; i++) into[i] = Math.max(present(into[i]), present(values[i]))
    else for (let i = 0; i < values.length; i++) into[i] = present(into[i]) + present(values[i])
    this.#running.set(name, into)
  }

  /** All sequences ran through these. */
  async settle(sums: readonly InputSum[], memory: MemoryBudget): Promise<void> {
    for (const sum of sums) {
      const name = sumName(sum)
      const values = present(this.#running.get(name), name)
      this.#running.delete(name)
      if (sum.of !== 'products') this.#vectors.set(name, values)
      else {
        const size = Math.round(Math.sqrt(values.length))
        const store = await createRowStore(size, size, memory)
        this.#products.set(name, store)
        await store.write(0, Float32Array.from(values))
      }
    }
  }

  async read(input: TargetInput, of: InputFigure): Promise<Float32Array | Float64Array> {
    const name = sumName({ input, of })
    const store = this.#products.get(name)
    if (store === undefined) return present(this.#vectors.get(name), name)
    return await store.read(0, store.rows)
  }

  async close(): Promise<void> {
    for (const store of this.#products.values()) await store.close()
    this.#products.clear()
    this.#running.clear()
    this.#vectors.clear()
  }
}
