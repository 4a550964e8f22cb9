/**
 * @file Waivers: a rule that need not hold for a candidate, for a reason, until a day. One that has run out makes the rule
 * fail unless it passes by itself: nobody may forget one.
 */

import { matchesAny } from '../../contract/glob.ts'
import type { CandidateReport, RuleResult } from '../../contract/report/report-schema.ts'
import { policyException } from '../../errors/policy.ts'
import type { Exception, Policy } from '../policy.ts'

/** A waiver is for the time it takes to mend something. */
const LONGEST_DAYS = 366

/** Throws POLICY_EXCEPTION for a waiver that runs for more than a year from `today` (YYYY-MM-DD). */
export function requireShortWaivers({ exceptions }: Policy, today: string): void {
  const days = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000
  for (const { rule, expires, path, line } of exceptions) {
    if (days(expires) - days(today) > LONGEST_DAYS) {
      throw policyException(
        `${path}:${line}`,
        `the waiver of ${rule} runs until ${expires}, more than a year from ${today}`,
        'Let it expire within a year and renew it then, or remove the rule.',
      )
    }
  }
}

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
