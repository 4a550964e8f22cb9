/**
 * @file MLX: codes along each row with a scale per group of inputs, affine of 2 to 8 bits with a bias, or floats without.
 *
 * Source: ml-explore/mlx mlx/backend/cpu/quantized.cpp, python mlx.nn.layers.quantized; ml-explore/mlx-lm mlx_lm/utils.py.
 * config.json says `quantization: {group_size, bits, mode}` and, under a module's name, other values for it, or false where
 * it is left plain. Per layer or embedding, b bits, G = K / group_size:
 *
 *     weight uint32 [N, K·b/32]   dense bit fields, low bits first
 *     scales, biases float [N, G]
 *     W[n, k] = code · scales[n, k / group_size] + biases[n, k / group_size]
 *
 * Modes without biases, whose bits and group size are their own (mlx.core.quantize's table; fp_quantized.h):
 *
 *     scales uint8 [N, G]         mxfp4, mxfp8 (groups of 32): E8M0; nvfp4 (groups of 16): e4m3, and no second scale
 *     W[n, k] = level[code] · scale    mxfp4, nvfp4: e2m1; mxfp8: e4m3
 */
import { packedPartShape, packedUnsupported } from '../../../errors/packed.ts'
import { E2M1, E4M3, E8M0 } from '../../../numbers/levels.ts'
import { isJsonObject, type JsonObject } from '../../../sources/json.ts'
import type { RawTensor, RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { packedRows, unpackRun } from '../codes/codes.ts'
import { dequantizeWords } from '../codes/scaling.ts'
import { optionalGroupSize, optionalNumber, optionalWord } from '../declared/config.ts'
import { modulesWith } from '../modules.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import {
  FLOATS,
  matrixShape,
  part,
  partBytes,
  readNumbers,
  readPart,
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
    const fields = fieldsOf(quantization, module)
    const mode = optionalWord(fields, ['mode']) ?? 'affine'
    if (mode !== 'affine') {
      const float = floatWeight(raw, module, mode, fields)
      for (const name of float.parts) parts.add(name)
      return float.weight
    }
    const located = locate(raw, fields, module)
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

/** What a module's own entry says counts before what is said of all. */
function fieldsOf(quantization: JsonObject, module: string): JsonObject {
  const own = quantization[module]
  return isJsonObject(own) ? { ...quantization, ...own } : quantization
}

function locate(raw: RawTensorTable, fields: JsonObject, module: string): Parts {
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

interface FloatMode {
  readonly bits: 4 | 8
  readonly groupSize: 16 | 32
  readonly levels: Float64Array
  readonly scales: Float64Array
}

const MODES: Readonly<Record<string, FloatMode>> = {
  mxfp4: { bits: 4, groupSize: 32, levels: E2M1, scales: E8M0 },
  mxfp8: { bits: 8, groupSize: 32, levels: E4M3, scales: E8M0 },
  nvfp4: { bits: 4, groupSize: 16, levels: E2M1, scales: E4M3 },
}

/** Errors: PACKED_UNSUPPORTED for a mode that is not known or values that are not its own; PACKED_PART_*. */
function floatWeight(
  raw: RawTensorTable,
  module: string,
  mode: string,
  fields: JsonObject,
): { readonly weight: PackedWeight; readonly parts: readonly string[] } {
  const known = Object.hasOwn(MODES, mode) ? MODES[mode] : undefined
  if (known === undefined) {
    const fix =
      'Convert the model with mlx_lm.convert in the affine mode, or give the checkpoint that it was made from.'
    throw packedUnsupported(`mlx: ${mode.slice(0, 40)}`, 'quantization.mode', fix)
  }
  const { bits, groupSize, levels, scales: scaleLevels } = known
  const declared = [optionalNumber(fields, ['bits'], [bits]), optionalGroupSize(fields, ['group_size'])]
  if (declared[1] !== null && declared[1] !== groupSize) {
    const fix = `The mode has groups of ${groupSize}: give the config.json that the weights came with.`
    throw packedUnsupported(`mlx: ${mode} in groups of ${declared[1]}`, 'quantization.group_size', fix)
  }
  const codes = part(raw, `${module}.weight`, WORDS, `"${module}.scales" is there`)
  const needed = `"${module}.weight" cannot be decoded without it`
  const scales = part(raw, `${module}.scales`, ['U8'], needed)
  const [N, columns] = matrixShape(scales)
  const K = columns * groupSize
  const expected = [N, (K * bits) / 32].join(', ')
  if (codes.shape.join(', ') !== expected)
    throw packedPartShape(
      codes.name,
      codes.shape,
      `[${expected}] (${mode}, ${columns} groups of ${groupSize})`,
    )
  const weight: PackedWeight = {
    module,
    name: codes.name,
    shape: [N, K],
    storedAs: `mlx ${mode} g${groupSize}`,
    groupSize,
    byteLength: partBytes([codes, scales]),
    decode: async () => {
      const words = await readWords(raw, codes)
      const bytes = await readPart(raw, scales)
      return dequantizeWords(N, K, packedRows(words, K, bits, 'dense'), levels, {
        scales: Float64Array.from(bytes, (byte) => scaleLevels[byte]!),
        zeros: null,
        columns,
        blockRows: 1,
        blockColumns: groupSize,
        order: null,
      })
    },
  }
  return { weight, parts: [codes.name, scales.name] }
}
