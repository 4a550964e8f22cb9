/** @file Features that a candidate fires and the reference does not, in words. */
import type { Report } from '../../../contract/report/report-schema.ts'
import { bySeverity } from '../figures.ts'
import { count, percent } from '../format.ts'
import { name } from '../phrase.ts'
import type { MoreTable } from './more-table.ts'

/** Features of a pair that are named; report.json has more. */
const MOST_NAMED = 5

export function newFeaturesTable({ candidates }: Report): MoreTable {
  return {
    title: 'New features',
    words:
      'Features that the candidate fires on more than the active threshold of positions and the reference does not, found by encoding the candidate with the whole SAE; dead: the reference fires them nowhere. They are in no other figure, since the reference alone decides what is active. In brackets how often the candidate fires each.',
    header: ['Candidate', 'Read-out', 'New', 'Dead in the reference', 'Most often'],
    align: 'llrrl',
    rows: bySeverity(candidates).flatMap((candidate) =>
      candidate.features.flatMap(({ readout, newFeatures }) => {
        if (newFeatures === undefined) return []
        const named = newFeatures.most
          .slice(0, MOST_NAMED)
          .map(({ feature, candidateRate }) => `${feature} (${percent(candidateRate, 2)})`)
        const { count: found, dead } = newFeatures
        return [[name(candidate.name), name(readout), count(found), count(dead), named.join(', ')]]
      }),
    ),
  }
}
