/** @file How many features survive at each kind of token, where that was asked for: of some of the active features, spread evenly over them. */
import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import { present } from '../../numbers/present.ts'
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
import { kindSums } from './kind-sums.ts'

/** Features that are looked at: sums of all, by kind and token group, would be fourteen times the rest of an audit's. */
export const MOST_FEATURES = 512

type SurvivalByKind = NonNullable<FeaturesReport['survivalByKind']>

/** A candidate, run. */
export interface RunCandidate {
  readonly name: string
  readonly capture: ModelCapture
  /** In the order of the read-outs. */
  readonly features: readonly Pick<CandidateFeatures, 'scaling'>[]
}

/** One entry per read-out; nothing where it was not asked for. Errors: ENGINE_FAILED, those of reading the SAE. */
export async function candidateSurvivalByKind(
  run: Run,
  reference: CapturedReference,
  readouts: readonly SeenReadout[],
  { name, capture, features }: RunCandidate,
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
    const [whole, ...kinds] = (await kindSums(run, readout, { features: chosen, ...sides }, onRows)).map(
      (sums) => ({
        kind: sums.kind,
        ...survivalOfKind(sums, reading),
      }),
    )
    const { kind: _, ...all } = present(whole)
    const named = kinds.flatMap(({ kind, ...figures }) => (kind === null ? [] : [{ kind, ...figures }]))
    found.push({ features: chosen.length, whole: asReported(all), kinds: named.map(asReported) })
  }
  return found
}

const asReported = <Figures extends KindFigures>({ survivedCi, ...figures }: Figures) => ({
  ...figures,
  survivedCi: survivedCi && [...survivedCi],
})

/** Operations of one candidate beside the reference. */
export const kindCost = (d_in: number, rows: number): number =>
  stageCost.features(d_in, MOST_FEATURES, rows, 2)

/** At most MOST_FEATURES of the active features, ascending. */
function spreadOver(active: Int32Array): Int32Array {
  if (active.length <= MOST_FEATURES) return active
  return Int32Array.from(evenlySpread(active.length, 1, MOST_FEATURES), (i) => present(active[i]))
}
