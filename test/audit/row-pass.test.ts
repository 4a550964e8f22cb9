/** @file Sums of features that fire by the row, of the reference and of candidates beside it, against float64 loops. */
import { describe, expect, it } from 'vitest'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import { candidatePass, referencePass } from '../../src/audit/features/feature-pass.ts'
import { rowLayout } from '../../src/audit/rows/row-batches.ts'
import type { Encoder } from '../../src/audit/run/readout.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { groupMax, type Row, topK } from '../sae/naive.ts'
import { storedOf } from '../sae/stored.ts'

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
/** More features than a tile has where groups give one each, so that tiles are put together; the k largest of tiles: row-features.test.ts. */
const [D, F, K, LENGTH, SEQUENCES] = [5, 1000, 8, 7, 4]
/** Positions 1, 3 and 5 count; the sums of the others are kept apart. */
const APART = Uint8Array.of(1, 0, 1, 0, 1, 0, 1)
const layout = rowLayout(
  { sequences: { sequenceCount: SEQUENCES, blockLength: LENGTH }, groupStarts: Int32Array.of(0, 2, 4) },
  { positions: 'slice=1:6:2' },
)

const random = new RandomSource(8)
const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal())
const [W_enc, bias] = [draw(D * F), draw(F)]
const reference = draw(SEQUENCES * LENGTH * D)
const candidates = [0.3, 2].map((size) => reference.map((value) => value + size * random.normal()))

/** All features in memory, or two groups of them at a time, which no tile is; loaded into the engine, or given to its runs. */
const rules = [
  ['topk', F, false, (z: Row) => topK(z, K)],
  ['groupmax', F, false, (z: Row) => groupMax(z, K)],
  ['topk', (2 * F) / K, false, (z: Row) => topK(z, K)],
  ['groupmax', (2 * F) / K, true, (z: Row) => groupMax(z, K)],
] as const

async function residuals(rows: Float32Array) {
  const store = await createRowStore(SEQUENCES * LENGTH, D, { bytesLeft: 1e9 })
  await store.write(0, rows)
  return { store, center: false }
}

const activations = (rows: Float32Array, rule: (z: Row) => Row): readonly Row[] =>
  Array.from({ length: SEQUENCES * LENGTH }, (_, row) =>
    rule(
      Array.from({ length: F }, (_, j) => {
        let z = bias[j] ?? Number.NaN
        for (let i = 0; i < D; i++) z += (rows[row * D + i] ?? Number.NaN) * (W_enc[i * F + j] ?? Number.NaN)
        return z
      }),
    ),
  )

describe.each(rules)('%s, %i features in memory, given: %s', (kind, rangeFeatures, isGiven, rule) => {
  const encoder: Encoder = {
    d_in: D,
    input: 'plain',
    W_enc,
    bias,
    threshold: null,
    activatesBy: { kind, k: K },
  }
  const pass = { encoder: storedOf(encoder, rangeFeatures, isGiven), layout, device: CPU, onTokens: () => {} }
  const a = activations(reference, rule)
  const isApart = (row: number): boolean => APART[row % LENGTH] === 1
  /** Σ over the rows of a token group, those kept apart or the others. */
  const total = (group: number, first: boolean, of: (row: number) => number): number => {
    let sum = 0
    for (let row = group * 2 * LENGTH; row < (group + 1) * 2 * LENGTH; row++)
      if (isApart(row) === first) sum += of(row)
    return sum
  }

  it('sums what the reference fires', async () => {
    const moments = await referencePass(pass, await residuals(reference), null)
    for (const place of ['first', 'rest'] as const) {
      for (const group of [0, 1]) {
        for (let j = 0; j < F; j++) {
          const at = (row: number): number => a[row]?.[j] ?? Number.NaN
          const sum = total(group, place === 'first', at)
          const squares = total(group, place === 'first', (row) => at(row) ** 2)
          expect(moments[place].sum[group * F + j]).toBeCloseTo(sum, 4)
          expect(moments[place].sumOfSquares[group * F + j]).toBeCloseTo(squares, 3)
        }
      }
      const firings = a.flatMap((row, r) => (isApart(r) === (place === 'first') ? row : []))
      const fired = firings.filter((value) => value > 0).length
      expect(moments[place].firings.reduce((sum, n) => sum + n, 0)).toBe(fired)
    }
  })

  it('sums candidates beside it, on the features that count', async () => {
    const features = Int32Array.from({ length: F / 2 }, (_, i) => 2 * i)
    const models = await Promise.all(candidates.map(residuals))
    const compared = { reference: await residuals(reference), candidates: models }
    const passes = await candidatePass(pass, features, compared, null)
    for (const [c, rows] of candidates.entries()) {
      const b = activations(rows, rule)
      const found = passes[c]?.moments.rest
      for (const [column, j] of features.entries()) {
        for (const group of [0, 1]) {
          const at = group * features.length + column
          const of = (row: number): number => b[row]?.[j] ?? Number.NaN
          expect(found?.sum[at]).toBeCloseTo(total(group, false, of), 4)
          expect(found?.sumOfSquares[at]).toBeCloseTo(
            total(group, false, (row) => of(row) ** 2),
            3,
          )
          expect(found?.product[at]).toBeCloseTo(
            total(group, false, (row) => of(row) * (a[row]?.[j] ?? Number.NaN)),
            3,
          )
          const fires = (row: number): readonly [boolean, boolean] => [(a[row]?.[j] ?? 0) > 0, of(row) > 0]
          expect(found?.together[at]).toBe(total(group, false, (row) => Number(fires(row).every(Boolean))))
          expect(found?.either[at]).toBe(total(group, false, (row) => Number(fires(row).some(Boolean))))
        }
      }
    }
  })
})
