/** @file Read-outs: one SAE at one hook, checked against the reference and seen by it. */

import { hookName } from '../../contract/hook-point.ts'
import type { AuditConfig, FeatureThresholds, SaeConfig } from '../../contract/options/audit-config.ts'
import type { ReadoutReport } from '../../contract/report/report-schema.ts'
import { badFit, residualsAlike } from '../../errors/audit.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { checkDictionary } from '../../sae/check.ts'
import { type Dictionary, decoderNorms, encoderBias } from '../../sae/dictionary.ts'
import { openSae } from '../../sae/open.ts'
import {
  activeFeatures,
  addReferenceMoments,
  countedPositions,
  deadFeatures,
  meanFiring,
  type ReferenceMoments,
} from '../../statistics/feature-moments.ts'
import { type JumpEncoder, jumpEncoder } from '../close-calls/jumps.ts'
import {
  type DecidedReference,
  decideReference,
  measureFloat32,
  type Referee,
} from '../close-calls/referee.ts'
import type { OpenSource } from '../subjects/open-source.ts'
import type { Encoder } from './feature-graph.ts'
import { referencePass } from './feature-pass.ts'
import type { Residuals } from './residuals.ts'
import type { ByPosition, RowLayout } from './row-batches.ts'
import { type Fit, fitRows, measureFit } from './sae-fit.ts'

/** Rows on which the SAE’s fit is measured: 4,096 give the unexplained variance to about 2 % of itself. */
export const FIT_ROWS = 4096
/** A dictionary that leaves this much unexplained is the wrong one: trained SAEs leave 0.05 to 0.4. */
const WORST_FIT = 0.9
/** A variance of less than this part of the mean square is the rounding of residuals that are all the same. */
const LEAST_SPREAD = 1e-6

/** An SAE bound to a place in the reference. */
export interface Readout {
  readonly id: string
  readonly hook: string
  readonly dictionary: Dictionary
  readonly encoder: Encoder
  /** Null: its activations do not jump. */
  readonly jumps: JumpEncoder | null
  /** Only LayerNorm models are centred by TransformerLens: for others the SAE's own word is not enough, the user's is. */
  readonly center: boolean
  readonly positions: 'all' | 'skip-first'
  /** ‖W_dec row‖ (d_sae) */
  readonly decoderNorms: Float64Array
  close(): Promise<void>
}

/** What the reference does at a read-out. */
export interface ReferenceFeatures {
  readonly moments: ByPosition<ReferenceMoments>
  /** The sums over the positions that count. */
  readonly counted: ReferenceMoments
  /** Active feature ids, ascending. */
  readonly active: Int32Array
  /** Null: nothing jumps, or float32 decides. */
  readonly decided: DecidedReference | null
  readonly report: ReadoutReport
}

/** Open the SAEs and check hook and width against the reference. Errors: the SAE's own. */
export async function openReadouts(
  config: AuditConfig,
  decoder: Decoder,
  open: OpenSource,
): Promise<readonly Readout[]> {
  const readouts: Readout[] = []
  const taken = new Set<string>()
  for (const sae of config.saes) readouts.push(await openReadout(sae, config, decoder, taken, open))
  return readouts
}

async function openReadout(
  sae: SaeConfig,
  config: AuditConfig,
  decoder: Decoder,
  taken: Set<string>,
  open: OpenSource,
): Promise<Readout> {
  const files = await open(sae.source)
  const dictionary = await openSae(sae, files)
  checkDictionary(dictionary, decoder.spec)
  const hook = hookName(dictionary.hook)
  let id = hook
  for (let n = 2; taken.has(id); n++) id = `${hook}#${n}`
  taken.add(id)
  return {
    id,
    hook,
    dictionary,
    encoder: {
      d_in: dictionary.d_in,
      W_enc: dictionary.encoder.W_enc,
      bias: encoderBias(dictionary),
      threshold: dictionary.encoder.threshold,
    },
    jumps: jumpEncoder(dictionary),
    center: dictionary.center && (sae.center === true || decoder.spec.norm.kind === 'layer'),
    positions: config.positions === 'auto' ? dictionary.positions : config.positions,
    decoderNorms: await decoderNorms(dictionary),
    close: () => files.close(),
  }
}

