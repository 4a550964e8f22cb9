/**
 * @file One audit from its request to what is kept of it: what `audit` of the library, the commands that measure and the
 * registry run.
 */
import { type Criteria, type Judged, judgeBy } from '../gate/judging.ts'
import { type MeasuringRequest, type RunOptions, runAudit } from '../gate/run-audit.ts'

export interface Kept<Value> {
  readonly judged: Judged
  readonly kept: Value
}

/**
 * Measure, judge, and keep of it what `keep` does: where that fails, the folders that were made for the report are taken away.
 * Errors: those of the audit, of writing, of `keep`.
 */
export async function measureAndKeep<Value>(
  request: MeasuringRequest,
  criteria: Criteria,
  options: RunOptions,
  keep: (judged: Judged) => Promise<Value>,
): Promise<Kept<Value>> {
  const { measurement, abandon } = await runAudit(request, criteria, options)
  try {
    const judged = judgeBy(measurement, criteria)
    return { judged, kept: await keep(judged) }
  } catch (error) {
    await abandon()
    throw error
  }
}
