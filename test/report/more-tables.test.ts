/** @file What was asked for beside features, in report.md, on the page and in the comment: shown where it is there, and escaped. */
import { describe, expect, it } from 'vitest'
import type { CandidateReport } from '../../src/contract/report/report-schema.ts'
import { pullRequestComment } from '../../src/report/markdown/comment.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import { VALUE_ALONE } from '../../src/statistics/intervals/resampling.ts'
import { summarizeRecovered } from '../../src/statistics/loss-recovered.ts'
import { sample } from './sample.ts'

const sums = (value: number): number[] => Array.from({ length: 32 }, (_, g) => value + (g % 3))
const model = (sae: number) => ({
  cleanLoss: sums(300),
  saeLoss: sums(sae),
  zeroLoss: sums(1000),
  meanLoss: sums(800),
  saeKl: sums(20),
  zeroKl: sums(400),
  meanKl: sums(100),
})
const groups = { reference: model(335), candidate: model(440) }

/** The sample with what every option adds to its first candidate. */
function withMore() {
  const measurement = sample()
  const { report } = measurement
  const [first, ...others] = report.candidates
  if (first === undefined) throw new Error('no candidates')
  const features = first.features.map((one) => ({
    ...one,
    newFeatures: {
      count: 7,
      dead: 2,
      most: [{ feature: 11, referenceRate: 0, candidateRate: 0.05, candidatePeak: 3 }],
    },
    lossRecovered: {
      replaced: one.hook,
      tokens: sums(64),
      figures: summarizeRecovered(groups, { ...VALUE_ALONE, documents: 300 }, 0.95),
      groups,
    },
  }))
  const effect = {
    lost: 12,
    gained: 0,
    lostFeatures: [],
    gainedFeatures: [],
    deltaSurvived: -0.0312,
    deltaSurvivedCi: [-0.04, -0.02],
    meanCorrelation: 0.97,
    residualErrorChange: 0.05,
    klChange: null,
    klChangeCi: null,
  }
  const attribution: CandidateReport['attribution'] = {
    by: 'tensor',
    kl: false,
    places: [],
    watched: [],
    skipped: [],
    notSwapped: [],
    notes: [],
    tensors: [
      {
        ...effect,
        tensor: 'model.<b>.down|proj',
        readout: first.features[0]?.readout ?? null,
        tensors: [],
        block: 0,
        kind: 'down',
        parameters: 1,
        bytes: { reference: 1, candidate: 1 },
        screen: { score: 1, rank: 1 },
        control: null,
        restored: { ...effect, gained: 9 },
      },
    ],
  }
  return {
    ...measurement,
    report: { ...report, candidates: [{ ...first, features, attribution }, ...others] },
  }
}

describe('what was asked for beside features', () => {
  const { report, evidence } = withMore()

  it('has its tables in report.md', () => {
    const text = reportMarkdown(report, evidence)
    expect(text).toContain('## Loss recovered')
    expect(text).toMatch(/\| loss \| zeros \| 0\.95\d\d \| 0\.80\d\d \| −0\.1500 \|/)
    expect(text).toContain('## New features')
    expect(text).toMatch(/\| 7 \| 2 \| 11 \(5\.00\s%\) \|/)
    expect(text).toContain('## Which tensors do it')
    expect(text).toContain('| 12 | −0.0312 | [−0.0400, −0.0200] |')
    expect(text).not.toContain('<b>.down|proj')
  })

  it('has them on the page', () => {
    const html = reportHtml(report, [])
    for (const title of ['Loss recovered', 'New features', 'Which tensors do it'])
      expect(html).toContain(`<h2>${title}</h2>`)
    expect(html).toContain('model.&lt;b&gt;.down|proj')
  })

  it('names the tensors in the comment', () => {
    const place = { checkName: 'gate', reportUrl: null }
    expect(pullRequestComment(report, evidence, place)).toContain('<summary>Which tensors do it</summary>')
  })

  it('leaves no trace where nothing was asked for', () => {
    const plain = sample()
    const text = reportMarkdown(plain.report, plain.evidence) + reportHtml(plain.report, [])
    expect(text).not.toMatch(/Loss recovered|New features|Which tensors do it/)
  })
})
