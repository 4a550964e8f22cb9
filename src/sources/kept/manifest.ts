/**
 * @file What an entry of the cache says of itself: manifest.json in a folder that has the sha256 of the entry's key as its name.
 * The key holds digests of all that the content depends on, so that no name is ever trusted; each part is a file beside it, with its
 * length and its sha256.
 */
import { createHash } from 'node:crypto'
import type { FromSchema } from 'json-schema-to-ts'
import { schemaCheck } from '../../contract/schema-check.ts'
import { isJsonObject, type JsonValue, parseJson } from '../json.ts'

export const KEPT_FORMAT = 'saegate/kept@1'

const hex = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const

const manifestSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['format', 'kind', 'key', 'parts', 'figures'],
  properties: {
    format: { const: KEPT_FORMAT },
    kind: { type: 'string' },
    key: { type: 'string' },
    parts: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'bytes', 'sha256'],
        properties: {
          name: { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,99}$' },
          bytes: { type: 'integer', minimum: 0 },
          sha256: hex,
        },
      },
    },
    figures: {},
  },
} as const

export type Manifest = FromSchema<typeof manifestSchema>
export type ManifestPart = Manifest['parts'][number]

const check = schemaCheck<Manifest>(manifestSchema)

/** What an entry is kept by. */
export interface KeptKey {
  /** What it is, in words for people: `the reference's capture`. */
  readonly kind: string
  /** Everything that the content depends on, as text. */
  readonly key: string
}

/** The name of its folder. */
export function entryName({ kind, key }: KeptKey): string {
  return createHash('sha256').update(`${KEPT_FORMAT}\n${kind}\n${key}`).digest('hex')
}

/** The manifest in these bytes, or why there is none. */
export function readManifest(
  bytes: Uint8Array,
  { kind, key }: KeptKey,
): { readonly parts: readonly ManifestPart[]; readonly figures: JsonValue } | { readonly reason: string } {
  const outcome = parseJson(bytes)
  if ('reason' in outcome) return { reason: `its manifest is not JSON: ${outcome.reason}` }
  const { value } = outcome
  const isManifest = check()
  const figures = isJsonObject(value) ? (value.figures ?? null) : null
  if (!isManifest(value)) return { reason: 'its manifest is malformed' }
  if (value.kind !== kind || value.key !== key)
    return { reason: 'it is of something else than its name says' }
  return { parts: value.parts, figures }
}
