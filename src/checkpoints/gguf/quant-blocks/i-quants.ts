/**
 * @file The i-quants of 2 and 3 bits: quant blocks of 256 weights whose codes point into a code book of magnitudes, 8 or 4 at
 * a time, with signs beside them.
 *
 * Layouts: ggml-common.h (`block_iq2_xxs` … `block_iq3_s`). A quant block is 8 parts of 32 weights. Signs are a byte for 8
 * weights, bit j set where weight j is negative; IQ2_XXS, IQ2_XS and IQ3_XXS store 7 of its bits, and the eighth makes the
 * number of minuses even.
 */
import { IQ2_S_GRID, IQ2_XS_GRID, IQ2_XXS_GRID, IQ3_S_GRID, IQ3_XXS_GRID } from './grids.ts'
import { halfTable } from './half-table.ts'
import { gridValues } from './unpacked-grid.ts'

/** All eight signs of the seven that are stored. */
const EVEN_SIGNS = Uint8Array.from({ length: 128 }, (_, seven) => {
  let parity = 0
  for (let bit = 0; bit < 7; bit++) parity ^= (seven >> bit) & 1
  return seven | (parity << 7)
})

/** Write `width` weights: scale · magnitude, negative where a sign bit from `firstSign` on is set. */
function writeSigned(
  grid: Float64Array,
  index: number,
  width: number,
  { scale, signs, firstSign }: { readonly scale: number; readonly signs: number; readonly firstSign: number },
  out: Float32Array,
  o: number,
): void {
  const at = index * width
  for (let j = 0; j < width; j++) {
    const weight = scale * grid[at + j]!
    out[o + j] = (signs >> (firstSign + j)) & 1 ? -weight : weight
  }
}

/** w = d·(½ + s)/4·grid. Quant block: d; per part 4 bytes of indices, then 28 bits of signs and 4 of s. */
export function decodeIQ2_XXS(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  const grid = gridValues(IQ2_XXS_GRID)
  for (let at = 0, o = 0; o < out.length; at += 66) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    for (let part = at + 2; part < at + 66; part += 8) {
      const word = wordAt(bytes, part + 4)
      const scale = d * (0.5 + (word >>> 28)) * 0.25
      for (let l = 0; l < 4; l++, o += 8) {
        const signs = EVEN_SIGNS[(word >>> (7 * l)) & 127]!
        writeSigned(grid, bytes[part + l]!, 8, { scale, signs, firstSign: 0 }, out, o)
      }
    }
  }
}

/** w = d·(½ + s)/4·grid. Quant block: d, 32 words of 9 bits of index and 7 of signs, 8 bytes of s (4 bits for 16 weights). */
export function decodeIQ2_XS(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  const grid = gridValues(IQ2_XS_GRID)
  for (let at = 0, o = 0; o < out.length; at += 74) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    for (let l = 0; l < 32; l++, o += 8) {
      const word = bytes[at + 2 + 2 * l]! | (bytes[at + 3 + 2 * l]! << 8)
      const scale = d * (0.5 + nibble(bytes, at + 66, l >> 1)) * 0.25
      writeSigned(grid, word & 511, 8, { scale, signs: EVEN_SIGNS[word >> 9]!, firstSign: 0 }, out, o)
    }
  }
}

/**
 * w = d·(½ + s)/4·grid. Quant block: d, 32 bytes of low index bits, 32 of signs, 8 of high index bits (2 for 8 weights), 8 of s
 * (4 bits for 16 weights).
 */
export function decodeIQ2_S(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  const grid = gridValues(IQ2_S_GRID)
  for (let at = 0, o = 0; o < out.length; at += 82) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    for (let l = 0; l < 32; l++, o += 8) {
      const high = (bytes[at + 66 + (l >> 2)]! >> (2 * (l & 3))) & 3
      const scale = d * (0.5 + nibble(bytes, at + 74, l >> 1)) * 0.25
      const signs = bytes[at + 34 + l]!
      writeSigned(grid, bytes[at + 2 + l]! | (high << 8), 8, { scale, signs, firstSign: 0 }, out, o)
    }
  }
}

/** w = d·(½ + s)/2·grid. Quant block: d, 64 bytes of indices (4 weights each), per part 28 bits of signs and 4 of s. */
export function decodeIQ3_XXS(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  const grid = gridValues(IQ3_XXS_GRID)
  for (let at = 0, o = 0; o < out.length; at += 98) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    for (let l = 0; l < 64; l++, o += 4) {
      const word = wordAt(bytes, at + 66 + 4 * (l >> 3))
      const scale = d * (0.5 + (word >>> 28)) * 0.5
      const signs = EVEN_SIGNS[(word >>> (7 * ((l >> 1) & 3))) & 127]!
      writeSigned(grid, bytes[at + 2 + l]!, 4, { scale, signs, firstSign: 4 * (l & 1) }, out, o)
    }
  }
}

/** w = d·(1 + 2s)·grid. Quant block: d, 64 bytes of low index bits, 8 of ninth bits, 32 of signs, 4 of s (4 bits for 32 weights). */
export function decodeIQ3_S(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  const grid = gridValues(IQ3_S_GRID)
  for (let at = 0, o = 0; o < out.length; at += 110) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    for (let l = 0; l < 64; l++, o += 4) {
      const ninth = (bytes[at + 66 + (l >> 3)]! >> (l & 7)) & 1
      const scale = d * (1 + 2 * nibble(bytes, at + 106, l >> 3))
      const signs = bytes[at + 74 + (l >> 1)]!
      writeSigned(
        grid,
        bytes[at + 2 + l]! | (ninth << 8),
        4,
        { scale, signs, firstSign: 4 * (l & 1) },
        out,
        o,
      )
    }
  }
}

/** Four bits, two in a byte, the low ones first. */
function nibble(bytes: Uint8Array, from: number, i: number): number {
  return (bytes[from + (i >> 1)]! >> (4 * (i & 1))) & 15
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}
