/**
 * @file JUnit XML, for CI systems that show tests: one suite per candidate, one case per rule and read-out.
 *
 * A failed rule of level error is a failure; so is an undecided one unless the policy lets the candidate pass with it.
 * Waived and skipped rules are skipped, and so is what a figure keeps that another run claims; warnings pass and say so in system-out. An informational policy fails nothing.
 * Format: the Jenkins xunit schema (testsuites > testsuite > testcase > failure | skipped | system-out).
 */
import type { CandidateReport, Report, RuleResult } from '../../contract/report/report-schema.ts'
import { plainLines } from '../../escape/plain-lines.ts'
import { visible } from '../../escape/visible.ts'
import { ruleText } from '../words/format.ts'
import { xml as element } from '../words/xml-escape.ts'

/** Texts of several lines keep them; nothing in them hides or reorders. */
const xml = (text: string): string => element(plainLines(text))

type Outcome = 'passed' | 'failure' | 'skipped'

export function junitXml(report: Report): string {
  const suites = report.candidates.map((candidate) => suite(candidate, report))
  const all = report.candidates.flatMap((one) => one.rules.map((rule) => outcome(one, rule, report)))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="saegate" ${counts(all)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function counts(outcomes: readonly Outcome[]): string {
  const of = (wanted: Outcome) => outcomes.filter((one) => one === wanted).length
  return `tests="${outcomes.length}" failures="${of('failure')}" errors="0" skipped="${of('skipped')}"`
}

type Circumstances = Pick<Report, 'policy' | 'claim'>

function outcome(candidate: CandidateReport, rule: RuleResult, { policy, claim }: Circumstances): Outcome {
  if (rule.status === 'waived' || rule.status === 'skipped') return 'skipped'
  if (rule.status === 'pass' || rule.level === 'warning') return claim === undefined ? 'passed' : 'skipped'
  if (policy?.informational === true || (rule.status === 'inconclusive' && candidate.verdict === 'pass'))
    return 'skipped'
  return 'failure'
}

function suite(candidate: CandidateReport, report: Circumstances): string {
  const outcomes = candidate.rules.map((rule) => outcome(candidate, rule, report))
  const cases = candidate.rules.map((rule, i) => testCase(candidate, rule, outcomes[i] ?? 'passed'))
  return [
    `  <testsuite name="${xml(visible(candidate.name))}" ${counts(outcomes)}>`,
    ...cases,
    '  </testsuite>',
  ].join('\n')
}

function testCase(candidate: CandidateReport, rule: RuleResult, result: Outcome): string {
  const where = rule.scope === null ? '' : ` (${rule.scope})`
  const open = `    <testcase classname="${xml(visible(`saegate.${candidate.name}`))}" name="${xml(visible(rule.id + where, 300))}">`
  const body = caseBody(rule, result)
  return body === '' ? `${open}</testcase>` : `${open}\n      ${body}\n    </testcase>`
}

function caseBody(rule: RuleResult, result: Outcome): string {
  const { observed, interval, limit } = ruleText(rule)
  const advice = rule.advice === undefined ? '' : `\n${rule.advice}`
  const text = `${rule.message}\n${rule.metric}: ${`${observed} ${interval}`.trim()}, ${limit}${advice}`
  if (result === 'failure')
    return `<failure type="${rule.status}" message="${xml(rule.message)}">${xml(text)}</failure>`
  if (result === 'skipped') {
    const waiver = rule.waiver ? `waived until ${rule.waiver.expires}: ${rule.waiver.reason}. ` : ''
    return `<skipped message="${xml(waiver + rule.message)}"/>`
  }
  return rule.status === 'pass'
    ? ''
    : `<system-out>${xml(`${rule.level}, ${rule.status}: ${text}`)}</system-out>`
}
