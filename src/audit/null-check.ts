/** @file The reference audited against itself: every active feature must correlate with itself to six decimals. */

import { nullCheckFailed } from '../errors/audit.ts'
import { present } from '../numbers/present.ts'
import { type MeasuredReference, NOTHING_MORE } from './rounds/measure-fused.ts'
import { measureRounds } from './rounds/measure-rounds.ts'
import type { Run } from './run/run.ts'
import type { DerivedCandidate } from './subjects/candidate.ts'

const TOLERANCE = 1e-6

/** Run the reference once more as a candidate. Returns what to say in the report. Errors: NULL_CHECK_FAILED. */
export async function checkNull(run: Run, reference: MeasuredReference): Promise<string> {
  const { model } = reference.captured
  const candidate: DerivedCandidate = {
    kind: 'derived',
    name: 'null-check',
    spec: model.name,
    model,
    compression: null,
    made: 'the reference itself',
    matching: null,
    form: 'as-stored',
  }
  const [result] = await measureRounds(run, { ...reference, ...NOTHING_MORE }, [candidate])
  let [checked, constant] = [0, 0]
  for (const { evidence, report } of result?.features ?? []) {
    const { constant: apart = 0 } = report
    constant += apart
    const { active, correlation, readout } = evidence.table
    for (let j = 0; j < active.length; j++) {
      const rho = present(correlation[j])
      if (active[j] === 0) continue
      if (Number.isNaN(rho)) {
        constant++
        continue
      }
      if (!(Math.abs(rho - 1) <= TOLERANCE)) throw nullCheckFailed(readout, j, rho)
      checked++
    }
  }
  const rest = constant === 0 ? '' : `; ${constant} more never vary on this text and have no ρ`
  return `null check: the reference against itself gives ρ = 1 to six decimals for all ${checked} active features${rest}`
}
