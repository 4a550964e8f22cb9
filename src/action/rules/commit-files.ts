/** @file The files of one commit, by path: what a name stands for there, and texts, none of them reached through a link. */
import { baseRefused } from '../../errors/action.ts'
import { fileMissing } from '../../errors/bytes.ts'
import type { Entry, Objects } from './objects.ts'

/** Names from the repository's root down. */
export type Parts = readonly string[]

export interface CommitFiles {
  readonly commit: string
  readonly objects: Objects
  /** null: there is nothing of that name, or something on the way is no folder. Errors: ACTION_BASE_UNREADABLE. */
  entry(path: Parts): Promise<Entry | null>
  /** The submodule that a path is or lies in: another repository, at that commit. null: none. Errors: the same. */
  submodule(path: Parts): Promise<Entry | null>
  /** `shown`: what to call it. Errors: FILE_MISSING, ACTION_BASE_REFUSED, ACTION_BASE_UNREADABLE. */
  text(path: Parts, shown: string): Promise<string>
}

/** Policies, lists and configurations: what is longer is refused by their parsers. */
const MAX_TEXT = 64 * 2 ** 20

/** `whose`: what to call the commit in a message. */
export function commitFiles(objects: Objects, commit: string, whose: string): CommitFiles {
  const root = async (): Promise<Entry> => ({
    name: '',
    kind: 'folder',
    id: (await objects.commit(commit)).tree,
  })
  const reached = async (path: Parts): Promise<{ readonly last: Entry | null; readonly left: number }> => {
    let last: Entry = await root()
    for (const [index, name] of path.entries()) {
      if (last.kind !== 'folder') return { last, left: path.length - index }
      const next = (await objects.tree(last.id)).find((one) => one.name === name)
      if (next === undefined) return { last: null, left: path.length - index }
      last = next
    }
    return { last, left: 0 }
  }
  return {
    commit,
    objects,
    async entry(path) {
      const { last, left } = await reached(path)
      return left === 0 ? last : null
    },
    async submodule(path) {
      const { last } = await reached(path)
      return last?.kind === 'submodule' ? last : null
    },
    async text(path, shown) {
      const { last, left } = await reached(path)
      const refuse = (why: string) => baseRefused(shown, whose, why)
      if (last === null) throw fileMissing(shown)
      if (last.kind === 'link') throw refuse('is a link, or is reached through one')
      if (last.kind === 'submodule') throw refuse('lies in a submodule, which is another repository')
      if (last.kind === 'folder') throw refuse('is a folder')
      if (left > 0) throw fileMissing(shown)
      const bytes = await objects.blob(last.id, MAX_TEXT)
      if (bytes === null) throw refuse(`is larger than ${MAX_TEXT} bytes`)
      return Buffer.from(bytes).toString('utf8')
    },
  }
}
