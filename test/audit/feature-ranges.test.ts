/** @file An SAE whose encoder is read a range of features at a time, against the same in memory: every sum, and the fit. */
import { describe, expect, it } from 'vitest'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import { eachWinners, type Winners } from '../../src/audit/encoding/row-winners.ts'
import { candidatePass, referencePass } from '../../src/audit/features/feature-pass.ts'
import { fitFigures } from '../../src/audit/features/fit-figures.ts'
import { measureFit } from '../../src/audit/features/sae-fit.ts'
import { passInputs } from '../../src/audit/rows/residuals.ts'
import type { RowBatch, RowLayout } from '../../src/audit/rows/row-batches.ts'
import type { Encoder } from '../../src/audit/run/readout.ts'
import { heldEncoder, pickFeatures, type StoredEncoder } from '../../src/audit/run/stored-encoder.ts'
import { present } from '../../src/numbers/present.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'
import type { FeatureRange } from '../../src/sae/dictionary.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { columnsOf, storedOf } from '../sae/stored.ts'
import { fitted } from './sampled.ts'

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
const [D, F, LENGTH, SEQUENCES] = [12, 8900, 9, 6]
const layout: RowLayout = {
  sequenceCount: SEQUENCES,
  sequenceLength: LENGTH,
  groupStarts: Int32Array.of(0, 2, 5, 6),
  apart: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0),
}
const random = new RandomSource(31)
const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal())
const encoder: Encoder = {
  d_in: D,
  input: 'plain',
  W_enc: draw(D * F),
  bias: draw(F),
  threshold: Float32Array.from({ length: F }, (_, j) => (j % 3 === 0 ? 0 : 1)),
  activatesBy: 'feature',
}
const rows = draw(SEQUENCES * LENGTH * D)
const decoder = draw(F * D)
const dictionary = {
  W_dec: async ([start, end]: FeatureRange = [0, F]) => decoder.slice(start * D, end * D),
  W_skip: async () => null,
  b_dec: draw(D),
}
/** Not all, and none of some ranges. */
const FEATURES = Int32Array.from({ length: F }, (_, j) => j).filter(
  (j) => j % 2 === 0 && (j < 100 || j > 260),
)

async function residuals(values: Float32Array) {
  const store = await createRowStore(SEQUENCES * LENGTH, D, { bytesLeft: 1e9 })
  await store.write(0, values)
  return { store, center: false }
}

/** All that is measured with so many features in memory at once, and what progress was told. */
async function measured(rangeFeatures: number, isWide = false, of: Encoder = encoder) {
  const told: number[] = []
  const stored = storedOf(of, rangeFeatures, isWide)
  const pass = { encoder: stored, layout, device: CPU, onTokens: (done: number) => void told.push(done) }
  const reference = await residuals(rows)
  const moments = await referencePass(pass, reference, null)
  const candidates = [await residuals(rows.map((x) => x + 0.3)), await residuals(rows.map((x) => -x))]
  const beside = await candidatePass(pass, FEATURES, { reference, candidates }, null)
  const all = Int32Array.from({ length: SEQUENCES * LENGTH }, (_, row) => row)
  const places = { reads: reference, predicts: reference }
  const fit = fitFigures(await measureFit({ encoder: stored, dictionary }, places, fitted(all), CPU))
  return { figures: { moments, beside }, fit, told }
}

