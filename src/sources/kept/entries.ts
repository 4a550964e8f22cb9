/**
 * @file Results that are kept for later runs, by what they were made from: one folder an entry, written whole or not at all, read
 * with every byte held against its sha256, and removed by least recent use where they take more than they may.
 *
 * Nothing is locked. A folder gets its name when all of it is there; two runs that make the same entry make the same bytes,
 * and the second drops its own. What another run takes away meanwhile is as good as never kept, and what cannot be kept
 * (no space, no permission) is told and not missed. No link is followed.
 */
import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryPathIn, writeProblem } from '../../bytes/atomic.ts'
import { systemErrorCode } from '../../bytes/file.ts'
import { removeDeadTemporaries } from '../../bytes/leftovers.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import type { JsonValue } from '../json.ts'
import {
  entryName,
  KEPT_FORMAT,
  type KeptKey,
  type Manifest,
  type ManifestPart,
  readManifest,
} from './manifest.ts'

/** Bytes at a time, where nobody asks for other pieces. */
const PIECE_BYTES = 2 ** 22
const MOST_MANIFEST_BYTES = 2 ** 22
const MANIFEST = 'manifest.json'
const ENTRY = /^[0-9a-f]{64}$/

/** An entry that is there. */
export interface OpenEntry {
  readonly figures: JsonValue
  /** Length of a part. Errors: EntryDamaged where there is none of that name. */
  bytesOf(part: string): number
  /** The part in pieces of so many bytes. Not to be used before the last one has come: only then is the sha256 known. Errors: EntryDamaged. */
  pieces(part: string, pieceBytes?: number): AsyncGenerator<Uint8Array>
}

/** An entry in the making. */
export interface EntryWriter {
  /** One after the other: a part ends where the next begins. */
  part(name: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>
}

/** What is to be kept. */
export interface NewEntry extends KeptKey {
  /** Of all parts, about. */
  readonly bytes: number
  /** Small values beside the parts. */
  readonly figures: JsonValue
  /** Called at most once. */
  readonly write: (into: EntryWriter) => Promise<void>
}

/** An entry that is not what it was when it was written. */
export class EntryDamaged extends Error {}

/** The disk's fault, not that of what was to be written. */
class CannotKeep extends Error {}

export class KeptEntries {
  readonly #folder: string
  readonly #mostBytes: number
  readonly #tell: (note: string) => void

  private constructor(folder: string, mostBytes: number, tell: (note: string) => void) {
    this.#folder = folder
    this.#mostBytes = mostBytes
    this.#tell = tell
  }

  /** `tell`: sentences about what was reused, could not be kept, or was found damaged. A folder that cannot be made keeps nothing. */
  static async open(folder: string, mostBytes: number, tell: (note: string) => void): Promise<KeptEntries> {
    await makeFolder(folder, 0o700).catch(() => {})
    await removeDeadTemporaries(folder)
    return new KeptEntries(folder, mostBytes, tell)
  }

