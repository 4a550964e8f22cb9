/**
 * @file Reads one .npy array: header as text that is matched, never evaluated, then little-endian values.
 *
 * Layout: "\x93NUMPY" | major, minor | header length (u16le in version 1, u32le in 2 and 3) | a Python dict literal with
 * 'descr', 'fortran_order' and 'shape' | values. Source: numpy/lib/format.py. Left out: structured, complex, text and
 * object types (an object array is a pickle), big-endian values.
 */
import { npyMalformed } from '../errors/checkpoints.ts'
import { type ByteRange, elementCount } from '../tensors/raw-tensor.ts'
import { inRowOrder } from './row-order.ts'

/** An array as stored. float16 stays 16-bit patterns, 64-bit integers are BigInts, booleans bytes 0 or 1. */
export type NpyArray = { readonly shape: readonly number[] } & NpyValues

export type NpyValues =
  | { readonly dtype: 'f8'; readonly data: Float64Array }
  | { readonly dtype: 'f4'; readonly data: Float32Array }
  | { readonly dtype: 'f2' | 'u2'; readonly data: Uint16Array }
  | { readonly dtype: 'i8'; readonly data: BigInt64Array }
  | { readonly dtype: 'i4'; readonly data: Int32Array }
  | { readonly dtype: 'i2'; readonly data: Int16Array }
  | { readonly dtype: 'i1'; readonly data: Int8Array }
  | { readonly dtype: 'u8'; readonly data: BigUint64Array }
  | { readonly dtype: 'u4'; readonly data: Uint32Array }
  | { readonly dtype: 'u1' | 'b1'; readonly data: Uint8Array }

export type NpyDtype = NpyValues['dtype']

export interface NpyHeader {
  readonly dtype: NpyDtype
  readonly shape: readonly number[]
  /** The first axis is the fastest one, not the last. */
  readonly isFortran: boolean
  /** Where the values begin. */
  readonly dataStart: number
  readonly dataBytes: number
}

/** numpy refuses longer headers too (max_header_size of numpy.load). */
export const MAX_NPY_HEADER_BYTES = 10_000

const MAX_AXES = 64

const DTYPES: Readonly<Record<NpyDtype, number>> = {
  f8: 8,
  f4: 4,
  f2: 2,
  i8: 8,
  i4: 4,
  i2: 2,
  i1: 1,
  u8: 8,
  u4: 4,
  u2: 2,
  u1: 1,
  b1: 1,
}

/** Read a whole array, in row-major order. The values may share `bytes`' memory. Errors: NPY_MALFORMED. */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const { dtype, shape, isFortran, dataStart, dataBytes } = readNpyHeader(bytes, name)
  const found = bytes.byteLength - dataStart
  if (found !== dataBytes) {
    throw npyMalformed(
      name,
      `${dtype} of shape [${shape.join(', ')}] takes ${dataBytes} bytes, but ${found} follow the header`,
    )
  }
  const stored = bytes.subarray(dataStart)
  return { shape, ...valuesOf(dtype, isFortran ? inRowOrder(stored, shape, DTYPES[dtype]) : stored) }
}

/** The bytes of elements [start, end) of a row-major array, its header counted. */
export function npyRange({ dtype, dataStart }: NpyHeader, start: number, end: number): ByteRange {
  return [dataStart + start * DTYPES[dtype], dataStart + end * DTYPES[dtype]]
}

/** Values by themselves, as an array of one axis. */
export function readNpyValues(dtype: NpyDtype, bytes: Uint8Array): NpyArray {
  return { shape: [bytes.byteLength / DTYPES[dtype]], ...valuesOf(dtype, bytes) }
}

/** Read the header from the first bytes of an array. Errors: NPY_MALFORMED. */
export function readNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  const refuse = (reason: string) => npyMalformed(name, reason)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 10 || view.getUint32(0) !== 0x934e554d || view.getUint16(4) !== 0x5059) {
    throw refuse('it does not begin with \\x93NUMPY')
  }
  const [major, minor] = [view.getUint8(6), view.getUint8(7)]
  if (major < 1 || major > 3 || minor !== 0)
    throw refuse(`version ${major}.${minor} is not known (1.0 to 3.0 are)`)
  const textStart = major === 1 ? 10 : 12
  if (bytes.byteLength < textStart) throw refuse('it ends inside its header')
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > MAX_NPY_HEADER_BYTES)
    throw refuse(`its header has ${length} bytes; at most ${MAX_NPY_HEADER_BYTES} are read`)
  const dataStart = textStart + length
  if (dataStart > bytes.byteLength) throw refuse('it ends inside its header')
  const text = new TextDecoder('latin1').decode(bytes.subarray(textStart, dataStart))
  const { dtype, shape, isFortran } = parseHeaderText(text, refuse)
  const dataBytes = (elementCount(shape) ?? Number.NaN) * DTYPES[dtype]
  if (!Number.isSafeInteger(dataBytes)) throw refuse(`its shape (${shape.join(', ')}) is too large`)
  return { dtype, shape, isFortran, dataStart, dataBytes }
}

