/** @file What an encoder makes, and how a whole checkpoint is packed with one. */

import type { JsonObject } from '../../../../src/sources/json.ts'
import { floatTensors } from '../../../../src/tensors/float-tensors.ts'
import type { RawTensor, RawTensorTable } from '../../../../src/tensors/raw-tensor.ts'
import type { TensorTable } from '../../../../src/tensors/tensor.ts'
import type { Stored } from './bytes.ts'

export interface Weight {
  readonly N: number
  readonly K: number
  /** [N, K], row-major. */
  readonly values: Float32Array
}

export interface Encoded {
  /** By full name. */
  readonly tensors: Readonly<Record<string, Stored>>
  readonly metadata?: Readonly<Record<string, string>>
  /** What the format's published rule decodes to, [N, K]. */
  readonly expected: Float32Array
}

export interface Encoder {
  /** Unique. */
  readonly name: string
  /** quantization_config of config.json. */
  readonly config: JsonObject
  /** How the entry must describe itself. */
  readonly storedAs: string
  /** `random` is for choices that the format leaves open (the order of groups). */
  encode(module: string, weight: Weight, random: () => number): Encoded
}

export interface PlainTensor extends Stored {
  readonly values: Float32Array
}

/** Pack every two-dimensional `X.weight` that `packs` accepts; the rest stays. For tests of whole audits. */
export function packModel(
  encoder: Encoder,
  model: Readonly<Record<string, PlainTensor>>,
  packs: (module: string) => boolean,
  random: () => number,
): { readonly tensors: Record<string, Stored>; readonly metadata: Record<string, string> } {
  const tensors: Record<string, Stored> = {}
  const metadata: Record<string, string> = {}
  for (const [name, tensor] of Object.entries(model)) {
    const module = name.slice(0, -'.weight'.length)
    const [N, K] = tensor.shape
    if (!name.endsWith('.weight') || tensor.shape.length !== 2 || !packs(module)) tensors[name] = tensor
    else {
      const encoded = encoder.encode(module, { N: N!, K: K!, values: tensor.values }, random)
      Object.assign(tensors, encoded.tensors)
      Object.assign(metadata, encoded.metadata)
    }
  }
  return { tensors, metadata }
}

/** The bytes of a safetensors file. */
export function safetensorsFile(
  tensors: Readonly<Record<string, Stored>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let end = 0
  const header: Record<string, unknown> = { __metadata__: metadata }
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] }
    end += bytes.length
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const file = new Uint8Array(8 + text.length + end)
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true)
  file.set(text, 8)
  let at = 8 + text.length
  for (const { bytes } of Object.values(tensors)) {
    file.set(bytes, at)
    at += bytes.length
  }
  return file
}

/** The same tensors without a file. */
export function rawTable(
  tensors: Readonly<Record<string, Stored>>,
  metadata: Readonly<Record<string, string>> = {},
): { readonly raw: RawTensorTable; readonly plain: TensorTable } {
  const entries = new Map<string, RawTensor>()
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    entries.set(name, { name, dtype, shape, start: 0, end: bytes.length, file: 'model.safetensors' })
  }
  const raw: RawTensorTable = {
    entries,
    metadata: new Map(Object.entries(metadata)),
    readBytes: async (name, range) => {
      const { bytes } = tensors[name]!
      return range === undefined ? bytes : bytes.slice(...range)
    },
    close: async () => {},
  }
  return { raw, plain: floatTensors('test', raw) }
}