  /** Give `use` the entry; null: there is none that can be used, and a damaged one was told and removed. Errors: those of `use`. */
  async take<T>(of: KeptKey, use: (entry: OpenEntry) => Promise<T>): Promise<T | null> {
    const name = entryName(of)
    const path = join(this.#folder, name)
    try {
      const found = await lstat(path)
      if (!found.isDirectory()) throw new EntryDamaged('it is no folder')
      const taken = await use(await openEntry(path, of))
      const now = new Date()
      await utimes(join(path, MANIFEST), now, now).catch(() => {})
      return taken
    } catch (error) {
      const code = systemErrorCode(error)
      if (code === 'ENOENT') return null
      if (code !== null) {
        this.#tell(`${of.kind}, kept as ${name.slice(0, 12)}, could not be read (${code}); made again`)
        return null
      }
      if (!(error instanceof EntryDamaged)) throw error
      await this.#remove(name)
      this.#tell(`${of.kind}, kept as ${name.slice(0, 12)}: ${error.message}; removed, and made again`)
      return null
    }
  }

  /** Keep it, where that can be. Errors: those of what is written, none of the disk's. */
  async put({ kind, key, bytes, figures, write }: NewEntry): Promise<void> {
    const name = entryName({ kind, key })
    if (bytes > this.#mostBytes) {
      this.#tell(`${kind} takes ${inGigabytes(bytes)}, more than --capture-cache-size allows: not kept`)
      return
    }
    const { path, forget } = temporaryPathIn(this.#folder, 'entry')
    try {
      await this.#makeRoom(bytes)
      await attempt(path, () => mkdir(path, { mode: 0o700 }))
      const parts: ManifestPart[] = []
      await write({ part: async (part, pieces) => void parts.push(await writePart(path, part, pieces)) })
      const manifest: Manifest = { format: KEPT_FORMAT, kind, key, parts, figures }
      await writePart(path, MANIFEST, [new TextEncoder().encode(JSON.stringify(manifest))])
      await this.#name(path, join(this.#folder, name))
    } catch (error) {
      if (!(error instanceof CannotKeep)) throw error
      this.#tell(`${kind} could not be kept for a later run: ${error.message}`)
    } finally {
      await rm(path, { recursive: true, force: true }).catch(() => {})
      forget()
    }
  }

  /** Another run may have been quicker, with the same bytes. */
  async #name(from: string, to: string): Promise<void> {
    await attempt(to, () =>
      rename(from, to).catch((error: unknown) => {
        const code = systemErrorCode(error)
        if (code !== 'EEXIST' && code !== 'ENOTEMPTY') throw error
      }),
    )
  }

  /** Remove what was used least recently until so many more bytes fit. */
  async #makeRoom(bytes: number): Promise<void> {
    const entries = await this.#list()
    let total = entries.reduce((sum, one) => sum + one.bytes, bytes)
    for (const { name, bytes: freed } of entries.sort((a, b) => a.used - b.used)) {
      if (total <= this.#mostBytes) return
      await this.#remove(name)
      total -= freed
    }
  }

  async #list(): Promise<{ name: string; bytes: number; used: number }[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const found: { name: string; bytes: number; used: number }[] = []
    for (const name of names.filter((one) => ENTRY.test(one))) {
      const path = join(this.#folder, name)
      let [bytes, used] = [0, 0]
      for (const file of await readdir(path).catch(() => [])) {
        const { size, mtimeMs } = (await lstat(join(path, file)).catch(() => null)) ?? { size: 0, mtimeMs: 0 }
        bytes += size
        used = Math.max(used, mtimeMs)
      }
      found.push({ name, bytes, used })
    }
    return found
  }

  /** Out of the way first, so that nobody reads half of it. */
  async #remove(name: string): Promise<void> {
    const { path, forget } = temporaryPathIn(this.#folder, 'removed')
    await rename(join(this.#folder, name), path).catch(() => {})
    await rm(path, { recursive: true, force: true }).catch(() => {})
    forget()
  }
}

async function openEntry(path: string, of: KeptKey): Promise<OpenEntry> {
  const outcome = readManifest(await readWhole(join(path, MANIFEST), MOST_MANIFEST_BYTES), of)
  if ('reason' in outcome) throw new EntryDamaged(outcome.reason)
  const parts = new Map(outcome.parts.map((part) => [part.name, part]))
  const partNamed = (name: string): ManifestPart => {
    const part = parts.get(name)
    if (part === undefined) throw new EntryDamaged(`it has no ${name}`)
    return part
  }
  return {
    figures: outcome.figures,
    bytesOf: (name) => partNamed(name).bytes,
    pieces: (name, pieceBytes = PIECE_BYTES) => verified(join(path, name), partNamed(name), pieceBytes),
  }
}

async function* verified(path: string, part: ManifestPart, pieceBytes: number): AsyncGenerator<Uint8Array> {
  const file = await openPlain(path)
  try {
    const { size } = await file.stat()
    if (size !== part.bytes) throw new EntryDamaged(`${part.name} has ${size} bytes, not ${part.bytes}`)
    const hash = createHash('sha256')
    for (let start = 0; start < size; start += pieceBytes) {
      const piece = new Uint8Array(Math.min(pieceBytes, size - start))
      await fill(file, piece, { start, part: part.name })
      hash.update(piece)
      yield piece
    }
    if (hash.digest('hex') !== part.sha256) throw new EntryDamaged(`${part.name} does not match its sha256`)
  } finally {
    await file.close()
  }
}

async function fill(
  file: FileHandle,
  piece: Uint8Array,
  { start, part }: { readonly start: number; readonly part: string },
): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesRead } = await file.read(piece, done, piece.length - done, start + done)
    if (bytesRead === 0) throw new EntryDamaged(`${part} ends early`)
    done += bytesRead
  }
}

/** A regular file that no link stands for. */
async function openPlain(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error: unknown) => {
    throw systemErrorCode(error) === 'ELOOP' ? new EntryDamaged('a link stands for a part of it') : error
  })
  if ((await file.stat()).isFile()) return file
  await file.close()
  throw new EntryDamaged('a part of it is no file')
}

async function readWhole(path: string, most: number): Promise<Uint8Array> {
  const file = await openPlain(path)
  try {
    const { size } = await file.stat()
    if (size > most) throw new EntryDamaged('its manifest is too large')
    return await file.readFile()
  } finally {
    await file.close()
  }
}

async function writePart(
  folder: string,
  name: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<ManifestPart> {
  const path = join(folder, name)
  const file = await attempt(path, () => open(path, 'wx', 0o600))
  const hash: Hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const piece of pieces) {
      hash.update(piece)
      bytes += piece.byteLength
      // appendFile loops until all of it is written.
      await attempt(path, () => file.appendFile(piece))
    }
    await attempt(path, () => file.sync())
  } finally {
    await file.close()
  }
  return { name, bytes, sha256: hash.digest('hex') }
}

/** A step that the disk may refuse. */
async function attempt<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const { message } = writeProblem(path, error)
    throw new CannotKeep(message)
  }
}

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
