/** @file The world the command line runs in, as one value: what tests replace and the entry takes from the process. */
import { plainLines } from '../escape/plain-lines.ts'

export interface Output {
  /** Text for people: nothing in it can act on a terminal or a CI runner's log (escape/plain-lines.ts). */
  write(text: string): void
  /** Text as it is: files of a format, and lines that were made for a terminal, whose words from outside are escaped. */
  data(text: string): void
  readonly isTTY: boolean
  /** Width of the terminal in characters. */
  readonly columns: number
}

/** Both ways out of one stream. */
export function outputTo(stream: (text: string) => void): Pick<Output, 'write' | 'data'> {
  return { write: (text) => stream(plainLines(text)), data: stream }
}

export interface CliHost {
  /** Arguments after the program's name. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Seconds on a clock that only goes forward. */
  seconds(): number
  /** A line typed by the user; null where nobody can answer. */
  ask(question: string): Promise<string | null>
  /** All of standard input as text, of at most so many bytes; null: it has more. */
  input(mostBytes: number): Promise<string | null>
}

/** 0 passed, 1 blocked by the policy, 2 bad usage or input, 3 the run failed, 130 interrupted. */
export type ExitStatus = 0 | 1 | 2 | 3 | 130

export type SetStatus = (status: ExitStatus) => void

/** Colour where a person reads it, unless they asked for none (https://no-color.org); FORCE_COLOR, as Node has it, has the last word. */
export function wantsColour(host: CliHost): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: none, TERM: terminal } = host.env
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (none !== undefined && none !== '') return false
  return host.stdout.isTTY && terminal !== 'dumb'
}

/** A terminal on which a line can be taken back. */
export const isRewritable = (host: CliHost): boolean => host.stderr.isTTY && host.env.TERM !== 'dumb'

/** Flags of every command that tells progress. */
export const QUIET_FLAGS = '-q, --quiet'
export const VERBOSE_FLAG = '--verbose'

export type Loudness = 'quiet' | 'normal' | 'verbose'

export function loudnessOf({ argv }: Pick<CliHost, 'argv'>): Loudness {
  if (QUIET_FLAGS.split(', ').some((flag) => argv.includes(flag))) return 'quiet'
  return argv.includes(VERBOSE_FLAG) ? 'verbose' : 'normal'
}

/** ASCII where the locale says that nothing else can be shown. */
export function wantsUnicode(host: CliHost): boolean {
  const locale = host.env.LC_ALL ?? host.env.LC_CTYPE ?? host.env.LANG ?? ''
  return !/^(C|POSIX)$/.test(locale)
}
