/** @file Survival by kind of token in report.md, on the page and in a terminal: shown where it was measured; the kind is named that surely keeps least. */
import { describe, expect, it } from 'vitest'
import { terminalReport } from '../../src/report/formats/terminal.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import { leastSurvived } from '../../src/statistics/worst-kind.ts'
import { sample } from './sample.ts'

const part = (survived: number, low: number, high: number) => ({
  positions: 5000,
  features: 400,
  survived,
  survivedCi: [low, high],
  meanCorrelation: 0.93,
})

/** The sample with the survival of its first candidate by kind. */
function withKinds() {
  const measurement = sample()
  const [first, ...others] = measurement.report.candidates
  if (first === undefined) throw new Error('no candidates')
  const features = first.features.map((one) => ({
    ...one,
    survivalByKind: {
      features: 512,
      whole: part(0.834, 0.81, 0.85),
      kinds: [
        { kind: 'digits' as const, ...part(0.612, 0.55, 0.67) },
        { kind: 'rare' as const, ...part(0.5, 0.2, 0.83) },
      ],
      byConfidence: [{ from: 0.95, to: 1, ...part(0.91, 0.88, 0.93) }],
    },
  }))
  return {
    ...measurement,
    report: { ...measurement.report, candidates: [{ ...first, features }, ...others] },
  }
}

const spaced = (text: string): string =>
  text.replaceAll(/[\u00A0\u2009\u202F]/g, ' ').replaceAll(/\n +/g, ' ')

describe('survival by kind of token', () => {
  const { report, evidence } = withKinds()

  it('is told kind by kind, with the one that surely keeps least', () => {
    const text = spaced(reportMarkdown(report, evidence))
    expect(text).toContain('## Survival by kind of token')
    expect(text).toMatch(/\| Tokens with digits \| 5,000 \| 400 \| 61\.2 % \| \[55\.0, 67\.0\] \| 0\.930 \|/)
    expect(text).toMatch(/\| Reference’s top probability 0\.95 to 1 \| 5,000 \| 400 \| 91\.0 % \|/)
    expect(text).toContain('keeps least at tokens with digits: 61.2 % of features survive')
    expect(text).toContain('83.4 % at all tokens')
    expect(reportHtml(report, [])).toContain('<h2>Survival by kind of token</h2>')
    expect(spaced(terminalReport(report, { colour: false, unicode: true }))).toContain(
      'keeps least at tokens with digits',
    )
  })

  it('leaves no trace where it was not measured', () => {
    const plain = sample()
    const text = reportMarkdown(plain.report, plain.evidence) + reportHtml(plain.report, [])
    expect(text).not.toMatch(/Survival by kind|keeps least/)
  })

  it('names no kind whose interval reaches that of all tokens', () => {
    const whole = part(0.8, 0.78, 0.82)
    expect(leastSurvived([part(0.5, 0.2, 0.79)], whole)).toBeNull()
    expect(leastSurvived([part(0.7, 0.6, 0.77), part(0.65, 0.6, 0.7)], whole)?.survived).toBe(0.65)
    expect(leastSurvived([part(0.1, 0, 0.2)], { survived: 0.8, survivedCi: null })).toBeNull()
    expect(leastSurvived([{ survived: null, survivedCi: null }], whole)).toBeNull()
  })
})
