/** @file How much of its loss each model recovers with what an SAE rebuilds, in words. */
import type { LossRecoveredReport } from '../../../contract/report/causal/recovered-schema.ts'
import type { Report } from '../../../contract/report/report-schema.ts'
import { bySeverity } from '../figures.ts'
import { decimal, decimalInterval } from '../format.ts'
import { name } from '../phrase.ts'
import type { MoreTable } from './more-table.ts'

type Figure = LossRecoveredReport['figures'][number]

const OF = { loss: 'loss', kl: 'KL' } as const
const ABLATION = { zero: 'zeros', mean: 'the mean' } as const

export function lossRecoveredTable({ candidates }: Report): MoreTable {
  return {
    title: 'Loss recovered',
    words:
      'Each model goes on with what the SAE rebuilds in place of its own value, at the positions that count: 1 where it loses nothing by that, 0 where it loses as much as with zeros (or the mean) there. Δ: candidate less reference.',
    header: ['Candidate', 'Replaced', 'Of', 'Against', 'Reference', 'Candidate', 'Δ', 'Interval'],
    align: 'llllrrrl',
    rows: bySeverity(candidates).flatMap((candidate) =>
      candidate.features.flatMap(({ lossRecovered }) =>
        (lossRecovered?.figures ?? []).map((figure) => [
          name(candidate.name),
          name(lossRecovered?.replaced ?? ''),
          ...cells(figure),
        ]),
      ),
    ),
  }
}

function cells({ of, ablation, reference, candidate, delta, deltaCi }: Figure): readonly string[] {
  return [
    OF[of],
    ABLATION[ablation],
    decimal(reference, 4),
    decimal(candidate, 4),
    decimal(delta, 4),
    decimalInterval(deltaCi, 4),
  ]
}
