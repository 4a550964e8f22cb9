/**
 * @file HQQ: planar bit fields, float zero points, groups along either axis.
 *
 * Sources: mobiusml/hqq hqq/core/bitpack.py, hqq/core/quantize.py (`Quantizer.dequantize`, `HQQLinear.state_dict`).
 * Per layer `W_q`, `scale`, `zero`, `shape`, `nbits`, `group_size`, `axis`, `packing`, … ; in safetensors numbers are
 * one-element tensors and strings are uint8 character codes. Unpacking concatenates along the first axis, so with L stored
 * words, field f of word j is the flat element f·L + j, the first field in the highest bits:
 *
 *     8bit_u8 1 field   4bit_u8 2   2bit_u8 4   1bit_u8 8 (uint8)     3bit_32 10 (int32, from bit 27 down, cut at the end)
 *     W = ((q − zero) · scale).reshape(shape)
 *
 * axis 1: the flat elements fall into rows of group_size, one scale each; axis 0: into columns, one scale each.
 * Left out: quantized scales and zero points (`quant_scale`, `quant_zero`), which HQQ itself cannot write to safetensors
 * (`state_dict` raises), and pickled `qmodel.pt` files.
 */
import { packedPartShape, packedPartValue, packedUnsupported } from '../../../errors/packed.ts'
import type { JsonObject } from '../../../sources/json.ts'
import { type Dtype, elementCount, type RawTensor, type RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { isListed, words } from '../declared/config.ts'
import { modulesWith } from '../modules.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import { FLOATS, INTEGERS, part, partBytes, readNumbers, readPart, readScalar } from '../parts.ts'

/** Bits and fields per stored word of each packing. */
const PACKINGS: Readonly<Record<string, { readonly bits: number; readonly fields: number }>> = {
  '8bit_u8': { bits: 8, fields: 1 },
  '4bit_u8': { bits: 4, fields: 2 },
  '3bit_32': { bits: 3, fields: 10 },
  '2bit_u8': { bits: 2, fields: 4 },
  '1bit_u8': { bits: 1, fields: 8 },
}

/** The packing that HQQ chooses for each width, where the layer does not name it. */
const PACKING_OF_BITS: Readonly<Record<number, string>> = {
  8: '8bit_u8',
  6: '8bit_u8',
  5: '8bit_u8',
  4: '4bit_u8',
  3: '3bit_32',
  2: '2bit_u8',
  1: '1bit_u8',
}

/** Everything that `HQQLinear.state_dict` writes beside the weight. */
const META = [
  'nbits',
  'group_size',
  'shape',
  'scale',
  'zero',
  'axis',
  'packing',
  'unpack_view_dtype',
  'view_as_float',
  'quant_scale',
  'quant_zero',
  'compute_dtype',
  'offload_meta',
  'encoded_state_dict',
  'stores_quant_config',
  'channel_wise',
  'optimize',
  'round_zero',
] as const

interface Layer {
  readonly codes: RawTensor
  readonly scale: RawTensor
  readonly zero: RawTensor
  readonly N: number
  readonly K: number
  readonly bits: number
  readonly fields: number
  /** Words of `codes` after any reinterpretation. */
  readonly length: number
  readonly axis: 0 | 1
}

/** Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
export async function readHqq(raw: RawTensorTable, quantization: JsonObject): Promise<Packing | null> {
  const modules = modulesWith(raw, '.W_q')
  if (modules.length === 0) return null
  const weights: PackedWeight[] = []
  const parts = new Set<string>()
  for (const module of modules) {
    for (const field of ['W_q', ...META]) {
      if (raw.entries.has(`${module}.${field}`)) parts.add(`${module}.${field}`)
    }
    weights.push(await packedWeight(raw, module))
  }
  const kept = words(quantization, 'skip_modules')
  return {
    method: 'hqq',
    weights,
    parts,
    activations: new Map(),
    isExempt: (module) => isListed(kept, module),
    warnings: [],
  }
}

async function packedWeight(raw: RawTensorTable, module: string): Promise<PackedWeight> {
  const layer = await readLayer(raw, module)
  const { N, K, bits, axis } = layer
  const scales = elementCount(layer.scale.shape) ?? 0
  const groupSize = (N * K) / scales
  return {
    module,
    name: `${module}.weight`,
    shape: [N, K],
    storedAs: `hqq ${bits}-bit g${groupSize} axis ${axis}`,
    groupSize,
    byteLength: partBytes([layer.codes, layer.scale, layer.zero]),
    decode: () => decode(raw, layer),
  }
}

async function readLayer(raw: RawTensorTable, module: string): Promise<Layer> {
  const field = (name: string, allowed: readonly Dtype[]) =>
    part(raw, `${module}.${name}`, allowed, `"${module}.W_q" cannot be decoded without it`)
  const codes = field('W_q', [...FLOATS, 'U8', 'I32'])
  for (const flagged of ['quant_scale', 'quant_zero']) {
    if (raw.entries.has(`${module}.${flagged}`) && (await readScalar(raw, field(flagged, INTEGERS))) !== 0) {
      const fix =
        'Quantize again with quant_scale=False and quant_zero=False, which is what safetensors can hold.'
      throw packedUnsupported('hqq with quantized scales', `${module}.${flagged}`, fix)
    }
  }
  const scale = field('scale', FLOATS)
  const zero = field('zero', [...FLOATS, 'U8'])
  const [N, K] = await readShape(raw, field('shape', INTEGERS))
  const { bits, fields } = await readPacking(raw, module)
  const axis = await readScalar(raw, field('axis', INTEGERS))
  if (axis !== 0 && axis !== 1) throw packedPartValue(`${module}.axis`, `is ${axis}; allowed: 0, 1`)
  const length = (codes.end - codes.start) / (bits === 3 ? 4 : 1)
  const layer: Layer = { codes, scale, zero, N, K, bits, fields, length, axis }
  await checkCounts(raw, module, layer)
  return layer
}

async function readShape(raw: RawTensorTable, tensor: RawTensor): Promise<readonly [number, number]> {
  if (elementCount(tensor.shape) !== 2) throw packedPartShape(tensor.name, tensor.shape, '[2]')
  const [N, K] = await readNumbers(raw, tensor)
  if (!N || !K || N < 0 || K < 0 || !Number.isSafeInteger(N * K)) {
    throw packedPartValue(tensor.name, `holds [${N}, ${K}]; two positive sizes are needed`)
  }
  return [N, K]
}

async function readPacking(
  raw: RawTensorTable,
  module: string,
): Promise<{ readonly bits: number; readonly fields: number }> {
  const named = raw.entries.get(`${module}.packing`)
  if (named === undefined) {
    const why = `neither it nor "${module}.packing" tells how "${module}.W_q" is packed`
    const nbits = await readScalar(raw, part(raw, `${module}.nbits`, [...FLOATS, ...INTEGERS], why))
    const packing = PACKINGS[PACKING_OF_BITS[nbits] ?? '']
    if (packing === undefined)
      throw packedPartValue(`${module}.nbits`, `is ${nbits}; allowed: 1, 2, 3, 4, 5, 6, 8`)
    return packing
  }
  const bytes = named.end - named.start > 64 ? new Uint8Array() : await readPart(raw, named)
  const name = new TextDecoder('latin1').decode(bytes)
  const packing = Object.hasOwn(PACKINGS, name) ? PACKINGS[name] : undefined
  if (packing !== undefined) return packing
  throw packedPartValue(named.name, `names no known packing; allowed: ${Object.keys(PACKINGS).join(', ')}`)
}

async function checkCounts(raw: RawTensorTable, module: string, layer: Layer): Promise<void> {
  const { N, K, length, fields, bits, codes, scale, zero } = layer
  const total = N * K
  const capacity = length * fields
  // The first axis is padded to a multiple of ten before it is packed into ten fields.
  const spare = bits === 3 ? 9 * (length / Math.max(codes.shape[0] ?? 1, 1)) : 0
  if (!Number.isInteger(length) || capacity < total || capacity > total + spare) {
    throw packedPartShape(
      codes.name,
      codes.shape,
      `room for ${total} codes of ${bits} bits, as ${module}.shape says`,
    )
  }
  const scales = elementCount(scale.shape) ?? 0
  if (scales === 0 || total % scales !== 0) {
    throw packedPartShape(scale.name, scale.shape, `a number of scales that divides ${total} weights`)
  }
  const zeros = elementCount(zero.shape)
  if (zeros !== scales && zeros !== 1) {
    throw packedPartShape(zero.name, zero.shape, `${scales} zero points, as "${scale.name}"`)
  }
  const declared = raw.entries.get(`${module}.group_size`)
  if (declared === undefined) return
  const groupSize = await readScalar(raw, declared)
  if (scales !== 1 && total / scales !== groupSize) {
    throw packedPartValue(
      declared.name,
      `is ${groupSize}, but "${scale.name}" has one scale per ${total / scales} weights`,
    )
  }
}

async function decode(raw: RawTensorTable, layer: Layer): Promise<Float32Array> {
  const { N, K, length, bits, fields, axis } = layer
  const total = N * K
  const stored = await readPart(raw, layer.codes)
  const codes = bits === 3 ? new Uint32Array(stored.buffer, stored.byteOffset, length) : stored
  const scales = await readNumbers(raw, layer.scale)
  const stored0 = await readNumbers(raw, layer.zero)
  const zeros = stored0.length === scales.length ? stored0 : new Float64Array(scales.length).fill(stored0[0]!)
  const weights = new Float32Array(total)
  for (let field = 0; field < fields; field++) {
    const start = field * length
    const end = Math.min(start + length, total)
    const shift = bits * (fields - 1 - field)
    if (axis === 1) fillRows(codes, shift, bits, start, end, scales, zeros, weights)
    else fillColumns(codes, shift, bits, start, end, scales, zeros, weights)
  }
  return weights
}

/** Elements [start, end): one field of all words; consecutive elements share a scale. */
function fillRows(
  codes: Uint8Array | Uint32Array,
  shift: number,
  bits: number,
  start: number,
  end: number,
  scales: Float64Array,
  zeros: Float64Array,
  weights: Float32Array,
): void {
  const mask = 2 ** bits - 1
  const size = weights.length / scales.length
  for (let i = start; i < end; ) {
    const group = Math.floor(i / size)
    const stop = Math.min((group + 1) * size, end)
    const scale = scales[group]!
    const zero = zeros[group]!
    for (; i < stop; i++) weights[i] = (((codes[i - start]! >>> shift) & mask) - zero) * scale
  }
}

/** The same with element i in column i mod scales.length. */
function fillColumns(
  codes: Uint8Array | Uint32Array,
  shift: number,
  bits: number,
  start: number,
  end: number,
  scales: Float64Array,
  zeros: Float64Array,
  weights: Float32Array,
): void {
  const mask = 2 ** bits - 1
  const columns = scales.length
  let column = start % columns
  for (let i = start; i < end; i++) {
    weights[i] = (((codes[i - start]! >>> shift) & mask) - zeros[column]!) * scales[column]!
    if (++column === columns) column = 0
  }
}
