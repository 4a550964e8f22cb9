/** @file A change of perplexity is read beside the reference's own: wherever one stands, so does the other. */
import { expect, it } from 'vitest'
import { terminalReport } from '../../src/report/formats/terminal.ts'
import { pullRequestComment } from '../../src/report/markdown/comment.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import { sample } from './sample.ts'

it('in the terminal, the comment and the page', () => {
  const { report } = sample(64)
  for (const { perplexity } of report.candidates) {
    if (perplexity.chunked) Object.assign(perplexity.chunked, { reference: 17.25, candidate: 18.5 })
    perplexity.sliding = null
  }
  expect(terminalReport(report, { colour: false, unicode: true })).toContain('chunked perplexity 17.25')
  const comment = pullRequestComment(report, [], { checkName: 'gate', reportUrl: null })
  expect(comment).toContain('Perplexity (reference 17.25)')
  expect(reportHtml(report, [])).toContain('17.25 → 18.50, chunked')
})
