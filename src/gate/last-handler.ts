/**
 * @file What nobody caught: a promise that fails unheard, an event handler that throws. Node would end the process with a stack
 * trace and exit status 1, which to a pipeline says that the policy does not pass. It is a failed run: status 3, one message.
 */
import { removeTemporaries } from '../bytes/atomic.ts'
import { unexpected } from '../errors/engine.ts'
import type { SaegateError } from '../errors/problem.ts'

/** `tell` must not wait for anything: the process ends when it returns. */
export function endOnDefect(tell: (defect: SaegateError, cause: Error) => void): void {
  process.on('uncaughtException', (error: unknown) => {
    // Not always an Error: anything can be thrown.
    const cause = error instanceof Error ? error : new Error(String(error))
    removeTemporaries()
    tell(unexpected(cause.message), cause)
    process.exit(3)
  })
}
