/** @file A problem on the terminal: its message and its fix, and of a defect the stack for whoever asked to see it. */
import { unexpected } from '../errors/engine.ts'
import type { SaegateError } from '../errors/problem.ts'
import type { CliHost } from './host.ts'

export function tellProblem(
  { stderr, env }: Pick<CliHost, 'stderr' | 'env'>,
  { code, message, fix }: SaegateError,
  cause: unknown,
): void {
  stderr.write(`saegate: ${message}\n${fix}\n`)
  if (code === unexpected.code && env.SAEGATE_DEBUG === '1' && cause instanceof Error)
    stderr.write(`${cause.stack}\n`)
}
