/** @file Problems with what audits keep for later ones. */
import { problem } from './problem.ts'

export const keptInCheckout = problem('KEPT_IN_CHECKOUT', 2, (folder: string, checkout: string) => ({
  message: `${folder}, where captures are to be kept, lies in the checkout ${checkout}: whoever commits files there would decide what was measured.`,
  fix: 'Set SAEGATE_CACHE to a folder outside the checkout, or leave --capture-cache-size out.',
}))

export const captureNone = problem('CAPTURE_NONE', 2, (place: string) => ({
  message: `${place} holds no captures of a reference.`,
  fix: 'Audit with --capture-cache-size first, or name the folder or dataset that `saegate capture push` wrote to.',
}))

export const captureDamaged = problem('CAPTURE_DAMAGED', 2, (place: string, reason: string) => ({
  message: `The capture ${place} cannot be used: ${reason}.`,
  fix: 'Have it pushed again; nothing of it was taken.',
}))

export const captureTooLarge = problem(
  'CAPTURE_TOO_LARGE',
  2,
  (kind: string, bytes: number, most: number) => ({
    message: `${kind} takes ${bytes} bytes, and the cache may have ${most}.`,
    fix: 'Give a larger --capture-cache-size.',
  }),
)

export const captureWhich = problem('CAPTURE_WHICH', 2, (asked: string | null, known: readonly string[]) => ({
  message: `${asked === null ? 'There are captures of several references' : `There is no capture of the reference ${asked.slice(0, 64)}`}: ${known.slice(0, 12).join(', ')}.`,
  fix: 'Say whose with --of and the first digits of its sha256, as reports and `saegate capture list` have it.',
}))

export const capturePlace = problem('CAPTURE_PLACE', 2, (place: string) => ({
  message: `${place.slice(0, 200)} is no place for captures.`,
  fix: 'Name a folder, or a dataset of the Hub as hf:datasets/OWNER/NAME.',
}))

export const captureLacks = problem('CAPTURE_LACKS', 2, (file: string, start: number, end: number) => ({
  message: `Bytes ${start} to ${end} of ${file} are wanted, and of the reference's weights its capture has the unembedding alone.`,
  fix: 'Use the same text, SAEs and flags that the capture was kept with, --capture-cache-size among them; rtn: and the like, close calls of JumpReLU SAEs and checks of the reference itself need its own files: name these as --reference.',
}))
