/** @file Does the SAE fit this model? How much of the residual's variance it leaves unexplained. */

import { type CountedPositions, countedMask } from '../../contract/options/positions.ts'
import { badFit, residualsAlike } from '../../errors/audit.ts'
import type { SaegateError } from '../../errors/problem.ts'
import { present } from '../../numbers/present.ts'
import type { GraphModel } from '../../onnx/graph/graph.ts'
import { createSession, type Device, type Session } from '../../onnx/sessions/session.ts'
import { type ActivatesBy, type Dictionary, type FeatureRange, featureRanges } from '../../sae/dictionary.ts'
import { type EncoderRuns, givenRuns, loadedRuns } from '../encoding/encoder-runs.ts'
import { featureSumGraph, rebuildGraph } from '../encoding/rebuild.ts'
import { rowTile } from '../encoding/row-features.ts'
import type { FeatureWeights } from '../encoding/tile-weights.ts'
import { runSize } from '../machine/run-size.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'
import type { RowLayout } from '../rows/row-batches.ts'
import type { Readout } from '../run/readout.ts'
import { encoderOf, encoderRanges, type StoredEncoder } from '../run/stored-encoder.ts'

/** Rows on which the SAE’s fit is measured: 4,096 give the unexplained variance to about 2 % of itself. */
export const FIT_ROWS = 4096
/** A dictionary that leaves this much unexplained is the wrong one: trained SAEs leave 0.05 to 0.4. */
const WORST_FIT = 0.9
/** A variance of less than this part of the mean square is the rounding of residuals that are all the same. */
const LEAST_SPREAD = 1e-6

/**
 * Rows to measure the fit on, ascending: all of them, or `most` spread evenly over the corpus and over the positions of a sequence
 * alike. Every 16th row would be position 0 of every sequence of 512, sixteen times its share, and position 0 is where the
 * residual can be a hundred times as long as elsewhere. Without the positions that do not count, in whose place others are taken once
 * they are half of them or more.
 *
 * Row i is i·m mod n, with m near n / φ (points of a Kronecker sequence lie apart) and without a common divisor with n, so
 * that it has none with the sequence length either, and every position comes as often as every other.
 */
