/**
 * @file A file as a byte source: one handle, ranges read on demand, every way of failing said in words.
 *
 * Regular files only: a pipe or a device could block or never end. Reads are split at 1 GiB because one read(2)
 * moves less than 2 GiB, and checked: a file that shrank since it was opened is an error, never zeros.
 */
import type { FileHandle } from 'node:fs/promises'
import { open, stat } from 'node:fs/promises'
import {
  fileEndsEarly,
  fileMissing,
  fileUnreadable,
  notAFile,
  readFailed,
  readTooLarge,
} from '../errors/bytes.ts'
import { SaegateError } from '../errors/problem.ts'
import { type FileIdentity, identityOf } from './file-identity.ts'
import { nearPath } from './near-path.ts'
import { type ByteSource, checkRange } from './source.ts'
import { limitProblem } from './system-limits.ts'

/** One read(2) returns at most 0x7ffff000 bytes on Linux; stay well below. */
const LARGEST_READ = 2 ** 30

/** Open a regular file. Errors: FILE_MISSING, FILE_UNREADABLE, NOT_A_FILE; reads: RANGE_OUTSIDE_FILE and FILE_ENDS_EARLY. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { handle, identity } = await openRegular(path)
  const byteLength = Number(identity.byteLength)
  let closed = false
  return {
    name: path,
    byteLength,
    identity,
    read: async (start, end) => {
      checkRange(path, start, end, byteLength)
      const bytes = allocate(path, end - start)
      await fill(handle, path, bytes, start)
      return bytes
    },
    close: async () => {
      if (closed) return
      closed = true
      await handle.close()
    },
  }
}

/** The system's error code of a failed file operation (`ENOENT`, …), or null. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || error instanceof SaegateError || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

/** Say in one problem why a path could not be opened or listed. */
export function openProblem(path: string, error: unknown): SaegateError {
  const code = systemErrorCode(error)
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fileMissing(path, nearPath(path))
    case 'EACCES':
    case 'EPERM':
      return fileUnreadable(path, 'permission denied')
    case 'EISDIR':
      return notAFile(path, 'a folder')
    case 'EMFILE':
    case 'ENFILE':
      return limitProblem(path, code) ?? fileUnreadable(path, code)
    case 'ELOOP':
      return fileUnreadable(
        path,
        'its symbolic links form a loop',
        'Point the link at the file or folder itself, or name that.',
      )
    case 'ENAMETOOLONG':
      return fileUnreadable(
        path.slice(0, 200),
        'the name is too long',
        'Check the path, or use shorter names.',
      )
    default:
      return fileUnreadable(
        path,
        code ?? String(error),
        'Check the path, and the disk or network share that holds it.',
      )
  }
}

async function openRegular(path: string): Promise<{ handle: FileHandle; identity: FileIdentity }> {
  try {
    // Asked before opening: opening a pipe would wait for a writer.
    requireRegular(path, await stat(path))
    const handle = await open(path, 'r')
    return { handle, identity: identityOf(await handle.stat({ bigint: true })) }
  } catch (error) {
    if (error instanceof SaegateError) throw error
    throw openProblem(path, error)
  }
}

function requireRegular(path: string, found: { isFile(): boolean; isDirectory(): boolean }): void {
  if (found.isDirectory()) throw notAFile(path, 'a folder')
  if (!found.isFile()) throw notAFile(path, 'a pipe, socket or device')
}

function allocate(name: string, byteLength: number): Uint8Array {
  try {
    // Its own memory from byte 0 on, so that typed arrays of any element size can view it.
    return new Uint8Array(byteLength)
  } catch {
    throw readTooLarge(name, byteLength)
  }
}

async function fill(handle: FileHandle, path: string, bytes: Uint8Array, start: number): Promise<void> {
  let done = 0
  while (done < bytes.byteLength) {
    const length = Math.min(bytes.byteLength - done, LARGEST_READ)
    const { bytesRead } = await handle.read(bytes, done, length, start + done).catch((error: unknown) => {
      throw readFailed(path, systemErrorCode(error) ?? String(error))
    })
    if (bytesRead === 0) throw fileEndsEarly(path, start + bytes.byteLength, start + done)
    done += bytesRead
  }
}
