/**
 * @file compressed-tensors `pack-quantized`: integers of 1 to 8 bits in int32 words, with an offset of 2^(bits − 1).
 *
 * Source: neuralmagic/compressed-tensors compressors/quantized_compressors/pack_quantized.py.
 *
 *     weight_packed int32 [N, words]        weight_shape int [2] = [N, K]
 *     weight_scale [N, G], [N, 1] or one    weight_zero_point int32 [words of N, G], packed down the rows; weight_g_idx [K]
 *     W = (u − 2^(b−1) − (z − 2^(b−1))) · scale
 *
 * Words: for widths that do not divide 32, releases before commit 3f01c782 (May 2026) put floor(32/b) fields into a word
 * and left the rest of it unused; later ones pack densely. The width of the tensor tells which.
 */
import { packedConfig, packedGroups, packedPartShape, packedPartValue } from '../../../errors/packed.ts'
import { offsetBinary } from '../../../numbers/levels.ts'
import { elementCount, type RawTensor, type RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { type FieldLayout, packedRows, unpackColumns, wordsFor } from '../codes/codes.ts'
import { readOrder } from '../codes/groups.ts'
import { dequantizeWords, type ScaleGrid } from '../codes/scaling.ts'
import type { Scheme } from '../declared/compressed-schemes.ts'
import type { PackedWeight } from '../packing.ts'
import {
  FLOATS,
  INTEGERS,
  matrixShape,
  optionalPart,
  part,
  partBytes,
  readNumbers,
  readWords,
  WORDS,
} from '../parts.ts'

interface Parts {
  readonly packed: RawTensor
  readonly shape: RawTensor
  readonly scale: RawTensor
  /** Packed, or one int8 per scale as the tensor strategy stores them. */
  readonly zero: RawTensor | null
  readonly order: RawTensor | null
  readonly N: number
  readonly K: number
  readonly G: number
  readonly bits: number
  readonly layout: FieldLayout
  readonly groupSize: number
  /** One scale for the whole tensor. */
  readonly perTensor: boolean
}

/** Errors: PACKED_CONFIG, PACKED_PART_*, PACKED_GROUPS. */
export async function packQuantizedWeight(
  raw: RawTensorTable,
  module: string,
  scheme: Scheme | null,
): Promise<PackedWeight> {
  const parts = await locate(raw, module, scheme)
  const { N, K, bits, groupSize, perTensor } = parts
  const perChannel = parts.G === 1 && (scheme?.weights?.groupSize ?? null) === null
  const extent = perTensor ? 'per tensor' : perChannel ? 'per channel' : `g${groupSize}`
  return {
    module,
    name: `${module}.weight`,
    shape: [N, K],
    storedAs: `compressed-tensors int${bits} ${extent}${parts.zero === null ? '' : ' asymmetric'}`,
    groupSize: perTensor || perChannel ? null : groupSize,
    byteLength: partBytes([parts.packed, parts.shape, parts.scale, parts.zero, parts.order]),
    decode: async () => {
      const rows = packedRows(await readWords(raw, parts.packed), K, bits, parts.layout)
      return dequantizeWords(N, K, rows, offsetBinary(bits), await readGrid(raw, parts))
    },
  }
}

async function locate(raw: RawTensorTable, module: string, scheme: Scheme | null): Promise<Parts> {
  const packed = part(raw, `${module}.weight_packed`, WORDS, 'the module has no weight')
  const needed = `"${packed.name}" cannot be decoded without it`
  const shape = part(raw, `${module}.weight_shape`, INTEGERS, needed)
  const scale = part(raw, `${module}.weight_scale`, FLOATS, needed)
  const zero = optionalPart(raw, `${module}.weight_zero_point`, [...WORDS, 'I8', ...FLOATS])
  const order = optionalPart(raw, `${module}.weight_g_idx`, INTEGERS)
  if (elementCount(shape.shape) !== 2) throw packedPartShape(shape.name, shape.shape, '[2]')
  const [N = 0, K = 0] = await readNumbers(raw, shape)
  const [rows, width] = matrixShape(packed)
  if (N !== rows)
    throw packedPartValue(shape.name, `holds [${N}, ${K}], but "${packed.name}" has ${rows} rows`)
  if (!Number.isSafeInteger(K) || K < 1 || K > width * 32) {
    throw packedPartValue(shape.name, `holds [${N}, ${K}], but "${packed.name}" has ${width} words per row`)
  }
  const { bits, layout } = fieldsOf(packed, K, scheme)
  const perTensor = elementCount(scale.shape) === 1
  const [scaleRows, G = 1, more] = scale.shape
  if (!perTensor && (scaleRows !== N || more !== undefined)) {
    throw packedPartShape(scale.name, scale.shape, `one scale, [${N}, 1] or [${N}, groups]`)
  }
  const groups = perTensor ? 1 : G
  const declared = scheme?.weights?.groupSize ?? Math.ceil(K / groups)
  if (Math.ceil(K / declared) !== groups) {
    throw packedGroups(scale.name, 'config_groups…group_size', declared, K, groups)
  }
  const parts = {
    packed,
    shape,
    scale,
    zero,
    order,
    N,
    K,
    G: groups,
    bits,
    layout,
    groupSize: declared,
    perTensor,
  }
  checkZeros(parts)
  return parts
}

/** Width in bits and layout of the fields, from the config and the number of words per row. */
function fieldsOf(
  packed: RawTensor,
  K: number,
  scheme: Scheme | null,
): { readonly bits: number; readonly layout: FieldLayout } {
  const width = packed.shape[1]!
  const fits = (bits: number): FieldLayout | null =>
    width === wordsFor(K, bits, 'dense') ? 'dense' : width === wordsFor(K, bits, 'padded') ? 'padded' : null
  const declared = scheme?.weights?.bits ?? null
  if (declared !== null) {
    if (declared > 8) throw packedConfig('config_groups…num_bits', String(declared), '1 to 8')
    const layout = fits(declared)
    if (layout !== null) return { bits: declared, layout }
    const dense = wordsFor(K, declared, 'dense')
    throw packedPartShape(
      packed.name,
      packed.shape,
      `${dense} words per row (num_bits ${declared}, ${K} inputs)`,
    )
  }
  const bits = [4, 8, 2, 1, 3, 5, 6, 7].find((width) => fits(width) !== null)
  if (bits === undefined)
    throw packedPartShape(packed.name, packed.shape, `words for ${K} inputs of 1 to 8 bits`)
  return { bits, layout: fits(bits) ?? 'dense' }
}

/** Packed along the rows: as many columns as groups, words for N fields. */
function checkZeros({ zero, scale, N, G, bits, layout }: Parts): void {
  if (zero === null) return
  if (zero.dtype !== 'I32' && zero.dtype !== 'U32') {
    if (elementCount(zero.shape) === elementCount(scale.shape)) return
    throw packedPartShape(zero.name, zero.shape, `as many as "${scale.name}" [${scale.shape.join(', ')}]`)
  }
  const rows = wordsFor(N, bits, layout)
  if (zero.shape.length !== 2 || zero.shape[0] !== rows || zero.shape[1] !== G) {
    throw packedPartShape(zero.name, zero.shape, `[${rows}, ${G}] (${N} rows of ${bits} bits, ${G} groups)`)
  }
}

async function readGrid(raw: RawTensorTable, parts: Parts): Promise<ScaleGrid> {
  const { N, K, G, bits, zero, order } = parts
  return {
    scales: await readNumbers(raw, parts.scale),
    zeros: zero === null ? null : await readZeros(raw, zero, N, G, bits, parts.layout),
    columns: G,
    blockRows: parts.perTensor ? N : 1,
    blockColumns: parts.groupSize,
    order: order === null ? null : await readOrder(raw, order, K, G),
  }
}

async function readZeros(
  raw: RawTensorTable,
  zero: RawTensor,
  N: number,
  G: number,
  bits: number,
  layout: FieldLayout,
): Promise<Float64Array> {
  if (zero.dtype !== 'I32' && zero.dtype !== 'U32') return readNumbers(raw, zero)
  const codes = unpackColumns(await readWords(raw, zero), G, N, bits, layout)
  const zeros = new Float64Array(codes.length)
  const offset = 2 ** (bits - 1)
  for (let i = 0; i < zeros.length; i++) zeros[i] = codes[i]! - offset
  return zeros
}
