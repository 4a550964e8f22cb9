/** @file What every checkpoint reader hands on: named tensors that are decoded when they are read. */

/** A tensor's values as the model stages want them: 32-bit floats, or the 16-bit patterns as they are stored. */
export type TensorData =
  | { readonly type: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'float16' | 'bfloat16'; readonly shape: readonly number[]; readonly data: Uint16Array }

/** What is known of a tensor before it is read. */
export interface TensorEntry {
  readonly name: string
  /** Row-major, outermost first, as PyTorch prints it: the shape after decoding. */
  readonly shape: readonly number[]
  /** How it is stored, in the format's own word: `F16`, `BF16`, `Q4_K`, `gptq 4-bit`. */
  readonly storedAs: string
  /** Bytes it occupies in the file, scales and zero points included. */
  readonly byteLength: number
}

/** Memory for so many values in float32. */
export type Allocate = (length: number) => Float32Array

/** Half-open range of a tensor's rows, its outermost axis. */
export type RowRange = readonly [start: number, end: number]

/**
 * Rows of one tensor, decoded when they are read. `into`: memory for them in float32 that they may be put into, where they are made of others.
 * Errors: as of reading all of it.
 */
export type RowReader = (range: RowRange, into?: Float32Array) => Promise<TensorData>

/** Values [start, end) of a tensor in the order they are stored, row-major, as a tensor of one axis. Errors: as of reading all of it. */
export type SpanReader = (start: number, end: number) => Promise<TensorData>

/** A checkpoint as the models see it. A packed tensor decodes on read; a family never learns how it was packed. */
export interface TensorTable {
  readonly entries: ReadonlyMap<string, TensorEntry>
  /**
   * Decode one tensor. `allocate`: memory for float32 values that it may be put into, where it is made of others. Errors: TENSOR_MISSING, and
   * what the format's reader raises for damaged data.
   */
  read(name: string, allocate?: Allocate): Promise<TensorData>
  /** Where some rows can be had without the others. Absent or null: only all of them together. */
  readonly rowsOf?: (name: string) => RowReader | null
  /** Where any stretch of the values can be had without the others. Absent or null: only all of them together. */
  readonly spansOf?: (name: string) => SpanReader | null
  close(): Promise<void>
}
