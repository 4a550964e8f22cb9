/** @file The tensors that damage most, of candidates whose swaps were measured with the audit. */
import type { AttributedTensor } from '../../../contract/report/compression/attribution-schema.ts'
import type { Report } from '../../../contract/report/report-schema.ts'
import { bySeverity } from '../figures.ts'
import { count, decimal, decimalInterval, MISSING, percent } from '../format.ts'
import { name } from '../phrase.ts'
import type { MoreTable } from './more-table.ts'

/** Of a candidate; report.json has all, worst first. */
export const MOST_TENSORS = 10

/** `most`: tensors of each candidate. */
export function attributionTable({ candidates }: Report, most = MOST_TENSORS): MoreTable {
  return {
    title: 'Which tensors do it',
    words:
      'Each tensor (block, kind) of the candidate put alone into the reference, worst first: features that survive before and not after, and the fraction that survives less, paired; and how many come back where the reference’s is put into the candidate.',
    header: [
      'Candidate',
      'Swapped',
      'Read-out',
      'Lost',
      'Δ survived',
      'Interval',
      'Residual error',
      'Restored',
    ],
    align: 'lllrrlrr',
    rows: bySeverity(candidates).flatMap((candidate) =>
      (candidate.attribution?.tensors ?? [])
        .slice(0, most)
        .map((row) => [
          name(candidate.name),
          name(row.tensor),
          row.readout === null ? MISSING : name(row.readout),
          ...cells(row),
        ]),
    ),
  }
}

function cells(row: AttributedTensor): readonly string[] {
  const { lost, deltaSurvived, deltaSurvivedCi, residualErrorChange, restored } = row
  return [
    count(lost),
    decimal(deltaSurvived, 4),
    decimalInterval(deltaSurvivedCi, 4),
    percent(residualErrorChange),
    restored === null ? MISSING : count(restored.gained),
  ]
}
