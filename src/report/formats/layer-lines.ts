/** @file Survival layer by layer, for a terminal: a row per layer, a column for each of the worst candidates. */
import type { Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { coursesByLayer } from '../words/by-layer.ts'
import { percent } from '../words/format.ts'

const MOST_CANDIDATES = 5
const COLUMN = 16

/** Nothing where no place is read in three blocks. */
export function layerLines(report: Report): readonly string[] {
  return coursesByLayer(report).flatMap(({ place, candidates, rows }) => {
    const names = candidates.slice(0, MOST_CANDIDATES).map((name) => visible(name, COLUMN - 2))
    return [
      '',
      `survived by layer, ${visible(place, 40)}`,
      `  layer${names.map((name) => name.padStart(COLUMN)).join('')}`,
      ...rows.map(({ layer, figures }) => {
        const shares = names.map((_, c) => percent(figures[c]?.survived.fraction).padStart(COLUMN))
        return `${String(layer).padStart(7)}${shares.join('')}`
      }),
    ]
  })
}
