/**
 * @file A round stage by stage: each model is captured, then losses and features are measured beside the reference's, over rows that wait in
 * stores.
 */
import { HIDDEN } from '../../models/graph/body.ts'
import { present } from '../../numbers/present.ts'
import {
  type CapturedReference,
  captureModel,
  closeCapture,
  type ModelCapture,
  storeOf,
} from '../capture/capture-model.ts'
import { openUnembedding } from '../capture/unembedding.ts'
import { candidatePass, featurePass } from '../features/feature-pass.ts'
import { fitSample } from '../features/fit-sample.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { isRescaled, scalingBetween } from '../features/scaling.ts'
import type { HighestRow } from '../fused/highest-rows.ts'
import { type StoredHead, tokenLosses } from '../losses/token-losses.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Round } from '../plan-rounds.ts'
import type { Residuals } from '../rows/residuals.ts'
import { type Run, wantsLosses } from '../run/run.ts'
import type { Candidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'
import type { FeatureSums, ScoredLosses } from '../sums/group-sums.ts'
import { type ScalingGroups, scalingOf } from '../sums/residual-sums.ts'

/** A read-out, and on which of its features candidates are summed. */
export interface StagedReadout extends Pick<SeenReadout, 'readout' | 'active' | 'closeCalls'> {
  /** Close calls are written down, and stay out of the sums. Absent: they are decided. */
  readonly records?: boolean
}

/** The reference, captured, and what every SAE sees in it. */
interface StagedReference {
  readonly captured: CapturedReference
  readonly readouts: readonly StagedReadout[]
}

/** One candidate of a round, captured. */
export interface Captured {
  readonly candidate: Candidate
  readonly capture: ModelCapture
  /** Whose rows can be had again in float64; null: a graph of its own. */
  readonly model: Model | null
}

/** What one candidate of a round came to. The capture is its caller's to close. */
export interface MeasuredCandidate extends Captured {
  /** Null: not asked for. */
  readonly chunked: ScoredLosses | null
  readonly sliding: ScoredLosses | null
  /** One entry per read-out. */
  readonly features: readonly FeatureSums[]
  /** Where a feature of a read-out fires most; null: it has to be looked up in the capture. */
  readonly highest: ((readout: number, feature: number) => readonly HighestRow[]) | null
}

/** Capture the candidates of a round and measure them. Errors: those of running a model. */
export async function measureStages(
  run: Run,
  reference: StagedReference,
  round: Round,
): Promise<readonly MeasuredCandidate[]> {
  const captured: Captured[] = []
  try {
    for (const candidate of round.candidates) {
      const { name, model } = candidate
      captured.push({ candidate, model, capture: await captureModel(run, name, model) })
    }
    const lossesOver = async (protocol: 'chunked' | 'sliding') =>
      await roundLosses(run, reference.captured, { ...round, captured }, protocol)
    const chunked = wantsLosses(run.config) ? await lossesOver('chunked') : null
    const sliding = run.tokens.sliding === null ? null : await lossesOver('sliding')
    const features = await roundFeatures(run, reference, captured)
    return captured.map((one, c) => ({
      ...one,
      chunked: chunked?.[c] ?? null,
      sliding: sliding?.[c] ?? null,
      features: present(features[c]),
      highest: null,
    }))
  } catch (error) {
    for (const { capture } of captured) await closeCapture(capture)
    throw error
  }
}

interface CapturedRound extends Round {
  readonly captured: readonly Captured[]
}

/** Losses of a whole round, one entry per candidate. */
async function roundLosses(
  { tokens, device, work, headBytes }: Run,
  reference: CapturedReference,
  round: CapturedRound,
  protocol: 'chunked' | 'sliding',
): Promise<readonly ScoredLosses[]> {
  const { captured } = round
  const { scored } = protocol === 'chunked' ? tokens.chunked : present(tokens.sliding)
  const hidden = [reference.capture, ...captured.map(({ capture }) => capture)].map((capture) =>
    protocol === 'chunked' ? storeOf(capture.chunked, HIDDEN) : present(capture.sliding),
  )
  const cost = stageCost.head(reference.model.decoder, scored.rows.length, captured.length + 1)
  const onTokens = work.stage(`${namesOf(captured)}: ${protocol} losses`, cost, scored.rows.length)
  const head = await headOf(reference, round, device)
  const losses = await tokenLosses({ head, hidden, rangeBytes: headBytes }, scored, device, onTokens)
  const { reference: own, referenceTop } = losses
  return losses.candidates.map((candidate) => ({ scored, reference: own, referenceTop, candidate }))
}

/** Unembeddings of a round. */
export async function headOf(
  { model }: Pick<CapturedReference, 'model'>,
  { candidates, isShared }: Round,
  device: Run['device'],
): Promise<StoredHead> {
  const unembedding = await openUnembedding(model, device)
  const [first] = candidates
  if (isShared || first === undefined) {
    return { unembeddings: [unembedding], models: [0, ...candidates.map(() => 0)] }
  }
  return { unembeddings: [unembedding, await openUnembedding(first.model, device)], models: [0, 1] }
}

/** Features of a whole round: per candidate, one entry per read-out. */
export async function roundFeatures(
  run: Run,
  reference: StagedReference,
  captured: readonly Captured[],
): Promise<readonly (readonly FeatureSums[])[]> {
  const byCandidate: FeatureSums[][] = captured.map(() => [])
  for (const seen of reference.readouts) {
    const features = await featuresAt(run, reference.captured, seen, captured)
    for (const [c, of] of byCandidate.entries()) of.push(present(features[c]))
  }
  return byCandidate
}

/** Features of a whole round at one read-out, one entry per candidate. */
async function featuresAt(
  run: Run,
  reference: CapturedReference,
  seen: StagedReadout,
  captured: readonly Captured[],
): Promise<readonly FeatureSums[]> {
  const { readout, active, closeCalls, records = false } = seen
  const residuals = ({ chunked }: ModelCapture): Residuals => ({
    store: storeOf(chunked, readout.hook),
    center: readout.center,
  })
  const own = residuals(reference.capture)
  const { all: sample } = fitSample(run.tokens, readout)
  const scalings: ScalingGroups[] = []
  for (const { capture } of captured) scalings.push(await scalingBetween(own, residuals(capture), sample))
  const scales = scalings.map((found) => {
    const scaling = scalingOf(found)
    return run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1
  })
  const models = {
    reference: own,
    candidates: captured.map(({ capture }, c) => ({ ...residuals(capture), scale: present(scales[c]) })),
  }
  const { rows } = models.reference.store
  const cost = stageCost.features(readout.dictionary.d_in, active.length, rows, captured.length + 1)
  const onTokens = run.work.stage(`${namesOf(captured)}: features at ${readout.id}`, cost, rows)
  const watch = closeCalls?.candidates() ?? null
  const passes = await candidatePass(featurePass(run, readout, onTokens), active, models, watch)
  const features: FeatureSums[] = []
  for (const [index, { candidate, model }] of captured.entries()) {
    const { name } = candidate
    const pass = present(passes[index])
    const scale = present(scales[index])
    const sums = { index, name, model, scale, moments: pass.moments }
    const of = { ...pass, scaling: present(scalings[index]), calls: null, warnings: [] }
    if (watch === null || closeCalls === null) features.push(of)
    else if (records) features.push({ ...of, calls: await closeCalls.recordCandidate(watch, index, sums) })
    else features.push({ ...of, warnings: await closeCalls.settleCandidate(watch, sums) })
  }
  return features
}

function namesOf(captured: readonly Captured[]): string {
  return captured.map(({ candidate }) => candidate.name).join(', ')
}
