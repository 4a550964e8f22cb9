/**
 * @file SARIF 2.1.0, for code scanning: every rule that did not pass, on its line of the policy file.
 *
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html; GitHub's subset (a result needs a
 * location, fingerprints keep an alert the same from run to run). A waived rule is a suppressed result. Left out:
 * results for rules that passed; code scanning closes an alert when its result is gone.
 */
import type { CandidateReport, Report, RuleResult } from '../../contract/report/report-schema.ts'
import { jsonText } from '../../escape/json-text.ts'
import { oneLine, visible } from '../../escape/visible.ts'
import { ruleText } from '../words/format.ts'

/** GitHub shows at most 5,000 results of an upload and refuses more than 25,000. */
const MAX_RESULTS = 5000

export function sarif(report: Report): string {
  const concerned = report.candidates.flatMap((candidate) =>
    candidate.rules
      .filter((rule) => rule.status !== 'pass' && rule.status !== 'skipped')
      .map((rule) => ({ candidate, rule })),
  )
  const ids = [
    ...new Set([...concerned.map(({ rule }) => rule.id), ...silent(report).map(() => 'dissociation')]),
  ]
  const results = [
    ...silent(report).map((candidate) => dissociationResult(report, candidate, ids)),
    ...concerned.map(({ candidate, rule }) => ruleResult(report, candidate, rule, ids)),
  ]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'saegate',
            version: report.tool.version,
            rules: ids.map((id) => descriptor(report, id)),
          },
        },
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: `saegate/${visible(report.policy?.name ?? 'none')}/` },
        results: results.slice(0, MAX_RESULTS),
      },
    ],
  }
  return `${jsonText(log, true)}\n`
}

const named = (text: string | null): string | null => (text === null ? null : oneLine(text))

/** Dissociated candidates whose policy has no rule that says so: the gate says it all the same. */
function silent(report: Report): CandidateReport[] {
  return report.candidates.filter(
    (one) => one.dissociation.flag && !one.rules.some((rule) => rule.metric === 'dissociation'),
  )
}

function descriptor(report: Report, id: string) {
  const rule = report.candidates.flatMap((one) => one.rules).find((one) => one.id === id)
  const text = rule ? `${rule.metric}: ${ruleText(rule).limit}` : 'Perplexity looks fine, features are gone'
  return {
    id: oneLine(id),
    shortDescription: { text: visible(text, 200) },
    defaultConfiguration: { level: rule?.level ?? 'warning' },
    properties: { tags: ['model', 'quantization'] },
  }
}

function ruleResult(report: Report, candidate: CandidateReport, rule: RuleResult, ids: readonly string[]) {
  const { observed, interval, limit } = ruleText(rule)
  const where = rule.scope === null ? '' : ` at ${visible(rule.scope)}`
  const figures = `${`${observed} ${interval}`.trim()}, ${limit}`
  const advice = rule.advice === undefined ? '' : ` ${rule.advice}`
  const isUndecided = rule.status === 'inconclusive' && candidate.verdict === 'pass'
  return {
    ruleId: oneLine(rule.id),
    ruleIndex: ids.indexOf(rule.id),
    level: report.policy?.informational || isUndecided ? 'note' : rule.level,
    kind: 'fail',
    message: {
      text: visible(`${candidate.name}${where}: ${rule.message} (${figures}; ${rule.status})${advice}`, 2000),
    },
    locations: [location(report, rule.line ?? 1)],
    partialFingerprints: {
      'saegateRule/v1': JSON.stringify([rule.id, rule.metric, rule.scope, candidate.name].map(named)),
    },
    ...(rule.waiver
      ? {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: visible(`${rule.waiver.reason} (until ${rule.waiver.expires})`, 1000),
            },
          ],
        }
      : {}),
  }
}

function dissociationResult(report: Report, candidate: CandidateReport, ids: readonly string[]) {
  return {
    ruleId: 'dissociation',
    ruleIndex: ids.indexOf('dissociation'),
    level: 'warning',
    kind: 'fail',
    message: { text: visible(`${candidate.name}: ${candidate.dissociation.reason}`, 2000) },
    locations: [location(report, 1)],
    partialFingerprints: { 'saegateRule/v1': JSON.stringify(['dissociation', oneLine(candidate.name)]) },
  }
}

/** The rule's line in the policy; without a policy file, the report itself: GitHub takes no result without a place. */
function location(report: Report, line: number) {
  const path = report.policy?.path ?? 'report.json'
  return {
    physicalLocation: { artifactLocation: { uri: uri(path) }, region: { startLine: Math.max(1, line) } },
  }
}

/** A relative URI reference with forward slashes (3.10.2); a leading ./ is dropped, a colon cannot be a scheme. */
function uri(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .split('/')
  return parts.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\uFFFD'))).join('/')
}
