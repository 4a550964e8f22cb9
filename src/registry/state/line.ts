/**
 * @file One line of the journal: an entry as JSON, with the digest of the line before it and its own, so that a line that was cut,
 * changed, lost or put between is told from a whole one. Pure.
 */
import { createHash } from 'node:crypto'

/** The digest that stands before the first line. */
export const GENESIS = '0'.repeat(16)

export interface Line {
  /** Digest of the line before. */
  readonly before: string
  /** Its own. */
  readonly digest: string
  /** The entry, as JSON gives it. */
  readonly entry: unknown
}

/** 64 bits: against accidents, not against somebody who writes to the folder. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** `{"before":…,"entry":…,"sha256":…}` and a line feed. */
export function writeLine(
  before: string,
  entry: unknown,
): { readonly text: string; readonly digest: string } {
  const body = `{"before":"${before}","entry":${JSON.stringify(entry)}`
  const digest = digestOf(body)
  return { text: `${body},"sha256":"${digest}"}\n`, digest }
}

const FORM = /^(\{"before":"([0-9a-f]{16})","entry":.*),"sha256":"([0-9a-f]{16})"\}$/s

/** `text` without its line feed. Null: it is not whole, or not one of ours. */
export function readLine(text: string): Line | null {
  const [, body, before, digest] = FORM.exec(text) ?? []
  if (body === undefined || before === undefined || digest === undefined || digestOf(body) !== digest)
    return null
  try {
    const { entry }: { entry: unknown } = JSON.parse(`${body}}`)
    return { before, digest, entry }
  } catch {
    return null
  }
}
