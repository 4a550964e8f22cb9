/** @file Files chosen out of a set by a pattern: of a folder on this machine, or of a repository of the Hub. */
import { corpusNoFiles } from '../../errors/corpus.ts'
import { globbed, globFolder } from '../../sources/globs.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { unreadKind } from './formats.ts'

/** How a source of files is opened. */
export type OpenFiles = (spec: string) => Promise<PinnedFiles>

/** Some files of a set, in order. */
export interface Chosen {
  readonly files: PinnedFiles
  readonly names: readonly string[]
}

/** The files that a pattern matches, below a place that stays as it is. */
export async function globbedFiles(
  spec: string,
  { base, pattern }: { readonly base: string; readonly pattern: string },
  open: OpenFiles,
): Promise<Chosen> {
  const folder = globFolder(pattern)
  const below = pattern.slice(folder === '' ? 0 : folder.length + 1)
  const root = base === '' && folder === '' && pattern.startsWith('/') ? '/' : `${base}${folder}`
  const files = await open(root.replace(/\/$/, '') || (base === '' ? '.' : root))
  let names: readonly string[]
  try {
    names = globbed(below, files.names)
  } catch {
    throw corpusNoFiles(spec, 'the pattern has too many wildcards or alternatives')
  }
  const readable = names.filter((name) => unreadKind(name) === null)
  if (readable.length === 0) throw corpusNoFiles(spec, `no file matches "${pattern}"`)
  return { files, names: readable }
}
