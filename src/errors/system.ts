/** @file Limits of the system that a process ran into. */
import { problem } from './problem.ts'

export const systemLimit = problem('SYSTEM_LIMIT', 3, (who: string, limit: string, fix: string) => ({
  message: `${who} ran into a limit of the system: ${limit}.`,
  fix,
}))
