/** @file `saegate diagnose` as a page. */
import * as Plot from '@observablehq/plot'
import type { Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { CLASS_COLOURS, figure } from '../page/figure.ts'
import { count, percent } from '../words/format.ts'
import { xml } from '../words/xml-escape.ts'
import { diagnosisTables } from './diagnosis-text.ts'
import { experimentPage, pageTable } from './experiment-page.ts'

export function diagnosisPage(report: Report): string {
  const plot = outputErrors(report)
  return experimentPage({
    title: 'Diagnosis',
    lines: [
      `${count(report.candidates.length)} candidates of ${visible(report.reference.spec, 80)} on ${count(report.corpus.tokens)} tokens`,
    ],
    sections: [
      ...(plot === '' ? [] : [`<section><h2>Layers</h2><div class="grid">${plot}</div></section>`]),
      ...diagnosisTables(report).map(([title, rows]) =>
        pageTable(
          title,
          rows.map((row) => row.map((cell) => xml(cell))),
        ),
      ),
    ],
  })
}

/** '' where no errors of layers were measured. */
function outputErrors({ candidates }: Report): string {
  const points = candidates.flatMap(({ name, diagnosis }) => {
    const output = diagnosis?.weights?.output
    return output === undefined ? [] : [{ name: visible(name, 40), output }]
  })
  if (points.length === 0) return ''
  return figure(
    {
      width: 520,
      height: 60 + 26 * points.length,
      marginLeft: 150,
      marginRight: 60,
      marginBottom: 42,
      x: {
        label: 'Error of layers’ outputs →',
        grid: true,
        tickFormat: (value: number) => percent(value, 0),
      },
      y: { domain: points.map(({ name }) => name), label: null },
      marks: [
        Plot.barX(points, { x: 'output', y: 'name', fill: CLASS_COLOURS.degraded }),
        Plot.text(points, {
          x: 'output',
          y: 'name',
          text: ({ output }: { output: number }) => percent(output, 1),
          dx: 6,
          textAnchor: 'start',
          fill: 'var(--ink)',
        }),
        Plot.ruleX([0]),
      ],
    },
    {
      id: 'layers',
      title: 'What layers make of the reference’s inputs',
      description:
        '‖X(ŵ − w)ᵀ‖ over ‖Xwᵀ‖, X the inputs of a target matrix in the reference, averaged over these matrices.',
      header: ['Candidate', 'Error'],
      rows: points.map(({ name, output }) => [xml(name), percent(output, 2)]),
    },
  )
}
