/** @file Some rows of a tensor: read by themselves where its table can, else cut out of all of them, which are then read once. */
import type { RowRange, RowReader, TensorData, TensorTable } from './tensor.ts'

/** Read rows of one tensor. What cannot be read apart is kept whole as long as the reader is. Errors: the table's own. */
export function tensorRows(table: TensorTable, name: string): RowReader {
  const apart = table.rowsOf?.(name) ?? null
  if (apart !== null) return apart
  let whole: Promise<TensorData> | null = null
  return async (range) => {
    whole ??= table.read(name)
    return cutRows(await whole, range)
  }
}

/** Can rows of the tensor be read without the others? */
export function hasRows(table: TensorTable, name: string): boolean {
  return (table.rowsOf?.(name) ?? null) !== null
}

function cutRows(tensor: TensorData, [start, end]: RowRange): TensorData {
  const [, ...rest] = tensor.shape
  const width = rest.reduce((product, size) => product * size, 1)
  const shape = [end - start, ...rest]
  if (tensor.type === 'float32') {
    return { type: tensor.type, shape, data: tensor.data.subarray(start * width, end * width) }
  }
  return { type: tensor.type, shape, data: tensor.data.subarray(start * width, end * width) }
}
