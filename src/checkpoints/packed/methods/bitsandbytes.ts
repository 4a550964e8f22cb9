/**
 * @file bitsandbytes: 4-bit NF4 and FP4, with and without double quantization; LLM.int8() is found here too.
 *
 * Sources: bitsandbytes/functional.py (`QuantState.as_dict`, `from_dict`, `dequantize_4bit`).
 * 4-bit, for a weight X of any shape, i its flat row-major index:
 *
 *     X                     ceil(total / 2) bytes, in whatever type; the even i in the high half of byte i >> 1
 *     X.quant_map           float32 [16]
 *     X.absmax              float32 [ceil(total / blocksize)]; with double quantization uint8, and
 *                           X.nested_quant_map float32 [256], X.nested_absmax float32
 *     X.quant_state.bitsandbytes__nf4 | __fp4     uint8: JSON {blocksize, shape, nested_blocksize, nested_offset, …}
 *     W[i] = quant_map[code] · absmax[floor(i / blocksize)]
 *     absmax[j] = nested_quant_map[stored[j]] · nested_absmax[floor(j / nested_blocksize)] + nested_offset
 *
 * 8-bit weights are in llm-int8.ts.
 */
import { packedPartMissing, packedPartShape, packedPartValue } from '../../../errors/packed.ts'
import { isJsonObject, type JsonObject, parseJson } from '../../../sources/json.ts'
import {
  DTYPE_BYTES,
  type Dtype,
  elementCount,
  type RawTensor,
  type RawTensorTable,
} from '../../../tensors/raw-tensor.ts'
import { packedRows } from '../codes/codes.ts'
import { dequantizeWords } from '../codes/scaling.ts'
import { finiteNumber, isList, isListed, words } from '../declared/config.ts'
import { modulesWith } from '../modules.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import { part, partBytes, readNumbers, readPart, requireShape } from '../parts.ts'
import { llmInt8Input, llmInt8Weight } from './llm-int8.ts'

/** The JSON of a quant_state has about 300 bytes. */
const MAX_STATE_BYTES = 64 * 1024

/** What bitsandbytes accepts as blocksize (functional.py `quantize_4bit`), with 32 of newer releases. */
const BLOCK_SIZES: readonly number[] = [32, 64, 128, 256, 512, 1024, 2048, 4096]

const ANY_TYPE = Object.keys(DTYPE_BYTES).filter((word): word is Dtype => word in DTYPE_BYTES)

interface State {
  readonly quantType: string
  readonly blockSize: number
  readonly shape: readonly [number, number]
  /** null without double quantization. */
  readonly nested: { readonly blockSize: number; readonly offset: number } | null
}

/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*. */
export async function readBitsandbytes(
  raw: RawTensorTable,
  quantization: JsonObject,
): Promise<Packing | null> {
  const four = modulesWith(raw, '.weight.absmax')
  const eight = modulesWith(raw, '.SCB')
  if (four.length + eight.length === 0) return null
  const weights: PackedWeight[] = []
  const parts = new Set<string>()
  for (const module of four) weights.push(await fourBit(raw, module, parts))
  for (const module of eight) weights.push(await llmInt8Weight(raw, module, parts))
  const kept = words(quantization, 'llm_int8_skip_modules')
  const activations = llmInt8Input(finiteNumber(quantization, 'llm_int8_threshold', 6))
  return {
    method: 'bitsandbytes',
    weights,
    parts,
    activations: new Map(eight.map((module) => [module, activations])),
    isExempt: (module) => isListed(kept, module),
    warnings: [],
  }
}

async function fourBit(raw: RawTensorTable, module: string, parts: Set<string>): Promise<PackedWeight> {
  const name = `${module}.weight`
  const needed = `"${name}" cannot be decoded without it`
  const codes = part(raw, name, ANY_TYPE, `"${name}.absmax" is there`)
  const absmax = part(raw, `${name}.absmax`, ['F32', 'U8'], needed)
  const map = part(raw, `${name}.quant_map`, ['F32'], needed)
  requireShape(map, [16])
  const stateTensor = ['nf4', 'fp4'].map((type) =>
    raw.entries.get(`${name}.quant_state.bitsandbytes__${type}`),
  )
  const described = stateTensor.find((tensor) => tensor !== undefined)
  if (described === undefined) throw packedPartMissing(`${name}.quant_state.bitsandbytes__nf4`, needed)
  const state = await readState(raw, described)
  const [N, K] = state.shape
  checkCounts(codes, absmax, described, state)
  const nested = state.nested === null ? null : nestedParts(raw, name, absmax, state.nested.blockSize)
  const tensors = [codes, absmax, map, described, nested?.map ?? null, nested?.absmax ?? null]
  for (const tensor of tensors) if (tensor !== null) parts.add(tensor.name)
  return {
    module,
    name,
    shape: state.shape,
    storedAs: `bitsandbytes ${state.quantType} b${state.blockSize}${nested === null ? '' : ' double'}`,
    groupSize: state.blockSize,
    byteLength: partBytes(tensors),
    decode: async () => {
      const scales =
        nested === null || state.nested === null
          ? await readNumbers(raw, absmax)
          : await nestedScales(raw, absmax, nested, state.nested)
      const swapped = swapNibbles(await readPart(raw, codes))
      return dequantizeWords(1, N * K, packedRows(swapped, N * K, 4, 'dense'), await readNumbers(raw, map), {
        scales,
        zeros: null,
        columns: scales.length,
        blockRows: 1,
        blockColumns: state.blockSize,
        order: null,
      })
    },
  }
}

