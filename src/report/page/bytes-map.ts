/** @file Bytes against survival: a mark per candidate that can be compared, and a line through those that no other beats. */
import * as Plot from '@observablehq/plot'
import type { Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { type RankedRow, ranking } from '../ranking/rows.ts'
import { bytesWords } from '../ranking/shown.ts'
import { decimal, decimalInterval, percent, percentInterval } from '../words/format.ts'
import { xml } from '../words/xml-escape.ts'
import { figure, MAX_CANDIDATES } from './figure.ts'

interface Point {
  readonly name: string
  readonly bytes: number
  readonly survived: number
  readonly low: number
  readonly high: number
  readonly isOnFrontier: boolean
}

/** '' where fewer than two candidates can be compared by what survives. */
export function bytesMap(report: Report): string {
  const rows = ranking(report).slice(0, MAX_CANDIDATES)
  const all = rows.flatMap((row) => pointOf(row) ?? [])
  if (all.length < 2) return ''
  const lowest = Math.min(...all.map(({ low }) => low))
  const marks = { x: 'bytes', y: 'survived' } as const
  return figure(
    {
      width: 580,
      height: 320,
      marginTop: 24,
      marginRight: 90,
      marginBottom: 44,
      marginLeft: 56,
      x: { label: 'Bytes →', tickFormat: bytesWords, ticks: 5, nice: true, inset: 12 },
      y: {
        label: '↑ Active features that survive',
        tickFormat: (value: number) => percent(value, 0),
        ticks: 6,
        domain: [lowest > 0.55 ? Math.floor(lowest * 10 - 0.5) / 10 : 0, 1.02],
      },
      marks: [
        Plot.gridX({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.gridY({ ticks: 6, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.line(
          all.filter(({ isOnFrontier }) => isOnFrontier),
          { ...marks, stroke: 'var(--muted)', strokeDasharray: '4 3' },
        ),
        Plot.ruleX(all, { x: 'bytes', y1: 'low', y2: 'high', stroke: 'var(--ink)', strokeOpacity: 0.6 }),
        Plot.dot(all, {
          ...marks,
          r: 5,
          symbol: ({ isOnFrontier }: Point) => (isOnFrontier ? 'diamond' : 'circle'),
          fill: ({ isOnFrontier }: Point) => (isOnFrontier ? 'var(--ink)' : 'var(--muted)'),
          stroke: 'var(--page)',
        }),
        Plot.text(all, { ...marks, text: 'name', dx: 9, textAnchor: 'start', fill: 'var(--ink)' }),
      ],
    },
    {
      id: 'bytes',
      title: 'Bytes and what they keep',
      description:
        'Bytes of all tensors that are run, against surviving features at the read-out where the fewest do. Diamonds, joined by a line: no other candidate takes as few bytes and keeps as much.',
      header: ['Candidate', 'Bytes', 'Bits per parameter', 'KL', 'Interval', 'Survived', 'Interval'],
      rows: rows.map(numbersOf),
    },
  )
}

function pointOf({ candidate, survived, isOnFrontier }: RankedRow): Point | null {
  if (survived === null || candidate.size === undefined || isOnFrontier === null) return null
  const [low = survived.fraction, high = survived.fraction] = survived.ci ?? []
  const { bytes } = candidate.size
  return { name: visible(candidate.name, 24), bytes, survived: survived.fraction, low, high, isOnFrontier }
}

function numbersOf({ candidate, bits, survived, isOnFrontier }: RankedRow): readonly string[] {
  const { size, divergence } = candidate
  return [
    `${isOnFrontier === true ? '◆ ' : ''}${xml(visible(candidate.name, 40))}`,
    size === undefined ? '–' : bytesWords(size.bytes),
    decimal(bits?.all, 2),
    decimal(divergence?.klMean, 4),
    decimalInterval(divergence?.klMeanCi, 4),
    percent(survived?.fraction),
    percentInterval(survived?.ci),
  ]
}
