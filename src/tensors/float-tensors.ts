/**
 * @file Plain floating-point tensors, decoded when read: 16-bit formats stay as they are, F64 is rounded to 32 bits.
 *
 * Every value is checked to be one that a weight may have: one NaN would turn every figure of a report into NaN.
 */
import { tensorMissing, tensorNotFinite, tensorNotFloat } from '../errors/checkpoints.ts'
import { firstUnusable, firstUnusable16 } from '../numbers/finite.ts'
import { toFloat32 } from '../numbers/half.ts'
import { E4M3, E5M2 } from '../numbers/levels.ts'
import { DTYPE_BYTES, positionOf, type RawTensor, type RawTensorTable } from './raw-tensor.ts'
import type { RowReader, SpanReader, TensorData, TensorEntry, TensorTable } from './tensor.ts'

export { toFloat32 }

/** Are the bits of float8 numbers by themselves? Only where no packing has scales for them. */
export type Float8 = 'float8' | 'no float8'

/** Read the tensors of `raw` as they are. Errors on read: TENSOR_MISSING, TENSOR_NOT_FLOAT, TENSOR_NOT_FINITE. */
export function floatTensors(
  checkpoint: string,
  raw: RawTensorTable,
  float8: Float8 = 'no float8',
): TensorTable {
  const entries = new Map<string, TensorEntry>()
  for (const { name, shape, dtype, start, end } of raw.entries.values()) {
    entries.set(name, { name, shape, storedAs: dtype, byteLength: end - start })
  }
  const floats = (name: string): RawTensor => {
    const tensor = raw.entries.get(name)
    if (tensor === undefined) throw tensorMissing(checkpoint, name)
    if (float8 === 'no float8' || !isFloat8(tensor)) requireFloat(tensor)
    return tensor
  }
  return {
    entries,
    read: async (name) => {
      const tensor = floats(name)
      const data = decodeFloats(tensor, await raw.readBytes(name))
      requireFinite(tensor.file, name, data)
      return data
    },
    rowsOf: (name) => floatRows(raw, floats(name)),
    spansOf: (name) => floatSpans(raw, floats(name)),
    close: () => raw.close(),
  }
}

/** Rows of a plain tensor; null for a scalar. Errors on read: TENSOR_NOT_FINITE. */
export function floatRows(raw: RawTensorTable, tensor: RawTensor): RowReader | null {
  const { name, file, start: from, end: to } = tensor
  const [rows, ...rest] = tensor.shape
  if (rows === undefined || rows === 0) return null
  const rowBytes = (to - from) / rows
  return async ([start, end]) => {
    const bytes = await raw.readBytes(name, [start * rowBytes, end * rowBytes])
    const data = decodeFloats({ ...tensor, shape: [end - start, ...rest] }, bytes)
    requireFinite(file, name, data, start)
    return data
  }
}

/** Stretches of a plain tensor. Errors on read: TENSOR_NOT_FINITE. */
function floatSpans(raw: RawTensorTable, tensor: RawTensor): SpanReader {
  const { name, file, shape, dtype } = tensor
  const each = DTYPE_BYTES[dtype]
  return async (start, end) => {
    const bytes = await raw.readBytes(name, [start * each, end * each])
    const data = decodeFloats({ ...tensor, shape: [end - start] }, bytes)
    requireFiniteSpan(file, name, data, { start, shape })
    return data
  }
}

function isFloat8({ dtype }: RawTensor): boolean {
  return dtype === 'F8_E4M3' || dtype === 'F8_E5M2'
}

function requireFloat({ file, name, dtype }: RawTensor): void {
  if (dtype !== 'F64' && dtype !== 'F32' && dtype !== 'F16' && dtype !== 'BF16') {
    throw tensorNotFloat(file, name, dtype)
  }
}

/** Little-endian bytes of a floating-point tensor as numbers. Errors: TENSOR_NOT_FLOAT. */
export function decodeFloats(tensor: RawTensor, stored: Uint8Array): TensorData {
  const { shape } = tensor
  const { buffer, byteOffset, byteLength } = aligned(stored, 8)
  switch (tensor.dtype) {
    case 'F64':
      return {
        type: 'float32',
        shape,
        data: new Float32Array(new Float64Array(buffer, byteOffset, byteLength / 8)),
      }
    case 'F32':
      return { type: 'float32', shape, data: new Float32Array(buffer, byteOffset, byteLength / 4) }
    case 'F16':
      return { type: 'float16', shape, data: new Uint16Array(buffer, byteOffset, byteLength / 2) }
    case 'BF16':
      return { type: 'bfloat16', shape, data: new Uint16Array(buffer, byteOffset, byteLength / 2) }
    case 'F8_E4M3':
      return { type: 'float32', shape, data: Float32Array.from(stored, (byte) => E4M3[byte] ?? Number.NaN) }
    case 'F8_E5M2':
      return { type: 'float32', shape, data: Float32Array.from(stored, (byte) => E5M2[byte] ?? Number.NaN) }
    default:
      throw tensorNotFloat(tensor.file, tensor.name, tensor.dtype)
  }
}

/** The same bytes at an offset that typed arrays accept; copied only where they lie askew (slice() of a Buffer does not copy). */
function aligned(bytes: Uint8Array, to: number): Uint8Array {
  return bytes.byteOffset % to === 0 ? bytes : new Uint8Array(bytes)
}

/** Refuse NaN, infinities and what overflows when it is multiplied. Errors: TENSOR_NOT_FINITE, naming the first one's place. */
export function requireFinite(file: string, name: string, data: TensorData, firstRow = 0): void {
  const at = data.type === 'float32' ? firstUnusable(data.data) : firstUnusable16(data.data, data.type)
  if (at < 0) return
  const value = toFloat32(data)[at] ?? Number.NaN
  const [row = 0, ...rest] = positionOf(at, data.shape)
  throw tensorNotFinite(file, name, value, data.shape.length === 0 ? [] : [row + firstRow, ...rest])
}

/** The same of a stretch of a tensor of that shape. Errors: TENSOR_NOT_FINITE, naming the first one's place in the tensor. */
export function requireFiniteSpan(
  file: string,
  name: string,
  data: TensorData,
  { start, shape }: { readonly start: number; readonly shape: readonly number[] },
): void {
  const at = data.type === 'float32' ? firstUnusable(data.data) : firstUnusable16(data.data, data.type)
  if (at < 0) return
  throw tensorNotFinite(file, name, toFloat32(data)[at] ?? Number.NaN, positionOf(start + at, shape))
}
