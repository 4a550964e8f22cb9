/**
 * @file MLX: affine codes of 2 to 8 bits along each row, with a scale and a bias per group of inputs.
 *
 * Source: ml-explore/mlx mlx/backend/cpu/quantized.cpp, python mlx.nn.layers.quantized; ml-explore/mlx-lm mlx_lm/utils.py.
 * config.json says `quantization: {group_size, bits, mode}` and, under a module's name, other values for it, or false where
 * it is left plain. Per layer or embedding, b bits, G = K / group_size:
 *
 *     weight uint32 [N, K·b/32]   dense bit fields, low bits first
 *     scales, biases float [N, G]
 *     W[n, k] = code · scales[n, k / group_size] + biases[n, k / group_size]
 *
 * Left out, refused by name: the modes without biases (mxfp4, mxfp8, nvfp4).
 */
import { packedPartShape, packedUnsupported } from '../../../errors/packed.ts'
import { isJsonObject, type JsonObject } from '../../../sources/json.ts'
import type { RawTensor, RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { unpackRun } from '../codes/codes.ts'
import { optionalGroupSize, optionalNumber, optionalWord } from '../declared/config.ts'
import { modulesWith } from '../modules.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import {
  FLOATS,
  matrixShape,
  part,
  partBytes,
  readNumbers,
  readWords,
  requireShape,
  WORDS,
} from '../parts.ts'

const BITS: readonly number[] = [2, 3, 4, 5, 6, 8]

/** What mlx_lm.convert takes where nothing is said. */
const DEFAULT_BITS = 4
const DEFAULT_GROUP = 64

interface Parts {
  readonly codes: RawTensor
  readonly scales: RawTensor
  readonly biases: RawTensor
  readonly bits: number
  readonly groupSize: number
  readonly N: number
  readonly K: number
}

/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*. */
export async function readMlx(raw: RawTensorTable, quantization: JsonObject): Promise<Packing | null> {
  const modules = modulesWith(raw, '.scales').filter((module) => raw.entries.has(`${module}.weight`))
  if (modules.length === 0) return null
  const parts = new Set<string>()
  const weights = modules.map((module) => {
    const located = locate(raw, quantization, module)
    for (const { name } of [located.codes, located.scales, located.biases]) parts.add(name)
    return packedWeight(raw, module, located)
  })
  return {
    method: 'mlx',
    weights,
    parts,
    activations: new Map(),
    isExempt: (module) => quantization[module] === false,
    warnings: [],
  }
}

function locate(raw: RawTensorTable, quantization: JsonObject, module: string): Parts {
  const own = quantization[module]
  const fields = isJsonObject(own) ? { ...quantization, ...own } : quantization
  const mode = optionalWord(fields, ['mode']) ?? 'affine'
  if (mode !== 'affine') {
    const fix =
      'Convert the model with mlx_lm.convert in the affine mode, or give the checkpoint that it was made from.'
    throw packedUnsupported(`mlx: ${mode.slice(0, 40)}`, 'quantization.mode', fix)
  }
  const bits = optionalNumber(fields, ['bits'], BITS) ?? DEFAULT_BITS
  const groupSize = optionalGroupSize(fields, ['group_size']) ?? DEFAULT_GROUP
  const needed = `"${module}.weight" cannot be decoded without it`
  const codes = part(raw, `${module}.weight`, WORDS, `"${module}.scales" is there`)
  const scales = part(raw, `${module}.scales`, FLOATS, needed)
  const biases = part(raw, `${module}.biases`, FLOATS, needed)
  const [N, groups] = matrixShape(scales)
  const K = groups * groupSize
  const expected = [N, (K * bits) / 32]
  if (codes.shape.join() !== expected.join()) {
    const why = `[${expected.join(', ')}] (${bits} bits, ${groups} groups of ${groupSize})`
    throw packedPartShape(codes.name, codes.shape, why)
  }
  requireShape(biases, [N, groups])
  return { codes, scales, biases, bits, groupSize, N, K }
}

function packedWeight(raw: RawTensorTable, module: string, parts: Parts): PackedWeight {
  const { codes, scales, biases, bits, groupSize, N, K } = parts
  return {
    module,
    name: `${module}.weight`,
    shape: [N, K],
    storedAs: `mlx ${bits}-bit g${groupSize}`,
    groupSize,
    byteLength: partBytes([codes, scales, biases]),
    decode: () => decode(raw, parts),
  }
}

async function decode(raw: RawTensorTable, parts: Parts): Promise<Float32Array> {
  const { bits, groupSize, N, K } = parts
  const words = await readWords(raw, parts.codes)
  const scales = await readNumbers(raw, parts.scales)
  const biases = await readNumbers(raw, parts.biases)
  const weights = new Float32Array(N * K)
  const row = new Uint8Array(K)
  const wordsPerRow = (K * bits) / 32
  for (let n = 0, group = 0; n < N; n++) {
    unpackRun(words, n * wordsPerRow, bits, 'dense', row)
    for (let start = 0; start < K; start += groupSize, group++) {
      const scale = scales[group]!
      const bias = biases[group]!
      const at = n * K
      for (let k = start; k < start + groupSize; k++) weights[at + k] = row[k]! * scale + bias
    }
  }
  return weights
}
