/**
 * @file From rule results to a verdict, and from a verdict to an exit status.
 *
 * A pass means that something was required and held: at least one rule of level error was evaluated and passed, for every
 * candidate. Where all were skipped, waived or warnings, or no rule looks at a candidate, nothing was shown: inconclusive.
 * What another run claims is never a pass (report.claim): nobody here measured it.
 * A verdict says what the rules found; whether the gate closes is the exit status: an informational policy never closes
 * it, and `onInconclusive` says what an undecided one does.
 */
import type { CandidateReport, Report, RuleResult, Verdict } from '../../contract/report/report-schema.ts'
import type { Policy } from '../policy.ts'
import { isPart } from './evaluable.ts'

/**
 * fail if an error-level rule failed, else inconclusive if one is (unless the policy lets that pass) or none passed, else
 * pass. Null: no rule looked at the candidate.
 */
export function candidateVerdict(
  rules: readonly RuleResult[],
  { onInconclusive }: Pick<Policy, 'onInconclusive'>,
): Verdict | null {
  if (rules.length === 0) return null
  const errors = rules.filter((rule) => rule.level === 'error')
  const some = (status: RuleResult['status']) => errors.some((rule) => rule.status === status)
  if (some('fail')) return 'fail'
  // An undecided one may be let through; that alone shows nothing.
  if (some('inconclusive') && onInconclusive !== 'pass') return 'inconclusive'
  return some('pass') ? 'pass' : 'inconclusive'
}

/** Why rules of which none failed or is undecided required nothing: `every rule is a warning`. Null where one required something. */
export function nothingRequired(rules: readonly RuleResult[]): string | null {
  const errors = rules.filter((rule) => rule.level === 'error')
  if (errors.some(({ status }) => status !== 'skipped' && status !== 'waived')) return null
  if (rules.length === 0) return 'no rule looks at it'
  if (errors.length === 0) return 'every rule is a warning'
  const rest = errors.length < rules.length ? ', and the rest are warnings' : ''
  if (errors.every(({ status }) => status === 'waived')) return `every rule that could fail is waived${rest}`
  if (errors.every(({ status }) => status === 'skipped'))
    return `every rule that could fail was skipped${rest}`
  return `every rule that could fail is waived or was skipped${rest}`
}

/**
 * The worst of the candidates. One that no rule looks at makes the report inconclusive, unless the policy lets it be and
 * another passes.
 */
export function reportVerdict(
  candidates: readonly CandidateReport[],
  { unjudged }: Pick<Policy, 'unjudged'>,
): Verdict {
  const verdicts = candidates.map((candidate) => candidate.verdict)
  if (verdicts.includes('fail')) return 'fail'
  if (verdicts.includes('inconclusive')) return 'inconclusive'
  if (unjudged !== 'allow' && verdicts.includes(null)) return 'inconclusive'
  return verdicts.includes('pass') ? 'pass' : 'inconclusive'
}

/** The verdict where nobody here measured, or a part alone: what would be a pass is undecided. */
export function unproven(
  verdict: Verdict | null,
  report: Pick<Report, 'claim' | 'protocol'>,
): Verdict | null {
  const isUnproven = report.claim !== undefined || isPart(report)
  return isUnproven && verdict === 'pass' ? 'inconclusive' : verdict
}

type Closing = Pick<Policy, 'informational' | 'onInconclusive' | 'unjudged'>

/** Nothing but that it is a claim keeps it from a pass, and it was measured as is asked for. */
function isHarmlessClaim({ claim, candidates }: Report, policy: Closing): boolean {
  if (claim === undefined || claim.differences.length > 0) return false
  const ruled = candidates.map((one) => ({ ...one, verdict: candidateVerdict(one.rules, policy) }))
  return reportVerdict(ruled, policy) === 'pass'
}

/** 1 closes the gate. A report that was not judged has nothing to close it. */
export function exitStatus(report: Report, policy: Closing | null): 0 | 1 {
  if (policy === null || policy.informational || report.verdict === null) return 0
  // Whatever the policy makes of what is undecided: a part is no audit.
  if (isPart(report)) return 1
  if (report.verdict === 'inconclusive')
    return policy.onInconclusive === 'fail' && !isHarmlessClaim(report, policy) ? 1 : 0
  return report.verdict === 'fail' ? 1 : 0
}
