/**
 * @file By what a file is known to be the one that was read before, without reading it again: where it lies on its disk, its
 * size, and the times of its last modification and change. Whoever writes to a file moves its time of change, which only the
 * system sets. Not told apart: two writes within one tick of the system's clock (milliseconds), on disks whose times are coarse.
 */
import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'

/** Times in nanoseconds. */
export interface FileIdentity {
  readonly device: bigint
  readonly inode: bigint
  readonly byteLength: bigint
  readonly modified: bigint
  readonly changed: bigint
}

/** A path, and which files were met there. */
export type Sightings = ReadonlyMap<string, readonly FileIdentity[]>

export function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): FileIdentity {
  return { device: dev, inode: ino, byteLength: size, modified: mtimeNs, changed: ctimeNs }
}

/** Of the file at `path`, links followed. Null: there is no file. */
export async function identityAt(path: string): Promise<FileIdentity | null> {
  try {
    const found = await stat(path, { bigint: true })
    return found.isFile() ? identityOf(found) : null
  } catch {
    return null
  }
}

/** What differs, for a message: "it has another size". Null: it is the same file, and nobody wrote to it. */
export function difference(before: FileIdentity, after: FileIdentity | null): string | null {
  if (after === null) return 'it is not there any more'
  if (before.byteLength !== after.byteLength) return 'it has another size'
  if (before.device !== after.device || before.inode !== after.inode) return 'another file has its name'
  if (before.modified !== after.modified) return 'it was written to'
  return before.changed === after.changed ? null : 'its time of change moved'
}
