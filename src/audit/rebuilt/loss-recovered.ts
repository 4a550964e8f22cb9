/**
 * @file How much of its loss each model recovers that goes on with what an SAE rebuilds, at every read-out: the blocks behind the hook
 * are run with the reconstruction, with zeros and with the mean in place of the value, and their losses are set beside those of the
 * model as it is (statistics/loss-recovered.ts).
 */
import { hookName } from '../../contract/hook-point.ts'
import { countedMask } from '../../contract/options/positions.ts'
import type { LossRecoveredReport } from '../../contract/report/causal/recovered-schema.ts'
import {
  nothingRebuilt,
  recoveredHook,
  recoveredLosses,
  recoveredOnnx,
  recoveredTurned,
} from '../../errors/rebuilt.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import { present } from '../../numbers/present.ts'
import { type RecoveredGroups, summarizeRecovered } from '../../statistics/loss-recovered.ts'
import { closeStores } from '../capture/boundary.ts'
import type { CaptureStores } from '../capture/capture.ts'
import { type CapturedReference, type ModelCapture, storeOf } from '../capture/capture-model.ts'
import { createRowStore } from '../capture/row-store.ts'
import { openUnembedding } from '../capture/unembedding.ts'
import type { CandidateFeatures } from '../features/evidence/feature-evidence.ts'
import { fitSample } from '../features/fit-sample.ts'
import { rebuiltRows } from '../features/rebuilt-rows.ts'
import { isRescaled, scalingBetween } from '../features/scaling.ts'
import { tokenLosses } from '../losses/token-losses.ts'
import type { TokenLosses } from '../losses/vocabulary-sums.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import type { Candidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'
import { sumByGroup } from '../sums/group-sums.ts'
import { scalingOf } from '../sums/residual-sums.ts'
import { samplingOfTokens } from '../text/dealing.ts'
import { type ReplacedPlace, writeMean, writeRebuilt, writeZeros } from './replaced-rows.ts'
import { firstReplaced, replacedSuffix, whyNotReplaced } from './replaced-suffix.ts'

/** In this order they are put in the value's place. */
const REPLACEMENTS = ['zero', 'mean', 'sae'] as const

/** What can be known before anything is run. Errors: RECOVERED_HOOK, NOTHING_REBUILT, RECOVERED_LOSSES, RECOVERED_ONNX, RECOVERED_TURNED. */
export function requireRecovered(
  { config, readouts }: Pick<Run, 'config' | 'readouts'>,
  candidates: readonly Candidate[],
): void {
  if (config.lossRecovered !== true) return
  if (!config.perplexity.chunked) throw recoveredLosses()
  for (const candidate of candidates) {
    if (candidate.kind === 'onnx') throw recoveredOnnx(candidate.name)
    if (candidate.model.basis !== null) throw recoveredTurned(candidate.name)
  }
  for (const { dictionary } of readouts) {
    if (!dictionary.rebuilds) throw nothingRebuilt(dictionary.spec, '--loss-recovered')
    const why = whyNotReplaced(dictionary.predicts)
    if (why !== null) throw recoveredHook(hookName(dictionary.predicts), why)
  }
}

/** Operations of one model at all read-outs: what is rebuilt, what is run on, and its losses. */
export function recoveredCost(
  decoder: Decoder,
  readouts: readonly Pick<Readout, 'dictionary'>[],
  text: { readonly rows: number; readonly scored: number; readonly longest: number },
): number {
  return readouts.reduce((sum, { dictionary }) => sum + costAt(decoder, dictionary, text), 0)
}

function costAt(
  decoder: Decoder,
  { d_in, d_sae, b_dec, predicts }: Readout['dictionary'],
  { rows, scored, longest }: { readonly rows: number; readonly scored: number; readonly longest: number },
): number {
  const before = stageCost.body(decoder, rows, longest, firstReplaced(predicts))
  const suffix = stageCost.body(decoder, rows, longest) - before
  const isInside = predicts.name !== 'hook_resid_pre' && predicts.name !== 'hook_resid_post'
  return (
    stageCost.features(d_in + b_dec.length, d_sae, rows, 1) +
    REPLACEMENTS.length * suffix +
    (isInside ? before : 0) +
    stageCost.head(decoder, scored, 1 + REPLACEMENTS.length)
  )
}

