/** @file `saegate sweep` as a page: the plots and tables of arXiv 2606.03002 over the conditions of one report. */
import * as Plot from '@observablehq/plot'
import type { FeaturesReport, Report } from '../../../contract/report/report-schema.ts'
import { visible } from '../../../escape/visible.ts'
import { classBars } from '../../page/class-bars.ts'
import { dissociationMap } from '../../page/dissociation-map.ts'
import { CLASS_COLOURS, figure } from '../../page/figure.ts'
import { number, percent } from '../../words/format.ts'
import { xml } from '../../words/xml-escape.ts'
import { experimentPage, pageTable } from '../experiment-page.ts'
import { type Sweep, type SweepCondition, type SweptReport, sweptReadouts } from './sweep.ts'
import { matchRows, perplexityRows, sensitivityRows, survivalRows, sweepLines } from './sweep-text.ts'

type Rows = readonly (readonly string[])[]

export function sweepPage({ sweep, report }: SweptReport): string {
  const own = byRule(report, sweep)
  const tables = sweptReadouts(sweep).flatMap((readout) => [
    pageTable(`Survival at ${visible(readout, 60)}`, escaped(survivalRows(sweep, readout))),
    pageTable(`Other thresholds at ${visible(readout, 60)}`, escaped(sensitivityRows(sweep, readout))),
  ])
  return experimentPage({
    title: 'Sweep',
    lines: sweepLines(sweep),
    sections: [
      `<section><h2>Features</h2><div class="grid">${sweepFigures(sweep, own).join('\n')}</div></section>`,
      ...tables,
      ...some('Perplexity by both protocols', perplexityRows(sweep)),
      ...some('Pruning matched to another compression', matchRows(sweep)),
    ],
  })
}

/** The plots, each a figure; those that nothing is known for are left out. */
export function sweepFigures(sweep: Sweep, report: Report): readonly string[] {
  return [survivalByBits(sweep), dissociationMap(report), classBars(report)].filter((one) => one !== '')
}

const escaped = (rows: Rows): Rows => rows.map((row) => row.map((cell) => xml(cell)))

const some = (title: string, rows: Rows): readonly string[] =>
  rows.length < 2 ? [] : [pageTable(title, escaped(rows))]

/** The report with the sweep's own shares, so that plots and tables follow one rule. */
function byRule(report: Report, { conditions }: Sweep): Report {
  const shares = (candidate: string, features: FeaturesReport): FeaturesReport => {
    const own = conditions
      .find((one) => one.candidate === candidate)
      ?.readouts.find(({ readout }) => readout === features.readout)
    if (own === undefined) return features
    const { survived, degraded, damaged } = own
    const plain = ({ count, fraction, ci }: typeof survived) => ({
      count,
      fraction,
      ci: ci === null ? null : ([...ci] as [number, number]),
    })
    return { ...features, survived: plain(survived), degraded: plain(degraded), damaged: plain(damaged) }
  }
  return {
    ...report,
    candidates: report.candidates.map((candidate) => ({
      ...candidate,
      features: candidate.features.map((features) => shares(candidate.name, features)),
    })),
  }
}

interface Point {
  readonly bits: number
  readonly series: string
  readonly survived: number
  readonly low: number
  readonly high: number
}

/** Roundings of one granularity at one read-out are a line. Whole bits: scales take their part of a stored weight, not of its precision. */
function pointsOf(sweep: Sweep): readonly Point[] {
  const seriesOf = ({ spec }: SweepCondition, readout: string): string =>
    `${spec.replace(/^rtn:\d+/, 'rtn')} at ${visible(readout, 40)}`
  return sweep.conditions.flatMap((one) => {
    const bits = Number(/^rtn:(\d+)/.exec(one.spec)?.[1] ?? Number.NaN)
    if (Number.isNaN(bits)) return []
    return one.readouts.map(({ readout, survived: { fraction, ci } }) => {
      const [low = fraction, high = fraction] = ci ?? []
      return { bits, series: seriesOf(one, readout), survived: fraction, low, high }
    })
  })
}

/** '' with fewer than two bit-widths. */
function survivalByBits(sweep: Sweep): string {
  const points = pointsOf(sweep)
  const widths = [...new Set(points.map(({ bits }) => bits))].sort((a, b) => b - a)
  if (widths.length < 2) return ''
  return figure(
    {
      width: 520,
      height: 394,
      marginLeft: 52,
      marginRight: 150,
      marginBottom: 44,
      x: { domain: widths, type: 'point', label: 'Bits' },
      y: {
        domain: [0, 1],
        grid: true,
        label: '↑ Active features that survive',
        tickFormat: (value: number) => percent(value, 0),
      },
      marks: [
        Plot.ruleX(points, {
          x: 'bits',
          y1: 'low',
          y2: 'high',
          stroke: CLASS_COLOURS.survived,
          strokeOpacity: 0.5,
        }),
        Plot.lineY(points, {
          x: 'bits',
          y: 'survived',
          z: 'series',
          stroke: CLASS_COLOURS.survived,
          marker: 'circle',
          sort: { channel: 'bits', order: 'descending' },
        }),
        Plot.text(
          points.filter(({ bits }) => bits === widths.at(-1)),
          { x: 'bits', y: 'survived', text: 'series', dx: 10, textAnchor: 'start', fill: 'var(--ink)' },
        ),
      ],
    },
    {
      id: 'bits',
      title: 'Survival by bit-width',
      description: 'Part of the active features that survive rounding, with its interval, for each read-out.',
      header: ['Rounding', 'Bits', 'Survived', 'Low', 'High'],
      rows: points.map(({ series, bits, survived, low, high }) => [
        xml(series),
        number(bits),
        percent(survived, 3),
        percent(low, 1),
        percent(high, 1),
      ]),
    },
  )
}
