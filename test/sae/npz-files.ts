/** @file A .npz file of float32 arrays. */
import { zipOf } from '../fuzz/zip-of.ts'
import type { Stored } from './dictionary-files.ts'

/** A float32 .npy, version 1.0. */
function npy({ shape, values }: Stored): Uint8Array {
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${list}), }`
  const header = `${text.padEnd(117)}\n`
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 255, header.length >> 8])
  return Buffer.concat([start, Buffer.from(header), Buffer.from(Float32Array.from(values).buffer)])
}

export const npz = (arrays: Readonly<Record<string, Stored>>): Uint8Array =>
  zipOf(new Map(Object.entries(arrays).map(([name, stored]) => [`${name}.npy`, npy(stored)])))
