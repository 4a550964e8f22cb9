/**
 * @file What nobody caught: a promise that fails unheard, an event handler that throws. Node would end the process with a stack
 * trace and exit status 1, which to a pipeline says that the policy does not pass. It is a failed run: status 3, one message.
 */
import { removeTemporaries } from '../bytes/atomic.ts'
import { limitProblem } from '../bytes/system-limits.ts'
import { unexpected } from '../errors/engine.ts'
import { SaegateError } from '../errors/problem.ts'

/** Any failure as one that can be told: as it is, a limit of the system, or a defect of ours. */
export function problemOf(error: unknown): SaegateError {
  if (error instanceof SaegateError) return error
  const text = error instanceof Error ? error.message : String(error)
  return limitProblem('saegate', text) ?? unexpected(text)
}

/** `tell` must not wait for anything: the process ends when it returns. */
export function endOnDefect(tell: (problem: SaegateError, cause: unknown) => void): void {
  process.on('uncaughtException', (error: unknown) => {
    removeTemporaries()
    tell(problemOf(error), error)
    process.exit(3)
  })
}
