/** @file A dissociation is told as surely as it is known, beside the figures it goes by, in every form of the report. */
import { describe, expect, it } from 'vitest'
import { badgeJson } from '../../src/report/formats/badge.ts'
import { terminalReport } from '../../src/report/formats/terminal.ts'
import { pullRequestComment } from '../../src/report/markdown/comment.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { candidatesSection, verdictSection } from '../../src/report/page/sections.ts'
import { sample } from './sample.ts'

const plain = { colour: false, unicode: true }
const place = { checkName: 'features', reportUrl: null }

describe('a dissociation', () => {
  const { report: sure } = sample()
  const unsure = structuredClone(sure)
  for (const { dissociation } of unsure.candidates) if (dissociation.flag) dissociation.undecided = true

  it('that the intervals leave undecided is only possible', () => {
    expect(terminalReport(sure, plain)).toContain('\n DISSOCIATION ')
    expect(terminalReport(unsure, plain)).toContain('\n POSSIBLE DISSOCIATION ')
    expect(reportMarkdown(sure, [])).toContain('**Dissociation.**')
    expect(reportMarkdown(unsure, [])).toContain('**Possible dissociation.**')
    expect(verdictSection(sure)).toContain('>Dissociation: perplexity does not see it<')
    expect(verdictSection(unsure)).toContain('>Possible dissociation: perplexity does not see it<')
    expect(candidatesSection(unsure, () => -1)).toContain('>possibly dissociated<')
    expect(badgeJson(sure)).toContain(', dissociated')
    expect(badgeJson(unsure)).toContain('possibly dissociated')
  })

  it('that one candidate surely shows is told as one', () => {
    const mixed = structuredClone(unsure)
    const [first] = mixed.candidates
    if (first) first.dissociation = { flag: true, reason: 'perplexity +0.4 %, but all is lost' }
    expect(terminalReport(mixed, plain)).toContain('\n DISSOCIATION ')
    expect(badgeJson(mixed)).toContain(', dissociated')
  })

  it('has the sliding perplexity beside the chunked one', () => {
    // int6-repaired: −0.32 % chunked, nine tenths of it sliding.
    const sliding = /sliding +−0\.3/
    expect(terminalReport(sure, plain).replaceAll('\u202F', ' ')).toMatch(/\n {2}sliding +−0\.3 %/)
    for (const text of [pullRequestComment(sure, [], place), candidatesSection(sure, () => -1)]) {
      expect(text.replaceAll('\u202F', ' ')).toMatch(sliding)
    }
    const without = structuredClone(sure)
    for (const candidate of without.candidates) candidate.dissociation = { flag: false, reason: '' }
    expect(terminalReport(without, plain)).not.toMatch(/\n {2}sliding/)
  })
})
