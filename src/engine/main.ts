/** @file The engine process: one request in, progress and one measurement or shard out. Started by client.ts, never by hand. */

import type { Progress } from '../audit/machine/progress.ts'
import type { Port } from '../bridge/envelope.ts'
import { serve } from '../bridge/serve.ts'
import { answer } from './answer.ts'
import type { EngineAnswer, EngineRequest } from './protocol.ts'

export function serveEngine(port: Port<EngineRequest, EngineAnswer, Progress>): void {
  serve(port, { answer })
}
