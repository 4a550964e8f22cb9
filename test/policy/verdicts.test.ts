import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { SaegateError } from '../../src/errors/problem.ts'
import { judge } from '../../src/policy/judge.ts'
import { requireShortWaivers } from '../../src/policy/rules/exceptions.ts'
import { exitStatus } from '../../src/policy/rules/verdict.ts'
import { bad, context, good, HEAD, load, policyOf, torn } from './judging.ts'
import { broken, faithful, measurementOf } from './measurements.ts'

describe('verdicts and exit statuses', () => {
  const strictly = '  - {id: a, metric: features.survived, min: 0.999}'
  const middle = torn.report.candidates[0]!.features[0]!.survived.fraction
  const undecided = `  - {id: a, metric: features.survived, min: ${middle}, layers: [3]}`

  it.each([
    [strictly, good, '', 'pass', 0],
    [strictly, bad, '', 'fail', 1],
    [strictly.replace('}', ', level: warning}'), bad, '', 'inconclusive', 1],
    [strictly.replace('}', ', level: warning}'), good, '', 'inconclusive', 1],
    [strictly.replace('min: 0.999', 'maxDrop: 0.1'), good, '', 'inconclusive', 1],
    [strictly, bad, 'informational: true\n', 'fail', 0],
    [undecided, torn, '', 'inconclusive', 1],
    [undecided, torn, 'onInconclusive: warn\n', 'inconclusive', 0],
    [undecided, torn, 'onInconclusive: pass\n', 'inconclusive', 0],
    [
      `${undecided}\n${'  - {id: b, metric: features.survived, min: 0.01}'}`,
      torn,
      'onInconclusive: pass\n',
      'pass',
      0,
    ],
    [undecided, torn, 'informational: true\n', 'inconclusive', 0],
  ] as const)('%#', async (rules, measurement, more, verdict, status) => {
    const policy = await policyOf(rules, more)
    const report = judge(measurement, policy, context)
    expect(report.verdict).toBe(verdict)
    expect(report.candidates[0]?.verdict).toBe(verdict)
    expect(exitStatus(report, policy)).toBe(status)
    expect(report.policy).toMatchObject({ name: 'policy', path: 'policy.yaml', sha256: context.policySha256 })
  })

  it('the worst candidate decides; globs choose candidates by name or spec', async () => {
    const both = measurementOf(faithful, broken)
    const report = judge(both, await policyOf(strictly), context)
    expect(report.candidates.map(({ verdict }) => verdict)).toEqual(['pass', 'fail'])
    expect(report.verdict).toBe('fail')
    const scoped = judge(both, await policyOf(strictly.replace('}', ', candidates: ["rtn:8"]}')), context)
    expect(scoped.candidates.map(({ verdict }) => verdict)).toEqual(['pass', null])
    expect(scoped.verdict).toBe('inconclusive')
    expect(scoped.candidates[1]?.rules).toEqual([])
    const alone = await policyOf(strictly.replace('}', ', candidates: ["rtn:8"]}'), 'unjudged: allow\n')
    expect(judge(both, alone, context).verdict).toBe('pass')
    expect(judge(measurementOf(broken), alone, context).verdict).toBe('inconclusive')
    expect(scoped.warnings.join()).toContain('no rule looks at rtn-4')
  })

  it('without a policy nothing is judged, but dissociation is told', () => {
    const report = judge(torn, null, context)
    expect(report).toMatchObject({ verdict: null, policy: null })
    expect(report.candidates[0]).toMatchObject({ verdict: null, rules: [], dissociation: { flag: true } })
    expect(exitStatus(report, null)).toBe(0)
  })

  it('results carry the line of their rule, unless it is inherited', async () => {
    const policy = await load(`version: 1\nextends: default\n${HEAD.split('\n')[1]}\nrules:\n${strictly}\n`)
    const { rules } = judge(bad, policy, context).candidates[0]!
    expect(rules.find(({ id }) => id === 'a')?.line).toBe(5)
    expect(rules.find(({ id }) => id === 'perplexity')).not.toHaveProperty('line')
  })
})

const waivedResults = ({ candidates }: Report) =>
  candidates.flatMap(({ rules }) => rules.filter(({ status }) => status === 'waived'))

describe('exceptions', () => {
  const rules = '  - {id: a, metric: features.survived, min: 0.99}\nexceptions:\n'
  const waiver = (expires: string, candidate = 'rtn:*') =>
    `${rules}  - {rule: a, candidate: "${candidate}", reason: under repair, expires: ${expires}}`

  it('waive through their last day, with reason and date, and are counted', async () => {
    const policy = await policyOf(waiver('2026-11-20'))
    const report = judge(bad, policy, context)
    expect(waivedResults(report).length).toBe(2)
    expect(waivedResults(report)[0]?.waiver).toEqual({ reason: 'under repair', expires: '2026-11-20' })
  })

  it('leave a pass to the other rules: where all are waived, nothing was required', async () => {
    const alone = judge(bad, await policyOf(waiver('2026-11-20')), context)
    expect(alone.verdict).toBe('inconclusive')
    expect(alone.warnings.join()).toContain(
      'nothing was required of rtn-4: every rule that could fail is waived',
    )
    const bits = '  - {id: bits, metric: compression.bits, max: 4}\n'
    const policy = await policyOf(bits + waiver('2026-11-20'))
    const beside = judge(bad, policy, context)
    expect(beside.verdict).toBe('pass')
    expect(exitStatus(beside, policy)).toBe(0)
  })

  it('run for a year at most', async () => {
    const policy = await policyOf(waiver('2027-11-20'))
    expect(() => requireShortWaivers(policy, '2026-11-20')).not.toThrow()
    expect(() => requireShortWaivers(policy, '2026-11-18')).toThrow(/policy.yaml:6.*more than a year/)
  })

  it('fail once expired, even where the rule would be inconclusive and that passes', async () => {
    const report = judge(bad, await policyOf(waiver('2026-11-19')), context)
    expect(report.verdict).toBe('fail')
    expect(report.candidates[0]?.rules[0]?.message).toContain('expired on 2026-11-19')
    expect(report.warnings.join()).toContain('expired on 2026-11-19')
    const middle = torn.report.candidates[0]!.features[0]!.survived.fraction
    const text = waiver('2026-11-19', '*').replace('0.99', `${middle}`)
    expect(judge(torn, await policyOf(text, 'onInconclusive: pass\n'), context).verdict).toBe('fail')
  })

  it('do not concern other candidates, nor rules that pass', async () => {
    expect(judge(bad, await policyOf(waiver('2027-01-01', 'awq*')), context).verdict).toBe('fail')
    const passing = judge(good, await policyOf(waiver('2027-01-01')), context)
    expect(waivedResults(passing)).toEqual([])
    expect(passing.verdict).toBe('pass')
  })

  it('need a real day', () => {
    expect(() => judge(good, null, { ...context, today: 'tomorrow' })).toThrow(SaegateError)
  })
})
