/**
 * @file Made-up audits with known truth. A text is a list of documents; features fire in bursts (a feature is in half of
 * the documents, and there fires at random); the candidate's activation is the reference's with noise. The noise has a size
 * of its own per feature, and, where errors are shared, a factor that is one document's for all features.
 *
 * Given activations a that are exponential where the feature fires (rate p) and noise of variance s²,
 * Var a = 2p − p², and ρ² = Var a/(Var a + p s²) whatever the documents are: the truth on endless text.
 */
import {
  type CandidateMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
} from '../../src/statistics/features/feature-moments.ts'
import { Random } from './random.ts'

export interface Setting {
  readonly features: number
  readonly tokens: number
  /** Mean length of a document, and the sd of the logarithm of lengths (0: all alike). */
  readonly documentLength: number
  readonly lengthSpread: number
  /** Sd of the logarithm of the noise factor that a document's features share; 0: errors are independent. */
  readonly sharedErrors: number
  /** Mean of atanh ρ over the features; 2.8 where nothing is said: about 90 % survive (ρ ≥ 0.9), 1.5 % are damaged (ρ < 0.5). */
  readonly zMean?: number
}

/** What endless text would show. */
export interface Truth {
  readonly rho: Float64Array
  readonly perplexityChange: number
  readonly klMean: number
  readonly klP99: number
}

/** The features, the same in all texts of a setting. */
export interface Population {
  readonly rate: Float64Array
  /** Sd of the noise where the feature fires. */
  readonly noise: Float64Array
  readonly truth: Truth
}

/** Of z = atanh ρ over the features. */
const Z_MEAN = 2.8
export const Z_SD = 1.04
/** Firing rates are log-uniform between these. */
const RATES = [0.0012, 0.02] as const
/** A feature is in this part of the documents. */
const PRESENT = 0.5

/** Loss differences: mean and sd in nats, and sd of a document's own mean. KL: log-normal. */
const LOSS = { mean: 0.01, sd: 0.5, document: 0.02 } as const
const KL = { mean: -5, sd: 1.5, document: 0.4 } as const

export function population({ features, zMean = Z_MEAN }: Setting, seed: number): Population {
  const random = new Random(seed)
  const rate = new Float64Array(features)
  const noise = new Float64Array(features)
  const rho = new Float64Array(features)
  for (let k = 0; k < features; k++) {
    const p = RATES[0] * (RATES[1] / RATES[0]) ** random.uniform()
    rate[k] = p
    rho[k] = Math.max(0.05, Math.min(0.99999, Math.tanh(zMean + Z_SD * random.normal())))
    noise[k] = noiseOf(rho[k]!, p)
  }
  const spread = KL.sd ** 2 + KL.document ** 2
  return {
    rate,
    noise,
    truth: {
      rho,
      perplexityChange: 100 * Math.expm1(LOSS.mean),
      klMean: Math.exp(KL.mean + spread / 2),
      klP99: Math.exp(KL.mean + 2.3263478740408408 * Math.sqrt(spread)),
    },
  }
}

/** Sd of the noise at which a feature of this rate has this ρ. */
export const noiseOf = (rho: number, rate: number): number =>
  Math.sqrt(((2 * rate - rate * rate) * (rho ** -2 - 1)) / rate)

/** The same features in a candidate whose noise is `times` as large. */
export function noisier(made: Population, times: number): Population {
  const rho = made.truth.rho.map((one) => 1 / Math.sqrt(1 + (one ** -2 - 1) * times ** 2))
  return { ...made, noise: made.noise.map((one) => times * one), truth: { ...made.truth, rho } }
}

/** Lengths of documents that add up to the tokens. */
export function documentLengths(
  { tokens, documentLength, lengthSpread }: Setting,
  random: Random,
): Int32Array {
  const lengths: number[] = []
  for (let left = tokens; left > 0; ) {
    const length = documentLength * Math.exp(lengthSpread * random.normal() - lengthSpread ** 2 / 2)
    const whole = Math.min(left, Math.max(16, Math.round(length)))
    lengths.push(whole)
    left -= whole
  }
  return Int32Array.from(lengths)
}

/** What an audit of one text sums up, per group. */
export interface Sums {
  readonly reference: ReferenceMoments
  readonly candidate: CandidateMoments
  readonly losses: {
    readonly tokens: number[]
    readonly referenceLoss: number[]
    readonly candidateLoss: number[]
  }
  readonly divergence: { readonly tokens: number[]; readonly kl: number[]; readonly agreements: number[] }
  /** KL of every token, and the group of each. */
  readonly kl: Float64Array
  readonly groupOf: Int32Array
  /** Documents of typical length that the text amounts to. */
  readonly documents: number
}

/** A run of one document's tokens in one group. */
export interface Piece {
  readonly document: number
  readonly length: number
  readonly group: number
}

/** What the features of a document share. */
interface Document {
  readonly present: Uint8Array
  readonly noiseFactor: number
  readonly lossShift: number
  readonly klShift: number
}

