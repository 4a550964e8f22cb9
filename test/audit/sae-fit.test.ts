/** @file The fit of an SAE is measured on rows that stand for all: every place in a block as often as every other. */
import { describe, expect, it } from 'vitest'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import { fitFigures, misfitOf } from '../../src/audit/features/fit-figures.ts'
import { fitRows } from '../../src/audit/features/fit-sample.ts'
import { measureFit } from '../../src/audit/features/sae-fit.ts'
import type { Fit } from '../../src/audit/sums/residual-sums.ts'
import { storedOf } from '../sae/stored.ts'
import { fitted } from './sampled.ts'

const CPU = { kind: 'cpu', threads: 1, bodyType: 'float32' } as const
const layout = (sequenceCount: number, sequenceLength: number) => ({
  sequenceCount,
  sequenceLength,
  groupStarts: new Int32Array(2),
})

/** How often each value comes. */
function counts(values: Iterable<number>): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1)
  return found
}

describe('fitRows', () => {
  it.each([
    [128, 512],
    [1200, 64],
    [97, 1000],
    [4000, 128],
    [1, 100_000],
  ])('of %d blocks of %d have every place and every block as often as any other', (blocks, length) => {
    const rows = fitRows(layout(blocks, length), 'all', 4096)
    expect(rows).toHaveLength(4096)
    expect(new Set(rows).size).toBe(4096)
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b))
    expect(rows.at(-1)).toBeLessThan(blocks * length)
    const places = [...counts(rows.map((row) => row % length)).values()]
    expect(Math.max(...places)).toBeLessThanOrEqual(Math.ceil(4096 / length))
    if (length <= 4096) expect(Math.min(...places)).toBeGreaterThanOrEqual(Math.floor(4096 / length))
    const tenths = [...counts(rows.map((row) => Math.floor((10 * row) / (blocks * length)))).values()]
    expect(Math.min(...tenths)).toBeGreaterThan(400)
    expect(Math.max(...tenths)).toBeLessThan(420)
  })

  it('are all where there are few, and none at position 0 where that does not count', () => {
    expect([...fitRows(layout(3, 4), 'all', 100)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect([...fitRows(layout(3, 4), 'skip-first', 100)]).toEqual([1, 2, 3, 5, 6, 7, 9, 10, 11])
    expect([...fitRows(layout(3, 4), 'skip-first=3', 100)]).toEqual([3, 7, 11])
    expect([...fitRows(layout(2, 6), 'slice=1:5:2', 100)]).toEqual([1, 3, 7, 9])
    // Four times as many rows are looked at, for one in four counts.
    const few = fitRows(layout(100, 8), 'slice=2::4', 100)
    expect(few.length).toBeGreaterThan(80)
    expect(few.every((row) => row % 8 === 2 || row % 8 === 6)).toBe(true)
    expect([...fitRows(layout(1, 1), 'all', 100)]).toEqual([0])
    const rows = fitRows(layout(128, 512), 'skip-first', 4096)
    expect(rows).toHaveLength(4096 - 8)
    expect(rows.some((row) => row % 512 === 0)).toBe(false)
  })
})