type Refuse = (reason: string) => Error

/** `'key': value` with the three kinds of value that occur: a string, True or False, a tuple; or a list, to be refused. */
const ITEM =
  /\s*(?:'([a-z_]+)'|"([a-z_]+)")\s*:\s*('[^'\\]*'|"[^"\\]*"|True|False|\([\d,\sL]*\)|\[[^\]]*\])\s*(,|$)/y

function parseHeaderText(
  text: string,
  refuse: Refuse,
): { dtype: NpyDtype; shape: number[]; isFortran: boolean } {
  const dict = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1]
  if (dict === undefined) throw refuse('its header is not a dict')
  const values = new Map<string, string>()
  ITEM.lastIndex = 0
  const body = dict.trimEnd()
  while (ITEM.lastIndex < body.length) {
    const item = ITEM.exec(body)
    const key = item?.[1] ?? item?.[2]
    const value = item?.[3]
    if (key === undefined || value === undefined)
      throw refuse('its header is not a dict of descr, fortran_order and shape')
    if (values.has(key)) throw refuse(`its header has the key "${key}" twice`)
    values.set(key, value)
  }
  if (values.size !== 3)
    throw refuse(
      `its header has the keys ${[...values.keys()].join(', ')}; descr, fortran_order and shape are needed`,
    )
  const dtype = parseDtype(values.get('descr'), refuse)
  const shape = parseShape(values.get('shape'), refuse)
  const fortran = values.get('fortran_order')
  if (fortran !== 'True' && fortran !== 'False') throw refuse('fortran_order is neither True nor False')
  return { dtype, shape, isFortran: fortran === 'True' && shape.length > 1 }
}

function parseDtype(quoted: string | undefined, refuse: Refuse): NpyDtype {
  if (quoted === undefined) throw refuse('its header has no descr')
  if (!/^['"]/.test(quoted)) throw refuse('it is a structured array (several fields per value)')
  const descr = quoted.slice(1, -1)
  const [order, kind] = [descr.charAt(0), descr.slice(1)]
  if (kind.startsWith('O')) throw refuse('it holds Python objects, which are pickles and never read')
  if (!isNpyDtype(kind)) throw refuse(`its type "${descr}" is not a number type that is read`)
  if (order === '>' && DTYPES[kind] > 1) throw refuse(`its values are big-endian ("${descr}")`)
  if (!'<|>='.includes(order) || order === '') throw refuse(`its type "${descr}" has an unknown byte order`)
  return kind
}

function isNpyDtype(word: string): word is NpyDtype {
  return Object.hasOwn(DTYPES, word)
}

/** `()`, `(3,)`, `(3, 4)`; Python 2 wrote `3L`. */
function parseShape(tuple: string | undefined, refuse: Refuse): number[] {
  const inner = /^\(\s*((?:\d+L?\s*,\s*)*(?:\d+L?)?)\s*\)$/.exec(tuple ?? '')?.[1]
  if (inner === undefined) throw refuse('its shape is not a tuple of whole numbers')
  const sizes = inner.split(',').map((size) => size.trim())
  if (sizes.at(-1) === '') sizes.pop()
  else if (sizes.length === 1) throw refuse('its shape is not a tuple of whole numbers')
  const shape = sizes.map((size) => Number(size.replace('L', '')))
  if (shape.length > MAX_AXES || !shape.every(Number.isSafeInteger)) throw refuse('its shape is too large')
  return shape
}

function valuesOf(dtype: NpyDtype, stored: Uint8Array): NpyValues {
  const askew = stored.byteOffset % DTYPES[dtype] !== 0
  // Not slice(): on a Buffer that is a view, not a copy.
  const { buffer, byteOffset, byteLength } = askew ? new Uint8Array(stored) : stored
  const count = byteLength / DTYPES[dtype]
  switch (dtype) {
    case 'f8':
      return { dtype, data: new Float64Array(buffer, byteOffset, count) }
    case 'f4':
      return { dtype, data: new Float32Array(buffer, byteOffset, count) }
    case 'f2':
    case 'u2':
      return { dtype, data: new Uint16Array(buffer, byteOffset, count) }
    case 'i8':
      return { dtype, data: new BigInt64Array(buffer, byteOffset, count) }
    case 'i4':
      return { dtype, data: new Int32Array(buffer, byteOffset, count) }
    case 'i2':
      return { dtype, data: new Int16Array(buffer, byteOffset, count) }
    case 'i1':
      return { dtype, data: new Int8Array(buffer, byteOffset, count) }
    case 'u8':
      return { dtype, data: new BigUint64Array(buffer, byteOffset, count) }
    case 'u4':
      return { dtype, data: new Uint32Array(buffer, byteOffset, count) }
    case 'u1':
    case 'b1':
      return { dtype, data: new Uint8Array(buffer, byteOffset, count) }
  }
}
