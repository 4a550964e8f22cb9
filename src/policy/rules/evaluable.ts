/**
 * @file Rules on what tells nothing. Where the protocol check found that the text does not, no rule on it passes, whatever was
 * measured; where a residual stream is only rescaled, no rule on its features is decided. The figures stay beside the reason.
 */
import type { ProtocolCheck } from '../../contract/report/protocol-schema.ts'
import type {
  CandidateReport,
  FeaturesReport,
  ProtocolFinding,
  Report,
  RuleResult,
} from '../../contract/report/report-schema.ts'
import { metricNamed } from '../metrics/table.ts'

/** In a few words, for a rule's message; the report's warnings have the whole sentence. */
const SHORT: Readonly<Record<ProtocolCheck, string>> = {
  'shards-missing': 'a part of the text was measured',
  'reference-loss': 'the reference’s own loss is worse than guessing',
  'line-ends': 'the text’s line ends are mostly CRLF',
  'carriage-returns': 'the text has carriage returns',
  'bos-left-out': 'the BOS is left out',
  'repeated-token': 'one token makes up most of the text',
  'special-tokens': 'the text has special tokens',
  'records-without-text': 'records without text were left out',
  'first-position': 'the first position carries most of the variance',
}

const ADVICE: Readonly<Partial<Record<ProtocolCheck, string>>> = {
  'shards-missing': 'measure the missing shards and merge all of them',
  'line-ends': 'say --line-ends lf, or keep where the model is meant to read CRLF',
}
const ANOTHER_TEXT = 'use text of the kind that the reference was trained on, with its own tokenizer'

/** Why something tells nothing, and what would change that. */
export interface Unread {
  readonly why: string
  readonly advice: string
}

/** Why features at a read-out tell nothing; null: they do. The figures stay, and no rule on them is decided. */
export function unreadFeatures({ rescaled }: FeaturesReport): Unread | null {
  if (rescaled === undefined) return null
  return {
    why: `not evaluable: the residual stream is ${rescaled.toPrecision(4)} times the reference’s and otherwise the same`,
    advice: 'audit with --rescale, which divides the factor out before encoding',
  }
}

/** Why the text tells nothing; null: it does, or the report is older than the check. */
export function notEvaluable({ protocol }: Report): Unread | null {
  const found = protocol?.find(({ grade }: ProtocolFinding) => grade === 'not-evaluable')
  if (found === undefined) return null
  return { why: `not evaluable: ${SHORT[found.check]}`, advice: ADVICE[found.check] ?? ANOTHER_TEXT }
}

/** Shards of it are missing: nothing is judged by a part of a text. */
export function isPart({ protocol }: Pick<Report, 'protocol'>): boolean {
  return protocol?.some(({ check }) => check === 'shards-missing') ?? false
}

/** Why a candidate is not the one that was asked for; null: it is. */
function unmatched({ compression }: CandidateReport): Unread | null {
  const match = compression?.match
  if (match === undefined || match.reached) return null
  return {
    why: `not evaluable: no sparsity has the perplexity of ${match.target}`,
    advice: 'match another compression, or name the sparsity (prune:0.175)',
  }
}

/** A rule that would pass on a pruning that meets no target is undecided: what was asked for does not exist. */
export function matchedOnly(result: RuleResult, candidate: CandidateReport): RuleResult {
  return result.status === 'pass' ? undecided(result, unmatched(candidate)) : result
}

/** `found` null: it is decided. */
function undecided(result: RuleResult, found: Unread | null): RuleResult {
  if (found === null) return result
  return {
    ...result,
    status: 'inconclusive',
    message: `${found.why} (${result.message})`,
    advice: `${found.why}; ${found.advice}`,
  }
}

/** A rule that would pass, or be undecided (which a policy may let pass), on a text that tells nothing fails instead, and says why. */
export function evaluated(result: RuleResult, report: Report): RuleResult {
  const metric = metricNamed(result.metric)
  if (isPart(report)) return result.status === 'pass' ? undecided(result, notEvaluable(report)) : result
  const found = metric?.scope === 'candidate' && metric.ofText ? notEvaluable(report) : null
  if (found === null || (result.status !== 'pass' && result.status !== 'inconclusive')) return result
  return {
    ...result,
    status: 'fail',
    message: `${found.why} (${result.message})`,
    advice: `${found.why}; ${found.advice}`,
  }
}
