/**
 * @file compressed-tensors: the format of llm-compressor and vLLM. Which tensors there are decides; the config's groups
 * say how scales are laid out where shapes leave a choice, and what happens to inputs.
 *
 * Sources: neuralmagic/compressed-tensors compressors/quantized_compressors/*.py, quantization/quant_config.py,
 * quantization/lifecycle/forward.py, utils/match.py.
 *
 *     int-, float-, naive-quantized, mxfp8   weight int8 | float8 [N, K]; weight_scale one | [N, 1] | [N, K/g] | blocks;
 *                                            weight_zero_point as the scale; weight_g_idx [K]; E8M0 scales in uint8
 *     pack-quantized                         see pack-quantized.ts
 *     nvfp4-, mxfp4-pack-quantized           see fp4.ts
 *     W = (q − zero) · scale
 *
 * Left out: sparse formats (refused by name), quantized outputs and key/value caches (a warning).
 */
import { packedGroups, packedPartShape, packedUnsupported } from '../../../errors/packed.ts'
import { E4M3, E5M2, INT8 } from '../../../numbers/levels.ts'
import type { JsonObject } from '../../../sources/json.ts'
import { type Dtype, elementCount, type RawTensor, type RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { readOrder } from '../codes/groups.ts'
import { dequantizeBytes } from '../codes/scaling.ts'
import { readSchemes, type Scheme, type SchemeTable } from '../declared/compressed-schemes.ts'
import { modulesWith } from '../modules.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import {
  FLOATS,
  INTEGERS,
  matrixShape,
  optionalPart,
  part,
  partBytes,
  readNumbers,
  readPart,
  readScales,
} from '../parts.ts'
import { float4Weight } from './fp4.ts'
import { FLOAT8 } from './fp8.ts'
import { packQuantizedWeight } from './pack-quantized.ts'

/** Tables that are looked up, not multiplied with. */
const EMBEDDING = /(?:^|\.)(?:embed\w*|wte|wpe)$/

/** Scales of queries, keys and values, which are not simulated (a warning says so). */
const CACHE_SCALE = /\.(k|v|q)_(scale|zero_point)$/

/** Run-time values beside a weight that are not weights. */
const SUFFIXES = [
  'weight_packed',
  'weight_scale',
  'weight_zero_point',
  'weight_g_idx',
  'weight_shape',
  'weight_global_scale',
  'input_scale',
  'input_zero_point',
  'input_global_scale',
  'output_scale',
  'output_zero_point',
] as const

/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*, PACKED_GROUPS. */
export async function readCompressedTensors(
  raw: RawTensorTable,
  quantization: JsonObject,
): Promise<Packing | null> {
  refuseSparse(raw, quantization)
  const packed = modulesWith(raw, '.weight_packed')
  const scaled = modulesWith(raw, '.weight_scale').filter((module) => raw.entries.has(`${module}.weight`))
  const schemes = readSchemes(quantization)
  const modules = [...packed, ...scaled]
  const plain = plainWithInputs(raw, modules, schemes)
  // Groups of attention alone, or of inputs alone, are schemes too.
  if (modules.length + plain.length + schemes.warnings(modules).length === 0) return null
  const dense = denseModules(raw, scaled)
  const weights: PackedWeight[] = []
  for (const module of packed) weights.push(await packedWeight(raw, module, schemes.of(module)))
  for (const module of scaled) {
    if (!dense.modules.has(module)) weights.push(scaledWeight(raw, module, schemes.of(module)))
  }
  return {
    method: 'compressed-tensors',
    weights,
    parts: partNames(raw, modules, dense.modules),
    activations: await schemes.activations(raw, [...modules, ...plain]),
    isExempt: schemes.ignores,
    warnings: [...schemes.warnings(modules), ...dense.warnings, ...contradictions(modules, schemes)],
  }
}

