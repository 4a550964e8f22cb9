/** @file A minimal safetensors reader for the oracle: whole file, F16, BF16 and F32, no checks. Format: safetensors' README. */
import { readFileSync } from 'node:fs'
import type { JsonObject } from '../../src/models/config-reader.ts'
import type { NaiveTensor } from './pieces.ts'

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function bfloatToNumber(bits: number): number {
  return new Float32Array(new Uint32Array([bits << 16]).buffer)[0] ?? 0
}

function decode(type: string, bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (type === 'F32')
    return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
  const one = type === 'F16' ? halfToNumber : bfloatToNumber
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => one(view.getUint16(2 * i, true)))
}

export interface StoredCheckpoint {
  readonly config: JsonObject
  readonly tensors: ReadonlyMap<string, NaiveTensor>
}

interface HeaderEntry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** config.json and model.safetensors of a folder. */
export function readStoredCheckpoint(folder: string): StoredCheckpoint {
  const config: JsonObject = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8'))
  const file = readFileSync(`${folder}/model.safetensors`)
  const start = 8 + Number(file.readBigUInt64LE(0))
  const header: Record<string, HeaderEntry> = JSON.parse(file.subarray(8, start).toString('utf8'))
  const tensors = new Map<string, NaiveTensor>()
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const [from, to] = entry.data_offsets
    tensors.set(name, {
      shape: entry.shape,
      data: decode(entry.dtype, file.subarray(start + from, start + to)),
    })
  }
  return { config, tensors }
}