export function fitRows(
  { sequenceCount, sequenceLength }: Pick<RowLayout, 'sequenceCount' | 'sequenceLength'>,
  positions: CountedPositions,
  most: number,
): Int32Array {
  const n = sequenceCount * sequenceLength
  let step = Math.max(1, Math.round(n * (Math.sqrt(1.25) - 0.5)))
  while (greatestCommonDivisor(step, n) > 1) step++
  const counted = countedMask(positions, sequenceLength)
  const places = counted.reduce((sum, counts) => sum + counts, 0)
  const tried = most * Math.floor(sequenceLength / Math.max(1, places))
  const rows: number[] = []
  for (let i = 0; i < Math.min(n, tried); i++) {
    const row = (i * step) % n
    if (counted[row % sequenceLength] === 1) rows.push(row)
  }
  return Int32Array.from(rows).sort()
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

export interface Fit {
  /** Fraction of the variance, about its mean, of what the SAE predicts that it does not rebuild. */
  readonly unexplained: number
  /** That variance, as a fraction of the residual's mean square: 0 where all rows are alike, up to rounding. */
  readonly spread: number
}

/** What is encoded, and what its features are to rebuild. */
export interface FitRows {
  readonly reads: Residuals
  readonly predicts: Residuals
}

/** What rebuilds a residual. */
export interface FittedSae {
  readonly encoder: Readout['encoder']
  readonly dictionary: Pick<Dictionary, 'W_dec' | 'W_skip' | 'b_dec'>
}

/** Factors on the input that are tried: a missing one of 0.5 or 1.25 passes every other check. */
const SCALES = Array.from({ length: 13 }, (_, i) => 2 ** ((i - 6) / 3))
/** Rows that each is tried on: fewer of a wide dictionary, whose rows cost as much as they are wide. On 512 of 32,768 features the thirteen took most of a start. */
const SCAN_ROWS = { most: 512, least: 128, activations: 2 ** 22 } as const
/** A factor is markedly better when it leaves less than this part of what is left without it. */
const MARKEDLY = 0.75

/** A factor on the input with which the SAE explains markedly more, and what it leaves. */
export interface BetterScale {
  readonly scale: number
  readonly unexplained: number
}

export interface MeasuredFit extends Fit {
  /** Null as well where rows are normalised before they are encoded: no factor matters then. */
  readonly better: BetterScale | null
}

/** How well the SAE rebuilds `rows` (ascending), and whether it does better on some of them by a factor. */
export async function measureFit(
  sae: FittedSae,
  { reads, predicts }: FitRows,
  rows: Int32Array,
  device: Device,
): Promise<MeasuredFit> {
  const { most, least, activations } = SCAN_ROWS
  const wanted = Math.max(least, Math.min(most, Math.floor(activations / sae.encoder.bias.length)))
  const every = Math.max(1, Math.floor(rows.length / wanted))
  const some = rows.filter((_, i) => i % every === 0)
  const scales = sae.encoder.input === 'plain' ? SCALES : []
  // What is rebuilt of scaled rows is held against scaled rows: the factor is folded into the decoder too.
  const scaled = scales.map((scale) => ({
    reads: { ...reads, scale },
    predicts: { ...predicts, scale },
    rows: some,
  }))
  const [fit, ...fits] = await fitsOver(sae, [{ reads, predicts, rows }, ...scaled], device)
  return { ...present(fit), better: betterOf(scales, fits) }
}

function betterOf(scales: readonly number[], fits: readonly Fit[]): BetterScale | null {
  if (scales.length === 0) return null
  const found = scales.map((scale, i) => ({ scale, unexplained: present(fits[i]).unexplained }))
  const own = found.find(({ scale }) => scale === 1)?.unexplained ?? Number.NaN
  const best = found.reduce((a, b) => (b.unexplained < a.unexplained ? b : a))
  return best.unexplained < MARKEDLY * own ? best : null
}

/** Rows (ascending) that are rebuilt, and of what. */
interface AskedFit extends FitRows {
  readonly rows: Int32Array
}

/** Several fits at once: each range of features is read and loaded once for all of them. */
async function fitsOver(sae: FittedSae, asked: readonly AskedFit[], device: Device): Promise<readonly Fit[]> {
  const { encoder, dictionary } = sae
  const width = dictionary.b_dec.length
  const batchRows = rowsAtOnce(encoder.activatesBy, width, runSize(device).featureRows)
  const sums = asked.map(({ rows }) => new Float32Array(rows.length * width))
  for (const range of fitRanges(encoder, width, device)) {
    const features = {
      encoder: await encoderOf(encoder, range),
      bands: null,
      W_dec: await dictionary.W_dec(range),
    }
    const runs = await decoderRuns(sae, features, device)
    try {
      for (const [i, { reads, rows }] of asked.entries()) {
        for (let start = 0; start < rows.length; start += batchRows) {
          const x_0 = await inputRows(reads, rows.subarray(start, start + batchRows))
          for (const { result } of await runs.run({ x_0 }))
            addTo(present(sums[i]), start * width, result.float32('sum'))
        }
      }
    } finally {
      await runs.release()
    }
  }
  const { d_in, input } = encoder
  const graph = rebuildGraph({ d_in, input, b_dec: dictionary.b_dec, W_skip: await dictionary.W_skip() })
  return await withSession(graph, device, async (session) => {
    const fits: Fit[] = []
    for (const [i, one] of asked.entries()) fits.push(await fitOf(session, one, present(sums[i]), batchRows))
    return fits
  })
}

/** Few rows are rebuilt: on the CPU weights are given to the runs, which takes less than to load them. */
const isGivenTo = ({ kind }: Device, { activatesBy }: StoredEncoder): boolean =>
  kind === 'cpu' && activatesBy === 'feature'

/** Nothing is loaded where weights are given, so that larger ranges would save nothing. */
function fitRanges(encoder: StoredEncoder, d_out: number, device: Device): readonly FeatureRange[] {
  const { d_in, bias } = encoder
  return isGivenTo(device, encoder)
    ? featureRanges(bias.length, Math.max(d_in, d_out))
    : encoderRanges(encoder)
}

async function decoderRuns(
  { encoder: stored }: FittedSae,
  weights: FeatureWeights,
  device: Device,
): Promise<EncoderRuns> {
  const tile = rowTile(stored.activatesBy, runSize(device))
  const graph = ({ encoder, W_dec }: FeatureWeights, given: boolean) =>
    featureSumGraph({ encoder, W_dec: present(W_dec), given, rowTile: tile })
  const runs = isGivenTo(device, stored) ? givenRuns : loadedRuns
  return await runs(weights, graph, { count: 1, device }, 'the SAE decoder')
}

async function withSession<T>(
  graph: GraphModel,
  device: Device,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await createSession(graph, device, 'the SAE decoder')
  try {
    return await use(session)
  } finally {
    await session.release()
  }
}

async function inputRows(reads: Residuals, rows: Int32Array) {
  const data = await residualRows(reads, rows)
  return { type: 'float32' as const, data, dims: [rows.length, reads.store.width] }
}

function addTo(sums: Float32Array, at: number, values: Float32Array): void {
  for (let i = 0; i < values.length; i++) sums[at + i] = sums[at + i]! + values[i]!
}

/** What is rebuilt of the sums over features (rows, width), held against what is predicted. */
async function fitOf(
  session: Session,
  { reads, predicts, rows }: AskedFit,
  featureSums: Float32Array,
  batchRows: number,
): Promise<Fit> {
  const { width } = predicts.store
  const fit = new FitSums(width)
  for (let start = 0; start < rows.length; start += batchRows) {
    const batch = rows.subarray(start, start + batchRows)
    const x_0 = await inputRows(reads, batch)
    const data = featureSums.subarray(start * width, (start + batch.length) * width)
    const sum = { type: 'float32' as const, data, dims: [batch.length, width] }
    const rebuilt = (await session.run({ x_0, sum })).float32('rebuilt')
    fit.add(await residualRows(predicts, batch), rebuilt)
  }
  return fit.over(rows.length)
}

/** Sums over rows from which a fit follows. */
class FitSums {
  readonly #sums: Float64Array
  #squares = 0
  #errors = 0

  constructor(width: number) {
    this.#sums = new Float64Array(width)
  }

  /** Rows, and what the SAE rebuilds of them. */
  add(y: Float32Array, rebuilt: Float32Array): void {
    const sums = this.#sums
    let squares = this.#squares
    let errors = this.#errors
    for (let start = 0; start < y.length; start += sums.length) {
      for (let k = 0; k < sums.length; k++) {
        const value = y[start + k]!
        const left = value - rebuilt[start + k]!
        sums[k] = sums[k]! + value
        squares += value * value
        errors += left * left
      }
    }
    this.#squares = squares
    this.#errors = errors
  }

  over(rows: number): Fit {
    const variance = this.#squares - this.#sums.reduce((total, sum) => total + sum * sum, 0) / rows
    return { unexplained: this.#errors / variance, spread: variance / this.#squares }
  }
}

/** Numbers that the decoder's rows of one batch may have, where they are gathered: 128 MB. */
const MOST_GATHERED = 2 ** 25

/** Where features fire by the row, each row gathers k rows of the decoder. */
function rowsAtOnce(activatesBy: ActivatesBy, width: number, most: number): number {
  if (activatesBy === 'feature') return most
  return Math.max(1, Math.min(most, Math.floor(MOST_GATHERED / (activatesBy.k * width))))
}

/** SAE_BAD_FIT, or RESIDUALS_ALIKE where it is the text's fault and not the SAE's; null: it fits. */
export function misfitOf(
  { dictionary, hook }: { readonly dictionary: Pick<Dictionary, 'spec'>; readonly hook: string },
  { unexplained, spread }: Fit,
  l0: number,
  corpus: string,
): SaegateError | null {
  // Where all rows are alike, rounding can even make the variance negative.
  if (unexplained >= 0 && unexplained <= WORST_FIT) return null
  if (!(spread >= LEAST_SPREAD)) return residualsAlike(corpus, hook)
  return badFit(dictionary.spec, hook, `${(100 * unexplained).toFixed(0)} %`, l0.toFixed(1))
}
