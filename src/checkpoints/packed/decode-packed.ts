/**
 * @file Quantized Hugging Face folders: which packing a checkpoint uses, and its weights under their usual names.
 *
 * `quantization_config` of config.json names the method; the tensors that are there decide over it where the two differ,
 * with a warning. Left out by name: pickled checkpoints, and the methods in `REFUSED`.
 */
import { tensorMissing, tensorNotFinite } from '../../errors/checkpoints.ts'
import { packedUnsupported } from '../../errors/packed.ts'
import { firstNonFinite } from '../../numbers/finite.ts'
import { isJsonObject, type JsonObject } from '../../sources/json.ts'
import { positionOf, type RawTensorTable } from '../../tensors/raw-tensor.ts'
import type { TensorEntry, TensorTable } from '../../tensors/tensor.ts'
import { transposed } from './codes/scaling.ts'
import { declaredRotation } from './declared/rotation.ts'
import { readAutoRound } from './methods/auto-round.ts'
import { readAwq } from './methods/awq.ts'
import { readBitsandbytes } from './methods/bitsandbytes.ts'
import { readCompressedTensors } from './methods/compressed-tensors.ts'
import { readFbgemmFp8, readFp8 } from './methods/fp8.ts'
import { readGptq } from './methods/gptq.ts'
import { readHqq } from './methods/hqq.ts'
import { readModelOpt } from './methods/modelopt.ts'
import { readTorchao } from './methods/torchao.ts'
import { modulesWith } from './modules.ts'
import type { PackedCheckpoint, PackedWeight, Packing, PackingReader } from './packing.ts'

const READERS: Readonly<Record<string, PackingReader>> = {
  gptq: readGptq,
  awq: readAwq,
  bitsandbytes: readBitsandbytes,
  'compressed-tensors': readCompressedTensors,
  sparseml: readCompressedTensors,
  fp8: readFp8,
  fbgemm_fp8: readFbgemmFp8,
  hqq: readHqq,
  'auto-round': readAutoRound,
  'intel/auto-round': readAutoRound,
  modelopt: readModelOpt,
  torchao: readTorchao,
}

/** Files that older tools write beside config.json; their content stands in for a missing quantization_config. */
export const QUANTIZATION_FILES = [
  'quantize_config.json',
  'quant_config.json',
  'hf_quant_config.json',
] as const

/**
 * Decode what is packed; null when the checkpoint is not quantized. `plain` reads the same tensors as they are; `config` is
 * config.json (with the content of one of `QUANTIZATION_FILES` as quantization_config where it has none).
 * Errors: PACKED_*. Nothing but small tensors (shapes, static scales) is read before a weight is asked for.
 */
export async function decodePacked(
  raw: RawTensorTable,
  plain: TensorTable,
  config: JsonObject,
): Promise<PackedCheckpoint | null> {
  const quantization = quantizationConfig(config)
  const seen = methodOfTensors(raw)
  if (quantization === null && seen === null) return null
  const declared = quantization === null ? null : declaredMethod(quantization)
  const { packing, warnings } = await readPacking(raw, quantization ?? {}, declared, seen)
  const rotation = quantization === null ? null : declaredRotation(quantization)
  const turned = config.model_type === 'gpt2' || config.model_type === 'openai-gpt'
  const table = packedTable(plain, packing, turned)
  const unquantized = matricesLeft(table, packing)
  return {
    table,
    method: packing.method,
    describe: describe(packing.weights),
    unquantized,
    zeroBiases: await zeroBiases(raw, packing),
    activations: packing.activations,
    rotation,
    warnings: [...warnings, ...packing.warnings, ...unexpectedlyPlain(unquantized, packing)],
  }
}

function quantizationConfig(config: JsonObject): JsonObject | null {
  const { quantization_config: quantization, compression_config: older } = config
  if (isJsonObject(quantization)) return quantization
  return isJsonObject(older) ? { quant_method: 'compressed-tensors', ...older } : null
}

