/** @file What can go wrong with files on disk: reading them, and writing them whole or not at all. */
import { sentenceEnd } from './did-you-mean.ts'
import { problem } from './problem.ts'

/** `near`: what was probably meant. */
export const fileMissing = problem('FILE_MISSING', 2, (path: string, near: string | null = null) => ({
  message: `${path} does not exist${sentenceEnd(near)}`,
  fix: 'Check the spelling of the path, and the folder that the command runs in.',
}))

/** `advice`: where permission is not what is missing. */
export const fileUnreadable = problem(
  'FILE_UNREADABLE',
  2,
  (path: string, reason: string, advice: string | null = null) => ({
    message: `${path} cannot be read: ${reason}.`,
    fix: advice ?? 'Give the user that runs this command permission to read the file and its folder.',
  }),
)

export const notAFile = problem('NOT_A_FILE', 2, (path: string, found: string) => ({
  message: `${path} is ${found}; a regular file was expected.`,
  fix: 'Name the file itself.',
}))

export const fileTooLarge = problem('FILE_TOO_LARGE', 2, (path: string, bytes: number, limit: number) => ({
  message: `${path} has ${bytes} bytes; at most ${limit} are read.`,
  fix: 'Check that it is the file you mean.',
}))

/** The file is shorter than it was when it was opened. */
export const fileEndsEarly = problem('FILE_ENDS_EARLY', 3, (path: string, wanted: number, got: number) => ({
  message: `${path} ends at byte ${got}, but bytes up to ${wanted} were there when it was opened.`,
  fix: 'Something rewrote or truncated the file during the run. Wait until it is complete and run again.',
}))

/** A read outside the source: what a file says about itself does not fit its length. */
export const rangeOutside = problem(
  'RANGE_OUTSIDE_FILE',
  2,
  (name: string, start: number, end: number, byteLength: number) => ({
    message: `${name} has ${byteLength} bytes, but bytes ${start} to ${end} were asked for.`,
    fix: 'The file is cut short or damaged. Fetch it again.',
  }),
)

export const readTooLarge = problem('READ_TOO_LARGE', 3, (name: string, bytes: number) => ({
  message: `${name}: no room for a single read of ${bytes} bytes.`,
  fix: 'Run on a machine with more memory, or split the tensor.',
}))

export const readFailed = problem('READ_FAILED', 3, (path: string, reason: string) => ({
  message: `${path}: reading failed: ${reason}.`,
  fix: 'Check the disk or the network share that holds the file, then run again.',
}))

export const diskFull = problem('DISK_FULL', 3, (path: string) => ({
  message: `No space is left on the disk while writing ${path}; the incomplete file was removed.`,
  fix: 'Free some space, or name another folder, then run again.',
}))

export const writeRefused = problem('WRITE_REFUSED', 2, (path: string, reason: string) => ({
  message: `${path} cannot be written: ${reason}.`,
  fix: 'Name an output folder that the user running this command may write to.',
}))

export const writeFailed = problem('WRITE_FAILED', 3, (path: string, reason: string) => ({
  message: `${path}: writing failed: ${reason}; the incomplete file was removed.`,
  fix: 'Check the disk that holds the folder, then run again.',
}))
