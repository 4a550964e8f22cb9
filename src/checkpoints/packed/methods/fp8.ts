/**
 * @file Plain float8 weights with a scale: transformers' `fp8` (blocks or one scale) and `fbgemm_fp8` (one per output).
 *
 * Sources: transformers integrations/finegrained_fp8.py, integrations/fbgemm_fp8.py; DeepSeek-V3 inference/kernel.py.
 *
 *     fp8          weight float8 [N, K], weight_scale_inv [ceil(N/bn), ceil(K/bk)] float or E8M0 (scale_fmt ue8m0), or one
 *                  number when weight_block_size is null:   W[n, k] = w · weight_scale_inv[n / bn, k / bk]
 *                  (multiplied, despite its name; edge blocks are partial); AutoFP8 calls it weight_scale
 *     fbgemm_fp8   weight float8 [N, K], weight_scale [N, 1]:   W[n, k] = w · weight_scale[n]; the largest input that a
 *                  scale is computed from is at most activation_scale_ub
 *
 * Left out: int8 storage of two FP4 values per byte (experts of DeepSeek-V4).
 */
import type { ActivationQuantization } from '../../../contract/activation-quantization.ts'
import { packedConfig, packedPartShape } from '../../../errors/packed.ts'
import { E4M3, E5M2 } from '../../../numbers/levels.ts'
import type { JsonObject } from '../../../sources/json.ts'
import { type Dtype, elementCount, type RawTensor, type RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { dequantizeBytes } from '../codes/scaling.ts'
import { float8Input } from '../declared/activations.ts'
import { finiteNumber, isList, isListed, optionalWord, shownJson, words } from '../declared/config.ts'
import { modulesWith } from '../modules.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import {
  FLOATS,
  matrixShape,
  optionalPart,
  part,
  partBytes,
  readPart,
  readScalar,
  readScales,
} from '../parts.ts'

export const FLOAT8: readonly Dtype[] = ['F8_E4M3', 'F8_E5M2']

/** Blocks of DeepSeek-V3, and transformers' default. */
const DEFAULT_BLOCK = [128, 128] as const

/** Errors: PACKED_CONFIG, PACKED_PART_*. */
export async function readFp8(raw: RawTensorTable, quantization: JsonObject): Promise<Packing | null> {
  const suffix = modulesWith(raw, '.weight_scale_inv').length > 0 ? 'weight_scale_inv' : 'weight_scale'
  const modules = modulesWith(raw, `.${suffix}`)
  if (modules.length === 0) return null
  const block = blockSize(quantization)
  const parts = new Set<string>()
  const weights = modules.map((module) => {
    const weight = part(raw, `${module}.weight`, FLOAT8, `"${module}.${suffix}" is there`)
    const allowed: readonly Dtype[] = [...FLOATS, 'F8_E8M0', 'U8']
    const scale = part(raw, `${module}.${suffix}`, allowed, `"${weight.name}" cannot be decoded without it`)
    parts.add(weight.name).add(scale.name)
    const count = elementCount(scale.shape)
    // [1, 1] is one block where the config has blocks, and one scale where it has none.
    const isChannel = suffix === 'weight_scale' && count === weight.shape[0]
    const extent = isChannel ? ([1, weight.shape[1] ?? 1] as const) : block
    const isScalar =
      count === 1 && (scale.shape.length < 2 || (quantization.weight_block_size ?? null) === null)
    return float8Weight(raw, module, weight, scale, isScalar ? null : extent)
  })
  const kept = [...words(quantization, 'modules_to_not_convert'), ...words(quantization, 'ignored_layers')]
  return {
    method: 'fp8',
    weights,
    parts,
    activations: await inputs(raw, quantization, weights, parts),
    isExempt: (module) => isListed(kept, module),
    warnings: [],
  }
}

function blockSize(quantization: JsonObject): readonly [number, number] {
  const value = quantization.weight_block_size
  if (value === undefined || value === null) return DEFAULT_BLOCK
  const [rows, columns, more] = isList(value) ? value : []
  const isSize = (size: unknown): size is number =>
    typeof size === 'number' && Number.isSafeInteger(size) && size > 0
  if (!isSize(rows) || !isSize(columns) || more !== undefined) {
    throw packedConfig('weight_block_size', shownJson(value), 'two positive whole numbers, or null')
  }
  return [rows, columns]
}

/** What FbgemmFp8Config bounds inputs by where a config says nothing. */
const DEFAULT_BOUND = 1200

