/**
 * @file FP4 (e2m1) weights: NVFP4 with two levels of scales, MXFP4 with powers of two.
 *
 * Sources: compressed-tensors compressors/quantized_compressors/fp4_quantized.py; NVIDIA ModelOpt
 * modelopt/torch/quantization/qtensor/nvfp4_tensor.py; OCP Microscaling Formats 1.0.
 *
 *     codes uint8 [N, K/2], the even input in the low half
 *     NVFP4   scale e4m3 [N, K/16], and one number: compressed-tensors stores 448·6/amax and divides by it,
 *             ModelOpt stores amax/(448·6) and multiplies; either product is rounded to float32, as the libraries do
 *     MXFP4   scale E8M0 [N, K/32] (in uint8)
 *     W = E2M1[code] · scale
 *
 * gpt-oss stores all experts of a block together, [E, N, K/32, 16] blocks of MXFP4 with [E, N, K/32] exponents, as `X_blocks` and
 * `X_scales` (transformers integrations/mxfp4.py, `convert_moe_packed_tensors`). They are told apart here, each a weight [N, K].
 */
import { packedPartLength, packedPartShape } from '../../../errors/packed.ts'
import { E2M1, E8M0 } from '../../../numbers/levels.ts'
import type { Dtype, RawTensor, RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { packedRows } from '../codes/codes.ts'
import { dequantizeWords } from '../codes/scaling.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import {
  FLOATS,
  matrixShape,
  part,
  partBytes,
  readPart,
  readScalar,
  readScales,
  requireShape,
} from '../parts.ts'

/** The second-level scale: NVFP4 has one, MXFP4 none. */
export interface SecondScale {
  readonly globalScale: RawTensor | null
  readonly combine: 'divide' | 'multiply'
}

/** Errors: PACKED_PART_*. */
export function float4Weight(
  raw: RawTensorTable,
  format: string,
  module: string,
  codes: RawTensor,
  scaleName: string,
  { globalScale, combine }: SecondScale,
): PackedWeight {
  const [N, halfK] = matrixShape(codes)
  const K = halfK * 2
  const groupSize = globalScale === null ? 32 : 16
  const allowed: readonly Dtype[] = globalScale === null ? ['U8', 'F8_E8M0'] : ['F8_E4M3']
  const scale = part(raw, scaleName, allowed, `"${codes.name}" cannot be decoded without it`)
  if (K % groupSize !== 0)
    throw packedPartShape(codes.name, codes.shape, `a multiple of ${groupSize / 2} columns`)
  requireShape(scale, [N, K / groupSize], ` (groups of ${groupSize} over ${K} inputs)`)
  if (globalScale !== null) part(raw, globalScale.name, FLOATS, 'it was there a moment ago')
  return {
    module,
    name: `${module}.weight`,
    shape: [N, K],
    storedAs: `${format} ${globalScale === null ? 'mxfp4' : 'nvfp4'} g${groupSize}`,
    groupSize,
    byteLength: partBytes([codes, scale, globalScale]),
    decode: async () => {
      const scales = await readScales(raw, scale)
      if (globalScale !== null) {
        const second = await readScalar(raw, globalScale)
        for (let i = 0; i < scales.length; i++) {
          scales[i] = Math.fround(combine === 'divide' ? scales[i]! / second : scales[i]! * second)
        }
      }
      const bytes = await readPart(raw, codes)
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
      return dequantizeWords(N, K, packedRows(words, K, 4, 'dense'), E2M1, {
        scales,
        zeros: null,
        columns: K / groupSize,
        blockRows: 1,
        blockColumns: groupSize,
        order: null,
      })
    },
  }
}

/** Bytes of a block of 32 codes. */
const BLOCK_BYTES = 16
/** Published: 128. */
const MOST_EXPERTS = 4_096

/** Tensors X_blocks beside which X_scales is stored, in the order of the file. */
export function expertBlocks(raw: RawTensorTable): readonly string[] {
  return [...raw.entries.keys()].flatMap((name) => {
    const stem = name.replace(/_blocks$/, '')
    return stem !== name && raw.entries.has(`${stem}_scales`) ? [stem] : []
  })
}

/** gpt-oss as it is published. Errors: PACKED_PART_*. */
export async function readExpertBlocks(raw: RawTensorTable): Promise<Packing | null> {
  const stems = expertBlocks(raw)
  if (stems.length === 0) return null
  return {
    method: 'mxfp4',
    weights: stems.flatMap((stem) => expertsOf(raw, stem)),
    parts: new Set(stems.flatMap((stem) => [`${stem}_blocks`, `${stem}_scales`])),
    activations: new Map(),
    isExempt: null,
    warnings: [],
  }
}

function expertsOf(raw: RawTensorTable, stem: string): readonly PackedWeight[] {
  const codes = part(raw, `${stem}_blocks`, ['U8'], 'it was there a moment ago')
  const scale = part(raw, `${stem}_scales`, ['U8', 'F8_E8M0'], 'it was there a moment ago')
  const [E = 0, N = 0, groups = 0] = codes.shape
  if (E < 1 || E > MOST_EXPERTS || N < 1 || groups < 1)
    throw packedPartShape(codes.name, codes.shape, '[experts, outputs, groups, 16], none of them 0')
  requireShape(codes, [E, N, groups, BLOCK_BYTES])
  requireShape(scale, [E, N, groups], ' (an exponent for each block)')
  const at = stem.lastIndexOf('.')
  return Array.from({ length: E }, (_, expert): PackedWeight => {
    const module = `${stem.slice(0, at)}.${expert}${stem.slice(at)}`
    return {
      module,
      name: `${module}.weight`,
      shape: [N, 32 * groups],
      storedAs: 'mxfp4 g32',
      groupSize: 32,
      byteLength: N * groups * (BLOCK_BYTES + 1),
      decode: async () => {
        const bytes = await expertPart(raw, codes, expert)
        const exponents = await expertPart(raw, scale, expert)
        const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
        return dequantizeWords(N, 32 * groups, packedRows(words, 32 * groups, 4, 'dense'), E2M1, {
          scales: Float64Array.from(exponents, (byte) => E8M0[byte]!),
          zeros: null,
          columns: groups,
          blockRows: 1,
          blockColumns: 32,
          order: null,
        })
      },
    }
  })
}

/** The bytes of one expert, at an offset that any typed array accepts. Errors: PACKED_PART_LENGTH, those of reading. */
async function expertPart(
  raw: RawTensorTable,
  { name, shape, start, end }: RawTensor,
  expert: number,
): Promise<Uint8Array> {
  const size = (end - start) / (shape[0] ?? 1)
  const bytes = await raw.readBytes(name, [expert * size, (expert + 1) * size])
  const expected = shape.slice(1).reduce((product, dim) => product * dim, 1)
  if (bytes.byteLength !== expected) throw packedPartLength(name, bytes.byteLength, expected)
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
}
