/** @file What a spec string stands for once it is resolved: a fixed set of named files, at a fixed revision. */
import type { Sightings } from '../bytes/file-identity.ts'
import type { ByteSource } from '../bytes/source.ts'
import type { ListedHash } from './content-proof.ts'

/** Files that belong together: a checkpoint, an SAE, a corpus. Names are relative, with forward slashes, sorted. */
export interface PinnedFiles {
  /** As the user wrote it. */
  readonly spec: string
  /** Commit on the Hugging Face Hub; null for plain folders. */
  readonly revision: string | null
  readonly names: readonly string[]
  has(name: string): boolean
  /** Open one file; the caller closes it. Errors: FILE_NOT_LISTED, NAME_LEAVES_FOLDER, and those of reading. */
  open(name: string): Promise<ByteSource>
  /**
   * The same file, of which only what is read arrives, where it is not on this machine and large. Absent: `open` reads no more
   * either. Errors: as of `open`.
   */
  openParts?(name: string): Promise<ByteSource>
  /** What the place that they come from says that a file's contents hash to; absent or null: it says nothing. */
  listedHash?(name: string): ListedHash | null
  /** sha256 of a file that is here in part, by the word of whoever brought it; absent or null: it is here to be hashed. */
  vouchedSha256?(name: string): string | null
  /** Bytes of a file as the place lists it, without opening it; absent or null: it does not say. */
  listedBytes?(name: string): number | null
  /** Where the file lies on this machine, or null when it is not (yet) there. */
  localPath(name: string): string | null
  /** Where openings are watched: which files were met so far, by path. */
  readonly sightings?: Sightings
  /** Close every file that is still open. */
  close(): Promise<void>
}

/**
 * A name that stays where it is: relative, forward slashes, no empty, `.` or `..` part, no drive letter or NUL.
 * Names from an index file or a zip archive are checked by this too.
 */
export function staysInside(name: string): boolean {
  if (name === '' || name.startsWith('/') || /[\\\0]/.test(name) || /^[A-Za-z]:/.test(name)) return false
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}
