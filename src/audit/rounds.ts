/**
 * @file Candidates in rounds: capture each, then measure the round beside the reference. Candidates that share the
 * reference's unembedding go up to four to a round, because the reference's logits and activations are then computed
 * once for all of them; one with an unembedding of its own goes alone, because that matrix has to be in memory too, and
 * so does a user's ONNX model, which yields logits instead of hidden states.
 */
import type { AuditConfig } from '../contract/options/audit-config.ts'
import { HIDDEN } from '../models/body-graph.ts'
import type { HeadLayout } from '../models/head-graph.ts'
import type { Device } from '../onnx/sessions/session.ts'
import {
  type CapturedReference,
  captureModel,
  closeCapture,
  type ModelCapture,
  refereeOf,
  rowLayout,
  storeOf,
} from './capture/reference.ts'
import type { MemoryBudget, RowStore } from './capture/row-store.ts'
import { decideCandidate } from './close-calls/referee.ts'
import { stageCost } from './cost.ts'
import { type CandidateFeatures, candidateFeatures } from './features/feature-evidence.ts'
import { candidatePass } from './features/feature-pass.ts'
import { type CandidateLosses, type TokenLosses, tokenLosses } from './losses/token-losses.ts'
import type { Work } from './progress.ts'
import type { Candidate } from './subjects/candidates.ts'
import { loadUnembedding, sameUnembedding } from './subjects/model.ts'
import { measureUserModel } from './subjects/user-model.ts'
import type { ScoredRows } from './text/sequences.ts'
import type { AuditTokens, ScoredPlan } from './text/tokens.ts'

const MOST_PER_ROUND = 4

/** Losses of both models over the same scored tokens. */
export interface ScoredLosses {
  readonly scored: ScoredRows
  readonly reference: Float64Array
  readonly candidate: CandidateLosses
}

export interface CandidateResult {
  readonly candidate: Candidate
  readonly chunked: ScoredLosses
  readonly sliding: ScoredLosses | null
  /** In the order of the read-outs. */
  readonly features: readonly CandidateFeatures[]
}

/** What a round needs besides its candidates. */
export interface RoundContext {
  readonly config: AuditConfig
  readonly reference: CapturedReference
  readonly tokens: AuditTokens
  readonly device: Device
  readonly memory: MemoryBudget
  readonly work: Work
}

/** One candidate of a round, captured. */
interface Captured {
  readonly candidate: Candidate
  readonly capture: ModelCapture
}

interface Round {
  readonly candidates: readonly Candidate[]
  /** All of them have the reference's unembedding; else there is one candidate, with its own. */
  readonly isShared: boolean
}

/** Measure every candidate; results are in the order given. */
export async function measureRounds(
  context: RoundContext,
  candidates: readonly Candidate[],
): Promise<readonly CandidateResult[]> {
  const results = new Map<Candidate, CandidateResult>()
  const compiled = candidates.filter(({ onnx }) => onnx === null)
  for (const round of await planRounds(context, compiled)) {
    for (const result of await measureRound(context, round)) results.set(result.candidate, result)
  }
  for (const candidate of candidates) {
    if (candidate.onnx === null) continue
    results.set(candidate, await measureUser(context, candidate, candidate.onnx))
  }
  return candidates.flatMap((candidate) => results.get(candidate) ?? [])
}

async function planRounds(
  context: RoundContext,
  candidates: readonly Candidate[],
): Promise<readonly Round[]> {
  const sharing: Candidate[] = []
  const alone: Round[] = []
  for (const candidate of candidates) {
    if (await hasOwnUnembedding(context, candidate)) alone.push({ candidates: [candidate], isShared: false })
    else sharing.push(candidate)
  }
  const rounds: Round[] = []
  for (let start = 0; start < sharing.length; start += MOST_PER_ROUND) {
    rounds.push({ candidates: sharing.slice(start, start + MOST_PER_ROUND), isShared: true })
  }
  return [...rounds, ...alone]
}

/** Is its unembedding another than the reference's? Read here and again in its round: gigabytes are not kept for later. */
async function hasOwnUnembedding(context: RoundContext, candidate: Candidate): Promise<boolean> {
  if (candidate.checkpoint === null) return false
  const own = await loadUnembedding(candidate.model, context.device)
  return !sameUnembedding(own, context.reference.unembedding)
}

