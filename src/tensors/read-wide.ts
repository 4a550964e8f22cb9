/**
 * @file A tensor in float32, into memory that the caller has: read, checked and widened a piece at a time, so that what lies between the
 * file and that memory stays in the processor's cache.
 */
import { widenBfloat16, widenFloat16 } from '../numbers/float16.ts'
import type { Allocate, RowReader, TensorData, TensorTable } from './tensor.ts'

/** Values of a piece. Not more than a megabyte: larger pieces are memory of their own, which is new each time. */
const PIECE = 2 ** 18

/**
 * Read one tensor in float32. Where its rows cannot be read apart it is what the table gives, in its type. `allocate`: memory for as many
 * values. Errors: the table's own.
 */
export async function readWide(table: TensorTable, name: string, allocate: Allocate): Promise<TensorData> {
  const shape = table.entries.get(name)?.shape ?? []
  const rows = shape.length < 2 ? null : (table.rowsOf?.(name) ?? null)
  return rows === null ? await table.read(name, allocate) : await byRows(rows, shape, allocate)
}

async function byRows(rows: RowReader, shape: readonly number[], allocate: Allocate): Promise<TensorData> {
  const [count = 0, ...rest] = shape
  const width = rest.reduce((product, size) => product * size, 1)
  const wide = allocate(count * width)
  const step = Math.max(1, Math.floor(PIECE / Math.max(1, width)))
  for (let start = 0; start < count; start += step) {
    const end = Math.min(start + step, count)
    const target = wide.subarray(start * width, end * width)
    widen(await rows([start, end], target), target)
  }
  return { type: 'float32', shape, data: wide }
}

function widen({ type, data }: TensorData, target: Float32Array): void {
  if (data === target) return
  if (type === 'float32') target.set(data)
  else if (type === 'bfloat16') widenBfloat16(data, target)
  else widenFloat16(data, target)
}
