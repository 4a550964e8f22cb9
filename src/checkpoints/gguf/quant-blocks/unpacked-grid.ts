/** @file Code books unpacked for reading: one float64 per weight, made on first use. */
import type { Grid } from './grids.ts'

const unpacked = new Map<Grid, Float64Array>()

/** `width` values for each index, one index after the other. */
export function gridValues(grid: Grid): Float64Array {
  const known = unpacked.get(grid)
  if (known !== undefined) return known
  const { levels, bits, fields } = grid
  const bytes = Buffer.from(fields, 'base64')
  const perByte = 8 / bits
  const values = new Float64Array(bytes.length * perByte)
  for (let i = 0; i < values.length; i++) {
    const field = (bytes[Math.floor(i / perByte)]! >> (bits * (i % perByte))) & (2 ** bits - 1)
    values[i] = levels[field] ?? Number.NaN
  }
  unpacked.set(grid, values)
  return values
}
