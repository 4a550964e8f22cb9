/**
 * @file From rule results to a verdict, and from a verdict to an exit status.
 *
 * Only rules of level error count. A verdict says what the rules found; whether the gate closes is the exit status: an
 * informational policy never closes it, and `onInconclusive` says what an undecided one does.
 */
import type { CandidateReport, Report, RuleResult, Verdict } from '../../contract/report/report-schema.ts'
import type { Policy } from '../policy.ts'

/**
 * fail if an error-level rule failed, else inconclusive if one is (unless the policy lets that pass), else pass. Null: no rule
 * looked at the candidate.
 */
export function candidateVerdict(rules: readonly RuleResult[], policy: Policy): Verdict | null {
  if (rules.length === 0) return null
  const errors = rules.filter((rule) => rule.level === 'error')
  if (errors.some((rule) => rule.status === 'fail')) return 'fail'
  const undecided = errors.some((rule) => rule.status === 'inconclusive')
  return undecided && policy.onInconclusive !== 'pass' ? 'inconclusive' : 'pass'
}

/** The worst of the candidates; inconclusive where no rule looked at any of them: nothing judged is not passed. */
export function reportVerdict(candidates: readonly CandidateReport[]): Verdict {
  const verdicts = candidates.map((candidate) => candidate.verdict)
  if (verdicts.includes('fail')) return 'fail'
  if (verdicts.includes('inconclusive')) return 'inconclusive'
  return candidates.some((candidate) => candidate.rules.length > 0) ? 'pass' : 'inconclusive'
}

/** 1 closes the gate. A report that was not judged has nothing to close it. */
export function exitStatus(
  report: Report,
  policy: Pick<Policy, 'informational' | 'onInconclusive'> | null,
): 0 | 1 {
  if (policy === null || policy.informational || report.verdict === null) return 0
  if (report.verdict === 'inconclusive') return policy.onInconclusive === 'fail' ? 1 : 0
  return report.verdict === 'fail' ? 1 : 0
}

/** Rule results that a waiver keeps from counting. */
export function waivedResults(report: Report): RuleResult[] {
  return report.candidates.flatMap((candidate) => candidate.rules.filter((rule) => rule.status === 'waived'))
}
