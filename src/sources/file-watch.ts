/**
 * @file Were the files that were measured the same all the time? A model is opened many times in an audit (its header, range
 * by range, for its digest), each time by its path: what every opening met is remembered, and held against each other and
 * against what lies there at the end. So a digest is one of the very bytes that were measured.
 */
import { difference, type FileIdentity, identityAt, type Sightings } from '../bytes/file-identity.ts'
import { fileExchanged } from '../errors/sources.ts'
import type { PinnedFiles } from './pinned-files.ts'

export interface FileWatch {
  /** The same files, whose openings are remembered. */
  watched(files: PinnedFiles): PinnedFiles
  /** What was met so far, to be held against by somebody who opens the same files by their paths. */
  readonly sightings: Sightings
  /**
   * Of every file that was opened through these. `linked`: paths to which links may be made and removed meanwhile, by this audit or another: of these the time of change
   * says nothing. Errors: FILE_EXCHANGED.
   */
  requireUnchanged(linked?: ReadonlySet<string>): Promise<void>
}

/** `before`: what somebody else met under the same paths. */
export function fileWatch(before: Sightings = new Map()): FileWatch {
  const sightings = new Map([...before].map(([path, met]) => [path, [...met]]))
  const opened = new Set<string>()
  const note = (path: string | null, identity: FileIdentity | undefined): void => {
    if (path === null || identity === undefined) return
    const met = sightings.get(path) ?? []
    if (met.every((one) => difference(one, identity) !== null)) met.push(identity)
    sightings.set(path, met)
    opened.add(path)
  }
  return {
    watched: (files) => ({
      ...files,
      sightings,
      open: async (name) => {
        const source = await files.open(name)
        note(files.localPath(name), source.identity)
        return source
      },
    }),
    sightings,
    requireUnchanged: async (linked = new Set()) => {
      for (const path of opened) {
        const [first, ...others] = sightings.get(path) ?? []
        if (first === undefined) continue
        for (const met of [...others, await identityAt(path)]) {
          const known = met !== null && linked.has(path) ? { ...met, changed: first.changed } : met
          const what = difference(first, known)
          if (what !== null) throw fileExchanged(path, what)
        }
      }
    },
  }
}
