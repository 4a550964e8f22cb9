/** @file `saegate attribute` as a page. */
import { xml } from '../../words/xml-escape.ts'
import { experimentPage, pageTable } from '../experiment-page.ts'
import type { Attribution } from './attribution.ts'
import { attributionLines, placeRows, tensorRows, watchedRows } from './attribution-text.ts'

export function attributionPage(attribution: Attribution): string {
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
    title: 'Which tensors damage which features',
    lines: attributionLines(attribution),
    sections: [
      ...table('Worst first', tensorRows(attribution)),
      ...table('The whole candidate beside the sum of the swaps', placeRows(attribution)),
      ...table('Watched features', watchedRows(attribution)),
    ],
  })
}
