/**
 * @file A round in one graph (fused/): the first brings the reference's own sums along, for all features; those of candidates are then taken where
 * the reference turned out to be active. Later rounds run the reference again beside their candidates, on the active features.
 */
import { sliceOf } from '../../contract/options/positions.ts'
import { present } from '../../numbers/present.ts'
import { candidateColumns } from '../../statistics/features/correlation.ts'
import type { CandidateMoments } from '../../statistics/features/feature-moments.ts'
import type { RecoveredGroups } from '../../statistics/loss-recovered.ts'
import { type CapturedReference, closeCapture, type ModelCapture, storeOf } from '../capture/capture-model.ts'
import { MOST_CONTEXTS } from '../explain/explain.ts'
import { fitSample } from '../features/fit-sample.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { scalingBetween } from '../features/scaling.ts'
import { type FusedRound, fusedRound } from '../fused/fused-round.ts'
import type { AskedRound } from '../fused/load-round.ts'
import type { FusedReadout } from '../fused/round-sums.ts'
import type { TokenLosses } from '../losses/vocabulary-sums.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { noiseSequences } from '../noise/engine-noise.ts'
import type { Round } from '../plan-rounds.ts'
import type { LatentSums } from '../rebuilt/latent-scaling.ts'
import { rowLayout } from '../rows/row-batches.ts'
import { type Run, wantsLosses } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import type { FeatureSums, ScoredLosses } from '../sums/group-sums.ts'
import type { ScoredPlan } from '../text/tokens.ts'
import { headOf, type MeasuredCandidate } from './measure-stages.ts'

/** The reference, run, and what every SAE sees in it. */
export interface MeasuredReference {
  readonly captured: CapturedReference
  readonly readouts: readonly SeenReadout[]
  /** The round that was run with it; null: it was run by itself. */
  readonly first: FirstRound | null
  /** How much of its loss it recovers with what each SAE rebuilds; none where nobody asks. Measured when first asked for: kept rounds do not ask. */
  recovered(): Promise<readonly RecoveredGroups[]>
  /** How much of features' directions is in it; as above. */
  latents(): Promise<readonly LatentSums[]>
}

/** What is read off the reference beside a round where nothing is asked for besides. */
export const NOTHING_MORE: Pick<MeasuredReference, 'recovered' | 'latents'> = {
  recovered: async () => [],
  latents: async () => [],
}

/** A round that is run together with the reference's own sums. */
export interface FirstRound {
  readonly round: Round
  readonly found: FusedRound
}

/** Run the reference with the candidates of its first round. Errors: those of fusedRound. */
export async function measureFirst(run: Run, model: Model, round: Round): Promise<FirstRound> {
  return { round, found: await runRound(run, model, round, null) }
}

/** Measure a round beside a reference whose sums are known. Errors: those of fusedRound. */
export async function measureFused(
  run: Run,
  reference: MeasuredReference,
  round: Round,
): Promise<readonly MeasuredCandidate[]> {
  const { captured, readouts, first } = reference
  const { model } = captured
  const known = first !== null && isSame(first.round, round) ? first.found : null
  const found = known ?? (await runRound(run, model, round, readouts))
  const captures = found.captures.slice(1)
  try {
    const { chunked, sliding } = run.tokens
    const windows = sliding === null ? null : await windowLosses(run, model, round, sliding)
    const measured: MeasuredCandidate[] = []
    for (const [c, candidate] of round.candidates.entries()) {
      const capture = present(captures[c])
      const of = { own: captured.capture, candidate: capture, c }
      measured.push({
        candidate,
        model: candidate.model,
        capture,
        chunked: found.losses === null ? null : scoredLosses(chunked, found.losses, c),
        sliding: sliding === null || windows === null ? null : scoredLosses(sliding, windows, c),
        features: await featuresOf(run, readouts, found.readouts, of),
        highest: (r, feature) => found.readouts[r]?.highest?.of(feature, c) ?? [],
      })
    }
    return measured
  } catch (error) {
    for (const capture of captures) await closeCapture(capture)
    throw error
  }
}

function isSame(a: Round, b: Round): boolean {
  return (
    a.candidates.length === b.candidates.length && a.candidates.every((one, c) => one === b.candidates[c])
  )
}

