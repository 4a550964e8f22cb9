/**
 * @file Captures of references that go elsewhere and come from there: entries of the cache (entries.ts) as they lie in it, one folder
 * each. Only what is of a reference alone: rounds of candidates are of use to nobody else.
 *
 * What comes is hostile until it is held against its digests: the name of its folder is that of its key, every part has the length and
 * the sha256 that its manifest says. That its figures are true is the word of whoever published it, as with a report.
 */
import { createHash } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beginFile, temporaryPathIn, writeProblem } from '../../bytes/atomic.ts'
import { systemErrorCode } from '../../bytes/file.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import { captureDamaged, captureNone, captureTooLarge } from '../../errors/kept.ts'
import { isJsonObject, type JsonValue, parseJson } from '../json.ts'
import type { PinnedFiles } from '../pinned-files.ts'
import type { KeptEntries } from './entries.ts'
import { entryName, type KeptKey, type ManifestPart, readManifest } from './manifest.ts'

export type { ManifestPart as StoredPart } from './manifest.ts'

const MANIFEST = 'manifest.json'
const MOST_MANIFEST_BYTES = 2 ** 22
const NAME = /^([0-9a-f]{64})\/manifest\.json$/
/** A cache of a year of nights has fewer; on the Hub each costs a request. */
const MOST_ENTRIES = 10_000
const PIECE_BYTES = 2 ** 22

/** An entry in a folder or on the Hub. */
export interface PublishedEntry extends KeptKey {
  /** Of its folder. */
  readonly name: string
  /** sha256 of the reference's files, as reports have it. */
  readonly reference: string
  /** Of all parts. */
  readonly bytes: number
  readonly parts: readonly ManifestPart[]
  readonly figures: JsonValue
}

/** What is of a reference alone says so in its kind (audit/kept/keys.ts). */
const isOfReference = (kind: string): boolean => /^(the capture|the files|sums) of the reference\b/.test(kind)

/** Those of references, by name. Errors: CAPTURE_DAMAGED, CAPTURE_NONE, those of reading. */
export async function listEntries(files: PinnedFiles): Promise<readonly PublishedEntry[]> {
  const names = files.names.flatMap((path) => NAME.exec(path)?.[1] ?? [])
  if (names.length > MOST_ENTRIES) throw captureDamaged(files.spec, `it has ${names.length} entries`)
  const found: PublishedEntry[] = []
  for (const name of names) {
    const entry = await entryAt(files, name)
    if (isOfReference(entry.kind)) found.push(entry)
  }
  if (found.length === 0) throw captureNone(files.spec)
  return found
}

async function entryAt(files: PinnedFiles, name: string): Promise<PublishedEntry> {
  const damaged = (reason: string) => captureDamaged(`${files.spec}/${name.slice(0, 12)}`, reason)
  const source = await files.open(`${name}/${MANIFEST}`)
  try {
    if (source.byteLength > MOST_MANIFEST_BYTES) throw damaged('its manifest is too large')
    const bytes = await source.read(0, source.byteLength)
    const of = keyIn(bytes)
    if (of === null) throw damaged('its manifest says not what it is of')
    if (entryName(of) !== name) throw damaged('it is of something else than its name says')
    const manifest = readManifest(bytes, of)
    if ('reason' in manifest) throw damaged(manifest.reason)
    const { parts, figures } = manifest
    if (
      new Set(parts.map((part) => part.name)).size < parts.length ||
      parts.some((part) => part.name === MANIFEST)
    )
      throw damaged('a part is there twice')
    const total = parts.reduce((sum, part) => sum + part.bytes, 0)
    return { ...of, name, parts, figures, bytes: total, reference: referenceOf(of.key) }
  } finally {
    await source.close()
  }
}

function keyIn(bytes: Uint8Array): KeptKey | null {
  const outcome = parseJson(bytes)
  if ('reason' in outcome || !isJsonObject(outcome.value)) return null
  const { kind, key } = outcome.value
  return typeof kind === 'string' && typeof key === 'string' ? { kind: kind.slice(0, 1000), key } : null
}

/** '': the key says none. */
function referenceOf(key: string): string {
  const outcome = parseJson(new TextEncoder().encode(key))
  const said = 'value' in outcome && isJsonObject(outcome.value) ? outcome.value.reference : null
  return typeof said === 'string' ? said : ''
}

/** A part in pieces, each held against what the manifest says; the last one comes only where all of it does. Errors: CAPTURE_DAMAGED. */
export async function* partOf(
  files: PinnedFiles,
  { name: entry }: PublishedEntry,
  { name, bytes, sha256 }: ManifestPart,
): AsyncGenerator<Uint8Array> {
  const damaged = (reason: string) => captureDamaged(`${files.spec}/${entry.slice(0, 12)}`, reason)
  if (!files.has(`${entry}/${name}`)) throw damaged(`it has no ${name}`)
  const source = await files.open(`${entry}/${name}`)
  try {
    if (source.byteLength !== bytes) throw damaged(`${name} has ${source.byteLength} bytes, not ${bytes}`)
    const hash = createHash('sha256')
    for (let start = 0; start < bytes; start += PIECE_BYTES) {
      const piece = await source.read(start, Math.min(bytes, start + PIECE_BYTES))
      hash.update(piece)
      if (start + PIECE_BYTES >= bytes && hash.digest('hex') !== sha256)
        throw damaged(`${name} does not match its sha256`)
      yield piece
    }
    if (bytes === 0 && hash.digest('hex') !== sha256) throw damaged(`${name} does not match its sha256`)
  } finally {
    await source.close()
  }
}

/** Into the cache, which makes room for it. `mostBytes`: of the cache. Errors: CAPTURE_DAMAGED, CAPTURE_TOO_LARGE, those of reading. */
export async function pullEntry(
  files: PinnedFiles,
  entry: PublishedEntry,
  { cache, mostBytes }: { readonly cache: KeptEntries; readonly mostBytes: number },
): Promise<void> {
  const { kind, key, bytes, figures, parts } = entry
  if (bytes > mostBytes) throw captureTooLarge(kind, bytes, mostBytes)
  await cache.put({
    ...{ kind, key, bytes, figures },
    write: async (into) => {
      for (const part of parts) await into.part(part.name, partOf(files, entry, part))
    },
  })
}

/** Into a folder, where it appears whole; false: it is there. Errors: CAPTURE_DAMAGED, those of reading and writing. */
export async function copyEntry(files: PinnedFiles, entry: PublishedEntry, folder: string): Promise<boolean> {
  const target = join(folder, entry.name)
  const isThere = await readdir(target).then(
    () => true,
    () => false,
  )
  if (isThere) return false
  const { path, forget } = temporaryPathIn(folder, 'capture')
  try {
    await makeFolder(path)
    for (const part of entry.parts) await writePieces(join(path, part.name), partOf(files, entry, part))
    const manifest = await files.open(`${entry.name}/${MANIFEST}`)
    try {
      await writePieces(join(path, MANIFEST), [await manifest.read(0, manifest.byteLength)])
    } finally {
      await manifest.close()
    }
    await rename(path, target).catch((error: unknown) => {
      if (!['EEXIST', 'ENOTEMPTY'].includes(systemErrorCode(error) ?? '')) throw error
    })
    return true
  } catch (error) {
    throw writeProblem(target, error)
  } finally {
    await rm(path, { recursive: true, force: true }).catch(() => {})
    forget()
  }
}

async function writePieces(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await beginFile(path)
  try {
    for await (const piece of pieces) await file.write(piece)
    await file.commit()
  } finally {
    await file.discard()
  }
}
