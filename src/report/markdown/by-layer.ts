/** @file Survival layer by layer, in Markdown: a row per layer, a column per candidate. */
import type { Report } from '../../contract/report/report-schema.ts'
import { coursesByLayer } from '../words/by-layer.ts'
import * as format from '../words/format.ts'
import { code } from '../words/markdown-escape.ts'
import { table } from './markdown-parts.ts'

/** More columns than this nobody reads side by side. */
const MOST_CANDIDATES = 12

/** '' where no place is read in three blocks. */
export function layerTables(report: Report): string {
  return coursesByLayer(report)
    .map(({ place, candidates, rows }) => {
      const shown = candidates.slice(0, MOST_CANDIDATES)
      const header = ['Layer', ...shown.map((name) => code(name))]
      const body = rows.map(({ layer, figures }) => [
        String(layer),
        ...figures.slice(0, MOST_CANDIDATES).map((one) => {
          const interval = format.percentInterval(one?.survived.ci)
          return `${format.percent(one?.survived.fraction)} ${interval}`.trim()
        }),
      ])
      const more =
        candidates.length > shown.length ? `\n\n${candidates.length - shown.length} more candidates.` : ''
      return `Survived, at ${code(place)}:\n\n${table(header, body, 'r'.repeat(header.length))}${more}`
    })
    .join('\n\n')
}
