/**
 * @file The machine's matrix-product rate through onnxruntime: what the whole audit is measured against.
 *
 * A chain of products (n_row, d) · (d, n) · (n, d) · … whose weights are constants, as a model's are (onnxruntime packs
 * them once), and whose only output is the last one. Several shapes, several rounds over all of them; the best single
 * run of the best shape counts, so that the rate is the machine's and not that of a busy moment.
 *
 * A process of its own: `node gemm.js THREADS ROUNDS`, prints a GemmRates as JSON.
 */
import { GraphBuilder } from '../src/onnx/graph/graph.ts'
import * as op from '../src/onnx/graph/ops.ts'
import { createSession, type Session } from '../src/onnx/sessions/session.ts'

export interface GemmRates {
  /** Of the best shape: what the floor is computed with. FLOP/s. */
  readonly best: number
  readonly shapes: readonly {
    readonly rows: number
    readonly d: number
    readonly n: number
    readonly rate: number
  }[]
}

/** Rows of a run, d_model, and: d_model, the MLP, a tile of the vocabulary or of features. */
const SHAPES = [
  { rows: 512, d: 512, n: 512 },
  { rows: 512, d: 512, n: 2048 },
  { rows: 512, d: 512, n: 2096 },
  { rows: 256, d: 512, n: 2048 },
  { rows: 1024, d: 512, n: 2048 },
]
/** Enough products that a run takes some tens of milliseconds. */
const PAIRS = 12

interface Chain {
  readonly rows: number
  readonly d: number
  readonly n: number
  readonly session: Session
  readonly x: Float32Array
  seconds: number
}

async function chain({ rows, d, n }: (typeof SHAPES)[number], threads: number): Promise<Chain> {
  const g = new GraphBuilder()
  let value = g.input('x', 'float32', [rows, d])
  for (let pair = 0; pair < PAIRS; pair++) {
    value = op.matMul(g, value, g.initializer(`out_${pair}`, 'float32', [d, n], weights(d, n)))
    value = op.matMul(g, value, g.initializer(`back_${pair}`, 'float32', [n, d], weights(n, d)))
  }
  g.output('y', value)
  const device = { kind: 'cpu', threads, bodyType: 'float32' } as const
  const session = await createSession(g.build(), device, 'a chain of products')
  return { rows, d, n, session, x: weights(rows, 1, d), seconds: Number.POSITIVE_INFINITY }
}

/** Variance 1/fan-in, so that values neither overflow nor become subnormal along the chain. */
function weights(fanIn: number, ...sizes: number[]): Float32Array {
  const std = Math.sqrt(12 / fanIn)
  return Float32Array.from(
    { length: fanIn * sizes.reduce((a, b) => a * b, 1) },
    () => (Math.random() - 0.5) * std,
  )
}

async function measure(threads: number, rounds: number): Promise<GemmRates> {
  const chains: Chain[] = []
  for (const shape of SHAPES) chains.push(await chain(shape, threads))
  for (let round = 0; round < rounds; round++) {
    for (const each of chains) {
      const started = performance.now()
      await each.session.run({ x: { type: 'float32', data: each.x, dims: [each.rows, each.d] } })
      each.seconds = Math.min(each.seconds, (performance.now() - started) / 1000)
    }
  }
  const shapes = chains.map(({ rows, d, n, seconds }) => ({
    rows,
    d,
    n,
    rate: (2 * PAIRS * 2 * rows * d * n) / seconds,
  }))
  return { best: Math.max(...shapes.map(({ rate }) => rate)), shapes }
}

const [threads, rounds] = process.argv.slice(2).map(Number)
console.log(JSON.stringify(await measure(threads ?? 1, rounds ?? 1)))
