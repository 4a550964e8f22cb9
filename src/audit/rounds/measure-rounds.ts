/**
 * @file Candidates in rounds (plan-rounds.ts): capture each, then measure the round beside the reference. A user's ONNX model,
 * which yields logits instead of hidden states, goes alone.
 */

import type { AttributionReport } from '../../contract/report/compression/attribution-schema.ts'
import type { DiagnosisReport } from '../../contract/report/compression/diagnosis-schema.ts'
import type { StabilityRow } from '../../contract/report/stability-schema.ts'
import { present } from '../../numbers/present.ts'
import { attribute } from '../attribution/attribute.ts'
import { closeCapture, type ModelCapture } from '../capture/capture-model.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import {
  type LocatedByReadout,
  locateKnown,
  locateRound,
  withExplanations,
} from '../explain/explain-audit.ts'
import { type CandidateFeatures, candidateFeatures } from '../features/evidence/feature-evidence.ts'
import { roundKey } from '../kept/keys.ts'
import { roundMembers } from '../kept/members.ts'
import { type BesideSums, type KeptCandidate, keepRound, takeRound } from '../kept/rounds.ts'
import { measureUserModel } from '../losses/user-model.ts'
import type { TokenLosses } from '../losses/vocabulary-sums.ts'
import { addTally, emptyTally } from '../machine/stream-tally.ts'
import { planRounds, type Round } from '../plan-rounds.ts'
import type { Run } from '../run/run.ts'
import { stabilityOf } from '../stability/stability.ts'
import {
  type Candidate,
  type CompiledCandidate,
  type OnnxCandidate,
  unknownKind,
} from '../subjects/candidate.ts'
import { type BatchedPerplexity, batchedPerplexity } from '../sums/batch-means.ts'
import {
  type CandidateGroupSums,
  divergenceSums,
  type FeatureSums,
  lossSums,
  type ScoredLosses,
} from '../sums/group-sums.ts'
import { measuredOn } from '../sums/measured-on.ts'
import { samplingOfTokens } from '../text/dealing.ts'
import type { ScoredPlan } from '../text/tokens.ts'
import { askedOfFeatures } from './asked-of-features.ts'
import { keptParts, withParts } from './kept-parts.ts'
import { type MeasuredReference, measureFused } from './measure-fused.ts'
import { type MeasuredCandidate, measureStages, roundFeatures } from './measure-stages.ts'

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
  /** Null: not asked for. */
  readonly attribution: AttributionReport | null
}

/** With where the features fire that are to be explained. */
type LocatedResult = CandidateResult & { readonly located: LocatedByReadout }

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
  for (const round of await planRounds(run, reference.captured.model, compiled)) {
    const measured = await keptResults(run, reference, round.candidates, (own) =>
      measureRound(own, reference, round),
    )
    for (const result of measured) results.set(result.candidate, result)
  }
  for (const candidate of onnx) {
    const [result] = await keptResults(run, reference, [candidate], async (own) => [
      await measureUser(own, reference, candidate),
    ])
    results.set(candidate, present(result))
  }
  const { captured, readouts } = reference
  const inOrder = candidates.map((candidate) => present(results.get(candidate)))
  return await withExplanations(run, { model: captured.model, readouts }, inOrder)
}

/** Taken from the cache where they are there, else measured and kept. Errors: those of `measure`. */
async function keptResults(
  run: Run,
  reference: MeasuredReference,
  candidates: readonly Candidate[],
  measure: (run: Run) => Promise<readonly LocatedResult[]>,
): Promise<readonly LocatedResult[]> {
  const { kept, streamed: all } = run
  const { captured, readouts } = reference
  const members =
    kept === null
      ? null
      : await roundMembers(candidates, { model: captured.model, sha256: kept.by.reference })
  if (kept === null || members === null) return await measure(run)
  const key = roundKey(run, kept, members)
  const known = await takeRound(kept, key, candidates.length, all)
  if (known !== null) {
    kept.tell(`${key.kind}: not run, as measured before`)
    return known.map(({ sums, beside }, c) =>
      fromKept(run, reference, present(candidates[c]), { sums, beside }),
    )
  }
  const streamed = emptyTally()
  const results = await measure({ ...run, streamed })
  addTally(all, streamed)
  const made = members.map(({ name, sha256 }) => ({ name, made: sha256 }))
  const sums = {
    measured: measuredOn(
      run,
      readouts.map(({ readout }) => readout),
      made,
      kept.by,
    ),
    readouts: readouts.map((seen) => seen.sums),
    candidates: results.map((result) => result.sums),
  }
  await keepRound(kept, key, sums, { streamed, beside: results.map(besideOf) })
  return results
}

