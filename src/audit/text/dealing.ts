/** @file The corpus as the deal to token groups sees it: sequences, documents, and what intervals ask of both. */
import type { Report } from '../../contract/report/report-schema.ts'
import type { TokenSequences } from '../../corpus/token-sequences.ts'
import {
  DEGREES_RULE,
  RESAMPLING_METHOD,
  type Sampling,
  samplingOf,
} from '../../statistics/intervals/resampling.ts'
import { type DealtText, typicalDocument } from '../../statistics/intervals/token-groups.ts'

/** Of the corpus as the audit runs it: what is asked here. */
interface Tokens {
  readonly sequences: TokenSequences
  readonly chunked: { readonly plan: { readonly rows: number } }
}

/** The sequences as the deal to token groups sees them. */
export function dealtText({ sequenceCount, blockLength, bos, documents }: TokenSequences): DealtText {
  return {
    sequences: sequenceCount,
    tokensPerSequence: blockLength - (bos === null ? 0 : 1),
    documentStarts: documents?.starts ?? null,
  }
}

/** What was seen of the text's documents, as far as groups were dealt by them. */
export function documentsOf({ sequences }: Pick<Tokens, 'sequences'>): Pick<Report['corpus'], 'documents'> {
  const text = dealtText(sequences)
  const length = typicalDocument(text)
  if (sequences.documents === null || length === null) return {}
  // A text is read further than it is used.
  const used = sequences.documents.starts.filter((start) => start < text.sequences * text.tokensPerSequence)
  return { documents: { count: used.length, tokens: length, by: sequences.documents.by } }
}

/** As the report says it, so that whoever reads the report makes the same intervals. */
export function samplingOfTokens(tokens: Tokens): Sampling {
  return samplingOf({
    tokens: tokens.chunked.plan.rows,
    resampling: RESAMPLING_METHOD,
    degrees: DEGREES_RULE,
    ...documentsOf(tokens),
  })
}
