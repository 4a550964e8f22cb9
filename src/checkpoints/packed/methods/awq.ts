/**
 * @file AWQ: 4-bit codes in GEMM order (eight outputs interleaved in a word) or GEMV order.
 *
 * Sources: casper-hansen/AutoAWQ awq/utils/packing_utils.py, awq/modules/linear/gemm.py and gemv.py. With G = K / group:
 *
 *     gemm   qweight int32 [K, N/8]   qzeros int32 [G, N/8]    scales [G, N]
 *            nibble i of word j is output 8j + [0, 2, 4, 6, 1, 3, 5, 7][i]
 *     gemv   qweight int32 [N, K/8]   qzeros int32 [N, zw]     scales [N, 8·zw]    nibbles in order, groups padded to zw
 *     W[n, k] = (q[k, n] − z[k / group, n]) · scales[k / group, n]
 *
 * The scales that AWQ searches for are folded into the layers before, so the residual stream keeps its basis.
 * Left out: gemv_fast (llm-awq's interleaved int16), Marlin and ExLlama repackings.
 */
import { packedGroups, packedPartShape, packedUnsupported } from '../../../errors/packed.ts'
import { UINT8 } from '../../../numbers/levels.ts'
import type { JsonObject } from '../../../sources/json.ts'
import type { RawTensor, RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { packedRows, unpackRows, type WordRows } from '../codes/codes.ts'
import { dequantizeWords, transposed } from '../codes/scaling.ts'
import { isListed, optionalGroupSize, optionalNumber, optionalWord, words } from '../declared/config.ts'
import { readLayerRules } from '../declared/layer-rules.ts'
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

/** The output that nibble i of a word holds, of the word's eight. */
const OUTPUT_OF: readonly number[] = [0, 2, 4, 6, 1, 3, 5, 7]

interface Parts {
  readonly module: string
  readonly order: 'gemm' | 'gemv'
  readonly qweight: RawTensor
  readonly qzeros: RawTensor
  readonly scales: RawTensor
  readonly N: number
  readonly K: number
  readonly G: number
  readonly groupSize: number
  /** The config says so, or says nothing and there is one group. */
  readonly perChannel: boolean
}

/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*, PACKED_GROUPS. */
export async function readAwq(raw: RawTensorTable, quantization: JsonObject): Promise<Packing | null> {
  const modules = modulesWith(raw, '.qweight')
  if (modules.length === 0) return null
  const version = (optionalWord(quantization, ['version']) ?? 'gemm').toLowerCase()
  if (version !== 'gemm' && version !== 'gemv') {
    const fix = 'Quantize again with version "GEMM", or convert the checkpoint with AutoAWQ.'
    throw packedUnsupported(`awq: ${version.slice(0, 40)}`, 'quantization_config.version', fix)
  }
  optionalNumber(quantization, ['bits', 'w_bit'], [4])
  const declared = optionalGroupSize(quantization, ['group_size', 'q_group_size'])
  const rules = readLayerRules(quantization)
  const groupSize = (module: string): number | null => {
    const rule = rules.of(module)
    const own = rule === 'exempt' || rule === null ? {} : rule
    return optionalGroupSize(own, ['group_size']) ?? declared
  }
  const found = modules.map((module) => locate(raw, module, version, groupSize(module)))
  const kept = words(quantization, 'modules_to_not_convert')
  return {
    method: 'awq',
    weights: found.map((located) => packedWeight(raw, located)),
    parts: new Set(found.flatMap(({ qweight, qzeros, scales }) => [qweight.name, qzeros.name, scales.name])),
    activations: new Map(),
    isExempt: (module) => isListed(kept, module) || rules.of(module) === 'exempt',
    warnings: [],
  }
}

function locate(raw: RawTensorTable, module: string, order: 'gemm' | 'gemv', declared: number | null): Parts {
  const qweight = part(raw, `${module}.qweight`, WORDS, 'an AWQ layer needs it')
  const scales = part(raw, `${module}.scales`, FLOATS, `"${qweight.name}" cannot be decoded without it`)
  const qzeros = part(raw, `${module}.qzeros`, WORDS, `"${qweight.name}" cannot be decoded without it`)
  const [rows, columns] = matrixShape(qweight)
  const [scaleRows, scaleColumns] = matrixShape(scales)
  const perChannel = (declared ?? (order === 'gemm' && scaleRows > 1 ? 1 : -1)) === -1
  const tensors = { module, order, qweight, qzeros, scales, perChannel }
  if (order === 'gemm') {
    const [K, N, G] = [rows, columns * 8, scaleRows]
    requireShape(scales, [G, N], ` (8 outputs per word of "${qweight.name}")`)
    requireShape(qzeros, [G, columns])
    return { ...tensors, N, K, G, groupSize: groupSizeOf(scales, declared, K, G) }
  }
  const [N, K] = [rows, columns * 8]
  if (scaleRows !== N) throw packedPartShape(scales.name, scales.shape, `${N} rows, as "${qweight.name}"`)
  requireShape(qzeros, [N, scaleColumns / 8], ' (8 groups per word)')
  const groupSize = declared === null || declared === -1 ? K : declared
  if (Math.ceil(K / groupSize) > scaleColumns) {
    throw packedGroups(scales.name, 'group_size', groupSize, K, scaleColumns)
  }
  return { ...tensors, N, K, G: scaleColumns, groupSize }
}

function groupSizeOf(scales: RawTensor, declared: number | null, K: number, G: number): number {
  const size = declared === null ? Math.ceil(K / G) : declared === -1 ? K : declared
  if (Math.ceil(K / size) !== G) throw packedGroups(scales.name, 'group_size', size, K, G)
  return size
}

function packedWeight(raw: RawTensorTable, parts: Parts): PackedWeight {
  const { module, N, K, groupSize, perChannel } = parts
  return {
    module,
    name: `${module}.weight`,
    shape: [N, K],
    storedAs: `awq 4-bit ${perChannel ? 'per channel' : `g${groupSize}`}`,
    groupSize: perChannel ? null : groupSize,
    byteLength: partBytes([parts.qweight, parts.qzeros, parts.scales]),
    decode: () => decode(raw, parts),
  }
}

async function decode(raw: RawTensorTable, parts: Parts): Promise<Float32Array> {
  const { N, K, G, groupSize, order } = parts
  const qweight = await readWords(raw, parts.qweight)
  const qzeros = await readWords(raw, parts.qzeros)
  const scales = await readNumbers(raw, parts.scales)
  const grid = { columns: G, blockRows: 1, blockColumns: groupSize, order: null }
  if (order === 'gemv') {
    const zeros = new Float64Array(unpackRows(qzeros, N, G, 4, 'dense'))
    return dequantizeWords(N, K, packedRows(qweight, K, 4, 'dense'), UINT8, { ...grid, scales, zeros })
  }
  const zeros = new Float64Array(N * G)
  for (let at = 0; at < qzeros.length; at++) {
    const group = Math.floor(at / (N / 8))
    const first = 8 * (at % (N / 8))
    for (let i = 0; i < 8; i++) zeros[(first + OUTPUT_OF[i]!) * G + group] = (qzeros[at]! >>> (4 * i)) & 15
  }
  const turned = transposed(scales, G, N, new Float64Array(N * G))
  return dequantizeWords(N, K, gemmRows(qweight, N / 8, K), UINT8, { ...grid, scales: turned, zeros })
}

/** Word columns turned together: a cache line of them, 128 outputs. */
const TILE = 16

/** words [K, wide] in GEMM order as rows of K nibbles in order: 8 × 8 nibbles are transposed at a time. */
function gemmRows(qweight: Uint32Array, wide: number, K: number): WordRows {
  const perRow = Math.ceil(K / 8)
  const tile = new Uint32Array(TILE * 8 * perRow)
  const seek = (row: number): number => {
    const inTile = row % (TILE * 8)
    if (inTile === 0) turnTile(qweight, wide, K, row / 8, perRow, tile)
    return inTile * perRow
  }
  return { words: tile, bits: 4, layout: 'dense', seek }
}

function turnTile(
  qweight: Uint32Array,
  wide: number,
  K: number,
  first: number,
  perRow: number,
  tile: Uint32Array,
): void {
  const end = Math.min(first + TILE, wide)
  const square = new Uint32Array(8)
  for (let k = 0; k < K; k += 8) {
    for (let j = first; j < end; j++) {
      for (let i = 0; i < 8; i++) square[i] = k + i < K ? qweight[(k + i) * wide + j]! : 0
      turnSquare(square)
      const at = (j - first) * 8 * perRow + (k >> 3)
      for (let i = 0; i < 8; i++) tile[at + OUTPUT_OF[i]! * perRow] = square[i]!
    }
  }
}

/** Transpose 8 × 8 nibbles in three rounds of exchanges (Warren, Hacker's Delight, 7-3): halves, quarters, eighths. */
function turnSquare(square: Uint32Array): void {
  for (let i = 0; i < 8; i += 2) exchange(square, i, i + 1, 4, 0x0f0f0f0f)
  for (let i = 0; i < 8; i += i & 1 ? 3 : 1) exchange(square, i, i + 2, 8, 0x00ff00ff)
  for (let i = 0; i < 4; i++) exchange(square, i, i + 4, 16, 0x0000ffff)
}

function exchange(square: Uint32Array, low: number, high: number, shift: number, mask: number): void {
  const differing = ((square[low]! >>> shift) ^ square[high]!) & mask
  square[high]! ^= differing
  square[low]! ^= differing << shift
}
