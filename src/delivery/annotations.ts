/**
 * @file Which lines of the policy and of saegate.yaml a verdict is about: annotations that GitHub shows beside them in
 * Files changed. At most ten (GitHub shows ten of a level per step), the tenth a roll-up of the rest. Pure.
 */
import type { CandidateReport, Report, RuleResult } from '../contract/report/report-schema.ts'

export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly message: string
  /** null: the run as a whole. */
  readonly place: { readonly file: string; readonly line: number } | null
}

export interface AnnotatedFiles {
  /** Paths from the repository's root; null: not a file of it. */
  readonly policy: string | null
  readonly config: string | null
  /** Line of a candidate in saegate.yaml, by its position; null: not written there. */
  candidateLine(index: number): number | null
}

export const MAX_ANNOTATIONS = 10
/** Candidates named in one annotation. */
const MAX_NAMED = 5

/** Most serious first; one per rule, however many candidates and read-outs it struck. */
export function annotationsOf(report: Report, files: AnnotatedFiles): readonly Annotation[] {
  const all = [...dissociations(report, files), ...struckRules(report, files)]
  const ordered = [
    ...all.filter((one) => one.level === 'error'),
    ...all.filter((one) => one.level === 'warning'),
  ]
  if (ordered.length <= MAX_ANNOTATIONS) return ordered
  const rest = ordered.slice(MAX_ANNOTATIONS - 1)
  const names = rest.map((one) => one.title).slice(0, MAX_NAMED)
  const level = rest.some((one) => one.level === 'error') ? 'error' : 'warning'
  const message = `${rest.length} more: ${names.join('; ')}${rest.length > MAX_NAMED ? '; …' : ''}. The job summary has them all.`
  return [
    ...ordered.slice(0, MAX_ANNOTATIONS - 1),
    { level, title: 'saegate: more findings', message, place: null },
  ]
}

interface Struck {
  readonly rule: RuleResult
  readonly candidate: CandidateReport
  readonly index: number
}

function struckRules(report: Report, files: AnnotatedFiles): readonly Annotation[] {
  const byRule = new Map<string, Struck[]>()
  for (const [index, candidate] of report.candidates.entries()) {
    for (const rule of candidate.rules) {
      if (rule.status !== 'fail' && rule.status !== 'inconclusive') continue
      const key = JSON.stringify([rule.id, rule.status, rule.line ?? index])
      byRule.set(key, [...(byRule.get(key) ?? []), { rule, candidate, index }])
    }
  }
  return [...byRule.values()].map((struck) => ofRule(struck, files, report.policy?.informational === true))
}

function ofRule(struck: readonly Struck[], files: AnnotatedFiles, informational: boolean): Annotation {
  const { rule, index } = struck[0]!
  const named = struck.slice(0, MAX_NAMED).map(({ rule, candidate }) => {
    const scope = rule.scope === null ? '' : ` (${rule.scope})`
    return `${candidate.name}${scope}: ${rule.message}`
  })
  const more = struck.length > MAX_NAMED ? [`and ${struck.length - MAX_NAMED} more`] : []
  return {
    level: rule.level === 'error' && rule.status === 'fail' && !informational ? 'error' : 'warning',
    title: `saegate: ${rule.id} ${rule.status === 'fail' ? 'fails' : 'is inconclusive'}`,
    message: [...named, ...more].join('\n'),
    place: rulePlace(rule.line, files) ?? candidatePlace(index, files),
  }
}

function dissociations(report: Report, files: AnnotatedFiles): readonly Annotation[] {
  return report.candidates.flatMap((candidate, index) =>
    candidate.dissociation.flag
      ? [
          {
            level: 'warning' as const,
            title: `saegate: ${candidate.name} ${candidate.dissociation.undecided === true ? 'possibly ' : ''}dissociates`,
            message: candidate.dissociation.reason,
            place: candidatePlace(index, files),
          },
        ]
      : [],
  )
}

const rulePlace = (line: number | undefined, { policy }: AnnotatedFiles): Annotation['place'] =>
  policy !== null && line !== undefined ? { file: policy, line } : null

function candidatePlace(index: number, files: AnnotatedFiles): Annotation['place'] {
  const line = files.candidateLine(index)
  return files.config !== null && line !== null ? { file: files.config, line } : null
}
