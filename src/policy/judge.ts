/**
 * @file Judging: a measured report and a policy give a report with verdicts. Pure, so that a stored report is judged now
 * as it was when it was measured; whatever an earlier judging wrote is replaced.
 */

import { matchesAny } from '../contract/glob.ts'
import { comparableOf, comparisonWarnings, requireComparable } from '../contract/report/comparable.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { CandidateReport, Report } from '../contract/report/report-schema.ts'
import { todayInvalid } from '../errors/policy.ts'
import { lookConfidence } from '../statistics/intervals/looks.ts'
import { type Baseline, changesSince, earlierCandidate, newlyLost } from './metrics/baseline.ts'
import { recomputed } from './metrics/recomputed.ts'
import type { Subject } from './metrics/view.ts'
import { POLICY_DEFAULTS, type Policy } from './policy.ts'
import { isDay } from './reading/parse.ts'
import { dissociationOf } from './rules/dissociation.ts'
import { evaluated, matchedOnly, notEvaluable, unreadFeatures } from './rules/evaluable.ts'
import { concerns, withExceptions } from './rules/exceptions.ts'
import { isEarlyLook } from './rules/looks.ts'
import { readViews, ruleResults } from './rules/rule-results.ts'
import { candidateVerdict, nothingRequired, reportVerdict, unproven } from './rules/verdict.ts'
import { listedFeatures } from './watched.ts'

export interface JudgeContext {
  /** YYYY-MM-DD: what waivers expire against. */
  readonly today: string
  /** Hash of the policy's sources, for report.policy; '' without a policy. */
  readonly policySha256: string
  readonly baseline: Baseline | null
}

/** Warnings that judging adds to a report, and takes away before it judges again. */
const POLICY_WARNING = 'Policy: '

/**
 * The report with verdict, rules, dissociation, and against a baseline the changes and newly lost features. Without a
 * policy nothing is judged: verdicts stay null, dissociation goes by the default limits. Throws BASELINE_MISMATCH,
 * TODAY_INVALID.
 */
export function judge(measurement: Measurement, asked: Policy | null, context: JudgeContext): Report {
  const policy = asked === null ? null : heldAtLook(asked, measurement.report)
  if (!isDay(context.today)) throw todayInvalid(context.today)
  const { report } = measurement
  const { baseline } = context
  if (baseline !== null) {
    const { path, measurement: earlier } = baseline
    requireComparable(report, { path, ...comparableOf(earlier.report) })
  }
  const candidates = report.candidates.map((candidate) =>
    judgedCandidate({ measurement, candidate: recomputed(candidate, measurement) }, policy, context),
  )
  return {
    ...report,
    verdict: policy === null ? null : reportVerdict(candidates, policy),
    policy: policy && {
      name: policy.name,
      sha256: context.policySha256,
      path: policy.path,
      informational: policy.informational,
      ...(policy.confidence === report.confidence ? {} : { confidence: policy.confidence }),
      dissociation: { ...policy.dissociation },
      ...listedFeatures(policy),
    },
    baseline: baseline && {
      path: baseline.path,
      sha256: baseline.sha256,
      createdAt: baseline.measurement.report.createdAt,
    },
    candidates,
    warnings: [
      ...report.warnings.filter((warning) => !warning.startsWith(POLICY_WARNING)),
      ...policyWarnings(report, candidates, policy, context).map((warning) => POLICY_WARNING + warning),
    ],
  }
}

/** Of several looks each is held to a higher confidence, so that all together have the policy's. */
function heldAtLook(policy: Policy, { looks }: Pick<Report, 'looks'>): Policy {
  if (looks === undefined) return policy
  return { ...policy, confidence: lookConfidence(policy.confidence, looks.planned.length) }
}

