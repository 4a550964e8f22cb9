/**
 * @file What llama.cpp's converter does to tensors, undone.
 *
 * Source: llama.cpp, conversion/*.py (`modify_tensors`). Rows lie one after the other in every ggml type, so a
 * permutation of rows moves bytes before they are decoded; transposing and the offset on gains work on decoded values.
 */
import type { TensorData } from '../../tensors/tensor.ts'

/**
 * - `none`: stored as in the Hugging Face checkpoint.
 * - `rope-pairs-q`, `rope-pairs-k`: rows of each head were permuted from halves to adjacent pairs (Llama).
 * - `gain-plus-one`: 1 was added to the norm's gain (Gemma).
 * - `split-qkv`: rows were sorted from (head, q|k|v, channel) to (q|k|v, head, channel) (GPT-NeoX).
 * - `transposed`: [in, out] became [out, in] (GPT-2's Conv1D).
 * - `tiled-values`: of the last rows, as many as a delta net has values, the heads were sorted from (key head, own) to (own, key head)
 *   (Qwen3.5). `tiled-heads`: the same of one row a head; `tiled-columns`: of columns. `tiled-rates`: of numbers, and a became −eᵃ.
 * - `rates`: a became −eᵃ.
 */
export type Undo =
  | 'none'
  | 'rope-pairs-q'
  | 'rope-pairs-k'
  | 'gain-plus-one'
  | 'split-qkv'
  | 'transposed'
  | 'tiled-values'
  | 'tiled-heads'
  | 'tiled-columns'
  | 'tiled-rates'
  | 'rates'

/**
 * For each row of the Hugging Face matrix the row of the GGUF matrix that holds it. Within a head of size n, GGUF's row
 * 2i + j is row j·n/2 + i.
 */
export function ropePairRows(heads: number, headSize: number): Int32Array {
  const half = headSize / 2
  const rows = new Int32Array(heads * headSize)
  for (let row = 0; row < rows.length; row++) {
    const channel = row % headSize
    rows[row] = row - channel + 2 * (channel % half) + Math.floor(channel / half)
  }
  return rows
}

/** The same for a fused qkv: row (head·3 + part)·headSize + channel is GGUF's row (part·heads + head)·headSize + channel. */
export function splitQkvRows(heads: number, headSize: number): Int32Array {
  const rows = new Int32Array(3 * heads * headSize)
  for (let row = 0; row < rows.length; row++) {
    const channel = row % headSize
    const slot = (row - channel) / headSize
    rows[row] = ((slot % 3) * heads + Math.floor(slot / 3)) * headSize + channel
  }
  return rows
}

/** For each of `count` rows: behind those that stay, row (key head · share + own) · size + i is GGUF's row (own · keyHeads + key head) · size + i. */
export function tiledHeadRows(
  count: number,
  { keyHeads, valueHeads }: { readonly keyHeads: number; readonly valueHeads: number },
  size: number,
): Int32Array {
  const first = count - valueHeads * size
  const share = valueHeads / keyHeads
  return Int32Array.from({ length: count }, (_, row) => {
    if (row < first) return row
    const head = Math.floor((row - first) / size)
    const stored = (head % share) * keyHeads + Math.floor(head / share)
    return first + stored * size + ((row - first) % size)
  })
}

/** Columns in another order: column i of the result is column `order[i]`. */
export function gatherColumns(data: Float32Array, order: Int32Array): Float32Array {
  const width = order.length
  const gathered = new Float32Array(data.length)
  for (let start = 0; start < data.length; start += width)
    for (let i = 0; i < width; i++) gathered[start + i] = data[start + order[i]!]!
  return gathered
}

/** Rows in another order: row i of the result is row `order[i]`. */
export function gatherRows(bytes: Uint8Array, order: Int32Array): Uint8Array {
  const rowBytes = bytes.byteLength / order.length
  const gathered = new Uint8Array(bytes.byteLength)
  for (const [row, from] of order.entries()) {
    gathered.set(bytes.subarray(from * rowBytes, (from + 1) * rowBytes), row * rowBytes)
  }
  return gathered
}

/** [m, n] → [n, m]. */
export function transpose(tensor: TensorData): TensorData {
  const [rows = 1, columns = 1] = tensor.shape
  const shape = [columns, rows]
  if (tensor.type === 'float32') {
    const data = new Float32Array(tensor.data.length)
    transposeInto(tensor.data, data, rows, columns)
    return { type: tensor.type, shape, data }
  }
  const data = new Uint16Array(tensor.data.length)
  transposeInto(tensor.data, data, rows, columns)
  return { type: tensor.type, shape, data }
}

/** Squares of this side stay in the first-level cache, read and written. */
const TILE = 32

function transposeInto<T extends Float32Array | Uint16Array>(
  from: T,
  to: T,
  rows: number,
  columns: number,
): void {
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(rows, top + TILE)
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(columns, left + TILE)
      for (let i = top; i < bottom; i++) {
        for (let j = left; j < right; j++) to[j * rows + i] = from[i * columns + j]!
      }
    }
  }
}
