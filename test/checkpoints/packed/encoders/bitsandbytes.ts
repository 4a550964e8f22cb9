/** @file bitsandbytes 4-bit and LLM.int8(), by the rules of bitsandbytes/functional.py. */
import { largest, nearest, row, stored } from './bytes.ts'
import type { Encoded, Encoder, Weight } from './encoder.ts'

export const NF4 = [
  -1, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
  -0.18477343022823334, -0.09105003625154495, 0, 0.07958029955625534, 0.16093020141124725,
  0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1,
].map(Math.fround)

const FP4_MAGNITUDES = [0, 0.0052083333, 0.66666667, 1, 0.33333333, 0.5, 0.16666667, 0.25]
export const FP4 = [...FP4_MAGNITUDES, ...FP4_MAGNITUDES.map((x) => -x)].map(Math.fround)

/** Any monotonic table serves; the real one is dynamic. */
const NESTED_MAP = Array.from({ length: 256 }, (_, i) => Math.fround((i - 127) / 128))

export function encode4bit(
  module: string,
  weight: Weight,
  type: 'nf4' | 'fp4',
  blockSize: number,
  double: boolean,
): Encoded {
  const { N, K, values } = weight
  const map = type === 'nf4' ? NF4 : FP4
  const name = `${module}.weight`
  const total = N * K
  const blocks = Math.ceil(total / blockSize)
  const absmax = Array.from({ length: blocks }, (_, b) =>
    Math.fround(largest(values.subarray(b * blockSize, (b + 1) * blockSize))),
  )
  const nested = double ? nestAbsmax(absmax, 256) : null
  const scales = nested?.decoded ?? absmax
  const codes = Array.from(values, (value, i) =>
    nearest(value / (absmax[Math.floor(i / blockSize)]! || 1), map),
  )
  const bytes: number[] = []
  for (let i = 0; i < total; i += 2) bytes.push(codes[i]! * 16 + (codes[i + 1] ?? 0))
  const state = {
    quant_type: type,
    blocksize: blockSize,
    dtype: 'float16',
    shape: [N, K],
    ...(nested === null
      ? {}
      : { nested_blocksize: 256, nested_dtype: 'float32', nested_offset: nested.offset }),
  }
  const json = new TextEncoder().encode(JSON.stringify(state))
  return {
    expected: Float32Array.from(codes, (code, i) => map[code]! * scales[Math.floor(i / blockSize)]!),
    tensors: {
      [name]: stored('U8', [bytes.length, 1], bytes),
      [`${name}.absmax`]:
        nested === null ? stored('F32', [blocks], absmax) : stored('U8', [blocks], nested.codes),
      [`${name}.quant_map`]: stored('F32', [16], map),
      [`${name}.quant_state.bitsandbytes__${type}`]: stored('U8', [json.length], json),
      ...(nested === null
        ? {}
        : {
            [`${name}.nested_absmax`]: stored('F32', [nested.absmax.length], nested.absmax),
            [`${name}.nested_quant_map`]: stored('F32', [256], NESTED_MAP),
          }),
    },
  }
}

function nestAbsmax(absmax: readonly number[], blockSize: number) {
  const offset = absmax.reduce((sum, value) => sum + value, 0) / absmax.length
  const centred = absmax.map((value) => value - offset)
  const nestedMax: number[] = []
  for (let j = 0; j < centred.length; j += blockSize) {
    nestedMax.push(Math.fround(largest(centred.slice(j, j + blockSize)) || 1))
  }
  const codes = centred.map((value, j) => nearest(value / nestedMax[Math.floor(j / blockSize)]!, NESTED_MAP))
  const decoded = codes.map((code, j) => {
    const product = Math.fround(NESTED_MAP[code]! * nestedMax[Math.floor(j / blockSize)]!)
    return Math.fround(product + Math.fround(offset))
  })
  return { offset, absmax: nestedMax, codes, decoded }
}

export function encodeInt8(module: string, { N, K, values }: Weight): Encoded {
  const scales = Array.from({ length: N }, (_, n) => Math.fround(largest(row(values, n, K)) || 1))
  const codes = Array.from(values, (value, i) => Math.round((value * 127) / scales[Math.floor(i / K)]!))
  return {
    expected: Float32Array.from(codes, (code, i) => (code * scales[Math.floor(i / K)]!) / 127),
    tensors: {
      [`${module}.weight`]: stored('I8', [N, K], codes),
      [`${module}.SCB`]: stored('F32', [N], scales),
      [`${module}.weight_format`]: stored('U8', [], [0]),
    },
  }
}

const CONFIG_4BIT = { quant_method: 'bitsandbytes', load_in_4bit: true, load_in_8bit: false }

function fourBit(type: 'nf4' | 'fp4', double: boolean, blockSize = 64): Encoder {
  const storedAs = `bitsandbytes ${type} b${blockSize}${double ? ' double' : ''}`
  return {
    name: storedAs,
    config: { ...CONFIG_4BIT, bnb_4bit_quant_type: type, bnb_4bit_use_double_quant: double },
    storedAs,
    encode: (module, weight) => encode4bit(module, weight, type, blockSize, double),
  }
}

export const BITSANDBYTES_ENCODERS: readonly Encoder[] = [
  fourBit('nf4', false),
  fourBit('nf4', true),
  fourBit('fp4', false, 128),
  fourBit('fp4', true),
  {
    name: 'bitsandbytes int8',
    config: { quant_method: 'bitsandbytes', load_in_8bit: true, llm_int8_threshold: 6.0 },
    storedAs: 'bitsandbytes int8 per channel',
    encode: encodeInt8,
  },
]
