/**
 * @file What experiments estimate, on made-up texts with known truth: overlap of two candidates on one text, survival on sequences that are
 * drawn from it, KL and agreement by the reference's confidence.
 */
import { CONFIDENCE_EDGES, summarizeBuckets } from '../../src/statistics/confidence-buckets.ts'
import type { ActiveFeatures } from '../../src/statistics/features/active-features.ts'
import type { FeatureCorrelations } from '../../src/statistics/features/feature-figures.ts'
import {
  DEGREES_RULE,
  RESAMPLING_METHOD,
  type Sampling,
  samplingOf,
} from '../../src/statistics/intervals/resampling.ts'
import { dealGroups, groupCount } from '../../src/statistics/intervals/token-groups.ts'
import { overlapOf } from '../../src/statistics/overlap/overlap.ts'
import { pearson, spearman } from '../../src/statistics/overlap/ranks.ts'
import { shuffled } from '../../src/statistics/shuffle.ts'
import { type Cell, oneText, type Run, Tally } from './coverage.ts'
import { correlationsOf, type Figure, featureFigures, featuresOf } from './figures.ts'
import { Random } from './random.ts'
import {
  documentLengths,
  measuredText,
  noiseOf,
  type Piece,
  type Population,
  piecesOf,
  population,
} from './text.ts'

const THRESHOLDS = { survived: 0.9, damaged: 0.5 }
/** Tokens of a sequence of which a part is drawn. */
const SEQUENCE = 128

/** Figures of experiments over many texts, one cell each. */
export function experiments(run: Run): Cell[] {
  const tallies = new Map<string, Tally>()
  const groups = Math.max(...run.groups)
  const add = (figures: readonly Figure[], of: number): void => {
    for (const figure of figures) {
      const told = { figure: figure.name, features: run.features, groups: of }
      const tally = tallies.get(figure.name) ?? new Tally(told, run.confidence)
      tally.add(figure)
      tallies.set(figure.name, tally)
    }
  }
  for (let text = 0; text < run.texts; text++) {
    const made = population(run, run.seed + 104729 * (text + 1))
    const seed = run.seed + 7919 * (text + 1)
    add(overlapFigures(run, made, seed), groups)
    const drawn = drawnFigures(run, made, seed)
    add(drawn.figures, drawn.groups)
    add(bucketFigures(run, seed), groups)
  }
  return [...tallies.values()].map((tally) => tally.cell())
}

/** The interval that a report tells, without what it was made of. */
function told(name: string, value: number | null, ci: readonly number[] | null, truth: number): Figure {
  const [low = Number.NaN, high = Number.NaN] = ci ?? []
  return {
    name,
    values: [value ?? Number.NaN],
    low: [low],
    high: [high],
    truth: [truth],
    estimate: null,
    tried: {},
  }
}

/** Another candidate: each feature's noise is larger or smaller by a factor of its own (sd of its logarithm 0.7). */
function other(made: Population, seed: number): Population {
  const random = new Random(seed)
  const rho = made.truth.rho.map((one) => {
    const z = Math.sqrt(one ** -2 - 1) * Math.exp(0.7 * random.normal())
    return 1 / Math.sqrt(1 + z * z)
  })
  const noise = rho.map((one, k) => noiseOf(one, made.rate[k]!))
  return { ...made, noise, truth: { ...made.truth, rho } }
}

function overlapFigures(run: Run, made: Population, seed: number): readonly Figure[] {
  const both = [made, other(made, -seed)] as const
  const [a, b] = both.map((one, i) =>
    activeOf(correlationsOf(oneText(one, run, new Random(seed), new Random(-seed - i - 1))), one),
  )
  const { nonSurvived, damaged, ...found } = overlapOf({ a: a!, b: b! }, THRESHOLDS, run.confidence)
  const [rhoA, rhoB] = [both[0].truth.rho, both[1].truth.rho]
  const jaccard = (limit: number): number => {
    let [shared, either] = [0, 0]
    for (let k = 0; k < rhoA.length; k++) {
      const [inA, inB] = [rhoA[k]! < limit, rhoB[k]! < limit]
      shared += Number(inA && inB)
      either += Number(inA || inB)
    }
    return shared / either
  }
  const of = (name: string, { value, ci }: typeof found.pearson, truth: number) =>
    told(name, value, ci, truth)
  return [
    of('Jaccard', nonSurvived.jaccard, jaccard(THRESHOLDS.survived)),
    of('Jaccard damaged', damaged.jaccard, jaccard(THRESHOLDS.damaged)),
    of('Pearson', found.pearson, pearson(rhoA, rhoB)),
    of('Spearman', found.spearman, spearman(rhoA, rhoB)),
  ]
}

function activeOf(
  { rho, replicates, resampling }: FeatureCorrelations,
  { rate }: Population,
): ActiveFeatures {
  if (replicates === null) throw new RangeError('a text without groups')
  return {
    ids: Int32Array.from(rho, (_, k) => k),
    rho: Float64Array.from(rho),
    firingRate: rate,
    mean: rate,
    peak: rate,
    halves: { resampling, rho: replicates },
  }
}

