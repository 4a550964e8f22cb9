/** @file The delta rule in chunks against its definition position by position in float64: lengths around a chunk, keys that repeat, fades that are strong. */
import { describe, expect, it } from 'vitest'
import { type DeltaShape, DeltaTables, gatedDeltaRule } from '../../src/models/graph/delta/rule.ts'
import { GraphBuilder } from '../../src/onnx/graph/graph.ts'
import { createSession } from '../../src/onnx/sessions/session.ts'
import { type DeltaRun, naiveDeltaRule } from '../oracle/delta-rule.ts'
import type { Rows } from '../oracle/pieces.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { CPU } from './run-program.ts'

const SHAPE: DeltaShape = { sequences: 2, keyHeads: 2, valueHeads: 4, keySize: 8, valueSize: 6 }

/** Keys of length 1. `repeated`: one key for all positions; `fade`: the strongest. */
function drawn(n: number, seed: number, repeated: boolean, fade: number): DeltaRun {
  const random = new RandomSource(seed)
  const { keyHeads, keySize, valueHeads, valueSize } = SHAPE
  const rows = (width: number, value: () => number): Rows =>
    Array.from({ length: n }, () => Float64Array.from({ length: width }, () => Math.fround(value())))
  const units = (row: Float64Array): Float64Array => {
    const out = row.slice()
    for (let head = 0; head < keyHeads; head++) {
      const own = out.subarray(head * keySize, (head + 1) * keySize)
      const size = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0))
      for (const [i, x] of own.entries()) own[i] = Math.fround(x / size)
    }
    return out
  }
  const keys = rows(keyHeads * keySize, () => random.normal()).map(units)
  return {
    q: rows(keyHeads * keySize, () => random.normal()),
    k: repeated ? keys.map(() => keys[0]?.slice() ?? new Float64Array()) : keys,
    v: rows(valueHeads * valueSize, () => random.normal()),
    fade: rows(valueHeads, () => -fade * random.uniform()),
    write: rows(valueHeads, () => (repeated ? 1 : random.uniform())),
  }
}

const flat = (runs: readonly Rows[]): number[] => runs.flatMap((rows) => rows.flatMap((row) => [...row]))

/** The largest difference over the largest value. */
async function difference(
  n: number,
  longest: number,
  {
    repeated,
    fade,
    type,
    chunk,
  }: { repeated: boolean; fade: number; type: 'float32' | 'float64'; chunk: number },
): Promise<number> {
  const { sequences: B, keyHeads, keySize, valueHeads, valueSize } = SHAPE
  const runs = Array.from({ length: B }, (_, b) => drawn(n, 7 * n + b, repeated, fade))
  const g = new GraphBuilder()
  const widths = {
    q: keyHeads * keySize,
    k: keyHeads * keySize,
    v: valueHeads * valueSize,
    fade: valueHeads,
    write: valueHeads,
  }
  const input = (name: keyof typeof widths) => g.input(name, type, [B, 'n_token', widths[name]])
  const tables = new DeltaTables(g, longest, g.input('length', 'int32', []), type, chunk)
  const rows = { q: input('q'), k: input('k'), v: input('v'), fade: input('fade'), write: input('write') }
  g.output('out', gatedDeltaRule(g, rows, SHAPE, tables))
  const session = await createSession(g.build(), CPU, 'delta rule', type === 'float32')
  const feed = (name: keyof typeof widths) => {
    const values = flat(runs.map((run) => run[name]))
    const dims = [B, n, widths[name]]
    return type === 'float64'
      ? ({ type, data: Float64Array.from(values), dims } as const)
      : ({ type, data: Float32Array.from(values), dims } as const)
  }
  const found = await session.run({
    q: feed('q'),
    k: feed('k'),
    v: feed('v'),
    fade: feed('fade'),
    write: feed('write'),
    length: { type: 'int32', data: Int32Array.of(n), dims: [] },
  })
  const data = type === 'float64' ? found.float64('out') : found.float32('out')
  await session.release()
  const right = flat(runs.map((run) => naiveDeltaRule(run, SHAPE)))
  expect(data).toHaveLength(right.length)
  const size = Math.max(...right.map(Math.abs))
  return Math.max(...right.map((value, i) => Math.abs(value - (data[i] ?? Number.NaN)))) / size
}

const PLAIN = { repeated: false, fade: 0.3, chunk: 64 }

describe('the delta rule in chunks', () => {
  it.each([
    [1, 1],
    [1, 70],
    [3, 70],
    [63, 130],
    [64, 64],
    [65, 130],
    [130, 130],
    [130, 200],
  ])('%i positions in a graph for %i', async (n, longest) => {
    expect(await difference(n, longest, { ...PLAIN, type: 'float32' })).toBeLessThan(3e-6)
    expect(await difference(n, longest, { ...PLAIN, type: 'float64' })).toBeLessThan(1e-13)
  })

  it('with one key over and over, which a product of powers would not survive', async () => {
    for (const fade of [0, 1e-3]) {
      expect(await difference(130, 130, { repeated: true, fade, chunk: 64, type: 'float32' })).toBeLessThan(
        1e-5,
      )
    }
  })

  it('with fades that leave nothing', async () => {
    expect(await difference(130, 130, { ...PLAIN, fade: 60, type: 'float32' })).toBeLessThan(3e-6)
  })

  it.each([1, 2, 8])('in chunks of %i', async (chunk) => {
    expect(await difference(19, 21, { ...PLAIN, chunk, type: 'float64' })).toBeLessThan(1e-13)
  })
})
