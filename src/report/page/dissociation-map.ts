/**
 * @file The dissociation map: perplexity change against survival, after the paper's central observation that the two
 * part. Limits are drawn where the policy has them; the corner that perplexity does not see is shaded.
 */
import * as Plot from '@observablehq/plot'
import type { Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import {
  bySeverity,
  limitOf,
  MOST_SHOWN_READOUTS,
  ofActive,
  shownPerplexity,
  shownReadouts,
} from '../words/figures.ts'
import { percent, percentInterval, signedInterval, signedPercent } from '../words/format.ts'
import { xml } from '../words/xml-escape.ts'
import { figure, MAX_CANDIDATES } from './figure.ts'

const WIDTH = 580
const HEIGHT = 380
const MARGIN = { marginTop: 24, marginRight: 28, marginBottom: 44, marginLeft: 56 }

interface Point {
  readonly name: string
  readonly readout: string
  readonly change: number
  readonly changeLow: number
  readonly changeHigh: number
  readonly survived: number
  readonly low: number
  readonly high: number
  readonly colour: string
  readonly isDissociated: boolean
}

const VERDICT_COLOURS = {
  pass: 'var(--survived)',
  fail: 'var(--damaged)',
  inconclusive: 'var(--degraded)',
} as const

function points(report: Report): Point[] {
  return bySeverity(report.candidates)
    .slice(0, MAX_CANDIDATES)
    .flatMap((candidate) => {
      const perplexity = shownPerplexity(candidate)?.figure
      if (!perplexity) return []
      const [changeLow = perplexity.deltaPercent, changeHigh = perplexity.deltaPercent] = perplexity.ci ?? []
      return shownReadouts(candidate).flatMap((features) => {
        if (ofActive(features) === null) return []
        const { readout, survived } = features
        const [low = survived.fraction, high = survived.fraction] = survived.ci ?? []
        return [
          {
            name: visible(candidate.name, 40),
            readout,
            change: perplexity.deltaPercent,
            changeLow,
            changeHigh,
            survived: survived.fraction,
            low,
            high,
            colour: candidate.verdict === null ? 'var(--ink)' : VERDICT_COLOURS[candidate.verdict],
            isDissociated: candidate.dissociation.flag,
          },
        ]
      })
    })
}

/** Limits that hold for the shown figures, without repeats. */
function limits(report: Report): { survived: number[]; change: number[] } {
  const survived = new Set<number>()
  const change = new Set<number>()
  const add = (set: Set<number>, limit: number | boolean | undefined) =>
    typeof limit === 'number' && set.add(limit)
  for (const candidate of report.candidates) {
    const shown = shownPerplexity(candidate)
    if (shown)
      add(
        change,
        limitOf(candidate, `perplexity.${shown.protocol}.deltaPercent`, null, shown.figure.deltaPercent)
          ?.limit,
      )
    for (const { readout, survived: share } of candidate.features) {
      add(survived, limitOf(candidate, 'features.survived', readout, share.fraction)?.limit)
    }
  }
  return { survived: [...survived].slice(0, 3), change: [...change].slice(0, 3) }
}

/** The axes, and what is marked on them. */
interface Frame {
  readonly x: LinearOrSymlog
  readonly y: { readonly domain: [number, number] }
  readonly limit: ReturnType<typeof limits>
  readonly corner: Corner | null
}

/** '' when nothing has both a perplexity and features. */
export function dissociationMap(report: Report): string {
  const all = points(report)
  if (all.length === 0) return ''
  const limit = limits(report)
  const corner = report.policy?.dissociation ?? null
  const [x, y] = scales(all, limit, corner)
  const frame: Frame = { x, y, limit, corner }
  const several = report.readouts.length > 1
  const isOneOfMany = report.readouts.length > MOST_SHOWN_READOUTS
  const which = isOneOfMany
    ? ' at the read-out where the fewest survive'
    : several
      ? ` and read-out (${readoutShapes(report)})`
      : ''
  return figure(
    {
      ...axes(frame),
      marks: [...background(frame), ...pointMarks(all, isOneOfMany), ...labels(all, x, y)],
    },
    {
      id: 'map',
      title: 'Dissociation map',
      description: `Perplexity change against surviving features, one mark per candidate${which}. Dashed: the policy's limits. In the shaded corner perplexity looks fine and the features are gone.`,
      header: ['Candidate', 'Read-out', 'Perplexity change', 'Interval', 'Survived', 'Interval'],
      rows: all.map((point) => [
        xml(point.name),
        xml(visible(point.readout)),
        signedPercent(point.change, 2),
        signedInterval([point.changeLow, point.changeHigh], 2),
        percent(point.survived),
        percentInterval([point.low, point.high]),
      ]),
    },
  )
}

function axes({ x, y }: Frame): Plot.PlotOptions {
  return {
    width: WIDTH,
    height: HEIGHT,
    ...MARGIN,
    x: {
      ...x,
      label: 'Change of perplexity →',
      tickFormat: (value: number) => signedPercent(value, Number.isInteger(value) ? 0 : 1),
      ticks: changeTicks(x),
    },
    y: {
      ...y,
      label: '↑ Active features that survive',
      tickFormat: (value: number) => percent(value, 0),
      ticks: 6,
    },
    symbol: { legend: false },
  }
}

/** What the points lie on: the corner, the grid, no change, the policy's limits. */
function background({ x, y, limit, corner }: Frame): readonly Plot.Markish[] {
  return [
    ...region(corner, x, y.domain),
    Plot.gridX({ ticks: changeTicks(x), stroke: 'var(--line)', strokeOpacity: 1 }),
    Plot.gridY({ ticks: 6, stroke: 'var(--line)', strokeOpacity: 1 }),
    Plot.ruleX([0], { stroke: 'var(--muted)' }),
    Plot.ruleY(limit.survived, { stroke: 'var(--damaged)', strokeDasharray: '5 4' }),
    Plot.ruleX(limit.change, { stroke: 'var(--damaged)', strokeDasharray: '5 4' }),
  ]
}

/** A dot for each point, with its intervals both ways. */
function pointMarks(all: readonly Point[], isOneOfMany: boolean): readonly Plot.Markish[] {
  const interval = { stroke: 'colour', strokeOpacity: 0.6 } as const
  return [
    Plot.ruleX(all, { x: 'change', y1: 'low', y2: 'high', ...interval }),
    Plot.ruleY(all, { y: 'survived', x1: 'changeLow', x2: 'changeHigh', ...interval }),
    Plot.dot(all, {
      x: 'change',
      y: 'survived',
      r: 5.5,
      fill: 'colour',
      stroke: 'var(--page)',
      symbol: isOneOfMany ? 'circle' : 'readout',
      title: (point: Point) =>
        `${point.name}, ${point.readout}: perplexity ${signedPercent(point.change)}, ${percent(point.survived)} survive`,
    }),
  ]
}

const SHAPES = ['circle', 'cross', 'diamond', 'square', 'star', 'triangle', 'wye']

function readoutShapes(report: Report): string {
  const ids = [
    ...new Set(report.candidates.flatMap((one) => one.features.map((features) => features.readout))),
  ]
  return ids.map((id, i) => `${SHAPES[i % SHAPES.length]}: ${xml(visible(id))}`).join(', ')
}

interface LinearOrSymlog {
  readonly type: 'linear' | 'symlog'
  readonly constant?: number
  readonly domain: [number, number]
}

/** Linear while the changes are small; else symlog, which keeps −0.3 % and +600 % on one axis. */
function changeScale(all: readonly Point[], limit: readonly number[]): LinearOrSymlog {
  const low = Math.min(0, ...limit, ...all.map((point) => point.changeLow))
  const high = Math.max(0, ...limit, ...all.map((point) => point.changeHigh))
  const size = Math.max(high - low, 0.5)
  if (size <= 30) return { type: 'linear', domain: [low - 0.1 * size, high + 0.12 * size] }
  return { type: 'symlog', constant: 2, domain: [low < 0 ? low * 1.6 - 1 : -1, high * 1.8] }
}

const SYMLOG_TICKS = [1, 3, 10, 30, 100, 300, 1000, 3000, 10000, 100000, 1e6, 1e7]

function changeTicks({ type, domain: [low, high] }: LinearOrSymlog): number | number[] {
  if (type === 'linear') return 6
  return [...SYMLOG_TICKS.map((tick) => -tick).reverse(), 0, ...SYMLOG_TICKS].filter(
    (tick) => tick > low && tick < high,
  )
}

type Corner = NonNullable<NonNullable<Report['policy']>['dissociation']>

/** Room for every point, every limit and the corner. */
function scales(
  all: readonly Point[],
  { change, survived }: { readonly change: readonly number[]; readonly survived: readonly number[] },
  corner: Corner | null,
): readonly [LinearOrSymlog, { domain: [number, number] }] {
  if (corner === null) return [changeScale(all, change), survivalScale(all, survived)]
  return [
    changeScale(all, [...change, corner.perplexityDeltaPercent]),
    survivalScale(all, [...survived, corner.survived]),
  ]
}

/** From 0, or closer when every point is high up: differences of a few points would not be seen. */
function survivalScale(all: readonly Point[], limit: readonly number[]): { domain: [number, number] } {
  const low = Math.min(...limit, ...all.map((point) => point.low))
  return { domain: [low > 0.55 ? Math.floor(low * 10 - 0.5) / 10 : 0, 1.02] }
}

/** The corner of dissociation: by the policy's own limits for it, which need not be those of any rule. */
function region(limits: Corner | null, x: LinearOrSymlog, y: [number, number]): Plot.Markish[] {
  if (limits === null) return []
  const { perplexityDeltaPercent: change, survived } = limits
  if (change <= x.domain[0] || survived <= y[0]) return []
  const toX = Plot.scale({ x: { ...x, range: [MARGIN.marginLeft, WIDTH - MARGIN.marginRight] } })
  const isRoomy = Number(toX.apply(change)) - MARGIN.marginLeft > 100
  const corner = [{ x1: x.domain[0], x2: change, y1: y[0], y2: survived }]
  return [
    Plot.rect(corner, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'var(--damaged)', fillOpacity: 0.1 }),
    Plot.text(corner, {
      x: 'x1',
      y: 'y1',
      dx: 7,
      dy: -6,
      textAnchor: 'start',
      lineAnchor: 'bottom',
      lineHeight: 1.15,
      fill: 'var(--damaged)',
      text: () => 'perplexity fine,\nfeatures gone',
    }),
  ].slice(0, isRoomy ? 2 : 1)
}

