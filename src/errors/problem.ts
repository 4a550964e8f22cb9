/**
 * @file How an expected failure is made and shown: one message (what, where), one fix (what to do), one exit status.
 *
 * Every problem a user can meet is declared once, in a file of this folder named after the stage that meets it.
 * Codes are permanent: programs match on them. docs/errors.md is generated from these files. Messages quote paths, names and
 * values from outside: what is invisible in them is made visible here, once.
 */
import { plainLines } from '../escape/plain-lines.ts'
import { oneLine } from '../escape/visible.ts'

/** 2: bad usage or bad input, nothing was measured. 3: the run itself failed (disk full, engine died). */
export type FailureStatus = 2 | 3

/** An expected failure. Shown as message and fix, never with a stack trace. */
export class SaegateError extends Error {
  override readonly name = 'SaegateError'
  readonly code: string
  readonly fix: string
  readonly exitStatus: FailureStatus

  constructor(code: string, exitStatus: FailureStatus, message: string, fix: string) {
    super(message)
    this.code = code
    this.exitStatus = exitStatus
    this.fix = fix
  }
}

/** An expected failure as plain data: classes do not survive the border between threads or processes. */
export interface PlainProblem {
  readonly code: string
  readonly exitStatus: FailureStatus
  readonly message: string
  readonly fix: string
}

export function plainProblem({ code, exitStatus, message, fix }: SaegateError): PlainProblem {
  return { code, exitStatus, message, fix }
}

/** The error again, on the other side. */
export function raisedAgain({ code, exitStatus, message, fix }: PlainProblem): SaegateError {
  return new SaegateError(code, exitStatus, message, fix)
}

/** The same problem, its message begun with where it lies; as it is where that is said already. */
export function located(where: string, error: SaegateError): SaegateError {
  const { code, exitStatus, message, fix } = error
  return message.startsWith(where) ? error : new SaegateError(code, exitStatus, `${where}: ${message}`, fix)
}

export interface ProblemText {
  /** What happened and where: file, key, tensor, the number found and the number allowed. */
  readonly message: string
  /** What to do next, in the imperative. */
  readonly fix: string
}

export interface Problem<Args extends readonly unknown[]> {
  (...args: Args): SaegateError
  readonly code: string
}

/** Declare a problem; the result makes the error: `throw tensorMissing(file, name)`. */
export function problem<Args extends readonly unknown[]>(
  code: string,
  exitStatus: FailureStatus,
  describe: (...args: Args) => ProblemText,
): Problem<Args> {
  const make = (...args: Args): SaegateError => {
    const { message, fix } = describe(...args)
    return new SaegateError(code, exitStatus, oneLine(message), plainLines(fix))
  }
  return Object.assign(make, { code })
}
