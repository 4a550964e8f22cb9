/** @file Reads renamed GGUF tensors: one range each, decoded and brought to the Hugging Face layout. */
import { tensorMissing, tensorNotFinite } from '../../errors/checkpoints.ts'
import { ggufTypeUnsupported } from '../../errors/gguf.ts'
import { firstUnusable, firstUnusable16 } from '../../numbers/finite.ts'
import { toFloat32 } from '../../numbers/half.ts'
import { positionOf } from '../../tensors/raw-tensor.ts'
import type { RowReader, TensorData, TensorEntry, TensorTable } from '../../tensors/tensor.ts'
import type { GgufTensor } from './container.ts'
import { gatherColumns, gatherRows, transpose } from './layout.ts'
import type { QuantBlockDecoder } from './quant-blocks/decoder.ts'
import { DECODABLE_TYPES } from './quant-blocks/types.ts'
import type { RenamedTensor } from './renamed.ts'

/** A table that decodes on read. Errors on read: TENSOR_MISSING, TENSOR_NOT_FINITE, and those of the byte source. */
export function ggufTensors(
  checkpoint: string,
  tensors: ReadonlyMap<string, RenamedTensor>,
  close: () => Promise<void>,
): TensorTable {
  const entries = new Map<string, TensorEntry>()
  for (const { name, shape, stored } of tensors.values()) {
    entries.set(name, { name, shape, storedAs: stored.type.name, byteLength: stored.end - stored.start })
  }
  return {
    entries,
    read: async (name) => {
      const tensor = tensors.get(name)
      if (tensor === undefined) throw tensorMissing(checkpoint, name)
      const { source, start, end } = tensor.stored
      return restored(tensor, await source.read(start, end))
    },
    rowsOf: (name) => {
      const tensor = tensors.get(name)
      if (tensor === undefined) throw tensorMissing(checkpoint, name)
      return storedRows(tensor)
    },
    close,
  }
}

/** Rows as they are stored; null where the rows of the result are others. */
function storedRows(tensor: RenamedTensor): RowReader | null {
  const { source, shape, start: from, end: to } = tensor.stored
  const [rows, ...rest] = shape
  if (tensor.rowOrder !== null || tensor.transposed || rows === undefined || rows === 0) return null
  if (tensor.shape.length !== shape.length) return null
  const rowBytes = (to - from) / rows
  // Quant blocks lie along rows and fill them.
  if (!Number.isInteger(rowBytes)) return null
  return async ([start, end]) => {
    const stored = { ...tensor.stored, shape: [end - start, ...rest] }
    const bytes = await source.read(from + start * rowBytes, from + end * rowBytes)
    return restored({ ...tensor, stored }, bytes, start)
  }
}

/** Refuse types without a decoder when a file is opened, not in the middle of a run. Errors: GGUF_TYPE_UNSUPPORTED. */
export function requireDecodable(tensors: Iterable<GgufTensor>): void {
  for (const { name, type, source } of tensors) {
    if (type.decoding === 'none') throw ggufTypeUnsupported(source.name, name, type.name, DECODABLE_TYPES)
  }
}

function restored(tensor: RenamedTensor, stored: Uint8Array, firstRow = 0): TensorData {
  const bytes = tensor.rowOrder === null ? stored : gatherRows(stored, tensor.rowOrder())
  const decoded = decodeTensor(tensor.stored, bytes)
  requireFinite(tensor, decoded, firstRow)
  if (tensor.transposed) return transpose(decoded)
  const changed = unchanged(tensor, decoded)
  if (tensor.shape.length === changed.shape.length) return changed
  return changed.type === 'float32'
    ? { ...changed, shape: tensor.shape }
    : { ...changed, shape: tensor.shape }
}

/** As the numbers were before the converter changed them. */
function unchanged({ change, columnOrder }: RenamedTensor, decoded: TensorData): TensorData {
  if (change === 'plus-one') return withValues(decoded, (gain) => gain - 1)
  if (change === 'minus-exp') return withValues(decoded, (rate) => Math.log(-rate))
  if (columnOrder === null) return decoded
  return { type: 'float32', shape: decoded.shape, data: gatherColumns(toFloat32(decoded), columnOrder()) }
}

/** Values in stored order; F16 and BF16 stay 16 bits wide. */
export function decodeTensor({ name, source, shape, type }: GgufTensor, bytes: Uint8Array): TensorData {
  if (type.decoding === 'none') throw ggufTypeUnsupported(source.name, name, type.name, DECODABLE_TYPES)
  if (type.decoding !== 'plain')
    return { type: 'float32', shape, data: unpacked(type.decoding, type.blockSize, type.blockBytes, bytes) }
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  if (type.name === 'F32')
    return { type: 'float32', shape, data: new Float32Array(buffer, byteOffset, byteLength / 4) }
  const data = new Uint16Array(buffer, byteOffset, byteLength / 2)
  return { type: type.name === 'F16' ? 'float16' : 'bfloat16', shape, data }
}

function unpacked(
  decode: QuantBlockDecoder,
  blockSize: number,
  blockBytes: number,
  bytes: Uint8Array,
): Float32Array {
  const values = new Float32Array((bytes.byteLength / blockBytes) * blockSize)
  decode(bytes, values)
  return values
}

function withValues(tensor: TensorData, of: (value: number) => number): TensorData {
  return { type: 'float32', shape: tensor.shape, data: toFloat32(tensor).map(of) }
}

/** Indices in the message are those of the stored tensor. */
function requireFinite({ stored }: RenamedTensor, data: TensorData, firstRow: number): void {
  const at = data.type === 'float32' ? firstUnusable(data.data) : firstUnusable16(data.data, data.type)
  if (at < 0) return
  const value = toFloat32(data)[at] ?? Number.NaN
  const [row = 0, ...rest] = positionOf(at, stored.shape)
  throw tensorNotFinite(stored.source.name, stored.name, value, [firstRow + row, ...rest])
}
