/**
 * @file The k-quants: quant blocks of 256 weights whose sub-blocks have small integer scales times one float16 scale.
 *
 * Layouts: ggml-common.h (`block_q2_K` … `block_q6_K`). `d` scales the sub-block scales, `dmin` the sub-block minima.
 */
import { halfTable } from './half-table.ts'

/** 16 sub-blocks of 16: w = d·scale·q − dmin·min. Quant block: 16 bytes (scale | min << 4), 64 bytes of 2-bit q, d, dmin. */
export function decodeQ2_K(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 84) {
    const d = half[bytes[at + 80]! | (bytes[at + 81]! << 8)]!
    const dmin = half[bytes[at + 82]! | (bytes[at + 83]! << 8)]!
    for (let sub = 0; sub < 16; sub++, o += 16) {
      const packed = bytes[at + sub]!
      const scale = d * (packed & 15)
      const min = dmin * (packed >> 4)
      const q = at + 16 + 32 * (sub >> 3) + 16 * (sub & 1)
      const shift = sub & 6
      for (let j = 0; j < 16; j++) out[o + j] = scale * ((bytes[q + j]! >> shift) & 3) - min
    }
  }
}

/** 16 sub-blocks of 16: w = d·scale·(q − 4), q of 3 bits. Quant block: 32 bytes of third bits, 64 of low bits, 12 of scales, d. */
export function decodeQ3_K(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 110) {
    const d = half[bytes[at + 108]! | (bytes[at + 109]! << 8)]!
    const scales = at + 96
    for (let sub = 0; sub < 16; sub++, o += 16) {
      const low = (bytes[scales + (sub & 7)]! >> (4 * (sub >> 3))) & 15
      const high = (bytes[scales + 8 + (sub & 3)]! >> (2 * (sub >> 2))) & 3
      const scale = d * ((low | (high << 4)) - 32)
      const third = at + 16 * (sub & 1)
      const q = at + 32 + 32 * (sub >> 3) + 16 * (sub & 1)
      const shift = sub & 6
      const bit = sub >> 1
      for (let j = 0; j < 16; j++) {
        out[o + j] = scale * (((bytes[q + j]! >> shift) & 3) + 4 * ((bytes[third + j]! >> bit) & 1) - 4)
      }
    }
  }
}

/** 8 sub-blocks of 32: w = d·scale·q − dmin·min. Quant block: d, dmin, 12 bytes of 6-bit scales and minima, 128 bytes of q. */
export function decodeQ4_K(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 144) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    const dmin = half[bytes[at + 2]! | (bytes[at + 3]! << 8)]!
    for (let pair = 0; pair < 4; pair++, o += 64) {
      const scaleLow = d * sixBitScale(bytes, at + 4, 2 * pair)
      const minLow = dmin * sixBitMin(bytes, at + 4, 2 * pair)
      const scaleHigh = d * sixBitScale(bytes, at + 4, 2 * pair + 1)
      const minHigh = dmin * sixBitMin(bytes, at + 4, 2 * pair + 1)
      const q = at + 16 + 32 * pair
      for (let j = 0; j < 32; j++) {
        const packed = bytes[q + j]!
        out[o + j] = scaleLow * (packed & 15) - minLow
        out[o + j + 32] = scaleHigh * (packed >> 4) - minHigh
      }
    }
  }
}

/** As Q4_K with a fifth bit: bit `sub` of byte j. Quant block: d, dmin, 12 bytes of scales, 32 of fifth bits, 128 of q. */
export function decodeQ5_K(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 176) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    const dmin = half[bytes[at + 2]! | (bytes[at + 3]! << 8)]!
    for (let pair = 0; pair < 4; pair++, o += 64) {
      const scaleLow = d * sixBitScale(bytes, at + 4, 2 * pair)
      const minLow = dmin * sixBitMin(bytes, at + 4, 2 * pair)
      const scaleHigh = d * sixBitScale(bytes, at + 4, 2 * pair + 1)
      const minHigh = dmin * sixBitMin(bytes, at + 4, 2 * pair + 1)
      const q = at + 48 + 32 * pair
      for (let j = 0; j < 32; j++) {
        const packed = bytes[q + j]!
        const fifth = bytes[at + 16 + j]! >> (2 * pair)
        out[o + j] = scaleLow * ((packed & 15) | ((fifth & 1) << 4)) - minLow
        out[o + j + 32] = scaleHigh * ((packed >> 4) | ((fifth & 2) << 3)) - minHigh
      }
    }
  }
}

/** 16 sub-blocks of 16: w = d·scale·(q − 32). Quant block: 128 bytes of low four bits, 64 of high two, 16 signed scales, d. */
export function decodeQ6_K(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 210) {
    const d = half[bytes[at + 208]! | (bytes[at + 209]! << 8)]!
    for (let sub = 0; sub < 16; sub++, o += 16) {
      const scale = d * ((bytes[at + 192 + sub]! << 24) >> 24)
      const side = sub >> 3
      const quarter = (sub >> 1) & 3
      const low = at + 64 * side + 32 * (quarter & 1) + 16 * (sub & 1)
      const high = at + 128 + 32 * side + 16 * (sub & 1)
      const lowShift = 4 * (quarter >> 1)
      const highShift = 2 * quarter
      for (let j = 0; j < 16; j++) {
        const q = ((bytes[low + j]! >> lowShift) & 15) | (((bytes[high + j]! >> highShift) & 3) << 4)
        out[o + j] = scale * (q - 32)
      }
    }
  }
}

/** Scale of sub-block `sub` (0-7) among the 12 bytes at `at`: six bits, the last four spread over two bytes. */
function sixBitScale(bytes: Uint8Array, at: number, sub: number): number {
  if (sub < 4) return bytes[at + sub]! & 63
  return (bytes[at + sub + 4]! & 15) | ((bytes[at + sub - 4]! >> 6) << 4)
}

function sixBitMin(bytes: Uint8Array, at: number, sub: number): number {
  if (sub < 4) return bytes[at + sub + 4]! & 63
  return (bytes[at + sub + 4]! >> 4) | ((bytes[at + sub]! >> 6) << 4)
}
