import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { reportSchema } from '../../src/contract/report/report-schema.ts'
import { judge } from '../../src/policy/judge.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { against, bad, context, good, HEAD, load, policyOf, torn } from './judging.ts'
import { CONFIDENCE } from './measurements.ts'

describe('judging again', () => {
  const limits = fc.record({
    survived: fc.double({ min: 0, max: 1, noNaN: true }),
    damaged: fc.double({ min: 0, max: 1, noNaN: true }),
    perplexity: fc.double({ min: -5, max: 60, noNaN: true }),
    confidence: fc.constantFrom(0.8, CONFIDENCE, 0.99),
    onInconclusive: fc.constantFrom('fail', 'warn', 'pass'),
    candidate: fc.constantFrom(good, torn, bad),
  })

  const text = (draft: {
    survived: number
    damaged: number
    perplexity: number
    confidence: number
    onInconclusive: string
  }) =>
    [
      `${HEAD}confidence: ${draft.confidence}`,
      `onInconclusive: ${draft.onInconclusive}`,
      'rules:',
      `  - {id: s, metric: features.survived, min: ${draft.survived}}`,
      `  - {id: d, metric: features.damaged, max: ${draft.damaged}}`,
      `  - {id: p, metric: perplexity.chunked.deltaPercent, max: ${draft.perplexity}}`,
      '  - {id: x, metric: dissociation, equals: false}',
    ].join('\n')

  it('a stored report gives the same report, whatever judged it before', async () => {
    await fc.assert(
      fc.asyncProperty(limits, limits, async (one, other) => {
        const [policy, before] = [await load(text(one)), await load(text(other))]
        const now = judge(one.candidate, policy, context)
        const stored = (report: typeof now): Measurement => ({
          ...one.candidate,
          report: JSON.parse(JSON.stringify(report)),
        })
        expect(judge(stored(now), policy, context)).toEqual(now)
        expect(judge(stored(judge(one.candidate, before, against(one.candidate))), policy, context)).toEqual(
          now,
        )
      }),
      { numRuns: 30 },
    )
  })

  it('a looser limit never makes it worse', async () => {
    const rank = { fail: 0, inconclusive: 1, pass: 2 }
    await fc.assert(
      fc.asyncProperty(limits, fc.double({ min: 0, max: 1, noNaN: true }), async (draft, part) => {
        const tight: Policy = await load(text(draft))
        const loose = await load(text({ ...draft, survived: draft.survived * part }))
        const verdict = (policy: Policy) => rank[judge(draft.candidate, policy, context).verdict ?? 'fail']
        expect(verdict(loose)).toBeGreaterThanOrEqual(verdict(tight))
      }),
      { numRuns: 30 },
    )
  })
})

describe('a judged report', () => {
  it('replaces the warnings of an earlier judging and keeps those of the audit', async () => {
    const policy = await load(
      `${HEAD}rules:\n  - {id: a, metric: compression.bits, max: 8, candidates: [awq]}\n`,
    )
    const once = judge(good, policy, context)
    expect(once.warnings.length).toBe(3)
    expect(once.warnings[0]).toBe('measured with care')
    expect(judge({ ...good, report: once }, policy, context).warnings).toEqual(once.warnings)
    expect(judge({ ...good, report: once }, null, context).warnings).toEqual(['measured with care'])
  })

  it('writes what the report schema allows', async () => {
    const valid = new Ajv({ allowUnionTypes: true }).compile(reportSchema)
    for (const measurement of [good, torn, bad]) {
      const report = judge(measurement, await load('version: 1\nextends: strict\n'), against(measurement))
      expect(valid(JSON.parse(JSON.stringify(report))), JSON.stringify(valid.errors)).toBe(true)
    }
  })
})

describe('a report that was edited where it is read', () => {
  it('is judged and shown by its sums', async () => {
    const report = structuredClone(bad.report)
    const [candidate] = report.candidates
    Object.assign(candidate!.perplexity.chunked!, { deltaPercent: 0.1, candidate: 7.4, ci: [0, 0.2] })
    Object.assign(candidate!.divergence!, { klMean: 0.001, klMeanCi: [0, 0.002] })
    const policy = await policyOf(
      '  - {id: a, metric: perplexity.chunked.deltaPercent, max: 2}\n  - {id: b, metric: divergence.klMean, max: 0.02}',
    )
    const [honest, edited] = [bad, { ...bad, report }].map((one) => judge(one, policy, context))
    expect(edited?.candidates).toEqual(honest?.candidates)
    expect(edited?.verdict).toBe('fail')
    expect(edited?.candidates[0]?.perplexity.chunked?.deltaPercent).toBeGreaterThan(50)
  })
})
