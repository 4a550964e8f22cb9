import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/policy/check.ts'
import { explainPolicy } from '../../src/policy/explain.ts'
import { judge } from '../../src/policy/judge.ts'
import { digitsApart, quantity } from '../../src/policy/metrics/units.ts'
import { decide, roundedTokens, tokensNeeded } from '../../src/policy/rules/decide.ts'
import { bareEstimate } from '../../src/statistics/intervals/estimate.ts'
import { context, load, torn } from './judging.ts'

const everything = [
  'version: 1',
  'name: all',
  'description: Every kind of rule.',
  'confidence: 0.99',
  'onInconclusive: warn',
  'informational: true',
  'baseline: required',
  'rules:',
  '  - {id: s, metric: features.survived, at: 0.8, weight: firing-rate, min: 0.5, max: 0.9, layers: [3, 4]}',
  '  - {id: q, metric: features.correlation, quantile: 0.05, min: 0.5, readouts: ["*resid_post"]}',
  '  - {id: w, metric: features.correlation, features: {file: w.csv}, min: 0.9, description: Refusals stay.}',
  '  - {id: r, metric: features.survived, maxDrop: 0.02, candidates: ["rtn:*", awq]}',
  '  - {id: p, metric: perplexity.sliding.deltaPercent, maxRise: 1, level: warning}',
  '  - {id: b, metric: compression.bits, equals: 4}',
  '  - {id: d, metric: dissociation, equals: false}',
  'exceptions:',
  '  - {rule: s, candidate: "rtn:4", reason: for comparison, expires: 2026-01-31}',
].join('\n')

describe('a policy in words', () => {
  it('says everything that a rule may hold', async () => {
    const policy = await load(everything, { 'w.csv': '1204,refusal\n88,\n' })
    expect(explainPolicy(policy)).toMatchInlineSnapshot(`
      "Policy "all": Every kind of rule.

      Informational: everything is reported, nothing fails the gate.
      Features count when they fire in more than 0.1 % of the reference's positions. They survive at ρ ≥ 0.9, are damaged below ρ = 0.5 and degraded between.
      A rule passes when its whole 99 % interval keeps the limit and fails when the whole interval breaks it. Anything between is reported as inconclusive and does not fail the gate. A number exactly on its limit passes falsely in 0.5 % of audits, and fails falsely in 0.5 %.
      A candidate is dissociated when its perplexity changes by +2.0 % or less while fewer than 90 % of the features survive.
      Rules about changes need a baseline report: without one they fail.

      Rules (7):
        s: For every candidate and read-outs of layer 3 or 4, the fraction of active features that survive (ρ ≥ 0.8, counted by firing rate) must be at least 50.0 % and at most 90.0 %.
        q: For every candidate and read-outs matching *resid_post, the 5 % quantile of ρ over active features must be at least 0.500.
        w: For every candidate and every read-out, the ρ of each of the 2 listed features must be at least 0.900.
          Refusals stay.
          Features: 1204 (refusal), 88.
        r: For candidates matching rtn:* or awq and every read-out, the fraction of active features that survive (ρ ≥ 0.9) may not show more than a drop of 2.0 points against the baseline.
        p: For every candidate, the change of sliding perplexity may not show more than a rise of 1.0 points against the baseline. A warning: it never fails the gate.
        b: For every candidate, the mean number of bits per compressed weight must be exactly 4.00 bits.
        d: For every candidate, behaviour and features must not be dissociated.

      Exceptions (1):
        s is waived for rtn:4 through 2026-01-31: for comparison
      "
    `)
  })

  it('checked: what may not be meant, with file and line', async () => {
    const policy = await load(everything, { 'w.csv': '1204,refusal\n88,\n' })
    expect(checkPolicy(policy, '2026-11-20')).toMatchInlineSnapshot(`
      {
        "hints": [
          "informational is on: this policy never fails.",
          "policy.yaml:11: rule w lists features without readouts: ids belong to one SAE, and it looks at all of them.",
          "policy.yaml:17: the waiver of s expired on 2026-01-31: remove it.",
        ],
        "summary": "policy.yaml: valid; 7 rules, 6 of level error, 1 exception",
      }
    `)
    expect(checkPolicy(policy, '2026-01-31').hints.join()).not.toContain('expired')
  })
})

