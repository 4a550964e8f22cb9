/**
 * @file The protocol check: does this text, run this way, say anything about the reference at all? A finding that it does
 * not leaves every figure as it was measured, and lets no rule on perplexity, divergence or dissociation pass.
 */
import { sliceOf } from '../contract/options/positions.ts'
import type { ProtocolFinding } from '../contract/report/report-schema.ts'
import type { CandidateFeatures } from './features/evidence/feature-evidence.ts'
import type { ReadoutFigures } from './features/readout-figures.ts'
import type { CandidateGroupSums } from './sums/group-sums.ts'

/** A candidate, as far as it is looked at. */
interface CheckedCandidate {
  readonly name: string
  readonly sums: CandidateGroupSums
  readonly features: readonly CandidateFeatures[]
}

/** What is checked. */
export interface Checked {
  /** Of the text alone. */
  readonly findings: readonly ProtocolFinding[]
  /** Tokens that the reference knows. */
  readonly vocabulary: number
  readonly readouts: readonly ReadoutFigures[]
  readonly candidates: readonly CheckedCandidate[]
}

/** Findings, those first that leave nothing to evaluate. */
export function checkProtocol({
  vocabulary,
  findings: ofText,
  readouts,
  candidates,
}: Checked): ProtocolFinding[] {
  const findings = [
    ...referenceLoss(vocabulary, candidates),
    ...ofText,
    ...readouts.flatMap((seen) => firstPosition(seen, candidates)),
  ]
  const rank = ({ grade }: ProtocolFinding): number => (grade === 'not-evaluable' ? 0 : 1)
  return findings.sort((a, b) => rank(a) - rank(b))
}

/** What a report says of findings among its warnings. */
export function protocolWarnings(findings: readonly ProtocolFinding[]): readonly string[] {
  return findings.map(({ grade, message }) =>
    grade === 'not-evaluable' ? `not evaluable: ${message}` : message,
  )
}

/** Guessing evenly among all tokens gives a loss of ln(vocabulary): a model that does worse has not read the text. */
function referenceLoss(
  vocabulary: number,
  candidates: readonly CheckedCandidate[],
): readonly ProtocolFinding[] {
  const losses = candidates[0]?.sums.losses
  if (losses === undefined || losses === null) return []
  const total = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0)
  const loss = total(losses.referenceLoss) / total(losses.tokens)
  const chance = Math.log(vocabulary)
  if (loss <= chance) return []
  return [
    {
      check: 'reference-loss',
      grade: 'not-evaluable',
      value: loss,
      message: `the reference's own loss is ${loss.toFixed(2)} nats per token (perplexity ${Math.exp(loss).toPrecision(4)}), worse than guessing among its ${vocabulary} tokens (${chance.toFixed(2)}): this is no text for it, or not the tokenizer it was trained with`,
    },
  ]
}

/** Part of the variance that position 0 may carry before ρ is mostly about it. */
const MOST_OF_VARIANCE = 0.5
/** Candidates that the message quotes. */
const MOST_QUOTED = 3

function firstPosition(
  { place, firstShare }: ReadoutFigures,
  candidates: readonly CheckedCandidate[],
): readonly ProtocolFinding[] {
  if (sliceOf(place.positions).start > 0 || !(firstShare > MOST_OF_VARIANCE)) return []
  const isAll = place.positions === 'all'
  // Where some do not count anyway, what the report has without them is not without the first.
  const quoted = isAll ? candidates.slice(0, MOST_QUOTED) : []
  const means = quoted.flatMap(({ name, features }) =>
    features
      .filter(({ report }) => report.readout === place.id)
      .map(({ report: { meanCorrelationByPositions: mean } }) => {
        return `${name} ${mean.all.toFixed(3)} with it and ${mean.skipFirst.toFixed(3)} without`
      }),
  )
  return [
    {
      check: 'first-position',
      grade: 'warning',
      value: firstShare,
      message: `at ${place.id} the first position of the sequences carries ${(100 * firstShare).toFixed(0)} % of the residual's variance, so ρ is mostly about it (perplexity is not)${isAll ? `: mean ρ is ${means.join(', ')}; --positions skip-first leaves it out` : '; --positions with a slice that starts at 1 or later leaves it out'}`,
    },
  ]
}
