/**
 * @file Candidates pruned to another compression's perplexity: their sparsity is found here, by running the pruned model at each
 * step (compression/matched-sparsity.ts). What comes out is a plain pruning that knows how it was come by.
 */
import { HIGHEST_SPARSITY, type MatchedSparsity, matchSparsity } from '../../compression/matched-sparsity.ts'
import type { MatchReport } from '../../contract/report/compression/match-schema.ts'
import { hashIds } from '../../corpus/cut-sequences.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import { captureModel, closeCapture, storeOf } from '../capture/capture-model.ts'
import { openUnembedding } from '../capture/unembedding.ts'
import { tokenLosses } from '../losses/token-losses.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Run } from '../run/run.ts'
import type { Candidate, DerivedCandidate, Matching } from '../subjects/candidate.ts'
import type { MatchText } from '../text/match-text.ts'

/** Models that are run for one match: the target, and six steps. */
const MODELS = 7
/** Part of the target's perplexity by which the step that was taken is off, beyond which that is said. */
const FAR = 0.05

/** Floating-point operations of all matches. */
export function matchCost(
  decoder: Decoder,
  candidates: readonly Candidate[],
  text: MatchText | null,
): number {
  if (text === null) return 0
  const { plan, scored } = text.tokens.chunked
  const each =
    stageCost.body(decoder, plan.rows, text.tokens.longest) + stageCost.head(decoder, scored.rows.length, 1)
  return MODELS * each * candidates.filter((one) => one.kind === 'derived' && one.matching !== null).length
}

/** The candidates, every sparsity found. `text` null: there is none to find. Errors: those of running a model. */
export async function settleMatches(
  run: Run,
  candidates: readonly Candidate[],
  text: MatchText | null,
): Promise<readonly Candidate[]> {
  if (text === null) return candidates
  const matchRun: Run = {
    ...run,
    config: { ...run.config, perplexity: { chunked: true, sliding: null } },
    readouts: [],
    tokens: text.tokens,
  }
  const settled: Candidate[] = []
  for (const candidate of candidates) {
    const isMatched = candidate.kind === 'derived' && candidate.matching !== null
    settled.push(isMatched ? await settledMatch(matchRun, candidate.matching, text) : candidate)
  }
  return settled
}

async function settledMatch(run: Run, { target, prunedTo }: Matching, text: MatchText): Promise<Candidate> {
  const aim = await perplexityOf(run, target)
  const found = await matchSparsity(aim, (sparsity) => perplexityOf(run, prunedTo(sparsity)))
  const match: MatchReport = {
    target: target.spec,
    targetPerplexity: aim,
    perplexity: found.chosen.perplexity,
    reached: found.isReached,
    tokens: {
      where: text.where,
      count: text.tokens.chunked.plan.rows,
      sha256: hashIds(text.tokens.sequences.ids),
    },
    trace: [...found.trace],
  }
  return withMatch(prunedTo(found.chosen.sparsity), match, found)
}

function withMatch(
  candidate: DerivedCandidate,
  match: MatchReport,
  { isReached }: Pick<MatchedSparsity, 'isReached'>,
): DerivedCandidate {
  const { model, compression } = candidate
  const warning = matchWarning(match, isReached)
  return {
    ...candidate,
    model: { ...model, warnings: [...model.warnings, ...(warning === null ? [] : [warning])] },
    compression: compression === null ? null : { ...compression, match },
  }
}

/** The trace is told with it: `40 % 310.2, 20 % 95.1, …`. */
function matchWarning(
  { target, targetPerplexity, perplexity, trace }: MatchReport,
  isReached: boolean,
): string | null {
  const off = perplexity / targetPerplexity - 1
  if (isReached && Math.abs(off) <= FAR) return null
  const told = trace.map((step) => `${percent(step.sparsity)} gives ${step.perplexity.toPrecision(5)}`)
  const nearest = `the nearest is ${perplexity.toPrecision(5)}, ${percent(Math.abs(off))} ${off > 0 ? 'above' : 'below'} it (${told.join(', ')})`
  return isReached
    ? `pruned to the perplexity of ${target}, ${targetPerplexity.toPrecision(5)}: ${nearest}`
    : `not matched: no sparsity up to ${percent(HIGHEST_SPARSITY)} has the perplexity of ${target}, ${targetPerplexity.toPrecision(5)}; ${nearest}`
}

const percent = (part: number): string => `${Number((100 * part).toFixed(2))} %`

/** Chunked, of one model alone. */
async function perplexityOf(run: Run, candidate: DerivedCandidate): Promise<number> {
  const { model } = candidate
  const name = `${candidate.name} (${candidate.made})`
  const capture = await captureModel(run, name, model)
  try {
    const { scored } = run.tokens.chunked
    const cost = stageCost.head(model.decoder, scored.rows.length, 1)
    const head = { unembeddings: [await openUnembedding(model, run.device)], models: [0] }
    const hidden = [storeOf(capture.chunked, HIDDEN)]
    const onTokens = run.work.stage(`${name}: losses`, cost, scored.rows.length)
    const losses = await tokenLosses(
      { head, hidden, rangeBytes: run.headBytes },
      scored,
      run.device,
      onTokens,
    )
    return Math.exp(losses.reference.reduce((sum, loss) => sum + loss, 0) / scored.rows.length)
  } finally {
    await closeCapture(capture)
  }
}
