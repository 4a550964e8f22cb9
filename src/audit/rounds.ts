/**
 * @file Candidates in rounds (plan-rounds.ts): capture each, then measure the round beside the reference. A user's ONNX model,
 * which yields logits instead of hidden states, goes alone.
 */

import type { DiagnosisReport } from '../contract/report/compression/diagnosis-schema.ts'
import type { StabilityRow } from '../contract/report/stability-schema.ts'
import { HIDDEN } from '../models/graph/body.ts'
import { present } from '../numbers/present.ts'
import {
  type CapturedReference,
  captureModel,
  closeCapture,
  type ModelCapture,
  storeOf,
} from './capture/capture-model.ts'
import { openUnembedding } from './capture/unembedding.ts'
import { diagnose } from './diagnosis/diagnose.ts'
import { type LocatedByReadout, locateRound, withExplanations } from './explain/explain-audit.ts'
import { type CandidateFeatures, candidateFeatures } from './features/feature-evidence.ts'
import { candidatePass, featurePass } from './features/feature-pass.ts'
import type { SeenReadout } from './features/reference-features.ts'
import { FIT_ROWS, fitRows } from './features/sae-fit.ts'
import { isRescaled, scalingBetween } from './features/scaling.ts'
import { type StoredHead, tokenLosses } from './losses/token-losses.ts'
import { measureUserModel } from './losses/user-model.ts'
import type { TokenLosses } from './losses/vocabulary-sums.ts'
import { stageCost } from './machine/stage-cost.ts'
import { planRounds, type Round } from './plan-rounds.ts'
import type { Residuals } from './rows/residuals.ts'
import { rowLayout } from './rows/row-batches.ts'
import { type Run, wantsLosses } from './run/run.ts'
import { stabilityOf } from './stability/stability.ts'
import {
  type Candidate,
  type CompiledCandidate,
  type OnnxCandidate,
  unknownKind,
} from './subjects/candidate.ts'
import type { Model } from './subjects/model.ts'
import { type BatchedPerplexity, batchedPerplexity } from './sums/batch-means.ts'
import {
  type CandidateGroupSums,
  divergenceSums,
  type FeatureSums,
  lossSums,
  type Scaling,
  type ScoredLosses,
} from './sums/group-sums.ts'
import { samplingOfTokens } from './text/dealing.ts'
import type { ScoredPlan } from './text/tokens.ts'

export interface CandidateResult {
  readonly candidate: Candidate
  /** All that was measured of it. */
  readonly sums: CandidateGroupSums
  /** Made from the sums, in the order of the read-outs. */
  readonly features: readonly CandidateFeatures[]
  /** Null: not asked for, or no losses were measured. */
  readonly batched: BatchedPerplexity | null
  /** On parts of the text. */
  readonly stability: readonly StabilityRow[]
  /** Null: not asked for. */
  readonly diagnosis: DiagnosisReport | null
}

/** With where the features fire that are to be explained. */
type LocatedResult = CandidateResult & { readonly located: LocatedByReadout }

/** The reference, run, and what every SAE sees in it. */
export interface MeasuredReference {
  readonly captured: CapturedReference
  readonly readouts: readonly SeenReadout[]
}

/** One candidate of a round, captured. */
interface Captured {
  readonly candidate: Candidate
  readonly capture: ModelCapture
  /** Whose rows can be had again in float64; null: a graph of its own. */
  readonly model: Model | null
}

/** Measure every candidate; results are in the order given. */
export async function measureRounds(
  run: Run,
  reference: MeasuredReference,
  candidates: readonly Candidate[],
): Promise<readonly CandidateResult[]> {
  const compiled: CompiledCandidate[] = []
  const onnx: OnnxCandidate[] = []
  for (const candidate of candidates) {
    switch (candidate.kind) {
      case 'derived':
      case 'stored':
        compiled.push(candidate)
        break
      case 'onnx':
        onnx.push(candidate)
        break
      default:
        unknownKind(candidate)
    }
  }
  const results = new Map<Candidate, LocatedResult>()
  for (const round of await planRounds(run, reference.captured, compiled)) {
    for (const result of await measureRound(run, reference, round)) results.set(result.candidate, result)
  }
  for (const candidate of onnx) results.set(candidate, await measureUser(run, reference, candidate))
  const { captured, readouts } = reference
  const inOrder = candidates.map((candidate) => present(results.get(candidate)))
  return await withExplanations(run, { model: captured.model, readouts }, inOrder)
}

async function measureRound(
  run: Run,
  reference: MeasuredReference,
  round: Round,
): Promise<readonly LocatedResult[]> {
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
    const results: CandidateResult[] = []
    for (const [c, { candidate, capture }] of captured.entries()) {
      const losses = { chunked: chunked?.[c] ?? null, sliding: sliding?.[c] ?? null }
      const result = candidateResult(run, reference, candidate, sumsOf(losses, present(features[c])))
      const stability = await stabilityBeside(run, reference, candidate.name, capture)
      const diagnosis = await diagnose(run, reference.captured, {
        candidate,
        capture,
        losses: losses.chunked,
      })
      results.push({ ...result, stability, batched: batchedOf(run, losses.chunked), diagnosis })
    }
    return await located(run, reference, captured, results)
  } finally {
    for (const { capture } of captured) await closeCapture(capture)
  }
}