function refuseSparse(raw: RawTensorTable, { sparsity_config: sparsity, format }: JsonObject): void {
  const fix =
    'Save the model again without sparse compression (llm-compressor: disable_sparse_compression=True).'
  if (format === 'marlin-24') throw packedUnsupported('marlin-24', 'quantization_config.format', fix)
  for (const name of raw.entries.keys()) {
    const isSparse =
      name.endsWith('.bitmask') || name.endsWith('.compressed') || name.endsWith('.row_offsets')
    if (!isSparse) continue
    const named =
      typeof sparsity === 'object' && sparsity !== null && 'format' in sparsity
        ? String(sparsity.format)
        : 'sparse'
    throw packedUnsupported(`compressed-tensors: ${named.slice(0, 40)}`, `tensor "${name}"`, fix)
  }
}

/** Layers whose weights stay as they are and whose inputs are quantized. */
function plainWithInputs(
  raw: RawTensorTable,
  modules: readonly string[],
  schemes: SchemeTable,
): readonly string[] {
  const quantized = new Set(modules)
  return modulesWith(raw, '.weight').filter((module) => {
    const scheme = schemes.of(module)
    const isMatrix = raw.entries.get(`${module}.weight`)?.shape.length === 2
    const isLinear = isMatrix && !quantized.has(module) && !EMBEDDING.test(module) && !schemes.ignores(module)
    return isLinear && scheme !== null && scheme.weights === null && scheme.inputs !== null
  })
}

/**
 * Frozen but not compressed (format `dense`): the rounded weights are stored as floats, and what they were rounded with
 * beside them. Inputs are quantized as the scheme says.
 */
function denseModules(
  raw: RawTensorTable,
  scaled: readonly string[],
): { readonly modules: ReadonlySet<string>; readonly warnings: readonly string[] } {
  const modules = scaled.filter((module) => {
    const dtype = raw.entries.get(`${module}.weight`)?.dtype
    return dtype !== undefined && FLOATS.includes(dtype)
  })
  const warnings = [
    `${modules.length} ${modules.length === 1 ? 'layer is' : 'layers are'} stored as floats beside their scales; the floats are read as they are.`,
  ]
  return { modules: new Set(modules), warnings: modules.length === 0 ? [] : warnings }
}

/** Everything beside weights; the weights too, but of `dense` modules, whose weights are what they say. */
function partNames(
  raw: RawTensorTable,
  modules: readonly string[],
  dense: ReadonlySet<string>,
): ReadonlySet<string> {
  const names = new Set<string>()
  for (const module of modules) {
    for (const suffix of SUFFIXES) {
      if (raw.entries.has(`${module}.${suffix}`)) names.add(`${module}.${suffix}`)
    }
    if (!dense.has(module)) names.add(`${module}.weight`)
  }
  for (const name of raw.entries.keys()) if (CACHE_SCALE.test(name)) names.add(name)
  return names
}

function contradictions(modules: readonly string[], schemes: SchemeTable): readonly string[] {
  const strange = modules.filter((module) => !schemes.ignores(module) && schemes.of(module) === null)
  if (strange.length === 0) return []
  const more = strange.length > 1 ? ` and ${strange.length - 1} more` : ''
  return [`No config group of config.json targets ${strange[0]}${more}, but the tensors are quantized.`]
}

async function packedWeight(
  raw: RawTensorTable,
  module: string,
  scheme: Scheme | null,
): Promise<PackedWeight> {
  const packed = part(raw, `${module}.weight_packed`, ['I32', 'U32', 'U8'], 'it was there a moment ago')
  if (packed.dtype !== 'U8') return packQuantizedWeight(raw, module, scheme)
  return float4Weight(raw, 'compressed-tensors', module, packed, `${module}.weight_scale`, {
    globalScale: raw.entries.get(`${module}.weight_global_scale`) ?? null,
    combine: 'divide',
  })
}

