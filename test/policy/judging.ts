/** @file Judging small measurements by policies written in the test. */
import type { Measurement } from '../../src/contract/report/measurement.ts'
import type { RuleResult } from '../../src/contract/report/report-schema.ts'
import { type JudgeContext, judge } from '../../src/policy/judge.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { loadPolicy } from '../../src/policy/reading/load.ts'
import { broken, dissociated, faithful, measurementOf, READOUTS } from './measurements.ts'

export const context: JudgeContext = { today: '2026-11-20', policySha256: 'c'.repeat(64), baseline: null }

/** The thresholds of the measurements, so that their own numbers answer. */
export const HEAD = 'version: 1\nfeatures: {survived: 0.9, damaged: 0.5, active: 0.05}\n'

export function load(text: string, files: Readonly<Record<string, string>> = {}): Promise<Policy> {
  return loadPolicy('policy.yaml', async (path) => (path === 'policy.yaml' ? text : (files[path] ?? '')))
}

export function policyOf(rules: string, more = ''): Promise<Policy> {
  return load(`${HEAD}${more}rules:\n${rules}\n`)
}

export function against(measurement: Measurement): JudgeContext {
  return { ...context, baseline: { path: 'base/report.json', sha256: 'd'.repeat(64), measurement } }
}

/** The only candidate's results of a policy of these rules. */
export async function resultsOf(
  rules: string,
  measurement: Measurement,
  more = '',
  at = context,
): Promise<RuleResult[]> {
  return judge(measurement, await policyOf(rules, more), at).candidates[0]!.rules
}

export const good = measurementOf(faithful)
export const torn = measurementOf(dissociated)
export const bad = measurementOf(broken)
export const first = READOUTS[0].id
