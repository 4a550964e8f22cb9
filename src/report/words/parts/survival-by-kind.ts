/** @file Survival of features by kind of token, in words. */
import type { CandidateReport, FeaturesReport, Report } from '../../../contract/report/report-schema.ts'
import { leastSurvived } from '../../../statistics/worst-kind.ts'
import { bySeverity } from '../figures.ts'
import { count, decimal, number, percent, percentInterval } from '../format.ts'
import { name, type Phrase, phrase } from '../phrase.ts'
import type { MoreTable } from './more-table.ts'
import { capital, WORDS_OF_KINDS } from './token-parts.ts'

type Survival = NonNullable<FeaturesReport['survivalByKind']>
type Part = Survival['whole']

const bucketWords = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `Reference’s top probability ${number(from, 2)} to ${number(to, 2)}`

export function survivalByKindTable({ candidates }: Report): MoreTable {
  return {
    title: 'Survival by kind of token',
    words:
      'Which part of the features survives at the positions that predict a token of the kind, ρ taken over these positions alone. Of at most 512 active features, spread evenly; at a kind those count that the reference fires on more than the active threshold of its positions, and at 20 of them at least. A token may be of several kinds. The last rows are by the probability that the reference gave its likeliest token.',
    header: [
      'Candidate',
      'Read-out',
      'Predicted token',
      'Positions',
      'Features',
      'Survived',
      'Interval',
      'Mean ρ',
    ],
    align: 'lllrrrrr',
    rows: bySeverity(candidates).flatMap((candidate) =>
      candidate.features.flatMap(({ readout, survivalByKind }) => {
        if (survivalByKind === undefined) return []
        const row = (what: string, part: Part) => [
          ...[name(candidate.name), name(readout), what, count(part.positions), count(part.features)],
          ...[
            percent(part.survived, 1),
            percentInterval(part.survivedCi, 1),
            decimal(part.meanCorrelation, 3),
          ],
        ]
        const { whole, kinds, byConfidence = [] } = survivalByKind
        return [
          row('All', whole),
          ...kinds.map((one) => row(capital(WORDS_OF_KINDS[one.kind]), one)),
          ...byConfidence.map((one) => row(bucketWords(one), one)),
        ]
      }),
    ),
  }
}

/** `int4 keeps least at tokens with digits: 61.2 % of features survive [55.0, 67.1], 83.4 % at all tokens`, without a stop. Null: at none for sure. */
function leastSurvivedSentence({ name: candidate, features }: CandidateReport): Phrase | null {
  for (const { survivalByKind } of features) {
    const worst = survivalByKind && leastSurvived(survivalByKind.kinds, survivalByKind.whole)
    if (survivalByKind === undefined || worst == null) continue
    const interval = percentInterval(worst.survivedCi, 1)
    return phrase`${name(candidate)} keeps least at ${WORDS_OF_KINDS[worst.kind]}: ${percent(worst.survived, 1)} of features survive ${interval}, ${percent(survivalByKind.whole.survived, 1)} at all tokens`
  }
  return null
}

/** Of the candidate that comes first by severity and has one. */
export function leastSurvivedOf({ candidates }: Report): Phrase | null {
  for (const candidate of bySeverity(candidates)) {
    const sentence = leastSurvivedSentence(candidate)
    if (sentence !== null) return sentence
  }
  return null
}
