/** @file How many features survive at each kind of token, and by how sure the reference was, where that was asked for: of some of the active features, spread evenly over them. */
import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import { present } from '../../numbers/present.ts'
import { CONFIDENCE_EDGES } from '../../statistics/confidence-buckets.ts'
import { type KindFigures, survivalOfKind } from '../../statistics/features/survival-by-kind.ts'
import { type CapturedReference, type ModelCapture, storeOf } from '../capture/capture-model.ts'
import type { CandidateFeatures } from '../features/evidence/feature-evidence.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { isRescaled } from '../features/scaling.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { Run } from '../run/run.ts'
import { samplingOfTokens } from '../text/dealing.ts'
import { evenlySpread } from '../text/few-sequences.ts'
import { type KindSums, kindSums } from './kind-sums.ts'

/** Features that are looked at: sums of all, by kind and token group, would be fourteen times the rest of an audit's. */
export const MOST_FEATURES = 512

type SurvivalByKind = NonNullable<FeaturesReport['survivalByKind']>

/** A candidate, run. */
export interface RunCandidate {
  readonly name: string
  readonly capture: ModelCapture
  /** In the order of the read-outs. */
  readonly features: readonly Pick<CandidateFeatures, 'scaling'>[]
  /** (scored rows) probability of the reference's likeliest token; null: no losses were measured. */
  readonly confidence: ArrayLike<number> | null
}

/** One entry per read-out; nothing where it was not asked for. Errors: ENGINE_FAILED, those of reading the SAE. */
export async function candidateSurvivalByKind(
  run: Run,
  reference: CapturedReference,
  readouts: readonly SeenReadout[],
  { name, capture, features, confidence: sure }: RunCandidate,
): Promise<readonly SurvivalByKind[]> {
  const found: SurvivalByKind[] = []
  if (run.config.survivalByKind !== true) return found
  const { thresholds, confidence, rescale } = run.config
  const reading = { thresholds, confidence, sampling: samplingOfTokens(run.tokens) }
  for (const [r, { readout, active }] of readouts.entries()) {
    const { scaling } = present(features[r])
    const scale = rescale && isRescaled(scaling) ? 1 / scaling.factor : 1
    const of = ({ chunked }: ModelCapture): Residuals => ({
      store: storeOf(chunked, readout.hook),
      center: readout.center,
    })
    const sides = { reference: of(reference.capture), candidate: { ...of(capture), scale } }
    const chosen = spreadOver(active)
    const { rows } = sides.reference.store
    const cost = kindCost(readout.dictionary.d_in, rows)
    const onRows = run.work.stage(`${name}: survival by kind of token at ${readout.id}`, cost, rows)
    const asked = { features: chosen, confidence: sure, ...sides }
    const sums = await kindSums(run, readout, asked, onRows)
    found.push({ features: chosen.length, ...byPart(sums, (one) => survivalOfKind(one, reading)) })
  }
  return found
}

/** As the report has them. `figuresOf`: pure. */
function byPart(
  sums: readonly KindSums[],
  figuresOf: (one: KindSums) => KindFigures,
): Omit<SurvivalByKind, 'features'> {
  const told = sums.map((one) => {
    const { survivedCi, ...figures } = figuresOf(one)
    return { part: one.part, figures: { ...figures, survivedCi: survivedCi && [...survivedCi] } }
  })
  const whole = present(told.find(({ part }) => part.by === 'all')).figures
  const kinds = told.flatMap(({ part, figures }) =>
    part.by === 'kind' ? [{ kind: part.kind, ...figures }] : [],
  )
  const byConfidence = told.flatMap(({ part, figures }) => {
    if (part.by !== 'confidence') return []
    const { bucket } = part
    return [
      { from: present(CONFIDENCE_EDGES[bucket]), to: present(CONFIDENCE_EDGES[bucket + 1]), ...figures },
    ]
  })
  return { whole, kinds, ...(byConfidence.length === 0 ? {} : { byConfidence }) }
}

/** Operations of one candidate beside the reference. */
export const kindCost = (d_in: number, rows: number): number =>
  stageCost.features(d_in, MOST_FEATURES, rows, 2)

/** At most MOST_FEATURES of the active features, ascending. */
function spreadOver(active: Int32Array): Int32Array {
  if (active.length <= MOST_FEATURES) return active
  return Int32Array.from(evenlySpread(active.length, 1, MOST_FEATURES), (i) => present(active[i]))
}