function besideOf({ features, located, ...result }: LocatedResult): BesideSums {
  const { batched, stability, diagnosis, attribution } = result
  return {
    ...{ batched, diagnosis, attribution, stability: [...stability] },
    located: located.map((of) => of.map((one) => ({ ...one, contexts: [...one.contexts] }))),
    features: features.map(keptParts),
  }
}

function fromKept(
  run: Run,
  reference: MeasuredReference,
  candidate: Candidate,
  { sums, beside: { features: more, ...beside } }: KeptCandidate,
): LocatedResult {
  const result = candidateResult(run, reference, candidate, sums)
  const features = result.features.map((one, r) => withParts(one, present(more[r])))
  return { ...result, ...beside, features }
}

async function measureRound(
  run: Run,
  reference: MeasuredReference,
  round: Round,
): Promise<readonly LocatedResult[]> {
  const measured = await (run.rounds.inOneGraph ? measureFused : measureStages)(run, reference, round)
  try {
    const results: CandidateResult[] = []
    for (const { candidate, capture, chunked, sliding, features } of measured) {
      const result = candidateResult(
        run,
        reference,
        candidate,
        sumsOf(run.tokens, { chunked, sliding }, features),
      )
      const stability = await stabilityBeside(run, reference, candidate.name, capture)
      const diagnosis = await diagnose(run, reference.captured, { candidate, capture, losses: chunked })
      const attribution = await attribute(run, { ...reference, candidate, sums: result.sums })
      const known = await askedOfFeatures(run, reference, { ...result, capture, chunked })
      const batched = batchedOf(run, chunked)
      results.push({ ...result, features: known, stability, batched, diagnosis, attribution })
    }
    return await located(run, reference, measured, results)
  } finally {
    for (const { capture } of measured) await closeCapture(capture)
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
    const scored = userLosses(run.tokens, { chunked, sliding })
    const measured = candidateResult(run, reference, candidate, sumsOf(run.tokens, scored, present(features)))
    const stability = await stabilityBeside(run, reference, candidate.name, capture)
    const diagnosis = await diagnose(run, reference.captured, { candidate, capture, losses: scored.chunked })
    const batched = batchedOf(run, scored.chunked)
    const known = await askedOfFeatures(run, reference, {
      ...measured,
      capture,
      chunked: scored.chunked,
    })
    const result = { ...measured, features: known, stability, batched, diagnosis, attribution: null }
    return present((await located(run, reference, [{ capture, highest: null }], [result]))[0])
  } finally {
    await closeCapture(capture)
  }
}

/** The results with where their worst features fire, while the captures are there. */
async function located(
  run: Run,
  { captured: { capture }, readouts }: MeasuredReference,
  measured: readonly Pick<MeasuredCandidate, 'capture' | 'highest'>[],
  results: readonly CandidateResult[],
): Promise<readonly LocatedResult[]> {
  const known = measured.flatMap(({ highest }, c) =>
    highest === null ? [] : [{ features: present(results[c]).features, highest }],
  )
  const candidates = results.map(({ features }, c) => ({ features, capture: present(measured[c]).capture }))
  const found =
    known.length === results.length
      ? locateKnown(run, readouts, known)
      : await locateRound(run, { capture, readouts }, candidates)
  return results.map((result, c) => ({ ...result, located: present(found[c]) }))
}

/** Of one candidate, which goes alone. */
export function userLosses(
  tokens: Run['tokens'],
  { chunked, sliding }: { readonly chunked: TokenLosses | null; readonly sliding: TokenLosses | null },
): { readonly chunked: ScoredLosses | null; readonly sliding: ScoredLosses | null } {
  const losses = (of: TokenLosses, { scored }: ScoredPlan): ScoredLosses => ({
    scored,
    reference: of.reference,
    referenceTop: of.referenceTop,
    candidate: present(of.candidates[0]),
  })
  return {
    chunked: chunked === null ? null : losses(chunked, tokens.chunked),
    sliding: sliding === null ? null : losses(sliding, present(tokens.sliding)),
  }
}

/** Losses per token become sums here: nothing after it sees a token. */
export function sumsOf(
  { kinds }: Run['tokens'],
  { chunked, sliding }: { readonly chunked: ScoredLosses | null; readonly sliding: ScoredLosses | null },
  readouts: readonly FeatureSums[],
): CandidateGroupSums {
  return {
    losses: chunked === null ? null : lossSums(chunked),
    divergence: chunked === null ? null : divergenceSums(chunked, kinds),
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
): Omit<CandidateResult, 'batched' | 'stability' | 'diagnosis' | 'attribution'> {
  const reading = { thresholds, confidence, sampling: samplingOfTokens(tokens) }
  const features = readouts.map((seen, r) =>
    candidateFeatures(seen, { candidate: candidate.name, ...present(sums.readouts[r]) }, reading),
  )
  return { candidate, sums, features }
}
