/**
 * @file A pass means that something was required of every candidate, and held: what requires nothing is undecided, by name, and
 * shows as no success. The honest twin of each stays green.
 *
 * @module-tag slow
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/contract/report/report-schema.ts'
import type { Ended } from './action-process.ts'
import { gate } from './gate.ts'

const said = gate()
const conclusion = () => said.server().checks.at(-1)?.conclusion
const inDays = (days: number): string => new Date(Date.now() + 86_400_000 * days).toISOString().slice(0, 10)

/** Judged by a policy that the repository owns: whatever it requires is its own word. */
async function judged(policy: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-required-'))
  writeFileSync(join(folder, 'judged.yaml'), `version: 1\nname: judged\n${policy}`)
  const inputs = { policy: join(folder, 'judged.yaml'), 'check-run': 'true' }
  const all = { TEST_VERDICT: 'judged', TEST_CANDIDATES: 'int8,int7,int6,int6-repaired,int4', ...env }
  return await said.act({ name: 'push', event: {}, folder, inputs, env: all })
}

const verdicts = ({ outputs }: Ended): readonly unknown[] => {
  const report: Report = JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8'))
  return report.candidates.map(({ verdict }) => verdict)
}

const rule = (id: string, spec: string, more: string) => `  - {id: ${id}, candidates: ['${spec}'], ${more}}\n`
const SURVIVAL = 'metric: features.survived, min'
const held = (spec: string): string => rule('held', spec, `layers: [4], ${SURVIVAL}: 0.01`)
const waiver = (expires: string) =>
  `exceptions:\n  - {rule: waived, candidate: 'rtn:7', reason: retrained soon, expires: '${expires}'}\n`
const NOTHING = [
  'rules:\n',
  rule('warned', 'rtn:8', `${SURVIVAL}: 0.01, level: warning`),
  rule('waived', 'rtn:7', `${SURVIVAL}: 0.9999`),
  rule('skipped', 'rtn:6', 'metric: features.survived, maxDrop: 0.1'),
  held('./candidates/*'),
].join('')

const SURVIVES = `unjudged: allow\nrules:\n${held('rtn:8')}`

describe('a candidate of which nothing was required', () => {
  it('is undecided by name, warnings, waivers, skipped rules and none at all alike', async () => {
    const attack = await judged(NOTHING + waiver(inDays(30)))
    expect([attack.status, attack.outputs.verdict, conclusion()]).toEqual([1, 'inconclusive', 'failure'])
    expect(verdicts(attack)).toEqual(['inconclusive', 'inconclusive', 'inconclusive', 'pass', null])
    for (const words of [
      'every rule is a warning',
      'every rule that could fail is waived',
      'every rule that could fail was skipped',
      'no rule looks at int4',
    ])
      expect(attack.summary).toContain(words)
    // Where the policy lets an undecided one go on, it does, and is no success.
    const lenient = await judged(`onInconclusive: warn\n${NOTHING}${waiver(inDays(30))}`)
    expect([lenient.status, lenient.outputs.enforced, conclusion()]).toEqual([0, 'true', 'neutral'])
    const passed = await judged(`onInconclusive: pass\n${NOTHING}${waiver(inDays(30))}`)
    expect([passed.status, passed.outputs.verdict, conclusion()]).toEqual([0, 'inconclusive', 'neutral'])
  })

  it('passes where one rule was required of each and held, or the policy lets the others be', async () => {
    const honest = await judged(`rules:\n${held('*')}`)
    expect([honest.status, honest.outputs.verdict, conclusion()]).toEqual([0, 'pass', 'success'])
    const allowed = await judged(SURVIVES)
    expect([allowed.status, allowed.outputs.verdict, conclusion()]).toEqual([0, 'pass', 'success'])
    expect(verdicts(allowed)).toEqual(['pass', null, null, null, null])
  })
})

describe('what requires too little', () => {
  it('is a waiver of more than a year: refused before anything is measured', async () => {
    const attack = await judged(NOTHING + waiver(inDays(400)))
    expect(attack.status).toBe(2)
    expect(attack.stdout).toMatch(/title=saegate%3A POLICY_\w+/)
    expect(attack.stdout).toContain('year')
    expect(attack.stdout).not.toContain('TEST measured')
  })

  it('is survival of fewer than 30 active features: undecided', async () => {
    const few = await judged(SURVIVES, { TEST_WIDTH: '32' })
    expect([few.status, few.outputs.verdict]).toEqual([1, 'inconclusive'])
    expect(few.summary).toMatch(/too few to speak of a fraction of them: 30 at least/)
  })
})
