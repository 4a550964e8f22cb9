/**
 * @file Audits that stop once every rule is decided: a look has the figures of its part of the text, the last look those of an audit
 * that looked once, and no token is run twice.
 *
 * @module-tag slow
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../../src/audit/measure.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { lookConfidence } from '../../src/statistics/intervals/looks.ts'
import { NEOX } from './golden-audit.ts'

const CONFIG: AuditConfig = {
  ...NEOX,
  candidates: ['rtn:6', 'rtn:4'],
  saes: NEOX.saes.slice(1),
  corpus: { ...NEOX.corpus, tokens: 4096, blockLength: 64 },
  newFeatures: true,
  survivalByKind: true,
  latentScaling: true,
}
const LOOKING = { ...CONFIG, untilDecided: true }

const rows = new Map<string, number>()

/** `stopAt`: the look at which everything is decided. */
async function audited(config: AuditConfig, stopAt = Number.POSITIVE_INFINITY): Promise<Measurement> {
  let looks = 0
  rows.clear()
  return await measure(config, {
    onProgress: ({ stage, done, total }) => {
      if (stage.endsWith('forward pass') && done === total) rows.set(stage, (rows.get(stage) ?? 0) + total)
    },
    seconds: () => 0,
    now: () => '2026-01-01T00:00:00Z',
    toolVersion: 'test',
    baseline: null,
    isDecided: () => ++looks === stopAt,
  })
}

let once: Measurement
let groups = 0
beforeAll(async () => {
  once = await audited({ ...CONFIG, confidence: lookConfidence(0.95, 3) })
  groups = once.report.corpus.groups
})

/** Without what says how it was measured. */
const figuresOf = ({ report }: Measurement) => {
  const { looks: _l, notes: _n, asked: _a, ...figures } = report
  return JSON.stringify(figures)
}

describe('an audit until every rule is decided', () => {
  it('comes to what one look does, where it goes on to the end, and runs every token once', async () => {
    expect(groups).toBe(32)
    const measured = await audited(LOOKING)
    // Among the figures that are held against each other.
    const [features] = measured.report.candidates[0]?.features ?? []
    expect(features?.latentScaling?.reconstruction.features).toBeGreaterThan(0)
    expect(features?.newFeatures).toBeDefined()
    expect(features?.survivalByKind?.kinds.length).toBeGreaterThan(8)
    const sure = features?.survivalByKind?.byConfidence?.map(({ positions }) => positions) ?? []
    expect(sure.reduce((sum, one) => sum + one, 0)).toBe(features?.survivalByKind?.whole.positions)
    expect(figuresOf(measured)).toBe(figuresOf(once))
    expect(measured.report.looks).toEqual({ planned: [8, 16, 32], taken: 3, confidence: 0.95 })
    expect(measured.report.notes).toEqual([
      '--until-decided: the whole text was looked at (look 3 of 3). Intervals are of 99.5 %, so that 95 % hold over all looks',
    ])
    const { tokens } = measured.report.corpus
    for (const model of ['reference', 'rtn-6', 'rtn-4'])
      expect(rows.get(`${model}: forward pass`)).toBe(tokens)
  })

  it.each([
    [1, 8],
    [2, 16],
  ])('stops at look %i with the sums of its token groups', async (look, some) => {
    const { report } = await audited(LOOKING, look)
    expect(report.looks).toEqual({ planned: [8, 16, 32], taken: look, confidence: 0.95 })
    expect(report.corpus.groups).toBe(some)
    expect(report.notes?.[0]).toContain(
      `every rule was decided at look ${look} of 3, after ${report.corpus.tokens}`,
    )
    for (const [c, candidate] of report.candidates.entries()) {
      const whole = once.report.candidates[c]
      const { tokens = [], candidateLoss = [] } = whole?.perplexity.chunked?.groups ?? {}
      expect(candidate.perplexity.chunked?.groups?.tokens).toEqual(tokens.slice(0, some))
      const found = candidate.perplexity.chunked?.groups?.candidateLoss ?? []
      for (const [g, loss] of found.entries()) expect(loss).toBeCloseTo(candidateLoss[g] ?? 0, 3)
    }
    const ran = [...rows.values()]
    expect(new Set(ran)).toEqual(new Set([report.corpus.tokens]))
  })

  it.each([
    ['sliding perplexity', { perplexity: { chunked: true, sliding: { window: 64, stride: 32 } } }],
    ['a noise floor', { noiseFloor: 'bfloat16' }],
    ['a noise floor', { noiseNull: true }],
    ['loss recovered', { lossRecovered: true }],
    ['stability', { stability: { budgets: [1024], subsets: 1, subsetTokens: 1024, seed: 1, above: false } }],
    ['errors of layers', { diagnose: true }],
    ['causal checks', { causal: { features: 1, sequences: 1, controls: 0 } }],
    [
      'attribution',
      { attribution: { by: 'tensor', first: null, restored: null, controls: null, kl: false, seed: 1 } },
    ],
  ] as const)('says that it does not go with %s', async (words, asked) => {
    await expect(audited({ ...LOOKING, ...asked })).rejects.toMatchObject({
      code: 'UNTIL_DECIDED_IMPOSSIBLE',
      message: expect.stringContaining(words),
    })
  })
})