/** The method that a config names. Errors: PACKED_UNSUPPORTED for one that is not read. */
function declaredMethod(quantization: JsonObject): string | null {
  const { quant_method: method, producer, load_in_4bit, load_in_8bit } = quantization
  const named = typeof method === 'string' ? method.toLowerCase() : null
  if (named === null) {
    if (isJsonObject(producer) && producer.name === 'modelopt') return 'modelopt'
    if (load_in_4bit === true || load_in_8bit === true) return 'bitsandbytes'
    return null
  }
  if (Object.hasOwn(READERS, named)) return named
  if (named === 'bitsandbytes_4bit' || named === 'bitsandbytes_8bit') return 'bitsandbytes'
  const readable = Object.keys(READERS).filter((name) => name !== 'sparseml' && name !== 'intel/auto-round')
  const fix = `Use a checkpoint in one of ${readable.join(', ')}, a GGUF file or an ONNX model.`
  throw packedUnsupported(named.slice(0, 60), 'quantization_config.quant_method', fix)
}

/** What the tensors look like by themselves; null when nothing looks packed. */
function methodOfTensors(raw: RawTensorTable): string | null {
  const has = (suffix: string) => modulesWith(raw, suffix).length > 0
  if (has('.weight_packed')) return 'compressed-tensors'
  if (has('.weight.absmax') || has('.SCB')) return 'bitsandbytes'
  if (has('.W_q')) return 'hqq'
  if (has('._weight_qdata')) return 'torchao'
  if (has('.weight_scale_inv')) return 'fp8'
  if (has('.weight_scale_2')) return 'modelopt'
  const module = modulesWith(raw, '.qweight')[0]
  if (module !== undefined) return isGptq(raw, module) ? 'gptq' : 'awq'
  return has('.weight_scale') ? 'scaled' : null
}

/**
 * GPTQ: a column of qweight is an output, as in scales. AWQ GEMM has eight outputs in a column; in AWQ GEMV a row of both is
 * an output.
 */
function isGptq(raw: RawTensorTable, module: string): boolean {
  const [rows, columns] = raw.entries.get(`${module}.qweight`)?.shape ?? []
  const [scaleRows, scaleColumns] = raw.entries.get(`${module}.scales`)?.shape ?? []
  return raw.entries.has(`${module}.g_idx`) || (columns === scaleColumns && rows !== scaleRows)
}

/** Methods whose tensors may be just a weight of one byte and its `weight_scale`. */
const SCALED = [
  'compressed-tensors',
  'sparseml',
  'fp8',
  'fbgemm_fp8',
  'modelopt',
  'auto-round',
  'intel/auto-round',
]

async function readPacking(
  raw: RawTensorTable,
  quantization: JsonObject,
  declared: string | null,
  seen: string | null,
): Promise<{ readonly packing: Packing; readonly warnings: readonly string[] }> {
  const warnings: string[] = []
  const likely = seen === 'scaled' ? 'compressed-tensors' : seen
  let method = declared ?? likely
  if (declared !== null && seen !== null && !agree(declared, seen)) {
    warnings.push(`config.json says ${declared}, but the tensors are ${likely}; the tensors decide.`)
    method = likely
  } else if (declared === null && method !== null) {
    warnings.push(`config.json does not say how the weights are quantized; the tensors look like ${method}.`)
  }
  const reader = method === null ? undefined : READERS[method]
  const fields = method === declared || declared === null ? quantization : {}
  const packing = (await reader?.(raw, fields)) ?? null
  if (packing !== null) return { packing, warnings }
  warnings.push(`config.json says ${declared ?? 'that the weights are quantized'}, but no tensor is packed.`)
  return { packing: nothingPacked(declared ?? 'none'), warnings }
}

function agree(declared: string, seen: string): boolean {
  if (seen === 'scaled') return SCALED.includes(declared)
  return (
    declared === seen || declared.endsWith('auto-round') || (declared === 'sparseml' && seen === SCALED[0])
  )
}

function nothingPacked(method: string): Packing {
  return { method, weights: [], parts: new Set(), activations: new Map(), isExempt: () => true, warnings: [] }
}

/** GPT-2's Conv1D stores weights [K, N], and its family file expects them so; packed ones are [N, K] like all others. */
function isConv1d(name: string): boolean {
  return /(^|\.)(c_attn|c_proj|c_fc)\.weight$/.test(name)
}

