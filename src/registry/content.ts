/**
 * @file What a set of files is known by: cheaply, whether it may have changed (a commit, or sizes and times), and dearly, what it
 * holds. The second is asked for only where the first is new.
 */
import { createHash } from 'node:crypto'
import { identityAt } from '../bytes/file-identity.ts'
import { digestedFiles } from '../sources/file-digests.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'

/**
 * What people read and no audit does: a card that tells a verdict, ours among them, makes no new candidate. Everything else counts,
 * the chat template too.
 */
const FOR_PEOPLE = /(^|\/)(\.git[a-z]*|license|notice|readme)[^/]*$|\.(md|png|jpe?g|gif|svg|webp|pdf|mp4)$/i

/** Hex digest of some words, each told from the next. */
export const digestOfWords = (...words: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('hex')

/** Changes whenever the content may have: the commit, else the identity of each file on this machine. */
export async function revisionOf(files: PinnedFiles): Promise<string> {
  if (files.revision !== null) return files.revision
  const words: string[] = []
  for (const name of files.names) {
    const path = files.localPath(name)
    const identity = path === null ? null : await identityAt(path)
    words.push(name, identity === null ? 'absent' : Object.values(identity).join(' '))
  }
  return digestOfWords(...words)
}

/** Digest of the names and contents of all files that an audit may read. Errors: those of reading. */
export async function contentOf(files: PinnedFiles): Promise<string> {
  const digested = digestedFiles(files)
  const words: string[] = []
  for (const name of files.names.filter((one) => !FOR_PEOPLE.test(one))) {
    // What the place vouches for need not be read: the audit holds what it reads against it.
    const listed = files.listedHash?.(name) ?? null
    words.push(
      name,
      listed === null ? `sha256:${await digested.sha256(name)}` : `${listed.algorithm}:${listed.hex}`,
    )
  }
  return digestOfWords(...words)
}
