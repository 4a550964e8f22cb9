import { endOnDefect } from '../gate/last-handler.ts'
import { processHost } from './process-host.ts'
import { tellProblem } from './tell-problem.ts'

const host = processHost()
endOnDefect((problem, cause) => tellProblem(host, problem, cause))
// Not before: there may be too few files to open for all that this needs.
const { runCli } = await import('./run.ts')
process.exitCode = await runCli(host)
