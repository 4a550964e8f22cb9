import { processHost } from './process-host.ts'
import { runCli } from './run.ts'

process.exitCode = await runCli(processHost())
