/**
 * @file The three plots of one candidate at one read-out: where ρ lies, how it goes with a feature's peak, and how
 * survival goes with the firing rate (the paper's fragility: rare and weak features are lost first). Everything is
 * counted into bins here, so that an SVG does not grow with the dictionary.
 */
import * as Plot from '@observablehq/plot'
import type { FeatureTable } from '../../contract/report/feature-table.ts'
import { countedRho } from '../../statistics/definitions.ts'
import { count, decimal, number, percent } from '../words/format.ts'
import { CLASS_COLOURS, figure } from './figure.ts'
import type { ShownPair } from './page-data.ts'

type Kind = keyof typeof CLASS_COLOURS
const KINDS: readonly Kind[] = ['survived', 'degraded', 'damaged']
const SIZE = { width: 380, height: 280, marginLeft: 48, marginRight: 16, marginTop: 22, marginBottom: 40 }

/** One active feature; an undefined ρ is 0, as everywhere. */
interface Active {
  readonly rho: number
  readonly kind: Kind
  readonly rate: number
  readonly peak: number
}

function actives(table: FeatureTable): Active[] {
  const found: Active[] = []
  table.class.forEach((one, j) => {
    const kind = KINDS.find((known) => known === one)
    const rho = table.correlation[j] ?? Number.NaN
    if (kind) {
      found.push({
        rho: countedRho(rho),
        kind,
        rate: table.firingRate[j] ?? 0,
        peak: table.peak[j] ?? 0,
      })
    }
  })
  return found
}

/** The plots of the pair with this index, as HTML; '' without active features. */
export function pairPlots({ features, table }: ShownPair, index: number): string {
  const active = actives(table)
  if (active.length === 0) return ''
  const { survived, damaged } = features.thresholds
  return [
    distribution(active, [damaged, survived], `rho-${index}`),
    againstPeak(active, [damaged, survived], `peak-${index}`),
    byFiringRate(active, `rate-${index}`),
  ].join('\n')
}

interface Bin {
  readonly x1: number
  readonly x2: number
  readonly y1: number
  readonly y2: number
  readonly kind: Kind
}

const RHO_STEP = 0.025

function thresholdRules(
  thresholds: readonly number[],
  mark: typeof Plot.ruleX | typeof Plot.ruleY,
): Plot.Markish {
  return mark([...thresholds], { stroke: 'var(--ink)', strokeDasharray: '4 3', strokeOpacity: 0.7 })
}

