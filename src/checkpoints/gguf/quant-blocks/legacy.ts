/**
 * @file Quant blocks of 32 weights with one scale: Q4_0, Q4_1, Q5_0, Q5_1, Q8_0.
 *
 * Four-bit fields: byte j holds weight j in its low half and weight j + 16 in its high half. The fifth bit of weight j
 * is bit j of a 32-bit word. `d` is the scale, `m` the minimum, both float16.
 */
import { halfTable } from './half-table.ts'

/** w = d·(q − 8). Quant block: d, 16 bytes of q. */
export function decodeQ4_0(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 18, o += 32) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    for (let j = 0; j < 16; j++) {
      const q = bytes[at + 2 + j]!
      out[o + j] = d * ((q & 15) - 8)
      out[o + j + 16] = d * ((q >> 4) - 8)
    }
  }
}

/** w = d·q + m. Quant block: d, m, 16 bytes of q. */
export function decodeQ4_1(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 20, o += 32) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    const m = half[bytes[at + 2]! | (bytes[at + 3]! << 8)]!
    for (let j = 0; j < 16; j++) {
      const q = bytes[at + 4 + j]!
      out[o + j] = d * (q & 15) + m
      out[o + j + 16] = d * (q >> 4) + m
    }
  }
}

/** w = d·(q − 16). Quant block: d, 4 bytes of fifth bits, 16 bytes of q. */
export function decodeQ5_0(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 22, o += 32) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    const fifthLow = bytes[at + 2]! | (bytes[at + 3]! << 8)
    const fifthHigh = bytes[at + 4]! | (bytes[at + 5]! << 8)
    for (let j = 0; j < 16; j++) {
      const q = bytes[at + 6 + j]!
      out[o + j] = d * (((q & 15) | (((fifthLow >> j) & 1) << 4)) - 16)
      out[o + j + 16] = d * (((q >> 4) | (((fifthHigh >> j) & 1) << 4)) - 16)
    }
  }
}

/** w = d·q + m. Quant block: d, m, 4 bytes of fifth bits, 16 bytes of q. */
export function decodeQ5_1(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 24, o += 32) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    const m = half[bytes[at + 2]! | (bytes[at + 3]! << 8)]!
    const fifthLow = bytes[at + 4]! | (bytes[at + 5]! << 8)
    const fifthHigh = bytes[at + 6]! | (bytes[at + 7]! << 8)
    for (let j = 0; j < 16; j++) {
      const q = bytes[at + 8 + j]!
      out[o + j] = d * ((q & 15) | (((fifthLow >> j) & 1) << 4)) + m
      out[o + j + 16] = d * ((q >> 4) | (((fifthHigh >> j) & 1) << 4)) + m
    }
  }
}

/** w = d·q, q a signed byte. Quant block: d, 32 bytes of q. */
export function decodeQ8_0(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 34, o += 32) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    for (let j = 0; j < 32; j++) out[o + j] = d * ((bytes[at + 2 + j]! << 24) >> 24)
  }
}
