/** @file What a run came to: the few figures that outputs, exit status and the next run need. Pure but for the hash. */
import type { ActionOutput } from '../contract/options/options.ts'
import type { Report } from '../contract/report/report-schema.ts'
import type { CheckRunContent } from '../delivery/github.ts'
import { activeReadouts } from '../report/words/figures.ts'
import type { FailOn } from './asked/inputs.ts'
import { sha256 } from './digest.ts'

export interface Outcome {
  readonly verdict: Report['verdict']
  /** The policy says the job fails. */
  readonly blocks: boolean
  /** A rule of level warning failed. */
  readonly warns: boolean
  readonly survived: number | null
  readonly degraded: number | null
  readonly damaged: number | null
  readonly perplexityDelta: number | null
  readonly dissociation: boolean
  readonly referenceSha256: string
  /** Of the candidates that are artifacts, in the report's order. */
  readonly candidateSha256: readonly string[]
  /** The policy is one that may stop a job. */
  readonly binding: boolean
  /** Another run measured it, and nobody here. */
  readonly claimed: boolean
}

/** The worst over candidates and read-outs. */
export function outcomeOf(report: Report, blocks: boolean): Outcome {
  const features = report.candidates.flatMap(activeReadouts)
  const changes = report.candidates.flatMap(
    ({ perplexity }) => perplexity.chunked ?? perplexity.sliding ?? [],
  )
  const rules = report.candidates.flatMap((candidate) => candidate.rules)
  return {
    verdict: report.verdict,
    blocks,
    warns: rules.some((rule) => rule.level === 'warning' && rule.status === 'fail'),
    survived: least(features.map((one) => one.survived.fraction)),
    degraded: most(features.map((one) => one.degraded.fraction)),
    damaged: most(features.map((one) => one.damaged.fraction)),
    perplexityDelta: most(changes.map((one) => one.deltaPercent)),
    dissociation: report.candidates.some((candidate) => candidate.dissociation.flag),
    referenceSha256: report.reference.sha256,
    candidateSha256: report.candidates.flatMap(({ sha256 }) => sha256 ?? []),
    binding: report.policy !== null && !report.policy.informational && report.claim === undefined,
    claimed: report.claim !== undefined,
  }
}

const finite = (values: readonly number[]): readonly number[] => values.filter(Number.isFinite)
const least = (values: readonly number[]): number | null =>
  finite(values).length === 0 ? null : Math.min(...finite(values))
const most = (values: readonly number[]): number | null =>
  finite(values).length === 0 ? null : Math.max(...finite(values))

/** 0 or 1; an audit that could not run has a status of its own, whatever fail-on says. */
export function exitStatus(outcome: Outcome, failOn: FailOn): 0 | 1 {
  if (failOn === 'never') return 0
  return outcome.blocks || (failOn === 'warning' && outcome.warns) ? 1 : 0
}

/** Could another verdict have stopped the job? A green one that could not says nothing of the candidate. */
export const isEnforced = (outcome: Outcome, failOn: FailOn): boolean => outcome.binding && failOn !== 'never'

/** What a check run says: green is a pass alone, whatever let the job go on. */
export function checkConclusion(outcome: Outcome, status: 0 | 1): CheckRunContent['conclusion'] {
  if (status === 1) return 'failure'
  return outcome.verdict === 'pass' ? 'success' : 'neutral'
}

export function outputsOf(
  outcome: Outcome,
  failOn: FailOn,
): Readonly<Record<Exclude<ActionOutput, 'gate-changed' | 'report-path' | 'report-json'>, string>> {
  const number = (value: number | null): string => (value === null ? '' : String(value))
  return {
    verdict: outcome.verdict ?? '',
    survived: number(outcome.survived),
    degraded: number(outcome.degraded),
    damaged: number(outcome.damaged),
    'perplexity-delta': number(outcome.perplexityDelta),
    dissociation: String(outcome.dissociation),
    'reference-sha256': outcome.referenceSha256,
    'candidate-sha256': outcome.candidateSha256.join('\n'),
    claimed: String(outcome.claimed),
    enforced: String(isEnforced(outcome, failOn)),
  }
}

/** Of what a comment says: four significant digits of every figure; time, device and speed left out. */
export function digestOf(report: Report): string {
  const { createdAt: _, tool, ...rest } = report
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
  return sha256(JSON.stringify({ version: tool.version, ...rest }, rounded)).slice(0, 16)
}
