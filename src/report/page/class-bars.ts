/** @file Survived, degraded and damaged, stacked, for every candidate at every read-out. */
import * as Plot from '@observablehq/plot'
import type { CandidateReport, FeaturesReport, Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { MOST_SHOWN_READOUTS, ofActive, shownReadouts } from '../words/figures.ts'
import { decimal, number, percent } from '../words/format.ts'
import { xml } from '../words/xml-escape.ts'
import { CLASS_COLOURS, classKey, figure, MAX_CANDIDATES } from './figure.ts'

const WIDTH = 580

interface Segment {
  readonly name: string
  readonly readout: string
  readonly kind: keyof typeof CLASS_COLOURS
  readonly x1: number
  readonly x2: number
}

/** What is drawn, and whether read-outs stand beside one another or below. */
interface Bars {
  readonly candidates: readonly CandidateReport[]
  readonly segments: readonly Segment[]
  readonly readouts: readonly string[]
  readonly isBeside: boolean
}

/** Survived, degraded and damaged, stacked, per candidate and read-out. */
export function classBars(report: Report): string {
  const candidates = report.candidates.slice(0, MAX_CANDIDATES).filter((one) => one.features.length > 0)
  const segments = candidates.flatMap((one) =>
    shownReadouts(one).flatMap((features) => stacked(one, features)),
  )
  if (segments.length === 0) return ''
  const readouts = [...new Set(segments.map((segment) => segment.readout))]
  const bars: Bars = { candidates, segments, readouts, isBeside: readouts.length <= 2 }
  return figure(
    { ...layoutOf(bars), marks: [...stackedBars(bars)] },
    {
      id: 'classes',
      title: 'What became of the active features',
      description: `Survived, degraded and damaged per candidate, ${readouts.length === 1 ? 'at the read-out' : 'for each read-out'}${report.readouts.length > MOST_SHOWN_READOUTS ? ', of many the one where the fewest survive' : ''}.`,
      header: ['Candidate', 'Read-out', 'Survived', 'Degraded', 'Damaged', 'Mean ρ', 'KL'],
      rows: candidates.flatMap((one) => one.features.map((features) => numbersRow(one, features))),
    },
  ).replace('<div class="plot"', `${classKey()}<div class="plot"`)
}

/** Room for every bar and name, and the axes. */
function layoutOf({ candidates, segments, readouts, isBeside }: Bars): Plot.PlotOptions {
  const rows = candidates.length * (isBeside ? 1 : readouts.length)
  const longest = Math.max(...segments.map((segment) => segment.name.length))
  return {
    width: WIDTH,
    marginBottom: 44,
    height: 84 + 26 * rows + (isBeside ? 0 : 14 * readouts.length),
    marginLeft: Math.min(200, 24 + 7 * longest),
    marginRight: isBeside ? 24 : 190,
    marginTop: 34,
    x: {
      domain: [0, 1],
      label: 'Share of active features',
      tickFormat: (value: number) => percent(value, 0),
      ticks: isBeside && readouts.length > 1 ? [0, 0.5, 1] : 6,
    },
    y: { domain: candidates.map((one) => visible(one.name, 24)), label: null, tickSize: 0 },
    ...(isBeside ? { fx: { label: null, padding: 0.16 } } : { fy: { label: null } }),
  }
}

/** The bars, and on each how many survived. */
function stackedBars({ segments, isBeside }: Bars): readonly Plot.Markish[] {
  const facet = isBeside ? { fx: 'readout' } : { fy: 'readout' }
  const survivors = segments.filter((segment) => segment.kind === 'survived')
  return [
    Plot.barX(segments, {
      ...facet,
      x1: 'x1',
      x2: 'x2',
      y: 'name',
      fill: (segment: Segment) => CLASS_COLOURS[segment.kind],
      insetTop: 2,
      insetBottom: 2,
      title: (segment: Segment) =>
        `${segment.name}, ${segment.readout}: ${percent(segment.x2 - segment.x1)} ${segment.kind}`,
    }),
    Plot.text(survivors, {
      ...facet,
      x: 'x1',
      y: 'name',
      dx: 6,
      textAnchor: 'start',
      // A bar too short for its number: the number stands on amber, where only dark can be read.
      fill: (segment: Segment) => (segment.x2 > 0.2 ? 'var(--on-colour)' : '#1c1300'),
      fontWeight: 600,
      text: (segment: Segment) => percent(segment.x2 - segment.x1),
    }),
  ]
}

const WORST = 'where the fewest survive'

function stacked(candidate: CandidateReport, features: FeaturesReport): Segment[] {
  if (ofActive(features) === null) return []
  const { survived, degraded, damaged } = features
  const isOneOfMany = candidate.features.length > MOST_SHOWN_READOUTS
  const readout = isOneOfMany ? WORST : visible(features.readout, 40)
  const common = { name: visible(candidate.name, 24), readout }
  const second = survived.fraction + degraded.fraction
  return [
    { ...common, kind: 'survived', x1: 0, x2: survived.fraction },
    { ...common, kind: 'degraded', x1: survived.fraction, x2: second },
    { ...common, kind: 'damaged', x1: second, x2: second + damaged.fraction },
  ]
}

function numbersRow(candidate: CandidateReport, features: FeaturesReport): string[] {
  return [
    xml(visible(candidate.name)),
    xml(visible(features.readout)),
    ...(['survived', 'degraded', 'damaged'] as const).map((kind) =>
      percent(ofActive(features)?.[kind].fraction),
    ),
    decimal(ofActive(features)?.meanCorrelation, 4),
    candidate.divergence ? number(candidate.divergence.klMean) : '–',
  ]
}