/** One stored byte per weight. */
function scaledWeight(raw: RawTensorTable, module: string, scheme: Scheme | null): PackedWeight {
  const weight = part(raw, `${module}.weight`, ['I8', ...FLOAT8], `"${module}.weight_scale" is there`)
  const allowed: readonly Dtype[] = [...FLOATS, 'F8_E8M0', 'F8_E4M3', 'U8']
  const scale = part(raw, `${module}.weight_scale`, allowed, `"${weight.name}" cannot be decoded without it`)
  const zero = optionalPart(raw, `${module}.weight_zero_point`, [...FLOATS, ...INTEGERS, ...FLOAT8])
  const order = optionalPart(raw, `${module}.weight_g_idx`, INTEGERS)
  const [N, K] = matrixShape(weight)
  const layout = blocksOf(scale, N, K, scheme)
  if (zero !== null && elementCount(zero.shape) !== elementCount(scale.shape)) {
    throw packedPartShape(zero.name, zero.shape, `as many as "${scale.name}" [${scale.shape.join(', ')}]`)
  }
  const isFloat = weight.dtype !== 'I8'
  const bits = isFloat ? 8 : (scheme?.weights?.bits ?? 8)
  const kind = isFloat ? (weight.dtype === 'F8_E5M2' ? 'fp8 e5m2' : 'fp8 e4m3') : `int${bits}`
  return {
    module,
    name: weight.name,
    shape: [N, K],
    storedAs: `compressed-tensors ${kind} ${layout.words}`,
    groupSize: layout.blockRows === 1 && layout.blockColumns < K ? layout.blockColumns : null,
    byteLength: partBytes([weight, scale, zero, order]),
    decode: async () => {
      const levels = weight.dtype === 'I8' ? INT8 : weight.dtype === 'F8_E5M2' ? E5M2 : E4M3
      return dequantizeBytes(N, K, await readPart(raw, weight), levels, {
        scales: await readScales(raw, scale),
        zeros: zero === null ? null : await readNumbers(raw, zero),
        columns: layout.columns,
        blockRows: layout.blockRows,
        blockColumns: layout.blockColumns,
        order: order === null ? null : await readOrder(raw, order, K, layout.columns),
      })
    },
  }
}

interface Blocks {
  readonly columns: number
  readonly blockRows: number
  readonly blockColumns: number
  readonly words: string
}

/** What the shape of the scales, and where that is not enough the scheme, says about blocks. */
function blocksOf(scale: RawTensor, N: number, K: number, scheme: Scheme | null): Blocks {
  const count = elementCount(scale.shape)
  const [rows, columns, more] = scale.shape
  if (count === 1) return { columns: 1, blockRows: N, blockColumns: K, words: 'per tensor' }
  if (rows === N && (columns ?? 1) === 1 && more === undefined) {
    return { columns: 1, blockRows: 1, blockColumns: K, words: 'per channel' }
  }
  const block = scheme?.weights?.block ?? null
  if (block !== null) {
    const [bn, bk] = block
    const expected = [Math.ceil(N / bn), Math.ceil(K / bk)] as const
    if (rows !== expected[0] || columns !== expected[1] || more !== undefined) {
      throw packedPartShape(
        scale.name,
        scale.shape,
        `[${expected.join(', ')}] (block_structure [${bn}, ${bk}])`,
      )
    }
    return { columns: expected[1], blockRows: bn, blockColumns: bk, words: `${bn}×${bk}` }
  }
  if (rows !== N || !columns || more !== undefined) {
    throw packedPartShape(scale.name, scale.shape, `one scale, [${N}, 1] or [${N}, groups]`)
  }
  const size = scheme?.weights?.groupSize ?? Math.ceil(K / columns)
  if (Math.ceil(K / size) !== columns)
    throw packedGroups(scale.name, 'config_groups…group_size', size, K, columns)
  return { columns, blockRows: 1, blockColumns: size, words: `g${size}` }
}
