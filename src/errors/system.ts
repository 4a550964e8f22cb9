/** @file Limits of the system that a process ran into. */
import { problem } from './problem.ts'

export const systemLimit = problem('SYSTEM_LIMIT', 3, (who: string, limit: string, fix: string) => ({
  message: `${who} ran into a limit of the system: ${limit}.`,
  fix,
}))

export const vectorsMissing = problem('VECTORS_MISSING', 2, () => ({
  message:
    'This Node runs no WebAssembly with vectors, by which weights are rounded and products are summed.',
  fix: 'Start node without --jitless, on a processor with SSE4.1 (x64) or any arm64 one. Candidates that are compressed already are audited without.',
}))
