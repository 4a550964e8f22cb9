/** @file Numbers to stored bytes and bits to words, each in the plainest way there is: what the decoders are tested against. */
import type { Dtype } from '../../../../src/tensors/raw-tensor.ts'

/** A tensor as a file holds it. */
export interface Stored {
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

type Kind = 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I8' | 'U8'

export function stored(dtype: Kind, shape: readonly number[], values: ArrayLike<number>): Stored {
  const size = { F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I8: 1, U8: 1 }[dtype]
  const view = new DataView(new ArrayBuffer(values.length * size))
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (dtype === 'F32') view.setFloat32(4 * i, value, true)
    else if (dtype === 'F16') view.setUint16(2 * i, halfBits(value), true)
    else if (dtype === 'BF16') view.setUint16(2 * i, bfloatBits(value), true)
    else if (dtype === 'I64') view.setBigInt64(8 * i, BigInt(value), true)
    else if (dtype === 'I32') view.setUint32(4 * i, value >>> 0, true)
    else view.setUint8(i, value & 255)
  }
  return { dtype, shape, bytes: new Uint8Array(view.buffer) }
}

export function storedAs(dtype: Dtype, shape: readonly number[], codes: ArrayLike<number>): Stored {
  return { dtype, shape, bytes: Uint8Array.from(codes) }
}

/** Nearest float16 of a normal number (ties away; good enough to make scales). */
export function half(value: number): number {
  if (value === 0) return 0
  const quantum = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -14) - 10)
  return Math.round(value / quantum) * quantum
}

function halfBits(value: number): number {
  const magnitude = Math.abs(value)
  const sign = value < 0 ? 0x8000 : 0
  if (magnitude < 2 ** -14) return sign | Math.round(magnitude / 2 ** -24)
  const exponent = Math.floor(Math.log2(magnitude))
  return sign | ((exponent + 15) << 10) | ((magnitude / 2 ** exponent - 1) * 1024)
}

/** Nearest bfloat16 below. */
export function bfloat(value: number): number {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, bfloatBits(value) << 16)
  return view.getFloat32(0)
}

function bfloatBits(value: number): number {
  const view = new DataView(new ArrayBuffer(4))
  view.setFloat32(0, value)
  return view.getUint16(0)
}

/** Fields written bit by bit, lowest first, into 32-bit words: one endless stream. */
export function denseWords(fields: readonly number[], bits: number): number[] {
  const words = new Array<number>(Math.ceil((fields.length * bits) / 32)).fill(0)
  fields.forEach((field, i) => {
    for (let b = 0; b < bits; b++) {
      if ((field >> b) & 1) {
        const at = i * bits + b
        words[Math.floor(at / 32)]! += 2 ** (at % 32)
      }
    }
  })
  return words
}

/** floor(32 / bits) fields per word, the rest of the word empty. */
export function paddedWords(fields: readonly number[], bits: number): number[] {
  const per = Math.floor(32 / bits)
  const words: number[] = []
  for (let i = 0; i < fields.length; i += per) words.push(denseWords(fields.slice(i, i + per), bits)[0]!)
  return words
}

/** Row n of a row-major [·, width] array. */
export function row<T>(values: ArrayLike<T>, n: number, width: number): T[] {
  const found: T[] = []
  for (let k = 0; k < width; k++) found.push(values[n * width + k]!)
  return found
}

/** Which numbers below `index.length` are in each of so many groups. */
export function membersOf(index: readonly number[], groups: number): readonly (readonly number[])[] {
  const members: number[][] = Array.from({ length: groups }, () => [])
  for (const [k, group] of index.entries()) members[group]!.push(k)
  return members
}

/** Column k of a row-major [height, width] array. */
export function column<T>(values: ArrayLike<T>, k: number, height: number, width: number): T[] {
  return Array.from({ length: height }, (_, n) => values[n * width + k]!)
}

/** Row-major [width, height] from [height, width]. */
export function turned(values: ArrayLike<number>, height: number, width: number): number[] {
  return Array.from(
    { length: height * width },
    (_, i) => values[(i % height) * width + Math.floor(i / height)]!,
  )
}

/** mulberry32: uniform in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** About normal, standard deviation 0.05, like a trained weight. */
export function randomWeights(count: number, random: () => number): Float32Array {
  return Float32Array.from({ length: count }, () => 0.1 * (random() + random() + random() + random() - 2))
}

/** Where in the table the nearest value stands, the first of two as near. */
export function nearest(value: number, table: readonly number[]): number {
  let best = 0
  for (let code = 1; code < table.length; code++)
    if (Math.abs(table[code]! - value) < Math.abs(table[best]! - value)) best = code
  return best
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))
export const largest = (values: Iterable<number>): number => {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}
