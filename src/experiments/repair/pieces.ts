/** @file What may be given back, and what the attribution says that it mends. */
import type { AttributionReport } from '../../contract/report/compression/attribution-schema.ts'
import type { Piece } from './search.ts'

/** One for each unit that was swapped. Lost features, lowered ρ and KL count alike, each as a share of what all units do together. */
export function piecesOf({ tensors: rows }: AttributionReport): readonly Piece[] {
  const names = [...new Set(rows.map(({ tensor }) => tensor))]
  const units = names.flatMap((name) => {
    const own = rows.filter(({ tensor }) => tensor === name)
    const [first] = own
    if (first === undefined) return []
    return [
      {
        name,
        tensors: first.tensors,
        bytes: first.bytes.reference - first.bytes.candidate,
        harm: [
          own.reduce((sum, { lost }) => sum + lost, 0),
          own.reduce((sum, { meanCorrelation }) => sum + 1 - meanCorrelation, 0),
          Math.max(0, first.klChange ?? 0),
        ],
      },
    ]
  })
  const totals = [0, 1, 2].map((i) => units.reduce((sum, { harm }) => sum + (harm[i] ?? 0), 0))
  return units.map(({ name, tensors, bytes, harm }) => ({
    name,
    tensors,
    bytes: Math.max(0, bytes),
    benefit: harm.reduce((sum, one, i) => sum + (totals[i] ? one / totals[i] : 0), 0),
  }))
}
