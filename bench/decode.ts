/**
 * @file How quickly packed weights become float32, on one core: what opening a quantized checkpoint costs. A process of
 * its own: `node decode.js ROUNDS`, prints DecodeRates as JSON. Random codes, one projection of 2,048 × 2,048 each.
 */

import { ggmlType } from '../src/checkpoints/gguf/quant-blocks/types.ts'
import { readAwq } from '../src/checkpoints/packed/methods/awq.ts'
import { readBitsandbytes } from '../src/checkpoints/packed/methods/bitsandbytes.ts'
import { readGptq } from '../src/checkpoints/packed/methods/gptq.ts'
import type { PackingReader } from '../src/checkpoints/packed/packing.ts'
import type { JsonObject } from '../src/sources/json.ts'
import type { Dtype, RawTensor, RawTensorTable } from '../src/tensors/raw-tensor.ts'
import { DTYPE_BYTES, elementCount } from '../src/tensors/raw-tensor.ts'

/** Best of several runs, weights a second. */
export type DecodeRates = readonly { readonly format: string; readonly rate: number }[]

const N = 2048
const K = 2048
const GROUP = 128
const GGML_TYPES = [2, 3, 20, 12, 23, 39] // Q4_0, Q4_1, IQ4_NL, Q4_K, IQ4_XS, MXFP4

interface Part {
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

function randomBytes(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => Math.floor(Math.random() * 256))
}

function codes(dtype: Dtype, ...shape: number[]): Part {
  return { dtype, shape, bytes: randomBytes((elementCount(shape) ?? 0) * DTYPE_BYTES[dtype]) }
}

/** float16 1.0 everywhere: finite, and as quick as any other. */
function scales(...shape: number[]): Part {
  const bytes = new Uint8Array(new Uint16Array(elementCount(shape) ?? 0).fill(0x3c00).buffer)
  return { dtype: 'F16', shape, bytes }
}

function floats(values: ArrayLike<number>): Part {
  return { dtype: 'F32', shape: [values.length], bytes: new Uint8Array(Float32Array.from(values).buffer) }
}

function table(parts: Readonly<Record<string, Part>>): RawTensorTable {
  const entries = new Map<string, RawTensor>()
  for (const [name, { dtype, shape, bytes }] of Object.entries(parts)) {
    entries.set(name, { name, dtype, shape, start: 0, end: bytes.length, file: 'memory' })
  }
  const readBytes = async (name: string): Promise<Uint8Array> => parts[name]?.bytes ?? new Uint8Array(0)
  return { entries, metadata: new Map(), readBytes, close: async () => {} }
}

interface Packed {
  readonly format: string
  readonly read: PackingReader
  readonly config: JsonObject
  readonly parts: Readonly<Record<string, Part>>
}

function packings(): readonly Packed[] {
  const groups = K / GROUP
  const gptq = {
    'm.qweight': codes('I32', K / 8, N),
    'm.qzeros': codes('I32', groups, N / 8),
    'm.scales': scales(groups, N),
  }
  const awq = { ...gptq, 'm.qweight': codes('I32', K, N / 8) }
  const state = new TextEncoder().encode(JSON.stringify({ quant_type: 'nf4', blocksize: 64, shape: [N, K] }))
  const nf4 = {
    'm.weight': codes('U8', (N * K) / 2, 1),
    'm.weight.absmax': floats(new Float32Array((N * K) / 64).fill(1)),
    'm.weight.quant_map': floats(Array.from({ length: 16 }, (_, i) => i / 8 - 1)),
    'm.weight.quant_state.bitsandbytes__nf4': { dtype: 'U8', shape: [state.length], bytes: state } as const,
  }
  const config = { bits: 4, group_size: GROUP, sym: true, version: 'gemm', zero_point: true }
  return [
    { format: 'GPTQ 4-bit g128', read: readGptq, config, parts: gptq },
    { format: 'AWQ 4-bit g128', read: readAwq, config, parts: awq },
    { format: 'bitsandbytes NF4', read: readBitsandbytes, config: { load_in_4bit: true }, parts: nf4 },
  ]
}

async function decoders(): Promise<readonly { format: string; decode: () => Promise<void> }[]> {
  const all: { format: string; decode: () => Promise<void> }[] = []
  for (const { format, read, config, parts } of packings()) {
    const weight = (await read(table(parts), config))?.weights[0]
    if (weight === undefined) throw new Error(`${format} was not recognised`)
    all.push({ format, decode: async () => void (await weight.decode()) })
  }
  for (const id of GGML_TYPES) {
    const type = ggmlType(id)
    if (type === undefined || typeof type.decoding === 'string') continue
    const { name, decoding, blockSize, blockBytes } = type
    const bytes = randomBytes(((N * K) / blockSize) * blockBytes)
    all.push({ format: `GGUF ${name}`, decode: async () => decoding(bytes, new Float32Array(N * K)) })
  }
  return all
}

async function measure(rounds: number): Promise<DecodeRates> {
  const all = (await decoders()).map((each) => ({ ...each, seconds: Number.POSITIVE_INFINITY }))
  for (let round = 0; round < rounds; round++) {
    for (const each of all) {
      const started = performance.now()
      await each.decode()
      each.seconds = Math.min(each.seconds, (performance.now() - started) / 1000)
    }
  }
  return all.map(({ format, seconds }) => ({ format, rate: (N * K) / seconds }))
}

console.log(JSON.stringify(await measure(Number(process.argv[2] ?? 1))))
