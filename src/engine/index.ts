import type { Progress } from '../audit/machine/progress.ts'
import { processPort } from '../bridge/process-port.ts'
import type { EngineAnswer, EngineRequest } from './protocol.ts'

const port = processPort<EngineRequest, EngineAnswer, Progress>()
// Not before: what fails in loading is told through the port.
const { serveEngine } = await import('./main.ts')
serveEngine(port)
