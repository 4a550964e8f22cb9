/**
 * @file Every tensor type that ggml has: its number, its name, how many weights a quant block holds in how many bytes.
 *
 * Source: ggml.h (`enum ggml_type`) and gguf's constants.py (`GGML_QUANT_SIZES`). Types without a decoder are listed so
 * that a file that uses one is described, and refused, by name.
 */
import { decodeIQ4_NL, decodeIQ4_XS, decodeMXFP4, decodeNVFP4 } from './codebook.ts'
import type { QuantBlockDecoder } from './decoder.ts'
import { decodeIQ2_S, decodeIQ2_XS, decodeIQ2_XXS, decodeIQ3_S, decodeIQ3_XXS } from './i-quants.ts'
import { decodeQ2_K, decodeQ3_K, decodeQ4_K, decodeQ5_K, decodeQ6_K } from './k-quants.ts'
import { decodeQ4_0, decodeQ4_1, decodeQ5_0, decodeQ5_1, decodeQ8_0 } from './legacy.ts'
import { decodeIQ1_M, decodeIQ1_S, decodeTQ1_0, decodeTQ2_0 } from './ternary.ts'

/** `plain`: float32, float16 or bfloat16 as they lie; a function: decode to float32; `none`: known, not decodable. */
export type Decoding = 'plain' | QuantBlockDecoder | 'none'

export interface GgmlType {
  readonly id: number
  readonly name: string
  /** Weights per quant block; rows are whole ones. */
  readonly blockSize: number
  readonly blockBytes: number
  readonly decoding: Decoding
}

const K = 256

const TYPES: readonly GgmlType[] = [
  { id: 0, name: 'F32', blockSize: 1, blockBytes: 4, decoding: 'plain' },
  { id: 1, name: 'F16', blockSize: 1, blockBytes: 2, decoding: 'plain' },
  { id: 2, name: 'Q4_0', blockSize: 32, blockBytes: 18, decoding: decodeQ4_0 },
  { id: 3, name: 'Q4_1', blockSize: 32, blockBytes: 20, decoding: decodeQ4_1 },
  { id: 6, name: 'Q5_0', blockSize: 32, blockBytes: 22, decoding: decodeQ5_0 },
  { id: 7, name: 'Q5_1', blockSize: 32, blockBytes: 24, decoding: decodeQ5_1 },
  { id: 8, name: 'Q8_0', blockSize: 32, blockBytes: 34, decoding: decodeQ8_0 },
  { id: 9, name: 'Q8_1', blockSize: 32, blockBytes: 40, decoding: 'none' },
  { id: 10, name: 'Q2_K', blockSize: K, blockBytes: 84, decoding: decodeQ2_K },
  { id: 11, name: 'Q3_K', blockSize: K, blockBytes: 110, decoding: decodeQ3_K },
  { id: 12, name: 'Q4_K', blockSize: K, blockBytes: 144, decoding: decodeQ4_K },
  { id: 13, name: 'Q5_K', blockSize: K, blockBytes: 176, decoding: decodeQ5_K },
  { id: 14, name: 'Q6_K', blockSize: K, blockBytes: 210, decoding: decodeQ6_K },
  { id: 15, name: 'Q8_K', blockSize: K, blockBytes: 292, decoding: 'none' },
  { id: 16, name: 'IQ2_XXS', blockSize: K, blockBytes: 66, decoding: decodeIQ2_XXS },
  { id: 17, name: 'IQ2_XS', blockSize: K, blockBytes: 74, decoding: decodeIQ2_XS },
  { id: 18, name: 'IQ3_XXS', blockSize: K, blockBytes: 98, decoding: decodeIQ3_XXS },
  { id: 19, name: 'IQ1_S', blockSize: K, blockBytes: 50, decoding: decodeIQ1_S },
  { id: 20, name: 'IQ4_NL', blockSize: 32, blockBytes: 18, decoding: decodeIQ4_NL },
  { id: 21, name: 'IQ3_S', blockSize: K, blockBytes: 110, decoding: decodeIQ3_S },
  { id: 22, name: 'IQ2_S', blockSize: K, blockBytes: 82, decoding: decodeIQ2_S },
  { id: 23, name: 'IQ4_XS', blockSize: K, blockBytes: 136, decoding: decodeIQ4_XS },
  { id: 24, name: 'I8', blockSize: 1, blockBytes: 1, decoding: 'none' },
  { id: 25, name: 'I16', blockSize: 1, blockBytes: 2, decoding: 'none' },
  { id: 26, name: 'I32', blockSize: 1, blockBytes: 4, decoding: 'none' },
  { id: 27, name: 'I64', blockSize: 1, blockBytes: 8, decoding: 'none' },
  { id: 28, name: 'F64', blockSize: 1, blockBytes: 8, decoding: 'none' },
  { id: 29, name: 'IQ1_M', blockSize: K, blockBytes: 56, decoding: decodeIQ1_M },
  { id: 30, name: 'BF16', blockSize: 1, blockBytes: 2, decoding: 'plain' },
  { id: 34, name: 'TQ1_0', blockSize: K, blockBytes: 54, decoding: decodeTQ1_0 },
  { id: 35, name: 'TQ2_0', blockSize: K, blockBytes: 66, decoding: decodeTQ2_0 },
  { id: 39, name: 'MXFP4', blockSize: 32, blockBytes: 17, decoding: decodeMXFP4 },
  { id: 40, name: 'NVFP4', blockSize: 64, blockBytes: 36, decoding: decodeNVFP4 },
  { id: 41, name: 'Q1_0', blockSize: 128, blockBytes: 18, decoding: 'none' },
]

/** Types that ggml once had and took out of the format. */
const REMOVED: ReadonlyMap<number, string> = new Map([
  [4, 'Q4_2'],
  [5, 'Q4_3'],
  [31, 'Q4_0_4_4'],
  [32, 'Q4_0_4_8'],
  [33, 'Q4_0_8_8'],
  [36, 'IQ4_NL_4_4'],
  [37, 'IQ4_NL_4_8'],
  [38, 'IQ4_NL_8_8'],
])

const BY_ID: ReadonlyMap<number, GgmlType> = new Map(TYPES.map((type) => [type.id, type]))

export function ggmlType(id: number): GgmlType | undefined {
  return BY_ID.get(id)
}

/** What to call a type that `ggmlType` does not know. */
export function removedTypeName(id: number): string {
  const name = REMOVED.get(id)
  return name === undefined ? `type number ${id}, unknown to this version` : `${name} (removed from ggml)`
}

export const DECODABLE_TYPES: readonly string[] = TYPES.filter((type) => type.decoding !== 'none').map(
  (type) => type.name,
)
