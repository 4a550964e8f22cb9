import type { Progress } from '../audit/machine/progress.ts'
import { processPort } from '../bridge/process-port.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { EngineRequest } from './protocol.ts'

const port = processPort<EngineRequest, Measurement, Progress>()
// Not before: what fails in loading is told through the port.
const { serveEngine } = await import('./main.ts')
serveEngine(port)
