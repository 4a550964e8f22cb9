/** @file The parts of the text that an audit looked at again, with the spread of the drawn ones and the whole text's threshold grid. */
import { sampleStandardDeviation } from 'simple-statistics'
import { STABILITY_SCHEMA } from '../contract/experiments/stability-schema.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { StabilityRow } from '../contract/report/stability-schema.ts'
import { stabilityMissing } from '../errors/experiments.ts'
import type { Stability, SubsetSpread } from '../report/experiments/stability/stability.ts'
import { sweepOf } from './sweep.ts'

/** `above`: the rule that the audit counted by. Errors: STABILITY_MISSING. */
export function stabilityOf(path: string, measurement: Measurement, above: boolean): Stability {
  const rows = measurement.report.candidates.flatMap(({ stability = [] }) => stability)
  if (rows.length === 0) throw stabilityMissing(path)
  // The reference against itself is the same beside every candidate.
  const isFirst = (row: StabilityRow, i: number): boolean =>
    row.kind !== 'itself' ||
    rows.findIndex(({ kind, readout }) => kind === 'itself' && readout === row.readout) === i
  const sweep = sweepOf(path, measurement, {
    active: null,
    survived: null,
    damaged: null,
    survivedAbove: above,
  })
  return {
    schema: STABILITY_SCHEMA,
    path,
    reference: sweep.reference,
    thresholds: sweep.thresholds,
    confidence: sweep.confidence,
    rows: rows.filter(isFirst),
    spread: spreadOf(rows.filter(({ kind }) => kind === 'subset')),
    sensitivity: sweep.conditions.flatMap(({ candidate, readouts }) =>
      readouts.map(({ readout, sensitivity }) => ({ candidate, readout, cells: sensitivity })),
    ),
  }
}

function spreadOf(rows: readonly StabilityRow[]): readonly SubsetSpread[] {
  const places = new Map<string, StabilityRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.candidate, row.readout])
    places.set(key, [...(places.get(key) ?? []), row])
  }
  return [...places.values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    return [
      {
        candidate: first.candidate,
        readout: first.readout,
        subsets: own.length,
        tokens: first.tokens,
        survivedSd: sampleSd(own.map(({ survived }) => survived.fraction)),
        damagedSd: sampleSd(own.map(({ damaged }) => damaged.fraction)),
        meanCorrelationSd: sampleSd(own.map(({ meanCorrelation }) => meanCorrelation)),
      },
    ]
  })
}

/** n − 1; null of one. */
const sampleSd = (values: readonly number[]): number | null =>
  values.length < 2 ? null : sampleStandardDeviation([...values])
