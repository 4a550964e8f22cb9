/** @file A candidate's figures again, on the token groups whose text no calibration saw: from its sums, nothing is run. */
import type { CleanFigures } from '../../contract/report/compression/contamination-schema.ts'
import { present } from '../../numbers/present.ts'
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import { chosenSums, type GroupChoice } from '../../statistics/intervals/chosen-groups.ts'
import { summarizeDivergence, summarizePerplexity } from '../../statistics/losses.ts'
import { candidateFeatures, type NamedSums, type Reading } from '../features/evidence/feature-evidence.ts'
import type { ReadoutFigures } from '../features/readout-figures.ts'
import type { CandidateGroupSums } from '../sums/group-sums.ts'

/** Of one candidate: its name and sums, beside what the SAEs see in the reference. */
export interface WholeFigures {
  readonly name: string
  readonly sums: CandidateGroupSums
  readonly readouts: readonly ReadoutFigures[]
}

/** `part`: of the tokens, which the clean groups hold. */
export function cleanFigures(
  { name, sums, readouts }: WholeFigures,
  choice: GroupChoice,
  reading: Reading,
): CleanFigures {
  const { losses, divergence } = sums
  const list = (values: readonly number[]): number[] => [...chosenSums(values, choice)]
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
  const tokens = losses === null ? [] : list(losses.tokens)
  const documents = reading.sampling.documents * partOf(choice)
  const clean = { ...reading, sampling: { ...reading.sampling, documents } }
  return {
    scoredTokens: total(tokens),
    perplexity: losses === null ? null : perplexityOf(losses, list, clean),
    divergence: divergence === null ? null : divergenceOf(divergence, list, clean),
    features: readouts.map((seen, r) =>
      featuresOf(seen, { candidate: name, ...present(sums.readouts[r]) }, choice, clean),
    ),
  }
}

/** Groups are dealt alike in size. */
const partOf = ({ of }: GroupChoice): number => of.filter((to) => to >= 0).length / of.length

type Listed = (values: readonly number[]) => number[]

function perplexityOf(
  { tokens, referenceLoss, candidateLoss }: NonNullable<CandidateGroupSums['losses']>,
  list: Listed,
  { sampling, confidence }: Reading,
): CleanFigures['perplexity'] {
  const groups = {
    tokens: list(tokens),
    referenceLoss: list(referenceLoss),
    candidateLoss: list(candidateLoss),
  }
  const { reference, candidate, deltaPercent, ci } = summarizePerplexity(groups, sampling, confidence)
  return { reference, candidate, deltaPercent, ci }
}

function divergenceOf(
  { tokens, kl, agreements }: NonNullable<CandidateGroupSums['divergence']>,
  list: Listed,
  { sampling, confidence }: Reading,
): CleanFigures['divergence'] {
  const groups = { tokens: list(tokens), kl: list(kl), agreements: list(agreements) }
  const found = summarizeDivergence(groups, 0, sampling, confidence)
  return {
    klMean: found.klMean,
    klMeanCi: found.klMeanCi,
    top1Agreement: found.top1Agreement,
    top1AgreementCi: found.top1AgreementCi,
  }
}

/** Which features are active is the whole text's word: a feature that fires in seen text alone stays, and is undefined. */
function featuresOf(
  seen: ReadoutFigures,
  sums: NamedSums,
  choice: GroupChoice,
  reading: Reading,
): CleanFigures['features'][number] {
  const { first, rest } = sums.moments
  const part = {
    ...seen,
    counted: ofReference(seen.counted, choice),
    moments: {
      first: ofReference(seen.moments.first, choice),
      rest: ofReference(seen.moments.rest, choice),
    },
  }
  const moments = { first: ofCandidate(first, choice), rest: ofCandidate(rest, choice) }
  const { report } = candidateFeatures(part, { ...sums, moments }, reading)
  const { readout, survived, damaged, meanCorrelation, meanCorrelationCi } = report
  return { readout, survived, damaged, meanCorrelation, meanCorrelationCi }
}

function ofReference(moments: ReferenceMoments, choice: GroupChoice): ReferenceMoments {
  const { width, positions, sum, sumOfSquares } = moments
  return {
    ...moments,
    groups: choice.groups,
    positions: chosenSums(positions, choice),
    sum: chosenSums(sum, choice, width),
    sumOfSquares: chosenSums(sumOfSquares, choice, width),
  }
}

function ofCandidate(moments: CandidateMoments, choice: GroupChoice): CandidateMoments {
  const width = moments.features.length
  const chosen = (sums: Float64Array): Float64Array => chosenSums(sums, choice, width)
  return {
    groups: choice.groups,
    features: moments.features,
    sum: chosen(moments.sum),
    sumOfSquares: chosen(moments.sumOfSquares),
    product: chosen(moments.product),
    together: chosen(moments.together),
    either: chosen(moments.either),
  }
}