/** Bytes of rows that are there at once while a model is run on: what stands at the hook, and final hidden rows of each. */
export function replacedBytes(
  { spec: { d_model } }: Decoder,
  readouts: readonly Pick<Readout, 'dictionary'>[],
  rows: number,
): number {
  const width = Math.max(0, ...readouts.map(({ dictionary }) => dictionary.b_dec.length))
  return 4 * rows * (2 * width + d_model * (1 + REPLACEMENTS.length))
}

/** The reference at every read-out; nothing where it was not asked for. Errors: those of running a model. */
export async function referenceRecovered(
  run: Run,
  { model, capture }: CapturedReference,
): Promise<readonly RecoveredGroups[]> {
  const found: RecoveredGroups[] = []
  if (run.config.lossRecovered !== true) return found
  for (const readout of run.readouts)
    found.push(await recoveredAt(run, readout, { name: 'reference', model, capture, scales: ONCE }))
  return found
}

/** A candidate, run. */
export interface RecoveredCandidate {
  readonly name: string
  readonly model: Model
  readonly capture: ModelCapture
  /** In the order of the read-outs. */
  readonly features: readonly Pick<CandidateFeatures, 'scaling'>[]
}

/** A candidate beside the reference's groups, in the order of the read-outs; nothing where it was not asked for. Errors: those of running a model. */
export async function candidateRecovered(
  run: Run,
  reference: CapturedReference,
  known: readonly RecoveredGroups[],
  { name, model, capture, features }: RecoveredCandidate,
): Promise<readonly LossRecoveredReport[]> {
  const found: LossRecoveredReport[] = []
  for (const [r, groups] of known.entries()) {
    const readout = present(run.readouts[r])
    const { scaling } = present(features[r])
    const reads = run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1
    const predicts = await predictedScale(run, readout, { reference: reference.capture, capture, reads })
    const of = { name, model, capture, scales: { reads, predicts } }
    const pair = { reference: groups, candidate: await recoveredAt(run, readout, of) }
    const { scored } = run.tokens.chunked
    found.push({
      replaced: hookName(readout.dictionary.predicts),
      tokens: sumByGroup(scored, () => 1),
      figures: summarizeRecovered(pair, samplingOfTokens(run.tokens), run.config.confidence),
      groups: { reference: writable(groups), candidate: writable(pair.candidate) },
    })
  }
  return found
}

/** A transcoder predicts another place, which may be larger or smaller by another factor. */
async function predictedScale(
  run: Run,
  readout: Readout,
  {
    reference,
    capture,
    reads,
  }: { readonly reference: ModelCapture; readonly capture: ModelCapture; readonly reads: number },
): Promise<number> {
  const hook = hookName(readout.dictionary.predicts)
  if (hook === readout.hook || !run.config.rescale) return reads
  const at = ({ chunked }: ModelCapture): Residuals => ({
    store: storeOf(chunked, hook),
    center: readout.center,
  })
  const { all } = fitSample(run.tokens, readout)
  const scaling = scalingOf(await scalingBetween(at(reference), at(capture), all))
  return isRescaled(scaling) ? 1 / scaling.factor : 1
}

/** Lists that a report may own. */
function writable(groups: RecoveredGroups): LossRecoveredReport['groups']['reference'] {
  const { cleanLoss, saeLoss, zeroLoss, meanLoss, saeKl, zeroKl, meanKl } = groups
  return {
    cleanLoss: [...cleanLoss],
    saeLoss: [...saeLoss],
    zeroLoss: [...zeroLoss],
    meanLoss: [...meanLoss],
    saeKl: [...saeKl],
    zeroKl: [...zeroKl],
    meanKl: [...meanKl],
  }
}

/** What a model's rows are multiplied by before they are encoded, and what it predicts before it is compared. */
interface Scales {
  readonly reads: number
  readonly predicts: number
}

