/** @file The command line as a whole: arguments in, exit status out, every expected failure as one message. */
import { CommanderError } from 'commander'
import { interrupted, unexpected } from '../errors/engine.ts'
import { SaegateError } from '../errors/problem.ts'
import type { CliHost, ExitStatus } from './host.ts'
import { buildProgram } from './program.ts'

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
    host.stderr.write('\nInterrupted; nothing was written.\n')
    return INTERRUPTED
  }
  if (error instanceof SaegateError) {
    host.stderr.write(`saegate: ${error.message}\n${error.fix}\n`)
    return error.exitStatus
  }
  const cause = error instanceof Error ? error : new Error(String(error))
  tellDefect(host, unexpected(cause.message), cause)
  return 3
}

/** The message, and the stack for whoever asked to see it. */
export function tellDefect(
  host: Pick<CliHost, 'stderr' | 'env'>,
  { message, fix }: SaegateError,
  { stack }: Error,
): void {
  host.stderr.write(`saegate: ${message}\n${fix}\n`)
  if (host.env.SAEGATE_DEBUG === '1') host.stderr.write(`${stack}\n`)
}
