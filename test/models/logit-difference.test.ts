/** @file Differences of logits over a tiled vocabulary against loops in float64. */
import { expect, it } from 'vitest'
import type { Unembedding } from '../../src/models/graph/head.ts'
import { buildLogitDifference } from '../../src/models/logit-difference.ts'
import { createSession } from '../../src/onnx/sessions/session.ts'
import { CPU } from './run-program.ts'

const [ROWS, D, V] = [5, 12, 203]
let state = 9
const values = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
const made = (bias: boolean, softcap: number | null): Unembedding => ({
  n_vocab: V,
  d_model: D,
  type: 'float32',
  matrix: values(V * D),
  bias: bias ? values(V) : null,
  scale: 0.7,
  softcap,
})

function logit(hidden: Float32Array, row: number, u: Unembedding, v: number): number {
  let sum = u.bias?.[v] ?? 0
  for (let d = 0; d < D; d++) sum += hidden[row * D + d]! * u.matrix[v * D + d]!
  return u.softcap === null ? u.scale * sum : u.softcap * Math.tanh((u.scale * sum) / u.softcap)
}

it.each([
  [false, null],
  [true, 2],
] as const)('bias %s, soft cap %s', async (bias, softcap) => {
  const [a, b] = [made(bias, softcap), made(bias, softcap)]
  const hidden = [values(ROWS * D), values(ROWS * D)]
  const session = await createSession(buildLogitDifference([a, b], 64), CPU, 'test')
  const input = (m: number) => ({ type: 'float32', data: hidden[m]!, dims: [ROWS, D] }) as const
  const result = await session.run({ hidden_0: input(0), hidden_1: input(1) })
  await session.release()
  for (let row = 0; row < ROWS; row++) {
    const pairs = Array.from({ length: V }, (_, v) => [
      logit(hidden[0]!, row, a, v),
      logit(hidden[1]!, row, b, v),
    ])
    const total = (of: (x: number, y: number) => number): number =>
      pairs.reduce((sum, [x = 0, y = 0]) => sum + of(x, y), 0)
    expect(result.float32('squares')[row]).toBeCloseTo(
      total((x, y) => (y - x) ** 2),
      2,
    )
    expect(result.float32('magnitudes')[row]).toBeCloseTo(
      total((x, y) => Math.abs(y - x)),
      2,
    )
    expect(result.float32('products')[row]).toBeCloseTo(
      total((x, y) => x * y),
      2,
    )
    expect(result.float32('reference')[row]).toBeCloseTo(
      total((x) => x * x),
      2,
    )
    expect(result.float32('candidate')[row]).toBeCloseTo(
      total((_, y) => y * y),
      2,
    )
  }
})
