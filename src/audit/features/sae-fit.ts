/** @file Does the SAE fit this model? What it rebuilds of the residual, row by row, as sums. */
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
import type { Readout } from '../run/readout.ts'
import { encoderOf, encoderRanges, type StoredEncoder } from '../run/stored-encoder.ts'
import {
  addRow,
  emptyRows,
  type FitGroups,
  type RebuiltGroups,
  type RowGroups,
  SCALES,
} from '../sums/residual-sums.ts'
import type { FitSample, SampledRows } from './fit-sample.ts'

/** Rows of a store that are read at a time. */
const ROWS_READ = 512
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

/** How well the SAE rebuilds the rows of a sample, and with its input times a factor some of them. */
export async function measureFit(
  sae: FittedSae,
  { reads, predicts }: FitRows,
  { all, scanned }: FitSample,
  device: Device,
): Promise<FitGroups> {
  const scales = sae.encoder.input === 'plain' ? SCALES : []
  // What is rebuilt of scaled rows is held against scaled rows: the factor is folded into the decoder too.
  const asked = scales.map((scale) => ({
    reads: { ...reads, scale },
    predicts: { ...predicts, scale },
    sample: scanned,
  }))
  const [own, ...scaled] = await errorsOver(sae, [{ reads, predicts, sample: all }, ...asked], device)
  const rowsOf = async (sample: SampledRows, errors: Float64Array): Promise<RebuiltGroups> => ({
    ...(await sampledRows(predicts, sample)),
    errors,
  })
  return {
    own: await rowsOf(all, present(own)),
    scaled: scales.length === 0 ? null : await rowsOf(scanned, besideOneAnother(scaled, scales)),
  }
}

/** (G) of every scale → (G, scales), in units of the scale's square. */
function besideOneAnother(errors: readonly Float64Array[], scales: readonly number[]): Float64Array {
  const groups = present(errors[0]).length
  const out = new Float64Array(groups * scales.length)
  for (const [i, scale] of scales.entries()) {
    for (let g = 0; g < groups; g++) out[g * scales.length + i] = present(errors[i]?.[g]) / scale ** 2
  }
  return out
}

/** Sums of the sampled rows. */
async function sampledRows(
  residuals: Residuals,
  { rows, tokenGroups, groups }: SampledRows,
): Promise<RowGroups> {
  const sums = emptyRows(groups, residuals.store.width)
  for (let start = 0; start < rows.length; start += ROWS_READ) {
    const values = await residualRows(residuals, rows.subarray(start, start + ROWS_READ))
    for (let i = 0; i * sums.width < values.length; i++)
      addRow(sums, present(tokenGroups[start + i]), values, i * sums.width)
  }
  return sums
}

/** Rows that are rebuilt, and of what. */
interface AskedFit extends FitRows {
  readonly sample: SampledRows
}

/** (G) Σ ‖y − ŷ‖² of each: every range of features is read and loaded once for all of them. */
async function errorsOver(
  sae: FittedSae,
  asked: readonly AskedFit[],
  device: Device,
): Promise<readonly Float64Array[]> {
  const { encoder, dictionary } = sae
  const width = dictionary.b_dec.length
  const batchRows = rowsAtOnce(encoder.activatesBy, width, runSize(device).featureRows)
  const sums = asked.map(({ sample: { rows } }) => new Float32Array(rows.length * width))
  for (const range of fitRanges(encoder, width, device)) {
    const features = {
      encoder: await encoderOf(encoder, range),
      bands: null,
      W_dec: await dictionary.W_dec(range),
    }
    const runs = await decoderRuns(sae, features, device)
    try {
      for (const [i, { reads, sample }] of asked.entries()) {
        for (let start = 0; start < sample.rows.length; start += batchRows) {
          const x_0 = await inputRows(reads, sample.rows.subarray(start, start + batchRows))
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
    const errors: Float64Array[] = []
    for (const [i, one] of asked.entries())
      errors.push(await errorsOf(session, one, present(sums[i]), batchRows))
    return errors
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

/** What is rebuilt of the sums over features (rows, width), held against what is predicted: (G) Σ ‖y − ŷ‖². */
async function errorsOf(
  session: Session,
  { reads, predicts, sample }: AskedFit,
  featureSums: Float32Array,
  batchRows: number,
): Promise<Float64Array> {
  const { rows, tokenGroups, groups } = sample
  const { width } = predicts.store
  const errors = new Float64Array(groups)
  for (let start = 0; start < rows.length; start += batchRows) {
    const batch = rows.subarray(start, start + batchRows)
    const x_0 = await inputRows(reads, batch)
    const data = featureSums.subarray(start * width, (start + batch.length) * width)
    const sum = { type: 'float32' as const, data, dims: [batch.length, width] }
    const rebuilt = (await session.run({ x_0, sum })).float32('rebuilt')
    const y = await residualRows(predicts, batch)
    for (let i = 0; i < batch.length; i++) {
      const group = present(tokenGroups[start + i])
      errors[group]! += squaredDistance(y, rebuilt, i * width, (i + 1) * width)
    }
  }
  return errors
}

/** Over [start, end). */
function squaredDistance(y: Float32Array, rebuilt: Float32Array, start: number, end: number): number {
  let sum = 0
  for (let i = start; i < end; i++) sum += (y[i]! - rebuilt[i]!) ** 2
  return sum
}

/** Numbers that the decoder's rows of one batch may have, where they are gathered: 128 MB. */
const MOST_GATHERED = 2 ** 25

/** Where features fire by the row, each row gathers k rows of the decoder. */
function rowsAtOnce(activatesBy: ActivatesBy, width: number, most: number): number {
  if (activatesBy === 'feature') return most
  return Math.max(1, Math.min(most, Math.floor(MOST_GATHERED / (activatesBy.k * width))))
}
