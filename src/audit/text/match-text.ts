/** @file The text on which matched prunings find their sparsity: what the corpus has after the audited tokens, or these themselves. */
import type { MatchTokens } from '../../contract/options/audit-config.ts'
import { AUDIT_OPTIONS } from '../../contract/options/options.ts'
import { matchTextMissing, matchTextShort } from '../../errors/compression.ts'
import type { Reference } from '../subjects/model.ts'
import type { Opening } from '../subjects/open-source.ts'
import { fewSequences } from './few-sequences.ts'
import { type AuditTokens, openTokens } from './tokens.ts'

export interface MatchText {
  readonly where: MatchTokens['where']
  readonly tokens: AuditTokens
}

const USUAL: MatchTokens = { where: 'held-out', tokens: AUDIT_OPTIONS.matchTokens.default }

/**
 * In whole sequences. `spec`: the candidate, for messages. Errors: MATCH_TEXT_MISSING, MATCH_TEXT_SHORT, those of reading the corpus.
 */
export async function openMatchText(
  spec: string,
  opening: Opening,
  reference: Reference,
  audited: AuditTokens,
): Promise<MatchText> {
  const { matchTokens = USUAL } = opening.config
  const { blockLength, bos, sequenceCount } = audited.sequences
  const perSequence = blockLength - (bos === null ? 0 : 1)
  const { where, tokens } = matchTokens
  const wanted = tokens === null ? sequenceCount : Math.floor(tokens / perSequence)
  if (wanted === 0) throw matchTextShort(spec, tokens ?? 0, perSequence)
  if (where === 'audited') return { where, tokens: someOf(audited, 0, Math.min(wanted, sequenceCount)) }
  const held = await heldOutText(opening, reference, audited, wanted)
  if (held === null)
    throw matchTextMissing(spec, opening.config.corpus.source, audited.sequences.stream.length)
  return { where, tokens: held }
}

/** Up to `wanted` sequences of the corpus after those that are audited. Null: it has none. Errors: those of reading the corpus. */
export async function heldOutText(
  opening: Opening,
  reference: Reference,
  audited: AuditTokens,
  wanted: number,
): Promise<AuditTokens | null> {
  const { blockLength, bos, stream } = audited.sequences
  const perSequence = blockLength - (bos === null ? 0 : 1)
  // A sequence that is audited in part is left out.
  const first = Math.ceil(stream.length / perSequence)
  const longer = await longerText(opening, reference, (first + wanted) * perSequence)
  const end = Math.min(first + wanted, longer?.sequences.sequenceCount ?? 0)
  return longer === null || end <= first ? null : someOf(longer, first, end)
}

/** The corpus read anew, further than the audit reads it. Null: the audit reads all of it. */
async function longerText(
  opening: Opening,
  reference: Reference,
  tokens: number,
): Promise<AuditTokens | null> {
  const { corpus } = opening.config
  if (corpus.tokens === null) return null
  const config = {
    ...opening.config,
    corpus: { ...corpus, tokens },
    perplexity: { chunked: true, sliding: null },
  }
  return await openTokens({ ...opening, config }, reference)
}

/** Sequences [start, end). */
function someOf(tokens: AuditTokens, start: number, end: number): AuditTokens {
  return fewSequences(
    tokens,
    Array.from({ length: end - start }, (_, i) => start + i),
  )
}
