/** @file A defect of ours on its way to the user: one message, and the stack for whoever asked to see it. */
import { engineCrashed } from '../errors/engine.ts'
import type { SaegateError } from '../errors/problem.ts'

/** Errors: ENGINE_CRASHED. */
export function crashed(who: string, stack: string): SaegateError {
  if (process.env.SAEGATE_DEBUG === '1') process.stderr.write(`${stack}\n`)
  return engineCrashed(who, stack.split('\n')[0] ?? '')
}

export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
