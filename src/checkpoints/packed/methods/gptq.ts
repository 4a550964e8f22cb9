/**
 * @file GPTQ: codes packed along the inputs, a scale and a zero point per group and output.
 *
 * Sources: AutoGPTQ auto_gptq/nn_modules/qlinear/qlinear_cuda_old.py; GPTQModel gptqmodel/utils/model_dequant.py.
 * Per linear layer, b bits, G = ceil(K / group size):
 *
 *     qweight int32 [K·b/32, N]   dense bit fields down each column
 *     qzeros  int32 [G, N·b/32]   dense bit fields along each row
 *     scales  float [G, N]        g_idx int32 [K], the group of each input (may be absent: floor(k / group size))
 *     W[n, k] = scales[g, n] · (q[k, n] − z[g, n])        g = g_idx[k]
 *
 * checkpoint_format `gptq` (v1, also when missing) stores z − 1: z = (stored + 1) & (2^b − 1); `gptq_v2` stores z; see
 * gptq-zeros.ts for checkpoints whose zero points say otherwise.
 * Left out: planar packing (`gptq_p`), pack_dtype other than int32, the Marlin and BitBLAS repackings.
 */
import { packedGroups, packedPartShape, packedUnsupported } from '../../../errors/packed.ts'
import { UINT8 } from '../../../numbers/levels.ts'
import type { JsonObject } from '../../../sources/json.ts'
import type { RawTensor, RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { packedColumns, unpackRows } from '../codes/codes.ts'
import { readGroups } from '../codes/groups.ts'
import { dequantizeWords, inputOrder, transposed } from '../codes/scaling.ts'
import { flag, optionalGroupSize, optionalNumber, optionalWord } from '../declared/config.ts'
import { type LayerRules, readLayerRules } from '../declared/layer-rules.ts'
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
  readWords,
  requireShape,
  WORDS,
} from '../parts.ts'
import { readZeroOffset, type ZeroOffset } from './gptq-zeros.ts'

const BITS: readonly number[] = [2, 3, 4, 8]

interface Parts {
  readonly module: string
  readonly qweight: RawTensor
  readonly qzeros: RawTensor
  readonly scales: RawTensor
  readonly gIdx: RawTensor | null
  readonly bits: number
  readonly groupSize: number
  /** The config says so, or says nothing and there is one group. */
  readonly perChannel: boolean
  readonly N: number
  readonly K: number
  readonly G: number
}

/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*, PACKED_GROUPS. */
export async function readGptq(raw: RawTensorTable, quantization: JsonObject): Promise<Packing | null> {
  return readGptqTensors(raw, quantization, 'gptq', zeroOffsetOf(quantization))
}

/** The same tensors under another config (AutoRound's). */
export async function readGptqTensors(
  raw: RawTensorTable,
  quantization: JsonObject,
  method: string,
  zeroOffset: ZeroOffset,
): Promise<Packing | null> {
  const modules = modulesWith(raw, '.qweight')
  if (modules.length === 0) return null
  const warnings: string[] = []
  const rules = readLayerRules(quantization)
  const found = modules.map((module) => locate(raw, quantization, rules, module, warnings))
  const symmetric = flag(quantization, 'sym', true)
  const zeros = await readZeroOffset(raw, found, { declared: zeroOffset, symmetric })
  warnings.push(...zeros.warnings)
  const actOrder = flag(quantization, 'desc_act', false)
  const parts = new Set<string>()
  for (const { qweight, qzeros, scales, gIdx } of found) {
    for (const tensor of [qweight, qzeros, scales, gIdx]) if (tensor !== null) parts.add(tensor.name)
  }
  return {
    method,
    weights: found.map((located) =>
      packedWeight(raw, located, { method, zeroOffset: zeros.offset, actOrder }),
    ),
    parts,
    activations: new Map(),
    isExempt: (module) => rules.of(module) === 'exempt',
    warnings,
  }
}

function zeroOffsetOf(quantization: JsonObject): ZeroOffset {
  const format = optionalWord(quantization, ['checkpoint_format', 'format']) ?? 'gptq'
  if (format === 'gptq' || format === 'gemm') return 1
  if (format === 'gptq_v2') return 0
  const fix = 'Save the checkpoint with format "gptq" or "gptq_v2".'
  throw packedUnsupported(`gptq: ${format}`, 'quantization_config.checkpoint_format', fix)
}