/** One label per candidate, beside its lowest point, pushed apart until none lies on another. */
function labels(all: readonly Point[], x: LinearOrSymlog, y: { domain: [number, number] }): Plot.Markish[] {
  const toX = Plot.scale({ x: { ...x, range: [MARGIN.marginLeft, WIDTH - MARGIN.marginRight] } })
  const toY = Plot.scale({
    x: { type: 'linear', domain: y.domain, range: [HEIGHT - MARGIN.marginBottom, MARGIN.marginTop] },
  })
  // The marks themselves are in the way, too.
  const placed = all.map((point) => {
    const at = Number(toX.apply(point.change))
    return { left: at - 8, right: at + 8, at: Number(toY.apply(point.survived)) }
  })
  return [...new Set(all.map((point) => point.name))].flatMap((name) => {
    const own = all.filter((point) => point.name === name)
    const point = own.reduce((lowest, one) => (one.survived < lowest.survived ? one : lowest))
    const px = Number(toX.apply(point.change))
    const py = Number(toY.apply(point.survived))
    const width = 7 * (name.length + (point.isDissociated ? 3 : 0))
    const isLeft = px + 12 + width > WIDTH
    const [left, right] = isLeft ? [px - 12 - width, px - 12] : [px + 12, px + 12 + width]
    let at = py
    // Down, but for the axis.
    const step = py > HEIGHT - MARGIN.marginBottom - 28 ? -3 : 3
    while (placed.some((other) => Math.abs(other.at - at) < 15 && other.left < right && left < other.right))
      at += step
    placed.push({ left, right, at })
    const options = {
      x: 'change',
      y: 'survived',
      dx: isLeft ? -11 : 11,
      dy: at - py,
      fill: 'var(--ink)',
    } as const
    const weight = point.isDissociated ? 700 : 500
    const text = point.isDissociated ? `${name} ⚠` : name
    return [
      Plot.text([point], {
        ...options,
        text: () => text,
        fontWeight: weight,
        textAnchor: isLeft ? 'end' : 'start',
        stroke: 'var(--page)',
        strokeWidth: 4,
      }),
    ]
  })
}