/**
 * Run the SAE over the reference's residuals: what fires, how often, and whether the dictionary fits at all. `referee` null:
 * float32 decides what is too close to a threshold.
 */
export async function seeReference(
  readout: Readout,
  residuals: Residuals,
  layout: RowLayout,
  config: Pick<AuditConfig, 'thresholds' | 'allowBadFit' | 'corpus'>,
  device: Device,
  onTokens: (done: number) => void,
  referee: Referee | null,
): Promise<ReferenceFeatures> {
  const { encoder } = readout
  const jumps =
    referee === null || readout.jumps === null
      ? null
      : await measureFloat32(readout.jumps, readout, residuals, referee)
  const pass = await referencePass(encoder, jumps, residuals, layout, device, onTokens)
  const { moments } = pass
  const sure = countedMoments(readout, moments, addReferenceMoments)
  const decided =
    jumps === null || referee === null
      ? null
      : await decideReference(jumps, readout, pass, sure, config.thresholds.active, referee)
  const counted = countedMoments(readout, moments, addReferenceMoments)
  const active = activeFeatures(counted, config.thresholds.active)
  const fit = await fitOf(readout, residuals, layout, device)
  const report = readoutReport(readout, counted, active, config.thresholds, fit.unexplained)
  if (!config.allowBadFit) requireFit(readout, fit, report.l0, config.corpus.source)
  return { moments, counted, active, decided, report }
}

/** Throws SAE_BAD_FIT, and RESIDUALS_ALIKE where it is the text's fault and not the SAE's. */
export function requireFit(
  { dictionary, hook }: { readonly dictionary: Pick<Dictionary, 'spec'>; readonly hook: string },
  { unexplained, spread }: Fit,
  l0: number,
  corpus: string,
): void {
  // Where all rows are alike, rounding can even make the variance negative.
  if (unexplained >= 0 && unexplained <= WORST_FIT) return
  if (!(spread >= LEAST_SPREAD)) throw residualsAlike(corpus, hook)
  throw badFit(dictionary.spec, hook, `${(100 * unexplained).toFixed(0)} %`, l0.toFixed(1))
}

/** Where nothing counts as active, fractions are 0 of 0: said, because a table cannot. */
export function silentWarnings({ id, active, thresholds }: ReadoutReport): readonly string[] {
  if (active > 0) return []
  return [
    `${id}: no feature fires on more than ${100 * thresholds.active} % of the reference's tokens, so nothing can be said of survival; use more text, or check that this SAE was trained on this model`,
  ]
}

/** On the positions that count at this read-out. */
async function fitOf(
  readout: Readout,
  residuals: Residuals,
  layout: RowLayout,
  device: Device,
): Promise<Fit> {
  const rows = fitRows(layout, readout.positions, FIT_ROWS)
  const decoder = { W_dec: await readout.dictionary.W_dec(), b_dec: readout.dictionary.b_dec }
  return await measureFit(readout.encoder, decoder, residuals, rows, device)
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
  readout: Readout,
  counted: ReferenceMoments,
  active: Int32Array,
  thresholds: FeatureThresholds,
  fvu: number,
): ReadoutReport {
  const { dictionary } = readout
  return {
    id: readout.id,
    sae: dictionary.spec,
    hook: readout.hook,
    layer: dictionary.hook.layer,
    width: dictionary.d_sae,
    modelWidth: dictionary.d_in,
    architecture: dictionary.architecture,
    sha256: dictionary.sha256,
    center: readout.center,
    positions: readout.positions,
    tokens: countedPositions(counted),
    l0: meanFiring(counted),
    varianceUnexplained: fvu,
    dead: deadFeatures(counted),
    active: active.length,
    thresholds: { ...thresholds },
    neuronpedia: dictionary.neuronpedia,
  }
}