/** A bound on inputs is stored beside the weight or, mostly, said by the config. Errors: PACKED_CONFIG, PACKED_PART_*. */
export async function readFbgemmFp8(raw: RawTensorTable, quantization: JsonObject): Promise<Packing | null> {
  const modules = modulesWith(raw, '.weight_scale')
  if (modules.length === 0) return null
  const parts = new Set<string>()
  const weights = modules.map((module) => {
    const weight = part(raw, `${module}.weight`, FLOAT8, `"${module}.weight_scale" is there`)
    const scale = part(raw, `${module}.weight_scale`, FLOATS, `"${weight.name}" cannot be decoded without it`)
    parts.add(weight.name).add(scale.name)
    const [N, K] = matrixShape(weight)
    if (elementCount(scale.shape) !== N) throw packedPartShape(scale.name, scale.shape, `[${N}, 1]`)
    return float8Weight(raw, module, weight, scale, [1, K])
  })
  const declared = finiteNumber(quantization, 'activation_scale_ub', DEFAULT_BOUND)
  const activations = new Map<string, ActivationQuantization>()
  for (const module of modules) {
    const bound = optionalPart(raw, `${module}.input_scale_ub`, FLOATS)
    if (bound !== null) parts.add(bound.name)
    const largestAmax = bound === null ? declared : await readScalar(raw, bound)
    activations.set(module, { ...float8Input('token', null), largestAmax, minimumScale: 1e-12 / 448 })
  }
  const kept = words(quantization, 'modules_to_not_convert')
  return {
    method: 'fbgemm_fp8',
    weights,
    parts,
    activations,
    isExempt: (module) => isListed(kept, module),
    warnings: [],
  }
}

/** One float8 weight with scales over blocks; `block` null: one scale for all of it. */
export function float8Weight(
  raw: RawTensorTable,
  module: string,
  weight: RawTensor,
  scale: RawTensor,
  block: readonly [rows: number, columns: number] | null,
): PackedWeight {
  const [N, K] = matrixShape(weight)
  const [blockRows, blockColumns] = block ?? [N, K]
  const columns = Math.ceil(K / blockColumns)
  const expected = [Math.ceil(N / blockRows), columns]
  const flat =
    elementCount(scale.shape) === expected[0]! * columns && (columns === 1 || scale.shape[0] === expected[0])
  if (!flat) {
    const why = `[${expected.join(', ')}] (weight_block_size [${blockRows}, ${blockColumns}] over [${N}, ${K}])`
    throw packedPartShape(scale.name, scale.shape, why)
  }
  const extent =
    block === null ? 'per tensor' : blockColumns >= K && blockRows === 1 ? 'per channel' : block.join('×')
  return {
    module,
    name: weight.name,
    shape: [N, K],
    storedAs: `fp8 ${weight.dtype === 'F8_E5M2' ? 'e5m2' : 'e4m3'} ${extent}`,
    groupSize: blockRows === 1 && blockColumns < K ? blockColumns : null,
    byteLength: partBytes([weight, scale]),
    decode: async () => {
      const scales = await readScales(raw, scale)
      const levels = weight.dtype === 'F8_E5M2' ? E5M2 : E4M3
      const grid = { scales, zeros: null, columns, blockRows, blockColumns, order: null }
      return dequantizeBytes(N, K, await readPart(raw, weight), levels, grid)
    },
  }
}

/** `dynamic`: per token and block of inputs; `static`: one stored scale. */
async function inputs(
  raw: RawTensorTable,
  quantization: JsonObject,
  weights: readonly PackedWeight[],
  parts: Set<string>,
): Promise<ReadonlyMap<string, ActivationQuantization>> {
  const scheme = optionalWord(quantization, ['activation_scheme']) ?? 'dynamic'
  if (scheme !== 'dynamic' && scheme !== 'static') {
    throw packedConfig('activation_scheme', shownJson(scheme), '"dynamic", "static"')
  }
  const block = blockSize(quantization)[1]
  const activations = new Map<string, ActivationQuantization>()
  for (const { module, storedAs } of weights) {
    const stored =
      optionalPart(raw, `${module}.activation_scale`, FLOATS) ??
      optionalPart(raw, `${module}.input_scale`, FLOATS)
    if (stored !== null) parts.add(stored.name)
    if (scheme === 'dynamic') {
      const isWhole = / per (tensor|channel)$/.test(storedAs)
      activations.set(module, isWhole ? float8Input('token', null) : float8Input('group', block))
    } else {
      const why = 'activation_scheme is "static"'
      const scale = stored ?? part(raw, `${module}.activation_scale`, FLOATS, why)
      activations.set(module, {
        ...float8Input('tensor', null),
        dynamic: false,
        scale: await readScalar(raw, scale),
        zeroPoint: 0,
      })
    }
  }
  return activations
}
