/** @file Tensors as a file stores them: a type, a shape and a range of bytes, before anybody decodes them. */

/** Bytes per element of each stored type that is known. One that is missing here is refused, not guessed. */
export const DTYPE_BYTES = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E8M0: 1,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
} as const

/** A stored type, in the word that safetensors uses for it. */
export type Dtype = keyof typeof DTYPE_BYTES

export interface RawTensor {
  readonly name: string
  readonly dtype: Dtype
  /** Row-major, outermost first; [] is a scalar. */
  readonly shape: readonly number[]
  /** Byte range in the file; the end is exclusive. */
  readonly start: number
  readonly end: number
  /** The file it lies in, as messages name it. */
  readonly file: string
}

/** Half-open, in bytes from the start of a tensor. */
export type ByteRange = readonly [start: number, end: number]

/** The tensors of a checkpoint, undecoded: what decoders of packed formats work on. */
export interface RawTensorTable {
  readonly entries: ReadonlyMap<string, RawTensor>
  /** `__metadata__` of the files, strings only; of several shards the first to name a key counts. */
  readonly metadata: ReadonlyMap<string, string>
  /** The stored bytes, or those of a range, little-endian, in their own buffer from byte 0 on. Errors: TENSOR_MISSING and those of reading. */
  readBytes(name: string, range?: ByteRange): Promise<Uint8Array>
  close(): Promise<void>
}

export function isDtype(word: unknown): word is Dtype {
  return typeof word === 'string' && Object.hasOwn(DTYPE_BYTES, word)
}

/** Number of elements, or null where the product is not a safe integer. A scalar has one element. */
export function elementCount(shape: readonly number[]): number | null {
  if (shape.includes(0)) return 0
  let count = 1
  for (const size of shape) {
    count *= size
    if (!Number.isSafeInteger(count)) return null
  }
  return count
}

/** [row, column, …] of a flat row-major position: for messages. */
export function positionOf(flat: number, shape: readonly number[]): number[] {
  const position: number[] = []
  let rest = flat
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!
    position.unshift(rest % size)
    rest = Math.floor(rest / size)
  }
  return position
}