/** The JSON in a quant_state tensor. Errors: PACKED_PART_VALUE, naming the field. */
async function readState(raw: RawTensorTable, tensor: RawTensor): Promise<State> {
  const refuse = (what: string) => packedPartValue(tensor.name, what)
  if (tensor.end - tensor.start > MAX_STATE_BYTES) throw refuse(`is larger than ${MAX_STATE_BYTES} bytes`)
  const outcome = parseJson(await readPart(raw, tensor))
  if ('reason' in outcome) throw refuse(`is not JSON: ${outcome.reason}`)
  const state = outcome.value
  if (!isJsonObject(state)) throw refuse('is not a JSON object')
  const { blocksize, shape, nested_blocksize: nestedSize, nested_offset: offset } = state
  if (typeof blocksize !== 'number' || !BLOCK_SIZES.includes(blocksize)) {
    throw refuse(`blocksize must be one of ${BLOCK_SIZES.join(', ')}`)
  }
  const [N, K, more] = isList(shape) ? shape : []
  if (!isSize(N) || !isSize(K) || more !== undefined || !Number.isSafeInteger(N * K)) {
    throw refuse('shape must be two positive whole numbers')
  }
  const nested = nestedSize !== undefined && nestedSize !== null
  if (nested && !isSize(nestedSize)) throw refuse('nested_blocksize must be a positive whole number')
  if (nested && (typeof offset !== 'number' || !Number.isFinite(offset))) {
    throw refuse('nested_offset must be a number')
  }
  return {
    quantType: tensor.name.endsWith('nf4') ? 'nf4' : 'fp4',
    blockSize: blocksize,
    shape: [N, K],
    nested: isSize(nestedSize) && typeof offset === 'number' ? { blockSize: nestedSize, offset } : null,
  }
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

/** The declared shape must need exactly the bytes and block scales that are stored. */
function checkCounts(codes: RawTensor, absmax: RawTensor, described: RawTensor, state: State): void {
  const [N, K] = state.shape
  const bytes = Math.ceil((N * K) / 2)
  if (codes.end - codes.start !== bytes) {
    throw packedPartValue(
      described.name,
      `shape [${N}, ${K}] needs ${bytes} bytes of codes; "${codes.name}" has ${codes.end - codes.start}`,
    )
  }
  const blocks = Math.ceil((N * K) / state.blockSize)
  if (elementCount(absmax.shape) !== blocks) {
    throw packedPartShape(
      absmax.name,
      absmax.shape,
      `${blocks} blocks (blocksize ${state.blockSize} of [${N}, ${K}])`,
    )
  }
  if ((absmax.dtype === 'U8') !== (state.nested !== null)) {
    throw packedPartValue(
      described.name,
      `nested_blocksize and the type ${absmax.dtype} of "${absmax.name}" contradict each other`,
    )
  }
}

interface NestedParts {
  readonly map: RawTensor
  readonly absmax: RawTensor
}

function nestedParts(raw: RawTensorTable, name: string, stored: RawTensor, blockSize: number): NestedParts {
  const why = `"${stored.name}" is quantized itself`
  const map = part(raw, `${name}.nested_quant_map`, ['F32'], why)
  requireShape(map, [256])
  const absmax = part(raw, `${name}.nested_absmax`, ['F32'], why)
  const blocks = Math.ceil((elementCount(stored.shape) ?? 0) / blockSize)
  if (elementCount(absmax.shape) !== blocks) {
    throw packedPartShape(absmax.name, absmax.shape, `${blocks} blocks (nested_blocksize ${blockSize})`)
  }
  return { map, absmax }
}

/** Rounded to float32 after the product and after the sum, as the library does. */
async function nestedScales(
  raw: RawTensorTable,
  stored: RawTensor,
  nested: NestedParts,
  { blockSize, offset }: { readonly blockSize: number; readonly offset: number },
): Promise<Float64Array> {
  const codes = await readPart(raw, stored)
  const map = await readNumbers(raw, nested.map)
  const absmax = await readNumbers(raw, nested.absmax)
  const scales = new Float64Array(codes.length)
  const start = Math.fround(offset)
  for (let j = 0; j < codes.length; j++) {
    scales[j] = Math.fround(Math.fround(map[codes[j]!]! * absmax[Math.floor(j / blockSize)]!) + start)
  }
  return scales
}

/** Bytes with the first code in the high half as words with the first code in the lowest bits. */
function swapNibbles(bytes: Uint8Array): Uint32Array {
  const swapped = new Uint32Array(Math.ceil(bytes.length / 4))
  new Uint8Array(swapped.buffer).set(bytes)
  for (let w = 0; w < swapped.length; w++) {
    const word = swapped[w]!
    swapped[w] = ((word & 0x0f0f0f0f) << 4) | ((word >>> 4) & 0x0f0f0f0f)
  }
  return swapped
}
