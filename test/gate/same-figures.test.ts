/** @file A stored report whose figures do not follow from its sums and tables is refused, both values named; the honest one is read. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CandidateReport, Report } from '../../src/contract/report/report-schema.ts'
import { judgeBy, readPolicy } from '../../src/gate/judging.ts'
import { loadReport } from '../../src/gate/load-report.ts'
import { writeReport } from '../../src/gate/report-folder.ts'
import { countsAbove, quantileBounds } from '../../src/statistics/divergence-levels.ts'
import { quantile } from '../../src/statistics/quantile.ts'
import { sample } from '../report/sample.ts'

async function stored(change: (report: Report) => void): Promise<string> {
  const measurement = sample(256)
  change(measurement.report)
  const folder = mkdtempSync(join(tmpdir(), 'saegate-figures-'))
  return (await writeReport(measurement, folder, new AbortController().signal)).json
}

/** int4: the one that is worst in everything. */
const worst = (report: Report): CandidateReport => report.candidates[4]!

const EDITS: readonly [figure: string, edit: (candidate: CandidateReport, report: Report) => unknown][] = [
  ['perplexity.chunked.candidate', ({ perplexity }) => Object.assign(perplexity.chunked!, { candidate: 46 })],
  [
    'perplexity.chunked.deltaPercent',
    ({ perplexity }) => Object.assign(perplexity.chunked!, { deltaPercent: 0.1 }),
  ],
  [
    'perplexity.chunked.scoredTokens',
    ({ perplexity }) => Object.assign(perplexity.chunked!, { scoredTokens: 1e6 }),
  ],
  [
    'perplexity.sliding.candidateLoss',
    ({ perplexity }) => Object.assign(perplexity.sliding!, { candidateLoss: 3.8 }),
  ],
  ['divergence.klMean', ({ divergence }) => Object.assign(divergence!, { klMean: 0.001 })],
  [
    'divergence.byKind.0.klMean',
    ({ divergence }) => {
      const { tokens, kl, agreements } = divergence!.groups
      const { scoredTokens, klMeanCi, top1Agreement, top1AgreementCi } = divergence!
      const groups = { tokens, kl, agreements }
      const edited = { scoredTokens, klMean: 0.001, klMeanCi, top1Agreement, top1AgreementCi, groups }
      return Object.assign(divergence!, { byKind: [{ kind: 'digits', ...edited }] })
    },
  ],
  ['divergence.top1Agreement', ({ divergence }) => Object.assign(divergence!, { top1Agreement: 0.999 })],
  [
    'survived.count',
    ({ features }) => Object.assign(features[0]!.survived, { count: features[0]!.survived.count + 1 }),
  ],
  ['damaged.fraction', ({ features }) => Object.assign(features[1]!.damaged, { fraction: 0 })],
  ['features.meanCorrelation', ({ features }) => Object.assign(features[0]!, { meanCorrelation: 0.999 })],
  ['features.medianCorrelation', ({ features }) => Object.assign(features[0]!, { medianCorrelation: 0.999 })],
  ['features.undefined', ({ features }) => Object.assign(features[0]!, { undefined: 0 })],
  ['constant', ({ features }) => Object.assign(features[0]!, { constant: 3 })],
  ['l0', (_, { readouts }) => Object.assign(readouts[0]!, { l0: 40 })],
  ['dead', (_, { readouts }) => Object.assign(readouts[1]!, { dead: 0 })],
]

describe('a stored report', () => {
  it('is read where every figure follows from sums and tables', async () => {
    const { report } = await loadReport(await stored(() => {}))
    expect(report.candidates).toHaveLength(5)
  })

  it.each(EDITS)('is refused where %s was edited', async (figure, edit) => {
    const path = await stored((report) => edit(worst(report), report))
    await expect(loadReport(path)).rejects.toMatchObject({
      code: 'FIGURES_DIFFER',
      message: expect.stringMatching(new RegExp(`says ${figure}.* is [\\d.]+ for .* give `)),
    })
  })

  it('is judged and shown by intervals that are made again: edited ones are not read', async () => {
    const narrow = (report: Report) => {
      Object.assign(worst(report).perplexity.chunked!, { ci: [0, 0.1] })
      Object.assign(worst(report).features[1]!.survived, { ci: [0.9999, 1] })
    }
    const read = await loadReport(await stored(narrow))
    const criteria = { policy: await readPolicy('default'), baseline: null }
    const [honest, edited] = [await loadReport(await stored(() => {})), read].map((one) =>
      JSON.stringify(judgeBy(one, criteria, '2026-11-22').measurement.report.candidates).replace(
        /report-[0-9a-f]{16}/g,
        '',
      ),
    )
    expect(edited).toEqual(honest)
  })
})

describe('the 99th percentile of the KL', () => {
  it('lies between the levels that the counts of single tokens name', () => {
    let state = 7
    const next = (): number => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    for (const count of [2, 50, 101, 4096]) {
      const kl = Float64Array.from({ length: count }, () => Math.exp(6 * next() - 8))
      const groupOf = Array.from({ length: count }, (_, i) => i % 8)
      const tokens = Array.from({ length: 8 }, (_, g) => groupOf.filter((one) => one === g).length)
      const [low, high] = quantileBounds(0.99, countsAbove(kl, groupOf, 8), tokens)
      const exact = quantile(kl, 0.99)
      expect(exact).toBeGreaterThanOrEqual(low)
      expect(exact).toBeLessThanOrEqual(high)
    }
  })

  it('is refused outside of them', async () => {
    const tail = (klP99: number) => (report: Report) => {
      const { divergence } = worst(report)
      const n = 73_406
      // Every token has a KL of 1.94 nats.
      const klAbove = Array.from({ length: 64 }, (_, l) => (1e-6 * 1e8 ** (l / 63) < 1.94 ? n : 0))
      Object.assign(divergence!, { klP99, groups: { ...divergence!.groups, klAbove: [klAbove] } })
    }
    await expect(loadReport(await stored(tail(0.01)))).rejects.toThrow(
      /divergence\.klP99 is 0\.01 .* a value from 1\.\d+ to 2\.\d+/,
    )
    await expect(loadReport(await stored(tail(1.94)))).resolves.toBeDefined()
  })
})