function packedTable(plain: TensorTable, packing: Packing, gpt2: boolean): TensorTable {
  const entries = new Map<string, TensorEntry>()
  for (const [name, entry] of plain.entries) if (!packing.parts.has(name)) entries.set(name, entry)
  const packed = new Map<string, PackedWeight>()
  for (const weight of packing.weights) {
    const { name, shape, storedAs, byteLength } = weight
    const shown = gpt2 && isConv1d(name) ? [shape[1], shape[0]] : shape
    entries.set(name, { name, shape: shown, storedAs, byteLength })
    packed.set(name, weight)
  }
  return {
    entries,
    read: async (name) => {
      const weight = packed.get(name)
      if (weight === undefined) {
        if (!entries.has(name)) throw tensorMissing('The checkpoint', name)
        return plain.read(name)
      }
      const [N, K] = weight.shape
      const decoded = await decodeFinite(weight)
      if (!(gpt2 && isConv1d(name))) return { type: 'float32', shape: [N, K], data: decoded }
      return { type: 'float32', shape: [K, N], data: transposed(decoded, N, K, new Float32Array(N * K)) }
    },
    close: () => plain.close(),
  }
}

/** Errors: TENSOR_NOT_FINITE, beside those of the packing. */
async function decodeFinite(weight: PackedWeight): Promise<Float32Array> {
  const decoded = await weight.decode()
  if (isFinite32(decoded)) return decoded
  const at = firstNonFinite(decoded)
  const position = positionOf(at, weight.shape)
  throw tensorNotFinite(`after decoding ${weight.storedAs}`, weight.name, decoded[at]!, position)
}

/** 0·x is 0 for a finite x and NaN for others: four sums without a branch take a third of a search's time. */
function isFinite32(values: Float32Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0]
  const whole = values.length & ~3
  for (let i = 0; i < whole; i += 4) {
    a += values[i]! * 0
    b += values[i + 1]! * 0
    c += values[i + 2]! * 0
    d += values[i + 3]! * 0
  }
  for (let i = whole; i < values.length; i++) a += values[i]! * 0
  return a + b + c + d === 0
}

function describe(weights: readonly PackedWeight[]): PackedCheckpoint['describe'] {
  let bytes = 0
  let parameters = 0
  for (const { shape, byteLength } of weights) {
    bytes += byteLength
    parameters += shape[0] * shape[1]
  }
  const bits = parameters === 0 ? null : (8 * bytes) / parameters
  const sizes = new Set(weights.map((weight) => weight.groupSize))
  const [groupSize] = sizes
  const shared = sizes.size === 1 && typeof groupSize === 'number'
  const counts = { bits, tensors: weights.length, parameters }
  return shared ? { ...counts, groupSize } : counts
}

/** Modules whose weight has two axes and is stored as it is: embeddings, the unembedding, layers left out. */
function matricesLeft(table: TensorTable, packing: Packing): readonly string[] {
  const packed = new Set(packing.weights.map((weight) => weight.name))
  const modules: string[] = []
  for (const { name, shape } of table.entries.values()) {
    if (shape.length === 2 && name.endsWith('.weight') && !packed.has(name))
      modules.push(name.slice(0, -'.weight'.length))
  }
  return modules
}

/** A bias is as long as its weight has outputs; longer tensors of that name are none, and are not read here. */
async function zeroBiases(raw: RawTensorTable, packing: Packing): Promise<ReadonlySet<string>> {
  const zeros = new Set<string>()
  for (const { module, shape } of packing.weights) {
    const bias = raw.entries.get(`${module}.bias`)
    if (bias === undefined || bias.shape.join() !== String(shape[0])) continue
    const bytes = await raw.readBytes(bias.name)
    if (bytes.every((byte) => byte === 0)) zeros.add(bias.name)
  }
  return zeros
}

/** Layers stored plain, though others of their name are packed and the config does not exempt them. */
function unexpectedlyPlain(unquantized: readonly string[], packing: Packing): readonly string[] {
  const leaf = (module: string) => module.slice(module.lastIndexOf('.') + 1)
  const packed = new Set(packing.weights.map((weight) => leaf(weight.module)))
  const strange = unquantized.filter((module) => packed.has(leaf(module)) && !packing.isExempt(module))
  if (strange.length === 0) return []
  const more = strange.length > 1 ? ` and ${strange.length - 1} more` : ''
  return [`${strange[0]}${more} is stored unquantized, though config.json does not say so.`]
}
