/** @file What the most changed features are about, in Markdown: where each fires, what the candidate makes of it there. */
import type { FeaturesReport, Report } from '../../contract/report/report-schema.ts'
import { bySeverity, neuronpediaUrl, readoutOf } from '../words/figures.ts'
import * as format from '../words/format.ts'
import { code, link, prose } from '../words/markdown-escape.ts'

type Explained = NonNullable<FeaturesReport['explained']>[number]

/** How much is told. */
export interface Told {
  /** Features of each candidate and read-out, and as many of the rest that are watched. */
  readonly features: number
  readonly contexts: number
  /** Candidates and read-outs. */
  readonly pairs: number
}

/** One part per candidate and read-out, the worst candidate first. */
export function explainedParts(report: Report, told: Told): readonly string[] {
  const pairs = bySeverity(report.candidates).flatMap((candidate) =>
    candidate.features.map((features) => ({ candidate, features })),
  )
  return pairs
    .filter(({ features }) => (features.explained ?? []).length > 0)
    .slice(0, told.pairs)
    .map(({ candidate, features }) =>
      [
        `${code(candidate.name)} at ${code(features.readout)}:`,
        ...firstOf(features.explained ?? [], told.features).map((one) =>
          feature(report, features, one, told),
        ),
      ].join('\n\n'),
    )
}

/** The first ones, and of the others the first that are watched. */
function firstOf(explained: readonly Explained[], most: number): readonly Explained[] {
  const watched = explained.slice(most).filter((one) => one.watched === true)
  return [...explained.slice(0, most), ...watched.slice(0, most)]
}

function feature(
  report: Report,
  { readout }: FeaturesReport,
  { feature: id, watched = false, correlation, contexts, promotes }: Explained,
  told: Told,
): string {
  const url = neuronpediaUrl(readoutOf(report, readout), id)
  const name = url === null ? `Feature ${id}` : link(`Feature ${id}`, url)
  const rho = correlation === null ? 'no ρ' : `ρ ${format.decimal(correlation, 3)}`
  const speaks = promotes.length === 0 ? '' : `, speaks for ${promotes.map((token) => code(token)).join(' ')}`
  const lines = contexts
    .slice(0, told.contexts)
    .map(
      ({ before, token, after, reference, candidate }) =>
        `- ${format.number(reference, 3)} → ${format.number(candidate, 3)}: ${prose(before)} ${code(token)} ${prose(after)}`,
    )
  return [
    `**${name}** (${watched ? 'watched, ' : ''}${rho})${speaks}`,
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
  ].join('\n\n')
}
