import { endOnDefect } from '../gate/last-handler.ts'
import { processHost } from './process-host.ts'
import { runCli, tellDefect } from './run.ts'

const host = processHost()
endOnDefect((defect, cause) => tellDefect(host, defect, cause))
process.exitCode = await runCli(host)
