/**
 * @file A reference that is not here: of its files what an audit of an artifact reads where the reference's capture is kept (headers,
 * config, tokenizer, unembedding), as an entry of the cache. `capture:SHA256` opens it; what is not in it is a declared error.
 *
 * The digests of its files, and so that of the reference, are the word of whoever made the entry: the files are not here to be hashed.
 */
import type { FromSchema } from 'json-schema-to-ts'
import { type ByteSource, checkRange } from '../../bytes/source.ts'
import { schemaCheck } from '../../contract/schema-check.ts'
import { captureDamaged, captureLacks, captureNone, captureWhich } from '../../errors/kept.ts'
import { fileNotListed } from '../../errors/sources.ts'
import type { Environment } from '../hub-settings.ts'
import { openLocal } from '../local-folder.ts'
import { type PinnedFiles, staysInside } from '../pinned-files.ts'
import { keptFolder } from './folder.ts'
import { listEntries, type PublishedEntry, partOf, type StoredPart } from './published.ts'

export const STAND_IN = 'the files of the reference, with its unembedding and no other weights'

export const STAND_IN_PART = 'held'

const PREFIX = 'capture:'

export const isCaptureSpec = (spec: string): boolean => spec.startsWith(PREFIX)

const count = { type: 'integer', minimum: 0, maximum: 2 ** 53 } as const

const figuresSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['files'],
  properties: {
    files: {
      type: 'array',
      maxItems: 20_000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'bytes', 'sha256', 'ranges'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 1000 },
          bytes: count,
          sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
          /** [start, end) of what is held, ascending, behind each other in the part; of one file after the other. */
          ranges: {
            type: 'array',
            maxItems: 100_000,
            items: { type: 'array', items: count, minItems: 2, maxItems: 2 },
          },
        },
      },
    },
  },
} as const

export type StandInFigures = FromSchema<typeof figuresSchema>
type HeldFile = StandInFigures['files'][number]

const check = schemaCheck<StandInFigures>(figuresSchema)

/** A range of a file, and where it lies in the part. */
interface HeldRange {
  readonly start: number
  readonly end: number
  readonly at: number
}

/** Errors: CAPTURE_NONE, CAPTURE_WHICH, CAPTURE_DAMAGED, those of reading. */
export async function openStandIn(spec: string, environment: Environment): Promise<PinnedFiles> {
  const asked = spec.slice(PREFIX.length).toLowerCase()
  const folder = keptFolder(environment)
  const cache = await openLocal(folder).catch(() => {
    throw captureNone(folder)
  })
  try {
    const entries = (await listEntries(cache)).filter(({ kind }) => kind === STAND_IN)
    const found = entries.filter(({ reference }) => asked.length >= 8 && reference.startsWith(asked))
    const [entry, ...others] = found
    if (entry === undefined || others.length > 0)
      throw captureWhich(asked, [...new Set(entries.map(({ reference }) => reference.slice(0, 12)))])
    return await standIn(spec, cache, entry)
  } catch (error) {
    await cache.close()
    throw error
  }
}

async function standIn(spec: string, cache: PinnedFiles, entry: PublishedEntry): Promise<PinnedFiles> {
  const { figures } = entry
  const isKnown = check()
  const damaged = (reason: string) => captureDamaged(`${cache.spec}/${entry.name.slice(0, 12)}`, reason)
  if (!isKnown(figures)) throw damaged('its list of files is malformed')
  const [part] = entry.parts.filter(({ name }) => name === STAND_IN_PART)
  if (part === undefined) throw damaged(`it has no ${STAND_IN_PART}`)
  const located = locate(figures.files, part.bytes)
  if (located === null) throw damaged('its ranges do not come to its length')
  await requireWhole(cache, entry, part)
  const held = await cache.open(`${entry.name}/${STAND_IN_PART}`)
  const files = new Map(figures.files.map((file) => [file.name, file]))
  return {
    spec,
    revision: null,
    names: [...files.keys()].sort(),
    has: (name) => files.has(name),
    open: async (name) => {
      const file = files.get(name)
      if (file === undefined) throw fileNotListed(spec, name)
      return sparseSource(`${spec}/${name}`, file.bytes, { held, ranges: located.get(name) ?? [] })
    },
    listedBytes: (name) => files.get(name)?.bytes ?? null,
    vouchedSha256: (name) => files.get(name)?.sha256 ?? null,
    localPath: () => null,
    close: async () => {
      await held.close()
      await cache.close()
    },
  }
}

