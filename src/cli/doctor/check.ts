/** @file One thing that doctor has looked at, and how it is told. */
import { SaegateError } from '../../errors/problem.ts'

export interface Check {
  /** The first column: short. */
  readonly what: string
  /** `note`: nothing that an audit of this folder needs is amiss. */
  readonly state: 'ok' | 'note' | 'problem'
  readonly found: string
  /** What to do; null: nothing. */
  readonly fix: string | null
}

export const ok = (what: string, found: string): Check => ({ what, state: 'ok', found, fix: null })
export const note = (what: string, found: string, fix: string | null = null): Check => ({
  what,
  state: 'note',
  found,
  fix,
})
export const trouble = (what: string, found: string, fix: string): Check => ({
  what,
  state: 'problem',
  found,
  fix,
})

/** What `look` finds, or the problem that it meets. Throws what is no problem of the user's. */
export async function checked(what: string, look: () => Promise<string>): Promise<Check> {
  try {
    return ok(what, await look())
  } catch (error) {
    if (error instanceof SaegateError) return trouble(what, error.message, error.fix)
    throw error
  }
}

const WIDTH = 12

/** Two columns; what is to be done stands under what was found. */
export const checkLine = ({ what, state, found, fix }: Check): string =>
  [
    `${what.padEnd(WIDTH)} ${state === 'problem' ? 'PROBLEM: ' : ''}${found}`,
    ...(fix === null ? [] : [`${' '.repeat(WIDTH)} → ${fix}`]),
    '',
  ].join('\n')
