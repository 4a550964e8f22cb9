/** @file `saegate stability` as a page. */
import * as Plot from '@observablehq/plot'
import type { StabilityRow } from '../../../contract/report/stability-schema.ts'
import { visible } from '../../../escape/visible.ts'
import { CLASS_COLOURS, figure } from '../../page/figure.ts'
import { count, percent, percentInterval } from '../../words/format.ts'
import { xml } from '../../words/xml-escape.ts'
import { experimentPage, pageTable } from '../experiment-page.ts'
import type { Stability } from './stability.ts'
import { gridRows, partRows, spreadRows, stabilityLines } from './stability-text.ts'

export function stabilityPage(stability: Stability): string {
  const table = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
    rows.length < 2
      ? []
      : [
          pageTable(
            title,
            rows.map((row) => row.map((cell) => xml(cell))),
          ),
        ]
  return experimentPage({
    title: 'Stability',
    lines: stabilityLines(stability),
    sections: [
      `<section><h2>Features</h2><div class="grid">${survivalByTokens(stability)}</div></section>`,
      ...table('Parts of the text', partRows(stability)),
      ...table('Spread of the drawn subsets', spreadRows(stability)),
      ...table('Other thresholds', gridRows(stability)),
    ],
  })
}

const shown = ({ candidate, readout }: StabilityRow): string =>
  `${visible(candidate, 30)} at ${visible(readout, 40)}`

/** Survival of beginnings, with intervals, and of drawn subsets as rings. */
export function survivalByTokens({ rows }: Stability): string {
  const points = rows
    .filter(({ kind }) => kind !== 'itself')
    .map((row) => {
      const [low = row.survived.fraction, high = row.survived.fraction] = row.survived.ci ?? []
      return { ...row, series: shown(row), share: row.survived.fraction, low, high }
    })
  const first = points.filter(({ kind }) => kind === 'budget')
  const drawn = points.filter(({ kind }) => kind === 'subset')
  return figure(
    {
      width: 520,
      height: 360,
      marginLeft: 52,
      marginRight: 24,
      marginBottom: 42,
      x: { label: 'Tokens →', tickFormat: (value: number) => count(value), ticks: 5, zero: true },
      y: {
        label: '↑ Active features that survive',
        grid: true,
        tickFormat: (value: number) => percent(value, 0),
      },
      marks: [
        Plot.ruleX(first, {
          x: 'tokens',
          y1: 'low',
          y2: 'high',
          stroke: CLASS_COLOURS.survived,
          strokeOpacity: 0.5,
        }),
        Plot.lineY(first, {
          x: 'tokens',
          y: 'share',
          z: 'series',
          stroke: CLASS_COLOURS.survived,
          marker: 'circle',
        }),
        Plot.dot(drawn, { x: 'tokens', y: 'share', r: 4, stroke: 'var(--accent)' }),
      ],
    },
    {
      id: 'tokens',
      title: 'Survival by how much text was read',
      description:
        'Points on lines: the first tokens of the text, with intervals. Rings: sequences drawn from it.',
      header: ['Candidate and read-out', 'Text', 'Tokens', 'Survived', 'Interval'],
      rows: points.map((point) => [
        xml(point.series),
        point.kind === 'budget' ? 'first' : `drawn by ${point.seed}`,
        count(point.tokens),
        percent(point.share, 2),
        percentInterval(point.survived.ci, 1),
      ]),
    },
  )
}
