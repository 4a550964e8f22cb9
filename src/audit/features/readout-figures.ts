/** @file What the reference's sums say of a read-out: what fires, how often, and whether the dictionary fits at all. Pure. */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { sliceOf } from '../../contract/options/positions.ts'
import type { ReadoutReport } from '../../contract/report/report-schema.ts'
import {
  activeFeatures,
  addReferenceMoments,
  countedPositions,
  deadFeatures,
  meanFiring,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import { claimWarnings } from '../run/claims.ts'
import type { ReadoutPlace } from '../run/readout.ts'
import type { ReferenceGroupSums } from '../sums/group-sums.ts'
import { firstShareOf } from '../sums/residual-sums.ts'
import { fitFigures, type MeasuredFit, misfitOf } from './fit-figures.ts'

/** A read-out as the reference shows it. */
export interface ReadoutFigures {
  readonly place: ReadoutPlace
  readonly moments: ByPosition<ReferenceMoments>
  /** The sums over the positions that count. */
  readonly counted: ReferenceMoments
  /** Active feature ids, ascending. */
  readonly active: Int32Array
  readonly report: ReadoutReport
  /** Part of the residual's variance that position 0 of the sequences carries. */
  readonly firstShare: number
  readonly warnings: readonly string[]
}

/** What of an audit's settings these figures go by. */
export interface ReadoutReading extends Pick<AuditConfig, 'reference' | 'thresholds' | 'allowBadFit'> {
  readonly corpus: Pick<AuditConfig['corpus'], 'source' | 'blockLength'>
}

/** Errors: SAE_BAD_FIT, RESIDUALS_ALIKE. */
export function readoutFigures(
  place: ReadoutPlace,
  { moments, fit: groups, variance, warnings: undecided }: ReferenceGroupSums,
  config: ReadoutReading,
): ReadoutFigures {
  const counted = countedMoments(place, moments, addReferenceMoments)
  const active = activeFeatures(counted, config.thresholds.active)
  const fit = groups === null ? null : fitFigures(groups)
  const report: ReadoutReport = {
    ...readoutReport(place, counted),
    varianceUnexplained: fit?.unexplained ?? null,
    active: active.length,
    thresholds: { ...config.thresholds },
  }
  const misfit = fit === null ? null : misfitOf(place, fit, report.l0, config.corpus.source)
  if (misfit !== null && !config.allowBadFit) throw misfit
  const allowed =
    misfit === null ? [] : [`${place.id}: ${misfit.message} Audited all the same, by --allow-bad-fit`]
  const claimed = claimWarnings(place.claims, {
    l0: report.l0,
    unexplained: report.varianceUnexplained,
    reference: config.reference,
    blockLength: config.corpus.blockLength,
    end: sliceOf(place.positions).end ?? config.corpus.blockLength,
  })
  const loaded = [...claimed, ...scaleWarnings(fit)].map((said) => `${place.id}: ${said}`)
  const warnings = [...undecided, ...allowed, ...silentWarnings(report), ...placeWarnings(report), ...loaded]
  return { place, moments, counted, active, report, firstShare: firstShareOf(variance), warnings }
}

/** An SAE whose input was scaled in training by a factor that its files do not say. */
function scaleWarnings(fit: MeasuredFit | null): readonly string[] {
  if (fit === null || fit.better === null) return []
  const { better } = fit
  const left = (part: number): string => `${(100 * part).toFixed(0)} %`
  return [
    `with its input times ${better.scale.toPrecision(2)} the SAE would leave ${left(better.unexplained)} of the variance unexplained, not ${left(fit.unexplained)}: a factor that it was trained with may be missing`,
  ]
}

/** Where nothing counts as active, fractions are 0 of 0: said, because a table cannot. */
function silentWarnings({ id, active, thresholds }: ReadoutReport): readonly string[] {
  if (active > 0) return []
  return [
    `${id}: no feature fires on more than ${100 * thresholds.active} % of the reference's tokens, so nothing can be said of survival; use more text, or check that this SAE was trained on this model`,
  ]
}

/** Trained SAEs leave 0.05 to 0.4 of the variance where they were trained. */
const MUCH_UNEXPLAINED = 0.5
const MANY_DEAD = 0.2

/** An SAE at another place than it was trained for: it may run, and says little. */
function placeWarnings({ id, varianceUnexplained, dead, width, tokens }: ReadoutReport): readonly string[] {
  const signs = [
    ...(varianceUnexplained !== null && varianceUnexplained > MUCH_UNEXPLAINED
      ? [`it leaves ${(100 * varianceUnexplained).toFixed(0)} % of the residual's variance unexplained`]
      : []),
    ...(dead / width > MANY_DEAD
      ? [
          `${dead} of its ${width} features (${((100 * dead) / width).toFixed(0)} %) fire nowhere in ${tokens} tokens`,
        ]
      : []),
  ]
  if (signs.length === 0) return []
  return [
    `${id}: the SAE may be at the wrong place, or of another model: ${signs.join(', and ')}; check its hook, --center and --positions`,
  ]
}

/** The sums over the positions that count at this read-out. */
export function countedMoments<T>(
  readout: Pick<ReadoutPlace, 'positions'>,
  moments: ByPosition<T>,
  add: (a: T, b: T) => T,
): T {
  return readout.positions === 'all' ? add(moments.first, moments.rest) : moments.rest
}

function readoutReport(
  { sae, pattern, claims: _, decoderNorms: _n, ...place }: ReadoutPlace,
  counted: ReferenceMoments,
): Omit<ReadoutReport, 'varianceUnexplained' | 'active' | 'thresholds'> {
  const { id, hook, layer, width, modelWidth, architecture, sha256, center, positions, neuronpedia } = place
  return {
    id,
    sae,
    ...(pattern === null ? {} : { pattern }),
    hook,
    layer,
    width,
    modelWidth,
    architecture,
    sha256,
    center,
    positions,
    tokens: countedPositions(counted),
    l0: meanFiring(counted),
    dead: deadFeatures(counted),
    neuronpedia,
  }
}
