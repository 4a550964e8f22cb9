/**
 * @file How far the arithmetic of an audit is from float32: the reference as it was computed against the reference in float32 on the
 * CPU, on some of the sequences, seen through the same SAEs. What a candidate loses by less than this is not to be told.
 *
 * ρ is a cosine, so that angles add: where the noise turns a feature by α in both models, its ρ of candidate and reference is off
 * by up to 2α·√(1 − ρ²), with α = √(2(1 − ρ_noise)).
 */
import type { Report } from '../../contract/report/report-schema.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import { present } from '../../numbers/present.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { correlations } from '../../statistics/features/correlation.ts'
import { addCandidateMoments, addReferenceMoments } from '../../statistics/features/feature-moments.ts'
import { quantile } from '../../statistics/quantile.ts'
import {
  type CapturedReference,
  captureModel,
  closeCapture,
  type ModelCapture,
  storeOf,
} from '../capture/capture-model.ts'
import type { RowStore } from '../capture/row-store.ts'
import { openUnembedding } from '../capture/unembedding.ts'
import { candidatePass, featurePass, referencePass } from '../features/feature-pass.ts'
import { countedMoments } from '../features/readout-figures.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { tokenLosses } from '../losses/token-losses.ts'
import { headRangeBytes } from '../machine/device-memory.ts'
import { rowsOf } from '../rows/few-rows.ts'
import type { Residuals } from '../rows/residuals.ts'
import { rowLayout } from '../rows/row-batches.ts'
import { type Run, wantsLosses } from '../run/run.ts'
import { residualErrorOf } from '../sums/residual-sums.ts'
import { evenlySpread, fewSequences } from '../text/few-sequences.ts'
import type { AuditTokens } from '../text/tokens.ts'
import { changedFirings } from './changed-firings.ts'

export type EngineNoise = NonNullable<Report['tool']['engineNoise']>

/** Positions that are computed both ways: seconds on the CPU for a model of 100 M weights, a minute or two for 2 billion. */
const TOKENS = 2048

/** The sequences whose rows are compared, ascending; none in float32 on the CPU. */
export function noiseSequences(
  { kind, bodyType }: Device,
  { sequences }: Pick<AuditTokens, 'sequences'>,
): readonly number[] {
  if (kind === 'cpu' && bodyType === 'float32') return []
  return evenlySpread(sequences.sequenceCount, sequences.blockLength, TOKENS)
}

/** Both ways, on some of the text. */
interface Sample {
  /** As the audit has it, but for the text and the device: float32 on the CPU. */
  readonly run: Run
  readonly exact: ModelCapture
  /** Rows that the audit's own device gave, by hook; and for the final hidden state. */
  readonly own: ReadonlyMap<string, RowStore>
}

/** Null: the audit is in float32 on the CPU itself. Errors: those of capturing a model. */
export async function engineNoise(
  run: Run,
  captured: CapturedReference,
  readouts: readonly SeenReadout[],
): Promise<EngineNoise | null> {
  const { device, tokens } = run
  const chosen = noiseSequences(device, tokens)
  if (chosen.length === 0) return null
  const { blockLength } = tokens.sequences
  const cpu: Device = { kind: 'cpu', threads: device.threads, bodyType: 'float32' }
  const few: Run = {
    ...run,
    device: cpu,
    headBytes: headRangeBytes(cpu, null, 0),
    tokens: fewSequences(tokens, chosen),
    growing: null,
  }
  const exact = await captureModel(few, 'reference in float32', captured.model)
  const own = new Map<string, RowStore>()
  try {
    for (const [name, store] of captured.capture.chunked) {
      own.set(name, await rowsOf(store, chosen, blockLength, run.memory))
    }
    const sample = { run: few, exact, own }
    const found: EngineNoise['readouts'] = []
    for (const seen of readouts) found.push(await noiseAt(sample, seen))
    const behaviour = wantsLosses(run.config) ? await noiseOfLosses(sample, captured, device) : null
    return {
      tokens: chosen.length * blockLength,
      klMean: behaviour?.klMean ?? null,
      top1Agreement: behaviour?.top1Agreement ?? null,
      readouts: found,
    }
  } finally {
    await closeCapture(exact)
    for (const store of own.values()) await store.close()
  }
}

async function noiseAt(
  { run, exact, own }: Sample,
  { readout, active }: SeenReadout,
): Promise<EngineNoise['readouts'][number]> {
  const residuals = (stores: ReadonlyMap<string, RowStore>): Residuals => ({
    store: storeOf(stores, readout.hook),
    center: readout.center,
  })
  const models = [residuals(exact.chunked), residuals(own)] as const
  const pass = featurePass(run, readout, () => {})
  const reference = await referencePass(pass, models[0], null)
  const between = { reference: models[0], candidates: [models[1]] }
  const [beside] = await candidatePass(pass, active, between, null)
  const { moments, distance } = present(beside)
  const rho = correlations(
    countedMoments(readout, reference, addReferenceMoments),
    countedMoments(readout, moments, addCandidateMoments),
  ).filter((one) => !Number.isNaN(one))
  const { encoder } = readout
  const fired =
    encoder.activatesBy === 'feature'
      ? await changedFirings(
          { encoder, features: active },
          rowLayout(run.tokens, readout),
          models,
          run.device,
        )
      : null
  const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0)
  return {
    id: readout.id,
    residualError: residualErrorOf(distance),
    features: rho.length,
    meanCorrelation: rho.length === 0 ? null : total(rho) / rho.length,
    fifthPercentile: rho.length === 0 ? null : quantile(rho, 0.05),
    firings: fired?.firings ?? null,
    changedFirings: fired?.changed ?? null,
  }
}

/** KL of the same hidden states as both arithmetics have them, each with its own unembedding, in one head on the CPU. */
async function noiseOfLosses({ run, exact, own }: Sample, { model }: CapturedReference, device: Device) {
  const unembeddings = [await openUnembedding(model, run.device), await openUnembedding(model, device)]
  const hidden = [storeOf(exact.chunked, HIDDEN), storeOf(own, HIDDEN)]
  const head = { unembeddings, models: [0, 1] }
  const { scored } = run.tokens.chunked
  const models = { head, hidden, rangeBytes: run.headBytes }
  const { candidates } = await tokenLosses(models, scored, run.device, () => {})
  const { kl, agrees } = present(candidates[0])
  const count = Math.max(1, kl.length)
  return {
    klMean: kl.reduce((sum, one) => sum + one, 0) / count,
    top1Agreement: agrees.reduce((sum, one) => sum + one, 0) / count,
  }
}

/** The noise in one sentence a read-out, for the notes of a report. */
export function noiseNotes(noise: EngineNoise | null): readonly string[] {
  if (noise === null) return []
  const { tokens, klMean, readouts } = noise
  const kl = klMean === null ? '' : `, KL ${klMean.toExponential(1)}`
  const begin = `engine noise: the reference as computed here against float32 on the CPU, on ${tokens} tokens`
  if (readouts.length === 0) return [`${begin}${kl}`]
  return readouts.map(({ id, residualError, meanCorrelation, fifthPercentile, firings, changedFirings }) => {
    const rho =
      meanCorrelation === null || fifthPercentile === null
        ? ''
        : `, mean 1 − ρ ${(1 - meanCorrelation).toExponential(1)}, 95 % of features below ${(1 - fifthPercentile).toExponential(1)}`
    const changed = firings === null ? '' : `, ${changedFirings} of ${firings} firings changed`
    return `${begin}${kl}; ${id}: residual off by ${residualError.toExponential(1)}${rho}${changed}`
  })
}
