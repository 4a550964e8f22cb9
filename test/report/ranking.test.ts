/** @file Candidates ranked by bytes and by what they keep: the frontier against its definition, and what each form shows. */
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { rankingText } from '../../src/report/formats/ranking.ts'
import { pullRequestComment } from '../../src/report/markdown/comment.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import { ranking } from '../../src/report/ranking/rows.ts'
import { bytesWords, survivalLine } from '../../src/report/ranking/shown.ts'
import { sample } from './sample.ts'

interface Row {
  readonly name: string
  readonly bytes: number | null
  readonly survived: number
}

/** A report with these candidates at one read-out; null bytes: not counted. */
function reportOf(rows: readonly Row[]): Report {
  const { report } = sample(256)
  const [candidate] = report.candidates
  const [readout] = report.readouts
  const features = candidate?.features.find((one) => one.readout === readout?.id)
  if (candidate === undefined || readout === undefined || features === undefined) throw new Error('no sample')
  const candidates = rows.map(({ name, bytes, survived }) => ({
    ...candidate,
    name,
    features: [
      {
        ...features,
        survived: { ...features.survived, fraction: survived, ci: [survived - 0.1, survived + 0.1] },
      },
    ],
    ...(bytes === null
      ? {}
      : {
          size: {
            parameters: 1000,
            bytes,
            counted: 'stored' as const,
            embeddings: { parameters: 100, bytes: 200 },
            head: { parameters: 0, bytes: 0 },
          },
        }),
  }))
  return { ...report, readouts: [readout], candidates }
}

const ROWS: readonly Row[] = [
  { name: 'int8', bytes: 1100, survived: 0.97 },
  { name: 'int4', bytes: 600, survived: 0.6 },
  { name: 'int4-worse', bytes: 650, survived: 0.55 },
  { name: 'int6', bytes: 900, survived: 0.97 },
  { name: 'graph', bytes: null, survived: 0.99 },
]

describe('the ranking', () => {
  const rows = ranking(reportOf(ROWS))

  it('begins with what takes the fewest bytes, and ends with what cannot be compared', () => {
    expect(rows.map(({ candidate }) => candidate.name)).toEqual([
      'int4',
      'int4-worse',
      'int6',
      'int8',
      'graph',
    ])
  })

  it('marks what no other beats: a row that takes more and keeps as much is beaten', () => {
    expect(rows.map(({ isOnFrontier }) => isOnFrontier)).toEqual([true, false, true, false, null])
  })

  it('counts bits with and without embeddings', () => {
    expect(rows[0]?.bits?.all).toBeCloseTo((8 * 600) / 1000, 12)
    expect(rows[0]?.bits?.blocks).toBeCloseTo((8 * (600 - 200)) / 900, 12)
    expect(rows[4]?.bits).toBeNull()
  })

  it('compares by KL where no SAE was read', () => {
    const report = reportOf(ROWS.slice(0, 2))
    const behaviour: Report = {
      ...report,
      readouts: [],
      candidates: report.candidates.map((one, i) => ({
        ...one,
        features: [],
        divergence: one.divergence && { ...one.divergence, klMean: i === 0 ? 0.2 : 0.1 },
      })),
    }
    expect(ranking(behaviour).map(({ isOnFrontier }) => isOnFrontier)).toEqual([true, false])
  })

  it('leaves out of the comparison what only moved by a factor', () => {
    const report = reportOf(ROWS.slice(0, 2))
    const [moved] = report.candidates
    if (moved === undefined) throw new Error('no candidate')
    moved.features = moved.features.map((one) => ({ ...one, active: 0 }))
    const ranked = ranking(report)
    expect(ranked.map(({ candidate }) => candidate.name)).toEqual(['int4', 'int8'])
    expect(ranked[1]?.isOnFrontier).toBeNull()
  })
})

describe('its forms', () => {
  const report = reportOf(ROWS)

  it('draw the interval where it lies', () => {
    const ci = { count: 5, fraction: 0.5, ci: [0.4, 0.6] }
    expect(survivalLine(ci)).toBe(`${'·'.repeat(12)}├──●──┤${'·'.repeat(12)}`)
    expect(survivalLine({ count: 0, fraction: 0, ci: null })).toBe(`●${'·'.repeat(30)}`)
    expect(survivalLine(null)).toBe('')
  })

  it('say bytes in words', () => {
    expect([812, 4_100, 4_140_000, 7.2e9].map(bytesWords)).toEqual(['0.8 kB', '4.1 kB', '4.1 MB', '7.2 GB'])
  })

  it('as text: a line each within a hundred columns or so, and what was not compared', () => {
    const text = rankingText(report)
    expect(text).toMatch(/^◆ int4 +0\.6 kB +4\.80 +3\.56 +\S+ +60\.0.% ±10\.0 +·+├─+●─+┤·+$/m)
    expect(text).toMatch(/^ {2}int8 /m)
    expect(text).toContain('Not compared, for want of counted bytes or of survival: graph.')
    for (const line of text.split('\n')) expect([...line].length).toBeLessThan(120)
  })

  it('in Markdown and on the page, where there is something to choose between', () => {
    expect(reportMarkdown(report, [])).toMatch(
      /## Bytes and what they keep[\s\S]*\| ◆ *\| *`int4` *\| *0\.6 kB/,
    )
    const place = { checkName: 'saegate', reportUrl: null }
    expect(pullRequestComment(report, [], place)).toMatch(
      /<summary>Bytes and what they keep[\s\S]*`int4`.*├─+●─+┤/,
    )
    const page = reportHtml(report, [])
    expect(page).toContain('id="bytes-title"')
    expect(page).toContain('<td>◆ int4</td><td>0.6 kB</td>')
    expect(reportHtml(reportOf(ROWS.slice(0, 1)), [])).not.toContain('id="bytes-title"')
    expect(reportMarkdown(reportOf(ROWS.slice(0, 1)), [])).not.toContain('Bytes and what they keep')
  })
})
