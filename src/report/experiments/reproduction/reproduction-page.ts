/** @file `saegate reproduce` as a page. */
import * as Plot from '@observablehq/plot'
import { visible } from '../../../escape/visible.ts'
import { CLASS_COLOURS, figure } from '../../page/figure.ts'
import { decimal, MISSING } from '../../words/format.ts'
import { xml } from '../../words/xml-escape.ts'
import { experimentPage, pageTable } from '../experiment-page.ts'
import type { Reproduction } from './reproduction.ts'
import { outsideLine, overriddenLines, reproductionTitle, toldTables } from './reproduction-text.ts'

export function reproductionPage(reproduction: Reproduction): string {
  const { runs } = reproduction
  const plot = survivalBesidePaper(reproduction)
  return experimentPage({
    title: reproductionTitle(reproduction),
    lines: [outsideLine(reproduction), ...overriddenLines(reproduction)],
    sections: [
      ...(plot === '' ? [] : [`<section><h2>Features</h2><div class="grid">${plot}</div></section>`]),
      ...toldTables(reproduction).map(({ title, rows, notTold }) => {
        const notes = notTold.map((line) => `<p>${xml(line)}</p>`).join('')
        return (
          pageTable(
            title,
            rows.map((row) => row.map((cell) => xml(cell))),
          ) + notes
        )
      }),
      `<section><h2>Runs</h2>${runs.map(runWords).join('')}</section>`,
    ],
  })
}

const runWords = ({ name, why, report }: Reproduction['runs'][number]): string =>
  `<p><b>${xml(visible(name, 40))}</b>: ${xml(visible(why.trim(), 1000))} Report: <code>${xml(visible(report, 200))}</code></p>`

/** '' without the paper's first table. */
function survivalBesidePaper({ rows }: Reproduction): string {
  const points = rows
    .filter(({ table, figure: name }) => table === 'table1' && name === 'survivedPercent')
    .map(({ condition, paper, ours }) => ({
      condition: visible(condition, 30),
      paper: paper === null ? null : Number(paper),
      ours,
    }))
  if (points.length === 0) return ''
  return figure(
    {
      width: 520,
      height: 360,
      marginLeft: 52,
      marginBottom: 42,
      x: {
        domain: points.map(({ condition }) => condition),
        type: 'point',
        label: 'Condition',
        padding: 0.5,
      },
      y: { domain: [0, 100], grid: true, label: '↑ Active features that survive, %' },
      marks: [
        Plot.ruleX(points, {
          x: 'condition',
          y1: 'paper',
          y2: 'ours',
          stroke: 'var(--ink)',
          strokeOpacity: 0.3,
        }),
        Plot.dot(points, { x: 'condition', y: 'paper', r: 5, stroke: 'var(--accent)' }),
        Plot.dot(points, { x: 'condition', y: 'ours', r: 4, fill: CLASS_COLOURS.survived }),
      ],
    },
    {
      id: 'paper',
      title: 'Survival, the paper’s and ours',
      description: 'Rings: the paper. Dots: measured here. The line between them is the difference.',
      header: ['Condition', 'Paper, %', 'Here, %'],
      rows: points.map(({ condition, paper, ours }) => [
        xml(condition),
        paper === null ? MISSING : decimal(paper, 3),
        decimal(ours, 3),
      ]),
    },
  )
}