function judgedCandidate(subject: Subject, policy: Policy | null, context: JudgeContext): CandidateReport {
  const { baseline: _changes, newlyLost: _lost, ...measured } = subject.candidate
  const earlier = earlierSubject(subject, context.baseline)
  const rules =
    policy?.rules
      .filter(
        (rule) => rule.candidates === null || matchesAny(rule.candidates, [measured.name, measured.spec]),
      )
      .flatMap((rule) => ruleResults(rule, policy, subject, earlier))
      .map((result) => evaluated(result, subject.measurement.report))
      .map((result) => matchedOnly(result, measured))
      .map((result) => withExceptions(result, measured, policy.exceptions, context.today)) ?? []
  return {
    ...measured,
    verdict: policy && unproven(candidateVerdict(rules, policy), subject.measurement.report),
    rules,
    dissociation: flagged(subject, policy ?? defaultsFor(subject.measurement.report)),
    ...(typeof earlier === 'string' ? {} : sinceBaseline(subject, earlier, policy)),
  }
}

function flagged(subject: Subject, limits: Policy): CandidateReport['dissociation'] {
  const unread = notEvaluable(subject.measurement.report)
  if (unread !== null) return { flag: false, reason: unread.why }
  const views = readViews(subject)
  const [rescaled] = subject.candidate.features.flatMap((features) => unreadFeatures(features) ?? [])
  if (rescaled !== undefined && views.length === 0) return { flag: false, reason: rescaled.why }
  const { flag, certain, reason } = dissociationOf(
    subject.candidate,
    views,
    limits,
    isEarlyLook(subject.measurement.report),
  )
  const isFlagged = flag ?? false
  return { flag: isFlagged, ...(isFlagged && certain === null ? { undecided: true } : {}), reason }
}

/** What a report is read by where no policy was given: the thresholds it was measured with. */
function defaultsFor(report: Report): Policy {
  return {
    ...POLICY_DEFAULTS,
    name: '',
    path: null,
    description: null,
    features: report.readouts[0]?.thresholds ?? POLICY_DEFAULTS.features,
    confidence: report.confidence,
    rules: [],
    exceptions: [],
    sources: [],
  }
}

/** The same candidate in the baseline, or why there is none to compare with. */
function earlierSubject({ measurement, candidate }: Subject, baseline: Baseline | null): Subject | string {
  if (baseline === null) return 'no baseline report was given'
  const earlier = earlierCandidate(candidate, measurement.report, baseline.measurement.report)
  if (earlier === null) return `the baseline has no candidate ${candidate.name}`
  return { measurement: baseline.measurement, candidate: earlier }
}

function sinceBaseline(now: Subject, earlier: Subject, policy: Policy | null) {
  const [current, before] = [readOnly(now.candidate), readOnly(earlier.candidate)]
  const thresholds =
    policy?.features ?? now.measurement.report.readouts[0]?.thresholds ?? POLICY_DEFAULTS.features
  return {
    baseline: changesSince(before, current),
    newlyLost: newlyLost(now.measurement, current, earlier.measurement, before, thresholds),
  }
}

/** Without the read-outs whose features tell nothing. */
function readOnly(candidate: CandidateReport): CandidateReport {
  return {
    ...candidate,
    features: candidate.features.filter((features) => unreadFeatures(features) === null),
  }
}

function policyWarnings(
  report: Report,
  candidates: readonly CandidateReport[],
  policy: Policy | null,
  { today, baseline }: JudgeContext,
): string[] {
  const warnings: string[] = []
  if (baseline !== null) warnings.push(...comparisonWarnings(report, baseline.measurement.report))
  for (const rule of policy?.rules ?? []) {
    const patterns = rule.candidates
    const used = patterns === null || candidates.some(({ name, spec }) => matchesAny(patterns, [name, spec]))
    if (!used) warnings.push(`rule ${rule.id} looks at no candidate of this report`)
  }
  for (const exception of policy?.exceptions ?? []) {
    if (!candidates.some((candidate) => concerns(exception, candidate))) continue
    if (today > exception.expires) {
      warnings.push(
        `the waiver of ${exception.rule} for ${exception.candidate} expired on ${exception.expires}`,
      )
    }
  }
  for (const candidate of policy === null ? [] : candidates) {
    const why = nothingRequired(candidate.rules)
    if (candidate.rules.length === 0) warnings.push(`no rule looks at ${candidate.name}`)
    else if (why !== null) warnings.push(`nothing was required of ${candidate.name}: ${why}`)
  }
  return warnings
}
