/**
 * @file ggml's block formulas weight by weight, as slow and as plain as they can be written: the oracle of the decoders.
 *
 * `b` is one block, `e` the index of a weight in it. `f16` computes halves from their bits, with no table.
 */

export type Formula = (b: Uint8Array, e: number) => number

export function f16(b: Uint8Array, at: number): number {
  const bits = b[at]! + 256 * b[at + 1]!
  const sign = bits >= 0x8000 ? -1 : 1
  const exponent = Math.floor(bits / 1024) % 32
  const fraction = bits % 1024
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25)
}

const int8 = (byte: number) => (byte > 127 ? byte - 256 : byte)
const bit = (b: Uint8Array, at: number, index: number) => (b[at + Math.floor(index / 8)]! >> (index % 8)) & 1
const nib = (b: Uint8Array, at: number, j: number) => (j < 16 ? b[at + j]! & 15 : b[at + j - 16]! >> 4)

/** (scale, min) of sub-block j among twelve bytes. */
function scaleMin(s: Uint8Array, j: number): readonly [number, number] {
  if (j < 4) return [s[j]! & 63, s[j + 4]! & 63]
  return [(s[j + 4]! & 15) | ((s[j - 4]! >> 6) << 4), (s[j + 4]! >> 4) | ((s[j]! >> 6) << 4)]
}

const KV = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]
const E2M1 = [0, 0.5, 1, 1.5, 2, 3, 4, 6, 0, -0.5, -1, -1.5, -2, -3, -4, -6]

/** By ggml name: id, weights per block, bytes per block, where its halves stand, the formula. */
export const FORMULAS: Record<
  string,
  { id: number; weights: number; bytes: number; halves: readonly number[]; formula: Formula }
> = {
  Q4_0: { id: 2, weights: 32, bytes: 18, halves: [0], formula: (b, e) => f16(b, 0) * (nib(b, 2, e) - 8) },
  Q4_1: {
    id: 3,
    weights: 32,
    bytes: 20,
    halves: [0, 2],
    formula: (b, e) => f16(b, 0) * nib(b, 4, e) + f16(b, 2),
  },
  Q5_0: {
    id: 6,
    weights: 32,
    bytes: 22,
    halves: [0],
    formula: (b, e) => f16(b, 0) * (nib(b, 6, e) + 16 * bit(b, 2, e) - 16),
  },
  Q5_1: {
    id: 7,
    weights: 32,
    bytes: 24,
    halves: [0, 2],
    formula: (b, e) => f16(b, 0) * (nib(b, 8, e) + 16 * bit(b, 4, e)) + f16(b, 2),
  },
  Q8_0: { id: 8, weights: 32, bytes: 34, halves: [0], formula: (b, e) => f16(b, 0) * int8(b[2 + e]!) },
  Q2_K: {
    id: 10,
    weights: 256,
    bytes: 84,
    halves: [80, 82],
    formula: (b, e) => {
      const h = e >> 7
      const r = e & 127
      const q = (b[16 + 32 * h + (r & 31)]! >> (2 * (r >> 5))) & 3
      return f16(b, 80) * (b[e >> 4]! & 15) * q - f16(b, 82) * (b[e >> 4]! >> 4)
    },
  },
  Q3_K: {
    id: 11,
    weights: 256,
    bytes: 110,
    halves: [108],
    formula: (b, e) => {
      const h = e >> 7
      const r = e & 127
      const l = r & 31
      const k = r >> 5
      const q = (b[32 + 32 * h + l]! >> (2 * k)) & 3
      const set = (b[l]! >> (4 * h + k)) & 1
      const i = e >> 4
      const s = b.subarray(96, 108)
      const low = (s[i & 7]! >> (4 * (i >> 3))) & 15
      const high = (s[8 + (i & 3)]! >> (2 * (i >> 2))) & 3
      return f16(b, 108) * ((low | (high << 4)) - 32) * (q - (set ? 0 : 4))
    },
  },
  Q4_K: {
    id: 12,
    weights: 256,
    bytes: 144,
    halves: [0, 2],
    formula: (b, e) => {
      const j = e >> 5
      const [scale, min] = scaleMin(b.subarray(4, 16), j)
      const v = (b[16 + 32 * (j >> 1) + (e & 31)]! >> (4 * (j & 1))) & 15
      return f16(b, 0) * scale * v - f16(b, 2) * min
    },
  },
  Q5_K: {
    id: 13,
    weights: 256,
    bytes: 176,
    halves: [0, 2],
    formula: (b, e) => {
      const j = e >> 5
      const l = e & 31
      const [scale, min] = scaleMin(b.subarray(4, 16), j)
      const v = ((b[48 + 32 * (j >> 1) + l]! >> (4 * (j & 1))) & 15) + 16 * ((b[16 + l]! >> j) & 1)
      return f16(b, 0) * scale * v - f16(b, 2) * min
    },
  },
  Q6_K: {
    id: 14,
    weights: 256,
    bytes: 210,
    halves: [208],
    formula: (b, e) => {
      const h = e >> 7
      const r = e & 127
      const k = r >> 5
      const l = r & 31
      const packed = b[64 * h + (k & 1) * 32 + l]!
      const low = k >= 2 ? packed >> 4 : packed & 15
      const high = (b[128 + 32 * h + l]! >> (2 * k)) & 3
      return f16(b, 208) * int8(b[192 + (e >> 4)]!) * (low + 16 * high - 32)
    },
  },
  IQ4_NL: { id: 20, weights: 32, bytes: 18, halves: [0], formula: (b, e) => f16(b, 0) * KV[nib(b, 2, e)]! },
  IQ4_XS: {
    id: 23,
    weights: 256,
    bytes: 136,
    halves: [0],
    formula: (b, e) => {
      const i = e >> 5
      const low = (b[4 + (i >> 1)]! >> (4 * (i & 1))) & 15
      const high = ((b[2]! + 256 * b[3]!) >> (2 * i)) & 3
      return f16(b, 0) * ((low | (high << 4)) - 32) * KV[nib(b, 8 + 16 * i, e & 31)]!
    },
  },
  MXFP4: {
    id: 39,
    weights: 32,
    bytes: 17,
    halves: [],
    formula: (b, e) => 2 ** (b[0]! - 127) * E2M1[nib(b, 1, e)]!,
  },
}

/** All weights of whole blocks, rounded to float32. */
export function naiveDecode(type: string, bytes: Uint8Array): Float32Array {
  const { weights, bytes: blockBytes, formula } = FORMULAS[type]!
  const out = new Float32Array((bytes.length / blockBytes) * weights)
  for (let i = 0; i < out.length; i++) {
    const start = Math.floor(i / weights) * blockBytes
    out[i] = formula(bytes.subarray(start, start + blockBytes), i % weights)
  }
  return out
}