describe('numbers in words', () => {
  it('have their unit, a true minus and no negative zero', () => {
    expect(quantity(-5.648, 'percent')).toBe('−5.6 %')
    expect(quantity(0.13, 'percent')).toBe('+0.1 %')
    expect(quantity(-0.0001, 'percent')).toBe('0.0 %')
    expect(quantity(0.78, 'fraction')).toBe('78.0 %')
    expect(quantity(0.912, 'correlation')).toBe('0.912')
  })

  it('never look equal when they are not', () => {
    expect(quantity(0.7999999, 'fraction', digitsApart(0.7999999, 0.8, 'fraction'))).toBe('79.99999 %')
    expect(digitsApart(0.8, 0.8, 'fraction')).toBe(0)
  })

  it('of tokens have two digits, rounded up', () => {
    expect(roundedTokens(8000)).toBe(8000)
    expect(roundedTokens(8001)).toBe(8100)
    expect(roundedTokens(1_234_567)).toBe(1_300_000)
    expect(roundedTokens(7)).toBe(7)
  })

  it('say what was seen, what was asked and how sure it is', async () => {
    const rule = '{id: s, metric: features.survived, min: 0.25, layers: [3]}'
    const policy = await load(`version: 1\nfeatures: {active: 0.05}\nrules:\n  - ${rule}\n`)
    const [result] = judge(torn, policy, context).candidates[0]!.rules
    expect(result?.message).toBe(
      'the fraction of active features that survive (ρ ≥ 0.9) is 27.5 % (95 % interval 22.2 % to 33.3 %); the policy asks for at least 25.0 %; the interval lies on both sides',
    )
    expect(result?.advice).toMatch(
      /^about [\d,]+ tokens would probably decide it \(measured: 640\): --tokens \d+, as one look at a budget fixed in advance$/,
    )
  })
})

describe('an estimate', () => {
  const bare = { ...bareEstimate(4.25), label: null }

  it('that is exact is decided by itself', () => {
    const bits = (operator: 'min' | 'max' | 'equals', value: number) =>
      decide(bare, { operator, value }, 0.95).outcome
    expect([
      bits('equals', 4.25),
      bits('equals', 4),
      bits('min', 4.25),
      bits('max', 4.25),
      bits('max', 4),
    ]).toEqual(['pass', 'fail', 'pass', 'pass', 'fail'])
  })

  const known = (interval: [number, number] | null) => ({
    ...bare,
    value: 2,
    error: { kind: 'kept', interval } as const,
  })

  it('is inconclusive with its end on the limit, unless the end keeps it', () => {
    const outcome = (operator: 'min' | 'max', interval: [number, number]) =>
      decide(known(interval), { operator, value: 5 }, 0.95).outcome
    expect(outcome('min', [0, 5])).toBe('inconclusive')
    expect(outcome('min', [0, 4.999])).toBe('fail')
    expect(outcome('max', [0, 5])).toBe('pass')
    expect(outcome('max', [5, 9])).toBe('inconclusive')
    expect(outcome('max', [5.001, 9])).toBe('fail')
  })

  it('that ought to have an interval and has none decides nothing', () => {
    expect(decide(known(null), { operator: 'max', value: 5 }, 0.95)).toMatchObject({
      outcome: 'inconclusive',
      interval: null,
    })
  })

  it('needs tokens by the power with which its interval narrows', () => {
    const limit = { operator: 'min', value: 5 } as const
    // Half-width 2 at a distance of 1 has to become 1/√2: 8 times the text where it falls as 1/√tokens, 64 times at the fourth root.
    expect(tokensNeeded(4, [2, 6], limit, 2)).toBeCloseTo(8, 10)
    expect(tokensNeeded(4, [2, 6], limit, 4)).toBeCloseTo(64, 9)
    expect(tokensNeeded(4, [3.9, 4.1], limit, 4)).toBe(1)
    expect(tokensNeeded(5, [4, 6], limit, 2)).toBe(Number.POSITIVE_INFINITY)
  })

  it('needs the tokens that its half towards the limit asks for', () => {
    const skewed = known([1, 10])
    // Up: half-width 8, distance 3. Down: half-width 1, distance 0.5.
    expect(decide(skewed, { operator: 'min', value: 5 }, 0.95).timesTokens).toBeCloseTo(2 * (8 / 3) ** 2, 12)
    expect(decide(skewed, { operator: 'min', value: 1.5 }, 0.95).timesTokens).toBeCloseTo(
      2 * (1 / 0.5) ** 2,
      12,
    )
  })
})
