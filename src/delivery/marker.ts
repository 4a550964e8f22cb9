/**
 * @file The hidden second line of our comment, after the marker of its check (report/markdown/comment.ts): which jobs of
 * which run have reported, so that the next one keeps their sections and knows an unchanged one. An HTML comment around
 * JSON whose `--`, `<` and `>` are escaped (they occur in strings only), so that no name can end it.
 */
import type { FromSchema } from 'json-schema-to-ts'
import { schemaCheck } from '../contract/schema-check.ts'
import { commentMarker } from '../report/markdown/comment.ts'

/** Sections one comment lists: a matrix has at most 256 jobs. */
export const MAX_SECTIONS = 256
const KEY = '^[0-9a-f]{12}$'
const whole = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const
const key = { type: 'string', pattern: KEY } as const

const sectionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'job', 'of', 'title', 'commit', 'run', 'attempt', 'digest', 'verdict'],
  properties: {
    key: { ...key, description: 'Of the job: workflow, job, step and place in the matrix.' },
    job: { ...key, description: 'The same but for the place in the matrix.' },
    of: { ...whole, description: 'How many places of the matrix report under this name.' },
    title: { type: 'string', maxLength: 200 },
    commit: { type: 'string', maxLength: 64 },
    run: whole,
    attempt: whole,
    digest: { type: 'string', maxLength: 64, description: 'Of what the section says, volatile parts aside.' },
    verdict: { enum: ['pass', 'fail', 'inconclusive', 'unfinished', null] },
  },
} as const

export const stateSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['check', 'sections'],
  properties: {
    check: { type: 'string' },
    sections: { type: 'array', items: sectionSchema, maxItems: MAX_SECTIONS },
  },
} as const

/** What a comment says of one job. `unfinished`: the audit could not be asked for or run. */
export type SectionState = Readonly<FromSchema<typeof sectionSchema>>
export interface CommentState {
  readonly check: string
  readonly sections: readonly SectionState[]
}

const check = schemaCheck<FromSchema<typeof stateSchema>>(stateSchema)
const OPEN = '<!-- saegate-state '
const CLOSE = ' -->'
/** More than a comment may have. */
const MAX_STATE = 65_536

const ESCAPES: Readonly<Record<string, string>> = { '-': '\\u002d', '<': '\\u003c', '>': '\\u003e' }

/** The first two lines of a comment: its check's marker and its state. */
export function stateLines(state: CommentState): string {
  const text = JSON.stringify(state).replace(/(?<=-)-|[<>]/g, (char) => ESCAPES[char]!)
  return `${commentMarker(state.check)}\n${OPEN}${text}${CLOSE}\n`
}

/** Whether a comment is this check's: nothing but its first line counts, so that a quotation is none. */
export const isCommentOf = (body: string, checkName: string): boolean =>
  body.startsWith(commentMarker(checkName))

/** The state of this check's comment; null where there is none, or another version's. */
export function readState(body: string, checkName: string): CommentState | null {
  const start = commentMarker(checkName).length + 1
  const end = body.indexOf(CLOSE, start)
  if (!isCommentOf(body, checkName) || !body.startsWith(OPEN, start) || end < 0) return null
  const state = parseState(body.slice(start + OPEN.length, end))
  return state?.check === checkName ? state : null
}

/** A state from its text; null when it is none. */
export function parseState(text: string): CommentState | null {
  const value = text.length > MAX_STATE ? null : parsed(text)
  return check()(value) ? value : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
