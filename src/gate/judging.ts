/**
 * @file A measurement and what was asked of it, judged: policy and baseline are read here, and only here. They are read once,
 * before anything is measured: the verdict is by what the audit began with, whatever becomes of the files meanwhile.
 */
import { createHash } from 'node:crypto'
import type { Measurement } from '../contract/report/measurement.ts'
import type { JudgingRequest } from '../contract/request/audit-request.ts'
import { judge } from '../policy/judge.ts'
import type { Baseline } from '../policy/metrics/baseline.ts'
import type { Policy } from '../policy/policy.ts'
import { loadPolicy, type ReadText } from '../policy/reading/load.ts'
import { requireShortWaivers } from '../policy/rules/exceptions.ts'
import { exitStatus } from '../policy/rules/verdict.ts'
import { requirePolicy } from './expected.ts'
import { loadReportOnce } from './load-report.ts'
import { readSmallText } from './texts.ts'

/** What a measurement is judged by; null: nothing was asked for. */
export interface Criteria {
  readonly policy: Policy | null
  readonly baseline: Baseline | null
}

export interface Judged {
  readonly measurement: Measurement
  /** The policy says stop: a failed rule, or an inconclusive one under onInconclusive: fail. */
  readonly blocks: boolean
}

/**
 * Read a policy by name or path. `today`: UTC, from where waivers run. `readText`: of the files that it is made of.
 * Errors: those of reading, POLICY_*, YAML_*.
 */
export async function readPolicy(
  spec: string,
  today = new Date().toISOString().slice(0, 10),
  readText: ReadText = readSmallText,
): Promise<Policy> {
  const policy = await loadPolicy(spec, readText)
  requireShortWaivers(policy, today)
  return policy
}

/** Read what a request is to be judged by. Errors: those of policies and of baselines, DIGEST_UNEXPECTED. */
export async function readCriteria(
  request: Pick<JudgingRequest, 'policy' | 'baseline'> & Partial<Pick<JudgingRequest, 'expectPolicy'>>,
  readText: ReadText = readSmallText,
): Promise<Criteria> {
  const policy = request.policy === null ? null : await readPolicy(request.policy, undefined, readText)
  requirePolicy(policy === null ? null : policyHash(policy), request.expectPolicy ?? [])
  return {
    policy,
    baseline: request.baseline === null ? null : await readBaseline(request.baseline),
  }
}

/** Judge by a policy, against a baseline. Without a policy nothing blocks. `today`: UTC, where waivers expire. */
export function judgeBy(
  measurement: Measurement,
  { policy, baseline }: Criteria,
  today = new Date().toISOString().slice(0, 10),
): Judged {
  const policySha256 = policy === null ? '' : policyHash(policy)
  const report = judge(measurement, policy, { today, policySha256, baseline })
  const blocks = policy !== null && exitStatus(report, policy) !== 0
  return { measurement: { report, evidence: measurement.evidence }, blocks }
}

/** Of every file the policy is made of, in the order read. */
export function policyHash(policy: Policy): string {
  const hash = createHash('sha256')
  for (const source of policy.sources) hash.update(source.text)
  return hash.digest('hex')
}

/** Errors: those of reading and of report.json. */
async function readBaseline(path: string): Promise<Baseline> {
  const { sha256, measurement } = await loadReportOnce(path)
  return { path, sha256, measurement }
}
