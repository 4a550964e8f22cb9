/** @file The engine process: one request in, progress and one measurement out. Started by client.ts, never by hand. */

import type { Progress } from '../audit/machine/progress.ts'
import type { Port } from '../bridge/envelope.ts'
import { serve } from '../bridge/serve.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { answer } from './answer.ts'
import type { EngineRequest } from './protocol.ts'

export function serveEngine(port: Port<EngineRequest, Measurement, Progress>): void {
  serve(port, { answer })
}
