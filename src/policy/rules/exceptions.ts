/**
 * @file Waivers: a rule that need not hold for a candidate, for a reason, until a day. One that has run out makes the rule
 * fail unless it passes by itself: nobody may forget one.
 */
import type { CandidateReport, RuleResult } from '../../contract/report/report-schema.ts'
import { matchesAny } from '../glob.ts'
import type { Exception } from '../policy.ts'

export function concerns(exception: Exception, candidate: CandidateReport): boolean {
  return matchesAny([exception.candidate], [candidate.name, candidate.spec])
}

/** The result as the policy's exceptions leave it. `today` is YYYY-MM-DD; an exception holds through its last day. */
export function withExceptions(
  result: RuleResult,
  candidate: CandidateReport,
  exceptions: readonly Exception[],
  today: string,
): RuleResult {
  if (result.status === 'pass' || result.status === 'skipped') return result
  const mine = exceptions.filter((one) => one.rule === result.id && concerns(one, candidate))
  const valid = mine.find((one) => today <= one.expires)
  if (valid !== undefined) {
    return { ...result, status: 'waived', waiver: { reason: valid.reason, expires: valid.expires } }
  }
  const expired = mine.reduce<Exception | null>(
    (latest, one) => (latest === null || one.expires > latest.expires ? one : latest),
    null,
  )
  if (expired === null) return result
  return {
    ...result,
    status: 'fail',
    message: `${result.message}; its waiver (${expired.reason}) expired on ${expired.expires}`,
  }
}
