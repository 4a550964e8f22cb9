/**
 * @file Commits, trees and blobs of a repository by their ids: from the objects that the checkout has, and what is not among
 * them (a checkout has one commit only, unless it is told otherwise) from GitHub's API.
 *
 * An id is a hash of what it names, so that what is read is held against it, wherever it comes from (trees of the API come
 * as a list, over https). Nothing is fetched by git, and no program of the checkout is run.
 */
import { createHash } from 'node:crypto'
import type { GitHub } from '../../delivery/github.ts'
import { messageOf, type Patience } from '../../delivery/patience.ts'
import { baseUnreadable } from '../../errors/action.ts'
import { gitObjects, type ObjectType } from './git-objects.ts'

export interface Commit {
  readonly tree: string
  readonly parents: readonly string[]
}

export interface Entry {
  readonly name: string
  readonly kind: 'file' | 'link' | 'folder' | 'submodule'
  readonly id: string
}

export interface Objects {
  commit(id: string): Promise<Commit>
  tree(id: string): Promise<readonly Entry[]>
  /** `maxBytes`: more than these are not read; null: it is larger. */
  blob(id: string, maxBytes: number): Promise<Uint8Array | null>
  /** Where it was read from so far, in words. */
  used(): string
}

/** A commit's text; a tree of 100,000 entries. */
const MAX_META_BYTES = 16 * 2 ** 20

/** `folder`: a checkout, null: there is none. `api`: null: there is no token. Errors: ACTION_BASE_UNREADABLE. */
export function objectsOf(
  folder: string | null,
  api: { readonly github: GitHub; readonly patience: Patience } | null,
): Objects {
  const git = folder === null ? null : gitObjects(folder)
  const used = new Set<'the checkout’s objects' | 'GitHub’s API'>()
  const local = async (type: ObjectType, id: string, maxBytes: number): Promise<Uint8Array | null> => {
    const bytes = git === null ? null : await git.read(type, id, maxBytes)
    if (bytes === null || hashOf(type, bytes, id) !== id) return null
    used.add('the checkout’s objects')
    return bytes
  }
  const remote = async <T>(what: string, ask: (github: GitHub) => Promise<T>): Promise<T> => {
    if (api === null) throw baseUnreadable(what, 'the checkout does not have it, and github-token is empty')
    try {
      const answer = await api.patience.with(() => ask(api.github))
      used.add('GitHub’s API')
      return answer
    } catch (error) {
      throw baseUnreadable(what, `the checkout does not have it, and GitHub answers: ${messageOf(error)}`)
    }
  }
  const blob = async (id: string, maxBytes: number): Promise<Uint8Array | null> => {
    const found = await local('blob', id, maxBytes)
    if (found !== null) return found
    const bytes = await remote(`blob ${id}`, (github) => github.blobObject(id))
    if (hashOf('blob', bytes, id) !== id)
      throw baseUnreadable(`blob ${id}`, 'GitHub answers with another one')
    return bytes.length > maxBytes ? null : bytes
  }
  return {
    commit: remembered(async (id) => {
      const bytes = await local('commit', id, MAX_META_BYTES)
      if (bytes !== null) return parseCommit(bytes)
      return remote(`commit ${id}`, (github) => github.commitObject(id))
    }),
    tree: remembered(async (id) => {
      const bytes = await local('tree', id, MAX_META_BYTES)
      if (bytes !== null) return parseTree(bytes, id.length / 2)
      const { lines, whole } = await remote(`folder ${id}`, (github) => github.treeObject(id))
      if (!whole) throw baseUnreadable(`folder ${id}`, 'it has too many entries for GitHub’s API')
      return lines.map(({ path, mode, sha }) => ({ name: path, kind: kindOf(mode), id: sha }))
    }),
    blob,
    used: () => [...used].sort().join(' and '),
  }
}

/** Each id is asked for once; what has failed is asked for again. */
function remembered<T>(read: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const known = new Map<string, T>()
  return async (id) => {
    const there = known.get(id)
    if (there !== undefined) return there
    const value = await read(id)
    known.set(id, value)
    return value
  }
}

/** git's name for some content: sha1, or sha256 where `like` is such a one. */
export function hashOf(type: ObjectType, bytes: Uint8Array, like: string): string {
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`${type} ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
}

function parseCommit(bytes: Uint8Array): Commit {
  const head = Buffer.from(bytes).toString('utf8').split('\n\n')[0] ?? ''
  const named = (word: string): readonly string[] =>
    head.split('\n').flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []))
  return { tree: named('tree')[0] ?? '', parents: named('parent') }
}

/** `mode name\0id`, again and again. */
function parseTree(bytes: Uint8Array, idLength: number): readonly Entry[] {
  const entries: Entry[] = []
  const buffer = Buffer.from(bytes)
  for (let at = 0; at < buffer.length; ) {
    const [space, end] = [buffer.indexOf(0x20, at), buffer.indexOf(0, at)]
    const next = end + 1 + idLength
    entries.push({
      name: buffer.toString('utf8', space + 1, end),
      kind: kindOf(buffer.toString('latin1', at, space)),
      id: buffer.toString('hex', end + 1, next),
    })
    at = next
  }
  return entries
}

function kindOf(mode: string): Entry['kind'] {
  if (/^0?40000$/.test(mode)) return 'folder'
  if (mode === '120000') return 'link'
  return mode === '160000' ? 'submodule' : 'file'
}
