/** @file What can go wrong between a spec string and the files it names: folders, the Hugging Face Hub, JSON files. */
import { problem } from './problem.ts'

export const fileNotListed = problem('FILE_NOT_LISTED', 2, (spec: string, name: string) => ({
  message: `${spec} has no file "${name}".`,
  fix: 'Check that the folder is complete, and that the spec names the right one.',
}))

export const nameLeavesFolder = problem('NAME_LEAVES_FOLDER', 2, (spec: string, name: string) => ({
  message: `${spec}: the file name "${name}" is absolute or climbs out of the folder.`,
  fix: 'Name files relative to the folder, without "..". If another file named it, that file is not to be trusted.',
}))

export const linkLeavesFolder = problem(
  'LINK_LEAVES_FOLDER',
  2,
  (spec: string, name: string, target: string) => ({
    message: `${spec}: "${name}" is a symbolic link to ${target}, outside the folder or git's own.`,
    fix: 'Copy the file into the folder. Only links of the Hugging Face cache (snapshots to blobs) are followed.',
  }),
)

export const fileExchanged = problem('FILE_EXCHANGED', 3, (path: string, what: string) => ({
  message: `${path} changed while it was measured: ${what}. Nothing is said of it.`,
  fix: 'Run again while nothing else writes there; on a network share that gives its files new numbers, from a copy on a disk of this machine.',
}))

export const folderTooLarge = problem('FOLDER_TOO_LARGE', 2, (spec: string, limit: number) => ({
  message: `${spec} holds more than ${limit} files.`,
  fix: 'Name the folder of the model or SAE itself, not one that holds many of them.',
}))

export const jsonTooLarge = problem('JSON_TOO_LARGE', 2, (name: string, bytes: number, limit: number) => ({
  message: `${name} has ${bytes} bytes; at most ${limit} are read as JSON here.`,
  fix: 'Check that it is the file it claims to be.',
}))

export const jsonMalformed = problem('JSON_MALFORMED', 2, (name: string, reason: string) => ({
  message: `${name} cannot be used as JSON: ${reason}.`,
  fix: 'Fetch the file again; a web page or a git-lfs pointer in its place is the usual cause.',
}))

export const jsonNotAnObject = problem('JSON_NOT_AN_OBJECT', 2, (name: string, found: string) => ({
  message: `${name} holds ${found}; a JSON object was expected.`,
  fix: 'Check that it is the file it claims to be.',
}))
