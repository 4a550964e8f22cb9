/**
 * @file LLM.int8() of bitsandbytes: int8 weights with a scale per output, inputs quantized per token at run time.
 *
 * Sources: bitsandbytes/functional.py `int8_vectorwise_dequant`, `int8_vectorwise_quant`; arXiv 2208.07339.
 *
 *     X.weight int8 [N, K]   X.SCB float32 [N]   X.weight_format 0      W[n, k] = q · SCB[n] / 127
 *
 * Left out: weights in the tiled layouts of Turing and Ampere (weight_format other than 0).
 */
import type { ActivationQuantization } from '../../../contract/activation-quantization.ts'
import { packedUnsupported } from '../../../errors/packed.ts'
import { INT8 } from '../../../numbers/levels.ts'
import type { RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { dequantizeBytes } from '../codes/scaling.ts'
import type { PackedWeight } from '../packing.ts'
import {
  INTEGERS,
  matrixShape,
  optionalPart,
  part,
  partBytes,
  readNumbers,
  readPart,
  readScalar,
  requireShape,
} from '../parts.ts'

/** Adds the names of the tensors to `parts`. Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
export async function llmInt8Weight(
  raw: RawTensorTable,
  module: string,
  parts: Set<string>,
): Promise<PackedWeight> {
  const weight = part(raw, `${module}.weight`, ['I8'], `"${module}.SCB" is there`)
  const scale = part(raw, `${module}.SCB`, ['F32'], `"${weight.name}" cannot be decoded without it`)
  const [N, K] = matrixShape(weight)
  requireShape(scale, [N])
  const format = optionalPart(raw, `${module}.weight_format`, INTEGERS)
  if (format !== null && (await readScalar(raw, format)) !== 0) {
    const fix = 'Save the model on a machine with a current bitsandbytes, which stores weights row by row.'
    throw packedUnsupported('LLM.int8() in a tiled layout', format.name, fix)
  }
  const tensors = [weight, scale, format]
  for (const tensor of tensors) if (tensor !== null) parts.add(tensor.name)
  return {
    module,
    name: weight.name,
    shape: [N, K],
    storedAs: 'bitsandbytes int8 per channel',
    groupSize: null,
    byteLength: partBytes(tensors),
    decode: async () => {
      const scales = await readNumbers(raw, scale)
      for (let n = 0; n < N; n++) scales[n] = scales[n]! / 127
      return dequantizeBytes(N, K, await readPart(raw, weight), INT8, {
        scales,
        zeros: null,
        columns: 1,
        blockRows: 1,
        blockColumns: K,
        order: null,
      })
    },
  }
}

/** Row-wise symmetric int8; columns with a value of at least `threshold` are kept in 16 bits (0: none are). */
export function llmInt8Input(threshold: number): ActivationQuantization {
  return {
    type: 'int',
    bits: 8,
    symmetric: true,
    strategy: 'token',
    groupSize: null,
    dynamic: true,
    levels: [-127, 127],
    scaleDivisor: 127,
    powerOfTwo: false,
    minimumScale: 0,
    scale: null,
    zeroPoint: null,
    globalScale: null,
    outlierThreshold: threshold > 0 ? threshold : null,
    largestAmax: null,
  }
}
