/**
 * @file How one figure of a model moved from audit to audit: a line with the interval of each point, and the numbers below. Drawn by
 * hand: Plot takes tens of milliseconds a figure, and the site of a thousand models has three thousand.
 */
import type { Interval } from '../../contract/report/report-schema.ts'
import { framed } from '../../report/page/figure.ts'
import { xml } from '../../report/words/xml-escape.ts'
import type { Verdict } from '../outcome.ts'

export interface TrendPoint {
  /** ISO 8601. */
  readonly at: string
  readonly revision: string
  readonly value: number
  readonly ci: Interval
  readonly verdict: Verdict | null
}

export interface Trend {
  /** Unique in the page. */
  readonly id: string
  readonly title: string
  readonly description: string
  readonly words: (value: number) => string
  readonly interval: (ci: Interval) => string
}

/** More points than these are a blur; the last ones are shown. */
export const MOST_POINTS = 60

const COLOURS = {
  pass: 'var(--survived)',
  fail: 'var(--damaged)',
  inconclusive: 'var(--degraded)',
} as const

/** '' where there is nothing to show. Oldest first. */
export function trend({ words, interval, ...text }: Trend, all: readonly TrendPoint[]): string {
  const points = all.slice(-MOST_POINTS).filter(({ value }) => Number.isFinite(value))
  if (points.length === 0) return ''
  return framed(trendSvg(text.id, words, points), {
    ...text,
    header: ['Audit', 'Revision', 'Verdict', 'Figure', 'Interval'],
    rows: points.map(({ at, revision, verdict, value, ci }) => [
      xml(at.slice(0, 16).replace('T', ' ')),
      `<code>${xml(revision.slice(0, 12))}</code>`,
      verdict ?? '–',
      words(value),
      interval(ci) || '–',
    ]),
  })
}

/** Pixels; the plot lies between its margins. */
const SIZE = { width: 380, height: 220, top: 16, right: 16, bottom: 32, left: 62 }

function trendSvg(id: string, words: Trend['words'], points: readonly TrendPoint[]): string {
  const { width, height, top, right, bottom, left } = SIZE
  const values = points.flatMap(({ value, ci }) => [value, ...(ci ?? [])]).filter(Number.isFinite)
  const ticks = ticksOf(Math.min(...values), Math.max(...values))
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)]
  const x = (i: number): string => (left + ((i + 0.5) / points.length) * (width - left - right)).toFixed(1)
  const y = (value: number): string =>
    (height - bottom - ((value - low) / (high - low)) * (height - top - bottom)).toFixed(1)
  const grid = ticks.map(
    (tick) =>
      `<line x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}" stroke="var(--line)"/><text x="${left - 8}" y="${y(tick)}" dy="0.32em" text-anchor="end">${words(tick)}</text>`,
  )
  const every = Math.ceil(points.length / 6)
  const days = points.map(({ at }, i) =>
    i % every === 0
      ? `<text x="${x(i)}" y="${height - 10}" text-anchor="middle">${xml(at.slice(5, 10))}</text>`
      : '',
  )
  const bars = points.map(({ ci }, i) =>
    ci === null
      ? ''
      : `<line x1="${x(i)}" x2="${x(i)}" y1="${y(ci[0])}" y2="${y(ci[1])}" stroke="var(--ink)" stroke-opacity="0.6"/>`,
  )
  const dots = points.map(
    ({ value, verdict }, i) =>
      `<circle cx="${x(i)}" cy="${y(value)}" r="4" fill="${verdict === null ? 'var(--muted)' : COLOURS[verdict]}" stroke="var(--page)" stroke-width="1.5"/>`,
  )
  const line = points.map(({ value }, i) => `${x(i)},${y(value)}`).join(' ')
  return `<svg role="img" aria-labelledby="${id}-title ${id}-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-size="12" fill="currentColor">${grid.join('')}${days.join('')}<polyline points="${line}" fill="none" stroke="var(--muted)" stroke-width="1.5"/>${bars.join('')}${dots.join('')}</svg>`
}

/** Multiples of 1, 2 or 5 times a power of ten, about five, from below the least value to above the largest. */
function ticksOf(least: number, most: number): readonly number[] {
  const span = most > least ? most - least : Math.abs(most) || 1
  const power = 10 ** Math.floor(Math.log10(span / 4))
  const step = power * ([1, 2, 5].find((factor) => factor * power * 4 >= span) ?? 10)
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)]
  const count = Math.min(12, Math.max(1, last - first) + 1)
  return Array.from({ length: count }, (_, i) => (first + i) * step)
}
