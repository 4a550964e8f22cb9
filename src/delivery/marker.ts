/**
 * @file The hidden first line of our comment: whose it is (one per check name), and what the last run found, so that an
 * unchanged run can say so. An HTML comment around JSON whose `-`, `<` and `>` are escaped, so that no name can end it.
 */
import { Ajv } from 'ajv'
import type { FromSchema } from 'json-schema-to-ts'

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
const OPEN = '<!-- saegate '
const CLOSE = ' -->'
/** A marker is about 500 characters; a check name may be long. */
const MAX_MARKER = 4096

const ESCAPES: Readonly<Record<string, string>> = { '-': '\\u002d', '<': '\\u003c', '>': '\\u003e' }

/** One line. */
export function writeMarker(marker: Marker): string {
  return `${OPEN}${JSON.stringify(marker).replace(/[-<>]/g, (char) => ESCAPES[char]!)}${CLOSE}`
}

/** The marker of a comment that begins with one for this check; null for any other comment. */
export function readMarker(body: string, checkName: string): Marker | null {
  if (!body.startsWith(OPEN)) return null
  const end = body.indexOf(CLOSE)
  if (end < 0 || end > MAX_MARKER) return null
  const marker = parsed(body.slice(OPEN.length, end))
  return check(marker) && marker.check === checkName ? marker : null
}

/** Whether a comment is this check's, even where another version wrote its marker and the rest can't be read. */
export function isMarkerOf(body: string, checkName: string): boolean {
  if (!body.startsWith(OPEN)) return false
  const value = parsed(body.slice(OPEN.length, Math.max(0, body.indexOf(CLOSE))))
  return typeof value === 'object' && value !== null && 'check' in value && value.check === checkName
}

/** Parse a last report's outcome kept in a file; null when it is not one. */
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