/** Null: they are no ranges of these files, or not as many bytes as there are. */
function locate(files: readonly HeldFile[], bytes: number): ReadonlyMap<string, readonly HeldRange[]> | null {
  const located = new Map<string, readonly HeldRange[]>()
  let at = 0
  for (const { name, bytes: length, ranges } of files) {
    if (!staysInside(name) || located.has(name)) return null
    const own: HeldRange[] = []
    let last = 0
    for (const [start = -1, end = -1] of ranges) {
      if (start < last || end <= start || end > length) return null
      own.push({ start, end, at })
      at += end - start
      last = end
    }
    located.set(name, own)
  }
  return at === bytes ? located : null
}

/** Once, before anything of it is believed. Errors: CAPTURE_DAMAGED. */
async function requireWhole(cache: PinnedFiles, entry: PublishedEntry, part: StoredPart): Promise<void> {
  for await (const _ of partOf(cache, entry, part)) {
    // The generator holds them against their digest.
  }
}

function sparseSource(
  name: string,
  byteLength: number,
  { held, ranges }: { readonly held: ByteSource; readonly ranges: readonly HeldRange[] },
): ByteSource {
  return {
    name,
    byteLength,
    read: async (start, end) => {
      checkRange(name, start, end, byteLength)
      if (start === end) return new Uint8Array()
      const range = ranges.find((one) => one.start <= start && end <= one.end)
      if (range === undefined) throw captureLacks(name, start, end)
      return await held.read(range.at + start - range.start, range.at + end - range.start)
    },
    close: async () => {},
  }
}

/** Files whose reads are written down. */
export interface Recorder {
  readonly files: PinnedFiles
  /** What is read from now on is not written down: digests are of all of a file. */
  stop(): void
  /** What was read of a file, merged, ascending. */
  rangesOf(name: string): readonly (readonly [start: number, end: number])[]
}

export function recorded(files: PinnedFiles): Recorder {
  const reads = new Map<string, [number, number][]>()
  let isRecording = true
  const open = async (name: string): Promise<ByteSource> => {
    const source = await files.open(name)
    return {
      ...source,
      read: async (start, end) => {
        if (isRecording && end > start)
          reads.set(name, [...merged([...(reads.get(name) ?? []), [start, end]])])
        return await source.read(start, end)
      },
    }
  }
  return {
    files: { ...files, open, openParts: open, localPath: () => null },
    stop: () => {
      isRecording = false
    },
    rangesOf: (name) => reads.get(name) ?? [],
  }
}

/** Neighbours are one: a read may cross what two others read. */
function merged(ranges: readonly [number, number][]): [number, number][] {
  const all: [number, number][] = []
  for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = all.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else all.push([start, end])
  }
  return all
}

const PIECE_BYTES = 2 ** 22

/** The part: what is held of the files, one range behind the other. Errors: those of reading. */
export async function* heldBytes(
  files: PinnedFiles,
  { files: listed }: StandInFigures,
): AsyncGenerator<Uint8Array> {
  for (const { name, ranges } of listed) {
    if (ranges.length === 0) continue
    const source = await files.open(name)
    try {
      for (const [start = 0, end = 0] of ranges)
        for (let at = start; at < end; at += PIECE_BYTES)
          yield await source.read(at, Math.min(end, at + PIECE_BYTES))
    } finally {
      await source.close()
    }
  }
}