/** Draws of the text and what its documents share, and of a candidate's own errors: from one generator or two. */
interface Chance {
  readonly text: Random
  readonly errors: Random
}

/** One text, dealt as `pieces` say (the pieces of a document follow one another). */
export function measuredText(
  { rate, noise }: Population,
  { features, tokens, sharedErrors }: Setting,
  pieces: readonly Piece[],
  groups: number,
  { text: random, errors }: Chance,
): Sums {
  const sums = { ...emptySums(groups, features, tokens), documents: documentsIn(pieces) }
  let document = newDocument(features, sharedErrors, random)
  let token = 0
  for (const [i, { document: d, length, group }] of pieces.entries()) {
    if (i > 0 && pieces[i - 1]!.document !== d) document = newDocument(features, sharedErrors, random)
    sums.reference.positions[group]! += length
    for (let k = 0; k < features; k++) {
      if (document.present[k] === 0) continue
      const firings = random.poisson((length * rate[k]!) / PRESENT)
      addFirings(
        sums,
        group,
        k,
        { firings, noise: noise[k]! * document.noiseFactor },
        { text: random, errors },
      )
    }
    addLosses(sums, { group, length, first: token }, document, random)
    token += length
  }
  return sums
}

function newDocument(features: number, sharedErrors: number, random: Random): Document {
  const present = new Uint8Array(features)
  for (let k = 0; k < features; k++) present[k] = random.uniform() < PRESENT ? 1 : 0
  return {
    present,
    // Its square has mean 1, so that the noise of endless text is the feature's own.
    noiseFactor: Math.exp(sharedErrors * random.normal() - sharedErrors ** 2),
    lossShift: LOSS.document * random.normal(),
    klShift: KL.document * random.normal(),
  }
}

/** Tokens over the length of the document in which a token finds itself on average. */
function documentsIn(pieces: readonly Piece[]): number {
  const lengths = new Map<number, number>()
  for (const { document, length } of pieces) lengths.set(document, (lengths.get(document) ?? 0) + length)
  let [tokens, squares] = [0, 0]
  for (const length of lengths.values()) {
    tokens += length
    squares += length * length
  }
  return tokens ** 2 / squares
}

function emptySums(groups: number, features: number, tokens: number): Omit<Sums, 'documents'> {
  const zeros = () => new Array<number>(groups).fill(0)
  const losses = { tokens: zeros(), referenceLoss: zeros(), candidateLoss: zeros() }
  return {
    reference: emptyReferenceMoments(groups, features),
    candidate: emptyCandidateMoments(
      groups,
      Int32Array.from({ length: features }, (_, k) => k),
    ),
    losses,
    divergence: { tokens: losses.tokens, kl: zeros(), agreements: zeros() },
    kl: new Float64Array(tokens),
    groupOf: new Int32Array(tokens),
  }
}

function addFirings(
  { reference, candidate }: Pick<Sums, 'reference' | 'candidate'>,
  group: number,
  k: number,
  { firings, noise }: { readonly firings: number; readonly noise: number },
  { text, errors }: Chance,
): void {
  let [a, aa, b, bb, ab, together] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < firings; i++) {
    const x = text.exponential()
    const y = x + noise * errors.normal()
    a += x
    aa += x * x
    b += y
    bb += y * y
    ab += x * y
    together += y > 0 ? 1 : 0
  }
  const at = group * reference.width + k
  reference.sum[at]! += a
  reference.sumOfSquares[at]! += aa
  reference.firings[k]! += firings
  candidate.sum[at]! += b
  candidate.sumOfSquares[at]! += bb
  candidate.product[at]! += ab
  candidate.together[at]! += together
  candidate.either[at]! += firings
}

function addLosses(
  { losses, divergence, kl, groupOf }: Sums,
  { group, length, first }: { readonly group: number; readonly length: number; readonly first: number },
  { lossShift, klShift }: Document,
  random: Random,
): void {
  losses.tokens[group]! += length
  losses.referenceLoss[group]! += 3 * length
  losses.candidateLoss[group]! +=
    length * (3 + LOSS.mean + lossShift) + Math.sqrt(length) * LOSS.sd * random.normal()
  for (let i = first; i < first + length; i++) {
    const value = Math.exp(KL.mean + klShift + KL.sd * random.normal())
    kl[i] = value
    groupOf[i] = group
    divergence.kl[group]! += value
  }
}

/** The pieces of documents of these lengths when groups begin at these tokens. */
export function piecesOf(lengths: Int32Array, groupStarts: Int32Array): Piece[] {
  const pieces: Piece[] = []
  let [at, group] = [0, 0]
  for (let document = 0; document < lengths.length; document++) {
    const end = at + lengths[document]!
    while (at < end) {
      while (at >= groupStarts[group + 1]!) group++
      const to = Math.min(end, groupStarts[group + 1]!)
      pieces.push({ document, length: to - at, group })
      at = to
    }
  }
  return pieces
}
