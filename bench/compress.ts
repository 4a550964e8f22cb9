/**
 * @file Compression alone, on one thread: `node compress.js layer` makes a 2,048 × 2,048 matrix by the rules that replace weights with feedback,
 * `node compress.js rounding N` rounds N weights of Gemma-2-2B's shapes, one matrix after the other. Prints JSON; seconds are of the processor. It is run
 * in a process of its own with an audit's settings of memory, on which half of rounding depends.
 */
import { spawnSync } from 'node:child_process'
import type { Rows } from '../src/compression/calibrated/feedback.ts'
import { feedbackFactor } from '../src/compression/calibrated/feedback-factor.ts'
import { gptq } from '../src/compression/calibrated/gptq.ts'
import { sparseGpt } from '../src/compression/calibrated/sparsegpt.ts'
import { planTensors } from '../src/compression/plan-table.ts'
import { addRowProducts } from '../src/compression/products/row-products.ts'
import type { Channels } from '../src/compression/round-to-nearest.ts'
import type { Compression } from '../src/compression/spec.ts'
import type { TensorPlan } from '../src/compression/tensor-plan.ts'
import { MEMORY_KEPT } from '../src/engine/memory-kept.ts'
import { WeightBuffers } from '../src/models/weight-buffers.ts'
import { readWide } from '../src/tensors/read-wide.ts'
import type { RowRange, TensorData, TensorTable } from '../src/tensors/tensor.ts'

/** Rule and what it took. */
export type CompressTimes = readonly { readonly what: string; readonly seconds: number }[]

const SIZE = 2048

async function timed<T>(
  what: string,
  times: { what: string; seconds: number }[],
  work: () => T | Promise<T>,
): Promise<T> {
  const before = process.cpuUsage()
  const result = await work()
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
async function layer(): Promise<CompressTimes> {
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
  const factor = await timed('factor', times, () => feedbackFactor(products, SIZE))
  await timed('gptq:4', times, () => gptq(rows, factor, { bits: 4, group: null }))
  await timed('gptq:4,group=128', times, () => gptq(rows, factor, { bits: 4, group: 128 }))
  await timed('sparsegpt:0.5', times, () => sparseGpt(rows, factor, { kind: 'fraction', fraction: 0.5 }))
  await timed('sparsegpt:2:4', times, () => sparseGpt(rows, factor, { kind: 'pattern', keep: 2, of: 4 }))
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

type Layout = 'out-in' | 'in-out'

/** As an audit reads it: from the bfloat16 that it is stored in, which costs nothing here, into memory in which others of its shape were before. */
async function rounding(weights: number): Promise<CompressTimes> {
  const times: { what: string; seconds: number }[] = []
  const stored = Uint16Array.from({ length: 9216 * 2304 }, () => 0x3c00 + Math.floor(512 * (uniform() + 0.5)))
  const compress = async (layout: Layout, how: Compression, memory: WeightBuffers | null): Promise<void> => {
    for (let left = weights; left > 0; ) {
      const { allocate, giveBack } = (memory ?? new WeightBuffers(false)).set()
      for (const [out, inputs] of BLOCK) {
        if (left <= 0) break
        await readWide(planTensors(matrixPlan(stored, { out, in: inputs, layout }, how)), 'w', allocate)
        left -= out * inputs
      }
      giveBack()
    }
  }
  const kept = new WeightBuffers(false)
  const first = kept.set()
  for (const [out, inputs] of BLOCK) first.allocate(out * inputs).fill(1)
  first.giveBack()
  const rtn = { method: 'rtn', bits: 6, group: null } as const
  const group = { ...rtn, bits: 4, group: 128 } as const
  await timed('rtn:6', times, () => compress('out-in', rtn, kept))
  await timed('rtn:6, of columns', times, () => compress('in-out', rtn, kept))
  await timed('rtn:4,group=128', times, () => compress('out-in', group, kept))
  await timed('prune:0.175', times, () => compress('out-in', { method: 'prune', sparsity: 0.175 }, kept))
  await timed('rtn:6, in new memory', times, () => compress('out-in', rtn, null))
  return times
}

/** A model of one matrix. */
function matrixPlan(stored: Uint16Array, channels: Channels, how: Compression): TensorPlan {
  const shape = channels.layout === 'out-in' ? [channels.out, channels.in] : [channels.in, channels.out]
  const [count = 0, width = 0] = shape
  const entry = { name: 'w', shape, storedAs: 'BF16', byteLength: 2 * count * width }
  const rows = async ([start, end]: RowRange): Promise<TensorData> => ({
    type: 'bfloat16',
    shape: [end - start, width],
    data: stored.subarray(start * width, end * width),
  })
  const table: TensorTable = {
    entries: new Map([['w', entry]]),
    read: async () => await rows([0, count]),
    rowsOf: () => rows,
    close: async () => {},
  }
  const of = { kind: 'stored', store: { name: 'made', table }, tensor: 'w' } as const
  return { name: 'made', sources: new Map([['w', { kind: 'compressed', of, channels, how }]]) }
}

const [, program = '', what, weights = '0'] = process.argv
if (process.env.GLIBC_TUNABLES === MEMORY_KEPT.GLIBC_TUNABLES)
  process.stdout.write(JSON.stringify(what === 'layer' ? await layer() : await rounding(Number(weights))))
else
  spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
    env: { ...process.env, ...MEMORY_KEPT },
    stdio: 'inherit',
  })
