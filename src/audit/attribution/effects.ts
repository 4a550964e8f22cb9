/** @file What a swap's sums come to, as soon as they are there: nothing of the sums is kept. */
import { inScope } from '../../contract/readout-scope.ts'
import type { TensorEffect } from '../../contract/report/compression/attribution-schema.ts'
import { present } from '../../numbers/present.ts'
import { addCandidateMoments } from '../../statistics/features/feature-moments.ts'
import {
  type FeatureState,
  featureState,
  swapEffect,
  varyingFeatures,
} from '../../statistics/features/swap-effect.ts'
import { difference, type Estimate, intervalOf } from '../../statistics/intervals/estimate.ts'
import { meanDivergence } from '../../statistics/losses.ts'
import { countedMoments } from '../features/readout-figures.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import type { Run } from '../run/run.ts'
import type { CandidateGroupSums } from '../sums/group-sums.ts'
import { residualErrorOf } from '../sums/residual-sums.ts'
import { samplingOfTokens } from '../text/dealing.ts'
import type { PlaceSums, SwapSums } from './swaps.ts'

/** A read-out with the features that can be told of, as they are in the whole candidate. */
export interface Place {
  readonly seen: SeenReadout
  readonly candidate: FeatureState
  /** Of the whole candidate. */
  readonly residualError: number
  /** Features that are to be told one by one, whatever they do. */
  readonly watched: readonly number[]
}

export function placesOf(
  run: Run,
  readouts: readonly SeenReadout[],
  sums: CandidateGroupSums,
): readonly Place[] {
  const sampling = samplingOfTokens(run.tokens)
  return readouts.map((seen, r) => {
    const { moments, distance } = present(sums.readouts[r])
    const { readout, counted, active } = seen
    const features = varyingFeatures(counted, active)
    const own = countedMoments(readout, moments, addCandidateMoments)
    return {
      seen,
      candidate: featureState(counted, own, features, sampling),
      residualError: residualErrorOf(distance),
      watched: watchedAt(run, seen),
    }
  })
}

function watchedAt({ config }: Run, { readout: { id, hook, dictionary } }: SeenReadout): readonly number[] {
  const scopes = (config.watched ?? []).filter((scope) =>
    inScope(scope, [id, hook, dictionary.spec], dictionary.reads.layer),
  )
  const ids = scopes.flatMap((scope) => scope.ids).filter((feature) => feature < dictionary.d_sae)
  return [...new Set(ids)].sort((a, b) => a - b)
}

/** A swap at one read-out, or at none. */
export interface PlaceEffect {
  readonly effect: TensorEffect
  readonly residualError: number
  /** ρ of watched features; NaN: undefined. */
  readonly watched: ReadonlyMap<number, number>
}

export interface UnitEffect {
  /** By read-out; null: its hook sees nothing of it. */
  readonly places: readonly (PlaceEffect | null)[]
  readonly kl: Pick<TensorEffect, 'klChange' | 'klChangeCi'>
}

/** What a swap starts from. */
export interface SwapStart {
  readonly start: 'reference' | 'candidate'
  /** Its mean KL; null: not asked for, or the reference's own, which is 0. */
  readonly before: Estimate | null
}

export function unitEffect(
  run: Run,
  places: readonly Place[],
  { start, before }: SwapStart,
  sums: SwapSums,
): UnitEffect {
  const kl = klChange(run, sums, before)
  return {
    places: places
      .map((place, r) => {
        const own = sums.places[r] ?? null
        return own === null ? null : placeEffect(run, place, start, own)
      })
      .map((found) => found && { ...found, effect: { ...found.effect, ...kl } }),
    kl,
  }
}

function placeEffect(
  { config: { thresholds, confidence }, tokens }: Run,
  place: Place,
  start: SwapStart['start'],
  { moments, residualError }: PlaceSums,
): PlaceEffect {
  const { seen, watched } = place
  const { features } = place.candidate
  const after = featureState(seen.counted, moments, features, samplingOfTokens(tokens))
  const { lost, gained, ...rest } = swapEffect(
    start === 'reference' ? null : place.candidate,
    after,
    thresholds,
    confidence,
  )
  const at = new Map([...features].map((feature, k) => [feature, k]))
  return {
    effect: {
      lost: lost.length,
      gained: gained.length,
      lostFeatures: [...lost],
      gainedFeatures: [...gained],
      ...rest,
      residualErrorChange: residualError - (start === 'reference' ? 0 : place.residualError),
      klChange: null,
      klChangeCi: null,
    },
    residualError,
    watched: new Map(
      watched.flatMap((feature) => {
        const k = at.get(feature)
        return k === undefined ? [] : [[feature, present(after.rho[k])]]
      }),
    ),
  }
}

function klChange(
  { config: { confidence }, tokens }: Run,
  { divergence }: SwapSums,
  before: Estimate | null,
): UnitEffect['kl'] {
  if (divergence === null) return { klChange: null, klChangeCi: null }
  const after = meanDivergence(divergence, samplingOfTokens(tokens))
  const change = before === null ? after : difference(after, before)
  return { klChange: change.value, klChangeCi: intervalOf(change, confidence) }
}

/** Where no read-out sees anything of a swap, no feature changes. */
export function noEffect(kl: UnitEffect['kl']): TensorEffect {
  return {
    lost: 0,
    gained: 0,
    lostFeatures: [],
    gainedFeatures: [],
    deltaSurvived: 0,
    deltaSurvivedCi: null,
    meanCorrelation: 1,
    residualErrorChange: 0,
    ...kl,
  }
}
