/**
 * @file The rotation between two matrices: orthogonal R (d, d) that minimizes ‖A·R − B‖ (whatever the size of B), for A, B (rows, d).
 *
 * R is the orthogonal polar factor of M = Aᵀ·B (Schönemann 1966, Psychometrika 31). The factor is found by the
 * Newton–Schulz iteration X ← X·(3·I − Xᵀ·X)/2 from X = M/‖M‖, whose only operation is a matrix product, so the engine does
 * all the work, in float64. It converges where M has full rank; how fast depends on the smallest singular value (each
 * round multiplies it by 1.5), about 40 rounds for the embeddings of language models.
 */
import { present } from '../../../numbers/present.ts'
import { float, GraphBuilder, int } from '../../../onnx/graph/graph.ts'
import * as op from '../../../onnx/graph/ops.ts'
import { createSession, type Device, type Session } from '../../../onnx/sessions/session.ts'
import { SAME_SIZE } from './turned-rows.ts'

export interface Rotation {
  /** (d, d), row-major, float64; orthogonal to 1e-9. */
  readonly R: Float64Array
  /** 1, or how many times larger B is where that is plain: the residual stream was scaled too. */
  readonly factor: number
  /** ‖factor · A·R − B‖ / ‖B‖ */
  readonly error: number
}

/** Rows [start, end) of a matrix as float32. */
export type RowReader = (start: number, end: number) => Float32Array

/** Rows that one product takes: 64 MiB of float64 at d = 4096. */
const ROWS = 2048
/** Largest entry of Xᵀ·X − I at which X counts as orthogonal. */
const ORTHOGONAL = 1e-10
/** Reaches singular values of 1e-16 times the largest: beyond them float64 has nothing to say. */
const MOST_ROUNDS = 100

/** Of two matrices of one shape. Null where they do not determine a rotation (rank below d). */
export async function rotationBetween(
  a: RowReader,
  b: RowReader,
  shape: readonly [rows: number, d: number],
  device: Device,
): Promise<Rotation | null> {
  const { M, squaresA, squaresB } = await crossProduct(a, b, shape, device)
  const R = await polarFactor(M, shape[1], device)
  if (R === null) return null
  const shared = R.reduce((sum, r, i) => sum + r * present(M[i]), 0)
  const best = shared / squaresA
  const factor = Math.abs(best - 1) < SAME_SIZE ? 1 : best
  const left = factor * factor * squaresA + squaresB - 2 * factor * shared
  return { R, factor, error: Math.sqrt(Math.max(0, left) / squaresB) }
}

/** M = Aᵀ·B and the squared norms of both. */
async function crossProduct(
  a: RowReader,
  b: RowReader,
  [rows, d]: readonly [rows: number, d: number],
  device: Device,
) {
  const g = new GraphBuilder()
  const [left, right, before] = [
    g.input('a', 'float64', ['n_row', d]),
    g.input('b', 'float64', ['n_row', d]),
    g.input('before', 'float64', [d, d]),
  ]
  const shape = { type: 'float64', shape: [d, d] } as const
  g.output('sum', g.apply('Gemm', [left, right, before], shape, { transA: int(1) }))
  const session = await createSession(g.build(), device, 'the rotation')
  let M: Float64Array = new Float64Array(d * d)
  let [squaresA, squaresB] = [0, 0]
  try {
    for (let start = 0; start < rows; start += ROWS) {
      const end = Math.min(start + ROWS, rows)
      const [x, y] = [Float64Array.from(a(start, end)), Float64Array.from(b(start, end))]
      squaresA += sumOfSquares(x)
      squaresB += sumOfSquares(y)
      const dims = [end - start, d]
      const result = await session.run({
        a: { type: 'float64', data: x, dims },
        b: { type: 'float64', data: y, dims },
        before: { type: 'float64', data: M, dims: [d, d] },
      })
      M = result.float64('sum')
    }
  } finally {
    await session.release()
  }
  return { M, squaresA, squaresB }
}

async function polarFactor(M: Float64Array, d: number, device: Device): Promise<Float64Array | null> {
  const norm = Math.sqrt(sumOfSquares(M))
  if (!(norm > 0)) return null
  let X: Float64Array = M.map((value) => value / norm)
  const session = await roundSession(d, device)
  try {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const result = await session.run({ x: { type: 'float64', data: X, dims: [d, d] } })
      X = result.float64('next')
      if (present(result.float64('deviation')[0]) < ORTHOGONAL) return X
    }
    return null
  } finally {
    await session.release()
  }
}

/** One round: `next` and the largest entry of |Xᵀ·X − I| of the X given. */
async function roundSession(d: number, device: Device): Promise<Session> {
  const g = new GraphBuilder()
  const shape = { type: 'float64', shape: [d, d] } as const
  const x = g.input('x', 'float64', [d, d])
  const gram = g.apply('Gemm', [x, x], shape, { transA: int(1), alpha: float(1) })
  const identity = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0))
  const I = g.initializer('identity', 'float64', [d, d], identity)
  const deviation = op.abs(g, op.sub(g, gram, I))
  g.output('deviation', op.reduceMax(g, deviation, null))
  const cubic = g.apply('Gemm', [x, gram, x], shape, { alpha: float(-0.5), beta: float(1.5) })
  g.output('next', cubic)
  return await createSession(g.build(), device, 'the rotation')
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += present(values[i]) ** 2
  return sum
}
