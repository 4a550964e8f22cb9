/** @file All quantizations of one full-precision model that were measured alike, set beside each other: bytes against what they keep. */
import * as Plot from '@observablehq/plot'
import type { Interval } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { figure, MAX_CANDIDATES } from '../../report/page/figure.ts'
import { byBytes, frontier } from '../../report/ranking/rows.ts'
import { bytesWords } from '../../report/ranking/shown.ts'
import { number, percent, percentInterval, signedPercent } from '../../report/words/format.ts'
import { isHubSpec } from '../../sources/hub-spec.ts'
import type { Figures } from '../outcome.ts'
import { isMeasured, measuredAgainst, type SiteModel, slugOf } from './models.ts'
import { cell, headRow, name, outcomeMark, plain, sitePage } from './shell.ts'

export interface BaseMember {
  readonly model: SiteModel
  readonly figures: Figures
  readonly survivedCi: Interval
}

export interface BaseGroup {
  readonly slug: string
  readonly title: string
  readonly members: readonly BaseMember[]
}

/** What the last audit of a model says besides the history; null: its report is gone. */
export interface LastReport {
  readonly reference: string
  readonly sae: string
  readonly survivedCi: Interval
}

/** Groups of two or more, by title. */
export function basesOf(
  models: readonly SiteModel[],
  lastReports: ReadonlyMap<string, LastReport>,
): readonly BaseGroup[] {
  const groups = new Map<string, SiteModel[]>()
  for (const model of models) {
    const last = model.last?.what
    if (last === undefined || !isMeasured(last) || !model.isListed) continue
    const key = measuredAgainst(last)
    groups.set(key, [...(groups.get(key) ?? []), model])
  }
  return [...groups]
    .filter(([, members]) => members.length > 1)
    .map(([key, members]): BaseGroup => {
      const told = members.flatMap(({ id }) => lastReports.get(id) ?? [])[0]
      const digest = members[0]?.last?.what.inputs.reference ?? ''
      return {
        slug: slugOf(key).slice(-10),
        title: titleOf(told, members.find(({ base }) => base !== null)?.base ?? null, digest),
        members: members.flatMap((model) => memberOf(model, lastReports)),
      }
    })
    .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : a.slug < b.slug ? -1 : 1))
}

function memberOf(model: SiteModel, lastReports: ReadonlyMap<string, LastReport>): readonly BaseMember[] {
  const last = model.last?.what
  if (last === undefined || !isMeasured(last)) return []
  return [{ model, figures: last.outcome.figures, survivedCi: lastReports.get(model.id)?.survivedCi ?? null }]
}

/** A path of somebody's machine is nobody's business: its last part is enough. */
const shownSpec = (spec: string): string => (isHubSpec(spec) ? spec : (spec.split(/[\\/]/).at(-1) ?? spec))

function titleOf(told: LastReport | undefined, base: string | null, digest: string): string {
  if (told === undefined) return base ?? `reference ${digest.slice(0, 12)}`
  const sae = told.sae === '' ? '' : ` through ${shownSpec(told.sae)}`
  return `${shownSpec(told.reference)}${sae}`
}

interface Point {
  readonly member: BaseMember
  readonly bytes: number
  readonly quality: number
}

const pointOf = (member: BaseMember): Point | null => {
  const { bytes, survived } = member.figures
  return bytes === null || survived === null ? null : { member, bytes, quality: survived }
}

export function basePage({ title, members }: BaseGroup): string {
  const points = members.flatMap((member) => pointOf(member) ?? []).sort(byBytes)
  const best = frontier(points)
  const others = members.filter((member) => pointOf(member) === null)
  const ranked = [
    ...points.map((point) => ({ member: point.member, isBest: best.has(point) })),
    ...others.map((member) => ({ member, isBest: false })),
  ]
  return sitePage({
    title,
    up: '../',
    main: `<h1>${plain(title)}</h1>
<p>${members.length} quantizations, measured against the same weights, through the same SAEs, on the same text. ◆: no other takes as few bytes and keeps as much.</p>
${points.length < 2 ? '' : scatter(points, best)}
<section><h2>Beside each other</h2><div class="card wide"><table class="models stacks" aria-label="Quantizations"><thead>${headRow(['', 'Model', 'Verdict', 'Bytes', 'Survived', 'Interval', 'Perplexity', 'KL, nats'])}</thead><tbody>
${ranked.map(({ member, isBest }) => row(member, isBest)).join('\n')}
</tbody></table></div></section>`,
  })
}

function row({ model, figures, survivedCi }: BaseMember, isBest: boolean): string {
  const { slug, last, name: own } = model
  const { bytes, survived, perplexityDelta, klMean } = figures
  return `<tr>${isBest ? cell('Best at its size', '◆') : '<td></td>'}${cell('Model', `<a href="../model/${slug}.html">${name(own)}</a>`, ' class="name"')}${cell('Verdict', outcomeMark(last?.what.outcome ?? null))}${cell('Bytes', bytes === null ? '–' : bytesWords(bytes))}${cell('Survived', percent(survived))}${cell('Interval', percentInterval(survivedCi) || '–')}${cell('Perplexity', signedPercent(perplexityDelta))}${cell('KL, nats', number(klMean, 3))}</tr>`
}

/** Names of those that no other beats; of all, where there are few. */
function scatter(points: readonly Point[], best: ReadonlySet<Point>): string {
  const marks = points.map((point) => {
    const { bytes, quality, member } = point
    const [low = quality, high = quality] = member.survivedCi ?? []
    return {
      bytes,
      survived: quality,
      low,
      high,
      isBest: best.has(point),
      name: visible(member.model.name, 24),
    }
  })
  type Mark = (typeof marks)[number]
  const lowest = Math.min(...marks.map(({ low }) => low))
  const at = { x: 'bytes', y: 'survived' } as const
  return figure(
    {
      width: 720,
      height: 380,
      marginTop: 24,
      marginRight: 110,
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
          marks.filter(({ isBest }) => isBest),
          { ...at, stroke: 'var(--muted)', strokeDasharray: '4 3' },
        ),
        Plot.ruleX(marks, { x: 'bytes', y1: 'low', y2: 'high', stroke: 'var(--ink)', strokeOpacity: 0.5 }),
        Plot.dot(marks, {
          ...at,
          r: 4,
          symbol: ({ isBest }: Mark) => (isBest ? 'diamond' : 'circle'),
          fill: ({ isBest }: Mark) => (isBest ? 'var(--ink)' : 'var(--muted)'),
          stroke: 'var(--page)',
        }),
        Plot.text(
          marks.filter(({ isBest }) => isBest || marks.length <= MAX_CANDIDATES / 2),
          { ...at, text: 'name', dx: 9, textAnchor: 'start', fill: 'var(--ink)' },
        ),
      ],
    },
    {
      id: 'bytes',
      title: 'Bytes and what they keep',
      description:
        'Bytes of all tensors that are run, against surviving features at the read-out where the fewest do. Bars: intervals, where the report is still kept. Diamonds, joined by a line: no other takes as few bytes and keeps as much.',
      header: ['Model', 'Bytes', 'Survived', 'Interval'],
      rows: points.map(({ member, bytes, quality }) => [
        name(member.model.name),
        bytesWords(bytes),
        percent(quality),
        percentInterval(member.survivedCi),
      ]),
    },
  )
}
