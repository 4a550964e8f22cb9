/** @file A claimed report in words: whose word it is, and what it was not asked for. */
import type { Claim } from '../../contract/report/claim.ts'
import type { Report, Verdict } from '../../contract/report/report-schema.ts'
import { type Phrase, phrase } from './phrase.ts'

const CLAIMANTS = { fork: 'THE FORK’S RUN', run: 'ANOTHER RUN', step: 'AN EARLIER STEP' } as const

/** In place of PASS, FAIL or INCONCLUSIVE. */
export function claimWord({ by }: Claim, verdict: Verdict | null): string {
  const claimed = `CLAIMED BY ${CLAIMANTS[by]}, NOT VERIFIED`
  return verdict === 'fail' ? `FAIL, ${claimed}` : claimed
}

/** What the reason ends with. */
export function claimReason({ differences }: Claim): Phrase {
  if (differences.length === 0) return phrase`Nobody here measured it.`
  return phrase`Nobody here measured it, and it was not measured as is asked for here: ${{ sentence: differences.join('; ') }}.`
}

/** No rule stands in the way of a pass but that nobody measured. */
export function holdsEveryRule({ candidates }: Report): boolean {
  const errors = candidates.flatMap(({ rules }) => rules.filter(({ level }) => level === 'error'))
  return (
    errors.some(({ status }) => status === 'pass') &&
    errors.every(({ status }) => status !== 'fail' && status !== 'inconclusive')
  )
}
