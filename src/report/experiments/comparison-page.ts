/** @file `saegate compare` as a page: its tables, and the features of both as a plot of ρ against ρ. */
import * as Plot from '@observablehq/plot'
import { visible } from '../../escape/visible.ts'
import { type ClassThresholds, countedRho } from '../../statistics/definitions.ts'
import type { RateDecile, SetOverlap } from '../../statistics/overlap/overlap.ts'
import { figure } from '../page/figure.ts'
import { count, decimal, number, percent } from '../words/format.ts'
import { xml } from '../words/xml-escape.ts'
import { type ComparedPair, sideNames } from './comparison.ts'
import { figureCells, protocolLines } from './comparison-text.ts'
import { experimentPage, pageTable } from './experiment-page.ts'

export function comparisonPage({ comparison, pair }: ComparedPair): string {
  const [nameA, nameB] = sideNames(comparison).map((name) => xml(visible(name, 60))) as [string, string]
  const { overlap, a } = comparison
  const halves = overlap.acrossHalves
  const setCells = (name: string, set: SetOverlap): readonly string[] => [
    name,
    ...[set.a, set.b, set.both, set.either].map(count),
    ...figureCells(set.jaccard),
    decimal(set.jaccardExpected, 3),
  ]
  const quadrant = overlap.quadrants
  return experimentPage({
    title: `${sideNames(comparison).join(' against ')}${a.readout === null ? '' : ` at ${a.readout}`}`,
    lines: protocolLines(comparison),
    sections: [
      pageTable('Which features are lost', [
        ['', nameA, nameB, 'Both', 'Either', 'Jaccard', 'Interval', 'By chance'],
        setCells('Not survived', overlap.nonSurvived),
        setCells('Damaged', overlap.damaged),
      ]),
      pageTable('Damage scores', [
        ['', 'Correlation', 'Interval', 'Across disjoint halves of the text'],
        ['Pearson', ...figureCells(overlap.pearson), decimal(halves?.pearson, 3)],
        ['Spearman', ...figureCells(overlap.spearman), decimal(halves?.spearman, 3)],
      ]),
      pageTable('Survived', [
        ['In both', `In ${nameA} alone`, `In ${nameB} alone`, 'In neither'],
        [quadrant.both, quadrant.onlyA, quadrant.onlyB, quadrant.neither].map(count),
      ]),
      `<section><h2>Features</h2><div class="grid">${scatter({ comparison, pair }, [nameA, nameB])}
${byRate(overlap.deciles, [nameA, nameB])}</div></section>`,
    ],
  })
}

type Names = readonly [a: string, b: string]
const SIZE = { width: 520, height: 420, marginLeft: 52, marginRight: 16, marginTop: 24, marginBottom: 42 }
const CELLS = 48

interface Cell {
  readonly x1: number
  readonly y1: number
  readonly n: number
}

/** Counted into cells, so that the picture does not grow with the dictionary. */
function scatter({ comparison, pair }: ComparedPair, [nameA, nameB]: Names): string {
  const { thresholds, overlap } = comparison
  const [a, b] = [Array.from(pair.a.rho, countedRho), Array.from(pair.b.rho, countedRho)]
  const least = a.concat(b).reduce((low, rho) => Math.min(low, rho), 0)
  const step = (1 - least) / CELLS
  const placeOf = (rho: number): number => Math.min(CELLS - 1, Math.floor((rho - least) / step))
  const counts = new Map<number, number>()
  a.forEach((rho, k) => {
    const cell = placeOf(rho) * CELLS + placeOf(b[k] ?? 0)
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  })
  const cells: Cell[] = [...counts].map(([cell, n]) => ({
    x1: least + Math.floor(cell / CELLS) * step,
    y1: least + (cell % CELLS) * step,
    n,
  }))
  const most = cells.reduce((top, cell) => Math.max(top, cell.n), 1)
  const { both, onlyA, onlyB, neither } = overlap.quadrants
  return figure(
    {
      ...SIZE,
      x: { domain: [least, 1], label: 'ρ of the first →', ticks: 6 },
      y: { domain: [least, 1], label: '↑ ρ of the second', ticks: 6 },
      opacity: { type: 'sqrt', domain: [0, most], range: [0.25, 1] },
      marks: [
        Plot.rect(cells, {
          x1: 'x1',
          x2: (cell: Cell) => cell.x1 + step,
          y1: 'y1',
          y2: (cell: Cell) => cell.y1 + step,
          fill: 'var(--accent)',
          fillOpacity: 'n',
          inset: 0.3,
        }),
        ...limitRules(thresholds),
      ],
    },
    {
      id: 'scatter',
      title: 'ρ against ρ',
      description: `Features by their ρ in ${nameA} (across) and in ${nameB} (up). Stronger colour: more features. Dashed: survived from ${number(thresholds.survived)}, damaged below ${number(thresholds.damaged)}.`,
      header: ['Survived', 'Features', 'Share'],
      rows: (
        [
          ['in both', both],
          [`in ${nameA} alone`, onlyA],
          [`in ${nameB} alone`, onlyB],
          ['in neither', neither],
        ] as const
      ).map(([name, n]) => [name, count(n), percent(n / overlap.features)]),
    },
  )
}

function limitRules({ survived, damaged }: ClassThresholds): readonly Plot.Markish[] {
  const style = { stroke: 'var(--ink)', strokeDasharray: '4 3', strokeOpacity: 0.6 }
  return [Plot.ruleX([damaged, survived], style), Plot.ruleY([damaged, survived], style)]
}

function byRate(deciles: readonly RateDecile[], [nameA, nameB]: Names): string {
  const lines = deciles.flatMap((bin, i) => [
    { tenth: i + 1, lost: bin.nonSurvivedA, side: 'a' },
    { tenth: i + 1, lost: bin.nonSurvivedB, side: 'b' },
  ])
  const ofSide = (side: string) => lines.filter((point) => point.side === side)
  return figure(
    {
      ...SIZE,
      x: { label: 'Firing rate, tenths: rarest → most frequent', ticks: deciles.length },
      y: {
        label: '↑ Not survived',
        zero: true,
        tickFormat: (value: number) => percent(value, 0),
        grid: true,
      },
      marks: [
        Plot.lineY(ofSide('a'), { x: 'tenth', y: 'lost', stroke: 'var(--accent)', marker: 'circle' }),
        Plot.lineY(ofSide('b'), {
          x: 'tenth',
          y: 'lost',
          stroke: 'var(--damaged)',
          strokeDasharray: '5 3',
          marker: 'circle',
        }),
      ],
    },
    {
      id: 'rate',
      title: 'Not survived, by firing rate',
      description: `Active features in tenths of equal count. Whole line: ${nameA}; dashed: ${nameB}.`,
      header: ['Tenth', 'Fires on up to', 'Mean rate', 'Features', nameA, nameB],
      rows: deciles.map((bin, i) => [
        String(i + 1),
        percent(bin.high, 3),
        percent(bin.meanRate, 3),
        count(bin.features),
        percent(bin.nonSurvivedA, 2),
        percent(bin.nonSurvivedB, 2),
      ]),
    },
  )
}
