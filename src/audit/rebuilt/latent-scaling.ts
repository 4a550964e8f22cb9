/**
 * @file Latent scaling (after arXiv 2504.02922): by how much of itself a feature's direction is still there in what the SAE rebuilds of a
 * candidate, and in what it leaves, where the reference fires the feature. Of model m, with f the activations and d the decoder row:
 *
 *     β_j^m = Σ f_j^r ⟨d_j, y_m⟩ / (‖d_j‖² Σ (f_j^r)²)        ν_j = β_j^c / β_j^r
 *
 * y is x̂ for the reconstruction, and x − x̂ + f_j d_j for the error: the second is Σ f_j^r ⟨d_j, x − x̂⟩ / (‖d_j‖² Σ (f_j^r)²) + Σ f_j^r f_j^m / Σ (f_j^r)².
 * All in the SAE's own space: rows as they are encoded.
 */
import { hookName } from '../../contract/hook-point.ts'
import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import { nothingRebuilt, scalingByRow } from '../../errors/rebuilt.ts'
import { present } from '../../numbers/present.ts'
import { GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import { createSession } from '../../onnx/sessions/session.ts'
import { quantile } from '../../statistics/quantile.ts'
import { type CapturedReference, type ModelCapture, storeOf } from '../capture/capture-model.ts'
import { activate, featureTiles, preActivations, tileOf } from '../encoding/encoder-graph.ts'
import { FeatureColumns } from '../encoding/feature-columns.ts'
import { prepareRows } from '../encoding/prepared-rows.ts'
import { constantWeights } from '../encoding/tile-weights.ts'
import type { CandidateFeatures } from '../features/evidence/feature-evidence.ts'
import { rebuiltRows } from '../features/rebuilt-rows.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { isRescaled } from '../features/scaling.ts'
import { runSize } from '../machine/run-size.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { passInputs, type Residuals } from '../rows/residuals.ts'
import { rowBatches, rowLayout } from '../rows/row-batches.ts'
import type { Encoder, Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import { featureChunks, pickFeatures } from '../run/stored-encoder.ts'

/** Σ f^r ⟨d, y⟩ over the positions that count, (active features) each. */
export interface LatentSums {
  readonly rebuilt: Float64Array
  /** Of what is left, x − x̂. */
  readonly left: Float64Array
}

/** What can be known before anything is run. Errors: NOTHING_REBUILT, SCALING_BY_ROW. */
export function requireLatents({ config, readouts }: Pick<Run, 'config' | 'readouts'>): void {
  if (config.latentScaling !== true) return
  for (const { dictionary, encoder } of readouts) {
    if (!dictionary.rebuilds) throw nothingRebuilt(dictionary.spec, '--latent-scaling')
    if (encoder.activatesBy !== 'feature') throw scalingByRow(dictionary.spec)
  }
}

/** Operations of one model at a read-out: it is rebuilt, and all features count as active. */
export function latentCost({ d_in, d_sae, b_dec }: Readout['dictionary'], rows: number): number {
  return stageCost.features(2 * d_in + 3 * b_dec.length, d_sae, rows, 1)
}

/** The reference at every read-out; nothing where it was not asked for. Errors: ENGINE_FAILED, SPILL_FAILED, those of reading the SAE. */
export async function referenceLatents(
  run: Run,
  { capture }: CapturedReference,
  readouts: readonly SeenReadout[],
): Promise<readonly LatentSums[]> {
  const found: LatentSums[] = []
  if (run.config.latentScaling !== true) return found
  for (const seen of readouts)
    found.push(await latentSums(run, seen, { name: 'reference', reference: capture, capture, scale: 1 }))
  return found
}

/** Of a candidate at a read-out: columns (d_sae), NaN where it was not measured, and what the report says of them. */
export interface Latents {
  readonly columns: NonNullable<CandidateFeatures['evidence']['table']['latents']>
  readonly report: NonNullable<FeaturesReport['latentScaling']>
}

/** In the order of the read-outs; nothing where it was not asked for. Errors: as above. */
export async function candidateLatents(
  run: Run,
  reference: CapturedReference,
  {
    readouts,
    latents,
  }: { readonly readouts: readonly SeenReadout[]; readonly latents: readonly LatentSums[] },
  candidate: {
    readonly name: string
    readonly capture: ModelCapture
    readonly features: readonly CandidateFeatures[]
  },
): Promise<readonly Latents[]> {
  const found: Latents[] = []
  for (const [r, own] of latents.entries()) {
    const seen = present(readouts[r])
    const { scaling, evidence } = present(candidate.features[r])
    const scale = run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1
    const { name, capture } = candidate
    const other = await latentSums(run, seen, { name, reference: reference.capture, capture, scale })
    found.push(latentScaling(seen, evidence.table, { own, other }))
  }
  return found
}

/** Features with the columns of their table that latent scaling adds, and what the report says of them. */
export function withLatents(features: CandidateFeatures, { columns, report }: Latents): CandidateFeatures {
  const { evidence } = features
  return {
    ...features,
    report: { ...features.report, latentScaling: report },
    evidence: { ...evidence, table: { ...evidence.table, latents: columns } },
  }
}

/** Pure. */
function latentScaling(
  { active, report: { tokens } }: SeenReadout,
  { width, meanSquare, decoderNorm, firing }: CandidateFeatures['evidence']['table'],
  { own, other }: { readonly own: LatentSums; readonly other: LatentSums },
): Latents {
  const column = (): Float64Array => new Float64Array(width).fill(Number.NaN)
  const columns = { reconstruction: column(), error: column() }
  for (const [k, j] of active.entries()) {
    const size = present(decoderNorm[j]) ** 2 * present(meanSquare[j]) * tokens
    columns.reconstruction[j] = present(other.rebuilt[k]) / present(own.rebuilt[k])
    const gain = firing?.gain[j] ?? Number.NaN
    columns.error[j] = (present(other.left[k]) / size + gain) / (present(own.left[k]) / size + 1)
  }
  const told = (values: Float64Array) => {
    const known = values.filter(Number.isFinite)
    const at = (q: number): number | null => (known.length === 0 ? null : quantile(known, q))
    return {
      features: known.length,
      p05: at(0.05),
      p25: at(0.25),
      p50: at(0.5),
      p75: at(0.75),
      p95: at(0.95),
    }
  }
  return { columns, report: { reconstruction: told(columns.reconstruction), error: told(columns.error) } }
}

interface LatentSide {
  readonly name: string
  readonly reference: ModelCapture
  readonly capture: ModelCapture
  readonly scale: number
}

async function latentSums(
  run: Run,
  { readout, active }: SeenReadout,
  { name, reference, capture, scale }: LatentSide,
): Promise<LatentSums> {
  const { center, hook, dictionary } = readout
  const { device, memory } = run
  const at = ({ chunked }: ModelCapture, place: string, by: number): Residuals => ({
    store: storeOf(chunked, place),
    center,
    scale: by,
  })
  const reads = at(capture, hook, scale)
  const { rows } = reads.store
  const onTokens = run.work.stage(
    `${name}: latent scaling at ${readout.id}`,
    latentCost(dictionary, rows),
    2 * rows,
  )
  const rebuilt = await rebuiltRows(readout, reads, { device, memory, onRows: onTokens })
  try {
    const models = [
      at(reference, hook, 1),
      { store: rebuilt, center: false },
      at(capture, hookName(dictionary.predicts), scale),
      reads,
    ]
    return await summed(run, { readout, active, models }, (done) => onTokens(rows + done))
  } finally {
    await rebuilt.close()
  }
}

interface Summing {
  readonly readout: Readout
  readonly active: Int32Array
  /** What f^r is of; x̂; x; what x̂ is of. */
  readonly models: readonly Residuals[]
}

async function summed(
  run: Run,
  { readout, active, models }: Summing,
  onRows: (done: number) => void,
): Promise<LatentSums> {
  const sums = { rebuilt: new Float64Array(active.length), left: new Float64Array(active.length) }
  const { featureRows, featureTile } = runSize(run.device)
  const layout = rowLayout(run.tokens, readout)
  let first = 0
  for (const ids of featureChunks(active, readout.encoder)) {
    const encoder = await pickFeatures(readout.encoder, ids)
    const graph = latentGraph(encoder, await decoderRows(readout, ids), featureTile)
    const session = await createSession(graph, run.device, 'the SAE decoder')
    let done = 0
    try {
      for (const batch of rowBatches(layout, featureRows)) {
        done += batch.rows.length
        if (batch.place === 'first' && readout.positions !== 'all') continue
        const result = await session.run(await passInputs(models, batch, 1))
        for (const name of ['rebuilt', 'left'] as const) {
          const values = result.float32(name)
          for (let k = 0; k < ids.length; k++) sums[name][first + k] = sums[name][first + k]! + values[k]!
        }
        onRows(done)
      }
    } finally {
      await session.release()
    }
    first += ids.length
  }
  return sums
}

/** (features, d_out) of some of them, ascending. Errors: those of reading W_dec. */
async function decoderRows({ dictionary }: Readout, ids: Int32Array): Promise<Float32Array> {
  const width = dictionary.b_dec.length
  const [from, to] = [ids[0] ?? 0, (ids.at(-1) ?? -1) + 1]
  const all = await dictionary.W_dec([from, to])
  const rows = new Float32Array(ids.length * width)
  for (const [k, j] of ids.entries())
    rows.set(all.subarray((j - from) * width, (j - from + 1) * width), k * width)
  return rows
}

/** Inputs as passInputs makes them of Summing's models; outputs `rebuilt` and `left`, (1, features). */
function latentGraph(encoder: Encoder, W_dec: Float32Array, featureTile: number): GraphModel {
  const g = new GraphBuilder()
  const d_out = W_dec.length / encoder.bias.length
  const input = (m: number, width: number): Value => g.input(`x_${m}`, 'float32', ['n_row', width])
  const columns = new FeatureColumns(g, g.input('ones', 'float32', [1, 1, 'n_part']))
  const f = prepareRows(g, input(0, encoder.d_in), encoder.input).rows
  const [rebuilt, value] = [input(1, d_out), input(2, d_out)]
  const { alike } = prepareRows(g, input(3, encoder.d_in), encoder.input)
  const [sum, left] = [alike(rebuilt), alike(op.sub(g, value, rebuilt), true)]
  const weights = constantWeights(g, { encoder, W_dec })
  for (const range of featureTiles(encoder.bias.length, featureTile)) {
    const tile = tileOf(weights, range)
    const a = activate(g, preActivations(g, f, tile), tile)
    const turned = op.transpose(g, weights.rows(range), [1, 0])
    columns.sum('rebuilt', op.mul(g, a, op.matMul(g, sum, turned)))
    columns.sum('left', op.mul(g, a, op.matMul(g, left, turned)))
  }
  g.outputs(columns.values(encoder.bias.length))
  return g.build()
}
