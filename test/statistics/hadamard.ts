/** @file The Sylvester–Hadamard matrix H, one entry at a time: what the transform of src/statistics/intervals/half-sums.ts is held against. */

/** H[r][g], +1 or −1. */
export function hadamardSign(row: number, group: number): 1 | -1 {
  let ones = row & group
  let sign: 1 | -1 = 1
  for (; ones !== 0; ones &= ones - 1) sign = sign === 1 ? -1 : 1
  return sign
}
