/**
 * @file Compression alone, on one thread: `node compress.js layer` makes a 2,048 × 2,048 matrix by the rules that replace weights with feedback,
 * `node compress.js rounding N` rounds N weights of Gemma-2-2B's shapes, one matrix after the other. Prints JSON; seconds are of the processor.
 */
import type { Rows } from '../src/compression/calibrated/feedback.ts'
import { feedbackFactor } from '../src/compression/calibrated/feedback-factor.ts'
import { gptq } from '../src/compression/calibrated/gptq.ts'
import { addRowProducts } from '../src/compression/calibrated/row-products.ts'
import { sparseGpt } from '../src/compression/calibrated/sparsegpt.ts'
import { compressTensor } from '../src/compression/compress-tensor.ts'

/** Rule and what it took. */
export type CompressTimes = readonly { readonly what: string; readonly seconds: number }[]

const SIZE = 2048

function timed<T>(what: string, times: { what: string; seconds: number }[], work: () => T): T {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  times.push({ what, seconds: (user + system) / 1e6 })
  return result
}

let state = 1
function uniform(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32 - 0.5
}

/** A matrix and the factor of its inputs' sums, made of half as many inputs as it has columns, each of a size of its own. */
function layer(): CompressTimes {
  const times: { what: string; seconds: number }[] = []
  const inputs = new Float64Array((SIZE * SIZE) / 2)
  for (let k = 0; k < SIZE; k++) {
    const size = 0.1 + Math.abs(uniform())
    for (let t = 0; t < SIZE / 2; t++) inputs[(k * SIZE) / 2 + t] = size * uniform()
  }
  const [x, products] = [{ data: inputs, start: 0, stride: SIZE / 2 }, new Float64Array(SIZE * SIZE)]
  const whole = { rows: SIZE, columns: SIZE, depth: SIZE / 2, sign: 1 } as const
  addRowProducts({ data: products, start: 0, stride: SIZE }, x, x, whole)
  const rows: Rows = { data: Float32Array.from({ length: SIZE * SIZE }, uniform), out: SIZE, in: SIZE }
  const factor = timed('factor', times, () => feedbackFactor(products, SIZE))
  timed('gptq:4', times, () => gptq(rows, factor, { bits: 4, group: null }))
  timed('gptq:4,group=128', times, () => gptq(rows, factor, { bits: 4, group: 128 }))
  timed('sparsegpt:0.5', times, () => sparseGpt(rows, factor, { kind: 'fraction', fraction: 0.5 }))
  timed('sparsegpt:2:4', times, () => sparseGpt(rows, factor, { kind: 'pattern', keep: 2, of: 4 }))
  return times
}

/** (out, in) of a block of Gemma-2-2B. */
const BLOCK = [
  [2048, 2304],
  [1024, 2304],
  [1024, 2304],
  [2304, 2048],
  [9216, 2304],
  [9216, 2304],
  [2304, 9216],
] as const

/** Each from the bfloat16 that it is stored in, as an audit reads it. */
function rounding(weights: number): CompressTimes {
  const times: { what: string; seconds: number }[] = []
  const stored = Uint16Array.from({ length: 9216 * 2304 }, () => 0x3c00 + Math.floor(512 * (uniform() + 0.5)))
  const how = { method: 'rtn', bits: 6, group: null } as const
  timed('rtn:6', times, () => {
    let left = weights
    for (let i = 0; left > 0; i++) {
      const [out, inputs] = BLOCK[i % BLOCK.length] ?? BLOCK[0]
      const tensor = {
        type: 'bfloat16',
        shape: [out, inputs],
        data: stored.subarray(0, out * inputs),
      } as const
      compressTensor({ name: 'w', channels: { out, in: inputs, layout: 'out-in' } }, tensor, how)
      left -= out * inputs
    }
  })
  return times
}

const [, , what, weights = '0'] = process.argv
process.stdout.write(JSON.stringify(what === 'layer' ? layer() : rounding(Number(weights))))