const ONCE: Scales = { reads: 1, predicts: 1 }

interface RecoveredModel {
  readonly name: string
  readonly model: Model
  readonly capture: ModelCapture
  readonly scales: Scales
}

async function recoveredAt(
  run: Run,
  readout: Readout,
  { name, model, capture, scales }: RecoveredModel,
): Promise<RecoveredGroups> {
  const { tokens } = run
  const { rows } = tokens.chunked.plan
  const { scored } = tokens.chunked
  const text = { rows, scored: scored.rows.length, longest: tokens.longest }
  const steps = 2 + REPLACEMENTS.length
  const cost = costAt(model.decoder, readout.dictionary, text)
  const onTokens = run.work.stage(`${name}: loss recovered at ${readout.id}`, cost, steps * rows)
  const { center, dictionary } = readout
  const at = (hook: string, scale: number): Residuals => ({
    store: storeOf(capture.chunked, hook),
    center,
    scale,
  })
  const place: ReplacedPlace = {
    value: at(hookName(dictionary.predicts), scales.predicts),
    counted: countedMask(readout.positions, tokens.sequences.blockLength),
  }
  const reads = at(readout.hook, scales.reads)
  const replaced = await replacedHidden(run, readout, { model, place, reads }, onTokens)
  try {
    const hidden = [storeOf(capture.chunked, HIDDEN), ...replaced.map((stores) => storeOf(stores, HIDDEN))]
    const head = { unembeddings: [await openUnembedding(model, run.device)], models: hidden.map(() => 0) }
    const models = { head, hidden, rangeBytes: run.headBytes }
    const losses = await tokenLosses(models, scored, run.device, (done) =>
      onTokens((steps - 1) * rows + done),
    )
    return groupsOf(losses, scored)
  } finally {
    for (const stores of replaced) await closeStores(stores)
  }
}

/** Where a model's value is replaced, and what the SAE reads of it. */
interface ReplacedModel {
  readonly model: Model
  readonly place: ReplacedPlace
  readonly reads: Residuals
}

/** Final hidden rows with each of REPLACEMENTS in place. */
async function replacedHidden(
  run: Run,
  readout: Readout,
  { model, place, reads }: ReplacedModel,
  onTokens: (done: number) => void,
): Promise<readonly CaptureStores[]> {
  const { device, memory } = run
  const { store } = place.value
  const opened: { close(): Promise<void> }[] = []
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.push(one)
    return one
  }
  const found: CaptureStores[] = []
  try {
    const rebuilt = keep(await rebuiltRows(readout, reads, { device, memory, onRows: onTokens }))
    const rows = keep(await createRowStore(store.rows, store.width, memory))
    const suffix = keep(await replacedSuffix(run, model, readout.dictionary.predicts))
    for (const [i, replacement] of REPLACEMENTS.entries()) {
      if (replacement === 'zero') await writeZeros(place, rows)
      else if (replacement === 'mean') await writeMean(place, rows)
      else await writeRebuilt(place, rebuilt, rows)
      found.push(await suffix.run(rows))
      onTokens((i + 2) * store.rows)
    }
    return found
  } catch (error) {
    for (const stores of found) await closeStores(stores)
    throw error
  } finally {
    for (const one of opened) await one.close()
  }
}

function groupsOf(losses: TokenLosses, scored: Run['tokens']['chunked']['scored']): RecoveredGroups {
  const sums = (values: Float64Array): number[] => sumByGroup(scored, (i) => present(values[i]))
  const of = (replacement: (typeof REPLACEMENTS)[number]) =>
    present(losses.candidates[REPLACEMENTS.indexOf(replacement)])
  const [zero, mean, sae] = [of('zero'), of('mean'), of('sae')]
  return {
    cleanLoss: sums(losses.reference),
    saeLoss: sums(sae.loss),
    zeroLoss: sums(zero.loss),
    meanLoss: sums(mean.loss),
    saeKl: sums(sae.kl),
    zeroKl: sums(zero.kl),
    meanKl: sums(mean.kl),
  }
}
