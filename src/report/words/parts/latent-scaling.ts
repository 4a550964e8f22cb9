/** @file How much of features' directions is left in a candidate, in words. */
import type { FeaturesReport, Report } from '../../../contract/report/report-schema.ts'
import { bySeverity } from '../figures.ts'
import { count, decimal } from '../format.ts'
import { name } from '../phrase.ts'
import type { MoreTable } from './more-table.ts'

type Distribution = NonNullable<FeaturesReport['latentScaling']>['error']

export function latentScalingTable({ candidates }: Report): MoreTable {
  return {
    title: 'Latent scaling',
    words:
      'How much of an active feature’s direction, where the reference fires it, is there in the candidate beside the reference (ν; 1: as much): in what the SAE rebuilds, and in what it leaves with the feature’s own part. Quantiles over the features, without intervals; each feature’s is in the tables.',
    header: ['Candidate', 'Read-out', 'In', 'Features', '5 %', '25 %', 'Median', '75 %', '95 %'],
    align: 'lllrrrrrr',
    rows: bySeverity(candidates).flatMap((candidate) =>
      candidate.features.flatMap(({ readout, latentScaling }) =>
        latentScaling === undefined
          ? []
          : [
              [
                name(candidate.name),
                name(readout),
                'what is rebuilt',
                ...cells(latentScaling.reconstruction),
              ],
              [name(candidate.name), name(readout), 'what is left', ...cells(latentScaling.error)],
            ],
      ),
    ),
  }
}

function cells({ features, p05, p25, p50, p75, p95 }: Distribution): readonly string[] {
  return [count(features), ...[p05, p25, p50, p75, p95].map((value) => decimal(value, 3))]
}
