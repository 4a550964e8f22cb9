/** @file What the engine makes of a request, in whichever process it runs. */
import type { OnProgress } from '../audit/machine/progress.ts'
import { measure } from '../audit/measure.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { EngineRequest } from './protocol.ts'

/** Errors: whatever the audit raises. */
export async function answer(
  { config, baseline, toolVersion }: EngineRequest,
  onProgress: OnProgress,
): Promise<Measurement> {
  return await measure(config, {
    onProgress,
    seconds: () => performance.now() / 1000,
    now: () => new Date().toISOString(),
    toolVersion,
    baseline,
  })
}
