/**
 * @file Where a report comes from: origin.json beside report.json, written by the action that measured it. It goes with
 * the report into artifacts and caches, where a later run asks whose it is. It proves nothing by itself: what is taken
 * by it is confirmed with GitHub, or belongs to nobody who could gain by it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FromSchema } from 'json-schema-to-ts'
import { writeFileWhole } from '../../bytes/atomic.ts'
import { schemaCheck } from '../../contract/schema-check.ts'

export const ORIGIN_FILE = 'origin.json'

const text = { type: 'string', maxLength: 1000 } as const
const whole = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const

export const originSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'version',
    'repository',
    'workflow',
    'check',
    'leg',
    'run',
    'attempt',
    'commit',
    'pull',
    'fork',
    'fingerprint',
    'reportSha256',
  ],
  properties: {
    version: { const: 1 },
    repository: text,
    workflow: text,
    check: text,
    leg: { type: 'string', maxLength: 100_000 },
    run: whole,
    attempt: whole,
    commit: text,
    pull: { type: ['integer', 'null'], description: 'The pull request; null: the run was for a branch.' },
    fork: { type: 'boolean' },
    fingerprint: {
      type: ['string', 'null'],
      maxLength: 64,
      description: 'Of what was measured; null: not known.',
    },
    reportSha256: text,
  },
} as const

export type Origin = Readonly<FromSchema<typeof originSchema>>

const check = schemaCheck<Origin>(originSchema)
const MAX_ORIGIN = 2 ** 20

/** null: none. */
export function parseOrigin(json: string): Origin | null {
  if (json.length > MAX_ORIGIN) return null
  try {
    const value: unknown = JSON.parse(json)
    return check()(value) ? value : null
  } catch {
    return null
  }
}

/** null: none, or none that can be read. */
export function readOrigin(folder: string): Origin | null {
  try {
    return parseOrigin(readFileSync(join(folder, ORIGIN_FILE), 'utf8'))
  } catch {
    return null
  }
}

export async function writeOrigin(folder: string, origin: Origin): Promise<void> {
  await writeFileWhole(join(folder, ORIGIN_FILE), `${JSON.stringify(origin, null, 2)}\n`)
}
