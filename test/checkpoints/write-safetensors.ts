/** @file Writes safetensors files for tests, well-formed or as damaged as asked. */

export interface Described {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly number[]
}

/** A file of the given header text and data. */
export function fileOf(header: string | Uint8Array, data: Uint8Array, declaredLength?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const bytes = new Uint8Array(8 + json.byteLength + data.byteLength)
  new DataView(bytes.buffer).setBigUint64(0, declaredLength ?? BigInt(json.byteLength), true)
  bytes.set(json, 8)
  bytes.set(data, 8 + json.byteLength)
  return bytes
}

export interface TensorToWrite {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

/** A well-formed file. */
export function safetensorsOf(
  tensors: Readonly<Record<string, TensorToWrite>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, Described | Readonly<Record<string, string>>> = {}
  if (metadata) header.__metadata__ = metadata
  let end = 0
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.byteLength] }
    end += bytes.byteLength
  }
  const data = new Uint8Array(end)
  let at = 0
  for (const { bytes } of Object.values(tensors)) {
    data.set(bytes, at)
    at += bytes.byteLength
  }
  return fileOf(JSON.stringify(header), data)
}

export function bytesOf(
  values: Float32Array | Float64Array | Uint16Array | BigInt64Array | Int32Array,
): Uint8Array {
  return new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength))
}
