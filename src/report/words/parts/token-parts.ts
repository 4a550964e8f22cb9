/**
 * @file KL and agreement over parts of the tokens, as rows of words that every form of the report shows: by how sure the reference was, and by
 * the kind of token.
 */
import type { CandidateReport, Report } from '../../../contract/report/report-schema.ts'
import type { TokenKind } from '../../../contract/token-kinds.ts'
import { worstKind } from '../../../statistics/worst-kind.ts'
import { bySeverity } from '../figures.ts'
import { count, decimal, decimalInterval, number, percent, percentInterval } from '../format.ts'
import { name, type Phrase, phrase } from '../phrase.ts'

const FIGURES = ['Tokens', 'KL, nats', 'Interval', 'Top-1 agreement', 'Interval'] as const

export const CONFIDENCE_HEADER = ['Reference’s top probability', ...FIGURES] as const
export const KIND_HEADER = ['Predicted token', ...FIGURES] as const

type Divergence = NonNullable<CandidateReport['divergence']>
type Part = NonNullable<Divergence['byKind']>[number] | NonNullable<Divergence['byConfidence']>[number]

/** One row per bucket; none of an older report. */
export function confidenceRows({ divergence }: CandidateReport): readonly (readonly string[])[] {
  const buckets = divergence?.byConfidence ?? []
  return buckets.map((bucket) => [`${number(bucket.from, 2)} to ${number(bucket.to, 2)}`, ...figures(bucket)])
}

/** One row per kind that could be told; none of an older report. */
export function kindRows({ divergence }: CandidateReport): readonly (readonly string[])[] {
  return (divergence?.byKind ?? []).map((one) => [capital(WORDS_OF_KINDS[one.kind]), ...figures(one)])
}

function figures(part: Part): readonly string[] {
  return [
    count(part.scoredTokens),
    decimal(part.klMean, 4),
    decimalInterval(part.klMeanCi, 4),
    percent(part.top1Agreement, 2),
    percentInterval(part.top1AgreementCi, 2),
  ]
}

export const WORDS_OF_KINDS: Readonly<Record<TokenKind, string>> = {
  digits: 'tokens with digits',
  'code-punctuation': 'punctuation of code',
  'non-latin': 'other scripts than Latin',
  'white-space': 'white space',
  special: 'special tokens',
  rare: 'ids that occur once',
  'position-1': 'first eighths of sequences',
  'position-2': 'second eighths of sequences',
  'position-3': 'third eighths of sequences',
  'position-4': 'fourth eighths of sequences',
  'position-5': 'fifth eighths of sequences',
  'position-6': 'sixth eighths of sequences',
  'position-7': 'seventh eighths of sequences',
  'position-8': 'last eighths of sequences',
}

export const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** `int4 differs most on tokens with digits: KL 0.0412 nats [0.0395, 0.043], 0.0121 over all tokens`, without a stop. Null: on none for sure. */
export function worstKindSentence({ name: candidate, divergence }: CandidateReport): Phrase | null {
  const worst = divergence && worstKind(divergence.byKind ?? [], divergence)
  if (worst === null) return null
  const [kl, whole] = [nats(worst.klMean), nats(divergence?.klMean)]
  const interval = (worst.klMeanCi ?? []).map(nats).join(', ')
  return phrase`${name(candidate)} differs most on ${WORDS_OF_KINDS[worst.kind]}: KL ${kl} nats [${interval}], ${whole} over all tokens`
}

/** Of any size: nearly lossless candidates have a worst kind, too. */
const nats = (kl: number | null | undefined): string => number(kl, 3)

/** Of the candidate that comes first by severity and has one. */
export function worstKindOf({ candidates }: Report): Phrase | null {
  for (const candidate of bySeverity(candidates)) {
    const sentence = worstKindSentence(candidate)
    if (sentence !== null) return sentence
  }
  return null
}