it.each([2600, 5000, 8899])('%d features at a time are as good as all', async (rangeFeatures) => {
  const whole = await measured(F)
  const ranged = await measured(rangeFeatures)
  expect(whole.figures.moments.rest.firings.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(1000)
  expect(ranged.figures).toEqual(whole.figures)
  expect(ranged.fit.unexplained / whole.fit.unexplained).toBeCloseTo(1, 6)
  // Two passes, each up to all rows and never back.
  const passes = ranged.told.filter((done) => done === SEQUENCES * LENGTH)
  expect(passes.length).toBe(2)
  const first = ranged.told.slice(0, ranged.told.indexOf(SEQUENCES * LENGTH) + 1)
  expect(first).toEqual([...first].sort((a, b) => a - b))
})

it.each([F, 8000])(
  'given to runs where it lies, %d features at a time, it is as good as in the engine',
  async (rangeFeatures) => {
    const loaded = await measured(F)
    const given = await measured(rangeFeatures, true)
    expect(given.figures).toEqual(loaded.figures)
    expect(given.fit.unexplained / loaded.fit.unexplained).toBeCloseTo(1, 6)
  },
)

/** Features come in pairs that lie half a dictionary apart, in other ranges, and make the same of every row. */
const twin = (feature: number): number => feature % (F / 2)
const paired = (values: Float32Array): Float32Array =>
  values.map((_, i) => present(values[i - (i % F) + twin(i % F)]))

const byRow = (kind: 'topk' | 'groupmax', k: number): Encoder => ({
  ...encoder,
  W_enc: paired(encoder.W_enc),
  bias: paired(encoder.bias),
  threshold: null,
  activatesBy: { kind, k },
})

/** What fires in batches of rows, how often weights were read for it, and that progress went on. */
async function winnersOf(stored: StoredEncoder, batches: readonly RowBatch[], mostWaiting: number) {
  let reads = 0
  const counted = {
    ...stored,
    W_enc: async (range?: FeatureRange) => {
      reads++
      return await stored.W_enc(range)
    },
  }
  const own = await residuals(rows)
  const told: number[] = []
  const all: Winners[] = []
  await eachWinners(
    { encoder: counted, device: CPU, models: 1, onRows: (done) => void told.push(done), mostWaiting },
    batches,
    (batch) => passInputs([own], batch, 1),
    (_, [winners]) => void all.push(present(winners)),
  )
  expect(told).toEqual([...told].sort((a, b) => a - b))
  expect(told.at(-1)).toBe(batches.reduce((sum, batch) => sum + batch.rows.length, 0))
  return { all, reads }
}

const batchOf = (first: number, count: number): RowBatch => ({
  rows: Int32Array.from({ length: count }, (_, row) => first + row),
  tokenGroup: 0,
  place: 'rest',
})

describe.each([
  ['topk', 60],
  ['groupmax', 89],
] as const)('features that fire by the row, %s', (kind, k) => {
  it('are the same ones, range by range, in one pass over each', async () => {
    const whole = await measured(F, false, byRow(kind, k))
    expect(whole.figures.moments.rest.firings.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(1000)
    for (const [rangeFeatures, isWide] of [
      [5000, false],
      [2600, true],
    ] as const) {
      const ranged = await measured(rangeFeatures, isWide, byRow(kind, k))
      expect(ranged.figures).toEqual(whole.figures)
      expect(ranged.fit).toEqual(whole.fit)
      expect(ranged.told.filter((done) => done === SEQUENCES * LENGTH)).toHaveLength(2)
    }
  })

  it('wait for the next range in as many rows as may wait, and the encoder is read again for the others', async () => {
    const stored = storedOf(byRow(kind, k), 5000)
    const batches = Array.from({ length: SEQUENCES }, (_, i) => batchOf(i * LENGTH, LENGTH))
    const { all, reads } = await winnersOf(stored, batches, 1e9)
    expect(reads).toBe(2)
    // Two batches of nine rows may wait, and less than one.
    expect(await winnersOf(stored, batches, 8 * k * 20)).toEqual({ all, reads: 2 * 3 })
    expect(await winnersOf(stored, batches, 1)).toEqual({ all, reads: 2 * 6 })
  })
})

it('finds as many features of a row as fire, where that is more than a range has', async () => {
  const few: Encoder = {
    ...encoder,
    W_enc: draw(D * 30),
    bias: draw(30),
    threshold: null,
    activatesBy: { kind: 'topk', k: 12 },
  }
  const batches = [batchOf(3, 5)]
  const { all } = await winnersOf(storedOf(few, 7), batches, 1e9)
  expect(all).toEqual((await winnersOf(storedOf(few), batches, 1e9)).all)
  expect(all[0]?.k).toBe(12)
})

it('reads no range of which nothing is wanted, and none twice once it is held', async () => {
  const read: FeatureRange[] = []
  const W_enc = columnsOf(encoder.W_enc, D)
  const counted = {
    ...storedOf(encoder, 100),
    W_enc: async (range: FeatureRange = [0, F]) => {
      read.push(range)
      return await W_enc(range)
    },
  }
  const picked = await pickFeatures(counted, Int32Array.of(3, 99, 500))
  expect(read).toEqual([
    [0, 100],
    [500, 600],
  ])
  expect(Array.from({ length: D }, (_, i) => picked.W_enc[3 * i + 2])).toEqual(
    Array.from({ length: D }, (_, i) => encoder.W_enc[i * F + 500]),
  )
  const held = await heldEncoder(counted)
  expect(held.rangeFeatures).toBe(F)
  expect(await pickFeatures(held, Int32Array.of(3, 99, 500))).toEqual(picked)
  expect(read.length).toBe(3)
})
