/** @file The command line as a whole: arguments in, exit status out, every expected failure as one message. */
import { CommanderError } from 'commander'
import { interrupted } from '../errors/engine.ts'
import { SaegateError } from '../errors/problem.ts'
import { problemOf } from '../gate/last-handler.ts'
import type { CliHost, ExitStatus } from './host.ts'
import { buildProgram } from './program.ts'
import { tellProblem } from './tell-problem.ts'

const INTERRUPTED = 130

/** Never throws. */
export async function runCli(host: CliHost): Promise<ExitStatus> {
  let status: ExitStatus | null = null
  const program = buildProgram(host, (next) => {
    status = next
  })
  try {
    await program.parseAsync([...host.argv], { from: 'user' })
    // A command that has said its status is done and has written what it writes: Ctrl-C came too late.
    return status ?? (host.signal.aborted ? INTERRUPTED : 0)
  } catch (error) {
    return tell(host, error)
  }
}

function tell(host: CliHost, error: unknown): ExitStatus {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (host.signal.aborted || (error instanceof SaegateError && error.code === interrupted.code)) {
    const { message } =
      error instanceof SaegateError && error.code === interrupted.code ? error : interrupted()
    host.stderr.write(`\n${message}\n`)
    return INTERRUPTED
  }
  const problem = problemOf(error)
  tellProblem(host, problem, error)
  return problem.exitStatus
}
