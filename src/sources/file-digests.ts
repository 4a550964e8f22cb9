/**
 * @file Which files were read of a folder, and the sha256 of each: what a report says it measured, and what a deployment is
 * held against. Each file is hashed once, however often it is asked for.
 */
import { createHash } from 'node:crypto'
import { hubContentDiffers } from '../errors/hub.ts'
import { beginListedHash } from './content-proof.ts'
import type { PinnedFiles } from './pinned-files.ts'

/** Name → sha256, hex, ascending by name. */
export type FileDigests = Readonly<Record<string, string>>

export interface DigestedFiles {
  /** The same files; what is opened through these is remembered. */
  readonly files: PinnedFiles
  /** Errors: those of reading. */
  sha256(name: string): Promise<string>
  /** Of every file that has been opened so far. Errors: those of reading. */
  opened(): Promise<FileDigests>
}

/** Small enough that the memory of one piece serves the next: new pages take longer to come by than to hash. */
const PIECE_BYTES = 2 ** 20

export function digestedFiles(files: PinnedFiles): DigestedFiles {
  const names = new Set<string>()
  const known = new Map<string, Promise<string>>()
  const sha256 = (name: string): Promise<string> => {
    const hash = known.get(name) ?? fileSha256(files, name)
    known.set(name, hash)
    return hash
  }
  return {
    files: {
      ...files,
      open: async (name) => {
        const source = await files.open(name)
        names.add(name)
        return source
      },
    },
    sha256,
    opened: () => digestsOf({ sha256 }, [...names]),
  }
}

/**
 * One digest of several files, hex: of the file itself where there is one, else of the lines "HASH  NAME\n" in the order of
 * their names: what `sha256sum FILE… | LC_ALL=C sort -k 2 | sha256sum` prints in their folder. Names are escaped as sha256sum does,
 * so that none can pass for two.
 */
export function filesSha256(files: FileDigests): string {
  const lines = Object.keys(files)
    .sort()
    .map((name) => line(files[name] ?? '', name))
  const [only, ...more] = Object.values(files)
  if (only !== undefined && more.length === 0) return only
  return createHash('sha256').update(lines.join('')).digest('hex')
}

function line(sha256: string, name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`
}

/** The digests of some files by their names. Errors: those of reading. */
export async function digestsOf(
  digested: Pick<DigestedFiles, 'sha256'>,
  names: readonly string[],
): Promise<FileDigests> {
  const digests: [string, string][] = []
  for (const name of [...names].sort()) digests.push([name, await digested.sha256(name)])
  return Object.fromEntries(digests)
}

/**
 * sha256 of one file, hex, read in pieces; what the Hub lists of it is held against the same bytes: whatever was remembered of a
 * file in the cache, or put there after it was looked at, a digest in a report is of none but the listed one. Errors:
 * HUB_CONTENT_DIFFERS, those of reading.
 */
async function fileSha256(files: PinnedFiles, name: string): Promise<string> {
  const vouched = files.vouchedSha256?.(name) ?? null
  if (vouched !== null) return vouched
  const source = await files.open(name)
  try {
    const { byteLength } = source
    const listed = files.listedHash?.(name) ?? null
    const hash = createHash('sha256')
    const asListed = listed?.algorithm === 'sha1' ? beginListedHash('sha1', byteLength) : null
    for (let start = 0; start < byteLength; start += PIECE_BYTES) {
      const piece = await source.read(start, Math.min(start + PIECE_BYTES, byteLength))
      hash.update(piece)
      asListed?.update(piece)
    }
    const sha256 = hash.digest('hex')
    const found = asListed?.digest('hex') ?? sha256
    if (listed !== null && found !== listed.hex)
      throw hubContentDiffers(source.name, { algorithm: listed.algorithm, found, listed: listed.hex })
    return sha256
  } finally {
    await source.close()
  }
}
