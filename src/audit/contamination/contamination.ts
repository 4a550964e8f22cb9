/** @file What of the audited text stands in the text that artifacts were calibrated on: there they look better than they are. */
import type { ContaminationReport } from '../../contract/report/compression/contamination-schema.ts'
import { hashIds } from '../../corpus/cut-sequences.ts'
import { containment, NGRAM, ngramsOf } from '../../statistics/containment.ts'
import { chooseGroups, type GroupChoice } from '../../statistics/intervals/chosen-groups.ts'
import type { Candidate } from '../subjects/candidate.ts'
import type { Reference } from '../subjects/model.ts'
import type { Opening } from '../subjects/open-source.ts'
import { type AuditTokens, openTokens } from '../text/tokens.ts'

export interface Contamination {
  readonly report: ContaminationReport
  /** The groups whose text was not seen; null: all of them, or too few. */
  readonly clean: GroupChoice | null
}

/** A calibration takes a few hundred sequences; of a longer text the beginning is read. */
const MOST_TOKENS = 4_000_000
/** Part of a sequence's n-grams from which on it counts as seen: less are phrases that many texts share. */
const SEEN = 0.05

/**
 * Null: no candidate is an artifact, or nobody said what it was calibrated on. What is calibrated here has a check of its own, which
 * refuses shared text. Errors: those of reading the text.
 */
export async function openContamination(
  opening: Opening,
  reference: Reference,
  candidates: readonly Candidate[],
  audited: AuditTokens,
): Promise<Contamination | null> {
  const source = opening.config.calibration?.source ?? null
  if (source === null || candidates.every(({ kind }) => kind === 'derived')) return null
  const corpus = { ...opening.config.corpus, source, tokens: MOST_TOKENS }
  const config = { ...opening.config, corpus, perplexity: { chunked: true, sliding: null } }
  const { sequences } = await openTokens({ ...opening, config }, reference)
  return contaminationBy(source, sequences.stream, audited)
}

/** `stream`: the tokens that were calibrated on. */
export function contaminationBy(
  calibration: string,
  stream: Int32Array,
  { sequences, groupStarts }: Pick<AuditTokens, 'sequences' | 'groupStarts'>,
): Contamination {
  const { ids, sequenceCount, blockLength, bos } = sequences
  const known = ngramsOf(stream)
  const shares = Array.from({ length: sequenceCount }, (_, sequence) =>
    containment(
      ids.subarray(sequence * blockLength + (bos === null ? 0 : 1), (sequence + 1) * blockLength),
      known,
    ),
  )
  const kept = Array.from({ length: groupStarts.length - 1 }, (_, group) =>
    shares.slice(groupStarts[group], groupStarts[group + 1]).every((share) => share < SEEN),
  )
  const contained = shares.filter((share) => share >= SEEN).length
  return {
    report: {
      calibration,
      tokens: stream.length,
      sha256: hashIds(stream),
      ngram: NGRAM,
      containment: shares.reduce((sum, share) => sum + share, 0) / sequenceCount,
      sequences: sequenceCount,
      contained,
      cleanGroups: kept.filter((one) => one).length,
    },
    clean: contained === 0 ? null : chooseGroups(kept),
  }
}

/** What the user should know; empty where none of the text was seen. */
export function contaminationWarnings(found: Contamination | null): readonly string[] {
  if (found === null) return []
  const { calibration, tokens } = found.report
  const unread =
    tokens < MOST_TOKENS
      ? []
      : [
          `of ${calibration} the first ${tokens} tokens were read: whether artifacts saw audited text behind these is not known`,
        ]
  return [...unread, ...sharedWarnings(found)]
}

function sharedWarnings(found: Contamination): readonly string[] {
  if (found.report.contained === 0) return []
  const { calibration, contained, sequences, cleanGroups } = found.report
  const rest =
    found.clean === null
      ? `only ${cleanGroups} token groups are left without it, too few for figures of their own: audit on another text`
      : `figures on the ${cleanGroups} token groups without it stand beside (clean, in report.json)`
  return [
    `${contained} of ${sequences} audited sequences stand in ${calibration}, which artifacts were calibrated on: there they do better than on text that they have not seen; ${rest}`,
  ]
}
