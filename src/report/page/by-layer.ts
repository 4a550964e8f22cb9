/** @file Survival layer by layer: a line per candidate, with intervals, one plot per place in the block. */
import * as Plot from '@observablehq/plot'
import type { Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { type Course, coursesByLayer } from '../words/by-layer.ts'
import { percent, percentInterval } from '../words/format.ts'
import { xml } from '../words/xml-escape.ts'
import { figure, MAX_CANDIDATES } from './figure.ts'

const WIDTH = 580
const HEIGHT = 300
const MARGIN_TOP = 24
const MARGIN_BOTTOM = 44
/** Pixels between names. */
const LEAST_GAP = 13

interface Point {
  readonly name: string
  readonly layer: number
  readonly share: number
  readonly low: number
  readonly high: number
}

/** One figure per place that is read in three blocks or more. */
export function layerPlots(report: Report): readonly string[] {
  return coursesByLayer(report).flatMap((course, i) => {
    const points = pointsOf(course)
    return points.length === 0 ? [] : [plot(course, points, i)]
  })
}

function pointsOf({ candidates, rows }: Course): readonly Point[] {
  return rows.flatMap(({ layer, figures }) =>
    figures.slice(0, MAX_CANDIDATES).flatMap((one, c) => {
      if (one === null) return []
      const { fraction: share, ci } = one.survived
      const [low, high] = ci ?? [share, share]
      return [
        { name: visible(candidates[c] ?? '', 24), layer, share, low: low ?? share, high: high ?? share },
      ]
    }),
  )
}

function plot({ place, candidates, rows }: Course, points: readonly Point[], i: number): string {
  const isMarked = points.length <= 200
  return figure(
    {
      width: WIDTH,
      height: HEIGHT,
      marginLeft: 52,
      marginTop: MARGIN_TOP,
      marginRight: 130,
      marginBottom: MARGIN_BOTTOM,
      x: { label: 'Layer', tickFormat: (layer: number) => (Number.isInteger(layer) ? String(layer) : '') },
      y: { label: 'Survived', domain: [0, 1], tickFormat: (share: number) => percent(share, 0) },
      color: { scheme: 'tableau10' },
      marks: [
        Plot.ruleX(points, { x: 'layer', y1: 'low', y2: 'high', stroke: 'name', strokeOpacity: 0.5 }),
        Plot.line(points, { x: 'layer', y: 'share', stroke: 'name', z: 'name' }),
        ...(isMarked
          ? [
              Plot.dot(points, {
                x: 'layer',
                y: 'share',
                fill: 'name',
                r: 2.5,
                title: ({ name, layer, share }: Point) =>
                  `${name}, layer ${layer}: ${percent(share)} survived`,
              }),
            ]
          : []),
        ...names(points),
      ],
    },
    {
      id: `layers-${i}`,
      title: `Survived, layer by layer (${xml(visible(place, 40))})`,
      description: 'Each line is a candidate; the strokes are intervals.',
      header: ['Layer', ...candidates.map((name) => xml(visible(name)))],
      rows: rows.map(({ layer, figures }) => [
        String(layer),
        ...figures.map((one) => `${percent(one?.survived.fraction)} ${percentInterval(one?.survived.ci)}`),
      ]),
    },
  )
}

/** A name at the end of each line, pushed down until none lies on another. */
function names(points: readonly Point[]): readonly Plot.Markish[] {
  const last = [...new Map(points.map((point) => [point.name, point])).values()].sort(
    (a, b) => b.share - a.share,
  )
  const room = HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
  let lowest = Number.NEGATIVE_INFINITY
  return last.map((point) => {
    const own = room * (1 - point.share)
    const at = Math.max(own, lowest + LEAST_GAP)
    lowest = at
    return Plot.text([point], {
      x: 'layer',
      y: 'share',
      text: 'name',
      dx: 8,
      dy: at - own,
      textAnchor: 'start',
    })
  })
}
