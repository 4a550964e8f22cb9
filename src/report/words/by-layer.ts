/** @file Survival layer by layer, where the same place of several blocks is read: one table per place, made for every form of the report. */
import type { FeaturesReport, Report } from '../../contract/report/report-schema.ts'
import { bySeverity, ofActive } from './figures.ts'

/** Fewer layers are no course. */
const FEWEST_LAYERS = 3

export interface LayerRow {
  readonly layer: number
  readonly readout: string
  /** Per candidate: its figures there; null: they cannot be told. */
  readonly figures: readonly (FeaturesReport | null)[]
}

export interface Course {
  /** The place in a block: `hook_resid_post`. */
  readonly place: string
  readonly candidates: readonly string[]
  /** Ascending; a layer comes as often as it has dictionaries. */
  readonly rows: readonly LayerRow[]
}

/** Places that are read in three blocks at least. Candidates: the worst first. */
export function coursesByLayer(report: Report): readonly Course[] {
  const candidates = bySeverity(report.candidates)
  const places = new Map<string, LayerRow[]>()
  for (const readout of report.readouts) {
    const place = readout.hook.replace(/^blocks\.\d+\./, '')
    if (place === readout.hook) continue
    const figures = candidates.map(({ features }) => {
      const found = features.find((one) => one.readout === readout.id)
      return found === undefined ? null : ofActive(found)
    })
    const row = { layer: readout.layer, readout: readout.id, figures }
    places.set(place, [...(places.get(place) ?? []), row])
  }
  return [...places]
    .filter(([, rows]) => new Set(rows.map(({ layer }) => layer)).size >= FEWEST_LAYERS)
    .map(([place, rows]) => ({
      place,
      candidates: candidates.map(({ name }) => name),
      rows: rows.sort((a, b) => a.layer - b.layer),
    }))
}
