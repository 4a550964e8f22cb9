/**
 * @file Features that a candidate fires and the reference does not. The reference alone decides what is active, and a candidate is encoded on
 * these features only: of the others nothing is known until it is encoded with the whole SAE, in a pass of its own. float32
 * decides whether one fires, as it does for the reference where nothing is near its threshold.
 */
import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import { present } from '../../numbers/present.ts'
import { isActive } from '../../statistics/definitions.ts'
import {
  addReferenceMoments,
  firingRates,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import { type ModelCapture, storeOf } from '../capture/capture-model.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { Run } from '../run/run.ts'
import type { CandidateFeatures } from './evidence/feature-evidence.ts'
import { featurePass, referencePass } from './feature-pass.ts'
import { countedMoments } from './readout-figures.ts'
import type { SeenReadout } from './reference-features.ts'
import { isRescaled } from './scaling.ts'

/** Features that are listed. */
const MOST_LISTED = 20

type NewFeatures = NonNullable<FeaturesReport['newFeatures']>

/** A candidate, run. */
export interface NewlyFiring {
  readonly name: string
  readonly capture: ModelCapture
  /** In the order of the read-outs. */
  readonly features: readonly Pick<CandidateFeatures, 'scaling'>[]
}

/** One entry per read-out; nothing where it was not asked for. Errors: ENGINE_FAILED, those of reading the SAE. */
export async function candidateNewFeatures(
  run: Run,
  readouts: readonly SeenReadout[],
  { name, capture, features }: NewlyFiring,
): Promise<readonly NewFeatures[]> {
  const found: NewFeatures[] = []
  if (run.config.newFeatures !== true) return found
  for (const [r, seen] of readouts.entries()) {
    const { readout, counted } = seen
    const { scaling } = present(features[r])
    const scale = run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1
    const residuals: Residuals = {
      store: storeOf(capture.chunked, readout.hook),
      center: readout.center,
      scale,
    }
    const { d_in, d_sae } = readout.dictionary
    const { rows } = residuals.store
    const cost = stageCost.features(d_in, d_sae, rows, 1)
    const onTokens = run.work.stage(`${name}: new features at ${readout.id}`, cost, rows)
    const moments = await referencePass(featurePass(run, readout, onTokens), residuals, null)
    const own = countedMoments(readout, moments, addReferenceMoments)
    found.push(newlyFiring(counted, own, run.config.thresholds.active))
  }
  return found
}

/** Pure. */
export function newlyFiring(
  reference: ReferenceMoments,
  candidate: ReferenceMoments,
  threshold: number,
): NewFeatures {
  const [before, after] = [firingRates(reference), firingRates(candidate)]
  const ids = Array.from(after.keys()).filter(
    (j) => isActive(present(after[j]), threshold) && !isActive(present(before[j]), threshold),
  )
  const most = [...ids].sort((a, b) => present(after[b]) - present(after[a]) || a - b).slice(0, MOST_LISTED)
  return {
    count: ids.length,
    dead: ids.filter((j) => before[j] === 0).length,
    most: most.map((feature) => ({
      feature,
      referenceRate: present(before[feature]),
      candidateRate: present(after[feature]),
      candidatePeak: present(candidate.peak[feature]),
    })),
  }
}