async function measureRound(context: RoundContext, round: Round): Promise<readonly CandidateResult[]> {
  const { reference, tokens, device, memory, work } = context
  const captured: Captured[] = []
  try {
    const readouts = reference.readouts.map(({ readout }) => readout)
    for (const candidate of round.candidates) {
      const capture = await captureModel(
        candidate.name,
        candidate.model,
        readouts,
        tokens,
        device,
        memory,
        work,
      )
      captured.push({ candidate, capture })
    }
    const chunked = await roundLosses(context, round, captured, 'chunked')
    const sliding = tokens.sliding === null ? null : await roundLosses(context, round, captured, 'sliding')
    const features = await roundFeatures(context, captured)
    return captured.map(({ candidate }, c) => ({
      candidate,
      chunked: present(chunked[c]),
      sliding: sliding === null ? null : present(sliding[c]),
      features: present(features[c]),
    }))
  } finally {
    for (const { capture } of captured) await closeCapture(capture)
  }
}

async function measureUser(
  context: RoundContext,
  candidate: Candidate,
  user: NonNullable<Candidate['onnx']>,
): Promise<CandidateResult> {
  const { tokens } = context
  const { stores, chunked, sliding } = await measureUserModel(candidate.name, user, context)
  const capture = { chunked: stores, sliding: null }
  try {
    const [features] = await roundFeatures(context, [{ candidate, capture }])
    const losses = (of: TokenLosses, { scored }: ScoredPlan): ScoredLosses => ({
      scored,
      reference: of.reference,
      candidate: present(of.candidates[0]),
    })
    return {
      candidate,
      chunked: losses(chunked, tokens.chunked),
      sliding: sliding === null ? null : losses(sliding, present(tokens.sliding)),
      features: present(features),
    }
  } finally {
    await closeCapture(capture)
  }
}

/** Losses of a whole round, one entry per candidate. */
async function roundLosses(
  context: RoundContext,
  round: Round,
  captured: readonly Captured[],
  protocol: 'chunked' | 'sliding',
): Promise<readonly ScoredLosses[]> {
  const { reference, tokens, device, work } = context
  const scoredPlan = protocol === 'chunked' ? tokens.chunked : present(tokens.sliding)
  const { scored } = scoredPlan
  const hidden = [reference.capture, ...captured.map(({ capture }) => capture)].map((capture) =>
    protocol === 'chunked' ? storeOf(capture.chunked, HIDDEN) : present(capture.sliding),
  )
  const cost = stageCost.head(reference.model.decoder, scored.rows.length, captured.length + 1)
  const onTokens = work.stage(`${namesOf(captured)}: ${protocol} losses`, cost, scored.rows.length)
  const losses = await tokenLosses(await layoutOf(context, round), hidden, scored, device, onTokens)
  return losses.candidates.map((candidate) => ({ scored, reference: losses.reference, candidate }))
}

async function layoutOf({ reference, device }: RoundContext, round: Round): Promise<HeadLayout> {
  const [first] = round.candidates
  if (round.isShared || first === undefined)
    return { unembeddings: [reference.unembedding], models: [0, ...round.candidates.map(() => 0)] }
  const own = await loadUnembedding(first.model, device)
  return { unembeddings: [reference.unembedding, own], models: [0, 1] }
}

/** Features of a whole round: per candidate, one entry per read-out. */
async function roundFeatures(
  context: RoundContext,
  captured: readonly Captured[],
): Promise<readonly (readonly CandidateFeatures[])[]> {
  const { config, reference, tokens, device, memory, work } = context
  const layout = rowLayout(tokens)
  const rows = layout.blockCount * layout.blockLength
  const byCandidate: CandidateFeatures[][] = captured.map(() => [])
  for (const { readout, features } of reference.readouts) {
    const residuals = (capture: ModelCapture): { store: RowStore; center: boolean } => ({
      store: storeOf(capture.chunked, readout.hook),
      center: readout.center,
    })
    const cost = stageCost.features(readout, rows, captured.length + 1, features.active.length)
    const passes = await candidatePass(
      readout.encoder,
      features.decided?.jumps ?? null,
      features.active,
      residuals(reference.capture),
      captured.map(({ capture }) => residuals(capture)),
      layout,
      device,
      work.stage(`${namesOf(captured)}: features at ${readout.id}`, cost, rows),
    )
    for (const [c, pass] of passes.entries()) {
      const { name, model, onnx } = present(captured[c]).candidate
      const referee = onnx === null ? refereeOf(name, model, tokens, device, memory, work) : null
      const { decided } = features
      const warnings = decided === null ? [] : await decideCandidate(decided, readout, pass, referee)
      byCandidate[c]?.push(candidateFeatures(name, readout, features, pass, config, warnings))
    }
  }
  return byCandidate
}

function namesOf(captured: readonly Captured[]): string {
  return captured.map(({ candidate }) => candidate.name).join(', ')
}

/** For values that are there by construction: parallel arrays, a protocol that was asked for. */
function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new RangeError('a result is missing')
  return value
}