describe('variance unexplained', () => {
  /** Two dimensions, an SAE that rebuilds the first where it is positive and nothing of the second. */
  const encoder = {
    W_enc: Float32Array.of(1, 0),
    bias: Float32Array.of(0),
    d_in: 2,
    threshold: null,
    activatesBy: 'feature',
    input: 'plain',
  } as const
  const dictionary = {
    W_dec: async () => Float32Array.of(1, 0),
    W_skip: async () => null,
    b_dec: Float32Array.of(0, 0),
  }
  const [blocks, length] = [128, 512]

  /** At position 0 five times as long, and in the direction that is not rebuilt. */
  function value(row: number): readonly [number, number] {
    const size = 2 + Math.sin(row)
    return row % length === 0 ? [0, 5 * size] : [size, 0.5 * Math.cos(1.7 * row)]
  }

  function naive(rows: Iterable<number>): number {
    const values = [...rows].map(value)
    const mean = [0, 1].map((d) => values.reduce((sum, x) => sum + (x[d] ?? 0), 0) / values.length)
    let [variance, errors] = [0, 0]
    for (const x of values) {
      variance += (x[0] - (mean[0] ?? 0)) ** 2 + (x[1] - (mean[1] ?? 0)) ** 2
      errors += x[1] ** 2
    }
    return errors / variance
  }

  it.each(['all', 'skip-first'] as const)(
    'over a sample is near that of every row, positions %s',
    async (positions) => {
      const store = await createRowStore(blocks * length, 2, { bytesLeft: 1e9 })
      await store.write(
        0,
        Float32Array.from({ length: 2 * blocks * length }, (_, i) => value(i >> 1)[i & 1] ?? 0),
      )
      const rows = fitRows(layout(blocks, length), positions, 4096)
      const groups = await measureFit(
        { encoder: storedOf(encoder), dictionary },
        { reads: { store, center: false }, predicts: { store, center: false } },
        fitted(rows),
        CPU,
      )
      const { unexplained: found } = fitFigures(groups)
      const all = Array.from({ length: blocks * length }, (_, row) => row)
      expect(found).toBeCloseTo(naive(rows), 5)
      // Every 16th row, position 0 of every block among them, would give 0.87 in place of 0.40.
      const whole = naive(all.filter((row) => positions === 'all' || row % length > 0))
      expect(Math.abs(found - whole)).toBeLessThan(0.03)
      await store.close()
    },
  )
})

describe('the fit that is required', () => {
  const readout = { sae: 'sae', hook: 'blocks.1.hook_resid_post' }
  const required = (fit: Fit) => {
    const misfit = misfitOf(readout, fit, 3, 'text.txt')
    if (misfit !== null) throw misfit
  }

  it('is the SAE’s business where the residuals differ', () => {
    expect(() => required({ unexplained: 0.9, spread: 0.5 })).not.toThrow()
    expect(() => required({ unexplained: 0.91, spread: 0.5 })).toThrow(/sae does not fit .* leaves 91 %/)
    expect(() => required({ unexplained: Number.NaN, spread: 0.5 })).toThrow(/does not fit/)
  })

  it.each([
    ['more than all', { unexplained: 7e10, spread: 1e-11 }],
    ['less than nothing', { unexplained: -7e10, spread: -1e-16 }],
    ['everything, without variance', { unexplained: Number.POSITIVE_INFINITY, spread: 0 }],
    ['nothing of nothing', { unexplained: Number.NaN, spread: Number.NaN }],
  ])('is the text’s where they are alike: %s unexplained', (_, fit) => {
    expect(() => required(fit)).toThrow(/text\.txt gives all positions the same residual at blocks\.1/)
  })

  it('finds rows that are alike without spread', async () => {
    const store = await createRowStore(600, 2, { bytesLeft: 1e9 })
    await store.write(
      0,
      Float32Array.from({ length: 1200 }, (_, i) => (i % 2 === 0 ? 3 : 0.1) + 1e-7 * (i % 3)),
    )
    const encoder = {
      W_enc: Float32Array.of(1, 0),
      bias: Float32Array.of(0),
      d_in: 2,
      threshold: null,
      activatesBy: 'feature',
      input: 'plain',
    } as const
    const dictionary = {
      W_dec: async () => Float32Array.of(1, 0),
      W_skip: async () => null,
      b_dec: Float32Array.of(0, 0),
    }
    const rows = fitRows(layout(6, 100), 'all', 4096)
    const residuals = { store, center: false }
    const both = { reads: residuals, predicts: residuals }
    const fit = fitFigures(
      await measureFit({ encoder: storedOf(encoder), dictionary }, both, fitted(rows), CPU),
    )
    expect(Math.abs(fit.spread)).toBeLessThan(1e-10)
    expect(() => required(fit)).toThrow(/same residual/)
    await store.close()
  })
})