async function measureUser(
  run: Run,
  reference: MeasuredReference,
  candidate: OnnxCandidate,
): Promise<LocatedResult> {
  const { stores, chunked, sliding } = await measureUserModel(run, reference.captured, candidate)
  const capture = { chunked: stores, sliding: null }
  try {
    const [features] = await roundFeatures(run, reference, [{ candidate, capture, model: null }])
    const losses = (of: TokenLosses, { scored }: ScoredPlan): ScoredLosses => ({
      scored,
      reference: of.reference,
      referenceTop: of.referenceTop,
      candidate: present(of.candidates[0]),
    })
    const scored = {
      chunked: chunked === null ? null : losses(chunked, run.tokens.chunked),
      sliding: sliding === null ? null : losses(sliding, present(run.tokens.sliding)),
    }
    const measured = candidateResult(run, reference, candidate, sumsOf(scored, present(features)))
    const stability = await stabilityBeside(run, reference, candidate.name, capture)
    const diagnosis = await diagnose(run, reference.captured, { candidate, capture, losses: scored.chunked })
    const result = { ...measured, stability, batched: batchedOf(run, scored.chunked), diagnosis }
    return present((await located(run, reference, [{ candidate, capture, model: null }], [result]))[0])
  } finally {
    await closeCapture(capture)
  }
}

/** The results with where their worst features fire, while the captures are there. */
async function located(
  run: Run,
  { captured: { capture }, readouts }: MeasuredReference,
  captured: readonly Captured[],
  results: readonly CandidateResult[],
): Promise<readonly LocatedResult[]> {
  const candidates = results.map(({ features }, c) => ({ features, capture: present(captured[c]).capture }))
  const found = await locateRound(run, { capture, readouts }, candidates)
  return results.map((result, c) => ({ ...result, located: present(found[c]) }))
}

/** Losses per token become sums here: nothing after it sees a token. */
function sumsOf(
  { chunked, sliding }: { readonly chunked: ScoredLosses | null; readonly sliding: ScoredLosses | null },
  readouts: readonly FeatureSums[],
): CandidateGroupSums {
  return {
    losses: chunked === null ? null : lossSums(chunked),
    divergence: chunked === null ? null : divergenceSums(chunked),
    sliding: sliding === null ? null : lossSums(sliding),
    readouts,
  }
}

const stabilityBeside = (
  run: Run,
  { captured }: MeasuredReference,
  name: string,
  candidate: ModelCapture,
): Promise<readonly StabilityRow[]> => stabilityOf(run, { name, reference: captured.capture, candidate })

/** Losses are apart here for the last time. */
function batchedOf({ config, tokens }: Run, chunked: ScoredLosses | null): BatchedPerplexity | null {
  if (config.batchSequences === undefined || chunked === null) return null
  return batchedPerplexity(chunked, tokens.sequences.blockLength, config.batchSequences)
}

/** What is said of a candidate, from its sums and the reference's alone. */
function candidateResult(
  { config: { thresholds, confidence }, tokens }: Run,
  { readouts }: MeasuredReference,
  candidate: Candidate,
  sums: CandidateGroupSums,
): Omit<CandidateResult, 'batched' | 'stability' | 'diagnosis'> {
  const reading = { thresholds, confidence, sampling: samplingOfTokens(tokens) }
  const features = readouts.map((seen, r) =>
    candidateFeatures(seen, { candidate: candidate.name, ...present(sums.readouts[r]) }, reading),
  )
  return { candidate, sums, features }
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

async function headOf(
  { model }: CapturedReference,
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
async function roundFeatures(
  run: Run,
  reference: MeasuredReference,
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
  seen: SeenReadout,
  captured: readonly Captured[],
): Promise<readonly FeatureSums[]> {
  const { readout, active, closeCalls } = seen
  const residuals = ({ chunked }: ModelCapture): Residuals => ({
    store: storeOf(chunked, readout.hook),
    center: readout.center,
  })
  const own = residuals(reference.capture)
  const sample = fitRows(rowLayout(run.tokens, readout), readout.positions, FIT_ROWS)
  const scalings: Scaling[] = []
  for (const { capture } of captured) scalings.push(await scalingBetween(own, residuals(capture), sample))
  const scales = scalings.map((found) => (run.config.rescale && isRescaled(found) ? 1 / found.factor : 1))
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
    const warnings = watch === null ? [] : await closeCalls?.settleCandidate(watch, sums)
    features.push({ ...pass, scaling: present(scalings[index]), warnings: warnings ?? [] })
  }
  return features
}

function namesOf(captured: readonly Captured[]): string {
  return captured.map(({ candidate }) => candidate.name).join(', ')
}
