/**
 * @file The hidden second line of our comment, after the marker of its check (report/markdown/comment.ts): what the last run found,
 * so that an unchanged run can say so. An HTML comment around JSON whose `--`, `<` and `>` are escaped (they occur in
 * strings only), so that no name can end it.
 */
import { Ajv } from 'ajv'
import type { FromSchema } from 'json-schema-to-ts'
import { commentMarker } from '../report/markdown/comment.ts'

const nullableNumber = { type: ['number', 'null'] } as const
const nullableString = { type: ['string', 'null'] } as const

const markerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['check', 'digest', 'fingerprint', 'outcome'],
  properties: {
    check: { type: 'string' },
    digest: { type: 'string', description: 'Of what the comment says, volatile parts aside.' },
    fingerprint: { ...nullableString, description: 'Of what was measured; null: not known.' },
    outcome: {
      type: 'object',
      additionalProperties: false,
      required: [
        'verdict',
        'blocks',
        'warns',
        'survived',
        'degraded',
        'damaged',
        'perplexityDelta',
        'dissociation',
      ],
      properties: {
        verdict: { enum: ['pass', 'fail', 'inconclusive', null] },
        blocks: { type: 'boolean', description: 'The policy says the job fails.' },
        warns: { type: 'boolean', description: 'A rule of level warning failed.' },
        survived: nullableNumber,
        degraded: nullableNumber,
        damaged: nullableNumber,
        perplexityDelta: nullableNumber,
        dissociation: { type: 'boolean' },
      },
    },
  },
} as const

export type Marker = FromSchema<typeof markerSchema>
/** What a run came to, in the few figures that outputs and a later run need. */
export type Outcome = Marker['outcome']

const check = new Ajv({ allowUnionTypes: true }).compile<Marker>(markerSchema)
const OPEN = '<!-- saegate-state '
const CLOSE = ' -->'
/** A state is about 500 characters; a check name has at most 100, each escaped to at most six. */
const MAX_MARKER = 4096

const ESCAPES: Readonly<Record<string, string>> = { '-': '\\u002d', '<': '\\u003c', '>': '\\u003e' }

/** The state as the second line of a comment that begins with its check's marker. */
export function withState(body: string, marker: Marker): string {
  const first = commentMarker(marker.check)
  const rest = body.startsWith(first) ? body.slice(first.length) : `\n${body}`
  const state = JSON.stringify(marker).replace(/(?<=-)-|[<>]/g, (char) => ESCAPES[char]!)
  return `${first}\n${OPEN}${state}${CLOSE}${rest}`
}

/** Whether a comment is this check's: nothing but its first line counts, so that a quotation is none. */
export const isCommentOf = (body: string, checkName: string): boolean =>
  body.startsWith(commentMarker(checkName))

/** The state of this check's comment; null where there is none, or another version's. */
export function readState(body: string, checkName: string): Marker | null {
  const start = commentMarker(checkName).length + 1
  const end = body.indexOf(CLOSE, start)
  if (!isCommentOf(body, checkName) || !body.startsWith(OPEN, start) || end > start + MAX_MARKER) return null
  const marker = end < 0 ? null : parseMarker(body.slice(start + OPEN.length, end))
  return marker?.check === checkName ? marker : null
}

/** A state kept as text; null when it is none. */
export function parseMarker(text: string): Marker | null {
  const value = text.length > MAX_MARKER ? null : parsed(text)
  return check(value) ? value : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
