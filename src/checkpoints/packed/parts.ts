/** @file The tensors that a packed weight is made of: looked up, checked for type and shape, read as numbers. */
import {
  packedPartLength,
  packedPartMissing,
  packedPartShape,
  packedPartType,
  packedPartValue,
} from '../../errors/packed.ts'
import { widenBfloat16, widenFloat16 } from '../../numbers/float16.ts'
import { E4M3, E5M2, E8M0 } from '../../numbers/levels.ts'
import {
  DTYPE_BYTES,
  type Dtype,
  elementCount,
  type RawTensor,
  type RawTensorTable,
} from '../../tensors/raw-tensor.ts'

export const FLOATS: readonly Dtype[] = ['F32', 'F16', 'BF16', 'F64']
export const WORDS: readonly Dtype[] = ['I32', 'U32']
export const INTEGERS: readonly Dtype[] = ['I64', 'I32', 'I16', 'I8', 'U8', 'U16', 'U32', 'U64', 'BOOL']

/** A tensor that may be absent. Errors: PACKED_PART_TYPE. */
export function optionalPart(raw: RawTensorTable, name: string, allowed: readonly Dtype[]): RawTensor | null {
  const tensor = raw.entries.get(name)
  if (tensor === undefined) return null
  if (!allowed.includes(tensor.dtype)) throw packedPartType(name, tensor.dtype, allowed)
  return tensor
}

/** A tensor that must be there; `why` ends the sentence "is missing: …". Errors: PACKED_PART_MISSING, PACKED_PART_TYPE. */
export function part(raw: RawTensorTable, name: string, allowed: readonly Dtype[], why: string): RawTensor {
  const tensor = optionalPart(raw, name, allowed)
  if (tensor === null) throw packedPartMissing(name, why)
  return tensor
}

/** Both sides of a matrix. Errors: PACKED_PART_SHAPE unless two axes, none of them empty. */
export function matrixShape(tensor: RawTensor): readonly [rows: number, columns: number] {
  const [rows, columns, more] = tensor.shape
  if (!rows || !columns || more !== undefined) {
    throw packedPartShape(tensor.name, tensor.shape, 'two axes, none of them empty')
  }
  return [rows, columns]
}

/** Errors: PACKED_PART_SHAPE. */
export function requireShape(tensor: RawTensor, expected: readonly number[], because = ''): void {
  const same =
    tensor.shape.length === expected.length && tensor.shape.every((size, i) => size === expected[i])
  if (!same) throw packedPartShape(tensor.name, tensor.shape, `[${expected.join(', ')}]${because}`)
}

export function partBytes(tensors: readonly (RawTensor | null)[]): number {
  return tensors.reduce((sum, tensor) => sum + (tensor === null ? 0 : tensor.end - tensor.start), 0)
}

/** The stored bytes, at an offset that any typed array accepts. Errors: PACKED_PART_LENGTH, those of reading. */
export async function readPart(raw: RawTensorTable, tensor: RawTensor): Promise<Uint8Array> {
  const bytes = await raw.readBytes(tensor.name)
  const expected = (elementCount(tensor.shape) ?? Number.NaN) * DTYPE_BYTES[tensor.dtype]
  if (bytes.byteLength !== expected) throw packedPartLength(tensor.name, bytes.byteLength, expected)
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
}

export async function readWords(raw: RawTensorTable, tensor: RawTensor): Promise<Uint32Array> {
  const bytes = await readPart(raw, tensor)
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}

/** Any stored type as numbers; bytes of U8 are integers (see `readExponents` for scales stored so). */
export async function readNumbers(raw: RawTensorTable, tensor: RawTensor): Promise<Float64Array> {
  return numbersOf(tensor.dtype, await readPart(raw, tensor))
}

/** E8M0 scales, whether the file calls them F8_E8M0 or U8. */
export async function readExponents(raw: RawTensorTable, tensor: RawTensor): Promise<Float64Array> {
  return lookUp(E8M0, await readPart(raw, tensor))
}

/** Scales of any kind: U8 and F8_E8M0 are exponents, the rest numbers. */
export function readScales(raw: RawTensorTable, tensor: RawTensor): Promise<Float64Array> {
  return tensor.dtype === 'U8' ? readExponents(raw, tensor) : readNumbers(raw, tensor)
}

/** The one number of a scalar or one-element tensor. Errors: PACKED_PART_SHAPE, PACKED_PART_VALUE unless it is finite. */
export async function readScalar(raw: RawTensorTable, tensor: RawTensor): Promise<number> {
  if (elementCount(tensor.shape) !== 1) throw packedPartShape(tensor.name, tensor.shape, 'a single number')
  const value = (await readNumbers(raw, tensor))[0]!
  if (!Number.isFinite(value)) throw packedPartValue(tensor.name, `holds ${value}`)
  return value
}

function numbersOf(dtype: Dtype, bytes: Uint8Array): Float64Array {
  const { buffer, byteOffset: at, byteLength } = bytes
  const count = byteLength / DTYPE_BYTES[dtype]
  switch (dtype) {
    case 'F64':
      return new Float64Array(buffer, at, count)
    case 'F32':
      return new Float64Array(new Float32Array(buffer, at, count))
    case 'F16':
      return widened(new Uint16Array(buffer, at, count), widenFloat16)
    case 'BF16':
      return widened(new Uint16Array(buffer, at, count), widenBfloat16)
    case 'F8_E4M3':
      return lookUp(E4M3, bytes)
    case 'F8_E5M2':
      return lookUp(E5M2, bytes)
    case 'F8_E8M0':
      return lookUp(E8M0, bytes)
    case 'I64':
      return Float64Array.from(new BigInt64Array(buffer, at, count), Number)
    case 'U64':
      return Float64Array.from(new BigUint64Array(buffer, at, count), Number)
    case 'I32':
      return new Float64Array(new Int32Array(buffer, at, count))
    case 'U32':
      return new Float64Array(new Uint32Array(buffer, at, count))
    case 'I16':
      return new Float64Array(new Int16Array(buffer, at, count))
    case 'U16':
      return new Float64Array(new Uint16Array(buffer, at, count))
    case 'I8':
      return new Float64Array(new Int8Array(buffer, at, count))
    case 'U8':
    case 'BOOL':
      return new Float64Array(bytes)
  }
}

function widened(
  patterns: Uint16Array,
  widen: (source: Uint16Array, target: Float32Array) => void,
): Float64Array {
  const wide = new Float32Array(patterns.length)
  widen(patterns, wide)
  return new Float64Array(wide)
}

function lookUp(table: Float64Array, bytes: Uint8Array): Float64Array {
  const values = new Float64Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) values[i] = table[bytes[i]!]!
  return values
}
