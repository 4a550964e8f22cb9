/** @file What features are about, on every surface: every context, and nothing of it acts as markup. */
import { describe, expect, it } from 'vitest'
import { featureIn, featureText } from '../../src/cli/feature-text.ts'
import { pullRequestComment } from '../../src/report/markdown/comment.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import { runHere } from '../cli/fake-host.ts'
import { sample } from './sample.ts'

const EVIL = '<script>alert(1)</script> @everyone | [x](https://evil.example)\u001b[31m'

function explainedSample() {
  const measurement = sample()
  const [candidate] = measurement.report.candidates
  const [features] = candidate?.features ?? []
  if (candidate === undefined || features === undefined) throw new Error('the sample has none')
  features.explained = [7, 8, 9, 10, 11].map((feature) => ({
    feature,
    watched: feature === 10,
    correlation: feature === 8 ? null : 0.1 * feature - 0.5,
    contexts: [
      {
        sequence: 3,
        position: 40,
        before: `before ${feature} `,
        token: EVIL,
        after: ' after',
        reference: 4.5,
        candidate: 0.25,
      },
    ],
    promotes: [' cat', EVIL],
  }))
  return { measurement, name: candidate.name, readout: features.readout }
}

describe('explained features', () => {
  const { measurement, name, readout } = explainedSample()
  const { report, evidence } = measurement

  it('are all in report.md and on the page, without markup of theirs', () => {
    const page = reportHtml(report, evidence)
    const markdown = reportMarkdown(report, evidence)
    for (const feature of [7, 8, 9, 10, 11]) {
      expect(page).toContain(`before ${feature} `)
      expect(markdown).toContain(`before ${feature} `)
    }
    expect(page).toContain('<mark>&lt;script&gt;')
    expect(page.match(/<script>alert/)).toBe(null)
    expect(markdown).toContain('4.5 → 0.25')
    // Outside of code spans no character of it is markup.
    const bare = markdown.replaceAll(/(`+)(?!`).*?[^`]\1(?!`)/g, '')
    expect(bare).not.toMatch(/<script|@everyone|\]\(https:\/\/evil/)
  })

  it('are three in the comment, folded, and those that a list names', () => {
    const comment = pullRequestComment(report, evidence, { checkName: 'features', reportUrl: null })
    const shown = [7, 8, 9, 10, 11].filter((feature) => comment.includes(`before ${feature} `))
    expect(shown).toEqual([7, 8, 9, 10])
    expect(comment).toContain('**Feature 10** (watched, ')
    expect(comment).toContain('<summary>What the first of them are about</summary>')
  })

  it('are left out where there are none', () => {
    const plain = sample()
    expect(reportHtml(plain.report, plain.evidence)).not.toContain('id="explained"')
    expect(reportMarkdown(plain.report, plain.evidence)).not.toContain('are about')
  })

  it('are shown one by one, in every candidate', () => {
    const found = featureIn(measurement, 7)
    expect(found.length).toBe(evidence.length)
    const own = found.find((one) => one.candidate === name && one.readout === readout)
    expect(own?.explained?.contexts.length).toBe(1)
    const table = evidence.find((one) => one.table.candidate === name && one.table.readout === readout)?.table
    expect(own?.peak).toBe(table?.peak[7])
    expect(featureIn(measurement, 12).map(({ correlation }) => correlation)).toEqual(
      evidence.map((one) => {
        const rho = one.table.correlation[12]
        return rho === undefined || Number.isNaN(rho) ? null : rho
      }),
    )
    const text = featureText(found)
    expect(text).toMatch(/4\.5 → +0\.25 {2}before 7 »/)
    expect(text).not.toContain('\u001b')
    expect(featureIn(measurement, 1e8)).toEqual([])
  })

  it.each([
    [['feature', 'x', '.'], /"x" is no number of a feature/],
    [['feature', '3', '/nowhere'], /nowhere/],
  ])('%j is refused', async (argv, message) => {
    const { status, err } = await runHere(argv)
    expect([status, err]).toEqual([2, expect.stringMatching(message)])
  })
})
