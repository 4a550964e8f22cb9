/** @file Limits that the system sets a process (ulimit): running into one is told by its name, whoever meets it. */
import type { SaegateError } from '../errors/problem.ts'
import { systemLimit } from '../errors/system.ts'

/**
 * What `who` ran into, by the text of the failure as the system words it; null: something else.
 * Read from Node's own report, because there may be no file left to open.
 */
export function limitProblem(who: string, text: string): SaegateError | null {
  if (/\bEMFILE\b|too many open files/i.test(text)) {
    const limit = softLimit('open_files')
    const most = limit === null ? 'no more files' : `no more than ${limit} files`
    return systemLimit(
      who,
      `${most} may be open at once (ulimit -n)`,
      'Raise the limit, for example: ulimit -n 1024',
    )
  }
  if (/\bENFILE\b/.test(text))
    return systemLimit(
      who,
      'the whole machine has too many files open',
      'Close other programs, then run again.',
    )
  if (/\bENOMEM\b|cannot allocate memory|failed to map segment|Array buffer allocation failed/i.test(text)) {
    const limit = addressSpaceInWords()
    const words =
      limit === null ? 'the machine has no memory left' : `there is no more memory within ${limit}`
    return systemLimit(who, words, limit === null ? MORE_MEMORY : RAISE_ADDRESS_SPACE)
  }
  return null
}

const MORE_MEMORY = 'Close other programs, lower --memory, or use a machine with more.'
const RAISE_ADDRESS_SPACE =
  'Raise the limit (ulimit -v unlimited), and limit memory by --memory or a control group instead: much address space is reserved and never used.'

/** An end by a signal, which is how native code runs into that limit; null: there is none. */
export function endedWithin(who: string, how: string): SaegateError | null {
  const limit = addressSpaceInWords()
  return limit === null ? null : systemLimit(who, `it ended (${how}) within ${limit}`, RAISE_ADDRESS_SPACE)
}

/** The limit on address space, which native code runs into in many ways; null: there is none. */
function addressSpaceInWords(): string | null {
  // Node calls it so and gives bytes.
  const bytes = softLimit('virtual_memory_kbytes')
  return bytes === null ? null : `${Math.round(bytes / 1e6)} MB of address space (ulimit -v)`
}

function softLimit(name: string): number | null {
  const report: unknown = process.report.getReport()
  if (typeof report !== 'object' || report === null || !('userLimits' in report)) return null
  const { userLimits } = report
  if (typeof userLimits !== 'object' || userLimits === null) return null
  const limit: unknown = Reflect.get(userLimits, name)
  if (typeof limit !== 'object' || limit === null || !('soft' in limit)) return null
  return typeof limit.soft === 'number' ? limit.soft : null
}
