/**
 * @file Candidates of one report by what they take and what they keep: rows for every form that ranks them.
 *
 * On the frontier is what no other row beats: none takes as few bytes or fewer and keeps as much or more, one of the two strictly. Only rows
 * that can be compared take part: bytes counted, and survival told at every read-out, of which the lowest counts (without SAEs: KL). Values,
 * not intervals, decide; the intervals stand beside them.
 */
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { activeReadouts, worstReadout } from '../words/figures.ts'

export interface RankedRow {
  readonly candidate: CandidateReport
  /** Stored bits per parameter: of everything, and of everything but embeddings and unembedding; null: not counted. */
  readonly bits: { readonly all: number; readonly blocks: number | null } | null
  /** At the read-out where the fewest survive; null: it cannot be told. */
  readonly survived: CandidateReport['features'][number]['survived'] | null
  /** Null: it cannot be compared. */
  readonly isOnFrontier: boolean | null
}

/** Fewest bytes first; what cannot be compared last, in the report's order. */
export function ranking(report: Report): readonly RankedRow[] {
  const comparable = report.candidates.flatMap((candidate) => {
    const quality = qualityOf(report, candidate)
    return quality === null || candidate.size === undefined
      ? []
      : [{ candidate, quality, bytes: candidate.size.bytes }]
  })
  const unbeaten = frontier(comparable)
  const rows = [...comparable].sort(byBytes).map((one) => rowOf(one.candidate, unbeaten.has(one)))
  const ranked = new Set(rows.map(({ candidate }) => candidate))
  const others = report.candidates.filter((candidate) => !ranked.has(candidate))
  return [...rows, ...others.map((candidate) => rowOf(candidate, null))]
}

/** What is compared: bytes, and a quality of which more is better. */
export interface Ranked {
  readonly bytes: number
  readonly quality: number
}

/** Fewest bytes first. */
export const byBytes = (a: Ranked, b: Ranked): number => a.bytes - b.bytes || b.quality - a.quality

const beats = (a: Ranked, b: Ranked): boolean =>
  a.bytes <= b.bytes && a.quality >= b.quality && (a.bytes < b.bytes || a.quality > b.quality)

/** Those that no other one beats. */
export const frontier = <T extends Ranked>(all: readonly T[]): ReadonlySet<T> =>
  new Set(all.filter((one) => !all.some((other) => beats(other, one))))

/** More is better; null where it was not measured alike. */
function qualityOf({ readouts }: Report, candidate: CandidateReport): number | null {
  if (readouts.length === 0) return candidate.divergence === null ? null : -candidate.divergence.klMean
  if (activeReadouts(candidate).length < readouts.length) return null
  return worstReadout(candidate)?.survived.fraction ?? null
}

function rowOf(candidate: CandidateReport, isOnFrontier: boolean | null): RankedRow {
  const { size } = candidate
  const survived = worstReadout(candidate)?.survived ?? null
  if (size === undefined) return { candidate, bits: null, survived, isOnFrontier }
  const { embeddings, head } = size
  const parameters = size.parameters - embeddings.parameters - head.parameters
  const blocks = parameters === 0 ? null : (8 * (size.bytes - embeddings.bytes - head.bytes)) / parameters
  return { candidate, bits: { all: (8 * size.bytes) / size.parameters, blocks }, survived, isOnFrontier }
}
