/** @file Which paths of this machine a corpus spec may read, for whoever has to look at them before they are opened. */
import { corpusParts, datasetPart, namedPart } from '../../contract/named-corpora.ts'
import { globFolder, isGlob } from '../../sources/globs.ts'

/**
 * The spec as one path, because a file of that very name comes before any other reading, then its parts: files and
 * folders, and of a glob the folder before its first wildcard. None for what lies on the Hub.
 */
export function corpusPaths(source: string): readonly string[] {
  if (source.startsWith('tokens:')) return [source.slice('tokens:'.length)]
  const parts = corpusParts(source).filter((part) => namedPart(part) === null && datasetPart(part) === null)
  const paths = parts.map((part) => (isGlob(part) ? globFolder(part) || '.' : part))
  return parts.length === 0 ? [] : [...new Set([source, ...paths])]
}
