/**
 * @file Which files were read of a folder, and the sha256 of each: what a report says it measured, and what a deployment is
 * held against. Each file is hashed once, however often it is asked for.
 */
import { createHash } from 'node:crypto'
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

const PIECE_BYTES = 2 ** 24

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
    opened: async () => {
      const digests: [string, string][] = []
      for (const name of [...names].sort()) digests.push([name, await sha256(name)])
      return Object.fromEntries(digests)
    },
  }
}

/**
 * One digest of several files, hex: of the file itself where there is one, else of the lines "HASH  NAME\n" in the order of
 * their names (what `sha256sum *.safetensors | sha256sum` prints).
 */
export async function joinedSha256(digests: DigestedFiles, names: readonly string[]): Promise<string> {
  const lines: string[] = []
  for (const name of [...names].sort()) lines.push(`${await digests.sha256(name)}  ${name}\n`)
  const [first, ...more] = lines
  if (first !== undefined && more.length === 0) return first.slice(0, 64)
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** sha256 of one file, hex, read in pieces. Errors: those of reading. */
export async function fileSha256(files: PinnedFiles, name: string): Promise<string> {
  const source = await files.open(name)
  const hash = createHash('sha256')
  try {
    for (let start = 0; start < source.byteLength; start += PIECE_BYTES) {
      hash.update(await source.read(start, Math.min(start + PIECE_BYTES, source.byteLength)))
    }
    return hash.digest('hex')
  } finally {
    await source.close()
  }
}
