/** @file Does the SAE fit this model? What it rebuilds of the residual, row by row, as sums. */
import { present } from '../../numbers/present.ts'
import type { GraphModel } from '../../onnx/graph/graph.ts'
import { createSession, type Device, type Session } from '../../onnx/sessions/session.ts'
import type { Dictionary } from '../../sae/dictionary.ts'
import { rebuildGraph } from '../encoding/rebuild.ts'
import { runSize } from '../machine/run-size.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'
import type { Readout } from '../run/readout.ts'
import {
  addRow,
  emptyRows,
  type FitGroups,
  type RebuiltGroups,
  type RowGroups,
  SCALES,
} from '../sums/residual-sums.ts'
import { decodedRows, inputRows } from './decoded-rows.ts'
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

/** (G) Σ ‖y − ŷ‖² of each: every range of features is read once for all of them. */
async function errorsOver(
  sae: FittedSae,
  asked: readonly AskedFit[],
  device: Device,
): Promise<readonly Float64Array[]> {
  const { encoder, dictionary } = sae
  const sums = await decodedRows(
    sae,
    asked.map(({ reads, sample: { rows } }) => ({ reads, rows })),
    device,
  )
  const batchRows = runSize(device).featureRows
  const { d_in, input } = encoder
  const graph = rebuildGraph({ d_in, input, b_dec: dictionary.b_dec, W_skip: await dictionary.W_skip() })
  return await withSession(graph, device, async (session) => {
    const errors: Float64Array[] = []
    for (const [i, one] of asked.entries())
      errors.push(await errorsOf(session, one, present(sums[i]), batchRows))
    return errors
  })
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
    const inputs = await inputRows(reads, batch)
    const data = featureSums.subarray(start * width, (start + batch.length) * width)
    const sum = { type: 'float32' as const, data, dims: [batch.length, width] }
    const rebuilt = (await session.run({ ...inputs, sum })).float32('rebuilt')
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
