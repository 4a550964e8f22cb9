/** @file The engine process: one request in, progress and one measurement out. Started by client.ts, never by hand. */

import type { Progress } from '../audit/machine/progress.ts'
import { measure } from '../audit/measure.ts'
import { processPort } from '../bridge/process-port.ts'
import { serve } from '../bridge/serve.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { EngineRequest } from './protocol.ts'

export function serveEngine(): void {
  serve<EngineRequest, Measurement, Progress>(processPort(), {
    answer: async ({ config, baseline, toolVersion }, onProgress) =>
      await measure(config, {
        onProgress,
        seconds: () => performance.now() / 1000,
        now: () => new Date().toISOString(),
        toolVersion,
        baseline,
      }),
  })
}