/** `seen` null: the reference is not known yet. */
async function runRound(
  run: Run,
  model: Model,
  round: Round,
  seen: readonly SeenReadout[] | null,
): Promise<FusedRound> {
  const {
    tokens,
    work,
    readouts,
    device,
    config: { explain = 0 },
  } = run
  const { chunked, groupStarts } = tokens
  const isFirst = seen === null
  const asked: AskedRound = {
    models: modelsOf(model, round),
    head: wantsLosses(run.config) ? await headOf({ model }, round, device) : null,
    readouts: readouts.map((readout, r) => ({
      readout,
      features: seen === null ? null : present(seen[r]).active,
      apart: rowLayout(tokens, readout).apart,
      highest: explain === 0 ? null : { most: MOST_CONTEXTS, at: sliceOf(readout.positions) },
    })),
    wanted: { reference: isFirst, candidates: true },
    keeps: true,
  }
  const { rows } = chunked.plan
  const onTokens = work.stage(
    `${namesOf(asked.models.slice(isFirst ? 0 : 1))}: all at once`,
    costOf(asked, rows, tokens.longest),
    rows,
  )
  return await fusedRound(run, asked, { text: chunked, groupStarts, kept: keptRows(run, isFirst) }, onTokens)
}

/** Losses over sliding windows, which no SAE sees. */
async function windowLosses(run: Run, model: Model, round: Round, text: ScoredPlan): Promise<TokenLosses> {
  const { work, device, tokens } = run
  const asked: AskedRound = {
    models: modelsOf(model, round),
    head: await headOf({ model }, round, device),
    readouts: [],
    wanted: { reference: false, candidates: true },
    keeps: false,
  }
  const rows = text.plan.sequences.reduce((sum, { begin, end }) => sum + end - begin, 0)
  const onTokens = work.stage(
    `${namesOf(round.candidates)}: sliding windows`,
    costOf(asked, rows, tokens.longest),
    rows,
  )
  const groupStarts = Int32Array.of(0, text.plan.sequences.length)
  const { losses } = await fusedRound(run, asked, { text, groupStarts, kept: new Int32Array(0) }, onTokens)
  return present(losses)
}

const modelsOf = (model: Model, { candidates }: Round): AskedRound['models'] => [
  { name: 'reference', model },
  ...candidates,
]

const namesOf = (models: readonly { readonly name: string }[]): string =>
  models.map(({ name }) => name).join(', ')

function costOf({ models, head, readouts }: AskedRound, rows: number, longest: number): number {
  const { decoder } = present(models[0]).model
  const features = readouts.map(({ readout: { dictionary }, features: some }) =>
    stageCost.features(dictionary.d_in, some?.length ?? dictionary.d_sae, rows, models.length),
  )
  return (
    stageCost.body(decoder, rows, longest) * models.length +
    (head === null ? 0 : stageCost.head(decoder, rows, models.length)) +
    features.reduce((sum, cost) => sum + cost, 0)
  )
}

/** Rows that come out as they are, ascending: those that fit and scale are measured on, and at first those of the engine noise. */
export function keptRows(
  { tokens, readouts, device }: Pick<Run, 'tokens' | 'readouts' | 'device'>,
  isFirst: boolean,
): Int32Array {
  const rows = new Set(readouts.flatMap((readout) => [...fitSample(tokens, readout).all.rows]))
  const { blockLength } = tokens.sequences
  for (const sequence of isFirst ? noiseSequences(device, tokens) : []) {
    for (let row = sequence * blockLength; row < (sequence + 1) * blockLength; row++) rows.add(row)
  }
  return Int32Array.from(rows).sort()
}

/** One candidate at every read-out. */
async function featuresOf(
  run: Run,
  seen: readonly SeenReadout[],
  found: readonly FusedReadout[],
  { own, candidate, c }: { readonly own: ModelCapture; readonly candidate: ModelCapture; readonly c: number },
): Promise<readonly FeatureSums[]> {
  const features: FeatureSums[] = []
  for (const [r, { readout, active }] of seen.entries()) {
    const { hook, center } = readout
    const { all: sample } = fitSample(run.tokens, readout)
    const rows = ({ chunked }: ModelCapture) => ({ store: storeOf(chunked, hook), center })
    const { moments, ...distance } = present(present(found[r]).candidates[c])
    const taken = (of: CandidateMoments): CandidateMoments =>
      of.features.length === active.length ? of : candidateColumns(of, active)
    features.push({
      ...distance,
      moments: { first: taken(moments.first), rest: taken(moments.rest) },
      scaling: await scalingBetween(rows(own), rows(candidate), sample),
      calls: null,
      warnings: [],
    })
  }
  return features
}

function scoredLosses(
  { scored }: ScoredPlan,
  { reference, referenceTop, candidates }: TokenLosses,
  c: number,
): ScoredLosses {
  return { scored, reference, referenceTop, candidate: present(candidates[c]) }
}