/** Half of the sequences, drawn: dealt to groups as if nothing were known of documents. */
function drawnFigures(run: Run, made: Population, seed: number) {
  const random = new Random(seed + 1)
  const all = Array.from({ length: Math.floor(run.tokens / SEQUENCE) }, (_, i) => i)
  const drawn = shuffled(all, () => random.uniform()).slice(0, all.length / 2)
  const chosen = drawn.sort((x, y) => x - y)
  const text = { sequences: chosen.length, tokensPerSequence: SEQUENCE, documentStarts: null }
  const groups = groupCount(text, 32)
  const pieces = drawnPieces(documentLengths(run, random), chosen, dealGroups(text, groups))
  const tokens = chosen.length * SEQUENCE
  const { documents } = samplingOf({ tokens, resampling: RESAMPLING_METHOD, degrees: DEGREES_RULE })
  const sums = measuredText(made, { ...run, tokens }, pieces, groups, { text: random, errors: random })
  const figures = featureFigures(featuresOf({ ...sums, documents }, made), run.confidence)
  const looked = figures.filter(({ name }) => ['survived', 'damaged', 'mean rho'].includes(name))
  return { groups, figures: looked.map((one) => ({ ...one, name: `drawn ${one.name}` })) }
}

/** What of the documents lies in the chosen sequences, group by group. */
function drawnPieces(lengths: Int32Array, chosen: readonly number[], starts: Int32Array): Piece[] {
  let last = 0
  const ends = lengths.map((length) => {
    last += length
    return last
  })
  const pieces: Piece[] = []
  let [document, group] = [0, 0]
  for (const [place, sequence] of chosen.entries()) {
    while (place >= starts[group + 1]!) group++
    for (let at = sequence * SEQUENCE; at < (sequence + 1) * SEQUENCE; ) {
      while (document + 1 < ends.length && ends[document]! <= at) document++
      const end = Math.min((sequence + 1) * SEQUENCE, Math.max(at + 1, ends[document]!))
      pieces.push({ document, length: end - at, group })
      at = end
    }
  }
  return pieces
}

/** Tokens of a bucket, logarithm of their KL and logit of agreement, both with a shift of the document's own (sd 0.4 and 0.5). */
const BUCKETS = [
  { part: 0.3, kl: -4, logit: 1.5 },
  { part: 0.25, kl: -4.5, logit: 2.5 },
  { part: 0.2, kl: -5, logit: 3.5 },
  { part: 0.15, kl: -6, logit: 5 },
  { part: 0.1, kl: -8, logit: 7 },
] as const
const KL = { sd: 1.5, document: 0.4 } as const
const AGREEMENT = 0.5

function bucketFigures(run: Run, seed: number): readonly Figure[] {
  const random = new Random(seed + 2)
  const lengths = documentLengths(run, random)
  const starts = new Int32Array(lengths.length)
  for (let d = 1; d < lengths.length; d++) starts[d] = starts[d - 1]! + lengths[d - 1]!
  const text = { sequences: run.tokens, tokensPerSequence: 1, documentStarts: starts }
  const groups = groupCount(text, Math.max(...run.groups))
  const zeros = () => new Array<number>(groups).fill(0)
  const sums = BUCKETS.map(() => ({ tokens: zeros(), kl: zeros(), agreements: zeros() }))
  const shifts = Array.from(lengths, () => [KL.document * random.normal(), AGREEMENT * random.normal()])
  let squares = 0
  for (const length of lengths) squares += length * length
  for (const { document, length, group } of piecesOf(lengths, dealGroups(text, groups))) {
    const [klShift = 0, logitShift = 0] = shifts[document] ?? []
    for (let i = 0; i < length; i++) {
      const b = chosenBucket(random.uniform())
      const { kl, logit } = BUCKETS[b]!
      sums[b]!.tokens[group]! += 1
      sums[b]!.kl[group]! += Math.exp(kl + klShift + KL.sd * random.normal())
      sums[b]!.agreements[group]! += random.uniform() < sigmoid(logit + logitShift) ? 1 : 0
    }
  }
  const sampling: Sampling = {
    method: RESAMPLING_METHOD,
    degrees: DEGREES_RULE,
    documents: run.tokens ** 2 / squares,
  }
  return summarizeBuckets(sums, sampling, run.confidence).flatMap((bucket, b) => {
    const { kl, logit } = BUCKETS[b]!
    const from = CONFIDENCE_EDGES[b]
    return [
      told(
        `KL from ${from}`,
        bucket.klMean,
        bucket.klMeanCi,
        Math.exp(kl + (KL.sd ** 2 + KL.document ** 2) / 2),
      ),
      told(`agreement from ${from}`, bucket.top1Agreement, bucket.top1AgreementCi, meanAgreement(logit)),
    ]
  })
}

function chosenBucket(uniform: number): number {
  let [b, below] = [0, 0]
  while (b + 1 < BUCKETS.length && uniform >= below + BUCKETS[b]!.part) below += BUCKETS[b++]!.part
  return b
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** Over documents: the mean of σ(logit + s z), z normal, by the trapezium rule, which is exact to ten digits here. */
function meanAgreement(logit: number): number {
  let sum = 0
  for (let z = -8; z <= 8; z += 0.01) sum += sigmoid(logit + AGREEMENT * z) * Math.exp(-z * z * 0.5)
  return (sum * 0.01) / Math.sqrt(2 * Math.PI)
}
