/**
 * @file Whether two measurements may be compared: they saw the same tokens through the same SAE at the same positions and
 * thresholds; anything else would show a change of the measurement, not of the model.
 *
 * The rule is asked twice: by the engine before anything is run, so that a baseline of another corpus costs seconds, and
 * by judging, for reports that are judged again.
 */
import { baselineMismatch } from '../../errors/policy.ts'
import type { ReadoutReport, Report } from './report-schema.ts'

/** What of a report decides; plain data, known as soon as corpus and SAEs are open. */
export interface Comparable {
  readonly corpus: Pick<Report['corpus'], 'sha256'>
  readonly readouts: readonly Pick<ReadoutReport, 'id' | 'sha256' | 'positions' | 'center' | 'thresholds'>[]
}

/** … of a report that was measured before, and what to call it. */
export interface ComparedWith extends Comparable {
  readonly path: string
}

/** The few values of a report that the rule asks for. */
export function comparableOf({ corpus, readouts }: Comparable): Comparable {
  return {
    corpus: { sha256: corpus.sha256 },
    readouts: readouts.map(({ id, sha256, positions, center, thresholds }) => ({
      id,
      sha256,
      positions,
      center,
      thresholds,
    })),
  }
}

/** Throws BASELINE_MISMATCH with the differing field. */
export function requireComparable(current: Comparable, earlier: ComparedWith): void {
  const same = (field: string, there: unknown, here: unknown): void => {
    if (there !== here) throw baselineMismatch(earlier.path, field, there, here)
  }
  same('corpus.sha256', earlier.corpus.sha256, current.corpus.sha256)
  const shared = current.readouts.flatMap((here) => {
    const there = earlier.readouts.find((one) => one.id === here.id)
    return there === undefined ? [] : [{ here, there }]
  })
  if (shared.length === 0 && current.readouts.length > 0 && earlier.readouts.length > 0) {
    const ids = ({ readouts }: Comparable) => readouts.map((one) => one.id).join(', ')
    throw baselineMismatch(earlier.path, 'readouts', ids(earlier), ids(current))
  }
  for (const { here, there } of shared) {
    for (const key of ['sha256', 'positions', 'center'] as const) {
      same(`readouts[${here.id}].${key}`, there[key], here[key])
    }
    for (const key of ['survived', 'damaged', 'active'] as const) {
      same(`readouts[${here.id}].thresholds.${key}`, there.thresholds[key], here.thresholds[key])
    }
  }
}
