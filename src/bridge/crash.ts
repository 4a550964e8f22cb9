/** @file A defect of ours on its way to the user: one message, and the stack for whoever asked to see it. */
import { limitProblem } from '../bytes/system-limits.ts'
import { engineCrashed } from '../errors/engine.ts'
import type { SaegateError } from '../errors/problem.ts'

/** What a stack says: ENGINE_CRASHED, or SYSTEM_LIMIT where it says that. */
export function crashed(who: string, stack: string): SaegateError {
  if (process.env.SAEGATE_DEBUG === '1') process.stderr.write(`${stack}\n`)
  const [first = ''] = stack.split('\n')
  return limitProblem(who, first) ?? engineCrashed(who, first)
}

export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
