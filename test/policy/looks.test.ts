/** @file Judging a report of a text that was looked at before its end: a higher confidence, and no failure that bias may have made. */
import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { judge } from '../../src/policy/judge.ts'
import { decide } from '../../src/policy/rules/decide.ts'
import { isDecided } from '../../src/policy/rules/looks.ts'
import type { Estimate } from '../../src/statistics/intervals/estimate.ts'
import { knownOf, linear } from '../../src/statistics/intervals/estimate.ts'
import { lookConfidence } from '../../src/statistics/intervals/looks.ts'
import { context, good, policyOf, torn } from './judging.ts'

const looked = ({ report, evidence }: Measurement, taken: number): Measurement => ({
  report: {
    ...report,
    confidence: lookConfidence(0.95, 3),
    looks: { planned: [8, 16, 32], taken, confidence: 0.95 },
  },
  evidence,
})

const SURVIVAL = '  - {id: survival, metric: features.survived, min: 0.9}'

describe('a report of a look', () => {
  it('is judged at the confidence that three looks take, whatever the policy’s own is', async () => {
    const intervalAt = async (confidence: number) => {
      const policy = await policyOf(SURVIVAL, `confidence: ${confidence}\n`)
      return judge(looked(torn, 1), policy, context).candidates[0]?.rules[0]?.ci
    }
    const plain = async (confidence: number) => {
      const policy = await policyOf(SURVIVAL, `confidence: ${confidence}\n`)
      return judge(torn, policy, context).candidates[0]?.rules[0]?.ci
    }
    for (const confidence of [0.95, 0.9])
      expect(await intervalAt(confidence)).toEqual(await plain(lookConfidence(confidence, 3)))
  })

  it('is decided where no rule is inconclusive', async () => {
    const policy = await policyOf(SURVIVAL)
    const decided = judge(looked(good, 1), policy, context)
    expect(isDecided(decided)).toBe(decided.candidates[0]?.rules[0]?.status !== 'inconclusive')
    const [candidate] = decided.candidates
    const open = {
      ...decided,
      candidates: [{ ...candidate!, rules: [{ ...candidate!.rules[0]!, status: 'inconclusive' as const }] }],
    }
    expect(isDecided(open)).toBe(false)
  })
})

describe('an estimate that is biased', () => {
  // Halves that are all lower by one, and spread by a little: the bias is −1.
  const halves = Float64Array.from({ length: 14 }, (_, i) => 9 + (i % 2 === 0 ? 0.1 : -0.1))
  const estimate: Estimate = {
    value: 10,
    error: {
      kind: 'replicates',
      resampling: {
        method: 'half-samples',
        sizes: new Array<number>(8).fill(1),
        documents: 1000,
        degrees: 'shared-part',
      },
      scale: linear,
      centre: 10,
      values: halves,
      parts: null,
    },
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  }

  it('fails at an early look where the bias does not reach the limit, too', () => {
    const { interval, bias } = knownOf(estimate, 0.95)!
    expect(bias).toBeCloseTo(-1, 9)
    const [, high] = interval
    const near = { operator: 'min', value: high + 0.5 } as const
    const far = { operator: 'min', value: high + 1.5 } as const
    const outcome = (limit: typeof near | typeof far, isEarly: boolean) =>
      decide({ ...estimate, label: null, isEarly }, limit, 0.95).outcome
    expect([outcome(near, false), outcome(near, true)]).toEqual(['fail', 'inconclusive'])
    expect([outcome(far, false), outcome(far, true)]).toEqual(['fail', 'fail'])
    expect(
      decide({ ...estimate, label: null, isEarly: true }, { operator: 'max', value: high + 0.5 }, 0.95)
        .outcome,
    ).toBe('pass')
  })
})
