/**
 * @file Which tensors of a candidate damage which features: each is put into the reference alone, and taken out of the candidate alone,
 * and only the blocks from it to the hook are run.
 */
import type { AttributionConfig, AuditConfig } from '../../contract/options/audit-config.ts'
import type { AttributionReport } from '../../contract/report/compression/attribution-schema.ts'
import { present } from '../../numbers/present.ts'
import { meanDivergence } from '../../statistics/losses.ts'
import type { CapturedReference } from '../capture/capture-model.ts'
import { requireKnownFeatures } from '../explain/known-features.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { isRescaled } from '../features/scaling.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import type { Candidate } from '../subjects/candidate.ts'
import { inReferenceForm, type ReferenceForm, requireLike } from '../subjects/derived/reference-form.ts'
import type { Model } from '../subjects/model.ts'
import type { CandidateGroupSums } from '../sums/group-sums.ts'
import { scalingOf } from '../sums/residual-sums.ts'
import { samplingOfTokens } from '../text/dealing.ts'
import { attributionReport, type Effects } from './attribution-report.ts'
import { type Place, placesOf, type SwapStart, type UnitEffect, unitEffect } from './effects.ts'
import { type Screened, screen } from './screen.ts'
import { controlFor, restoredIn, swappedIn } from './swapped-models.ts'
import { runSwaps, type Swap, type SwapBase } from './swaps.ts'
import { type SwapUnit, swapUnits } from './units.ts'

/** The reference, run, and a candidate with what was measured of it. */
export interface Attributed {
  readonly captured: CapturedReference
  readonly readouts: readonly SeenReadout[]
  readonly candidate: Candidate
  readonly sums: CandidateGroupSums
}

/** What is opened, before anything is run. */
export interface ToAttribute {
  readonly reference: Model
  readonly candidates: readonly Candidate[]
  readonly readouts: readonly Readout[]
}

/** Errors: ATTRIBUTION_*, NOTHING_BEFORE_HOOK, WATCHED_UNKNOWN. */
export function checkAttribution(
  config: AuditConfig,
  { reference, candidates, readouts }: ToAttribute,
): void {
  const { attribution } = config
  if (attribution === undefined) return
  const hooks = readouts.map(({ dictionary }) => dictionary.reads)
  swapUnits(reference.decoder, hooks, attribution)
  for (const candidate of candidates) requireLike(reference, candidate)
  requireKnownFeatures(config, readouts)
}

/** Null: nobody asks. Errors: those of running a model. */
export async function attribute(run: Run, of: Attributed): Promise<AttributionReport | null> {
  const { attribution: config, rescale } = run.config
  if (config === undefined) return null
  const { captured, readouts, candidate, sums } = of
  const { model: reference } = captured
  requireLike(reference, candidate)
  const hooks = readouts.map(({ readout }) => readout.dictionary.reads)
  const { units, skipped } = swapUnits(reference.decoder, hooks, config)
  const scaled = sums.readouts.map(({ scaling }) => scalingOf(scaling)).find(isRescaled)
  if (scaled !== undefined && !rescale)
    return notAttributed(config, rescaledWords(candidate.name, scaled.factor))
  const form = await inReferenceForm(reference, candidate, scaled?.factor ?? 1)
  const { seed } = config
  const screened = await screen({ run, reference, candidate: form.model, readouts, seed }, units)
  const order = [...units].sort((a, b) => totalOf(screened, b) - totalOf(screened, a))
  const chosen = choose(order, config)
  const places = placesOf(run, readouts, sums)
  const effects = await swapAll(run, of, { ...chosen, form, places, units, kl: config.kl, seed })
  return attributionReport({
    config,
    models: { reference, candidate: candidate.model },
    places,
    order,
    screened,
    effects,
    skipped,
    notes: form.notes,
    thresholds: run.config.thresholds,
  })
}

const rescaledWords = (name: string, factor: number): string =>
  `the residual stream of ${name} is ${factor.toPrecision(4)} times the reference's, so nothing is said of its features; --rescale divides the factor out`

const totalOf = (screened: Screened, unit: SwapUnit): number =>
  present(screened.get(unit)).reduce((sum, score) => sum + score, 0)

interface Chosen {
  readonly swapped: readonly SwapUnit[]
  readonly restored: readonly SwapUnit[]
  readonly controls: readonly SwapUnit[]
}

/** `order`: by the screen. */
function choose(order: readonly SwapUnit[], { first, restored, controls }: AttributionConfig): Chosen {
  const firstOf = (count: number | null, units: readonly SwapUnit[]) => units.slice(0, count ?? units.length)
  const swapped = firstOf(first, order)
  return { swapped, restored: firstOf(restored, swapped), controls: firstOf(controls, swapped) }
}

interface Swapping extends Chosen {
  readonly form: ReferenceForm
  readonly places: readonly Place[]
  readonly units: readonly SwapUnit[]
  readonly kl: boolean
  readonly seed: number
}

async function swapAll(run: Run, of: Attributed, swapping: Swapping): Promise<Effects> {
  const { form, units, seed, swapped, restored, controls, kl } = swapping
  const { captured, candidate, sums } = of
  const reference = captured.model
  const put: Series = {
    base: { name: `${candidate.name}: tensors put into the reference`, model: reference, ending: reference },
    from: { start: 'reference', before: null },
  }
  const before = kl && sums.divergence !== null ? sums.divergence : null
  const ending = candidate.kind === 'onnx' ? reference : candidate.model
  const taken: Series = {
    base: { name: `${candidate.name}: tensors restored`, model: form.model, ending },
    from: { start: 'candidate', before: before && meanDivergence(before, samplingOfTokens(run.tokens)) },
  }
  const control = (unit: SwapUnit): Swap => ({ unit, model: controlFor(reference, form, unit, seed) })
  const effectsOf = (series: Series, swaps: readonly Swap[]) =>
    seriesEffects(run, of, swapping, { ...series, swaps })
  const isWhole = controls.length === units.length
  return {
    swapped: await effectsOf(
      put,
      swapped.map((unit) => ({ unit, model: swappedIn(reference, form, unit) })),
    ),
    controls: await effectsOf(put, controls.map(control)),
    allControls: await effectsOf(put, isWhole ? [control(allOf(units))] : []),
    restored: await effectsOf(
      taken,
      restored.map((unit) => ({ unit, model: restoredIn(reference, form, unit) })),
    ),
  }
}

/** Swaps of one direction. */
interface Series {
  readonly base: SwapBase
  readonly from: SwapStart
}

async function seriesEffects(
  run: Run,
  { captured, readouts }: Attributed,
  { places, kl }: Swapping,
  { base, from, swaps }: Series & { readonly swaps: readonly Swap[] },
): Promise<ReadonlyMap<SwapUnit, UnitEffect>> {
  const effects = new Map<SwapUnit, UnitEffect>()
  await runSwaps(run, { captured, readouts, kl }, { base, swaps }, ({ unit }, sums) => {
    effects.set(unit, unitEffect(run, places, from, sums))
  })
  return effects
}

const allOf = (units: readonly SwapUnit[]): SwapUnit => ({
  name: 'all',
  tensors: units.flatMap(({ tensors }) => tensors),
  first: Math.min(...units.map(({ first }) => first)),
})

function notAttributed({ by, kl }: AttributionConfig, why: string): AttributionReport {
  return { by, kl, tensors: [], places: [], watched: [], skipped: [], notSwapped: [], notes: [why] }
}
