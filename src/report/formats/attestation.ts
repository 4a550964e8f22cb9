/**
 * @file What a report says of one artifact, as in-toto statements that `actions/attest` or cosign signs. The subjects are the
 * candidate's files by their sha256, which is what OpenSSF model signing puts into its manifest, too.
 *
 * Source: in-toto attestation framework, Statement v1; predicates test-result v0.1 and svr v0.1 (github.com/in-toto/attestation).
 */
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { attestDerived, attestUnjudged } from '../../errors/gate.ts'

export const ATTESTATION_TYPES = {
  'test-result': 'https://in-toto.io/attestation/test-result/v0.1',
  svr: 'https://in-toto.io/attestation/svr/v0.1',
} as const

export type AttestationType = keyof typeof ATTESTATION_TYPES

/** Raised where what a property of an SVR stands for changes. */
const VERIFIER = 'https://github.com/saegate/saegate/attest/v1'

interface Digested {
  readonly name: string
  readonly digest: { readonly sha256: string }
}

export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1'
  readonly subject: readonly Digested[]
  readonly predicateType: string
  readonly predicate: Readonly<Record<string, unknown>>
}

/** What is attested, and where the run that judged it can be looked at; null: nowhere that is known. */
export interface Attested {
  readonly report: Report
  readonly candidate: CandidateReport
  readonly url: string | null
  /** Shards that the report was merged from, where they are at hand. */
  readonly measuredFrom?: readonly Digested[]
}

/** Errors: ATTEST_DERIVED (it has no files), ATTEST_UNJUDGED. */
export function statement(attested: Attested, type: AttestationType): Statement {
  const { report, candidate } = attested
  const subject = subjects(candidate)
  const { policy } = report
  if (policy === null || candidate.verdict === null) throw attestUnjudged(candidate.name)
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: ATTESTATION_TYPES[type],
    predicate: type === 'svr' ? verification(attested, policy) : testResult(attested, policy),
  }
}

/** Every file of a candidate with its sha256. Errors: ATTEST_DERIVED. */
export function subjects({ name, files }: CandidateReport): readonly Digested[] {
  const entries = Object.entries(files ?? {})
  if (entries.length === 0) throw attestDerived(name)
  return entries.map(([file, sha256]) => ({ name: file, digest: { sha256 } }))
}

type Policy = NonNullable<Report['policy']>

/** An informational policy requires nothing: that it "passes" is no result that a cluster should admit. */
const passes = ({ candidate }: Attested, policy: Policy): boolean =>
  candidate.verdict === 'pass' && !policy.informational

function testResult(attested: Attested, policy: Policy): Statement['predicate'] {
  const { candidate, url } = attested
  const failed = namesOf(candidate, ({ status, level }) => level === 'error' && isBad(status))
  const warned = namesOf(
    candidate,
    ({ status, level }) => status === 'waived' || (level === 'warning' && isBad(status)),
  )
  const passed = namesOf(candidate, ({ status }) => status === 'pass')
  const passing = warned.length === 0 ? 'PASSED' : 'WARNED'
  return {
    result: passes(attested, policy) ? passing : 'FAILED',
    configuration: configuration(attested, policy),
    ...(url === null ? {} : { url }),
    passedTests: passed,
    warnedTests: warned,
    failedTests: failed,
  }
}

function verification(attested: Attested, policy: Policy): Statement['predicate'] {
  const { report, candidate } = attested
  const rules = namesOf(candidate, ({ status }) => status === 'pass').map((name) => `SAEGATE_RULE_${name}`)
  return {
    verifier: {
      id: VERIFIER,
      version: { saegate: report.tool.version },
      policy: { name: policy.name, digest: { sha256: policy.sha256 } },
    },
    timeCreated: report.createdAt,
    properties: passes(attested, policy) ? [`SAEGATE_POLICY_PASSED_${policy.name}`, ...rules] : rules,
  }
}

/** All that the figures and the verdict hang on. */
function configuration({ report, measuredFrom = [] }: Attested, policy: Policy): readonly Digested[] {
  const named = (name: string, sha256: string): Digested => ({ name, digest: { sha256 } })
  return [
    named(`policy ${policy.name}`, policy.sha256),
    named(`reference ${report.reference.spec}`, report.reference.sha256),
    named(`corpus ${report.corpus.spec} (token ids)`, report.corpus.sha256),
    ...report.readouts.map(({ id, sha256 }) => named(`sae ${id}`, sha256)),
    ...measuredFrom,
  ]
}

type Rule = CandidateReport['rules'][number]

const isBad = (status: Rule['status']): boolean => status === 'fail' || status === 'inconclusive'

function namesOf({ rules }: CandidateReport, holds: (rule: Rule) => boolean): readonly string[] {
  return rules.filter(holds).map(({ id, scope }) => (scope === null ? id : `${id} @ ${scope}`))
}