function locate(
  raw: RawTensorTable,
  quantization: JsonObject,
  rules: LayerRules,
  module: string,
  warnings: string[],
): Parts {
  const qweight = part(raw, `${module}.qweight`, WORDS, 'a GPTQ layer needs it')
  const scales = part(raw, `${module}.scales`, FLOATS, `"${qweight.name}" cannot be decoded without it`)
  const qzeros = part(raw, `${module}.qzeros`, WORDS, `"${qweight.name}" cannot be decoded without it`)
  const gIdx = optionalPart(raw, `${module}.g_idx`, INTEGERS)
  const [rows, N] = matrixShape(qweight)
  const [G, scaleColumns] = matrixShape(scales)
  if (scaleColumns !== N)
    throw packedPartShape(scales.name, scales.shape, `[groups, ${N}], as "${qweight.name}"`)
  const declared = declaredFields(quantization, rules.of(module))
  const bits = bitsOf(qzeros, N)
  requireShape(qzeros, [G, (N * bits) / 32])
  const K = (rows * 32) / bits
  if (!Number.isInteger(K))
    throw packedPartShape(qweight.name, qweight.shape, `a multiple of 3 rows at 3 bits`)
  if (gIdx !== null) requireShape(gIdx, [K], ` (${rows} rows of "${qweight.name}" at ${bits} bits)`)
  if (declared.bits !== null && declared.bits !== bits) {
    warnings.push(`${module}: the tensors hold ${bits}-bit codes; config.json says ${declared.bits}.`)
  }
  const groupSize = groupSizeOf(scales, declared.groupSize, K, G, gIdx !== null, warnings)
  const perChannel = G === 1 && (declared.groupSize ?? -1) === -1
  return { module, qweight, qzeros, scales, gIdx, bits, groupSize, perChannel, N, K, G }
}

/** qzeros [G, N·b/32] tells b without the config. */
function bitsOf(qzeros: RawTensor, N: number): number {
  const [, columns] = matrixShape(qzeros)
  const bits = (32 * columns) / N
  if (BITS.includes(bits)) return bits
  const allowed = BITS.map((b) => (N * b) / 32).filter(Number.isInteger)
  throw packedPartShape(
    qzeros.name,
    qzeros.shape,
    `${allowed.join(' or ')} columns (2, 3, 4 or 8 bits, ${N} outputs)`,
  )
}

function groupSizeOf(
  scales: RawTensor,
  declared: number | null,
  K: number,
  G: number,
  hasIndex: boolean,
  warnings: string[],
): number {
  const inferred = Math.ceil(K / G)
  if (declared === null) {
    if (hasIndex || Math.ceil(K / inferred) === G) return inferred
    throw packedGroups(scales.name, 'group_size', inferred, K, G)
  }
  const size = declared === -1 ? K : declared
  if (Math.ceil(K / size) === G) return size
  if (!hasIndex) throw packedGroups(scales.name, 'group_size', size, K, G)
  warnings.push(
    `${scales.name} holds ${G} groups; group_size ${size} of config.json would make ${Math.ceil(K / size)}.`,
  )
  return inferred
}

/** bits and group_size for this module, rules for single layers applied. */
function declaredFields(
  quantization: JsonObject,
  rule: JsonObject | 'exempt' | null,
): { bits: number | null; groupSize: number | null } {
  const own = rule === 'exempt' || rule === null ? {} : rule
  return {
    bits: optionalNumber(own, ['bits'], BITS) ?? optionalNumber(quantization, ['bits', 'w_bit'], BITS),
    groupSize:
      optionalGroupSize(own, ['group_size']) ??
      optionalGroupSize(quantization, ['group_size', 'q_group_size']),
  }
}

interface Reading {
  readonly method: string
  readonly zeroOffset: ZeroOffset
  readonly actOrder: boolean
}

function packedWeight(
  raw: RawTensorTable,
  parts: Parts,
  { method, zeroOffset, actOrder }: Reading,
): PackedWeight {
  const { module, bits, groupSize, perChannel, N, K } = parts
  const ordered = actOrder && parts.gIdx !== null
  return {
    module,
    name: `${module}.weight`,
    shape: [N, K],
    storedAs: `${method} ${bits}-bit ${perChannel ? 'per channel' : `g${groupSize}`}${ordered ? ' act-order' : ''}`,
    groupSize: perChannel ? null : groupSize,
    byteLength: partBytes([parts.qweight, parts.qzeros, parts.scales, parts.gIdx]),
    decode: () => decode(raw, parts, zeroOffset),
  }
}

async function decode(raw: RawTensorTable, parts: Parts, zeroOffset: ZeroOffset): Promise<Float32Array> {
  const { bits, N, K, G, groupSize } = parts
  const mask = 2 ** bits - 1
  const scales = await readNumbers(raw, parts.scales)
  const stored = unpackRows(await readWords(raw, parts.qzeros), G, N, bits, 'dense')
  const zeros = new Float64Array(stored.length)
  for (let i = 0; i < zeros.length; i++) zeros[i] = (stored[i]! + zeroOffset) & mask
  const groupOf = parts.gIdx === null ? null : await readGroups(raw, parts.gIdx, K, G)
  const regular = groupOf === null || groupOf.every((group, k) => group === Math.floor(k / groupSize))
  const rows = packedColumns(await readWords(raw, parts.qweight), N, K, bits)
  return dequantizeWords(N, K, rows, UINT8, {
    scales: transposed(scales, G, N, new Float64Array(G * N)),
    zeros: transposed(zeros, G, N, new Float64Array(G * N)),
    columns: G,
    blockRows: 1,
    blockColumns: groupSize,
    order: regular || groupOf === null ? null : inputOrder(groupOf, G),
  })
}
