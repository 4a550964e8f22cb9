/** @file What a caller expects, by digest, held against what there is: the policy before anything is run, a report that is at hand already. */
import type { ExpectedDigests } from '../contract/options/audit-config.ts'
import type { Report } from '../contract/report/report-schema.ts'
import { digestUnexpected, type Expected } from '../errors/audit.ts'

function requireOne(what: string, found: string | null, expected: Expected): void {
  const { digests } = expected
  if (digests.length > 0 && (found === null || !digests.includes(found)))
    throw digestUnexpected(what, found, expected)
}

/** `found` null: there is no policy. Errors: DIGEST_UNEXPECTED. */
export const requirePolicy = (found: string | null, expected: readonly string[]): void =>
  requireOne(found === null ? 'The audit without a policy' : 'The policy', found, {
    digests: expected,
    input: 'expect-policy-sha256',
  })

/** A report that somebody else made, or an earlier run. Errors: DIGEST_UNEXPECTED. */
export function requireReport(
  report: Report,
  { reference, saes, corpus, candidates }: ExpectedDigests,
): void {
  requireOne('The reference of the report', report.reference.sha256, {
    digests: reference,
    input: 'expect-reference-sha256',
  })
  for (const { id, sha256 } of report.readouts)
    requireOne(`The SAE of ${id} in the report`, sha256, { digests: saes, input: 'expect-sae-sha256' })
  const ofCorpus = { digests: corpus, input: 'expect-corpus-sha256' } as const
  requireOne('The corpus of the report, as token ids,', report.corpus.sha256, ofCorpus)
  for (const { name, sha256 } of report.candidates)
    requireOne(`The candidate ${name} of the report`, sha256, {
      digests: candidates,
      input: 'expect-candidate-sha256',
    })
}
