/** @file What is asked of features beyond the sums of a round, while the candidate's capture is there: each where it was asked for. */
import { candidateSurvivalByKind } from '../by-kind/survival-by-kind.ts'
import type { ModelCapture } from '../capture/capture-model.ts'
import { causalChecks } from '../causal/causal.ts'
import type { CandidateFeatures } from '../features/evidence/feature-evidence.ts'
import { candidateNewFeatures } from '../features/new-features.ts'
import { candidateMonitors } from '../monitors/monitors.ts'
import { candidateLatents, withLatents } from '../rebuilt/latent-scaling.ts'
import { candidateRecovered } from '../rebuilt/loss-recovered.ts'
import type { Run } from '../run/run.ts'
import type { Candidate } from '../subjects/candidate.ts'
import type { ScoredLosses } from '../sums/group-sums.ts'
import type { MeasuredReference } from './measure-fused.ts'

/** A candidate as far as it was measured. */
interface MeasuredFeatures {
  readonly candidate: Candidate
  readonly features: readonly CandidateFeatures[]
  readonly capture: ModelCapture
  /** Null: no losses were measured. */
  readonly chunked: Pick<ScoredLosses, 'referenceTop'> | null
}

/** Features with what they cause and what monitors of them miss, where that was asked for. */
export async function askedOfFeatures(
  run: Run,
  { captured, readouts, latents, recovered }: MeasuredReference,
  { candidate, capture, features, chunked }: MeasuredFeatures,
): Promise<readonly CandidateFeatures[]> {
  const model = candidate.kind === 'onnx' ? null : candidate.model
  const found = await causalChecks(run, captured, readouts, {
    name: candidate.name,
    model,
    capture,
    features,
  })
  const monitors = await candidateMonitors(run, captured, readouts, { capture, features })
  const appeared = await candidateNewFeatures(run, readouts, { name: candidate.name, capture, features })
  const byKind = await candidateSurvivalByKind(run, captured, readouts, {
    name: candidate.name,
    capture,
    features,
    confidence: chunked?.referenceTop ?? null,
  })
  const scaled = await candidateLatents(
    run,
    captured,
    { readouts, latents: await latents() },
    { name: candidate.name, capture, features },
  )
  const recoveredParts =
    model === null
      ? []
      : await candidateRecovered(run, captured, await recovered(), {
          name: candidate.name,
          model,
          capture,
          features,
        })
  return features.map((one, r) => {
    const [causal, watched] = [found[r], monitors[r] ?? []]
    const [lossRecovered, newFeatures, survivalByKind] = [recoveredParts[r], appeared[r], byKind[r]]
    const report = {
      ...one.report,
      ...(causal === undefined ? {} : { causal }),
      ...(lossRecovered === undefined ? {} : { lossRecovered }),
      ...(newFeatures === undefined ? {} : { newFeatures }),
      ...(survivalByKind === undefined ? {} : { survivalByKind }),
      ...(watched.length === 0 ? {} : { monitors: [...watched] }),
    }
    const latent = scaled[r]
    return latent === undefined ? { ...one, report } : withLatents({ ...one, report }, latent)
  })
}
