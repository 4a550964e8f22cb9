/** @file Damage by kind of token in every form of the report: the worst kind is named, but not in the comment. */
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import type { CandidateReport } from '../../src/contract/report/report-schema.ts'
import { TOKEN_KINDS, type TokenKind } from '../../src/contract/token-kinds.ts'
import { terminalReport } from '../../src/report/formats/terminal.ts'
import { verdictParts } from '../../src/report/markdown/comment.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import { sample } from './sample.ts'

type ByKind = NonNullable<NonNullable<CandidateReport['divergence']>['byKind']>

const part = (kind: TokenKind, klMean: number, klMeanCi: [number, number] | null): ByKind[number] => ({
  kind,
  scoredTokens: 1234,
  klMean,
  klMeanCi,
  top1Agreement: 0.75,
  top1AgreementCi: [0.7, 0.8],
  groups: { tokens: [1234], kl: [klMean * 1234], agreements: [925] },
})

/** int4, the worst in everything, with these kinds. */
function withKinds(byKind: ByKind) {
  const { report } = sample(64)
  const { divergence } = report.candidates[4] ?? {}
  Object.assign(divergence ?? {}, { byKind, klMean: 0.02, klMeanCi: [0.015, 0.025] })
  return report
}

const KINDS = [part('digits', 0.5, [0.4, 0.6]), part('rare', 0.9, null), part('position-1', 0.3, [0.2, 0.4])]
const report = withKinds(KINDS)
const WORST = 'differs most on tokens with digits: KL 0.5 nats [0.4, 0.6], 0.02 over all tokens'
const plain = (text: string): string => text.replaceAll('\u202F', ' ').replace(/\s+/g, ' ')

describe('the worst kind of token', () => {
  it('is named at the head of the Markdown, and beside its table', () => {
    const text = plain(reportMarkdown(report, []))
    expect(text.split(WORST)).toHaveLength(3)
    expect(text.indexOf(WORST)).toBeLessThan(text.indexOf('## '))
    expect(text).toContain('| Ids that occur once | 1,234 | 0.9000 |')
    expect(text).toContain('| First eighths of sequences | 1,234 | 0.3000 | [0.2000, 0.4000] | 75.00 % |')
  })

  it('is named with the verdict on a terminal', () => {
    expect(plain(terminalReport(report, { colour: false, unicode: true }))).toContain(`int4 ${WORST}.`)
  })

  it('is named on the page, over a row for each kind', () => {
    const { document } = parseHTML(reportHtml(report, []))
    const section = [...document.querySelectorAll('section')].find(
      (one) => one.querySelector('h2')?.textContent === 'By kind of token',
    )
    expect(plain(section?.querySelector('summary')?.textContent ?? '')).toBe(`int4 ${WORST}`)
    expect(section?.querySelectorAll('tbody tr')).toHaveLength(3)
  })

  it('is not in the comment', () => {
    expect(verdictParts(report, { checkName: 'saegate', reportUrl: null }).join('\n')).not.toContain(
      'differs most',
    )
  })

  it('is not named where no interval lies above that of all tokens, or a report is older', () => {
    for (const one of [withKinds([part('digits', 0.5, [0.02, 0.6])]), sample(64).report])
      expect(reportMarkdown(one, [])).not.toContain('differs most')
    expect(reportHtml(sample(64).report, [])).not.toContain('By kind of token')
  })
})

it('every kind has a row that fits 100 columns', () => {
  const all = withKinds(TOKEN_KINDS.map((kind) => part(kind, 0.5, [0.4, 0.6])))
  const lines = terminalReport(all, { colour: false, unicode: true, tokens: true }).split('\n')
  expect(lines.filter((line) => line.includes('[0.4000, 0.6000]') && line.includes('1,234'))).toHaveLength(
    TOKEN_KINDS.length,
  )
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100)
})
