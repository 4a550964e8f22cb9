/** @file What a layout of SAE files is to the one that looks for it. A layout is a file in layouts/ and a line in its index. */
import type { SaeConfig } from '../contract/options/audit-config.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import type { Dictionary } from './dictionary.ts'

/** Where a weights file lies and what the user said of it. */
export interface FoundWeights {
  readonly config: SaeConfig
  readonly files: PinnedFiles
  /** Name of the weights file. */
  readonly weights: string
  /** Of every file that has been read so far, hex. */
  sha256(): Promise<string>
}

export interface SaeFormat {
  /** Who writes it, for docs/dictionaries.md. */
  readonly name: string
  /** Its files, for docs/dictionaries.md. */
  readonly layout: string
  /** What of it is read. */
  readonly reads: string
  /** The weights file of each dictionary of this layout among `names`. */
  weights(names: readonly string[]): readonly string[]
  /** Errors: those of errors/sae.ts and of reading. */
  open(found: FoundWeights): Promise<Dictionary>
}

/** Files of this name, in whatever folder. */
export function named(names: readonly string[], wanted: string): readonly string[] {
  return names.filter((name) => name === wanted || name.endsWith(`/${wanted}`))
}

/** The folder of a file, with its slash; '' at the top. */
export function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1)
}