function distribution(active: readonly Active[], thresholds: readonly [number, number], id: string): string {
  const low = Math.min(0, ...active.map((one) => Math.floor(one.rho / RHO_STEP) * RHO_STEP))
  const bins: Bin[] = []
  for (let i = 0; low + i * RHO_STEP < 1 - 1e-9; i++) {
    const [x1, x2] = [low + i * RHO_STEP, low + (i + 1) * RHO_STEP]
    const isLast = x2 > 1 - 1e-9
    const inside = active.filter((one) => one.rho >= x1 - 1e-12 && (one.rho < x2 - 1e-12 || isLast))
    let y1 = 0
    for (const kind of KINDS) {
      const y2 = y1 + inside.filter((one) => one.kind === kind).length
      if (y2 > y1) bins.push({ x1, x2, y1, y2, kind })
      y1 = y2
    }
  }
  const tenths = decile(active, low)
  return figure(
    {
      ...SIZE,
      x: { domain: [low, 1], label: 'ρ →', ticks: 6 },
      y: {
        label: '↑ Features',
        grid: false,
        ticks: 5,
        tickFormat: (value: number) => count(value),
        nice: true,
      },
      marks: [
        Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.rect(bins, {
          x1: 'x1',
          x2: 'x2',
          y1: 'y1',
          y2: 'y2',
          fill: (bin: Bin) => CLASS_COLOURS[bin.kind],
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        thresholdRules(thresholds, Plot.ruleX),
        Plot.ruleY([0], { stroke: 'var(--muted)' }),
      ],
    },
    {
      id,
      title: 'Where ρ lies',
      description: `Active features by correlation; dashed: damaged below ${number(thresholds[0])}, survived from ${number(thresholds[1])}.`,
      header: ['ρ', 'Features', 'Share'],
      rows: tenths.map(([label, n]) => [label, count(n), percent(n / active.length)]),
    },
  )
}

/** Counts per tenth of ρ, for the table. */
function decile(active: readonly Active[], low: number): [string, number][] {
  const from = Math.floor(low * 10)
  return Array.from({ length: 10 - from }, (_, i) => {
    const at = from + i
    const isLast = at === 9
    const inside = active.filter((one) => Math.floor(one.rho * 10 + 1e-9) === at || (isLast && one.rho >= 1))
    return [`${decimal(at / 10, 1)} to ${decimal((at + 1) / 10, 1)}`, inside.length]
  })
}

const CELLS = { x: 34, y: 26 }

function againstPeak(active: readonly Active[], thresholds: readonly [number, number], id: string): string {
  const logs = active.map((one) => Math.log10(Math.max(one.peak, 1e-6)))
  const [left, right] = [Math.min(...extent(logs)), Math.max(...extent(logs))]
  const stepX = Math.max(right - left, 0.1) / CELLS.x
  const low = Math.min(0, extent(active.map((one) => one.rho))[0])
  const stepY = (1 - low) / CELLS.y
  const cells = new Map<string, { i: number; j: number; counts: Record<Kind, number> }>()
  active.forEach((one, n) => {
    const i = Math.min(CELLS.x - 1, Math.floor(((logs[n] ?? left) - left) / stepX))
    const j = Math.min(CELLS.y - 1, Math.floor((one.rho - low) / stepY))
    const cell = cells.get(`${i},${j}`) ?? { i, j, counts: { survived: 0, degraded: 0, damaged: 0 } }
    cell.counts[one.kind]++
    cells.set(`${i},${j}`, cell)
  })
  const rects = [...cells.values()].map(({ i, j, counts }) => ({
    x1: left + i * stepX,
    x2: left + (i + 1) * stepX,
    y1: low + j * stepY,
    y2: low + (j + 1) * stepY,
    n: counts.survived + counts.degraded + counts.damaged,
    kind: KINDS.reduce((most, kind) => (counts[kind] > counts[most] ? kind : most)),
  }))
  return figure(
    {
      ...SIZE,
      x: {
        label: 'Largest activation in the reference (log) →',
        ticks: logTicks(left, left + CELLS.x * stepX),
        tickFormat: (value: number) => number(10 ** value, 2),
      },
      y: { domain: [low, 1], label: '↑ ρ', ticks: 6 },
      opacity: { type: 'sqrt', domain: [0, Math.max(...rects.map((cell) => cell.n))], range: [0.25, 1] },
      marks: [
        Plot.rect(rects, {
          x1: 'x1',
          x2: 'x2',
          y1: 'y1',
          y2: 'y2',
          fill: (cell: { kind: Kind }) => CLASS_COLOURS[cell.kind],
          fillOpacity: 'n',
          inset: 0.4,
        }),
        thresholdRules(thresholds, Plot.ruleY),
      ],
    },
    {
      id,
      title: 'ρ against peak activation',
      description: 'Stronger colour: more features in the cell. Weak features are usually lost first.',
      header: ['Quarter by peak', 'Peak up to', 'Survived', 'Damaged'],
      rows: quantiles(active, (one) => one.peak, 4).map((group, i) => [
        ['Weakest', 'Second', 'Third', 'Strongest'][i] ?? '',
        number(Math.max(...extent(group.map((one) => one.peak))), 3),
        percent(share(group, 'survived')),
        percent(share(group, 'damaged')),
      ]),
    },
  )
}

/** log₁₀ of 1, 3, 10, 30, … within the range; thinned when there are many. */
function logTicks(low: number, high: number): number[] {
  const all: number[] = []
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) all.push(power, power + Math.log10(3))
  const inside = all.filter((tick) => tick >= low && tick <= high)
  return inside.length > 7 ? inside.filter((tick) => Number.isInteger(tick)) : inside
}

function byFiringRate(active: readonly Active[], id: string): string {
  const groups = quantiles(active, (one) => one.rate, 10)
  const bars = groups.flatMap((group, i) => {
    let y1 = 0
    return KINDS.map((kind) => {
      const bar = { decile: i + 1, y1, y2: y1 + share(group, kind), kind }
      y1 = bar.y2
      return bar
    })
  })
  return figure(
    {
      ...SIZE,
      x: { label: 'Firing rate, tenths: rarest → most frequent', tickSize: 0, padding: 0.12 },
      y: {
        domain: [0, 1],
        label: '↑ Share of features',
        ticks: 5,
        tickFormat: (value: number) => percent(value, 0),
      },
      marks: [
        Plot.barY(bars, {
          x: 'decile',
          y1: 'y1',
          y2: 'y2',
          fill: (bar: { kind: Kind }) => CLASS_COLOURS[bar.kind],
        }),
        Plot.ruleY([0], { stroke: 'var(--muted)' }),
      ],
    },
    {
      id,
      title: 'Survival by firing rate',
      description: 'Active features in tenths by how often they fire in the reference.',
      header: ['Tenth', 'Fires on up to', 'Features', 'Survived', 'Degraded', 'Damaged'],
      rows: groups.map((group, i) => [
        String(i + 1),
        percent(Math.max(...extent(group.map((one) => one.rate))), 3),
        count(group.length),
        ...KINDS.map((kind) => percent(share(group, kind))),
      ]),
    },
  )
}

function share(group: readonly Active[], kind: Kind): number {
  return group.length === 0 ? 0 : group.filter((one) => one.kind === kind).length / group.length
}

/** `parts` groups of equal size by rank; empty ones are left out. */
function quantiles(active: readonly Active[], by: (one: Active) => number, parts: number): Active[][] {
  const sorted = [...active].sort((a, b) => by(a) - by(b))
  return Array.from({ length: parts }, (_, i) =>
    sorted.slice(Math.round((i * sorted.length) / parts), Math.round(((i + 1) * sorted.length) / parts)),
  ).filter((group) => group.length > 0)
}

/** Smallest and largest without spreading thousands of arguments. */
function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}
