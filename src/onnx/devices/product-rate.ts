/** @file How quickly a device multiplies: two products of an MLP's shape, which is what most of an audit consists of. */
import { GraphBuilder } from '../graph/graph.ts'
import * as op from '../graph/ops.ts'
import { createSession, type Device } from '../sessions/session.ts'

const ROWS = 512
/** A wider product is no quicker. */
const MOST_WIDTH = 2048
/** Long enough for clocks and caches to settle, and short beside an audit. */
const LEAST_MS = 150

/** Floating-point operations per second of float32 products at this model width. Errors: ENGINE_FAILED, RUNTIME_MISSING. */
export async function productRate(device: Device, d_model: number): Promise<number> {
  const width = Math.min(MOST_WIDTH, d_model)
  const inner = 4 * width
  const session = await createSession(twoProducts(width, inner), device, 'a product')
  const data = new Float32Array(ROWS * width).fill(1)
  const input = { x: { type: 'float32', data, dims: [ROWS, width] } } as const
  try {
    await session.run(input)
    let [runs, spent] = [0, 0]
    const begun = performance.now()
    while (spent < LEAST_MS) {
      await session.run(input)
      runs++
      spent = performance.now() - begun
    }
    return (2 * 2 * ROWS * width * inner * runs) / (spent / 1000)
  } finally {
    await session.release()
  }
}

function twoProducts(width: number, inner: number) {
  const g = new GraphBuilder()
  const weight = (name: string, shape: readonly [number, number]) =>
    g.initializer(name, 'float32', shape, new Float32Array(shape[0] * shape[1]).fill(1 / inner))
  const x = g.input('x', 'float32', [ROWS, width])
  const hidden = op.matMul(g, x, weight('up', [width, inner]))
  g.output('y', op.matMul(g, hidden, weight('down', [inner, width])))
  return g.build()
}
