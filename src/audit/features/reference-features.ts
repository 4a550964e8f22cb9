/** @file What the reference does at a read-out: what fires, how often, and whether the dictionary fits at all. */
import { hookName } from '../../contract/hook-point.ts'
import { sliceOf } from '../../contract/options/positions.ts'
import type { ReadoutReport } from '../../contract/report/report-schema.ts'
import {
  activeFeatures,
  addReferenceMoments,
  countedPositions,
  deadFeatures,
  meanFiring,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import { type CapturedReference, storeOf } from '../capture/capture-model.ts'
import { type CloseCalls, closeCallsAt } from '../close-calls/close-calls.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Residuals } from '../rows/residuals.ts'
import { type ByPosition, rowLayout } from '../rows/row-batches.ts'
import { claimWarnings } from '../run/claims.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import { featurePass, referencePass } from './feature-pass.ts'
import { firstPositionShare } from './first-position.ts'
import { FIT_ROWS, fitRows, type MeasuredFit, measureFit, misfitOf } from './sae-fit.ts'

/** A read-out as the reference shows it. */
export interface SeenReadout {
  readonly readout: Readout
  readonly moments: ByPosition<ReferenceMoments>
  /** The sums over the positions that count. */
  readonly counted: ReferenceMoments
  /** Active feature ids, ascending. */
  readonly active: Int32Array
  /** Null: float32 decides everything. */
  readonly closeCalls: CloseCalls | null
  readonly report: ReadoutReport
  /** Part of the residual's variance that position 0 of the sequences carries. */
  readonly firstShare: number
  readonly warnings: readonly string[]
}

/**
 * What an SAE sees in the reference. `known`: its sums, where they were made with the reference's own run, which decides every activation;
 * null: it is run over the reference's residuals. Errors: SAE_BAD_FIT, RESIDUALS_ALIKE, ENGINE_FAILED.
 */
export async function seeReference(
  run: Run,
  { model, capture }: CapturedReference,
  readout: Readout,
  known: ByPosition<ReferenceMoments> | null = null,
): Promise<SeenReadout> {
  const { config, device } = run
  const { center } = readout
  const residuals = { store: storeOf(capture.chunked, readout.hook), center }
  const target = { store: storeOf(capture.chunked, hookName(readout.dictionary.predicts)), center }
  const watched = { name: 'reference', model, scale: 1 }
  const closeCalls = known === null ? await closeCallsAt(run, readout, watched, residuals) : null
  const moments = known ?? (await encodeReference(run, readout, residuals, closeCalls))
  const { counted, undecided } = await settled(readout, moments, closeCalls)
  const active = activeFeatures(counted, config.thresholds.active)
  // On the positions that count.
  const sample = fitRows(rowLayout(run.tokens, readout), readout.positions, FIT_ROWS)
  const places = { reads: residuals, predicts: target }
  const fit = readout.dictionary.rebuilds ? await measureFit(readout, places, sample, device) : null
  const report: ReadoutReport = {
    ...readoutReport(readout, counted),
    varianceUnexplained: fit?.unexplained ?? null,
    active: active.length,
    thresholds: { ...config.thresholds },
  }
  const misfit = fit === null ? null : misfitOf(readout, fit, report.l0, config.corpus.source)
  if (misfit !== null && !config.allowBadFit) throw misfit
  const firstShare = await firstPositionShare(residuals, sample, run.tokens.sequences.blockLength)
  const allowed =
    misfit === null ? [] : [`${readout.id}: ${misfit.message} Audited all the same, by --allow-bad-fit`]
  const claimed = claimWarnings(readout.dictionary.claims, {
    l0: report.l0,
    unexplained: report.varianceUnexplained,
    reference: config.reference,
    blockLength: config.corpus.blockLength,
    end: sliceOf(readout.positions).end ?? config.corpus.blockLength,
  })
  const loaded = [...claimed, ...scaleWarnings(fit)].map((said) => `${readout.id}: ${said}`)
  const warnings = [...undecided, ...allowed, ...silentWarnings(report), ...placeWarnings(report), ...loaded]
  return { readout, moments, counted, active, closeCalls, report, firstShare, warnings }
}

/** The sums over the positions that count, once close calls are in them: added up a second time only where something was decided. */
async function settled(
  readout: Readout,
  moments: ByPosition<ReferenceMoments>,
  closeCalls: CloseCalls | null,
): Promise<{ readonly counted: ReferenceMoments; readonly undecided: readonly string[] }> {
  const counted = (): ReferenceMoments => countedMoments(readout, moments, addReferenceMoments)
  if (closeCalls === null) return { counted: counted(), undecided: [] }
  const undecided = await closeCalls.settleReference({ moments, counted: counted() })
  return { counted: counted(), undecided }
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

/** An SAE whose input was scaled in training by a factor that its files do not say. */
function scaleWarnings(fit: MeasuredFit | null): readonly string[] {
  if (fit === null || fit.better === null) return []
  const { better } = fit
  const left = (part: number): string => `${(100 * part).toFixed(0)} %`
  return [
    `with its input times ${better.scale.toPrecision(2)} the SAE would leave ${left(better.unexplained)} of the variance unexplained, not ${left(fit.unexplained)}: a factor that it was trained with may be missing`,
  ]
}

/** Where nothing counts as active, fractions are 0 of 0: said, because a table cannot. */
function silentWarnings({ id, active, thresholds }: ReadoutReport): readonly string[] {
  if (active > 0) return []
  return [
    `${id}: no feature fires on more than ${100 * thresholds.active} % of the reference's tokens, so nothing can be said of survival; use more text, or check that this SAE was trained on this model`,
  ]
}

/** Trained SAEs leave 0.05 to 0.4 of the variance where they were trained. */
const MUCH_UNEXPLAINED = 0.5
const MANY_DEAD = 0.2

/** An SAE at another place than it was trained for: it may run, and says little. */
function placeWarnings({ id, varianceUnexplained, dead, width, tokens }: ReadoutReport): readonly string[] {
  const signs = [
    ...(varianceUnexplained !== null && varianceUnexplained > MUCH_UNEXPLAINED
      ? [`it leaves ${(100 * varianceUnexplained).toFixed(0)} % of the residual's variance unexplained`]
      : []),
    ...(dead / width > MANY_DEAD
      ? [
          `${dead} of its ${width} features (${((100 * dead) / width).toFixed(0)} %) fire nowhere in ${tokens} tokens`,
        ]
      : []),
  ]
  if (signs.length === 0) return []
  return [
    `${id}: the SAE may be at the wrong place, or of another model: ${signs.join(', and ')}; check its hook, --center and --positions`,
  ]
}

/** The sums over the positions that count at this read-out. */
export function countedMoments<T>(
  readout: Pick<Readout, 'positions'>,
  moments: ByPosition<T>,
  add: (a: T, b: T) => T,
): T {
  return readout.positions === 'all' ? add(moments.first, moments.rest) : moments.rest
}

function readoutReport(
  { id, hook, pattern, dictionary, center, positions }: Readout,
  counted: ReferenceMoments,
): Omit<ReadoutReport, 'varianceUnexplained' | 'active' | 'thresholds'> {
  return {
    id,
    sae: dictionary.spec,
    ...(pattern === null ? {} : { pattern }),
    hook,
    layer: dictionary.reads.layer,
    width: dictionary.d_sae,
    modelWidth: dictionary.d_in,
    architecture: dictionary.architecture,
    sha256: dictionary.sha256,
    center,
    positions,
    tokens: countedPositions(counted),
    l0: meanFiring(counted),
    dead: deadFeatures(counted),
    neuronpedia: dictionary.neuronpedia,
  }
}
