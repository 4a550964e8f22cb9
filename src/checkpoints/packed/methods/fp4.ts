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
 */
import { packedPartShape } from '../../../errors/packed.ts'
import { E2M1 } from '../../../numbers/levels.ts'
import type { Dtype, RawTensor, RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { packedRows } from '../codes/codes.ts'
import { dequantizeWords } from '../codes/scaling.ts'
import type { PackedWeight } from '../packing.ts'
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
