/** @file What the reference does at a read-out: what of it is summed, and what the sums say. */
import { hookName } from '../../contract/hook-point.ts'
import { addReferenceMoments, type ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import { type CapturedReference, type ModelCapture, storeOf } from '../capture/capture-model.ts'
import { type CloseCalls, closeCallsAt } from '../close-calls/close-calls.ts'
import { keptReferenceSums } from '../kept/reference-sums.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import { placeOf, type Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import type { ReferenceGroupSums } from '../sums/group-sums.ts'
import type { AuditTokens } from '../text/tokens.ts'
import { featurePass, referencePass } from './feature-pass.ts'
import { firstPositionRows } from './first-position.ts'
import { fitSample } from './fit-sample.ts'
import { countedMoments, type ReadoutFigures, readoutFigures } from './readout-figures.ts'
import { measureFit } from './sae-fit.ts'

/** A read-out as the reference shows it, with what it was measured by. */
export interface SeenReadout extends ReadoutFigures {
  readonly readout: Readout
  readonly sums: ReferenceGroupSums
  /** Null: float32 decides everything. */
  readonly closeCalls: CloseCalls | null
}

/**
 * What an SAE sees in the reference. `known`: its sums, where they were made with the reference's own run, which decides every activation;
 * null: it is run over the reference's residuals. Errors: SAE_BAD_FIT, RESIDUALS_ALIKE, ENGINE_FAILED.
 */
export async function seeReference(
  run: Run,
  captured: CapturedReference,
  readout: Readout,
  known: ByPosition<ReferenceMoments> | null = null,
): Promise<SeenReadout> {
  const rows = { captured, float32: { tokens: run.tokens, capture: captured.capture } }
  const { sums: measured, closeCalls } = await measureReference(run, rows, readout, known)
  const sums = { ...measured, warnings: await settled(readout, measured.moments, closeCalls) }
  return { readout, sums, closeCalls, ...readoutFigures(placeOf(readout), sums, run.config) }
}

/** What of the reference is summed at a read-out, close calls not yet in it. */
export interface MeasuredReadout {
  readonly sums: ReferenceGroupSums
  readonly closeCalls: CloseCalls | null
}

/** The reference over the text, and over that on which it is measured what float32 can tell. */
export interface ReferenceRows {
  readonly captured: CapturedReference
  readonly float32: { readonly tokens: AuditTokens; readonly capture: ModelCapture }
}

/** `known`: as `seeReference` has it. Errors: ENGINE_FAILED, those of reading weights. */
export async function measureReference(
  run: Run,
  { captured: { model, capture }, float32 }: ReferenceRows,
  readout: Readout,
  known: ByPosition<ReferenceMoments> | null,
): Promise<MeasuredReadout> {
  const { center } = readout
  const residuals = { store: storeOf(capture.chunked, readout.hook), center }
  const target = { store: storeOf(capture.chunked, hookName(readout.dictionary.predicts)), center }
  const watched = { name: 'reference', model, scale: 1 }
  const sampled = {
    residuals: { store: storeOf(float32.capture.chunked, readout.hook), center },
    tokens: float32.tokens,
  }
  const closeCalls = known === null ? await closeCallsAt(run, readout, watched, sampled) : null
  const make = async (): Promise<ReferenceGroupSums> => {
    const moments = known ?? (await encodeReference(run, readout, residuals, closeCalls))
    const sample = fitSample(run.tokens, readout)
    const places = { reads: residuals, predicts: target }
    const fit = readout.dictionary.rebuilds ? await measureFit(readout, places, sample, run.device) : null
    const variance = await firstPositionRows(residuals, sample.all, run.tokens.sequences.blockLength)
    return { moments, fit, variance, calls: null, warnings: [] }
  }
  // Close calls are not kept: where there are any, the pass that finds them is run.
  const isWhole = known === null && closeCalls === null
  return { sums: isWhole ? await keptReferenceSums(run, readout, make) : await make(), closeCalls }
}

/** Put close calls into the sums. Returns warnings. */
async function settled(
  readout: Readout,
  moments: ByPosition<ReferenceMoments>,
  closeCalls: CloseCalls | null,
): Promise<readonly string[]> {
  if (closeCalls === null) return []
  return await closeCalls.settleReference({
    moments,
    counted: countedMoments(readout, moments, addReferenceMoments),
  })
}

async function encodeReference(
  run: Run,
  readout: Readout,
  residuals: Residuals,
  closeCalls: CloseCalls | null,
): Promise<ByPosition<ReferenceMoments>> {
  const { rows } = residuals.store
  const { d_in, d_sae } = readout.dictionary
  const cost = stageCost.features(d_in, d_sae, rows, 1)
  const onTokens = run.work.stage(`reference: features at ${readout.id}`, cost, rows)
  return await referencePass(featurePass(run, readout, onTokens), residuals, closeCalls?.reference ?? null)
}
