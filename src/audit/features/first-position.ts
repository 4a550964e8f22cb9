/** @file How much of a residual stream's variance lies in the first position of its sequences, an attention sink on most models. */
import { present } from '../../numbers/present.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'
import { addRow, emptyRows, type VarianceGroups } from '../sums/residual-sums.ts'
import type { SampledRows } from './fit-sample.ts'

/** Rows that are read at a time. */
const ROWS = 512

/** Sums of the sampled rows, and of those at position 0. Errors: those of reading rows. */
export async function firstPositionRows(
  residuals: Residuals,
  { rows, tokenGroups, groups }: SampledRows,
  sequenceLength: number,
): Promise<VarianceGroups> {
  const { width } = residuals.store
  const [all, first] = [emptyRows(groups, width), emptyRows(groups, width)]
  for (let start = 0; start < rows.length; start += ROWS) {
    const batch = rows.subarray(start, start + ROWS)
    const values = await residualRows(residuals, batch)
    for (const [i, row] of batch.entries()) {
      const group = present(tokenGroups[start + i])
      addRow(all, group, values, i * width)
      if (row % sequenceLength === 0) addRow(first, group, values, i * width)
    }
  }
  return { all, first }
}
