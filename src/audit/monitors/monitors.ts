/**
 * @file Features that somebody watches with a threshold, as a monitor does: at how many positions it is passed in the reference and in the
 * candidate, and where only one of them passes it. A second look at the stored rows, of the watched features alone.
 */
import { hookName } from '../../contract/hook-point.ts'
import { countedMask } from '../../contract/options/positions.ts'
import { inScope } from '../../contract/readout-scope.ts'
import type { MonitorReport } from '../../contract/report/causal/monitor-schema.ts'
import { present } from '../../numbers/present.ts'
import { type MonitorGroups, missedAlarms } from '../../statistics/features/monitors.ts'
import { intervalOf } from '../../statistics/intervals/estimate.ts'
import { groupOfEach } from '../../statistics/intervals/token-groups.ts'
import { type CapturedReference, type ModelCapture, storeOf } from '../capture/capture-model.ts'
import { withProbe } from '../explain/probe.ts'
import type { CandidateFeatures } from '../features/evidence/feature-evidence.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { isRescaled } from '../features/scaling.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import { samplingOfTokens } from '../text/dealing.ts'

/** Rows that are encoded at a time. */
const ROWS = 2048

/** Thresholds that a policy's lists give for this read-out, by feature; of several the last. */
function alarmsAt({ config }: Run, { id, hook, dictionary }: Readout): ReadonlyMap<number, number> {
  const names = [id, hook, hookName(dictionary.reads), dictionary.spec]
  const scopes = (config.watched ?? []).filter((scope) => inScope(scope, names, dictionary.reads.layer))
  return new Map(
    scopes.flatMap(({ alarms = [] }) => alarms).filter(([feature]) => feature < dictionary.d_sae),
  )
}

/** Of a candidate, one list per read-out. Errors: ENGINE_FAILED. */
export async function candidateMonitors(
  run: Run,
  reference: CapturedReference,
  readouts: readonly SeenReadout[],
  candidate: { readonly capture: ModelCapture; readonly features: readonly CandidateFeatures[] },
): Promise<readonly (readonly MonitorReport[])[]> {
  const found: (readonly MonitorReport[])[] = []
  for (const [r, { readout }] of readouts.entries()) {
    const alarms = [...alarmsAt(run, readout)].sort(([a], [b]) => a - b)
    if (alarms.length === 0) {
      found.push([])
      continue
    }
    const { scaling } = present(candidate.features[r])
    const scale = run.config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1
    const of = ({ chunked }: ModelCapture): Residuals => ({
      store: storeOf(chunked, readout.hook),
      center: readout.center,
    })
    const sides = { reference: of(reference.capture), candidate: { ...of(candidate.capture), scale } }
    const counts = await countAlarms(run, readout, alarms, sides)
    found.push(counts.map((groups, k) => monitorReport(run, present(alarms[k]), groups)))
  }
  return found
}

/** Parallel to the alarms, at the positions that count. */
async function countAlarms(
  run: Run,
  readout: Readout,
  alarms: readonly (readonly [feature: number, threshold: number])[],
  { reference, candidate }: { readonly reference: Residuals; readonly candidate: Residuals },
): Promise<readonly MonitorGroups[]> {
  const { blockLength, sequenceCount } = run.tokens.sequences
  const { groupStarts } = run.tokens
  const groupOf = groupOfEach(groupStarts)
  const counted = countedMask(readout.positions, blockLength)
  const counts = alarms.map(() => emptyGroups(groupStarts.length - 1))
  const features = Int32Array.from(alarms, ([feature]) => feature)
  const rows = sequenceCount * blockLength
  await withProbe(readout.encoder, features, run.device, async (probe) => {
    for (let start = 0; start < rows; start += ROWS) {
      const batch = Int32Array.from({ length: Math.min(ROWS, rows - start) }, (_, i) => start + i)
      const [own, other] = [await probe(reference, batch), await probe(candidate, batch)]
      for (const [i, row] of batch.entries()) {
        if (counted[row % blockLength] !== 1) continue
        const group = present(groupOf[Math.floor(row / blockLength)])
        for (const [k, [, threshold]] of alarms.entries()) {
          const at = i * alarms.length + k
          count(present(counts[k]), group, present(own[at]) > threshold, present(other[at]) > threshold)
        }
      }
    }
  })
  return counts
}

function emptyGroups(groups: number): MonitorGroups {
  const zeros = (): number[] => new Array<number>(groups).fill(0)
  return { positions: zeros(), before: zeros(), after: zeros(), missed: zeros() }
}

function count(into: MonitorGroups, group: number, before: boolean, after: boolean): void {
  const add = (list: number[], is: boolean): void => {
    list[group] = present(list[group]) + (is ? 1 : 0)
  }
  add(into.positions, true)
  add(into.before, before)
  add(into.after, after)
  add(into.missed, before && !after)
}

function monitorReport(
  { config, tokens }: Run,
  [feature, threshold]: readonly [number, number],
  groups: MonitorGroups,
): MonitorReport {
  const total = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0)
  const [positions, before, after, missed] = [
    total(groups.positions),
    total(groups.before),
    total(groups.after),
    total(groups.missed),
  ]
  const estimate = missedAlarms(groups, samplingOfTokens(tokens))
  return {
    feature,
    threshold,
    positions,
    before,
    after,
    missed,
    falseAlarms: after - (before - missed),
    missedRate: estimate?.value ?? null,
    missedCi: estimate === null ? null : intervalOf(estimate, config.confidence),
    groups,
  }
}
