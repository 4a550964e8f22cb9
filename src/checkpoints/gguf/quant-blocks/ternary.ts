/**
 * @file Quant blocks of 256 weights of about one and a half bits: IQ1_S and IQ1_M (a code book of −1, 0 and 1, moved by an
 * eighth), TQ1_0 and TQ2_0 (−1, 0 and 1 as they are).
 *
 * Layouts: ggml-common.h (`block_iq1_s`, `block_iq1_m`, `block_tq1_0`, `block_tq2_0`).
 */
import { IQ1_S_GRID } from './grids.ts'
import { halfTable } from './half-table.ts'
import { gridValues } from './unpacked-grid.ts'

/** What every value of IQ1's code book is moved by, up or down. */
const SHIFT = 0.125

/** w = d·(2s + 1)·(grid ± ⅛). Quant block: d, 32 bytes of low index bits, 8 words of 4 · 3 high bits, 3 of s, 1 of the shift's sign. */
export function decodeIQ1_S(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  const grid = gridValues(IQ1_S_GRID)
  for (let at = 0, o = 0; o < out.length; at += 50) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    for (let l = 0; l < 32; l++, o += 8) {
      const word = wordOf(bytes, at + 34 + 2 * (l >> 2))
      const scale = d * (2 * ((word >> 12) & 7) + 1)
      const shift = word & 0x8000 ? -SHIFT : SHIFT
      const index = bytes[at + 2 + l]! | (((word >> (3 * (l & 3))) & 7) << 8)
      for (let j = 0; j < 8; j++) out[o + j] = scale * (grid[8 * index + j]! + shift)
    }
  }
}

/**
 * w = d·(2s + 1)·(grid ± ⅛). Quant block: 32 bytes of low index bits, 32 nibbles of 3 high bits and the shift's sign, 4 words of
 * 4 · 3 bits of s (for 16 weights each) whose top nibbles are d.
 */
export function decodeIQ1_M(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  const grid = gridValues(IQ1_S_GRID)
  for (let at = 0, o = 0; o < out.length; at += 56) {
    const scales = at + 48
    let pattern = 0
    for (let word = 0; word < 4; word++) pattern |= (wordOf(bytes, scales + 2 * word) >> 12) << (4 * word)
    const d = half[pattern]!
    for (let l = 0; l < 32; l++, o += 8) {
      const pair = l >> 1
      const scale = d * (2 * ((wordOf(bytes, scales + 2 * (pair >> 2)) >> (3 * (pair & 3))) & 7) + 1)
      const high = (bytes[at + 32 + pair]! >> (4 * (l & 1))) & 15
      const shift = high & 8 ? -SHIFT : SHIFT
      const index = bytes[at + l]! | ((high & 7) << 8)
      for (let j = 0; j < 8; j++) out[o + j] = scale * (grid[8 * index + j]! + shift)
    }
  }
}

/** Digit n of a byte that holds five digits of base 3 as a fraction of 256: multiply by 3ⁿ, drop what is above, take the top. */
function digit(byte: number, power: number): number {
  return (((byte * power) & 255) * 3) >> 8
}

const POWERS: readonly number[] = [1, 3, 9, 27, 81]

/** Bytes of TQ1_0 whose weights lie together: from, how many, digits. */
const RUNS: readonly (readonly [from: number, count: number, digits: number])[] = [
  [0, 32, 5],
  [32, 16, 5],
  [48, 4, 4],
]

/** w = d·(digit − 1). Quant block: 32 and 16 bytes of five digits, 4 of four, d; digit n of all bytes of a run before digit n + 1. */
export function decodeTQ1_0(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 54) {
    const d = half[bytes[at + 52]! | (bytes[at + 53]! << 8)]!
    for (const [from, count, digits] of RUNS) {
      for (let n = 0; n < digits; n++) {
        for (let i = 0; i < count; i++) out[o++] = d * (digit(bytes[at + from + i]!, POWERS[n]!) - 1)
      }
    }
  }
}

/** w = d·(q − 1). Quant block: two runs of 32 bytes with four q of 2 bits each, d; q of the same bits lie together. */
export function decodeTQ2_0(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 66) {
    const d = half[bytes[at + 64]! | (bytes[at + 65]! << 8)]!
    for (let run = at; run < at + 64; run += 32) {
      for (let shift = 0; shift < 8; shift += 2) {
        for (let i = 0; i < 32; i++) out[o++] = d * (((bytes[run + i]! >> shift) & 3) - 1)
      }
    }
  }
}

function wordOf(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8)
}
